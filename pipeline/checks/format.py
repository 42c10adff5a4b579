"""A format text for a program is broken, or names other values than the original.

It looks at entries with the flag `python-format` (`%(name)s`), `python-brace-format` (`{name}`) or
`c-format` (`%d`), as `msgfmt -c` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import reduce
from string import Formatter

from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("copy each value of the original letter for letter; write %% for a percent sign")
PERCENT = re.compile(
    r"%(?:\((\w+)\))?[#0 +-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(hh|h|ll|l|L|z|j|t)?(.?)", re.DOTALL
)
TYPES = {"python-format": "diouxXeEfFgGcrsa", "c-format": "diouxXeEfFgGaAcspn"}
KINDS_OF_VALUE = {
    "diouxX": Phrase("whole number"),
    "eEfFgG": Phrase("number"),
    "rsa": Phrase("text"),
    "c": Phrase("letter"),
    "pn": Phrase("pointer"),
}
GROUPS = {letter: group for letters, group in KINDS_OF_VALUE.items() for letter in letters}


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if the translation is broken, or has other values."""
    if not entry.flags:
        return
    for flag, read in READERS.items():
        if flag in entry.flags:
            ours, theirs = read(entry.source), read(entry.target)
            if ours is None:
                return
            if theirs is None:
                yield Phrase("the program could not read this")
            elif ours != theirs:
                yield Phrase(
                    "the program's values differ: {ours} became {theirs}",
                    ours=_shown(ours),
                    theirs=_shown(theirs),
                )


def _shown(values: list[Phrase]) -> Phrase:
    return reduce(_listed, values) if values else Phrase("none")


def _listed(before: Phrase, value: Phrase) -> Phrase:
    return Phrase("{before}, {value}", before=before, value=value)


def _percent(types: str) -> Callable[[str], list[Phrase] | None]:
    def read(text: str) -> list[Phrase] | None:
        """The values in their order, with their type; named ones sorted, as their order is free."""
        values, named = list[Phrase](), set[Phrase]()
        for name, size, kind in PERCENT.findall(text):
            if kind == "%":
                continue
            if not kind or kind not in types:
                return None
            value = GROUPS.get(kind) or Phrase("{kind}", kind=kind)
            if size:
                value = Phrase("{size} {value}", size=size, value=value)
            if name:
                value = Phrase("{name} ({value})", name=name, value=value)
            (named.add if name else values.append)(value)
        return None if named and values else sorted(named) or values

    return read


def _brace(text: str) -> list[Phrase] | None:
    try:
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        return [Phrase("{name}", name=name) for name in sorted(names)]
    except ValueError:
        return None


READERS: dict[str, Callable[[str], list[Phrase] | None]] = {
    "python-format": _percent(TYPES["python-format"]),
    "c-format": _percent(TYPES["c-format"]),
    "python-brace-format": _brace,
}
