"""The order of words in a language's alphabet.

As the CLDR has it in so far as names and titles need it: marks and capitals count only between words
that are equal otherwise, and some languages have letters after z.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

Key = tuple[str, str, str]

_AFTER_Z = {
    "da": "æøå",
    "et": "šzžõäöü",
    "fi": "åäö",
    "fo": "æøå",
    "is": "þæöå",
    "nb": "æøå",
    "nn": "æøå",
    "no": "æøå",
    "sv": "åäö",
}
"""Letters of their own, in their order."""
_LIKE = {
    "da": {"ä": "æ", "ö": "ø", "ü": "y"},
    "fi": {"æ": "ä", "ø": "ö", "ü": "y"},
    "nb": {"ä": "æ", "ö": "ø", "ü": "y"},
    "nn": {"ä": "æ", "ö": "ø", "ü": "y"},
    "no": {"ä": "æ", "ö": "ø", "ü": "y"},
    "sv": {"æ": "ä", "ø": "ö", "ü": "y"},
}
"""Letters of others that stand with one of their own."""
_PLAIN = {"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i"}
_FIRST_AFTER_Z = 0xE000


@cache
def sort_key(lang: str) -> Callable[[str], Key]:
    """The key by which `lang` sorts words.

    >>> sorted(["öl", "zon", "är", "år", "al"], key=sort_key("sv"))
    ['al', 'zon', 'år', 'är', 'öl']
    """
    own = {letter: chr(_FIRST_AFTER_Z + place) for place, letter in enumerate(_AFTER_Z.get(lang, ""))}
    letters = _PLAIN | {other: own.get(ours, ours) for other, ours in _LIKE.get(lang, {}).items()} | own
    bases = _Bases(letters)

    @lru_cache(maxsize=1 << 16)
    def key(word: str) -> Key:
        composed = unicodedata.normalize("NFC", word)
        folded = composed.casefold()
        return (folded.translate(bases), folded, word)

    return key


class _Bases(dict[int, str]):
    """Each letter's base, found when it is first met."""

    def __init__(self, letters: dict[str, str]) -> None:
        self.letters = letters

    def __missing__(self, number: int) -> str:
        self[number] = found = _base(chr(number), self.letters)
        return found


def _base(letter: str, letters: dict[str, str]) -> str:
    if letter in letters:
        return letters[letter]
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(letters.get(part, part) for part in parts if not unicodedata.combining(part))
