"""A link, an image, an address or an e-mail address is lost, doubled or leads elsewhere.

The words of a link are for translators, its destination is not.  Two changes are right: a site's own
version in the reader's language (`en.example.org` and `sv.example.org`, `/en/` and `/sv/`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("keep each link with its address, as [words](address); translate only the words")
HOST = re.compile(r"^https?://([a-z]{2})\.([^/]+)")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each destination that is not in both texts as often."""
    ours, theirs = inline.parse(entry.source).links, inline.parse(entry.target).links
    if ours == theirs:
        return
    lost = inline.more(ours, theirs)
    added = inline.more(theirs, ours)
    for link in lost:
        twin = next((other for other in added if _is_twin(link, other, brief)), None)
        if twin is None:
            yield inline.missing(link)
        else:
            added.remove(twin)
    yield from map(inline.invented, added)


def _is_twin(ours: str, theirs: str, brief: Brief) -> bool:
    """Is the one the other's version in the language of the translation?"""
    here, there = HOST.match(ours), HOST.match(theirs)
    if here and there and here[2] == there[2]:
        return (here[1], there[1]) == (brief.source_lang, brief.target_lang)
    return ours.replace(f"/{brief.source_lang}/", f"/{brief.target_lang}/") == theirs
