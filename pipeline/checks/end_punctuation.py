"""The end differs from the original's: a question mark became a full stop, a colon is lost.

Quotation marks and brackets at the end are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline, sentences
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("end the translation with the same mark")
CLOSING = "\"”’'»)] \u00a0\n*_"
MARKS = frozenset(".?!:;,…")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if the last marks differ."""
    ours = _end(inline.parse(entry.source).words, brief.source_lang)
    theirs = _end(inline.parse(entry.target).words, brief.target_lang)
    if not ours or not theirs or ours & theirs:
        return
    first, second = max(ours), max(theirs)
    if not second:
        yield Phrase("the original ends with “{mark}”", mark=first)
    elif not first:
        yield Phrase("the translation ends with “{mark}”, the original does not", mark=second)
    else:
        yield Phrase("“{ours}” at the end became “{theirs}”", ours=first, theirs=second)


def _end(text: str, lang: str) -> set[str]:
    """The last mark, or none; either of the two for an abbreviation, nothing where it cannot be known."""
    text = text.rstrip(CLOSING)
    last = text[-1:]
    if last == inline.OPAQUE:
        return set()
    if last == "." and text.rsplit(None, 1)[-1].rpartition("(")[2] in sentences.STAYS.get(lang, ()):
        return {"", "."}
    return {last if last in MARKS else ""}
