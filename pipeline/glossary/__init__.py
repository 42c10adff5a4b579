"""The glossary: `locale/glossary.csv`, one term a row.

Columns: `english`, `swedish`, `note`, `do_not_translate` (yes or empty), `forbidden` (words not to
use, separated by semicolons, each with its language: `sv:ord`).  What the note has in quotation marks
may be used as well.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipeline import files
from pipeline.errors import CatalogError
from pipeline.glossary.matching import Index
from pipeline.model import Phrase, Place, Term

COLUMNS = ["english", "swedish", "note", "do_not_translate", "forbidden"]


_made: dict[tuple[int, str, str], Index] = {}
"""Indexes by the identity of their terms, which are a long row that seldom changes."""


def index(terms: tuple[Term, ...], source_lang: str, target_lang: str) -> Index:
    """The terms in one direction, ready to be asked."""
    key = (id(terms), source_lang, target_lang)
    known = _made.get(key)
    if known is None or known.terms is not terms:
        if len(_made) > 8:
            _made.clear()
        known = _made[key] = Index(terms, source_lang, target_lang)
    return known


def follows(
    source: str, target: str, source_lang: str, target_lang: str, terms: tuple[Term, ...]
) -> list[str]:
    """The terms of `source` that `target` does not translate as the glossary says; quick."""
    known = index(terms, source_lang, target_lang).unfollowed(source, target)
    return [f"{each.shown}: {each.targets[0]}" for each in known]


def read(path: Path, root: Path) -> tuple[Term, ...]:
    """The terms of the file; none if there is no such file."""
    return parse(files.read_text(path, root), files.shown(path, root)) if path.exists() else ()


def parse(text: str, path: str) -> tuple[Term, ...]:
    """The terms of `text`, in order."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    terms = list[Term]()
    try:
        header = next(rows, COLUMNS)
        if header != COLUMNS:
            raise _error(path, 1, Phrase("the first row must be {columns}", columns=",".join(COLUMNS)))
        terms.extend(_term(row, path, rows.line_num) for row in rows if row)
    except csv.Error as error:
        raise _error(path, rows.line_num, Phrase("not valid CSV: {reason}", reason=str(error))) from error
    return tuple(terms)


def _term(row: list[str], path: str, line: int) -> Term:
    if len(row) != len(COLUMNS):
        raise _error(
            path, line, Phrase("{count} columns instead of {right}", count=len(row), right=len(COLUMNS))
        )
    english, swedish, note, keep, forbidden = (cell.strip() for cell in row)
    if not english or not swedish:
        raise _error(path, line, Phrase("a term needs both languages"))
    if keep not in ("", "yes"):
        raise _error(path, line, Phrase("do_not_translate is yes or empty, not {value!r}", value=keep))
    return Term(
        english, swedish, note, keep == "yes", tuple(filter(None, map(str.strip, forbidden.split(";"))))
    )


def _error(path: str, line: int, message: Phrase) -> CatalogError:
    return CatalogError(
        message,
        place=Place(path, line),
        name="bad-glossary",
        remedy=Phrase("quote cells that hold commas; keep the five columns"),
    )
