"""What earlier builds found out, by what it was found out from.

One SQLite file in the project's cache: the hash of everything a value depends on → the value.  Deleting
it loses only time; a file or a value that cannot be used is as if it were not there.
"""

from __future__ import annotations

import gc
import io
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from pipeline.model import Phrase

SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, sum BLOB NOT NULL, value BLOB NOT NULL)"
PATIENCE = 20
"""Seconds to wait for another run that writes."""
MANY = 500
"""Keys of one query."""
PLAIN = {("datetime", "date"), ("builtins", "frozenset"), ("builtins", "set"), ("collections", "Counter")}
"""What values may be made of, beside this package's own nouns."""
UNREADABLE = (pickle.UnpicklingError, ValueError, TypeError, AttributeError, ImportError, EOFError)
SPARE = 2
"""How many times as many values as the last build needed are kept, for edits taken back."""


T = TypeVar("T")


def digest(*parts: bytes | str) -> bytes:
    """A hash of `parts`, each with its length, so that no two rows of parts are the same."""
    found = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.digest()


def database(path: Path, schema: str) -> sqlite3.Connection | None:
    """The SQLite file in `path`, made anew if it is damaged; None where there can be none."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            found = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
            found.execute("PRAGMA journal_mode=WAL")
            with found:
                found.execute(schema)
        except (sqlite3.OperationalError, OSError):
            return None
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.unlink()
        else:
            return found
    return None


class Store:
    """Hash → value; values are this package's own frozen dataclasses and plain containers."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        """The file; None: it lives in memory."""
        self.connection: sqlite3.Connection | None = None
        self.recent = dict[bytes, Any]()
        self.used = set[bytes]()

    @classmethod
    def in_memory(cls) -> Store:
        """One that is gone with the run."""
        return cls()

    @classmethod
    def open(cls, path: Path) -> Store:
        """The store in the file `path`; one that lives in memory where there can be none."""
        return cls(path)

    @property
    def database(self) -> sqlite3.Connection:
        """The file, opened when it is first asked for."""
        if self.connection is None and self.path:
            self.connection = database(self.path, SCHEMA)
            if self.connection:
                self.connection.execute("PRAGMA synchronous=NORMAL")
        if self.connection is None:
            self.path = None
            self.connection = sqlite3.connect(":memory:", check_same_thread=False)
            with self.connection:
                self.connection.execute(SCHEMA)
        return self.connection

    @property
    def folder(self) -> Path | None:
        """Where the file is; None as soon as it is known that there can be none."""
        return self.path.parent if self.path else None

    def rest(self) -> bool:
        """Let go of the file, so that a copy of this process can open it; False: it lives in memory.

        A connection must not be carried into another process (sqlite.org/howtocorrupt.html, 2.6).
        """
        if self.path and self.connection:
            self.connection.close()
            self.connection = None
        return self.path is not None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.connection:
            self.connection.close()

    def get(self, key: bytes) -> Any:
        """The value of `key`; None if there is none."""
        self.used.add(key)
        return self.recent.get(key) or self._read([key]).get(key)

    def several(self, keys: Iterable[bytes]) -> dict[bytes, Any]:
        """The values of those `keys` that have one; they stay in memory as long as they are asked for."""
        wanted = list(keys)
        self.used.update(wanted)
        self.recent |= self._read([key for key in wanted if key not in self.recent])
        return {key: self.recent[key] for key in wanted if key in self.recent}

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, Any]:
        found = dict[bytes, Any]()
        with without_collection(), suppress(sqlite3.DatabaseError):
            for start in range(0, len(keys), MANY):
                some = keys[start : start + MANY]
                marks = ",".join("?" * len(some))
                query = f"SELECT key, sum, value FROM kept WHERE key IN ({marks})"  # noqa: S608  # marks only
                for key, sum_, data in self.database.execute(query, some):
                    if sum_ == digest(data):
                        with suppress(*UNREADABLE):
                            found[key] = _Reader(io.BytesIO(data)).load()
        return found

    def remember(self, key: bytes, make: Callable[[], T]) -> T:
        """The value of `key`, made now if this process does not have it; it lives in memory only."""
        self.used.add(key)
        if key not in self.recent:
            self.recent[key] = make()
        found: T = self.recent[key]
        return found

    def keep(self, values: Mapping[bytes, object]) -> None:
        """Write `values` down; where the disk is full or held by another run, they live in memory."""
        self.used.update(values)
        rows = []
        for key, value in values.items():
            data = _written(value)
            rows.append((key, digest(data), data))
        try:
            with self.database:
                self.database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
        except sqlite3.DatabaseError:
            self.recent |= values

    def tidy(self) -> None:
        """Forget what was not used since the last time, once there is much of it."""
        self.recent = {key: value for key, value in self.recent.items() if key in self.used}
        used, self.used = self.used, set()
        with suppress(sqlite3.DatabaseError), self.database:
            (number,) = self.database.execute("SELECT count(*) FROM kept").fetchone()
            if number <= (1 + SPARE) * len(used):
                return
            self.database.execute("CREATE TEMP TABLE live (key BLOB PRIMARY KEY)")
            self.database.executemany("INSERT INTO live VALUES (?)", ((key,) for key in used))
            self.database.execute("DELETE FROM kept WHERE key NOT IN (SELECT key FROM live)")
            self.database.execute("DROP TABLE live")


def _written(value: object) -> bytes:
    data = io.BytesIO()
    _Writer(data, protocol=5).dump(value)
    return data.getvalue()


class _Writer(pickle.Pickler):
    """Writes a dataclass as the call that makes it, which is read far faster than a state of fields."""

    def reducer_override(self, value: Any) -> Any:
        """The call."""
        names = _names(type(value))  # type: ignore[arg-type]  # a class has a hash
        return (type(value), tuple(getattr(value, name) for name in names)) if names else NotImplemented


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


class _Reader(pickle.Unpickler):
    """Makes this package's nouns and nothing else: a cache that somebody else wrote can run nothing."""

    def find_class(self, module: str, name: str) -> Any:
        """The class `name`, if it is one of ours."""
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module.startswith("pipeline.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, (Enum, Phrase))):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


@contextmanager
def without_collection() -> Iterator[None]:
    """Many small objects are made at once, and none of them is waste yet."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
