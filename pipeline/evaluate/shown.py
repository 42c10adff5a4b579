"""The table for people, and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from pipeline.evaluate import Row, Share

HEAD = ("engine", "output", "BLEU", "chrF", "rejected", "figures kept", "markup kept", "sentences/s")


def as_text(rows: Sequence[Row], pairs: int, direction: tuple[str, str]) -> str:
    """A table, and below it what its numbers mean."""
    table = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEAD))]
    lines = [
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    ]
    scores = rows[0].scores
    models = dict.fromkeys(f"{row.engine} is {row.model}" for row in rows)
    return "\n".join([
        f"{pairs} sentences, {direction[0]} → {direction[1]}",
        "",
        *lines,
        "",
        *models,
        f"BLEU: {scores.bleu_signature}",
        f"chrF: {scores.chrf_signature}",
        "A rejected draft is not written, and is scored as an empty line.",
        "",
    ])  # fmt: skip


def as_json(rows: Sequence[Row], pairs: int, direction: tuple[str, str]) -> str:
    """One object; shares as count and whole."""
    found = {"source_lang": direction[0], "target_lang": direction[1], "sentences": pairs}
    return json.dumps({**found, "rows": [asdict(row) for row in rows]}, ensure_ascii=False, indent=2) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.engine,
        row.output,
        f"{row.scores.bleu:.1f}",
        f"{row.scores.chrf:.1f}",
        f"{row.rejected.percent:.1f} %",
        _share(row.figures),
        _share(row.markup),
        f"{row.rate:.1f}",
    )


def _share(share: Share) -> str:
    if share.percent is None:
        return "none"
    return f"{share.count} of {share.of}"
