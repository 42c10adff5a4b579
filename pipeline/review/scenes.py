"""What stands on the page between the blocks: code, pictures, rules, and each table as a whole.

All of it is made harmless, as the blocks are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.render import safe
from pipeline.render.stamps import Block
from pipeline.review import preview

NUMBERS = re.compile(r'<sup class="footnote[^>]*>.*?</sup>', re.DOTALL)
SEEN = re.compile(r"<(?:img|hr|pre|svg|video|audio)\b|>[^<]*\w|^[^<]*\w")


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that has no entry of its own, in both languages."""

    before: int
    """The number of the segment that it stands before."""
    original: str
    translation: str
    is_table: bool

    @property
    def id(self) -> str:
        """Its name on the page."""
        return f"{'table' if self.is_table else 'scene'}-{self.before}"


def scenes(originals: Sequence[str | Block], translations: Sequence[str | Block]) -> tuple[Scene, ...]:
    """The scenes of an article, from its HTML with the original and with the translated texts."""
    pairs = zip(_found(originals), _found(translations), strict=False)
    return tuple(
        Scene(number, preview.harmless(one), preview.harmless(other), is_table)
        for (number, one, is_table), (_, other, _) in pairs
    )


def _found(parts: Sequence[str | Block]) -> Iterator[tuple[int, str, bool]]:
    table, first, done = "", 0, 0
    for part in parts:
        if isinstance(part, Block):
            table += _html(part) if table else ""
            done = part.number + 1
            continue
        before, opened, rest = ("", "", part) if table else part.partition("<table")
        if opened:
            yield from _visible(done, before)
            first = done
        inside, closed, after = (opened + rest).partition("</table>")
        if not (table or opened):
            yield from _visible(done, before)
            continue
        table += inside + closed
        if closed:
            yield first, table, True
            table = ""
            yield from _visible(done, after)


def _visible(number: int, html: str) -> Iterator[tuple[int, str, bool]]:
    if SEEN.search(NUMBERS.sub("", html)):
        yield number, html, False


def _html(block: Block) -> str:
    opening = f"<{block.tag}{block.attributes}>" if block.tag else ""
    return opening + block.before + safe.inline(block.inside) + block.after
