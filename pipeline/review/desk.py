"""What the editor shows, as plain values: the overview of all work, and the desk of one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2s

from pipeline.model import Article, Catalog, Entry, Finding, Kind, Segment, Severity, State
from pipeline.review import edits

ORDER = (State.REJECTED, State.STALE, State.MISSING, State.DRAFT, State.MACHINE, State.REVIEWED)
"""By what it costs the readers: wrong or outdated words first."""


@dataclass(frozen=True, slots=True)
class Row:
    """One block: its original, and what the catalog says of it."""

    id: str
    segment: Segment
    entry: Entry | None = None
    """None: its original is in the desk's language already, or the catalog lacks it."""
    findings: tuple[Finding, ...] = ()
    repeats: str = ""
    """The id of an earlier row with the same entry."""
    is_original: bool = False
    """Is its original in the desk's language already?"""

    @property
    def state(self) -> State | None:
        """The entry's state, `rejected` if an error keeps it from the readers."""
        if self.entry is None:
            return None if self.is_original else State.MISSING
        # A finding without a language is about the original too: readers see both as they are.
        is_wrong = any(each.severity is Severity.ERROR and each.lang for each in self.findings)
        return State.REJECTED if is_wrong else self.entry.state

    @property
    def is_open(self) -> bool:
        """Does it wait for a person?"""
        return bool(self.entry) and not self.repeats and self.state is not State.REVIEWED

    @property
    def texts(self) -> tuple[str, ...]:
        """What the editor's text areas hold."""
        return edits.texts_of(self.entry) if self.entry else ()

    @property
    def stamp(self) -> str:
        """See `edits.stamp`."""
        return edits.stamp(self.entry) if self.entry else ""

    @property
    def words(self) -> int:
        """The words of its original."""
        return len(self.segment.text.split())


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows to show."""

    state: State | None = None
    check: str = ""
    query: str = ""

    def shows(self, row: Row) -> bool:
        """Does `row` fit?"""
        if self.state and (row.state is not self.state or row.repeats):
            return False
        if self.check and not any(finding.check == self.check for finding in row.findings):
            return False
        words = self.query.casefold().split()
        text = "\n".join((row.segment.text, *row.texts)).casefold()
        return all(word in text for word in words)


@dataclass(frozen=True)
class Desk:
    """One article on its way into one language."""

    lang: str
    source_lang: str
    name: str
    title: str
    rows: tuple[Row, ...] = ()
    has_article: bool = True
    faults: tuple[Finding, ...] = ()
    """What is wrong with the catalog itself."""

    @cached_property
    def words(self) -> Mapping[State, int]:
        """The original's words by state, in the order of `ORDER`."""
        counted = Counter[State]()
        for row in self.rows:
            if row.state and not row.repeats:
                counted[row.state] += row.words
        return {state: counted[state] for state in ORDER if counted[state]}

    @property
    def done(self) -> int:
        """Percent of the words that are reviewed; 100 only if all are."""
        total = sum(self.words.values())
        return 100 * self.words.get(State.REVIEWED, 0) // total if total else 100

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """Blocks by state."""
        counted = Counter(row.state for row in self.rows if row.state and not row.repeats)
        return {state: counted[state] for state in ORDER if counted[state]}

    @property
    def checks(self) -> Mapping[str, int]:
        """Blocks by failing check."""
        found = Counter(name for row in self.rows for name in {finding.check for finding in row.findings})
        return dict(sorted(found.items()))

    @property
    def alarms(self) -> Mapping[str, int]:
        """Errors by check that no work on a translation mends: of the catalog, of links."""
        said = (*self.faults, *(each for row in self.rows for each in row.findings if not each.lang))
        return dict(sorted(Counter(each.check for each in said if each.severity is Severity.ERROR).items()))

    def row(self, row_id: str) -> Row | None:
        """The row of that id."""
        return next((row for row in self.rows if row.id == row_id), None)

    def shown(self, wanted: Filter) -> tuple[Row, ...]:
        """The rows that fit."""
        return tuple(row for row in self.rows if wanted.shows(row))

    def todo(self) -> Row | None:
        """What to do next: the first open row of the worst state."""
        return self._todo

    @cached_property
    def _todo(self) -> Row | None:
        waiting = [row for row in self.rows if row.is_open and row.state]
        return min(waiting, key=lambda row: ORDER.index(row.state or State.REVIEWED), default=None)

    def after(self, row_id: str, wanted: Filter) -> Row | None:
        """The next row that waits for a person, in reading order; from the top when the end is reached."""
        ids = [row.id for row in self.rows]
        start = ids.index(row_id) + 1 if row_id in ids else 0
        around = (*self.rows[start:], *self.rows[:start])
        return next((row for row in around if row.is_open and row.id != row_id and wanted.shows(row)), None)


def identify(segment: Segment) -> str:
    """A short, stable name of a segment within its article; equal segments have the same."""
    said = "\0".join((segment.lang, *segment.key))
    return blake2s(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def desk(
    key: tuple[str, str],
    source_lang: str,
    article: Article | None,
    catalog: Catalog,
    findings: Mapping[tuple[str, str], tuple[Finding, ...]],
) -> Desk:
    """The desk of the catalog `key` (language, name), with its article if it belongs to one."""
    lang, name = key
    segments = article.segments if article else tuple(_segments(catalog, source_lang))
    rows = tuple(_rows(segments, lang, {entry.key: entry for entry in catalog.live}, findings))
    return Desk(lang, source_lang, name, _title(article) or name, rows, article is not None)


def _segments(catalog: Catalog, source_lang: str) -> Iterator[Segment]:
    for entry in catalog.live:
        yield Segment(entry.source, entry.source, source_lang, context=entry.context, note=entry.note)


def _rows(
    segments: Sequence[Segment],
    lang: str,
    entries: Mapping[tuple[str, str], Entry],
    findings: Mapping[tuple[str, str], tuple[Finding, ...]],
) -> Iterator[Row]:
    seen = Counter[str]()
    for segment in segments:
        first = identify(segment)
        seen[first] += 1
        count = seen[first]
        row = Row(first if count == 1 else f"{first}-{count}", segment)
        if segment.lang == lang:
            yield replace(row, is_original=True)
        else:
            entry = entries.get(segment.key)
            found = findings.get(segment.key, ())
            yield replace(row, entry=entry, findings=found, repeats=first if count > 1 else "")


def _title(article: Article | None) -> str:
    segments: Iterable[Segment] = article.segments if article else ()
    return next((segment.text for segment in segments if segment.kind is Kind.TITLE), "")
