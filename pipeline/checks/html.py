"""HTML that is not well-formed, or that could do something on a reader's page.

Tags must be closed in the order in which they were opened.  A translation brings in no script, frame,
event or `javascript:` address; what the original has is the author's responsibility.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from pipeline import inline
from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("copy the tags of the original, each with its end tag")
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*?(/?)>", re.DOTALL)
VOID = frozenset(
    {"br", "hr", "img", "wbr", "input", "col", "source", "track", "area", "embed", "link", "meta"}
)
UNSAFE = re.compile(
    r"<\s*/?\s*(?:script|i?frame|frameset|object|embed|applet|style|link|meta|base|form|svg|math|template|noscript)\b"
    r"|\bon\w+\s*=|\b(?:srcdoc|formaction|http-equiv)\s*=|(?:javascript|vbscript|data)\s*:",
    re.IGNORECASE,
)
BLANKS = re.compile(
    r"[\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff]+(?=[a-z]*:)|(?<=[a-z])[\x00-\x1f]+(?=[a-z])", re.IGNORECASE
)
"""What browsers overlook in the name of a scheme: `java\tscript:`."""


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for the first tag out of place, one for each unsafe piece."""
    source, target = inline.parse(entry.source), inline.parse(entry.target)
    if source.tags == target.tags and source.links == target.links:
        return
    stray = _stray(target.tags)
    if stray and not _stray(source.tags):
        yield Phrase("{tag} has no counterpart", tag=stray)
    known = {found.lower() for found in _unsafe(source)}
    for found in _unsafe(target):
        if found.lower() not in known:
            yield Phrase("{found} is not safe here", found=found)


def _unsafe(markup: inline.Markup) -> list[str]:
    pieces = (BLANKS.sub("", unescape(piece)) for piece in (*markup.tags, *markup.links))
    return [found for piece in pieces for found in UNSAFE.findall(piece)]


def _stray(tags: tuple[str, ...]) -> str:
    """The first tag that is not closed, or closes nothing; empty if there is none."""
    opened: list[tuple[str, str]] = []
    for tag in tags:
        found = TAG.match(tag)
        if not found or found[2].lower() in VOID or found[3]:
            continue
        name = found[2].lower()
        if not found[1]:
            opened.append((name, tag))
        elif not opened or opened.pop()[0] != name:
            return tag
    return opened[0][1] if opened else ""
