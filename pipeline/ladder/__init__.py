"""From one text to its draft, rung by rung, each safer than the one before.

    plain      the sentence has no markup; the best hypothesis that passes the checks
    spans      asked without markup, which is put back where the engine's attention says
    figures    figures too are asked as names, and come back as the original's
    fragments  the words between the markup, each by itself

A sentence that no rung answers leaves the whole text without a draft.  Ladders are generators: they
yield questions and take answers, so that all texts of all catalogs climb together, in one stream.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline import markdown, quantities, sentences
from pipeline.engines import Answer
from pipeline.ladder import parts
from pipeline.ladder.asking import Question, Write, escaped
from pipeline.ladder.parts import Atom, Part, Words
from pipeline.markdown import Mark
from pipeline.model import Kind


class Ask(NamedTuple):
    """A question to an engine; `aligned`: it matters which words come from where."""

    text: str
    aligned: bool = False


Answers = list[tuple[Answer, ...]]
Climbing = Generator[list[Ask], Answers, "Climbed | None"]
Accepts = Callable[[str, str], bool]
"""(original, draft): does the draft pass?"""

RUNGS = ("plain", "spans", "figures", "fragments")
NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Climbed:
    """A draft, and the rung of its lowest sentence."""

    text: str
    rung: str


def climb(text: str, kind: Kind, lang: str, accepts: Accepts) -> Climbing:
    """The draft of one text in the language `lang`, sentence by sentence."""
    split = list(_sentences(text, kind, lang))
    ladders = [_sentence(text[start:end], kind, lang, accepts) for start, end in split]
    found = yield from _together(ladders)
    if not found or not all(found):
        return None
    out, place = "", 0
    for (start, end), each in zip(split, found, strict=True):
        assert each is not None
        out += text[place:start] + each.text
        place = end
    whole = Climbed(out + text[place:], max((each.rung for each in found if each), key=RUNGS.index))
    return whole if len(found) == 1 or accepts(text, whole.text) else None


def _together(ladders: Sequence[Climbing]) -> Generator[list[Ask], Answers, list[Climbed | None]]:
    """Climb several ladders at once, one rung at a time."""
    found: list[Climbed | None] = [None] * len(ladders)
    waiting: dict[int, list[Ask]] = {}
    answers: dict[int, Answers] = {}
    standing = list(range(len(ladders)))
    while standing:
        waiting = {}
        for index in standing:
            try:
                given = answers.get(index)
                waiting[index] = next(ladders[index]) if given is None else ladders[index].send(given)
            except StopIteration as end:
                found[index] = end.value
        if not waiting:
            break
        flat = yield [text for texts in waiting.values() for text in texts]
        rest = iter(flat)
        answers = {index: [next(rest) for _ in texts] for index, texts in waiting.items()}
        standing = list(waiting)
    return found


def _sentence(text: str, kind: Kind, lang: str, accepts: Accepts) -> Climbing:
    tree = parts.plain(text) if kind.is_front else parts.parts(text)
    write = str if kind.is_front else escaped
    for rung, shape in _shapes(tree, kind, lang):
        question = Question.of(shape, write)
        asked = question.text.strip()
        if not markdown.has_words(asked):
            continue
        offset = len(question.text) - len(question.text.lstrip())
        wraps = question.wraps
        answers, *said = yield [Ask(asked, question.is_marked), *map(Ask, wraps.values())]
        hints = {
            key: [_like(each.text, wraps[key]) for each in one] for key, one in zip(wraps, said, strict=True)
        }
        for answer in answers:
            draft = question.resolved(_moved(answer, asked, question.text, offset), hints)
            for variant in _variants(draft, rung):
                if accepts(text, variant):
                    return Climbed(variant, rung)
    if len(tree) > 1 or kind is Kind.HTML:
        return (yield from _fragments(text, tree, accepts, write))
    return None


def _shapes(tree: tuple[Part, ...], kind: Kind, lang: str) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The trees to ask by: as it is; then with its figures as atoms."""
    if kind is Kind.HTML:
        return
    yield ("plain" if all(isinstance(part, Words) for part in tree) else "spans"), tree
    masked = parts.changed(tree, lambda words: list(_figures(words, lang)))
    if masked != tree:
        yield "figures", masked


def _figures(words: Words, lang: str) -> Iterator[Part]:
    """Words with what is written in digits cut out of them, unit and all."""
    place = 0
    for figure in quantities.read(words.raw, lang) if words.raw == words.value else ():
        if figure.start >= place and any(mark.isdigit() for mark in words.raw[figure.start : figure.end]):
            before = words.raw[place : figure.start]
            yield from [Words(before, before)] if before else []
            yield Atom(words.raw[figure.start : figure.end])
            place = figure.end
    yield from [Words(words.raw[place:], words.raw[place:])] if place and words.raw[place:] else []
    yield from [words] if not place else []


