"""Which of many texts are most like a given one.

Candidates come from an index of rare words, so that a question costs the same among a hundred texts
and among a hundred thousand; only they are compared letter by letter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

CANDIDATES = 200
"""How many texts are compared letter by letter."""
_POSTINGS = 4000
_WORD = re.compile(r"\w+")


class Index:
    """Answers for a fixed row of texts; equal questions have equal answers, in any process."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(texts)
        self._postings: dict[str, list[int]] = {}
        if len(self._texts) > CANDIDATES:
            postings = defaultdict(list)
            for index, text in enumerate(self._texts):
                for word in _words(text):
                    postings[word].append(index)
            self._postings = dict(postings)

    def best(self, text: str, cutoff: float) -> tuple[int, float] | None:
        """The most alike text and its score (0–1, at least `cutoff`); of equals the first one."""
        return next(iter(self.matches(text, cutoff, limit=1)), None)

    def matches(self, text: str, cutoff: float, limit: int = 5) -> list[tuple[int, float]]:
        """The texts at least `cutoff` alike, best first, of equals the earlier one first."""
        from rapidfuzz import fuzz, process

        indexes = self._candidates(text)
        choices = [self._texts[index] for index in indexes]
        found = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=cutoff * 100, limit=None)
        scored = sorted(
            ((indexes[at], score / 100) for _, score, at in found), key=lambda one: (-one[1], one[0])
        )
        return scored[:limit]

    def _candidates(self, text: str) -> Sequence[int]:
        if not self._postings:
            return range(len(self._texts))
        lists = sorted((self._postings.get(word, []) for word in _words(text)), key=len)
        shared = Counter[int]()
        seen = 0
        for indexes in lists:
            shared.update(indexes[: _POSTINGS - seen])
            seen += len(indexes)
            if seen >= _POSTINGS:
                break
        ranked = sorted(shared, key=lambda index: (-shared[index], index))
        return sorted(ranked[:CANDIDATES])


def _words(text: str) -> list[str]:
    """The different words of `text`, in their order: a set's order would change from run to run."""
    return list(dict.fromkeys(_WORD.findall(text.casefold())))
