"""The translated address of an article is none that works everywhere.

It stands in links and in the name of a folder: small letters a–z, digits, and single hyphens between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Brief, Entry, Kind, Severity

SEVERITY = Severity.ERROR
REMEDY = "write small letters a–z, digits and hyphens, as in kramp-om-natten"
KINDS = frozenset({Kind.SLUG})
GOOD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """A message if it is not a good address."""
    if not GOOD.fullmatch(entry.target):
        yield f"{entry.target!r} cannot be an address"
