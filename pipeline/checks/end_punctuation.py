"""The end differs from the original's: a question mark became a full stop, a colon is lost.

Quotation marks and brackets at the end are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline, sentences
from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.WARNING
REMEDY = "end the translation with the same mark"
CLOSING = "\"”’'»)] \u00a0\n*_"
MARKS = frozenset(".?!:;,…")


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """A message if the last marks differ."""
    ours = _end(inline.parse(entry.source).words, brief.source_lang)
    theirs = _end(inline.parse(entry.target).words, brief.target_lang)
    if not ours or not theirs or ours & theirs:
        return
    first, second = max(ours), max(theirs)
    if not second:
        yield f"the original ends with “{first}”"
    elif not first:
        yield f"the translation ends with “{second}”, the original does not"
    else:
        yield f"“{first}” at the end became “{second}”"


def _end(text: str, lang: str) -> set[str]:
    """The last mark, or none; either of the two for an abbreviation, nothing where it cannot be known."""
    text = text.rstrip(CLOSING)
    last = text[-1:]
    if last == inline.OPAQUE:
        return set()
    if last == "." and text.rsplit(None, 1)[-1].rpartition("(")[2] in sentences.STAYS.get(lang, ()):
        return {"", "."}
    return {last if last in MARKS else ""}