def _variants(draft: str | None, rung: str) -> Iterator[str]:
    """A draft with the figures as they were written, and in other ways of writing: a check decides."""
    if draft is None:
        return
    yield draft
    if rung == "figures":
        grouped = re.sub(r"(?<=\d),(?=\d{3})", NBSP, draft)
        yield re.sub(r"(?<=\d)\.(?=\d)", ",", grouped)
        pointed = re.sub(r"(?<=\d),(?=\d)", ".", draft)
        yield re.sub(r"(?<=\d)\s(?=\d{3})", ",", pointed)


def _fragments(text: str, tree: tuple[Part, ...], accepts: Accepts, write: Write) -> Climbing:
    leaves = [
        part for part in parts.leaves(tree) if isinstance(part, Words) and markdown.has_words(part.value)
    ]
    if not leaves:
        return None
    answers = yield [Ask(leaf.value.strip()) for leaf in leaves]
    said = {}
    for leaf, found in zip(leaves, answers, strict=True):
        inside = leaf.value.strip()
        good = (_like(answer.text, inside) for answer in found)
        chosen = next((each for each in good if accepts(inside, each)), None)
        if chosen is None:
            return None
        head, _, tail = leaf.value.partition(inside)
        said[id(leaf)] = head + write(chosen) + tail

    def spoken(words: Words) -> Sequence[Part]:
        new = said.get(id(words))
        return [words if new is None else Words(new, new)]

    draft = parts.joined(parts.changed(tree, spoken))
    return Climbed(draft, "fragments") if accepts(text, draft) else None


def _moved(answer: Answer, asked: str, text: str, offset: int) -> Answer:
    """The answer as one to `text`, which is `asked` with spaces round it."""
    head, tail = text[:offset], text[offset + len(asked) :]
    pieces = [(a + offset, b + offset, c + offset, d + offset) for a, b, c, d in answer.pieces]
    said = _like(answer.text, asked)
    return Answer(head + said + tail, tuple(p for p in pieces if p[1] <= offset + len(said)))


def _like(answer: str, asked: str) -> str:
    """The answer with the question's manners: small initial, no stop where it has none."""
    said = answer.strip()
    if asked[-1:] not in ".!?…:" and said.endswith(".") and not said.endswith(".."):
        said = said[:-1]
    if asked[:1].islower() and said[:1].isupper() and said[1:2].islower():
        said = said[:1].lower() + said[1:]
    return said


def _sentences(text: str, kind: Kind, lang: str) -> Iterator[tuple[int, int]]:
    """Where the sentences stand, without the white space round them; markup is never cut in two."""
    if kind is Kind.HTML:
        yield (0, len(text))
        return
    spans = [] if kind.is_front else markdown.spans(text)
    cuts = {0, len(text)}
    place = 0
    for sentence in sentences.split(_shadow(text, spans), lang):
        place += len(sentence)
        cuts.add(_outside(place, spans))
    for span in spans:
        if span.kind is Mark.BREAK and _outside(span.start, spans) == span.start:
            cuts |= {span.start, span.end}
    breaks = {(span.start, span.end) for span in spans if span.kind is Mark.BREAK}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        inside = text[start:end].strip()
        if inside and (start, end) not in breaks:
            first = start + text[start:end].index(inside)
            yield (first, first + len(inside))


def _shadow(text: str, spans: Sequence[markdown.Span]) -> str:
    """`text` with letters in place of what only looks like the end of a sentence: code, addresses."""
    shadow = list(text)
    for span in spans:
        if span.kind is Mark.BREAK:
            shadow[span.start : span.end] = " " * (span.end - span.start)
        elif span.kind in (Mark.CODE, Mark.AUTOLINK, Mark.HTML, Mark.FOOTNOTE):
            shadow[span.start : span.end] = "x" * (span.end - span.start)
        elif span.kind in (Mark.LINK, Mark.IMAGE):
            shadow[span.inner[1] : span.end] = "x" * (span.end - span.inner[1])
    return "".join(shadow)


def _outside(place: int, spans: Sequence[markdown.Span]) -> int:
    """`place`, or the end of the markup that stands across it; 0 where that would split more."""
    for span in spans:
        if span.kind not in (Mark.TEXT, Mark.BREAK) and span.start < place < span.end:
            return _outside(span.end, spans) if place >= span.inner[1] else 0
    return place
