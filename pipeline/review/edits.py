"""What a translator may do to an entry, as pure functions: entry in, entry out.

Nothing here reads or writes a file; `save` finds the entry and splices the result into its catalog.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.model import Draft, Entry, State, fingerprint

WAIVER = "accept:"
REJECTED = "rejected:"
KEPT_COMMENTS = (WAIVER, REJECTED, "address:", "mt:")
"""Comment lines with a meaning of their own: a note neither shows nor changes them."""


class Action(StrEnum):
    """What the translator asked for."""

    ACCEPT = "accept"
    DRAFT = "draft"
    REJECT = "reject"
    WAIVE = "waive"
    NOTE = "note"


class Refusal(StrEnum):
    """Why nothing was done; the templates say it in words."""

    NOTHING_TO_ACCEPT = "nothing-to-accept"
    NOTHING_TO_REJECT = "nothing-to-reject"
    NO_REASON = "no-reason"
    CONTROL_CHARACTER = "control-character"
    UNKNOWN_CHECK = "unknown-check"
    WRONG_FORMS = "wrong-forms"


@dataclass(frozen=True, slots=True)
class Edit:
    """One wish of a translator for the entry (context, source)."""

    context: str
    source: str
    action: Action
    seen: str
    """The stamp of the entry as the editor showed it."""
    texts: tuple[str, ...] = ()
    """The translation; several for a plural entry."""
    check: str = ""
    words: str = ""
    """The reason of a waiver, or the note."""
    draft: Draft | None = None
    """The machine that the text may be from."""

    @property
    def key(self) -> tuple[str, str]:
        """(context, source)."""
        return (self.context, self.source)


def texts_of(entry: Entry) -> tuple[str, ...]:
    """The translation as the editor shows it: one text, or one for each plural form."""
    return entry.targets if entry.plural else (entry.target,)


def stamp(entry: Entry) -> str:
    """What tells whether an entry still says what the editor showed: its translation, a stop, its note."""
    fuzzy = "fuzzy" if entry.fuzzy else ""
    said = "\0".join((*texts_of(entry), entry.previous, fuzzy))
    return f"{fingerprint(said)}.{fingerprint(note_of(entry))}"


def is_as_seen(entry: Entry, edit: Edit) -> bool:
    """May `edit` be applied to `entry` without hiding from the translator what others wrote?

    A note does not care about the translation, nor the other way round.
    """
    part = 1 if edit.action is Action.NOTE else 0
    return stamp(entry).split(".")[part] == (*edit.seen.split("."), "")[part]


def note_of(entry: Entry) -> str:
    """The translator's own comment lines."""
    return "\n".join(line for line in entry.comments if not line.startswith(KEPT_COMMENTS))


def apply(entry: Entry, edit: Edit) -> Entry | Refusal:
    """`entry` as the translator wishes it, or why not."""
    match edit.action:
        case Action.ACCEPT | Action.DRAFT:
            return _with_texts(entry, edit)
        case Action.REJECT:
            return _rejected(entry)
        case Action.WAIVE:
            return _waived(entry, edit.check, _one_line(edit.words))
        case Action.NOTE:
            return _noted(entry, edit.words)


def tidy(text: str, source: str) -> str:
    """`text` from a text area, shaped as `source` is: on one line if it is, without stray edges.

    A hard break (a backslash before the newline) stays.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not re.search(r"(?<!\\)\n", source):
        text = re.sub(r"[ \t]*(?<!\\)\n[ \t]*", " ", text.strip("\n"))
    if source == source.strip():
        text = text.strip()
    return text


def _with_texts(entry: Entry, edit: Edit) -> Entry | Refusal:
    if len(edit.texts) != len(texts_of(entry)):
        return Refusal.WRONG_FORMS
    texts = tuple(tidy(text, entry.source) for text in edit.texts)
    if _has_control(texts):
        return Refusal.CONTROL_CHARACTER
    if edit.action is Action.ACCEPT:
        return _reviewed(_said(entry, texts)) if all(texts) else Refusal.NOTHING_TO_ACCEPT
    if edit.draft and edit.draft.hash == fingerprint(texts[0]):
        entry = replace(entry, draft=edit.draft)
    return _fuzzy(_said(entry, texts)) if any(texts) else _emptied(entry)


def _said(entry: Entry, texts: tuple[str, ...]) -> Entry:
    return replace(entry, targets=texts) if entry.plural else replace(entry, target=texts[0])


def _reviewed(entry: Entry) -> Entry:
    return replace(_without_fuzzy(entry), previous="", previous_context="", previous_plural="", draft=None)


def _without_fuzzy(entry: Entry) -> Entry:
    return replace(entry, flags=tuple(flag for flag in entry.flags if flag != "fuzzy"))


def _fuzzy(entry: Entry) -> Entry:
    return entry if entry.fuzzy else replace(entry, flags=("fuzzy", *entry.flags))


def _emptied(entry: Entry) -> Entry:
    return _reviewed(_said(entry, tuple("" for _ in texts_of(entry))))


def _rejected(entry: Entry) -> Entry | Refusal:
    """A machine's draft goes, and does not come back; what a person wrote stays, waiting for review again."""
    if entry.state is State.MISSING:
        return Refusal.NOTHING_TO_REJECT
    if not entry.is_machine_made or entry.draft is None:
        return _fuzzy(entry)
    line = f"{REJECTED} {entry.draft.engine} {entry.draft.model} {entry.draft.hash}"
    return replace(_emptied(entry), comments=(*(c for c in entry.comments if c != line), line))


def _waived(entry: Entry, check: str, reason: str) -> Entry | Refusal:
    if not re.fullmatch(r"[a-z0-9-]+", check):
        return Refusal.UNKNOWN_CHECK
    if not reason:
        return Refusal.NO_REASON
    if _has_control((reason,)):
        return Refusal.CONTROL_CHARACTER
    others = tuple(line for line in entry.comments if not _waives(line, check))
    return replace(entry, comments=(*others, f"{WAIVER} {check} — {reason}"))


def _waives(line: str, check: str) -> bool:
    return line.startswith(WAIVER) and line.removeprefix(WAIVER).split()[:1] == [check]


def _noted(entry: Entry, words: str) -> Entry | Refusal:
    lines = [line.strip() for line in words.splitlines()]
    if _has_control(lines):
        return Refusal.CONTROL_CHARACTER
    # A note may not pass for a waiver or for the line of an engine.
    safe = (f"– {line}" if line.startswith(KEPT_COMMENTS) else line for line in lines if line)
    kept = (line for line in entry.comments if line.startswith(KEPT_COMMENTS))
    return replace(entry, comments=(*safe, *kept))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _has_control(texts: Iterable[str]) -> bool:
    return any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for text in texts for c in text)
