"""What the comment lines of an entry say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.model import Draft

_REFERENCE = re.compile("\u2068[^\u2069]*\u2069\\S*|\\S+")


def comments_of(lines: Iterable[str]) -> tuple[tuple[str, ...], Draft | None]:
    """The translator's own comments, and the last line that tells of a draft, from lines as in the file."""
    own = [_after(line, 1) for line in lines]
    for index in range(len(own) - 1, -1, -1):
        if own[index].startswith("mt:") and (draft := Draft.parse(own[index])):
            del own[index]
            return tuple(own), draft
    return tuple(own), None


def note_of(lines: Iterable[str]) -> str:
    """The author's note, from its lines as in the file."""
    return "\n".join([_after(line, 2) for line in lines])


@lru_cache(maxsize=1024)
def references_of(lines: str) -> tuple[str, ...]:
    """What the `#:` lines name; a name with spaces stands between U+2068 and U+2069."""
    return tuple(name for line in lines.split("\n") for name in _REFERENCE.findall(line[2:]))


@lru_cache(maxsize=1024)
def flags_of(words: str) -> tuple[str, ...]:
    """The flags of a `#,` line, fuzzy first."""
    found = dict.fromkeys(word.strip() for word in words.split(",") if word.strip())
    return tuple(sorted(found, key=lambda flag: flag != "fuzzy"))


def _after(line: str, mark: int) -> str:
    return line[mark + 1 :] if line.startswith(" ", mark) else line[mark:]
