"""The translated address of an article is none that works everywhere.

It stands in links and in the name of a folder: small letters a–z, digits, and single hyphens between.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Brief, Entry, Kind, Phrase, Severity
from pipeline.slugs import is_address

SEVERITY = Severity.ERROR
REMEDY = Phrase("write small letters a–z, digits and hyphens, at most 100, as in kramp-om-natten")
KINDS = frozenset({Kind.SLUG})


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if it is not a good address."""
    if not is_address(entry.target):
        yield Phrase("{slug!r} cannot be an address", slug=entry.target)
