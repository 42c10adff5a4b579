"""Drafts for what is missing, over all catalogs in one stream.

What a person has written is never touched.  A draft that fails an error-level check is not taken:
then the next hypothesis is tried, the next rung, the next engine, and at last the entry stays missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipeline import checks, ladder
from pipeline.engines import Answer, Engine
from pipeline.errors import EngineError
from pipeline.journal import Journal
from pipeline.ladder import Ask, Climbed
from pipeline.memory import Memory
from pipeline.model import Brief, Catalog, Draft, Entry, Kind, State, Term

MEMORY = "memory"
CHUNK = 128
"""Sentences of one call: what Ctrl-C may cost."""

Load = Callable[[str, str, str], Engine | None]
Verify = Callable[[Entry, Brief], bool]
Progress = Callable[[int, int], None]
Direction = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """One catalog to be drafted."""

    catalog: Catalog
    source_lang: str
    article: str = ""
    kinds: Mapping[tuple[str, str], Kind] = field(default_factory=dict)
    """What each entry is in its article, by its key."""

    @property
    def direction(self) -> Direction:
        """From which language into which."""
        return (self.source_lang, self.catalog.lang)

    def kind(self, entry: Entry) -> Kind:
        """What `entry` is in the article."""
        return self.kinds.get(entry.key, Kind.PARAGRAPH)

    def wanting(self) -> Iterator[Entry]:
        """The entries that a machine may draft."""
        for entry in self.catalog.live:
            is_slug = Kind.SLUG in (self.kind(entry), entry.context)
            if entry.state is State.MISSING and entry.source.strip() and not entry.plural and not is_slug:
                yield entry


@dataclass(frozen=True, slots=True)
class Lacking:
    """An engine without a model for one direction."""

    engine: str
    source_lang: str
    target_lang: str

    def __str__(self) -> str:
        pair = f"{self.source_lang} → {self.target_lang}"
        if self.engine == "argos":
            return (
                f"no Argos model for {pair}: get one with "
                f"`tvilling models install {self.source_lang}-{self.target_lang}`, "
                "or from a file with `tvilling models install --from FILE`"
            )
        return f"the engine {self.engine} does not translate {pair}: see [translate] in tvilling.toml"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a run of drafting did."""

    catalogs: tuple[Catalog, ...]
    """In the order of the jobs."""
    drafted: Mapping[str, int]
    """Engine → entries."""
    missing: int
    lacking: tuple[Lacking, ...]
    interrupted: bool


def verified(entry: Entry, brief: Brief) -> bool:
    """No error-level check fails."""
    return not checks.errors_of(entry, brief)


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
) -> Drafted:
    """The jobs' catalogs with each missing entry drafted by the first engine that can.

    Ctrl-C ends the asking; what is done by then is in the result.
    """
    work = _Work(list(jobs), load, memory or Memory.of(()), terms, verify, progress)
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


@dataclass
class _Work:
    """The catalogs on their way through the engines."""

    jobs: list[Job]
    load: Load
    memory: Memory
    terms: tuple[Term, ...]
    verify: Verify
    progress: Progress
    drafted: Counter[str] = field(default_factory=Counter)
    lacking: list[Lacking] = field(default_factory=list)
    interrupted: bool = False

    def brief(self, direction: Direction, kind: Kind, article: str = "") -> Brief:
        return Brief(*direction, article, kind, self.terms)

    def remember(self) -> None:
        """Fill what memory knows; what a person reviewed for the same key needs no check."""

        def known(job: Job, entry: Entry) -> Entry | None:
            found = self.memory.draft(entry, *job.direction)
            brief = self.brief(job.direction, job.kind(entry), job.article)
            return found if found and (not found.fuzzy or self.verify(found, brief)) else None

        self.fill(MEMORY, known)

    def ask(self, name: str, journal: Journal) -> None:
        """Draft what is missing with one engine, direction by direction."""
        for direction in dict.fromkeys(job.direction for job in self.jobs):
            wanted = {
                (job.kind(entry), entry.source): None
                for job in self.jobs
                if job.direction == direction
                for entry in job.wanting()
            }
            if not wanted or self.interrupted:
                continue
            engine = self.load(name, *direction)
            if engine is None:
                self.lacking.append(Lacking(name, *direction))
                continue
            stream = _Stream(engine, direction, journal, self.progress)
            found = stream.climb({key: self.ladder(direction, *key) for key in wanted})
            self.interrupted = stream.interrupted
            self.write(engine, direction, found)

    def ladder(self, direction: Direction, kind: Kind, source: str) -> ladder.Climbing:
        brief = self.brief(direction, kind)

        def accepts(original: str, text: str) -> bool:
            return bool(text.strip()) and self.verify(Entry(original, text), brief)

        return ladder.climb(source, kind, direction[0], accepts)

    def write(self, engine: Engine, direction: Direction, found: Mapping[tuple[Kind, str], Climbed]) -> None:
        def answered(job: Job, entry: Entry) -> Entry | None:
            climbed = found.get((job.kind(entry), entry.source))
            if climbed is None or job.direction != direction:
                return None
            line = Draft.of(engine.name, engine.model, climbed.text, climbed.rung)
            flags = entry.flags if entry.fuzzy else ("fuzzy", *entry.flags)
            return replace(entry, target=climbed.text, flags=flags, draft=line)

        self.fill(engine.name, answered)

    def fill(self, name: str, answer: Callable[[Job, Entry], Entry | None]) -> None:
        """Put answers in place of missing entries, and nowhere else."""
        for index, job in enumerate(self.jobs):
            found = {entry.key: new for entry in job.wanting() if (new := answer(job, entry))}
            if found:
                entries = tuple(
                    entry if entry.obsolete else found.get(entry.key, entry) for entry in job.catalog.entries
                )
                self.jobs[index] = replace(job, catalog=replace(job.catalog, entries=entries))
                self.drafted[name] += len(found)


