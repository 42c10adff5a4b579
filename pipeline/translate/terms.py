"""Texts that are one term of the glossary: no engine knows them better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.model import Term

SIDES = {"en": "english", "sv": "swedish"}
"""Language → the glossary's column."""


class Glossary:
    """The terms in one direction; those with several translations are left to people."""

    def __init__(self, terms: Iterable[Term], source_lang: str, target_lang: str) -> None:
        found = defaultdict[str, set[str]](set)
        if source_lang in SIDES and target_lang in SIDES:
            for term in terms:
                source, target = (getattr(term, SIDES[lang]) for lang in (source_lang, target_lang))
                found[source.casefold()].add(source if term.keep else target)
        self.known = {source: min(targets) for source, targets in found.items() if len(targets) == 1}

    def translation(self, text: str) -> str | None:
        """The translation of a text that is a term, with the text's initial."""
        found = self.known.get(text.casefold())
        if found and text[:1].isupper() and not text.isupper():
            return found[:1].upper() + found[1:]
        return found
