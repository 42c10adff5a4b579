"""Answers of engines, kept as they come: the cache of drafting, and what an interrupted run goes on from.

One SQLite file in the project's cache.  Deleting it loses nothing but time, so a file that cannot be
used is made anew, and where none can be made the answers live in memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2s
from pathlib import Path
from types import TracebackType

from pipeline import store
from pipeline.engines import Answer

SCHEMA = "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, answers TEXT NOT NULL) WITHOUT ROWID"
MANY = 500
"""Keys of one query."""


class Journal:
    """(engine, model, direction, question) → hypotheses."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        with database:
            database.execute(SCHEMA)

    @classmethod
    def in_memory(cls) -> Journal:
        """One that is gone with the run."""
        return cls(sqlite3.connect(":memory:"))

    @classmethod
    def open(cls, path: Path) -> Journal:
        """The journal in the file `path`."""
        found = store.database(path, SCHEMA)
        return cls(found) if found else cls.in_memory()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.database.close()

    def known(self, scope: Sequence[str], texts: Sequence[str]) -> dict[str, tuple[Answer, ...]]:
        """What is known of `texts`; `scope` is all that decides an answer beside the text."""
        keys = {_key(scope, text): text for text in texts}
        found = {}
        for start in range(0, len(keys), MANY):
            some = list(keys)[start : start + MANY]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, answers FROM answers WHERE key IN ({marks})"  # noqa: S608  # marks only
            for key, answers in self.database.execute(query, some):
                with suppress(ValueError, TypeError):
                    found[keys[key]] = _read(answers)
        return found

    def keep(self, scope: Sequence[str], answers: Mapping[str, Sequence[Answer]]) -> None:
        """Write `answers` down, safe from a kill at the end of this call."""
        rows = [(_key(scope, text), _written(found)) for text, found in answers.items()]
        with _unless_full(), self.database:
            self.database.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)


@contextmanager
def _unless_full() -> Iterator[None]:
    """A full disk or another run that holds the file must not stop a run that only wants to go faster."""
    with suppress(sqlite3.OperationalError):
        yield


def _key(scope: Sequence[str], text: str) -> bytes:
    return blake2s("\0".join((*scope, text)).encode("utf-8", "surrogatepass")).digest()


def _written(answers: Sequence[Answer]) -> str:
    return json.dumps([[answer.text, answer.pieces] for answer in answers], separators=(",", ":"))


def _read(text: str) -> tuple[Answer, ...]:
    return tuple(
        Answer(answer, tuple((a, b, c, d) for a, b, c, d in pieces)) for answer, pieces in json.loads(text)
    )
