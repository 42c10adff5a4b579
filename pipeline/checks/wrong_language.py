"""A sentence of the translation is in the original's language, or in a third one.

Languages are told apart by their small words (*the*, *of*; *och*, *är*), so a name or a title in another
language is no fault; a sentence that was forgotten, or written in Danish, is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("translate the sentence; if it is a quotation, accept it")
SMALL = {
    "en": "the of and to is are was were with that this from by be been not it you your they their which when what"
    " who how would should could can may than these those there more have had its as or if but about into",
    "sv": "och är att det som en av på med för inte till ett den de har om var från kan ska eller när du din ditt"
    " dina vad hur ser blir mer än också bara vid så man hos efter detta denna dessa utan måste skulle",
    "da": "og er at det af på med for ikke til et den de har om var fra kan skal eller når hvad hvordan også kun"
    " efter uden jeg hvis bliver meget mere end dette denne disse være",
    "de": "der die das und ist nicht mit für ein eine zu von auf den dem des sich auch wird sind oder wenn wie"
    " bei nach aus kann haben",
    "fr": "le la les et est un une des du dans que qui ne pas pour avec sur sont ou par plus ce cette vous",
    "es": "el la los las y es un una de del que en no por para con su se o como más este esta son",
}
"""Language → words that nearly every sentence has."""
PROFILES = {lang: frozenset(words.split()) for lang, words in SMALL.items()}
OTHERS = {
    lang: frozenset(word for other in PROFILES.values() for word in other) - own
    for lang, own in PROFILES.items()
}
"""Language → words that only others have."""
NAMES = {
    "en": Phrase("English"),
    "sv": Phrase("Swedish"),
    "da": Phrase("Danish or Norwegian"),
    "de": Phrase("German"),
    "fr": Phrase("French"),
    "es": Phrase("Spanish"),
}
NAME = re.compile(
    r"\b[A-ZÅÄÖ][\w.]*(?:(?: (?:of|the|and|for|in|on|to|de|la|le|der|und|och|i|för|av))* [A-ZÅÄÖ][\w.]*)+"
)
"""Words with capitals, and the small words between them: *University of the West of England*."""
END = re.compile(r"(?<=[.!?…])\s+")
ENOUGH = 3


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each other language that a whole sentence is in."""
    if brief.target_lang not in PROFILES:
        return
    own = PROFILES[brief.target_lang]
    words, others = entry.target.lower().split(), OTHERS[brief.target_lang]
    if others.isdisjoint(words) or sum(map(others.__contains__, words)) < 2:
        return
    yield from dict.fromkeys(
        Phrase("“{words}” looks {language}", words=_head(sentence), language=NAMES[lang])
        for sentence in END.split(inline.own_words(entry.target, entry.source))
        if (lang := _foreign(sentence, own, brief.target_lang))
    )


def _foreign(sentence: str, own: frozenset[str], lang: str) -> str:
    """The language that `sentence` is in, if it is not in its own."""
    if _is_own(sentence.lower().split(), own):
        return ""
    words = NAME.sub(" ", sentence).lower().split()
    if len(words) < ENOUGH or _is_own(words, own):
        return ""
    here = len([word for word in words if word in own])
    seen = Counter(
        {other: sum(word in known for word in words) for other, known in PROFILES.items() if other != lang}
    )
    other, count = seen.most_common(1)[0]
    return other if count >= ENOUGH and count > 2 * here else ""


def _is_own(words: list[str], own: frozenset[str]) -> bool:
    return len([word for word in words if word in own]) * ENOUGH * 2 > len(words)


def _head(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")
