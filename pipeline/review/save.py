"""An edit, written into the text of its catalog: only the touched entry's lines change.

The file may have changed since the editor read it (Poedit, git pull).  An edit is applied to what
the file says *now*; where the same entry was changed, both versions are handed back and nothing is
written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline import catalogs
from pipeline.model import Catalog, Entry
from pipeline.review.edits import Edit, Refusal, apply, is_as_seen


@dataclass(frozen=True, slots=True)
class Saved:
    """The text to be written and the text that it replaces, and the entry before and after."""

    text: str
    replaced: str
    before: Entry
    after: Entry
    catalog: Catalog
    """What `text` says."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the entry; None: it is gone from the catalog."""

    theirs: Entry | None
    near: Entry | None = None
    """The entry that the lost one has become, if that can be told."""


class SpliceError(Exception):
    """Our own bug: the new text would not say what it should.  Nothing was written."""


def save(text: str, path: str, lang: str, edit: Edit) -> Saved | Conflict | Refusal:
    """`edit` applied to the catalog that `text` is."""

    def change(entry: Entry) -> Entry | Conflict | Refusal:
        wished = apply(entry, edit)
        if is_as_seen(entry, edit) or wished == entry:
            return wished
        return Conflict(entry)

    return _changed(catalogs.parse(text, path, lang), text, edit.key, change)


def restore(text: str, path: str, lang: str, last: Saved) -> Saved | Conflict | Refusal:
    """The catalog with the entry as it was before `last`, if it still is what we made of it.

    Where nobody touched the file since, it is again the same, byte for byte.
    """
    if text == last.text:
        return Saved(last.replaced, text, last.after, last.before, catalogs.parse(last.replaced, path, lang))
    return _changed(
        catalogs.parse(text, path, lang),
        text,
        last.after.key,
        lambda entry: last.before if entry == last.after else Conflict(entry),
    )


def _changed(
    catalog: Catalog, text: str, key: tuple[str, str], change: Callable[[Entry], Entry | Conflict | Refusal]
) -> Saved | Conflict | Refusal:
    entry = next((entry for entry in catalog.live if entry.key == key), None)
    if entry is None:
        return Conflict(None, _successor(catalog, key))
    outcome = change(entry)
    if not isinstance(outcome, Entry):
        return outcome
    entries = tuple(outcome if one is entry else one for one in catalog.entries)
    wished = replace(catalog, entries=entries)
    spliced = catalogs.splice(text, catalog, wished)
    result = catalogs.parse(spliced, catalog.path, catalog.lang)
    if result.entries != entries:
        raise SpliceError(f"{catalog.path}: {key}")
    return Saved(spliced, text, entry, outcome, result)


def _successor(catalog: Catalog, key: tuple[str, str]) -> Entry | None:
    """The entry that a merge made of the lost one: its previous source says so."""
    return next((entry for entry in catalog.live if (entry.context, entry.previous) == key), None)
