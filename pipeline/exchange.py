"""Translations that come and go by file: parts of catalogs, translated articles, git merges.

Everything here is Catalog in, Catalog out; the rim reads and writes the files.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate

from pipeline.errors import ArticleError
from pipeline.model import Article, Catalog, Entry, Finding, Kind, Place, Segment, State

REFERENCE = "tvilling:"
"""Begins the reference (`#:`) that names an exported entry's article."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did to one catalog."""

    catalog: Catalog
    taken: int = 0
    kept: int = 0
    """Entries whose own reviewed translation differs and was kept."""
    unknown: tuple[Entry, ...] = ()
    """Entries of the file that the catalog does not have."""
    findings: tuple[Finding, ...] = ()
    """What the file does not explain."""


def subset(
    catalogs: Mapping[str, Catalog],
    lang: str,
    states: Iterable[State],
    rejected: Container[tuple[str, tuple[str, str]]] = (),
) -> Catalog:
    """The entries in `states` of several catalogs (article → catalog) as one, to be worked on elsewhere.

    Each entry says by reference which article it is from; entries equal in (context, source) stand once.
    An entry whose (article, key) is among the `rejected` counts as such, whatever its own state.
    """
    wanted, found = frozenset(states), dict[tuple[str, str], Entry]()
    for article, catalog in catalogs.items():
        for entry in catalog.live:
            state = State.REJECTED if (article, entry.key) in rejected else entry.state
            if state in wanted:
                first = found.get(entry.key, replace(entry, references=()))
                found[entry.key] = replace(first, references=(*first.references, REFERENCE + article))
    header = next((catalog.header for catalog in catalogs.values() if catalog.header), ())
    return Catalog(lang, tuple(found.values()), header)


def part(catalog: Catalog, number: int, parts: int) -> Catalog:
    """One of `parts` shares of `catalog` (the first is 1), about equal in words; together they are all of it."""
    words = [max(1, len(entry.source.split())) for entry in catalog.entries]
    ends = [end / max(1, sum(words)) * parts for end in accumulate(words)]
    entries = [
        entry
        for entry, end in zip(catalog.entries, ends, strict=True)
        if number - 1 < round(end, 9) <= number
    ]
    return replace(catalog, entries=tuple(entries))


def take(catalog: Catalog, offered: Iterable[Entry], *, replacing: bool) -> Taken:
    """`catalog` with the translations of `offered` that it lacks, and with what its translator noted.

    What a person reviewed here stays, unless `replacing`; an empty offer takes nothing away.
    """
    offers = {entry.key: entry for entry in offered if not entry.obsolete}
    entries, taken, kept = [], 0, 0
    for entry in catalog.entries:
        offer = None if entry.obsolete else offers.pop(entry.key, None)
        if offer is None:
            entries.append(entry)
            continue
        noted = replace(entry, comments=_union(entry.comments, offer.comments))
        if not offer.translated or _says(offer) == _says(entry):
            entries.append(noted)
        elif entry.state is State.REVIEWED and not replacing:
            entries.append(noted)
            kept += 1
        else:
            entries.append(_with_translation(noted, offer))
            taken += 1
    unknown = tuple(entry for entry in offers.values() if entry.translated)
    return Taken(replace(catalog, entries=tuple(entries)), taken, kept, unknown)


def _says(entry: Entry) -> tuple[object, ...]:
    return (entry.target, entry.targets, entry.fuzzy, entry.previous, entry.draft)


def _with_translation(entry: Entry, offer: Entry) -> Entry:
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    return replace(
        entry,
        target=offer.target,
        targets=offer.targets,
        flags=("fuzzy", *flags) if offer.fuzzy else flags,
        previous=offer.previous if offer.fuzzy else "",
        previous_context=offer.previous_context if offer.fuzzy else "",
        previous_plural=offer.previous_plural if offer.fuzzy else "",
        draft=offer.draft if offer.fuzzy else None,
    )


