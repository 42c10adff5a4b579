"""Negations, counted: *not* and *never* must stay in a translation, whatever words it finds for them.

Languages say no in different places (*unless* is *om inte*, *harmless* is *ofarlig*), so two counts
are kept: words that certainly deny, and all that may stand for one in the other language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.screens import screen


@dataclass(frozen=True, slots=True)
class Words:
    """How one language denies, as expressions."""

    plain: str
    """Words that certainly deny."""
    other: str
    """What may stand for one of them."""
    none: str = r"(?!)"
    """Phrases with such a word that deny nothing; they are taken out first."""
    but: str = r"(?!)()"
    """A denial, kept by the group, and then a word that may only continue it: *inte A utan B*."""
    doubtful: str = ""
    """A word of `other` to count in that one's place."""


ENGLISH = Words(
    plain=r"\b(?:not|never|no|none|nothing|nobody|nowhere|neither|nor|unless|cannot|without|no-one)\b|n['’]t\b",
    other=r"\b(?:un(?!der|it|iq|ion|iv|cle|til|like(?!l)|less))[a-z]{3,}|\bnon-?\w+|[a-z]{3,}(?:less|-free)(?:ly|ness)?\b"
    r"|\b(?:impossib|improb|inab|inad|inapp|incap|incomp|incorr|ineff|inexp|insuff|insign|inval|invis"
    r"|irreg|irrel|illeg|disag|disapp|discont|dislik|dismiss|disreg|disall|misunder)\w*"
    r"|\b(?:few|fewer|little(?! as)|less|hardly|rarely|seldom|barely|scarcely|except|rather than|instead"
    r"|lack\w*|fail\w*|avoid\w*|refus\w*|prevent\w*|den(?:y|ie[sd]|ying)|stop\w*|absen\w*|zero|missing"
    r"|reject\w*|ban(?:s|ned|ning)?|prohibit\w*|forb[ai]d\w*|ceas\w*|abstain\w*|at most|at least"
    r"|up to|maximum|minimum|at the latest)\b",
    none=r"\bnot least\b|\bno (?:matter|doubt)\b|\bno\. ?\d|\bnothing but\b"
    r"|\bwhether or not\b|\bwithout (?:doubt|delay)\b",
    but=r"(\bneither\b[^.;:]*?)\bnor\b",
)
SWEDISH = Words(
    plain=r"\b(?:inte|ej|icke(?!-)|aldrig|ingen|inget|inga|ingenting|ingenstans|varken|ingendera|ingalunda|utan)\b",
    other=r"\bo(?:van|vänt|klar|känd|känsl|säk|nöd|nöj|möjl|tänk|gift|gilt|lämp|friv|ordnad|ordent|stör"
    r"|troli|till|skad|skyld|farl|full|för|rätt|riml|häls|hjälp|jämn|avb|ans|beg|bek|bes|bet|regel|synl"
    r"|ändl|önsk|upp|und|lyck|lov|lag|mot|vill|ärl|äkta|ätl|ren|rör|viss|verk|tren)\w*"
    r"|\b\w{3,}(?:lös|löst|lösa|fri|fria|fritt)\b|\bicke-?\w+"
    r"|\b(?:färre|föga|mindre|knappt|knappast|sällan|utom|förutom|först|istället|i stället|snarare"
    r"|sakna\w*|brist\w*|misslyck\w*|undvik\w*|undvek\w*|vägra\w*|förhindr\w*|hindra\w*|förneka\w*|neka\w*"
    r"|sluta\w*|upphör\w*|noll|förbj\w+|förbud\w*|avstå\w*|avstod|avvis\w*|låt\w* bli|nej|annars|slipp\w*"
    r"|vare sig|uteblev\w*|dålig\w*|högst|minst|max"
    r"|maximalt|som mest|senast)\b",
    none=r"\binte minst\b|, utan\b(?! att)|\butan (?:tvekan|tvivel|dröjsmål)\b"
    r"|\bom inte\b(?= annat)|\beller (?:inte|ej)(?=\s*(?:[.,;:?!)]|$))",
    but=r"(\b(?:inte|aldrig|ej|icke|ingen|inget|inga)\b[^.;:]*?)\butan\b(?! att)",
    doubtful="knappt",
)
LANGUAGES = {"en": ENGLISH, "sv": SWEDISH}


def is_known(lang: str) -> bool:
    """Is there a row for the language?"""
    return lang[:2] in LANGUAGES


def count(text: str, lang: str) -> tuple[int, int]:
    """(words that certainly deny, those and all that may) of a plain text; (0, 0) for an unknown language."""
    known = PATTERNS.get(lang[:2])
    if known is None:
        return 0, 0
    sure = certain(text, lang)
    return sure, sure + len(known.other.findall(_reduced(text, known)))


def certain(text: str, lang: str) -> int:
    """How many words certainly deny; quicker than `count`, and enough where two texts have as many."""
    known = PATTERNS.get(lang[:2])
    if known is None or not known.may_deny(text):
        return 0
    return len(known.plain.findall(_reduced(text, known)))


@lru_cache(maxsize=64)
def _reduced(text: str, known: _Patterns) -> str:
    """`text` in small letters, without phrases that deny nothing."""
    return known.but.sub(rf"\1 {known.doubtful}", known.none.sub(" ", text.lower()))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The words of a language, ready for a text in small letters."""

    may_deny: Callable[[str], frozenset[str]]
    plain: re.Pattern[str]
    other: re.Pattern[str]
    none: re.Pattern[str]
    but: re.Pattern[str]
    doubtful: str

    @classmethod
    def of(cls, words: Words) -> _Patterns:
        plain, other, none, but = map(re.compile, (words.plain, words.other, words.none, words.but))
        return cls(screen(lambda word: plain.search(word.lower())), plain, other, none, but, words.doubtful)


PATTERNS = {lang: _Patterns.of(words) for lang, words in LANGUAGES.items()}
