"""Templates, and the language in which the editor itself speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError

from pipeline import errors, words
from pipeline.checks.elsewhere import PAGES
from pipeline.model import Catalog, Phrase, Place
from pipeline.review.voice import voice

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass
class Pages:
    """Renders the editor's templates; the first folder that has a template wins."""

    folders: Sequence[Path]
    _environments: dict[str, tuple[Catalog | None, Environment]] = field(default_factory=dict)

    def render(self, template: str, ui: str, catalog: Catalog | None, **values: object) -> str:
        """`template` in the language `ui`, whose words are in `catalog`."""
        try:
            page = self._environment(ui, catalog).get_template(f"review/{template}")
            return page.render(values)
        except TemplateSyntaxError as error:
            place = Place(error.filename or f"review/{template}", error.lineno)
            raise _wrong(error, place) from error
        except TemplateError as error:
            raise _wrong(error, Place(f"review/{template}")) from error

    def _environment(self, ui: str, catalog: Catalog | None) -> Environment:
        known = self._environments.get(ui)
        if known and known[0] is catalog:
            return known[1]
        environment = Environment(
            loader=FileSystemLoader(self.folders),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.policies["ext.i18n.trimmed"] = True
        extra: Any = environment
        extra.install_gettext_translations(words.translations(catalog), newstyle=True)
        environment.globals.update(
            unwaivable=PAGES.keys(), ui=ui, language_name=lambda lang: words.language_name(lang, ui)
        )
        environment.filters.update(said=voice(ui).say, called=voice(ui).call)
        self._environments[ui] = (catalog, environment)
        return environment

    def static(self, name: str) -> tuple[bytes, str] | None:
        """A file of the editor's own, and its type."""
        kind = TYPES.get(Path(name).suffix)
        for folder in self.folders:
            path = folder / "review" / "static" / name
            if kind and "/" not in name and path.is_file():
                return path.read_bytes(), kind
        return None


def _wrong(error: TemplateError, place: Place) -> errors.TemplateError:
    message = error.message or type(error).__name__
    remedy = Phrase("correct the template")
    return errors.TemplateError(message, place=place, name="bad-template", remedy=remedy)


def choose(wanted: Sequence[str], accepted: str, offered: Sequence[str]) -> str:
    """The language to speak: the first of `wanted` that is offered, else by `Accept-Language`."""
    for lang in wanted:
        if lang in offered:
            return lang
    return max(offered, key=lambda lang: (_weights(accepted).get(lang, 0.0), -offered.index(lang)))


def _weights(accepted: str) -> Mapping[str, float]:
    """Language → its best weight in an `Accept-Language` header."""
    found = dict[str, float]()
    for part in accepted.split(","):
        tag, _, parameter = part.partition(";")
        lang = tag.strip().partition("-")[0].lower()
        try:
            weight = float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        found[lang] = max(found.get(lang, 0.0), weight)
    return found
