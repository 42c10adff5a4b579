"""Drafts for what is missing, over all catalogs in one stream.

What a person has written is never touched.  A draft that fails an error-level check is not taken:
then the next hypothesis is tried, the next rung, the next engine, and at last the entry stays missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline import checks, inline, ladder, lanes
from pipeline.drafted import Drafted, Lacking
from pipeline.engines import Engine
from pipeline.journal import Journal
from pipeline.ladder import Climbed, Source
from pipeline.ladder.reader import Reader
from pipeline.lanes import Direction, Lane
from pipeline.memory import Memory
from pipeline.model import Brief, Catalog, Draft, Entry, Kind, Severity, State, Term
from pipeline.translate.stream import Progress, Stream
from pipeline.translate.terms import Glossary
from pipeline.typography import typeset

MEMORY, GLOSSARY = "memory", "glossary"

GATES = frozenset(
    {"same-as-source", "sentence-count", "length-ratio", "wrong-language", "duplicated-word", "acronyms"}
)
"""Warnings for people that are errors for machines: what is copied, left out, put in or said twice."""

WORD = re.compile(r"[^\W\d_]+")

Load = Callable[[str, str, str], Engine | None]
Verify = Callable[[Entry, Brief], int | None]
"""How many doubts there are of a draft; None: it must not be written."""


@dataclass(frozen=True, slots=True)
class Job:
    """One catalog to be drafted."""

    catalog: Catalog
    source_lang: str
    article: str = ""
    kinds: Mapping[tuple[str, str], Kind] = field(default_factory=dict)
    """What each entry is in its article, by its key."""
    is_marked: bool = True
    """Is the article Markdown?"""

    @property
    def direction(self) -> Direction:
        """From which language into which."""
        return (self.source_lang, self.catalog.lang)

    def kind(self, entry: Entry) -> Kind:
        """What `entry` is in the article."""
        return self.kinds.get(entry.key, Kind.PARAGRAPH)

    def text(self, entry: Entry) -> Source:
        """What is asked of `entry`."""
        return Source(entry.source, self.kind(entry), self.source_lang, self.is_marked)

    def wanting(self) -> Iterator[Entry]:
        """The entries that a machine may draft."""
        for entry in self.catalog.live:
            is_slug = Kind.SLUG in (self.kind(entry), entry.context)
            if entry.state is State.MISSING and entry.source.strip() and not entry.plural and not is_slug:
                yield entry


def verified(entry: Entry, brief: Brief) -> int | None:
    """The warnings of all checks; None if one finds an error, or what no machine may be forgiven."""
    found = checks.run(entry, brief)
    if any(finding.severity is Severity.ERROR or finding.check in GATES for finding in found):
        return None
    return None if _is_copy(entry) else len(found)


def _is_copy(entry: Entry) -> bool:
    """Are more than two common words the same ones, whatever became of the figures between them?"""
    ours, theirs = (WORD.findall(inline.parse(text).words) for text in (entry.source, entry.target))
    return ours == theirs and sum(word.islower() and len(word) > 1 for word in ours) > 2


def draft(  # noqa: PLR0913  # each is a seam of its own
    jobs: Sequence[Job],
    engines: Sequence[str],
    load: Load,
    *,
    memory: Memory | None = None,
    terms: tuple[Term, ...] = (),
    journal: Journal | None = None,
    verify: Verify = verified,
    progress: Progress = lambda _done, _all: None,
    lane: Lane = lanes.here,
) -> Drafted:
    """The jobs' catalogs with each missing entry drafted by the first engine that can.

    Ctrl-C ends the asking; what is done by then is in the result.
    """
    work = _Work(list(jobs), load, memory or Memory.of(()), terms, verify, progress, lane)
    kept = journal or Journal.in_memory()
    for name in engines:
        if work.interrupted:
            break
        if name == MEMORY:
            work.remember()
        else:
            work.ask(name, kept)
    missing = sum(1 for job in work.jobs for _ in job.wanting())
    catalogs = tuple(job.catalog for job in work.jobs)
    return Drafted(catalogs, dict(work.drafted), missing, tuple(work.lacking), work.interrupted)


def drafted(entry: Entry, line: Draft, target: str) -> Entry:
    """The missing `entry` with a draft that waits for a person."""
    flags = entry.flags if entry.fuzzy else ("fuzzy", *entry.flags)
    return replace(entry, target=target, flags=flags, draft=line)


@dataclass
class _Work:
    """The catalogs on their way through the engines."""

    jobs: list[Job]
    load: Load
    memory: Memory
    terms: tuple[Term, ...]
    verify: Verify
    progress: Progress
    lane: Lane
    drafted: Counter[str] = field(default_factory=Counter)
    lacking: list[Lacking] = field(default_factory=list)
    interrupted: bool = False

    def brief(self, direction: Direction, kind: Kind, article: str = "") -> Brief:
        return Brief(*direction, article, kind, self.terms)

    def remember(self) -> None:
        """Fill what memory and glossary know; what a person reviewed for the same key needs no check."""

        def known(job: Job, entry: Entry) -> Entry | None:
            found = self.memory.draft(entry, *job.direction)
            return found if found and (not found.fuzzy or self.passes(job, found)) else None

        def term(job: Job, entry: Entry) -> Entry | None:
            target = glossaries[job.direction].translation(entry.source)
            found = target and drafted(entry, Draft.of(GLOSSARY, "terms", target), target)
            return found if found and self.passes(job, found) else None

        glossaries = {job.direction: Glossary(self.terms, *job.direction) for job in self.jobs}
        self.fill(MEMORY, known)
        self.fill(GLOSSARY, term)

    def passes(self, job: Job, entry: Entry) -> bool:
        """May the entry be written?"""
        brief = self.brief(job.direction, job.kind(entry), job.article)
        return self.verify(entry, brief) is not None

    def ask(self, name: str, journal: Journal) -> None:
        """Draft what is missing with one engine, direction by direction."""
        wanted = dict[Direction, dict[Source, None]]()
        for job in self.jobs:
            wanted.setdefault(job.direction, {}).update((job.text(entry), None) for entry in job.wanting())
        total, done = sum(map(len, wanted.values())), 0
        for direction, texts in wanted.items():
            if not texts or self.interrupted:
                continue
            engine = self.load(name, *direction)
            if engine is None:
                self.lacking.append(Lacking(name, *direction))
                continue
            progress = partial(_shifted, self.progress, done, total)
            stream = Stream(engine, direction, journal, progress, self.lane)
            found = stream.climb({text: self.ladder(direction, text, engine.masks) for text in texts})
            self.interrupted = stream.interrupted
            self.write(engine, direction, found)
            done += len(texts)

    def ladder(self, direction: Direction, text: Source, masks: Sequence[str]) -> ladder.Climbing:
        brief = self.brief(direction, text.kind)

        def judge(original: str, draft: str) -> int | None:
            return self.verify(Entry(original, draft), brief) if draft.strip() else None

        def manner(original: str, draft: str) -> str:
            return typeset(draft, original, *direction)

        return ladder.climb(text, Reader(judge, manner), masks)

    def write(self, engine: Engine, direction: Direction, found: Mapping[Source, Climbed]) -> None:
        def answered(job: Job, entry: Entry) -> Entry | None:
            climbed = found.get(job.text(entry))
            if climbed is None or job.direction != direction:
                return None
            line = Draft.of(engine.name, engine.model, climbed.text, climbed.rung)
            return drafted(entry, line, climbed.text)

        self.fill(engine.name, answered)

    def fill(self, name: str, answer: Callable[[Job, Entry], Entry | None]) -> None:
        """Put answers in place of missing entries, and nowhere else."""
        for index, job in enumerate(self.jobs):
            answers = ((entry, answer(job, entry)) for entry in job.wanting())
            found = {entry.key: new for entry, new in answers if new and not _is_refused(entry, new)}
            if found:
                entries = tuple(
                    entry if entry.obsolete else found.get(entry.key, entry) for entry in job.catalog.entries
                )
                self.jobs[index] = replace(job, catalog=replace(job.catalog, entries=entries))
                self.drafted[name] += len(found)


def _is_refused(entry: Entry, new: Entry) -> bool:
    """Did a person throw this very draft away before?"""
    return new.draft is not None and new.draft.hash in entry.refused


def _shifted(progress: Progress, before: int, total: int, done: int, _all: int) -> None:
    """Progress of one direction, as a part of the whole."""
    progress(before + done, total)
