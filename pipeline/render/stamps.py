"""Each segment's inside, found again in the HTML of its article.

A segment is woven in between marker characters; the parser carries them through to the HTML, where
one pass finds every block with its tag.  The markers are private-use characters that occur nowhere
in the article or its catalogs, also not as character references.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline import articles
from pipeline.model import Article, Kind, Segment
from pipeline.weave import weave

PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))


@dataclass(frozen=True, slots=True)
class Markers:
    """Begin of a number, end of the number, end of the segment."""

    begin: str
    middle: str
    end: str

    @classmethod
    def absent_from(cls, *texts: str) -> Markers:
        """Three characters that none of the `texts` holds or makes."""
        seen = set[str]().union(*texts, *(html.unescape(text) for text in texts if "&#" in text))
        free = (chr(code) for block in PRIVATE for code in block if chr(code) not in seen)
        return cls(next(free), next(free), next(free))

    def around(self, number: int, text: str) -> str:
        """`text` of segment `number`, marked.

        The spaces keep the text's first and last characters what they were for emphasis: after a
        letter-like marker `_so_` would be no emphasis.
        """
        return f"{self.begin}{number}{self.middle} {text} {self.end}"

    def instead(self, number: int) -> str:
        """What stands for a block of HTML: a comment, which may stand wherever the block may."""
        return f"<!--{self.begin}{number}{self.middle}-->"

    @property
    def pattern(self) -> re.Pattern[str]:
        """A marked segment with its tag before it and, where nothing else can follow, after it."""
        begin, middle, end = self.begin, self.middle, self.end
        return re.compile(
            rf"(?:<(?P<tag>p|h[1-6]|li|t[dh]|d[dt])(?P<attributes>(?:\s[^<>]*)?)>"
            rf"(?P<before>\s*(?:<input[^<>]*>\s*)?))?{begin}(?P<number>\d+){middle} "
            rf"(?P<inside>.*?) ?{end}(?P<after>\s*</(?:p|h[1-6])>)?"
            rf"|<!--{begin}(?P<html>\d+){middle}-->",
            re.DOTALL,
        )


@dataclass(frozen=True, slots=True)
class Block:
    """One segment where it stands on the page."""

    number: int
    """Its index among the article's segments."""
    tag: str
    """The element that holds it and nothing else before it; empty: there is none."""
    attributes: str
    before: str
    """What stands between the tag and the text, such as a check box."""
    inside: str
    """Its text as HTML; empty for a block of HTML."""
    after: str
    """The closing tag, if the element holds nothing else."""


def stamp(article: Article, texts: Sequence[str]) -> Iterator[str | Block]:
    """The article's HTML with `texts` in place of its segments': blocks, and what stands between."""
    markers = Markers.absent_from(article.raw, *texts)
    woven = weave(article, _marked(article.segments, texts, markers))
    page = articles.html(article, woven)
    done = 0
    for found in markers.pattern.finditer(page):
        if found.start() > done:
            yield page[done : found.start()]
        yield _block(found)
        done = found.end()
    yield page[done:]


def _marked(
    segments: Sequence[Segment], texts: Sequence[str], markers: Markers
) -> Callable[[Segment], str | None]:
    # Two equal segments have two numbers: known by identity, not by equality.
    numbers = {id(segment): number for number, segment in enumerate(segments)}

    def replacement(segment: Segment) -> str | None:
        number = numbers[id(segment)]
        if segment.kind.is_front:
            return None
        if segment.kind is Kind.HTML:
            return markers.instead(number)
        if segment.kind is Kind.LINK_TITLE:
            return texts[number]
        return markers.around(number, texts[number])

    return replacement


def _block(found: re.Match[str]) -> Block:
    number = found["number"] or found["html"]
    texts = (found[name] or "" for name in ("tag", "attributes", "before", "inside", "after"))
    return Block(int(number), *texts)
