"""Quick looks that spare most texts a slow one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

MANY = 2**15
"""Words of all that a site says, with the signs that touch them; when there are more, it begins anew."""


def screen(may: Callable[[str], object]) -> Callable[[str], frozenset[str]]:
    """The words of a text, with the signs that touch them, of which `may` holds.

    What it says of a word is remembered; several threads may ask.
    """
    guilty, innocent = set[str](), set[str]()

    def suspects(text: str) -> frozenset[str]:
        rest = _words(text) - innocent
        known = rest & guilty
        if len(known) == len(rest):
            return known
        if len(guilty) + len(innocent) > MANY:
            guilty.clear()
            innocent.clear()
        found = known | {word for word in rest - known if may(word)}
        guilty.update(found)
        innocent.update(rest - found)
        return found

    return suspects


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
