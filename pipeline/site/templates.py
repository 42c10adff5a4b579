"""Jinja2 behind one narrow door: a template's name, a language and values become a page.

A project's own folder of templates goes before the bundled one, file by file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2s
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pipeline import files, words
from pipeline.errors import TemplateError
from pipeline.model import Catalog, Place

if TYPE_CHECKING:
    import jinja2

STATIC = "static"
WORDS = "words.html"
OPTIONS: dict[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}
POLICIES = {"ext.i18n.trimmed": True}


def autonym(lang: str) -> str:
    """A language's name in itself, as a line of its own begins."""
    name = words.language_name(lang, lang)
    return name[:1].upper() + name[1:]


class Templates:
    """All templates of a site, each compiled once for all languages; `own` is the user's folder for that."""

    def __init__(
        self,
        folders: Sequence[Path],
        languages: Sequence[str],
        catalogs: Mapping[str, Catalog],
        own: Path | None = None,
    ) -> None:
        self.folders = tuple(folders)
        self.own = own
        self._modules = dict[str, Any]()
        self.environments = {lang: self._environment(lang, catalogs.get(lang)) for lang in languages}

    def page(self, name: str, lang: str, values: Mapping[str, Any]) -> str:
        """The page that the template `name` makes in `lang`."""
        return self._guarded(name, lambda: self.environments[lang].get_template(name).render(values))

    def say(self, macro: str, lang: str, *values: Any) -> str:
        """What a macro of `words.html` says in `lang`."""
        return self._guarded(WORDS, lambda: str(getattr(self._words(lang), macro)(*values)).strip())

    def _words(self, lang: str) -> Any:
        if lang not in self._modules:
            self._modules[lang] = self.environments[lang].get_template(WORDS).module
        return self._modules[lang]

    def _guarded(self, name: str, make: Callable[[], str]) -> str:
        import jinja2

        try:
            return make()
        except jinja2.TemplateError as error:
            raise self._fault(error, name) from error
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
            if not self._line_in_template(error.__traceback__):
                raise
            raise self._fault(error, name) from error

    @cached_property
    def static(self) -> dict[str, bytes]:
        """The files that are copied as they are: path under `static/` → content."""
        found = dict[str, bytes]()
        for folder in reversed(self.folders):
            for path in sorted((folder / STATIC).rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    found[path.relative_to(folder / STATIC).as_posix()] = files.read_bytes(path, folder)
        return found

    @cached_property
    def versions(self) -> dict[str, str]:
        """A static file's fingerprint, so that browsers may keep it as long as it is the same."""
        return {name: blake2s(data, digest_size=4).hexdigest() for name, data in self.static.items()}

    @cached_property
    def _compiled(self) -> jinja2.BytecodeCache:
        from pipeline.site.compiled import Compiled

        return Compiled(repr((OPTIONS, POLICIES)), self.own)

    def _environment(self, lang: str, catalog: Catalog | None) -> jinja2.Environment:
        import jinja2

        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            bytecode_cache=self._compiled,
            **OPTIONS,
        )
        environment.policies |= POLICIES
        install: Any = environment
        install.install_gettext_translations(words.translations(catalog), newstyle=True)
        environment.filters |= {
            # Asking for the context keeps the compiler from saying a constant in one language for all.
            "date": jinja2.pass_context(lambda _, value: words.date_text(value, lang)),
            "number": jinja2.pass_context(lambda _, value: words.number_text(value, lang)),
        }
        environment.globals |= {
            "language": lambda code: words.language_name(code, lang),
            "autonym": autonym,
            "static": lambda name: f"{STATIC}/{name}?v={self.versions[name]}",
        }
        return environment

    def _fault(self, error: Exception, name: str) -> TemplateError:
        line = getattr(error, "lineno", None)
        path = getattr(error, "filename", None)
        where = (path, line) if path and line else self._line_in_template(error.__traceback__)
        return TemplateError(
            str(error) or type(error).__name__,
            place=self._place(*where) if where else Place(name),
            name="template",
            remedy="correct the template; https://jinja.palletsprojects.com/templates/ has the language",
        )

    def _line_in_template(self, trace: TracebackType | None) -> tuple[str, int] | None:
        lines = [frame for frame in _frames(trace) if self._owner(Path(frame[0]))]
        return lines[-1] if lines else None

    def _owner(self, path: Path) -> Path | None:
        return next((folder for folder in self.folders if path.is_relative_to(folder)), None)

    def _place(self, path: str, line: int) -> Place:
        owner = self._owner(Path(path))
        return Place(files.shown(Path(path), owner.parent) if owner else path, line)


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
