"""The dictionary form of a word (home of simplemma)."""

from __future__ import annotations

from functools import lru_cache

KNOWN = frozenset(("en", "sv"))


@lru_cache(maxsize=16384)
def lemma(word: str, lang: str) -> str:
    """The dictionary form of `word`, in small letters; itself where none is known."""
    if lang not in KNOWN:
        return word
    # Its dictionaries take a second: only a doubt is worth it.
    import simplemma

    return simplemma.lemmatize(word, lang=lang).lower()
