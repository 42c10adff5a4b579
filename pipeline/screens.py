"""Quick looks that spare most texts a slow one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

MANY = 2**15
"""Words of all that a site says, with the signs that touch them; when there are more, it begins anew."""


def screen(may: Callable[[str], object]) -> Callable[[str], frozenset[str]]:
    """The words of a text, with the signs that touch them, of which `may` holds.

    What it says of a word is remembered.
    """
    guilty, innocent = set[str](), set[str]()

    def suspects(text: str) -> frozenset[str]:
        rest = _words(text) - innocent
        if len(guilty) + len(innocent) > MANY:
            guilty.clear()
            innocent.clear()
        for word in rest - guilty:
            (guilty if may(word) else innocent).add(word)
        return rest & guilty

    return suspects


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
