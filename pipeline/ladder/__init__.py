"""From one text to its draft, rung by rung, each safer than the one before.

    plain      the sentence has no markup; the best hypothesis that passes the checks
    spans      asked without markup, which is put back where the engine's attention says
    figures    figures too are asked as names, and come back as the original's
    fragments  the words between the markup, each by itself

A sentence that no rung answers leaves the whole text without a draft.  Ladders are generators: they
yield questions and take answers, so that all texts of all catalogs climb together, in one stream.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline import markdown
from pipeline.engines import Answer
from pipeline.ladder import cuts, figures, parts
from pipeline.ladder.asking import Question, Write, escaped
from pipeline.ladder.parts import Part, Words
from pipeline.ladder.projection import resolved
from pipeline.model import Kind


class Ask(NamedTuple):
    """A question to an engine; `aligned`: it matters which words come from where."""

    text: str
    aligned: bool = False


Answers = list[tuple[Answer, ...]]
Climbing = Generator[list[Ask], Answers, "Climbed | None"]
Judge = Callable[[str, str], int | None]
"""(original, draft): how many doubts there are of it; None: it must not be written."""

RUNGS = ("plain", "spans", "figures", "fragments")


@dataclass(frozen=True, slots=True)
class Climbed:
    """A draft, and the rung of its lowest sentence."""

    text: str
    rung: str


def climb(text: str, kind: Kind, lang: str, judge: Judge) -> Climbing:
    """The draft of one text in the language `lang`, sentence by sentence."""
    split = list(cuts.places(text, kind, lang))
    ladders = [_sentence(text[start:end], kind, lang, judge) for start, end in split]
    found = yield from _together(ladders)
    if not found or not all(found):
        return None
    out, place = "", 0
    for (start, end), each in zip(split, found, strict=True):
        assert each is not None
        out += text[place:start] + each.text
        place = end
    whole = Climbed(out + text[place:], max((each.rung for each in found if each), key=RUNGS.index))
    return whole if len(found) == 1 or judge(text, whole.text) is not None else None


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


def _sentence(text: str, kind: Kind, lang: str, judge: Judge) -> Climbing:
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
        moved = (_moved(answer, asked, question.text, offset) for answer in answers)
        filled = (resolved(question, each, hints) for each in moved)
        drafts = (draft for each in filled if each is not None for draft in _written(each, rung))
        best = _best(text, drafts, judge)
        if best is not None:
            return Climbed(best, rung)
    if len(tree) > 1 or kind is Kind.HTML:
        return (yield from _fragments(text, tree, judge, write))
    return None


def _best(text: str, drafts: Iterator[str], judge: Judge) -> str | None:
    """Of the drafts that may be written the one with the fewest doubts; of equals the first."""
    doubtful: dict[int, str] = {}
    for draft in drafts:
        doubts = judge(text, draft)
        if doubts == 0:
            return draft
        if doubts is not None:
            doubtful.setdefault(doubts, draft)
    return doubtful[min(doubtful)] if doubtful else None


def _shapes(tree: tuple[Part, ...], kind: Kind, lang: str) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The trees to ask by: as it is; then with its figures as atoms."""
    if kind is Kind.HTML:
        return
    yield ("plain" if all(isinstance(part, Words) for part in tree) else "spans"), tree
    for pattern in figures.PATTERNS:
        masked = parts.changed(tree, lambda words, pattern=pattern: list(figures.named(words, lang, pattern)))  # type: ignore[misc]
        if masked != tree:
            yield "figures", masked


def _written(draft: str, rung: str) -> Iterator[str]:
    return figures.written(draft) if rung == "figures" else iter([draft])


def _fragments(text: str, tree: tuple[Part, ...], judge: Judge, write: Write) -> Climbing:
    leaves = [
        part for part in parts.leaves(tree) if isinstance(part, Words) and markdown.has_words(part.value)
    ]
    if not leaves:
        return None
    answers = yield [Ask(leaf.value.strip()) for leaf in leaves]
    said = {}
    for leaf, found in zip(leaves, answers, strict=True):
        inside = leaf.value.strip()
        chosen = _best(inside, (_like(answer.text, inside) for answer in found), judge)
        if chosen is None:
            return None
        head, _, tail = leaf.value.partition(inside)
        said[id(leaf)] = head + write(chosen) + tail

    def spoken(words: Words) -> Sequence[Part]:
        new = said.get(id(words))
        return [words if new is None else Words(new, new)]

    draft = parts.joined(parts.changed(tree, spoken))
    return Climbed(draft, "fragments") if judge(text, draft) is not None else None


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
