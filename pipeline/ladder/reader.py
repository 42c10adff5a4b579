"""Who chooses among drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Judge = Callable[[str, str], int | None]
"""(original, draft): how many doubts there are of it; None: it must not be written."""

Manner = Callable[[str, str], str]
"""(original, draft): the draft as its language sets it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Judges drafts, and sets them as their language does."""

    judge: Judge
    manner: Manner = lambda _original, draft: draft

    def best(self, text: str, drafts: Iterable[str]) -> str | None:
        """Of the drafts that may be written the one with the fewest doubts; of equals the first."""
        doubtful: dict[int, str] = {}
        for draft in drafts:
            shown, doubts = self.judged(text, draft)
            if doubts == 0:
                return shown
            if doubts is not None:
                doubtful.setdefault(doubts, shown)
        return doubtful[min(doubtful)] if doubtful else None

    def judged(self, text: str, draft: str) -> tuple[str, int | None]:
        """The draft as its language sets it, or as it came if only so it may be written."""
        typeset = self.manner(text, draft)
        doubts = self.judge(text, typeset)
        if doubts is None and typeset != draft:
            return draft, self.judge(text, draft)
        return typeset, doubts
