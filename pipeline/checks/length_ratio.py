"""The translation is far shorter or longer than the original: something was left out or put in.

Short texts may differ more than long ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.WARNING
REMEDY = Phrase("see that all of the original is there, and nothing else")
BANDS = ((8, 0.0), (16, 0.35), (25, 0.45), (60, 0.6), (120, 0.63), (180, 0.68), (250, 0.73))
"""Up to so many characters of the longer text, the shorter one must have this share of them."""
LONG = 0.78


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if the one is too short for the other."""
    ours, theirs = (
        len(inline.parse(entry.source).words.strip()),
        len(inline.parse(entry.target).words.strip()),
    )
    longer, shorter = max(ours, theirs), min(ours, theirs)
    if shorter >= LONG * longer:
        return
    least = next((share for limit, share in BANDS if longer <= limit), LONG)
    if shorter < least * longer:
        yield Phrase("{ours} characters became {theirs}", ours=ours, theirs=theirs)
