"""How far each article is, and what to do next."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from pipeline import progress
from pipeline.model import Finding, Severity, State
from pipeline.progress import ORDER, Row
from pipeline.stages.check import Rejected
from pipeline.stages.layout import WORDS
from pipeline.stages.project import Project

ADVICE = {
    State.REJECTED: "mend what the checks reject: tvilling check {name}",
    State.STALE: "look at what has changed: tvilling review",
    State.MISSING: "draft or translate what is missing: tvilling translate {name}",
    State.DRAFT: "review the drafts: tvilling review",
    State.MACHINE: "review the machine's drafts: tvilling review",
}
STEPS = 8
"""So many of the next steps are shown."""


def status(
    project: Project, names: Collection[str], findings: Collection[Finding], rejected: Rejected
) -> tuple[Row, ...]:
    """One row for each catalog in `names`, those with most left to do for readers first."""
    return progress.by_impact(_rows(project, names, findings, rejected))


def _rows(
    project: Project, names: Collection[str], findings: Collection[Finding], rejected: Rejected
) -> Iterator[Row]:
    for (lang, name), catalog in project.catalogs.items():
        if name not in names or (name != WORDS and project.article(name) is None):
            continue
        path = project.config.shown(project.config.catalog_path(lang, name))
        keys = {key for catalog_key, key in rejected if catalog_key == (lang, name)}
        faults = [
            finding
            for finding in findings
            if (finding.lang, finding.article) == (lang, name) and finding.severity is Severity.ERROR
        ]
        yield progress.row(replace(catalog, path=path), name, keys, faults)


def as_text(rows: Collection[Row]) -> str:
    """For people: a table of words by state, what is rejected and waived, and what to do next."""
    models = sorted({model for row in rows for model in row.models})
    return (
        "\n".join(
            [
                "words by state:",
                *_table(rows),
                *([f"drafted by: {', '.join(models)}"] if models else []),
                *_list("rejected, and not shown to readers:", _rejections(rows)),
                *_list("waived:", _waivers(rows)),
                *(
                    _list("next, what helps readers most first:", _steps(rows))
                    or ["all is translated and reviewed"]
                ),
            ]
        )
        + "\n"
    )


def _table(rows: Collection[Row]) -> Iterator[str]:
    head = ["article", "into", *(state.value for state in ORDER), "done", "waived"]
    table = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(head))]
    for line in table:
        cells = [
            cell.ljust(width) if number < 2 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _cells(row: Row) -> list[str]:
    counts = [str(row.words.get(state, 0) or "·") for state in ORDER]
    return [row.article, row.lang, *counts, f"{row.done:.0%}", str(len(row.waivers) or "·")]


def _list(head: str, lines: Sequence[str]) -> list[str]:
    return [head, *(f"  {line}" for line in lines)] if lines else []


def _rejections(rows: Collection[Row]) -> list[str]:
    return [f"{fault.place}: {fault.check}: {fault.message}" for row in rows for fault in row.rejections]


def _waivers(rows: Collection[Row]) -> list[str]:
    waivers = [waiver for row in rows for waiver in row.waivers]
    return [f"{waiver.place}: {waiver.check} — {waiver.reason or '(no reason given)'}" for waiver in waivers]


def _steps(rows: Collection[Row]) -> list[str]:
    found = progress.steps(rows)
    lines = [
        f"{step.row.path}: {step.words} {'word' if step.words == 1 else 'words'}: "
        + ADVICE[step.state].format(name=step.row.article)
        for step in found[:STEPS]
    ]
    return [*lines, f"and {len(found) - STEPS} more"] if len(found) > STEPS else lines


def as_json(rows: Collection[Row]) -> str:
    """The same for programs: one object a catalog, in the same order."""
    return json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def _plain(row: Row) -> dict[str, Any]:
    steps = progress.steps([row])
    return {
        "article": row.article,
        "lang": row.lang,
        "path": row.path,
        "entries": {state.value: row.entries.get(state, 0) for state in ORDER},
        "words": {state.value: row.words.get(state, 0) for state in ORDER},
        "done": round(row.done, 4),
        "impact": row.impact,
        "rejected": [
            {"check": f.check, "message": f.message, "source": f.source, **asdict(f.place)}
            for f in row.rejections
        ],
        "waived": [
            {"check": w.check, "reason": w.reason, "source": w.source, **asdict(w.place)} for w in row.waivers
        ],
        "models": row.models,
        "next": [ADVICE[step.state].format(name=row.article) for step in steps],
    }
