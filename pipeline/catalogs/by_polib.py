"""The home of polib, the library of record: it gets statements it is safe with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import polib


class RefusedError(Exception):
    """polib does not read a statement: the one at `index`."""

    def __init__(self, index: int) -> None:
        super().__init__(f"statement {index}")
        self.index = index


class _Lines(str):
    """A text whose lines end at line feeds only; polib asks for `splitlines`."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: ARG002 - str's own
        return self.split("\n")


class _Plain(polib.POFile):
    """Keeps the header among the entries, where polib would take it apart and lose lines."""

    def find(self, *_: Any, **__: Any) -> None:
        return None


def entries(statements: Sequence[str]) -> list[polib.POEntry]:
    """The entries that the statements make, each on a line of its own."""
    try:
        return polib.pofile(_Lines("\n".join(statements)), encoding="utf-8", klass=_Plain)
    except OSError as error:
        found = re.search(r"line (\d+)", str(error))
        number = int(found[1]) if found else 1
        raise RefusedError(min(number, len(statements)) - 1) from error
