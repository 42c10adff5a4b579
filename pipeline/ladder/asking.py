"""A sentence without its markup, for an engine to translate, and its answer with the markup again.

What must come back as it was is asked as a short name (`X1`); where markup goes is told by the
answer's pieces.  An answer that lost a name, or whose markup has no clear place, is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline import markdown
from pipeline.engines import Answer
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
    def of(cls, tree: tuple[Part, ...], write: Write) -> Question:
        """The question for a tree."""
        said = "".join(part.value for part in leaves(tree) if isinstance(part, Words))
        letter = next((name for name in NAMES if not re.search(rf"{name}\d", said)), "XQ")
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
                names[id(part)] = f"{letter}{len(names) + 1}"
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

    def resolved(self, answer: Answer, hints: Mapping[int, Sequence[str]]) -> str | None:
        """The answer as a translation of the sentence, markup and all; None if that is not clear.

        `hints` are translations of the words in a piece of markup alone: where the answer has one of
        them, it is surer than attention.
        """
        places = {}
        for key, name in self.names.items():
            found = list(re.finditer(rf"(?<!\w){name}(?!\w)", answer.text))
            if len(found) != 1:
                return None
            places[key] = found[0].span()
        for key, said in hints.items():
            if place := _literal(said, answer.text):
                places[key] = place
        return _Projection(self, answer, places).text()


@dataclass(frozen=True, slots=True)
class _Projection:
    question: Question
    answer: Answer
    places: Mapping[int, Range]

    def text(self) -> str | None:
        return self.emit(self.question.tree, 0, len(self.answer.text))

    def emit(self, tree: Sequence[Part], start: int, end: int) -> str | None:
        """The answer's stretch from `start` to `end`, with the markup of `tree`."""
        placed = []
        for order, part in enumerate(tree):
            if isinstance(part, Words):
                continue
            place = self.place(part, start, end)
            if place is None:
                return None
            placed.append((place, order, part))
        out, here = "", start
        for (first, last), _, part in sorted(placed, key=lambda item: (item[0], item[1])):
            if first < here or last > end:
                return None
            inner = part.raw if isinstance(part, Atom) else self.wrapped(part, first, last)
            if inner is None:
                return None
            out += self.question.write(self.answer.text[here:first]) + inner
            here = last
        return out + self.question.write(self.answer.text[here:end])

    def wrapped(self, part: Part, first: int, last: int) -> str | None:
        assert isinstance(part, Wrap)
        inner = self.emit(part.inner, first, last)
        return None if inner is None else part.opening + inner + part.closing

    def place(self, part: Part, start: int, end: int) -> Range | None:
        """Where in the answer a part of the question stands."""
        if id(part) in self.places:
            return self.places[id(part)]
        first, last = self.question.ranges[id(part)]
        if first == last:
            after = self.after(first, start, end)
            return None if after is None else (after, after)
        if self.question.spans_all(first, last):
            return self.whole(first, last)
        return self.hull(first, last)

    def whole(self, first: int, last: int) -> Range:
        """All but the punctuation that stands outside of the markup in the question too."""
        head, tail = self.question.text[:first].strip(), self.question.text[last:].strip()
        text = self.answer.text
        start = len(head) if head and text.startswith(head) else 0
        end = len(text) - len(tail) if tail and text.endswith(tail) else len(text)
        return (start, max(start, end))

    def hull(self, first: int, last: int) -> Range | None:
        """The words that come from the question's stretch, if they stand together."""
        mine = list(self.mine(first, last))
        if not mine:
            return None
        start, end = min(a for a, _ in mine), max(b for _, b in mine)
        text = self.answer.text
        while start > 0 and _in_word(text, start):
            start -= 1
        while end < len(text) and _in_word(text, end):
            end += 1
        strangers = sum(
            b - a
            for a, b, c, d in self.answer.pieces
            if start <= a and b <= end and not _within(c, d, first, last)
        )
        own = sum(b - a for a, b in mine)
        asked = self.question.text[first:last]
        while end > start and not text[end - 1].isalnum() and text[end - 1] != asked[-1]:
            end -= 1
        return (start, end) if own > strangers and end > start else None

    def mine(self, first: int, last: int) -> Iterator[Range]:
        for a, b, c, d in self.answer.pieces:
            if b > a and _within(c, d, first, last) and re.search(r"\w", self.answer.text[a:b]):
                yield a, b
        for key, place in self.places.items():
            if _within(*self.question.ranges[key], first, last):
                yield place

    def after(self, place: int, start: int, end: int) -> int | None:
        """Behind what comes from the words before `place`: there a silent atom goes."""
        if place == 0:
            return start
        if place == len(self.question.text):
            return end
        before = [b for a, b, c, d in self.answer.pieces if b > a and c < place <= d]
        before += [p[1] for key, p in self.places.items() if self.question.ranges[key][1] == place]
        if not before:
            return None
        text, found = self.answer.text, max(before)
        while found < len(text) and _in_word(text, found):
            found += 1
        return found


def _wraps(tree: Sequence[Part]) -> Iterator[Wrap]:
    for part in tree:
        if isinstance(part, Wrap):
            yield part
            yield from _wraps(part.inner)


def _literal(said: Sequence[str], text: str) -> Range | None:
    """Where the first of the hints stands that stands there exactly once."""
    for words in said:
        found = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)) if words else []
        if len(found) == 1:
            return found[0].span()
    return None


def _within(c: int, d: int, first: int, last: int) -> bool:
    """Does more than half of the stretch lie inside?"""
    return 2 * (min(d, last) - max(c, first)) > d - c > 0


def _in_word(text: str, place: int) -> bool:
    return text[place - 1].isalnum() and text[place].isalnum()


def escaped(text: str) -> str:
    """`text` so that Markdown reads it as it is; left alone where it does anyway."""
    found = markdown.spans(text)
    if all(span.kind in (Mark.TEXT, Mark.AUTOLINK) for span in found) and (
        "".join(span.value for span in found) == text or not ESCAPED.search(text)
    ):
        return text
    return ESCAPED.sub(r"\\\g<0>", text)