def pair(article: Article, translated: Article, *, reviewed: bool) -> tuple[Entry, ...]:
    """The entries that a translated copy of `article` gives, block by block.

    Both must have the same blocks in the same order; the first place where they part is an error.
    The pairs are reviewed translations if the user says so, and drafts to be reviewed otherwise.
    An address counts only where the copy's front matter gives one.
    """
    ours, theirs = _in_order(article), _in_order(translated)
    matcher = SequenceMatcher(None, _kinds(ours), _kinds(theirs), autojunk=False)
    for tag, mine, _, other, _ in matcher.get_opcodes():
        if tag != "equal":
            raise _blocks_differ(article.path, _block(article, ours, mine), _block(translated, theirs, other))
    flags = () if reviewed else ("fuzzy",)
    return tuple(
        Entry(mine.text, other.text, mine.context, flags=flags, place=mine.place)
        for mine, other in zip(ours, theirs, strict=True)
        if mine.kind is not Kind.SLUG or Kind.SLUG in translated.front
    )


def _in_order(article: Article) -> list[Segment]:
    """The front matter's keys may stand in any order; the blocks below may not."""
    front = [segment for segment in article.segments if segment.kind.is_front]
    body = [segment for segment in article.segments if not segment.kind.is_front]
    return sorted(front, key=lambda segment: segment.kind) + body


def _block(article: Article, segments: Sequence[Segment], index: int) -> tuple[Place, str]:
    if index >= len(segments):
        return Place(article.path), "(the end of the file)"
    return segments[index].place, f"{segments[index].kind}: {segments[index].text[:60]}"


def _kinds(segments: Sequence[Segment]) -> list[str]:
    return [segment.kind.value for segment in segments]


def _blocks_differ(path: str, mine: tuple[Place, str], other: tuple[Place, str]) -> ArticleError:
    return ArticleError(
        f"its blocks do not match those of {path}",
        place=other[0],
        name="blocks-differ",
        evidence="\n".join(f"{place}: {what}" for place, what in (mine, other)),
        remedy="give both the same headings, paragraphs, list items and cells in the same order",
    )


def merge_three(base: Catalog, ours: Catalog, theirs: Catalog) -> tuple[Catalog, int]:
    """`ours` with what `theirs` changed since `base`, entry by entry; and how many entries conflict.

    An entry that both sides changed differently is kept fuzzy with both translations in it, between
    marker lines as GNU msgcat writes them, so that neither is lost and a check reports it.
    """
    before = {entry.key: entry for entry in base.entries}
    mine = {entry.key: entry for entry in ours.entries}
    conflicts = 0
    merged: dict[tuple[str, str], Entry] = {}
    for entry in ours.entries:
        merged[entry.key] = entry
    for entry in theirs.entries:
        own, old = mine.get(entry.key), before.get(entry.key)
        if own is None:
            # Dropped by us and untouched by them stays dropped, unless it holds a translation.
            if old is None or entry != old or entry.translated:
                merged[entry.key] = entry if old is None or entry != old else replace(entry, obsolete=True)
        elif entry in (own, old):
            continue
        elif own == old:
            merged[entry.key] = entry
        else:
            merged[entry.key], clash = _both(own, entry, old)
            conflicts += clash
    return replace(ours, entries=_live_first(merged.values())), conflicts


def _both(own: Entry, other: Entry, old: Entry | None) -> tuple[Entry, int]:
    comments = _union(own.comments, other.comments)
    chosen = _uncontested(own, other, old)
    if chosen is not None:
        return replace(chosen, comments=comments), 0
    target = f"#-#-#-#-#  ours  #-#-#-#-#\n{own.target}\n#-#-#-#-#  theirs  #-#-#-#-#\n{other.target}"
    flags = ("fuzzy", *(flag for flag in own.flags if flag != "fuzzy"))
    return replace(own, target=target, flags=flags, comments=comments), 1


def _uncontested(own: Entry, other: Entry, old: Entry | None) -> Entry | None:
    """The side that a person wrote, if only one of them did; None where both did and differ."""
    if _is_old(own, old) or (_is_lesser(own) and not _is_lesser(other)):
        return other
    if _is_old(other, old) or _is_lesser(other) or _says(own) == _says(other):
        return own
    if (own.target, own.targets) == (other.target, other.targets):
        return other if own.fuzzy else own
    return None


def _is_old(entry: Entry, old: Entry | None) -> bool:
    return old is not None and _says(entry) == _says(old)


def _is_lesser(entry: Entry) -> bool:
    return not entry.translated or entry.is_machine_made


def _union(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return (*first, *(line for line in second if line not in first))


def _live_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.obsolete))
