"""Compares the figures of two texts as multisets."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.quantities.figure import Quantity, Reading, Weight
from pipeline.quantities.reader import counting, read
from pipeline.quantities.units import compatible

MANY = 16
"""Figures of which some are surely alike; with fewer it takes longer to see which."""


def differences(
    source: str, source_lang: str, target: str, target_lang: str
) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """The figures of `source` that `target` lacks, and those of `target` that `source` lacks.

    Each figure may stand for one of the other text only.  Articles and their like are never missed.
    """
    ours, theirs = counting(source, source_lang), counting(target, target_lang)
    if len(ours) == len(theirs) and all(map(same, ours, theirs)):
        return (), ()
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
    edges = _edges(wanted, offered)
    holder = dict[int, int]()
    held = dict[int, int]()

    def place(start: int) -> bool:
        """Find it a row, moving others to other rows; breadth first, as a text may have any number."""
        came = dict[int, int]()
        queue = [start]
        for index in queue:
            for row in edges[index]:
                if row in came:
                    continue
                came[row] = index
                if row not in holder:
                    _move(row, came, holder, held)
                    return True
                queue.append(holder[row])
        return False

    asked = [index for index, one in enumerate(wanted) if one.weight > Weight.LOOSE]
    asked.sort(key=lambda index: -wanted[index].weight)
    return tuple(wanted[index] for index in sorted(asked) if not (edges[index] and place(index)))


def _move(row: int, came: dict[int, int], holder: dict[int, int], held: dict[int, int]) -> None:
    """Give `row` to the one that came for it, that one's row to who came for it, and so on."""
    free: int | None = row
    while free is not None:
        index = came[free]
        holder[free] = index
        left = held.get(index)
        held[index] = free
        free = left


def _edges(wanted: Sequence[Quantity], offered: Sequence[Quantity]) -> list[list[int]]:
    """For each of `wanted` the numbers of those in `offered` that can be the same; equal ones share a list."""
    if len(wanted) < MANY:
        return [[row for row, other in enumerate(offered) if same(one, other)] for one in wanted]
    known = dict[frozenset[Reading], list[int]]()
    for one in wanted:
        if one.readings not in known:
            known[one.readings] = [row for row, other in enumerate(offered) if same(one, other)]
    return [known[one.readings] for one in wanted]
