"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "gone", "new"]
PIECE = re.compile(r"\s+|\d+(?:[.,]\d+)*|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one fate."""

    change: Change
    text: str


def words(old: str, new: str) -> tuple[Run, ...]:
    """The way from `old` to `new`.

    Law: joined, what is not new is `old`, and what is not gone is `new`.
    """
    before, after = PIECE.findall(old), PIECE.findall(new)
    runs = list[Run]()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(before[start:end])))
            continue
        if start != end:
            runs.append(Run("gone", "".join(before[start:end])))
        if other_start != other_end:
            runs.append(Run("new", "".join(after[other_start:other_end])))
    return tuple(runs)
