"""Quick looks that spare most texts a slow one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

MANY = 2**15
"""Words of all that a site says, with the signs that touch them; when there are more, it begins anew."""


def any_word(may: Callable[[str], object]) -> Callable[[str], bool]:
    """Is there a word in a text, with the signs that touch it, of which `may` holds?

    What it says of a word is remembered, and a text is looked at as a set of words.
    """
    guilty, innocent = set[str](), set[str]()

    def holds(text: str) -> bool:
        rest = _words(text) - innocent
        if rest and guilty.isdisjoint(rest):
            if len(guilty) + len(innocent) > MANY:
                guilty.clear()
                innocent.clear()
            for word in rest:
                (guilty if may(word) else innocent).add(word)
        return not guilty.isdisjoint(rest)

    return holds


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
