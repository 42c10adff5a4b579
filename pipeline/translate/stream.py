"""The questions of many ladders, put to one engine in batches of like length, with the journal before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline import ladder
from pipeline.engines import Answer, Engine
from pipeline.errors import EngineError
from pipeline.journal import Journal
from pipeline.ladder import Ask, Climbed, Source

CHUNK = 128
"""Sentences of one call: what Ctrl-C may cost."""

Progress = Callable[[int, int], None]
Direction = tuple[str, str]


@dataclass
class Stream:
    """The questions of many ladders, put to one engine in batches of like length."""

    engine: Engine
    direction: Direction
    journal: Journal
    progress: Progress
    interrupted: bool = False
    done: int = 0

    def climb(self, ladders: dict[Source, ladder.Climbing]) -> dict[Source, Climbed]:
        """Climb all ladders, one rung at a time for all; those without a draft are left out.

        Ctrl-C ends it: what is complete by then is kept.
        """
        found: dict[Source, Climbed] = {}
        answers: dict[Ask, tuple[Answer, ...]] = {}
        waiting: dict[Source, list[Ask]] = {}
        try:
            for key, climbing in ladders.items():
                _step(key, climbing, None, waiting, found)
            while waiting:
                answers = self.answers(list(dict.fromkeys(ask for asks in waiting.values() for ask in asks)))
                asked, waiting = waiting, {}
                for key, asks in asked.items():
                    if all(ask in answers for ask in asks):
                        given = [answers[ask] for ask in asks]
                        _step(key, ladders[key], given, waiting, found)
        except KeyboardInterrupt:
            self.interrupted = True
        return found

    def answers(self, asks: Sequence[Ask]) -> dict[Ask, tuple[Answer, ...]]:
        """What the journal knows, and what the engine says of the rest; written down as it comes."""
        found: dict[Ask, tuple[Answer, ...]] = {}
        for aligned in (False, True):
            known = self.journal.known(
                self.scope(aligned), [ask.text for ask in asks if ask.aligned is aligned]
            )
            found |= {Ask(text, aligned): answers for text, answers in known.items()}
        rest = sorted(set(asks) - found.keys(), key=lambda ask: (ask.aligned, len(ask.text), ask.text))
        self.done += len(asks) - len(rest)
        total = self.done + len(rest)
        for aligned, group in groupby([] if self.interrupted else rest, key=lambda ask: ask.aligned):
            for chunk in chunks([ask.text for ask in group]):
                new = self.kept(chunk, aligned)
                if self.interrupted:
                    return found
                found |= new
                self.done += len(chunk)
                self.progress(self.done, total)
        return found

    def scope(self, aligned: bool) -> tuple[str, ...]:
        """All that decides an answer beside the text."""
        return (self.engine.name, self.engine.model, *self.direction, "aligned" if aligned else "")

    def kept(self, texts: list[str], aligned: bool) -> dict[Ask, tuple[Answer, ...]]:
        """The engine's answers, in the journal before they are used; none after Ctrl-C.

        As many answers as questions, or none can be trusted.
        """
        ask = self.engine.align if aligned else self.engine.translate
        try:
            answers = ask(texts)
            if len(answers) != len(texts):
                raise EngineError(
                    f"{self.engine.name} gave {len(answers)} answers to {len(texts)} sentences",
                    name="bad-answers",
                    remedy="take this engine out of translate.engines in tvilling.toml",
                )
            self.journal.keep(self.scope(aligned), dict(zip(texts, answers, strict=True)))
        except KeyboardInterrupt:
            self.interrupted = True
            return {}
        return {Ask(text, aligned): answer for text, answer in zip(texts, answers, strict=True)}


def _step(
    key: Source,
    climbing: ladder.Climbing,
    given: ladder.Answers | None,
    waiting: dict[Source, list[Ask]],
    found: dict[Source, Climbed],
) -> None:
    """One rung of one ladder: it asks again, or it ends."""
    try:
        waiting[key] = next(climbing) if given is None else climbing.send(given)
    except StopIteration as end:
        if end.value is not None:
            found[key] = end.value


def chunks(texts: list[str]) -> Iterator[list[str]]:
    """A few at a time."""
    return (texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK))
