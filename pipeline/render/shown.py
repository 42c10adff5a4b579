"""Which text a reader gets of a segment, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.checks import diff_meaning
from pipeline.model import Entry, Kind, Segment, State
from pipeline.render.nouns import Status

Rejected = Callable[[Entry, Segment], bool]
"""Has the entry of a segment a failing error-level check?"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page in one segment's place."""

    segment: Segment
    status: Status
    translation: Entry | None = None
    """Whose target is shown; None: the segment's own text is."""

    @property
    def lang(self) -> str:
        """The language of `text`, if `text` is the original."""
        return self.segment.lang

    @property
    def model(self) -> str:
        """The engine and the model that drafted it, if a machine did and no person has read it since."""
        draft = self.translation.draft if self.translation and self.status is Status.MACHINE else None
        return f"{draft.engine} {draft.model}" if draft else ""

    @property
    def text(self) -> str:
        """The words that the reader sees."""
        return self.translation.target if self.translation else self.segment.text


def shown(segment: Segment, lang: str, entries: Mapping[tuple[str, str], Entry], rejected: Rejected) -> Shown:
    """`segment` as a page in `lang` shows it.

    A stale translation whose figures or negation no longer fit the original is not shown: an old
    dose is worse than a foreign one.
    """
    if segment.lang == lang:
        return Shown(segment, Status.ORIGINAL)
    entry = entries.get(segment.key)
    if entry is None or entry.state is State.MISSING:
        return Shown(segment, Status.MISSING)
    if segment.kind is not Kind.SLUG and rejected(entry, segment):
        return Shown(segment, Status.REJECTED)
    if entry.state is State.STALE and diff_meaning(entry.previous, segment.text, segment.lang):
        return Shown(segment, Status.STALE)
    return Shown(segment, Status(entry.state.value), entry)
