"""Files by their content: one whose stamp is the same as last time is not read again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct

from pipeline import files
from pipeline.store import Store, digest

STAMP = Struct("<qqqQ")
"""Modified, changed, size, number of the file: one small object, for there are many."""
KEY = digest("stamps")
DOUBT = 2_000_000_000
"""A file changed within these last nanoseconds may change again under the same stamp."""


@dataclass
class Seen:
    """What is known of files; the paths are absolute."""

    root: Path
    known: dict[str, bytes]
    """Path → stamp and, after it, hash of the content."""
    now: int = field(default_factory=time.time_ns)
    met: dict[str, bytes] = field(default_factory=dict)
    """What this run has met and the next one may count on."""

    @classmethod
    def of(cls, root: Path, store: Store) -> Seen:
        """What the last run met."""
        return cls(root, store.get(KEY) or {})

    def keep(self, store: Store) -> None:
        """Tell the next run."""
        store.recent[KEY] = self.met
        if self.met != self.known:
            store.keep({KEY: self.met})
        store.used.add(KEY)

    def break_off(self) -> None:
        """This run ends early: what it did not come to may still be as it was."""
        self.met = {**self.known, **self.met}

    def digest(self, path: str | Path) -> bytes:
        """The hash of a file's content; empty if there is no such file."""
        name = str(path)
        try:
            found = stamp(os.stat(name))  # noqa: PTH116  # without a Path for each file
        except OSError:
            return b""
        known = self.known.get(name, b"")
        if known.startswith(found):
            self.met[name] = known
            return known[STAMP.size :]
        content = digest(files.read_bytes(Path(path), self.root))
        if max(STAMP.unpack(found)[:2]) < self.now - DOUBT:
            self.met[name] = found + content
        return content

    def folder(self, folder: Path) -> bytes:
        """The hash of all files under `folder` with their names."""
        paths = (path for path, _ in tree(folder) if "/." not in path and not path.endswith(".pyc"))
        return digest(*(part for path in sorted(paths) for part in (path, self.digest(f"{folder}/{path}"))))

    def stands(self, path: str) -> bytes:
        """The hash of a file that this program wrote, if it is still as it was; else empty."""
        try:
            found = stamp(os.lstat(path))
        except OSError:
            return b""
        known = self.known.get(path, b"")
        if not known.startswith(found):
            return b""
        self.met[path] = known
        return known[STAMP.size :]

    def left(self, path: str) -> bytes:
        """The hash of what the last run left in a file of the output folder; empty if that is not known."""
        return self.known.get(path, b"")[STAMP.size :]

    def wrote(self, path: Path, content: bytes) -> None:
        """`path` has just been given what has this hash."""
        self.met[str(path)] = stamp(path.stat()) + content


def stamp(status: os.stat_result) -> bytes:
    """What changes with a file."""
    number = status.st_ino & 0xFFFF_FFFF_FFFF_FFFF
    return STAMP.pack(status.st_mtime_ns, status.st_ctime_ns, status.st_size, number)


def walk(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All files under `folder` by their paths in it, with their stamps; links are not followed."""
    return ((path, stamp(entry.stat(follow_symlinks=False))) for path, entry in tree(folder))


def tree(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All files under `folder` by their paths in it; links are not followed."""
    waiting = [("", str(folder))]
    while waiting:
        inside, here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{inside}{entry.name}/", entry.path))
                    else:
                        yield f"{inside}{entry.name}", entry
        except FileNotFoundError:
            continue
