"""How a word may look in a text: its inflections by rule, and what all of them share.

A dictionary of forms would know more, but takes a second and 100 MB to load; the tests measure the rules
against one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from pipeline.glossary import irregular

WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
SUFFIXES = {
    "en": "s es 's ’s s’",
    "sv": "a e an ans en n et t er ar or r are ast aste erna arna orna na ena ens enas ns ets ts s as es ers ars ors ernas arnas ornas nas"
    " rna rnas",
}
"""What a noun or an adjective may end with, after its stem."""
ENDINGS = {lang: ("", *endings.split()) for lang, endings in SUFFIXES.items()}
PLURALS = {"en": ("ies", "es", "s"), "sv": ("arna", "erna", "orna", "ar", "er", "or")}
DERIVED = {"en": ("ing", "ation"), "sv": ("ning", "ande", "ing")}
"""What makes a noun of a verb: *töjning* and *töja* have the rest in common."""
CONTRACTED = re.compile(r"[^aeiouyåäö]e[lrn]$")
"""*Muskel*, *muskler*."""
DOUBLED = re.compile(r"[aeiouyåäö]m$")
"""*Rum*, *rummet*."""
VOWELS = {"en": "ey", "sv": "ae"}


@lru_cache(maxsize=64)
def words(text: str) -> tuple[str, ...]:
    """The words of `text`, in small letters."""
    return tuple(chain.from_iterable(map(_parts, text.split())))


@lru_cache(maxsize=2**15)
def _parts(word: str) -> tuple[str, ...]:
    """Its words without the signs that touch them; most texts are made of the same ones."""
    return tuple(WORD.findall(word.lower()))


@lru_cache(maxsize=4096)
def inflected(word: str, lang: str) -> frozenset[str]:
    """The forms of `word` in a text, and some that do not exist."""
    if lang not in ENDINGS:
        return frozenset((word,))
    return frozenset(stem + ending for stem in (word, *_stems(word, lang)) for ending in ENDINGS[lang])


@lru_cache(maxsize=4096)
def cores(word: str, lang: str) -> tuple[str, ...]:
    """What each form of `word`, each compound with it, and its verb contain at least one of."""
    singular = _singular(word, lang)
    found = dict.fromkeys((*_stems(singular, lang), *irregular.others(word, lang)))
    for ending in DERIVED.get(lang, ()):
        for stem in (word, singular):
            if stem.endswith(ending) and len(stem) - len(ending) >= 3:
                found[stem.removesuffix(ending)] = None
    return tuple(found)


def _stems(word: str, lang: str) -> Iterator[str]:
    yield from irregular.others(word, lang)
    if len(word) < 4:
        yield word
        return
    if lang == "sv" and CONTRACTED.search(word):
        yield word[:-2] + word[-1]
    elif lang == "sv" and DOUBLED.search(word):
        yield word + word[-1]
    yield word[:-1] if word[-1] in VOWELS.get(lang, "") else word


def _singular(word: str, lang: str) -> str:
    for ending in PLURALS.get(lang, ()):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word
