"""How far each catalog is: words by state, what is rejected or waived, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pipeline.model import Catalog, Finding, Kind, Place, State

ORDER = (State.REVIEWED, State.STALE, State.DRAFT, State.MACHINE, State.MISSING, State.REJECTED)
WEIGHTS = {State.REJECTED: 3, State.STALE: 2, State.MISSING: 2, State.DRAFT: 1, State.MACHINE: 1}
"""What a word in that state costs readers: an original in the other language twice as much as an unread draft,
and a translation that somebody thinks is done, but is not shown, more than both."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A check that an entry's translator overruled, and why."""

    check: str
    reason: str
    place: Place
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """One catalog."""

    article: str
    lang: str
    path: str
    entries: Mapping[State, int]
    words: Mapping[State, int]
    """Words of the source, by the state of their entries."""
    waivers: tuple[Waiver, ...] = ()
    rejections: tuple[Finding, ...] = ()
    """Why the rejected ones are."""
    models: tuple[str, ...] = ()
    """Which engines and models drafted what readers see."""

    @property
    def total(self) -> int:
        """All source words."""
        return sum(self.words.values())

    @property
    def done(self) -> float:
        """The reviewed share of the words."""
        return self.words.get(State.REVIEWED, 0) / self.total if self.total else 1.0

    @property
    def impact(self) -> int:
        """What is left to do, in words, weighed by what it costs readers."""
        return sum(weight * self.words.get(state, 0) for state, weight in WEIGHTS.items())


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next: the entries of a catalog that are in one state."""

    row: Row
    state: State

    @property
    def words(self) -> int:
        """How many words it is about."""
        return self.row.words[self.state]

    @property
    def impact(self) -> int:
        """As `Row.impact`."""
        return WEIGHTS[self.state] * self.words


def row(
    catalog: Catalog, article: str, rejected: Collection[tuple[str, str]], faults: Iterable[Finding]
) -> Row:
    """Where `catalog` stands; `rejected` are the keys of entries that readers do not see because of `faults`.

    Addresses are made, not written, and so are not counted.
    """
    entries, words = Counter[State](), Counter[State]()
    live = [entry for entry in catalog.live if entry.context != Kind.SLUG]
    for entry in live:
        state = State.REJECTED if entry.key in rejected else entry.state
        entries[state] += 1
        words[state] += len(entry.source.split())
    models = {f"{e.draft.engine} {e.draft.model}" for e in live if e.draft and e.is_machine_made}
    waivers = tuple(
        Waiver(check, reason, entry.place, entry.source)
        for entry in live
        for check, reason in entry.waivers.items()
    )
    return Row(
        article, catalog.lang, catalog.path, entries, words, waivers, tuple(faults), tuple(sorted(models))
    )


def by_impact(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with most left to do for readers first."""
    return tuple(sorted(rows, key=lambda row: (-row.impact, row.article, row.lang)))


def steps(rows: Iterable[Row]) -> tuple[Step, ...]:
    """All that is left to do, what helps readers most first."""
    found = [Step(row, state) for row in rows for state in WEIGHTS if row.words.get(state)]
    return tuple(sorted(found, key=lambda step: (-step.impact, step.row.article, step.row.lang, step.state)))
