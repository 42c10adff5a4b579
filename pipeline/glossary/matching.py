"""Terms found in texts, in one direction: which ones a source has, and whether a target follows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import concat

from pipeline.glossary.forms import cores, inflected, words
from pipeline.model import Term
from pipeline.screens import screen

SIDES = {"en": "english", "sv": "swedish"}
"""Language → the glossary's column."""
QUOTED = re.compile(r"“([^”]+)”")
LIGHT = "a an and att av den det en ett för for i in med och of on på the till to"
SMALL = frozenset(LIGHT.split())
"""Words of a term that a good translation may leave out or change."""

SHORT = 3
"""A shorter word has too many senses to be sure of (*vad* is *calf*, and *what*)."""


@dataclass(frozen=True, slots=True)
class Known:
    """One term of the source language, and all that may stand for it."""

    source: tuple[str, ...]
    """Its words."""
    shown: str
    targets: tuple[str, ...]
    forbidden: tuple[str, ...]
    exact: bool
    """Is it an abbreviation, which has capitals always?"""


@dataclass(frozen=True, slots=True)
class Found:
    """A term that a source text has, and the words in the text."""

    term: Known
    written: tuple[str, ...]


@dataclass(slots=True)
class Index:
    """The glossary in one direction; made once, asked for each text."""

    terms: tuple[Term, ...]
    source_lang: str
    target_lang: str
    _first: dict[str, list[tuple[Known, tuple[frozenset[str], ...]]]] = field(default_factory=dict)
    """Form of a first word → the terms that it begins, each with the forms of its words."""
    _joined: dict[str, str] = field(default_factory=dict)
    _cores: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Translation → of each word that matters, what one of must stand in the text."""
    _may_begin: Callable[[str], frozenset[str]] = field(init=False)
    """May there be a term in a text?"""
    _last: tuple[str, tuple[Found, ...]] = ("", ())
    """Several checks ask for the same text."""

    def __post_init__(self) -> None:
        self._may_begin = screen(lambda word: not self._first.keys().isdisjoint(words(word)))
        if self.source_lang not in SIDES or self.target_lang not in SIDES:
            return
        for known in sorted(self._known(), key=lambda known: -len(known.source)):
            forms = tuple(inflected(word, self.source_lang) for word in known.source)
            for form in forms[0]:
                self._first.setdefault(form, []).append((known, forms))
            self._cores.update((wanted, tuple(self._matter(wanted))) for wanted in known.targets)
        for term in self.terms:
            target = _side(term, self.target_lang).lower()
            if " " not in target and len(target) >= 8:
                self._joined.update(dict.fromkeys(inflected(target, self.target_lang), target))

    def _known(self) -> Iterator[Known]:
        rows = defaultdict[str, list[Term]](list)
        for term in self.terms:
            rows[_side(term, self.source_lang)].append(term)
        for source, same in rows.items():
            if not source.isdecimal() and (len(source) > SHORT or source.isupper()):
                targets = (target for term in same for target in _targets(term, self.target_lang))
                forbidden = (word for term in same for word in _forbidden(term, self.target_lang))
                yield Known(
                    words(source), source, tuple(dict.fromkeys(targets)), tuple(forbidden), source.isupper()
                )

    def _matter(self, wanted: str) -> Iterator[tuple[str, ...]]:
        parts = words(wanted)
        heavy = [part for part in parts if part not in SMALL] or parts
        return (cores(part, self.target_lang) for part in heavy)

    def found(self, source: str) -> tuple[Found, ...]:
        """The terms in `source`; of two that overlap, the one with more words."""
        last = self._last
        if last[0] != source:
            self._last = last = (source, tuple(self._found(source)))
        return last[1]

    def _found(self, source: str) -> Iterator[Found]:
        if not self._may_begin(source):
            return
        tokens = words(source)
        end = 0
        for place in [place for place, token in enumerate(tokens) if token in self._first]:
            for known, forms in self._first[tokens[place]] if place >= end else ():
                written = tokens[place : place + len(forms)]
                is_it = len(written) == len(forms) and all(map(frozenset.__contains__, forms, written))
                if is_it and (not known.exact or known.shown in source):
                    yield Found(known, written)
                    end = place + len(forms)
                    break

    def unfollowed(self, source: str, target: str) -> list[Known]:
        """The terms of `source` for which `target` has nothing that the glossary gives."""
        terms = self.found(source)
        if not terms:
            return []
        low = target.lower()
        return list(
            dict.fromkeys(
                found.term
                for found in terms
                if not any(self._has(low, wanted) for wanted in found.term.targets)
                and not _is_name(found, target)
            )
        )

    def _has(self, low: str, wanted: str) -> bool:
        """Do all words that matter stand in the text, in any form or compound?"""
        return all(any(self._stands(core, low) for core in part) for part in self._cores[wanted])

    def _stands(self, core: str, low: str) -> bool:
        """Is it in the text?  A short one must begin or end a word."""
        if core not in low:
            return False
        return len(core) > 3 or _ends(core, self.target_lang).search(low) is not None

    def forbidden(self, source: str, target: str) -> Iterator[tuple[Known, str]]:
        """Each term of `source`, and the word in `target` that must not stand for it."""
        terms = [found.term for found in self.found(source) if found.term.forbidden]
        if not terms:
            return
        low = target.lower()
        for known in dict.fromkeys(terms):
            for word in known.forbidden:
                if seen := _whole(word.lower(), self.target_lang).search(low):
                    yield known, seen[0]

    def parted(self, target: str) -> Iterator[tuple[str, str]]:
        """Two words of `target`, and the one word of the glossary that they should be."""
        tokens = words(target)
        if self._joined.keys().isdisjoint(map(concat, tokens, tokens[1:])):
            return
        for first, second in pairwise(tokens):
            if (whole := self._joined.get(first + second)) and f"{first} {second}" in target.lower():
                yield f"{first} {second}", whole


@lru_cache(maxsize=1024)
def _ends(core: str, lang: str) -> re.Pattern[str]:
    """A short core at the beginning of a word, or in any form at its end."""
    forms = "|".join(map(re.escape, inflected(core, lang)))
    return re.compile(rf"(?<!\w){re.escape(core)}|(?:{forms})(?!\w)")


@lru_cache(maxsize=1024)
def _whole(word: str, lang: str) -> re.Pattern[str]:
    """The word in any form."""
    forms = "|".join(sorted(map(re.escape, inflected(word, lang)), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")


def _is_name(found: Found, target: str) -> bool:
    """Stands the word there as it is, with capitals: *Sleep Research Society*?"""
    return " ".join(word.capitalize() for word in found.written) in target


def _side(term: Term, lang: str) -> str:
    side: str = getattr(term, SIDES[lang])
    return side


def _targets(term: Term, lang: str) -> Iterable[str]:
    """The translation, and what the note quotes: other words that are as good."""
    return (_side(term, lang), *QUOTED.findall(term.note))


def _forbidden(term: Term, lang: str) -> Iterator[str]:
    for row in term.forbidden:
        code, colon, word = row.partition(":")
        if colon and code.strip() == lang:
            yield word.strip()