@dataclass
class _Stream:
    """The questions of many ladders, put to one engine in batches of like length."""

    engine: Engine
    direction: Direction
    journal: Journal
    progress: Progress
    interrupted: bool = False
    done: int = 0

    def climb(self, ladders: dict[tuple[Kind, str], ladder.Climbing]) -> dict[tuple[Kind, str], Climbed]:
        """Climb all ladders, one rung at a time for all; those without a draft are left out."""
        found: dict[tuple[Kind, str], Climbed] = {}
        answers: dict[Ask, tuple[Answer, ...]] = {}
        waiting: dict[tuple[Kind, str], list[Ask]] = {key: [] for key in ladders}
        started = False
        while waiting:
            asking: dict[tuple[Kind, str], list[Ask]] = {}
            for key, asked in waiting.items():
                if any(ask not in answers for ask in asked):
                    continue  # interrupted before its turn
                try:
                    climbing = ladders[key]
                    given = [answers[ask] for ask in asked]
                    asking[key] = climbing.send(given) if started else next(climbing)
                except StopIteration as end:
                    if end.value is not None:
                        found[key] = end.value
            started = True
            waiting = asking
            answers = self.answers(list(dict.fromkeys(ask for asks in asking.values() for ask in asks)))
        return found

    def answers(self, asks: Sequence[Ask]) -> dict[Ask, tuple[Answer, ...]]:
        """What the journal knows, and what the engine says of the rest; written down as it comes."""
        found: dict[Ask, tuple[Answer, ...]] = {}
        for aligned in (False, True):
            known = self.journal.known(
                self.scope(aligned), [ask.text for ask in asks if ask.aligned is aligned]
            )
            found |= {Ask(text, aligned): answers for text, answers in known.items()}
        rest = sorted(set(asks) - found.keys(), key=lambda ask: (ask.aligned, len(ask.text), ask.text))
        self.done += len(asks) - len(rest)
        total = self.done + len(rest)
        for aligned, group in groupby(rest, key=lambda ask: ask.aligned):
            for chunk in chunks([ask.text for ask in group]):
                new = self.kept(chunk, aligned)
                if self.interrupted:
                    return found
                found |= new
                self.done += len(chunk)
                self.progress(self.done, total)
        return found

    def scope(self, aligned: bool) -> tuple[str, ...]:
        """All that decides an answer beside the text."""
        return (self.engine.name, self.engine.model, *self.direction, "aligned" if aligned else "")

    def kept(self, texts: list[str], aligned: bool) -> dict[Ask, tuple[Answer, ...]]:
        """The engine's answers, in the journal before they are used; none after Ctrl-C.

        As many answers as questions, or none can be trusted.
        """
        ask = self.engine.align if aligned else self.engine.translate
        try:
            answers = ask(texts)
            if len(answers) != len(texts):
                raise EngineError(
                    f"{self.engine.name} gave {len(answers)} answers to {len(texts)} sentences",
                    name="bad-answers",
                    remedy="take this engine out of translate.engines in tvilling.toml",
                )
            self.journal.keep(self.scope(aligned), dict(zip(texts, answers, strict=True)))
        except KeyboardInterrupt:
            self.interrupted = True
            return {}
        return {Ask(text, aligned): answer for text, answer in zip(texts, answers, strict=True)}


def chunks(texts: list[str]) -> Iterator[list[str]]:
    """A few at a time."""
    return (texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK))
