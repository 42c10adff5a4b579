"""The body of a Markdown article as parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline import markdown
from pipeline.articles import directives, fences
from pipeline.articles.anchors import Anchors
from pipeline.articles.lines import Lines
from pipeline.articles.scope import Scope, malformed
from pipeline.errors import ArticleError
from pipeline.markdown import Block, Leaf
from pipeline.model import Kind, Phrase, Segment, Verbatim

KINDS: dict[Leaf, Kind] = {leaf: Kind(leaf.value) for leaf in Leaf if leaf is not Leaf.CODE}


def split(text: str, start: int, path: str, scope: Scope) -> Iterator[Segment | Verbatim]:
    """The parts of `text` from `start` on.  Law: joined, they are that text.

    What is left open is `scope`'s to tell.
    """
    body = text[start:]
    found = fences.find(body)
    blocks = markdown.blocks(fences.masked(body, found) if found else body)
    lines = Lines(text, path, start)
    done = 0
    for segment, first, last in _segments(body, blocks, found, scope, lines):
        if first > done:
            yield Verbatim(body[done:first])
        yield segment
        done = last
    if done < len(body):
        yield Verbatim(body[done:])


def _segments(
    body: str, blocks: list[Block], found: tuple[fences.Fence, ...], scope: Scope, lines: Lines
) -> Iterator[tuple[Segment, int, int]]:
    _refuse_twins((block for block in blocks if block.id), lines)
    anchors = Anchors(block.id for block in blocks if block.id)
    _refuse((fence for fence in found if fence.name is None), lines)
    waiting = {fence.start: fence for fence in found}
    for block in blocks:
        place = lines.place(block.start)
        if block.leaf is Leaf.HTML and block.start in waiting:
            scope.fence(waiting.pop(block.start).name or "", block.path, place)
        elif block.leaf is Leaf.HTML and (directive := directives.parse(block.text)):
            scope.direct(directive, block.path, place)
        else:
            if not block.is_closed:
                scope.open_code = scope.open_code or place
            said = scope.says((*block.path, block.start))
            if block.has_words and not scope.off:
                segment = Segment(
                    body[block.start : block.end],
                    block.text,
                    scope.lang,
                    KINDS[block.leaf],
                    said.get("context", ""),
                    said.get("note", ""),
                    anchors.of(block),
                    prefix=block.prefix,
                    place=place,
                )
                yield segment, block.start, block.end
    _refuse(waiting.values(), lines)


def _refuse_twins(named: Iterable[Block], lines: Lines) -> None:
    """An error where an id that the author gives stands twice: links would lead to the first one only."""
    seen = set[str]()
    for block in named:
        if block.id in seen:
            raise ArticleError(
                Phrase("the id {id!r} belongs to a heading above already", id=block.id),
                place=lines.place(block.start),
                name="duplicate-id",
                remedy=Phrase("give one of the two another id"),
            )
        seen.add(block.id)


def _refuse(found: Iterable[fences.Fence], lines: Lines) -> None:
    """An error for fences that are none, or that stand where no block can."""
    for fence in found:
        raise malformed(lines.place(fence.start))
