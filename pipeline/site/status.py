"""What a page says of itself: how much of it a person has checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.render import Head, Status

ORDER = (
    Status.ORIGINAL,
    Status.REVIEWED,
    Status.DRAFT,
    Status.MACHINE,
    Status.STALE,
    Status.REJECTED,
    Status.MISSING,
)


@dataclass(frozen=True, slots=True)
class Report:
    """One version, in figures."""

    is_original: bool
    """Was most of it written in this language?"""
    blocks: Mapping[Status, int]
    words: Mapping[Status, int]

    @classmethod
    def of(cls, head: Head, original: str) -> Report:
        """The report on the version `head` of an article written in `original`."""
        return cls(head.lang == original, ordered(head.blocks), ordered(head.words))

    @property
    def translated(self) -> int:
        """How many blocks needed a translation."""
        return sum(number for status, number in self.blocks.items() if status is not Status.ORIGINAL)

    @property
    def open(self) -> int:
        """How many of them no person has reviewed."""
        return self.translated - self.blocks.get(Status.REVIEWED, 0)

    @property
    def told(self) -> tuple[bool, int, int, str]:
        """All that a badge says."""
        return self.is_original, self.open, self.translated, str(self.worst)

    @property
    def worst(self) -> Status:
        """The one word for the whole: the state of what is furthest from being reviewed."""
        return tuple(self.blocks)[-1] if self.blocks else Status.ORIGINAL


def ordered(counts: Mapping[Status, int]) -> dict[Status, int]:
    """`counts` without zeros, from the original to what is missing."""
    return {status: counts[status] for status in ORDER if counts.get(status)}
