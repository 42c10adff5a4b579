"""An answer with the sentence's markup again, where its pieces say that the words went.

An answer that lost a name, or whose markup has no clear place, is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.engines import Answer
from pipeline.ladder.asking import Question, Range
from pipeline.ladder.parts import Atom, Part, Words, Wrap


def resolved(question: Question, answer: Answer, hints: Mapping[int, Sequence[str]]) -> str | None:
    """The answer as a translation of the sentence, markup and all; None if that is not clear.

    `hints` are translations of the words in a piece of markup alone: where the answer has one of
    them, it is surer than attention.
    """
    places = {}
    for key, name in question.names.items():
        found = list(re.finditer(_alone(name), answer.text))
        if len(found) != 1:
            return None
        places[key] = found[0].span()
    for key, said in hints.items():
        if place := _literal(said, answer.text):
            places[key] = place
    return _Projection(question, answer, places).text()


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


def _alone(name: str) -> str:
    """The pattern of a name: as a word, if it is one; a mask is no part of any other word."""
    return rf"(?<!\w){name}(?!\w)" if name.isalnum() else re.escape(name)


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
