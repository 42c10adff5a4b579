"""The page of results."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.measure import Cost, Work
from bench.peers import Peer

INTRODUCTION = """# What it costs

One run of `make bench`. CPU seconds of all processes of a command together, and the peak of memory of the
largest; ratios hold, seconds are this machine's, which other work may have slowed. “×” is how many times the
CPU time of Tvilling the others took. The articles are generated (`bench/corpus.py`), the same for all, in two
languages: a site of 1,000 articles has 2,000 pages, and Tvilling's 1,000 parallel pages and 3,000 e-books more.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of work, measured."""

    work: Work
    who: str
    number: int
    cost: Cost

    @property
    def seconds(self) -> str:
        """As people read it; what was stopped would have taken more."""
        return f"{'' if self.cost.is_all else '> '}{self.cost.seconds:.2f}"


def page(
    rows: Sequence[Row],
    ours: Peer,
    versions: Mapping[Peer, str | None],
    limit: float,
    failures: Sequence[str] = (),
) -> str:
    """All that was measured."""
    here = [f"{peer.name} {version}" for peer, version in versions.items() if version]
    absent = [peer.name for peer, version in versions.items() if not version]
    lines = [
        INTRODUCTION,
        f"{ours.name} {ours.version()}, Python {sys.version.split()[0]}; {', '.join(here) or 'no peers'}."
        + (f" Not installed: {', '.join(absent)}." if absent else ""),
        "",
        *_costs(rows, ours.name),
    ]
    if not all(row.cost.is_all for row in rows):
        lines += [
            "",
            f"“>”: stopped after {limit:.0f} s by the clock, and not tried with more articles;",
            "nor is what comes after it.",
        ]
    if failures:
        lines += ["", "Failed:", "", *(f"- {each}" for each in failures)]
    lines += ["", "## What the others do not do", ""]
    lines += [f"- {peer.name}: {peer.lacks}." for peer, version in versions.items() if version]
    lines += ["", *_growth([row for row in rows if row.who == ours.name])]
    return "\n".join(lines).rstrip("\n") + "\n"


def _costs(rows: Sequence[Row], ours: str) -> Iterator[str]:
    yield "| articles | work | who | CPU s | × | peak MB |"
    yield "| --: | --- | --- | --: | --: | --: |"
    base = {(row.number, row.work): row.cost.seconds for row in rows if row.who == ours}
    order = list(Work)
    for row in sorted(rows, key=lambda row: (row.number, order.index(row.work))):
        known = row.who != ours and base.get((row.number, row.work))
        ratio = f"{'' if row.cost.is_all else '> '}{row.cost.seconds / known:.2g}" if known else ""
        memory = f"{row.cost.memory:.0f}"
        yield f"| {row.number:,} | {row.work} | {row.who} | {row.seconds} | {ratio} | {memory} |"


def _growth(rows: Sequence[Row]) -> Iterator[str]:
    """How the cost of each work grows with the number of articles; nothing for one size."""
    sizes = sorted({row.number for row in rows})
    if len(sizes) < 2:
        return
    yield "## How Tvilling grows"
    yield ""
    yield "CPU seconds per 1,000 articles. “growth” is the last column divided by the one before: 1 is linear,"
    yield "below 1 is what starting costs, spread over more articles."
    yield ""
    yield f"| work | {' | '.join(f'{size:,}' for size in sizes)} | growth | peak MB |"
    yield f"| --- |{' --: |' * (len(sizes) + 2)}"
    for work in Work:
        costs = {row.number: row.cost for row in rows if row.work == work and row.cost.is_all}
        if len(costs) < len(sizes):
            continue
        per = [costs[size].seconds / size * 1000 for size in sizes]
        cells = [
            *(f"{each:.2f}" for each in per),
            f"{per[-1] / per[-2]:.2f}",
            f"{costs[sizes[-1]].memory:.0f}",
        ]
        yield f"| {work} | {' | '.join(cells)} |"
