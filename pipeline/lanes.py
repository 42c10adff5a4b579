"""Where batches of sentences are translated: the one seam between a run and the machines that work for it.

A lane takes batches and gives answers in the same order.  It may hold several at once; answers depend
on the sentences alone, so any lane gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.engines import Answer, Engine
from pipeline.errors import EngineError
from pipeline.model import Phrase

if TYPE_CHECKING:
    from concurrent.futures import Future

Answers = list[tuple[Answer, ...]]
Direction = tuple[str, str]


class Batch(NamedTuple):
    """Sentences for one call of an engine."""

    texts: tuple[str, ...]
    aligned: bool = False

    def asked(self, engine: Engine) -> Answers:
        """The engine's answers: as many as sentences, or none can be trusted."""
        answers = engine.align(self.texts) if self.aligned else engine.translate(self.texts)
        if len(answers) != len(self.texts):
            raise EngineError(
                Phrase(
                    "{engine} gave {answers} answers to {sentences} sentences",
                    engine=engine.name,
                    answers=len(answers),
                    sentences=len(self.texts),
                ),
                name="bad-answers",
                remedy=Phrase("take this engine out of translate.engines in tvilling.toml"),
            )
        return answers


Lane = Callable[[Engine, Direction, Sequence[Batch]], Generator[Answers, None, None]]


def here(engine: Engine, _direction: Direction, batches: Sequence[Batch]) -> Generator[Answers, None, None]:
    """On this machine, one batch ahead: the next one is translated while the last one is checked."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as pool:
        running: Future[Answers] | None = None
        for batch in (*batches, None):
            answers = running.result() if running else None
            running = pool.submit(batch.asked, engine) if batch else None
            if answers is not None:
                yield answers
