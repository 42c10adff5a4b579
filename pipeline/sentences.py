"""Sentences of a text (home of sentencex)."""

from __future__ import annotations

import re
from collections.abc import Iterator

ABBREVIATIONS = {
    "en": "e.g. i.e. etc. approx. vs. cf. Dr. Mr. Mrs. Ms. Prof. St. No. Fig. fig. p. pp. vol. ed. eds. al. ca. c."
    " a.m. p.m. U.S. U.K. Inc. Ltd. Jr. Sr.",
    "sv": "t.ex. bl.a. dvs. d.v.s. m.m. m.fl. o.s.v. osv. s.k. f.d. fr.o.m. t.o.m. p.g.a. pga. e.d. o.d. etc. ca."
    " c. jfr. kl. nr. s. sid. st. resp. inkl. exkl. ev. fig. max. min. mg. Dr. dr. prof. Prof. bl. a. d. v. s. t. o. m.",
}
"""After these a sentence may go on."""
STAYS = {lang: frozenset(words.split()) for lang, words in ABBREVIATIONS.items()}
NAMED = frozenset(
    ("Dr.", "dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "prof.", "St.", "No.", "nr.", "Fig.", "fig.", "kl.")
)
"""After these it goes on even with a capital or a digit."""
ENDED = re.compile(r"(?<=\s)([a-zåäöµ]+/[a-z]+|[a-zåäöé]{2,})\.[\"”’)]?\s+(?=[A-ZÅÄÖ])")
"""A word in small letters, a full stop and a capital: an end, unless the word is an abbreviation."""
OTHERS = (
    "ang anm art avd bil dept ed est fr gen hosp ibid kap mom obs ordf par ref sec sen skt sr st tab tel univ"
)
SHORTENED = frozenset(OTHERS.split())
BROKEN = re.compile("[\ud800-\udfff]")
"""Half a character, which no native library takes."""
LEAD = re.compile(r"(?:\\\n|\s)+")


def split(text: str, lang: str) -> tuple[str, ...]:
    """The sentences of `text`, each with the white space that follows it; joined, they are the text."""
    if not text or BROKEN.search(text):
        return (text,) if text else ()
    # A native library, which most commands never need.
    from sentencex import segment

    pieces = [piece for piece in segment(lang, text) if piece]
    if "".join(pieces) != text:
        return (text,)
    stays = STAYS.get(lang, frozenset())
    joined: list[str] = []
    for whole in (part for piece in pieces for part in _parted(piece, stays)):
        lead, piece = (LEAD.match(whole) if joined else None), whole
        if lead:
            joined[-1], piece = joined[-1] + lead[0], whole[lead.end() :]
        if joined and _goes_on(joined[-1], piece, stays):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def _parted(piece: str, stays: frozenset[str]) -> Iterator[str]:
    """`piece`, parted where the library takes a common word for an abbreviation (*bytas ut. Det är*)."""
    start = 0
    for found in ENDED.finditer(piece) if stays else ():
        if found[1] not in SHORTENED and f"{found[1]}." not in stays:
            yield piece[start : found.end()]
            start = found.end()
    yield piece[start:]


def _goes_on(before: str, after: str, stays: frozenset[str]) -> bool:
    """Is there no end of a sentence between the two?"""
    if not after.strip() or not before.strip():
        return True
    last = re.split(r"[\s(]", before.rstrip())[-1]
    last = last if last in stays else last[:1].lower() + last[1:]
    if last in NAMED & stays:
        return True
    return (last in stays or last == "…") and not after.lstrip()[0].isupper()
