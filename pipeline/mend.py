"""What is certainly wrong in a translation and can be mended without asking.

Letters in pieces, doubled spaces, a space at an end, spaces before units, quotation marks.  Law: no figure
and no markup changes; what would change one is left to a person.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline import inline, quantities
from pipeline.checks import decomposed, spaces
from pipeline.model import Brief, Catalog, Draft, Entry, Kind, State
from pipeline.typography import typeset

EDGES = re.compile(r"^[ \u00a0]+(?=[^\s\\])|(?<=[^\s\\])[ \u00a0]+$(?!\n)")
DRAFTS = frozenset({State.MACHINE, State.DRAFT})
ALL = DRAFTS | {State.STALE, State.REVIEWED}


def mended(entry: Entry, brief: Brief) -> Entry:
    """`entry` with what is certain mended; a machine's draft stays one."""
    if entry.obsolete or brief.kind is Kind.SLUG or not entry.translated:
        return entry
    target = _text(entry.target, entry.source, brief)
    targets = tuple(_text(text, entry.plural or entry.source, brief) for text in entry.targets)
    if (target, targets) == (entry.target, entry.targets):
        return entry
    draft = entry.draft
    if draft and entry.is_machine_made:
        draft = Draft.of(draft.engine, draft.model, target, draft.detail)
    return replace(entry, target=target, targets=targets, draft=draft)


def catalog(
    old: Catalog, brief: Brief, kinds: dict[tuple[str, str], Kind], states: frozenset[State]
) -> Catalog:
    """The catalog with its entries in `states` mended; the others are the same."""
    entries = tuple(
        mended(entry, replace(brief, kind=kinds.get(entry.key, Kind.PARAGRAPH)))
        if entry.state in states
        else entry
        for entry in old.entries
    )
    return replace(old, entries=entries)


def _text(text: str, source: str, brief: Brief) -> str:
    new, before = text, ""
    # One step may open the way for another: 1 000mg has a unit first, then thousands before it.
    while new != before and new.strip():
        before, new = new, _step(new, source, brief)
    return new if _means_the_same(text, new, brief.target_lang) else text


def _step(text: str, source: str, brief: Brief) -> str:
    masked, hidden = inline.mask(text)
    new = inline.unmask(spaces.fix(decomposed.fix(masked)), hidden) or text
    if source == source.strip(" \u00a0"):
        new = EDGES.sub("", new)
    return typeset(new, source, brief.source_lang, brief.target_lang)


def _means_the_same(old: str, new: str, lang: str) -> bool:
    before, after = inline.parse(old), inline.parse(new)
    same = (
        sorted(getattr(before, name)) == sorted(getattr(after, name))
        for name in ("marks", "code", "links", "placeholders", "tags")
    )
    return all(same) and not any(quantities.differences(before.words, lang, after.words, lang))
