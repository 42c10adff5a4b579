"""From one text to its draft, rung by rung, each safer than the one before.

    plain      the sentence has no markup; the best hypothesis that passes the checks
    spans      asked without markup, which is put back where the engine's attention says
    figures    figures too are asked as names, and come back as the original's
    names      proper names and abbreviations too
    fragments  the words between the markup, each by itself

A sentence that no rung answers leaves the whole text without a draft.  Ladders are generators: they
yield questions and take answers, so that all texts of all catalogs climb together, in one stream.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from pipeline import markdown
from pipeline.engines import Answer
from pipeline.ladder import cuts, figures, names, parts
from pipeline.ladder.asking import Question, Write, escaped
from pipeline.ladder.parts import Part, Words
from pipeline.ladder.projection import resolved
from pipeline.ladder.reader import Reader
from pipeline.model import Kind


class Ask(NamedTuple):
    """A question to an engine; `aligned`: it matters which words come from where."""

    text: str
    aligned: bool = False


Answers = list[tuple[Answer, ...]]
Climbing = Generator[list[Ask], Answers, "Climbed | None"]

RUNGS = ("plain", "spans", "figures", "names", "fragments")


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be drafted."""

    text: str
    kind: Kind
    lang: str
    is_marked: bool = True
    """Is it Markdown?"""

    @property
    def is_plain(self) -> bool:
        """Are its stars and brackets only stars and brackets?"""
        return self.kind.is_front or not self.is_marked


@dataclass(frozen=True, slots=True)
class Climbed:
    """A draft, and the rung of its lowest sentence."""

    text: str
    rung: str


def climb(source: Source, reader: Reader, masks: Sequence[str] = ()) -> Climbing:
    """The draft of one text, sentence by sentence, by an engine that copies `masks`."""
    text = source.text
    split = list(cuts.places(text, source.kind, source.lang, plain=source.is_plain))
    ladders = [_sentence(replace(source, text=text[start:end]), reader, masks) for start, end in split]
    found = yield from _together(ladders)
    if not found or not all(found):
        return None
    out, place = "", 0
    for (start, end), each in zip(split, found, strict=True):
        assert each is not None
        out += text[place:start] + each.text
        place = end
    whole = Climbed(out + text[place:], max((each.rung for each in found if each), key=RUNGS.index))
    return whole if len(found) == 1 or reader.judge(text, whole.text) is not None else None


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


def _sentence(source: Source, reader: Reader, masks: Sequence[str]) -> Climbing:
    text = source.text
    tree = parts.plain(text) if source.is_plain else parts.parts(text)
    write = str if source.is_plain else escaped
    for rung, shape in _shapes(tree, source):
        question = Question.of(shape, write, masks)
        asked = question.text.strip()
        if not markdown.has_words(asked):
            continue
        offset = len(question.text) - len(question.text.lstrip())
        wraps = question.wraps
        answers, *said = yield [Ask(asked, question.is_marked), *map(Ask, wraps.values())]
        hints = {
            key: [_like(each.text, wraps[key]) for each in one] for key, one in zip(wraps, said, strict=True)
        }
        moved = (_moved(answer, asked, question.text, offset) for answer in answers)
        filled = (resolved(question, each, hints) for each in moved)
        drafts = (draft for each in filled if each is not None for draft in _written(each, rung))
        best = reader.best(text, drafts)
        if best is not None:
            return Climbed(best, rung)
    if len(tree) > 1 or source.kind is Kind.HTML:
        return (yield from _fragments(text, tree, reader, write))
    return None


def _shapes(tree: tuple[Part, ...], source: Source) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The trees to ask by: as it is; then with its figures as atoms; then with its names."""
    if source.kind is Kind.HTML:
        return
    yield ("plain" if all(isinstance(part, Words) for part in tree) else "spans"), tree
    known = [tree]
    for pattern in figures.PATTERNS:
        known.append(parts.changed(tree, partial(figures.named, lang=source.lang, pattern=pattern)))
        if known[-1] not in known[:-1]:
            yield "figures", known[-1]
    figured = partial(figures.named, lang=source.lang, pattern=figures.NUMERAL)
    named = parts.changed(parts.changed(tree, names.named), figured)
    if named not in known:
        yield "names", named


def _written(draft: str, rung: str) -> Iterator[str]:
    return figures.written(draft) if rung in ("figures", "names") else iter([draft])


def _fragments(text: str, tree: tuple[Part, ...], reader: Reader, write: Write) -> Climbing:
    leaves = [
        part for part in parts.leaves(tree) if isinstance(part, Words) and markdown.has_words(part.value)
    ]
    if not leaves:
        return None
    answers = yield [Ask(leaf.value.strip()) for leaf in leaves]
    said = {}
    for leaf, found in zip(leaves, answers, strict=True):
        inside = leaf.value.strip()
        chosen = reader.best(inside, (_like(answer.text, inside) for answer in found))
        if chosen is None:
            return None
        head, _, tail = leaf.value.partition(inside)
        said[id(leaf)] = head + write(chosen) + tail

    def spoken(words: Words) -> Sequence[Part]:
        new = said.get(id(words))
        return [words if new is None else Words(new, new)]

    best = reader.best(text, [parts.joined(parts.changed(tree, spoken))])
    return None if best is None else Climbed(best, "fragments")


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
