"""What becomes of an entry when its text moves, changes or goes."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Entry, fingerprint


def holds_work(entry: Entry) -> bool:
    """Did a person leave anything here?"""
    return bool(entry.comments) or (entry.translated and not entry.is_machine_made)


def under(want: Entry, entry: Entry) -> Entry:
    """`entry` at the place of `want`, its translation and state as they are."""
    there = (want.source, want.context, want.note, want.references, want.plural, False)
    here = (entry.source, entry.context, entry.note, entry.references, entry.plural, entry.obsolete)
    if here == there:
        return entry
    moved = replace(
        entry,
        source=want.source,
        context=want.context,
        note=want.note,
        references=want.references,
        obsolete=False,
    )
    return _with_forms(moved, want)


def with_target(entry: Entry, target: str) -> Entry:
    """`entry` with its translation mended; whoever wrote it, wrote it."""
    draft = entry.draft
    if draft is not None and entry.is_machine_made:
        draft = replace(draft, hash=fingerprint(target))
    return replace(entry, target=target, draft=draft)


def stale(want: Entry, entry: Entry) -> Entry:
    """`entry` for the changed source of `want`.

    What a machine drafted and nobody touched is left out: it will be drafted anew.  What a person
    marked fuzzy without naming a source stays so: only a reviewed text may come back as reviewed.
    """
    at = under(want, entry)
    if entry.is_machine_made or not entry.translated:
        return _untranslated(replace(at, targets=want.targets))
    if entry.fuzzy and not entry.draft:
        return at
    return replace(
        at,
        flags=("fuzzy", *_without_fuzzy(entry)),
        draft=entry.draft if entry.fuzzy else None,
        previous=entry.previous or entry.source,
        previous_context=entry.previous_context if entry.previous else entry.context,
        previous_plural=entry.previous_plural if entry.previous else entry.plural,
    )


def restored(want: Entry, entry: Entry) -> Entry:
    """The stale `entry`, whose source is again what it was written for.

    One with a draft's line was never reviewed, and stays fuzzy.
    """
    flags = entry.flags if entry.draft else _without_fuzzy(entry)
    return replace(_without_previous(under(want, entry)), flags=flags)


def retired(entry: Entry) -> Entry:
    """The obsolete entry: comments and texts stay, what tells of a place in the article goes."""
    kept = _untranslated(entry) if entry.is_machine_made else entry
    return replace(kept, obsolete=True, note="", references=())


def _untranslated(entry: Entry) -> Entry:
    return replace(_without_previous(entry), target="", draft=None, flags=_without_fuzzy(entry))


def _without_previous(entry: Entry) -> Entry:
    return replace(entry, previous="", previous_context="", previous_plural="")


def _without_fuzzy(entry: Entry) -> tuple[str, ...]:
    return tuple(flag for flag in entry.flags if flag != "fuzzy")


def _with_forms(entry: Entry, want: Entry) -> Entry:
    """With the plural of `want`.  A translation that has too few or too many forms for it is fuzzy."""
    if entry.plural == want.plural:
        return entry
    if bool(entry.plural) == bool(want.plural):
        return replace(entry, plural=want.plural)
    texts = [text for text in (entry.target, *entry.targets) if text]
    flags = ("fuzzy", *_without_fuzzy(entry)) if texts else entry.flags
    if want.plural:
        targets = (*texts, *want.targets[len(texts) :])
        return replace(entry, plural=want.plural, target="", targets=targets, flags=flags, draft=None)
    others = tuple(f"plural: {text}" for text in texts[1:])
    target, comments = "".join(texts[:1]), (*entry.comments, *others)
    return replace(entry, plural="", target=target, targets=(), flags=flags, comments=comments, draft=None)
