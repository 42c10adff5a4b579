"""The markup of one segment, parsed: what a translation must keep, and the words without it.

`parse` sees a text as a reader does: `**150** mg`, `150&nbsp;mg` and `150 mg` have the same words.
`mask` takes out what no engine may touch, `unmask` puts it back, or says that something was lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.markdown import Mark, pieces, spans
from pipeline.model import Phrase

OPAQUE = "\ufffc"
"""Stands in the words for code, addresses and placeholders."""
PLACEHOLDER = re.compile(
    r"%\([A-Za-z_]\w*\)[#0 +-]*\d*(?:\.\d+)?[sdifgrx]|%[sdi](?!\w)|\{\{[^{}]*\}\}|\{[A-Za-z_][\w.]*\}|\{\d*\}"
)
STRAY = re.compile(r"\*+|`+|~~+")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SIGNS = re.compile(r"[%{*`~@]")
"""What words without placeholder, stray mark and e-mail address lack."""
RAISED = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
SPACED_TAGS = frozenset({
    "br", "hr", "p", "div", "li", "ul", "ol", "td", "th", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6",
    "summary", "details", "dd", "dt", "section", "figure", "figcaption", "blockquote",
})  # fmt: skip
WRAPPED = {Mark.EMPHASIS, Mark.STRONG, Mark.STRIKE, Mark.LINK, Mark.IMAGE}
SHOWN = {
    Mark.EMPHASIS: "*…*",
    Mark.STRONG: "**…**",
    Mark.STRIKE: "~~…~~",
    Mark.IMAGE: Phrase("an image, ![…](…),"),
    Mark.BREAK: Phrase("the line break (\\ at the end of a line)"),
}
ADDRESSES = {Mark.LINK, Mark.IMAGE, Mark.AUTOLINK}
REPLACED = {Mark.CODE, Mark.AUTOLINK}
TEXT = Mark.TEXT


class Markup(NamedTuple):
    """What one segment consists of; each row is a multiset, in the order of the text."""

    words: str
    """What a reader sees, without markup; code, addresses and placeholders are one `OPAQUE` each."""
    marks: tuple[str, ...] = ()
    """Emphasis, images, tags, footnotes and line breaks, as an author writes them."""
    code: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Destinations of links and images, bare addresses, e-mail."""
    placeholders: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    """Stars, backticks and tildes that are plain characters, perhaps by accident."""
    tags: tuple[str, ...] = ()
    """HTML tags, comments and the like, letter for letter."""


@lru_cache(maxsize=4096)
def parse(text: str) -> Markup:
    """The markup of a segment's text."""
    if not MARKED.search(text):
        return Markup(text)
    found = pieces(text)
    words = _words(found)
    marked = [(kind, value) for kind, value in found if kind is not TEXT]
    is_plain = not SIGNS.search(words)
    emails = [] if is_plain else EMAIL.findall(words)
    return Markup(
        words if is_plain else PLACEHOLDER.sub(OPAQUE, EMAIL.sub(OPAQUE, words)),
        tuple(_marks(marked)),
        tuple(value for kind, value in marked if kind is Mark.CODE),
        (*(value for kind, value in marked if kind in ADDRESSES), *emails),
        () if is_plain else tuple(PLACEHOLDER.findall(words)),
        () if is_plain else tuple(STRAY.findall(words)),
        tuple(value for kind, value in marked if kind is Mark.HTML),
    )


QUOTED = re.compile(
    r"[*\"“”‘\[](?:(?<=\*)\*{0,2}([^*]+)\*{1,3}|(?<=[\"“”])([^\"“”]+)[\"”]|(?<=‘)([^‘’]+)’"
    r"|(?<=\[)([^\[\]]{0,500})\](?:\([^()]{0,500}\))?)"
)
"""What a translation may have as it is: a title, a quotation, the words of a link."""
QUOTING = re.compile(r"[*\"“”‘\[]")


