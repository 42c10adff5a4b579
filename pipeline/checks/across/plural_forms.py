"""The rule for plurals in a catalog's header is broken, or does not fit the entries.

`Plural-Forms: nplurals=2; plural=(n != 1);` says how many forms there are and which number takes which;
programs stop at a broken one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from gettext import c2py

from pipeline.model import Catalog, Entry, Phrase, Severity, Term

SEVERITY = Severity.ERROR
REMEDY = Phrase("for English and Swedish write: Plural-Forms: nplurals=2; plural=(n != 1);")
ALONE = True
RULE = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")


def check(catalogs: Sequence[Catalog], terms: Sequence[Term]) -> Iterator[tuple[int, Entry | None, Phrase]]:
    """One message for the rule, and one for each entry with another number of forms."""
    for number, catalog in enumerate(catalogs):
        rule = dict(catalog.header).get("Plural-Forms", "")
        plural = [entry for entry in catalog.live if entry.plural and any(entry.targets)]
        if not rule and not plural:
            continue
        count = _forms(rule)
        if count is None:
            shown = rule or Phrase("it is missing")
            yield number, None, Phrase("Plural-Forms cannot be used: {rule}", rule=shown)
            continue
        for entry in plural:
            if len(entry.targets) != count:
                forms = len(entry.targets)
                said = Phrase("{forms} plural forms, and the header says {count}", forms=forms, count=count)
                yield number, entry, said


def _forms(rule: str) -> int | None:
    """How many forms the rule has; None if it is broken, or names a form that is not there."""
    found = RULE.fullmatch(rule)
    if not found:
        return None
    count = int(found[1])
    try:
        form: Callable[[int], int] = c2py(found[2])
        named = {form(n) for n in range(1001)}
    except (ValueError, ZeroDivisionError, OverflowError, RecursionError):
        return None
    return count if count and named <= set(range(count)) else None
