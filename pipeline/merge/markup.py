"""What an edit changed beside the words: link targets, emphasis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.markdown import Mark, spans

_LINKS = {Mark.LINK, Mark.IMAGE, Mark.AUTOLINK}
_WORDS = {Mark.TEXT, Mark.CODE}


def plain(text: str) -> str:
    """The words of `text` without its markup."""
    return "".join(span.value for span in spans(text) if span.kind in _WORDS)


def unlinked(text: str) -> str:
    """`text` with all link targets alike."""
    return _masked(text, list(_destinations(text)))


def retargeted(old: str, new: str, target: str) -> str | None:
    """`target`, a translation of `old`, with the link targets of `new`.

    None unless that is certain: nothing but link targets changed, and the translation has each of
    the changed ones as often as its source has.
    """
    before, after = list(_destinations(old)), list(_destinations(new))
    if not before or len(before) != len(after) or _masked(old, before) != _masked(new, after):
        return None
    moved = dict[str, str]()
    for (start, end), (first, last) in zip(before, after, strict=True):
        if moved.setdefault(old[start:end], new[first:last]) != new[first:last]:
            return None
    places = list(_destinations(target))
    theirs = [target[start:end] for start, end in places]
    ours = [old[start:end] for start, end in before]
    if any(theirs.count(one) != ours.count(one) for one, other in moved.items() if one != other):
        return None
    return _replaced(target, places, [moved.get(one, one) for one in theirs])


def _destinations(text: str) -> Iterator[tuple[int, int]]:
    """Where the targets of the links stand, in the order of their places."""
    found = []
    for span in spans(text):
        if span.kind is Mark.AUTOLINK:
            found.append(span.inner)
        elif span.kind in _LINKS:
            start = text.find(span.value.removeprefix("ref:"), span.inner[1], span.end)
            if start >= 0:
                found.append((start, start + len(span.value.removeprefix("ref:"))))
    return iter(sorted(found))


def _masked(text: str, places: Sequence[tuple[int, int]]) -> str:
    return _replaced(text, places, ["\0"] * len(places))


def _replaced(text: str, places: Sequence[tuple[int, int]], values: Sequence[str]) -> str:
    pieces, at = [], 0
    for (start, end), value in zip(places, values, strict=True):
        pieces += [text[at:start], value]
        at = end
    return "".join(pieces) + text[at:]
