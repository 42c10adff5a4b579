"""The questions of many ladders, put to one engine in batches of like length, with the journal before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby

from pipeline import ladder, lanes
from pipeline.engines import Answer, Engine
from pipeline.journal import Journal
from pipeline.ladder import Ask, Climbed, Source
from pipeline.lanes import Batch, Direction, Lane

CHUNK = 128
"""Sentences of one call: what Ctrl-C may cost."""

Progress = Callable[[int, int], None]
Found = Mapping[Ask, tuple[Answer, ...]]


@dataclass
class Stream:
    """The questions of many ladders, put to one engine in batches of like length."""

    engine: Engine
    direction: Direction
    journal: Journal
    progress: Progress
    lane: Lane = lanes.here
    interrupted: bool = False

    def climb(self, ladders: Mapping[Source, ladder.Climbing]) -> dict[Source, Climbed]:
        """Climb all ladders, one rung at a time for all; those without a draft are left out.

        Ctrl-C ends it: what is complete by then is kept.
        """
        climb = _Climb(ladders)
        try:
            climb.begin()
            while rung := climb.next_rung():
                for answers in self.answers(rung):
                    climb.take(answers)
                    self.progress(climb.done, len(ladders))
        except KeyboardInterrupt:
            self.interrupted = True
        return climb.found

    def answers(self, asks: Iterable[Ask]) -> Iterator[Found]:
        """What the journal knows, and what the engine says of the rest; written down as it comes."""
        rest = set(asks)
        for aligned in (False, True):
            texts = [ask.text for ask in rest if ask.aligned is aligned]
            known = self.journal.known(self.scope(aligned), texts)
            found = {Ask(text, aligned): answers for text, answers in known.items()}
            rest -= found.keys()
            if found:
                yield found
        ordered = sorted(rest, key=lambda ask: (ask.aligned, len(ask.text), ask.text))
        batches = list(_batches(ordered))
        with closing(self.lane(self.engine, self.direction, batches)) as running:
            for batch, answers in zip(batches, running, strict=True):
                known = dict(zip(batch.texts, answers, strict=True))
                self.journal.keep(self.scope(batch.aligned), known)
                yield {Ask(text, batch.aligned): found for text, found in known.items()}

    def scope(self, aligned: bool) -> tuple[str, ...]:
        """All that decides an answer beside the text."""
        return (self.engine.name, self.engine.model, *self.direction, "aligned" if aligned else "")


@dataclass
class _Climb:
    """Ladders, and how far each is."""

    ladders: Mapping[Source, ladder.Climbing]
    found: dict[Source, Climbed] = field(default_factory=dict)
    asked: dict[Source, list[Ask]] = field(default_factory=dict)
    """The questions of the rung that each one stands on."""
    known: dict[Ask, tuple[Answer, ...]] = field(default_factory=dict)
    waiting: dict[Ask, list[Source]] = field(default_factory=dict)
    """Question → who waits for the answer."""
    lacking: dict[Source, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """The ladders that have ended."""
        return len(self.ladders) - len(self.asked)

    def begin(self) -> None:
        for key in self.ladders:
            self.step(key, None)

    def next_rung(self) -> list[Ask]:
        """All questions that are open now."""
        self.known, self.waiting, self.lacking = {}, {}, {}
        for key, asks in self.asked.items():
            for ask in set(asks):
                self.waiting.setdefault(ask, []).append(key)
            self.lacking[key] = len(set(asks))
        return list(self.waiting)

    def take(self, answers: Found) -> None:
        """Each ladder whose answers are all there now climbs on."""
        self.known |= answers
        for ask in answers:
            for key in self.waiting[ask]:
                self.lacking[key] -= 1
                if not self.lacking[key]:
                    self.step(key, [self.known[each] for each in self.asked[key]])

    def step(self, key: Source, given: ladder.Answers | None) -> None:
        """One rung of one ladder: it asks again, or it ends."""
        climbing = self.ladders[key]
        try:
            self.asked[key] = next(climbing) if given is None else climbing.send(given)
        except StopIteration as end:
            self.asked.pop(key, None)
            if end.value is not None:
                self.found[key] = end.value


def _batches(asks: list[Ask]) -> Iterator[Batch]:
    """A few at a time."""
    for aligned, group in groupby(asks, key=lambda ask: ask.aligned):
        texts = [ask.text for ask in group]
        yield from (
            Batch(tuple(texts[start : start + CHUNK]), aligned) for start in range(0, len(texts), CHUNK)
        )
