"""A sentence without its markup, for an engine to translate.

What must come back as it was is asked as one of the masks that the engine was trained to copy, or else
as a short name (`X1`), which engines copy well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from pipeline import markdown
from pipeline.ladder.parts import Atom, Part, Words, Wrap, leaves
from pipeline.markdown import Mark

ESCAPED = re.compile(r"[\\`*_\[\]<>~&]")
NAMES = ("X", "Q", "Z", "W", "K")
Range = tuple[int, int]
Write = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and where each part of the tree stands in it."""

    tree: tuple[Part, ...]
    text: str
    ranges: Mapping[int, Range]
    """By the identity of the part: equal parts stand in several places."""
    names: Mapping[int, str]
    write: Write
    """How plain words are written in the draft: escaped, in Markdown."""

    @classmethod
    def of(cls, tree: tuple[Part, ...], write: Write, masks: Sequence[str] = ()) -> Question:
        """The question for a tree, to an engine that copies `masks`."""
        free = _names(tree, masks)
        ranges: dict[int, Range] = {}
        names: dict[int, str] = {}
        text = ""

        def add(part: Part) -> None:
            nonlocal text
            start = len(text)
            if isinstance(part, Words):
                text += part.value
            elif isinstance(part, Wrap):
                for inner in part.inner:
                    add(inner)
            elif not part.silent:
                names[id(part)] = next(free)
                text += names[id(part)]
            ranges[id(part)] = (start, len(text))

        for part in tree:
            add(part)
        return cls(tree, text, ranges, names, write)

    @property
    def wraps(self) -> dict[int, str]:
        """The words in each piece of markup that does not span the whole sentence."""
        said = {id(part): self.text[slice(*self.ranges[id(part)])] for part in _wraps(self.tree)}
        return {
            key: inside.strip()
            for key, inside in said.items()
            if re.search(r"[^\W\d_]", inside) and not self.spans_all(*self.ranges[key])
        }

    @property
    def is_marked(self) -> bool:
        """Must the answer say which words come from where?"""
        silent = any(isinstance(part, Atom) and part.silent for part in leaves(self.tree))
        return silent or bool(self.wraps)

    def spans_all(self, first: int, last: int) -> bool:
        """Is there no word outside of the stretch?"""
        return not re.search(r"\w", self.text[:first] + self.text[last:])


def _names(tree: Sequence[Part], masks: Sequence[str]) -> Iterator[str]:
    """Names that the words of the tree do not hold; the engine's own, if there are enough of them."""
    said = "".join(part.value for part in leaves(tree) if isinstance(part, Words))
    needed = sum(isinstance(part, Atom) and not part.silent for part in leaves(tree))
    if needed <= len(masks) and not any(mask in said for mask in masks):
        return iter(masks)
    letter = next((name for name in NAMES if not re.search(rf"{name}\d", said)), "XQ")
    return (f"{letter}{number}" for number in count(1))


def _wraps(tree: Sequence[Part]) -> Iterator[Wrap]:
    for part in tree:
        if isinstance(part, Wrap):
            yield part
            yield from _wraps(part.inner)


def escaped(text: str) -> str:
    """`text` so that Markdown reads it as it is; left alone where it does anyway."""
    found = markdown.spans(text)
    if all(span.kind in (Mark.TEXT, Mark.AUTOLINK) for span in found) and (
        "".join(span.value for span in found) == text or not ESCAPED.search(text)
    ):
        return text
    return ESCAPED.sub(r"\\\g<0>", text)
