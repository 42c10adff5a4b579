"""A template compiled once serves all languages, and the next runs as well."""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

SIZE = 16
"""Bytes of a hash."""


class Compiled(jinja2.BytecodeCache):
    """Compiled templates: in memory, and in a folder that nobody else can write to, if there is one.

    `options` are those that decide what a template is compiled to.
    """

    def __init__(self, options: str, folder: Path | None = None) -> None:
        self.options = f"{sys.version}\n{jinja2.__version__}\n{options}\n"
        self.folder = folder
        self.codes = dict[tuple[str, str], CodeType | None]()

    def get_source_checksum(self, source: str) -> str:
        """What a template is known by: all that it is compiled from."""
        return super().get_source_checksum(self.options + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` the code of its template, if there is one."""
        key = bucket.key, bucket.checksum
        if key not in self.codes and self.folder:
            self.codes[key] = _read(self.folder / bucket.key, bucket.checksum)
        bucket.code = self.codes.get(key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self.codes[bucket.key, bucket.checksum] = bucket.code
        if self.folder:
            _write(self.folder / bucket.key, bucket.checksum, bucket.code)


def _read(path: Path, checksum: str) -> CodeType | None:
    """The code in a file, if it is of that template and whole."""
    with suppress(OSError, EOFError, ValueError, TypeError):
        data = path.read_bytes()
        head, code = data[:SIZE], data[SIZE:]
        if head == _head(checksum, code):
            found: CodeType = marshal.loads(code)  # noqa: S302  # its folder is the user's own
            return found
    return None


def _write(path: Path, checksum: str, code: CodeType | None) -> None:
    data = marshal.dumps(code)
    beside = path.with_suffix(".new")
    with suppress(OSError):
        beside.write_bytes(_head(checksum, data) + data)
        beside.replace(path)


def _head(checksum: str, code: bytes) -> bytes:
    return blake2b(checksum.encode() + code, digest_size=SIZE).digest()
