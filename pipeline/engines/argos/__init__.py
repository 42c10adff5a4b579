"""Argos Translate's packages, run by CTranslate2 in batches.

`argostranslate.translate` is never imported: it would load torch and stanza, and it sends one small
batch per line.  The search is the same (beam, length penalty, target prefix, replaced unknowns).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from pipeline import inline
from pipeline.engines import Answer, Engine, Setup
from pipeline.engines.argos.packages import Package, best
from pipeline.engines.argos.pieces import Tokenizer
from pipeline.errors import EngineError
from pipeline.model import Phrase, Place

LONGEST = 400
"""Pieces of one sentence beyond which no model here was trained; longer ones are not answered."""
BATCH = 384
"""Pieces of one batch: more of them do not fit into a core's cache, and take longer for each."""
STEP = 16
"""Lengths are rounded up to a multiple of this: one batch holds equal ones."""
HYPOTHESES = 4
MASKS = tuple(f"{inline.OPEN}{number}{inline.CLOSE}" for number in range(10))
UNKNOWN = "<unk>"
TOGETHER = {"max_batch_size": BATCH, "batch_type": "tokens"}
ALONE = {"max_batch_size": 1, "return_attention": True, "replace_unknowns": True}


class Argos:
    """One package; its model is loaded by the first question."""

    name = "argos"

    def __init__(self, package: Package, *, beam: int, threads: int) -> None:
        self.package = package
        self.beam = max(beam, HYPOTHESES)
        self.threads = threads

    @cached_property
    def model(self) -> str:
        """`en_sv-1.9-0a1b2c3d`, and `-b8` with a wider beam than the usual 4."""
        width = "" if self.beam == HYPOTHESES else f"-b{self.beam}"
        return f"{self.package.short}-{self.package.hash}{width}"

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return Tokenizer.of(self.package)

    @cached_property
    def masks(self) -> tuple[str, ...]:
        """⟦0⟧ to ⟦9⟧, if each is a piece of the tokenizer, as in the starter models."""
        return MASKS if self.tokenizer.holds(MASKS) else ()

    @cached_property
    def translator(self) -> Any:
        import ctranslate2  # heavy

        try:
            return ctranslate2.Translator(
                str(self.package.path / "model"),
                device="cpu",
                inter_threads=self.threads or cores(),
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                Phrase("the model of {name} cannot be loaded", name=self.package.name),
                place=Place(str(self.package.path / "model")),
                name="broken-model",
                evidence=str(error),
                remedy=Phrase("install the package anew: tvilling models install --from FILE"),
            ) from error

    def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        """The beam's hypotheses.  They depend on the text alone, not on its neighbours or on threads.

        An unknown piece is replaced by the one looked at, which CTranslate2 tells rightly only of a
        sentence by itself: such sentences are asked once more.
        """
        found = self._asked(texts, TOGETHER)
        unknown = [text for text, answers in found.items() if any(UNKNOWN in each.text for each in answers)]
        found |= self._asked(unknown, ALONE)
        return [found.get(text, ()) for text in texts]

    def align(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        """The same with pieces, one sentence at a time: in a batch attention comes back mixed up."""
        found = self._asked(texts, ALONE)
        return [found.get(text, ()) for text in texts]

    def _asked(self, texts: Sequence[str], way: Mapping[str, Any]) -> dict[str, tuple[Answer, ...]]:
        pieces = {text: self.tokenizer.encode(text) for text in dict.fromkeys(texts)}
        asked = {text: found for text, found in pieces.items() if 0 < len(found) <= LONGEST}
        by_length = sorted(asked, key=lambda text: (rounded(len(asked[text])), text))
        jobs = []
        for length, group in groupby(by_length, key=lambda text: rounded(len(asked[text]))):
            batch = list(group)
            # A loop is cut short by a limit that hangs on the sentence alone.
            longest = length + length // 2 + STEP
            jobs.append((batch, longest, self._search([asked[text] for text in batch], longest, way)))
        return {
            text: tuple(self._answers(text, job.result(), longest))
            for batch, longest, search in jobs
            for text, job in zip(batch, search, strict=True)
        }

    def _search(self, batch: list[list[str]], longest: int, way: Mapping[str, Any]) -> list[Any]:
        prefix = self.package.prefix
        found: list[Any] = self.translator.translate_batch(
            batch,
            target_prefix=[[prefix]] * len(batch) if prefix else None,
            beam_size=self.beam,
            num_hypotheses=HYPOTHESES,
            length_penalty=0.2,
            max_decoding_length=longest,
            return_scores=True,
            asynchronous=True,
            **way,
        )
        return found

    def _answers(self, text: str, result: Any, longest: int) -> Iterator[Answer]:
        """The hypotheses by score; scores are rounded, for their last digits depend on the batch."""
        ranked = sorted(
            range(len(result.hypotheses)),
            key=lambda i: (-round(result.scores[i], 3), result.hypotheses[i]),
        )
        seen = set()
        for i in ranked:
            if len(result.hypotheses[i]) >= longest:
                continue
            attention = result.attention[i] if result.attention else ()
            answer = self.tokenizer.decode(text, result.hypotheses[i], attention, self.package.prefix)
            if answer.text and answer.text not in seen:
                seen.add(answer.text)
                yield answer


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def rounded(length: int) -> int:
    """`length` up to a multiple of STEP."""
    return -(-length // STEP) * STEP


def load(source_lang: str, target_lang: str, setup: Setup) -> Engine | None:
    """The package in use for this direction: an installed one, else a bundled one."""
    package = best(source_lang, target_lang, setup)
    return Argos(package, beam=setup.beam, threads=setup.threads) if package else None
