"""A format text for a program is broken, or names other values than the original.

It looks at entries with the flag `python-format` (`%(name)s`), `python-brace-format` (`{name}`) or
`c-format` (`%d`), as `msgfmt -c` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from string import Formatter

from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.ERROR
REMEDY = "copy each value of the original letter for letter; write %% for a percent sign"
PERCENT = re.compile(
    r"%(?:\((\w+)\))?[#0 +-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(hh|h|ll|l|L|z|j|t)?(.?)", re.DOTALL
)
TYPES = {"python-format": "diouxXeEfFgGcrsa", "c-format": "diouxXeEfFgGaAcspn"}
KINDS_OF_VALUE = {"diouxX": "whole number", "eEfFgG": "number", "rsa": "text", "c": "letter", "pn": "pointer"}
GROUPS = {letter: group for letters, group in KINDS_OF_VALUE.items() for letter in letters}


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """A message if the translation is broken, or has other values."""
    if not entry.flags:
        return
    for flag, read in READERS.items():
        if flag in entry.flags:
            ours, theirs = read(entry.source), read(entry.target)
            if ours is None:
                return
            if theirs is None:
                yield "the program could not read this"
            elif ours != theirs:
                yield f"the program's values differ: {_shown(ours)} became {_shown(theirs)}"


def _shown(values: list[str]) -> str:
    return ", ".join(values) or "none"


def _percent(types: str) -> Callable[[str], list[str] | None]:
    def read(text: str) -> list[str] | None:
        """The values in their order, with their type; named ones sorted, as their order is free."""
        values, named = list[str](), set[str]()
        for name, size, kind in PERCENT.findall(text):
            if kind == "%":
                continue
            if not kind or kind not in types:
                return None
            group = f"{size} {GROUPS.get(kind, kind)}".lstrip()
            value = f"{name} ({group})" if name else group
            (named.add if name else values.append)(value)
        return None if named and values else sorted(named) or values

    return read


def _brace(text: str) -> list[str] | None:
    try:
        return sorted({name for _, name, _, _ in Formatter().parse(text) if name is not None})
    except ValueError:
        return None


READERS: dict[str, Callable[[str], list[str] | None]] = {
    "python-format": _percent(TYPES["python-format"]),
    "c-format": _percent(TYPES["c-format"]),
    "python-brace-format": _brace,
}
