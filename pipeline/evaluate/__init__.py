"""How good an engine is, on sentences that people have translated.

Each engine is measured twice: by its first answers, and by the drafts that come of it once the
ladder and the checks have had their say.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline import checks, inline, quantities, translate
from pipeline.engines import Engine
from pipeline.errors import UsageError
from pipeline.evaluate.scores import Scores, scored
from pipeline.model import Brief, Catalog, Entry, Place
from pipeline.translate import Job

ENGINE, DRAFTS = "first answers", "drafts"
FIGURES = ("figures",)
MARKUP = ("markup", "code", "links", "html", "placeholders")

Pair = tuple[str, str]
"""A sentence, and a person's translation of it."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    count: int
    of: int

    @property
    def percent(self) -> float | None:
        """None of nothing."""
        return 100 * self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Row:
    """What one engine does, by its first answers or by its drafts."""

    engine: str
    model: str
    output: str
    scores: Scores
    rejected: Share
    """Sentences with no answer, or whose answer fails an error-level check."""
    figures: Share
    """Of the answered sentences with figures, those whose figures are right."""
    markup: Share
    """The same of emphasis, tags, links, code and placeholders."""
    rate: float
    """Sentences per second."""


def pairs(source: str, reference: str, places: tuple[str, str]) -> tuple[Pair, ...]:
    """The lines of two texts, paired; lines that are empty in both are left out."""
    sources, references = source.splitlines(), reference.splitlines()
    if len(sources) != len(references):
        raise UsageError(
            f"{len(sources)} lines, but {places[1]} has {len(references)}",
            place=Place(places[0]),
            name="uneven-files",
            remedy="give two files with one sentence on each line, and its translation on the same line",
        )
    found = tuple(
        (ours.strip(), theirs.strip())
        for ours, theirs in zip(sources, references, strict=True)
        if ours.strip() or theirs.strip()
    )
    if not found:
        raise UsageError("there is nothing to translate", place=Place(places[0]), name="empty-file")
    return found


def measure(
    engine: Engine,
    known: Sequence[Pair],
    brief: Brief,
    progress: Progress = lambda _done, _all: None,
) -> tuple[Row, Row]:
    """The engine's two rows.  Loading a model does not count as time."""
    trial = _Trial(engine, known, brief)
    engine.translate(["."])
    return trial.row(ENGINE, trial.answers), trial.row(DRAFTS, lambda: trial.drafts(progress))


@dataclass(frozen=True, slots=True)
class _Trial:
    engine: Engine
    known: Sequence[Pair]
    brief: Brief

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(source for source, _ in self.known if source))

    def answers(self) -> dict[str, str]:
        answers = self.engine.translate(self.sources)
        return {source: given[0].text for source, given in zip(self.sources, answers, strict=True) if given}

    def drafts(self, progress: Progress) -> dict[str, str]:
        source_lang, target_lang = self.brief.source_lang, self.brief.target_lang
        job = Job(Catalog(target_lang, tuple(map(Entry, self.sources))), source_lang)
        done = translate.draft(
            [job], [self.engine.name], lambda *_: self.engine, terms=self.brief.terms, progress=progress
        )
        if done.interrupted:
            raise KeyboardInterrupt
        return {entry.source: entry.target for entry in done.catalogs[0].entries if entry.target}

    def row(self, output: str, ask: Callable[[], dict[str, str]]) -> Row:
        start = time.perf_counter()
        said = ask()
        rate = len(self.sources) / (time.perf_counter() - start)
        entries = [Entry(source, said.get(source, "")) for source, _ in self.known]
        answered = [entry for entry in entries if entry.target]
        good = sum(not checks.errors_of(entry, self.brief) for entry in answered)
        figured = [entry for entry in answered if quantities.read(_words(entry), self.brief.source_lang)]
        marked = [entry for entry in answered if inline.parse(entry.source) != inline.Markup(entry.source)]
        return Row(
            self.engine.name,
            self.engine.model,
            output,
            scored([entry.target for entry in entries], [reference for _, reference in self.known]),
            Share(len(entries) - good, len(entries)),
            _kept(figured, FIGURES, self.brief),
            _kept(marked, MARKUP, self.brief),
            rate,
        )


def _words(entry: Entry) -> str:
    return inline.parse(entry.source).words


def _kept(entries: Sequence[Entry], names: Iterable[str], brief: Brief) -> Share:
    """How many of the entries none of these checks has a word against."""
    asked = [checks.CHECKS[name] for name in names]
    kept = sum(not any(any(check.faults(entry, brief)) for check in asked) for entry in entries)
    return Share(kept, len(entries))
