"""The last pass over a body: footnotes with a way back, and addresses left open for the page."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from posixpath import normpath
from urllib.parse import unquote

from pipeline.model import Place
from pipeline.render.nouns import Asset, Link

ADDRESS = re.compile(r'(?<=[\s"])(?P<name>href|src|poster)="(?P<value>[^"]*)"')
ARTICLE = re.compile(r"(?:\./)*(?P<name>[^/?#]+)\.(?:md|txt)(?:#(?P<fragment>.*))?", re.DOTALL)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|\?|$", re.IGNORECASE)
REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">')
DEFINITION = re.compile(
    r'<div class="footnote-definition" id="([^"]*)"><sup class="footnote-definition-label">(\d+)</sup>'
)


def open_addresses(text: str, place: Place) -> Iterator[str | Link | Asset]:
    """`text` with the address of each article and of each file beside it taken out.

    >>> list(open_addresses('<a href="./sleep.md#why">why</a>', Place("a.md")))
    ['<a href="', Link(name='sleep', fragment='why', place=Place(path='a.md', line=0)), '">why</a>']
    """
    done = 0
    for found in ADDRESS.finditer(text):
        target = _target(html.unescape(found["value"]), found["name"] == "href", place)
        if target:
            yield text[done : found.start("value")]
            yield target
            done = found.end("value")
    yield text[done:]


def _target(address: str, is_link: bool, place: Place) -> Link | Asset | None:
    if ELSEWHERE.match(address):
        return None
    if address.startswith("#"):
        return Link("", unquote(address[1:]), place) if is_link else None
    article = ARTICLE.fullmatch(address)
    if is_link and article:
        return Link(unquote(article["name"]), unquote(article["fragment"] or ""), place)
    return Asset(normpath(unquote(address)), place)


class Footnotes:
    """The footnotes of one page: a reference knows its note, and the note its first reference."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.referred = {name for text in texts for name in REFERENCE.findall(text)}
        self.seen = Counter[str]()

    def linked(self, text: str) -> str:
        """`text` with its references and notes linked both ways; to be called in the page's order."""
        return DEFINITION.sub(self._note, REFERENCE.sub(self._reference, text))

    def _reference(self, found: re.Match[str]) -> str:
        place = self._place("fnref", found[1])
        return f'<sup class="footnote-reference" id="{place}"><a href="#fn-{found[1]}" role="doc-noteref">'

    def _note(self, found: re.Match[str]) -> str:
        name, number = found.groups()
        label = (
            f'<a href="#fnref-{name}" role="doc-backlink">{number}</a>' if name in self.referred else number
        )
        return f'<div class="footnote" id="{self._place("fn", name)}"><span class="footnote-number">{label}</span>'

    def _place(self, kind: str, name: str) -> str:
        """An id of its own for each reference, and for each of two notes with one name."""
        place = f"{kind}-{name}"
        self.seen[place] += 1
        return place if self.seen[place] == 1 else f"{place}-{self.seen[place]}"


def without_ids(text: str) -> str:
    """`text` to be shown a second time on the same page."""
    return re.sub(r'\sid="[^"]*"', "", REFERENCE.sub(_second_reference, text))


def _second_reference(found: re.Match[str]) -> str:
    return f'<sup class="footnote-reference"><a href="#fn-{found[1]}">'
