"""Where a text that has no entry may have been before: the ways to look, from certain to likely.

Each way takes what is wanted and what is free, and says which free entry becomes which wanted one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.merge.carry import holds_work, restored, stale, under, with_target
from pipeline.merge.markup import plain, retargeted, unlinked
from pipeline.model import Draft, Entry, Kind, State
from pipeline.near import Index

Key = tuple[str, str]
Found = tuple[Key, Entry, Entry | None]
"""What is wanted, the entry for it, and the free entry that it was (None: a copy)."""
_SAME_WORDS = 0.99


def reverted(wanted: Sequence[Entry], free: Sequence[Entry], others: Iterable[Entry]) -> Iterator[Found]:
    """The source is again what a stale translation was written for: it is as good as it was."""
    stale_ones = dict[Key, tuple[Entry, Entry | None]]()
    for entry in free:
        if _is_stale(entry):
            stale_ones.setdefault((entry.previous_context, entry.previous), (entry, entry))
    for entry in others:
        if _is_stale(entry):
            stale_ones.setdefault((entry.previous_context, entry.previous), (entry, None))
    for want in wanted:
        if want.key in stale_ones:
            entry, origin = stale_ones[want.key]
            yield want.key, restored(want, entry), origin


def respaced(wanted: Sequence[Entry], free: Sequence[Entry]) -> Iterator[Found]:
    """Only white space or the coding of letters differs: the translation is as good as it was."""
    yield from _by(wanted, free, lambda entry: (entry.context, _normal(entry.source)), under)


def kept_address(wanted: Sequence[Entry], free: Sequence[Entry]) -> Iterator[Found]:
    """A translated address outlives the original's."""
    yield from _by(
        [want for want in wanted if want.context == Kind.SLUG],
        [entry for entry in free if entry.context == Kind.SLUG and entry.translated],
        lambda entry: entry.context,
        under,
    )


def moved(wanted: Sequence[Entry], free: Sequence[Entry]) -> Iterator[Found]:
    """The same text in another context: the translation may fit."""
    yield from _by(_not_addresses(wanted), _not_addresses(free), lambda entry: entry.source, stale)


def copied(wanted: Sequence[Entry], others: Sequence[Entry], article: str) -> Iterator[Found]:
    """The same text stands elsewhere in the article, reviewed: its translation is a draft here."""
    sources = {want.source for want in wanted}
    reviewed = dict[str, Entry]()
    for entry in _not_addresses(entry for entry in others if entry.source in sources):
        if entry.state is State.REVIEWED and not entry.plural:
            reviewed.setdefault(entry.source, entry)
    for want in _not_addresses(wanted):
        if (twin := reviewed.get(want.source)) and not want.plural:
            draft = Draft.of("memory", "_".join(article.split()) or "-", twin.target)
            yield want.key, replace(want, target=twin.target, flags=("fuzzy",), draft=draft), None


def flipped(wanted: Sequence[Entry], twin: Sequence[Entry]) -> Iterator[Found]:
    """A translation has become the original: the original is its translation."""
    origins = dict[Key, Entry]()
    for entry in sorted(twin, key=lambda entry: (entry.state is not State.REVIEWED, entry.obsolete)):
        if entry.target:
            origins.setdefault((entry.context, _normal(entry.target)), entry)
    for want in wanted:
        if origin := origins.get((want.context, _normal(want.source))):
            flags = () if origin.state is State.REVIEWED else ("fuzzy",)
            yield want.key, replace(want, target=origin.source, flags=flags), None


def linked_anew(wanted: Sequence[Entry], free: Sequence[Entry]) -> Iterator[Found]:
    """Only link targets changed: the translation gets the new ones and is as good as it was."""
    taken = set[Key]()
    framed = dict[Key, list[Entry]]()
    for entry in free:
        if entry.target and _may_link(entry.source):
            framed.setdefault((entry.context, unlinked(entry.source)), []).append(entry)
    for want in wanted:
        if not framed or not _may_link(want.source):
            continue
        for entry in framed.get((want.context, unlinked(want.source)), ()):
            if entry.key in taken:
                continue
            target = retargeted(entry.source, want.source, entry.target)
            if target is not None:
                taken.add(entry.key)
                yield want.key, with_target(under(want, entry), target), entry
                break


def alike(wanted: Sequence[Entry], free: Sequence[Entry], near: float) -> Iterator[Found]:
    """An edited text: its translation is stale.  The most alike pairs find each other first."""
    wanted, free = _not_addresses(wanted), [entry for entry in _not_addresses(free) if holds_work(entry)]
    if not wanted or not free:
        return
    pairs = sorted(_pairs(wanted, free, near))
    taken_wants, taken_entries = set[int](), set[int]()
    for *_, number, index in pairs:
        if number not in taken_wants and index not in taken_entries:
            taken_wants.add(number)
            taken_entries.add(index)
            yield wanted[number].key, stale(wanted[number], free[index]), free[index]


def flipped_alike(wanted: Sequence[Entry], twin: Sequence[Entry], near: float) -> Iterator[Found]:
    """A translation has become the original, and was edited at once: the original is its stale translation."""
    origins = [entry for entry in _not_addresses(twin) if entry.target]
    index = Index([entry.target for entry in origins])
    for want in _not_addresses(wanted):
        if origins and (found := index.best(want.source, near)):
            origin = origins[found[0]]
            flags = () if origin.state is State.REVIEWED else ("fuzzy",)
            yield (
                want.key,
                stale(want, Entry(origin.target, origin.source, origin.context, flags=flags)),
                None,
            )


def _by(
    wanted: Sequence[Entry],
    free: Sequence[Entry],
    key: Callable[[Entry], object],
    become: Callable[[Entry, Entry], Entry],
) -> Iterator[Found]:
    groups = dict[object, list[Entry]]()
    for entry in free:
        groups.setdefault(key(entry), []).append(entry)
    for want in wanted:
        if group := groups.get(key(want)):
            entry = group.pop(0)
            yield want.key, become(want, entry), entry


def _pairs(
    wanted: Sequence[Entry], free: Sequence[Entry], near: float
) -> Iterator[tuple[float, bool, int, int, int]]:
    index = Index([entry.source for entry in free])
    words = dict[str, list[int]]()
    for at, entry in enumerate(free):
        words.setdefault(plain(entry.source), []).append(at)
    words.pop("", None)
    for number, want in enumerate(wanted):
        same = [(at, _SAME_WORDS) for at in words.get(plain(want.source), ())]
        for at, score in [*same, *index.matches(want.source, near)]:
            yield -score, want.context != free[at].context, abs(number - at), number, at


def _is_stale(entry: Entry) -> bool:
    return bool(entry.previous) and entry.fuzzy and entry.translated


def _not_addresses(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.context != Kind.SLUG]


def _may_link(text: str) -> bool:
    return "](" in text or "][" in text or "://" in text or "<" in text


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
