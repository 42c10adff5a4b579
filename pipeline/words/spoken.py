"""The templates' words in one language, as Jinja asks for them."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from pipeline.model import Catalog, Entry

Key = tuple[str, str]
_PLACEHOLDER = re.compile(r"%%|%\((\w+)\)s")
_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;")


@dataclass(frozen=True)
class Translations:
    """What `jinja2.ext.i18n` needs.  Fuzzy and missing words stand in the templates' own language.

    So do translations that would break a page, because they name a placeholder that is not there.
    Jinja takes what it is given here for safe markup, so translations have been made harmless.
    """

    words: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    form: Callable[[int], int] = field(default=lambda n: int(n != 1))
    """A count → which plural form it takes."""

    def gettext(self, message: str) -> str:
        """`message` translated."""
        return self.pgettext("", message)

    def pgettext(self, context: str, message: str) -> str:
        """`message` translated, as it is meant in `context`."""
        return self.words.get((context, message), (message,))[0]

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The form for `n` things."""
        return self.npgettext("", singular, plural, n)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        """The form for `n` things, as it is meant in `context`."""
        forms = self.words.get((context, singular), ())
        index = self.form(n) if forms else 0
        if index < len(forms) and forms[index]:
            return forms[index]
        return singular if n == 1 else plural


def translations(catalog: Catalog | None) -> Translations:
    """The reviewed words of `catalog`; without one, the templates' own."""
    if catalog is None:
        return Translations()
    words = dict[Key, tuple[str, ...]]()
    for entry in catalog.live:
        forms = entry.targets if entry.plural else (entry.target,)
        if entry.translated and not entry.fuzzy and all(_fits(entry, form) for form in forms):
            words[entry.key] = tuple(_harmless(entry, form) for form in forms)
    return Translations(words, _plural_form(catalog))


def _fits(entry: Entry, target: str) -> bool:
    """Can `target` be filled in wherever the source can?"""
    names = set(_PLACEHOLDER.findall(target))
    known = _PLACEHOLDER.findall(entry.source) + _PLACEHOLDER.findall(entry.plural)
    return names <= {"", *known} and "%" not in _PLACEHOLDER.sub("", target)


def _harmless(entry: Entry, target: str) -> str:
    """`target` with no other markup than the template's author wrote in the source."""
    text = escape(target)
    for piece in set(_MARKUP.findall(entry.source + entry.plural)):
        text = text.replace(escape(piece), piece)
    return text


def _plural_form(catalog: Catalog) -> Callable[[int], int]:
    """The rule of the catalog's header; the CLDR's if it has none that can be read."""
    from babel.core import UnknownLocaleError
    from babel.messages.plurals import get_plural

    found = re.search(r"plural\s*=\s*([^;]+)", dict(catalog.header).get("Plural-Forms", ""))
    try:
        return gettext.c2py(found[1] if found else get_plural(catalog.lang).plural_expr)
    except (ValueError, UnknownLocaleError):
        return Translations().form
