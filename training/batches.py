"""Batches: drawn by weight, disturbed, cut into pieces, sorted by length, filled with tokens.

The row of batches is a function of (seed, mix, pool number), so that a run that resumes
needs to remember two numbers. Only where words are cut at random does SentencePiece have
a will of its own: another process cuts the same words elsewhere.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import sentencepiece
import torch
from torch import Tensor

from training.corpus import Pair
from training.model import EOS, PAD
from training.noise import noisy
from training.vocab import STARTS

Tokens = list[int]


@dataclass(frozen=True, slots=True)
class Batch:
    """Source, what the decoder reads, and what it should write; padded on the right."""

    source: Tensor
    target: Tensor
    labels: Tensor


@dataclass(frozen=True)
class Plan:
    """How batches are made. ``sampled`` is the share of sides cut at random."""

    tokens: int = 6144
    pool: int = 24000
    longest: int = 160
    sampled: float = 0.35
    sharpness: float = 0.3
    seed: int = 1


class Batches:
    """The endless row of batches of one mix, from pool ``pool`` and batch ``place`` on."""

    def __init__(
        self,
        pairs: Sequence[Pair],
        mix: Mapping[str, float],
        pieces: sentencepiece.SentencePieceProcessor,
        plan: Plan,
    ) -> None:
        self.pairs = [pair for pair in pairs if mix.get(pair.label)]
        self.cumulative = list(itertools.accumulate(mix[pair.label] for pair in self.pairs))
        self.pieces = pieces
        self.plan = plan
        self.starts = [pieces.piece_to_id(start) for start in STARTS]

    def since(self, pool: int, place: int) -> Iterator[tuple[int, int, Batch]]:
        """Yield (pool, place, batch), where the two say how to go on after the batch."""
        while True:
            made = self.make(pool)
            for number in range(place, len(made)):
                yield pool, number + 1, made[number]
            pool, place = pool + 1, 0

    def make(self, pool: int) -> list[Batch]:
        """Return all batches of one pool."""
        chance = random.Random(f"{self.plan.seed} {pool}")
        drawn = chance.choices(self.pairs, cum_weights=self.cumulative, k=self.plan.pool)
        changed = [
            noisy(pair, other, chance) for pair, other in zip(drawn, drawn[1:] + drawn[:1], strict=True)
        ]
        english = self.cut([pair.en for pair in changed], chance)
        swedish = self.cut([pair.sv for pair in changed], chance)
        rows = []
        for en, sv in zip(english, swedish, strict=True):
            if not en or not sv or max(len(en), len(sv)) > self.plan.longest:
                continue
            if chance.random() < 0.5:
                rows.append((en, sv, self.starts[1]))
            else:
                rows.append((sv, en, self.starts[0]))
        rows.sort(key=lambda row: (max(len(row[0]), len(row[1])), len(row[0]), chance.random()))
        batches = [batch(group) for group in grouped(rows, self.plan.tokens)]
        chance.shuffle(batches)
        return batches

    def cut(self, texts: Sequence[str], chance: random.Random) -> list[Tokens]:
        """Cut texts into pieces, a share of them not in the likeliest way."""
        random_ = [chance.random() < self.plan.sampled for _ in texts]
        sentencepiece.set_random_generator_seed(chance.getrandbits(31))
        parts = {
            flag: iter(
                self.pieces.encode(
                    [text for text, r in zip(texts, random_, strict=True) if r == flag],
                    enable_sampling=flag,
                    alpha=self.plan.sharpness,
                    nbest_size=-1,
                    num_threads=1,
                )
            )
            for flag in (False, True)
        }
        return [next(parts[flag]) for flag in random_]


def grouped(
    rows: Sequence[tuple[Tokens, Tokens, int]], tokens: int
) -> Iterator[list[tuple[Tokens, Tokens, int]]]:
    """Cut sorted rows where one more would make a padded side exceed ``tokens``."""
    group: list[tuple[Tokens, Tokens, int]] = []
    longest = 0
    for row in rows:
        longest_now = max(longest, len(row[0]) + 1, len(row[1]) + 1)
        if group and longest_now * (len(group) + 1) > tokens:
            yield group
            group, longest_now = [], max(len(row[0]) + 1, len(row[1]) + 1)
        group.append(row)
        longest = longest_now
    if group:
        yield group


def batch(rows: Sequence[tuple[Tokens, Tokens, int]]) -> Batch:
    """Pad rows of (source, target, start) into one batch."""
    return Batch(
        padded([[*source, EOS] for source, _, _ in rows]),
        padded([[start, *target] for _, target, start in rows]),
        padded([[*target, EOS] for _, target, _ in rows]),
    )


def padded(rows: Sequence[Tokens]) -> Tensor:
    """Return rows as one tensor, padded on the right."""
    table = np.full((len(rows), max(map(len, rows))), PAD, dtype=np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return torch.from_numpy(table)
