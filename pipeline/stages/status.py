"""How far each article is, and what to do next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipeline.model import Kind, State
from pipeline.stages.check import Rejected
from pipeline.stages.project import WORDS, Project

ORDER = (State.REVIEWED, State.STALE, State.DRAFT, State.MACHINE, State.MISSING, State.REJECTED)
ADVICE = {
    State.REJECTED: "mend the rejected entries: tvilling check {name}",
    State.STALE: "look at the entries whose original has changed",
    State.MISSING: "draft or translate what is missing: tvilling translate {name}",
    State.DRAFT: "review the drafts",
    State.MACHINE: "review the machine's drafts: tvilling review",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One catalog: entries and source words by state, waivers, and the next thing to do."""

    article: str
    lang: str
    path: str
    entries: dict[State, int]
    words: dict[State, int]
    waived: int
    models: tuple[str, ...]
    """Which engines and models drafted what readers see."""

    @property
    def total(self) -> int:
        """All source words."""
        return sum(self.words.values())

    @property
    def next(self) -> str:
        """What helps readers most; empty when all is done."""
        state = next((state for state in ADVICE if self.entries.get(state)), None)
        return ADVICE[state].format(name=self.article) if state else ""


def status(project: Project, names: Collection[str], rejected: Rejected) -> tuple[Row, ...]:
    """One row for each catalog in `names`, those with most left to do for readers first."""
    rows = [row for row in _rows(project, rejected) if row.article in names]
    return tuple(sorted(rows, key=lambda row: (-_impact(row), row.article, row.lang)))


def _rows(project: Project, rejected: Rejected) -> Iterator[Row]:
    for key, catalog in project.catalogs.items():
        lang, name = key
        if name != WORDS and project.article(name) is None:
            continue
        entries, words = Counter[State](), Counter[State]()
        live = [entry for entry in catalog.live if entry.context != Kind.SLUG]
        for entry in live:
            state = State.REJECTED if (key, entry.key) in rejected else entry.state
            entries[state] += 1
            words[state] += len(entry.source.split())
        models = {f"{e.draft.engine} {e.draft.model}" for e in live if e.draft and e.is_machine_made}
        waived = sum(len(entry.waivers) for entry in live)
        path = project.config.shown(project.config.catalog_path(*key))
        yield Row(name, lang, path, dict(entries), dict(words), waived, tuple(sorted(models)))


def _impact(row: Row) -> float:
    """Words that a reader meets in the wrong language or unreviewed; wrong ones weigh most."""
    weights = {State.REJECTED: 3, State.STALE: 2, State.MISSING: 2, State.DRAFT: 1, State.MACHINE: 1}
    return sum(weight * row.words.get(state, 0) for state, weight in weights.items())


def as_text(rows: Collection[Row]) -> str:
    """A table for people: words by state, and what to do next."""
    names = [state.value for state in ORDER]
    table = [["article", "into", *names, "done", "waived"]]
    for row in rows:
        done = row.words.get(State.REVIEWED, 0) / row.total if row.total else 1
        counts = [str(row.words.get(state, 0) or "·") for state in ORDER]
        table.append([row.article, row.lang, *counts, f"{done:.0%}", str(row.waived or "·")])
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    lines = ["words by state:"]
    for line in table:
        cells = [
            cell.ljust(width) if n < 2 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    models = sorted({model for row in rows for model in row.models})
    lines += [f"drafted by: {', '.join(models)}"] if models else []
    todo = [row for row in rows if row.next]
    lines += ["next:"] if todo else ["all is translated and reviewed"]
    lines += [f"  {row.path}: {row.next}" for row in todo[:5]]
    return "\n".join(lines) + "\n"


def as_json(rows: Collection[Row]) -> str:
    """The same for programs: one object a catalog."""
    return (
        json.dumps(
            [
                {
                    "article": row.article,
                    "lang": row.lang,
                    "path": row.path,
                    "entries": {state.value: row.entries.get(state, 0) for state in ORDER},
                    "words": {state.value: row.words.get(state, 0) for state in ORDER},
                    "waived": row.waived,
                    "models": row.models,
                    "next": row.next,
                }
                for row in rows
            ],
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )
