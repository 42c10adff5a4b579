"""Compares the figures of two texts as multisets."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.quantities.figure import Quantity, Weight
from pipeline.quantities.reader import read
from pipeline.quantities.units import compatible


def differences(
    source: str, source_lang: str, target: str, target_lang: str
) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """The figures of `source` that `target` lacks, and those of `target` that `source` lacks.

    Each figure may stand for one of the other text only.  Articles and their like are never missed.
    """
    ours, theirs = read(source, source_lang), read(target, target_lang)
    return _uncovered(ours, theirs), _uncovered(theirs, ours)


def same(one: Quantity, other: Quantity) -> bool:
    """Can the two be understood as the same figure?"""
    return any(
        a.kind == b.kind and a.value == b.value and compatible(a.unit, b.unit)
        for a in one.readings
        for b in other.readings
    )


def _uncovered(wanted: Sequence[Quantity], offered: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The figures of `wanted` for which a largest matching leaves none of `offered`.

    By the theorem of Mendelsohn and Dulmage the two sides can be covered one by one.
    """
    edges = [[row for row, other in enumerate(offered) if same(one, other)] for one in wanted]
    holder: dict[int, int] = {}

    def place(index: int, seen: set[int]) -> bool:
        for row in edges[index]:
            if row not in seen:
                seen.add(row)
                if row not in holder or place(holder[row], seen):
                    holder[row] = index
                    return True
        return False

    asked = [index for index, one in enumerate(wanted) if one.weight > Weight.LOOSE]
    asked.sort(key=lambda index: -wanted[index].weight)
    return tuple(wanted[index] for index in sorted(asked) if not (edges[index] and place(index, set())))