@lru_cache(maxsize=4096)
def own_words(text: str, other: str) -> str:
    """The words of `text` without the titles and quotations that `other` has letter for letter."""
    if not QUOTING.search(text):
        return parse(text).words

    def kept(found: re.Match[str]) -> str:
        return " " if found[found.lastindex or 0] in other else found[0]

    return parse(QUOTED.sub(kept, text)).words


MARKED = re.compile(r"[*_`~<>\[\]\\&{}%@]|://")
"""What a text without any markup lacks."""


def _marks(found: Iterable[tuple[Mark, str]]) -> Iterator[str]:
    for kind, value in found:
        if kind in SHOWN:
            yield SHOWN[kind]
        elif kind is Mark.FOOTNOTE:
            yield f"[^{value.removeprefix('^')}]"
        elif kind is Mark.HTML:
            yield re.sub(r"\s+", " ", value)


def _words(found: list[tuple[Mark, str]]) -> str:
    """The words that remain; superscripts stay superscripts."""
    words: list[str] = []
    raised = False
    for kind, value in found:
        if kind is TEXT:
            words.append(value.translate(RAISED) if raised else value)
        elif kind in REPLACED:
            words.append(OPAQUE)
        elif kind is Mark.BREAK:
            words.append(" ")
        elif kind is Mark.HTML and (tag := TAG.match(value)):
            raised = (tag[2].lower() == "sup" and not tag[1]) or (raised and tag[2].lower() != "sup")
            words.append(" " if tag[2].lower() in SPACED_TAGS else "")
    return "".join(words)


OPEN, CLOSE = "⟦", "⟧"
MASK = re.compile(rf"{OPEN}(\d{{1,4}}){CLOSE}")


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with ⟦0⟧, ⟦1⟧ … in place of code, tags, addresses, footnotes and placeholders; and those.

    Law: `unmask(*mask(text)) == text`, also where the text has such brackets of its own.
    """
    pieces: list[str] = []
    hidden: list[str] = []
    end = 0
    for first, last in _opaque(text):
        pieces += [text[end:first], f"{OPEN}{len(hidden)}{CLOSE}"]
        hidden.append(text[first:last])
        end = last
    return "".join(pieces) + text[end:], tuple(hidden)


def unmask(answer: str, hidden: tuple[str, ...]) -> str | None:
    """`answer` with each mask replaced; None if one was lost, doubled, invented or broken."""
    numbers = [int(number) for number in MASK.findall(answer)]
    broken = MASK.sub("", answer)
    if sorted(numbers) != list(range(len(hidden))) or OPEN in broken or CLOSE in broken:
        return None
    return MASK.sub(lambda found: hidden[int(found[1])], answer)


def _opaque(text: str) -> Iterator[tuple[int, int]]:
    """Where masks must stand, in order and without overlap."""
    found = spans(text)
    places = [(match.start(), match.end()) for match in re.finditer(rf"[{OPEN}{CLOSE}]+", text)]
    places += [match.span() for pattern in (PLACEHOLDER, EMAIL) for match in pattern.finditer(text)]
    for span in found:
        if span.kind in (Mark.CODE, Mark.AUTOLINK, Mark.HTML, Mark.FOOTNOTE, Mark.BREAK):
            places.append((span.start, span.end))
        elif span.kind in WRAPPED:
            places += [(span.start, span.inner[0]), (span.inner[1], span.end)]
    end = 0
    for first, last in sorted(places, key=lambda place: (place[0], -place[1])):
        if first >= end and last > first:
            yield first, last
            end = last


def differences(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[Phrase]:
    """What each of two multisets lacks, in words."""
    if ours == theirs:
        return
    yield from map(missing, more(ours, theirs))
    yield from map(invented, more(theirs, ours))


def missing(what: str) -> Phrase:
    """Says that the translation lacks something of the original."""
    return Phrase("{what} is missing from the translation", what=what)


def invented(what: str) -> Phrase:
    """Says that the translation has something that the original lacks."""
    return Phrase("{what} is not in the original", what=what)


def more(these: tuple[str, ...], those: tuple[str, ...]) -> list[str]:
    """What `these` have that `those` lack, as multisets."""
    if these == those:
        return []
    return list((Counter(these) - Counter(those)).elements())
