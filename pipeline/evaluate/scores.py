"""BLEU and chrF as others count them (home of sacrebleu, an optional library)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import UsageError


@dataclass(frozen=True, slots=True)
class Scores:
    """Both with the signatures that say how they were counted."""

    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str


def scored(translations: Sequence[str], references: Sequence[str]) -> Scores:
    """The scores of a whole text; a missing translation is an empty one."""
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise UsageError(
            "scores are counted by sacreBLEU, which is not installed",
            name="no-sacrebleu",
            evidence=str(error),
            remedy="install it beside tvilling: python -m pip install sacrebleu",
        ) from error
    bleu, chrf = BLEU(), CHRF()
    found = [metric.corpus_score(list(translations), [list(references)]).score for metric in (bleu, chrf)]
    return Scores(found[0], found[1], str(bleu.get_signature()), str(chrf.get_signature()))
