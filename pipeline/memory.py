"""What was translated before, in any article and in either direction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath

from pipeline.model import Catalog, Draft, Entry, Kind, State
from pipeline.near import Index


@dataclass(frozen=True, slots=True)
class Match:
    """A translation that is known, for a text equal to the one asked for or like it."""

    source: str
    target: str
    context: str = ""
    article: str = ""
    reviewed: bool = False
    reversed: bool = False
    """Is it a translation in the other direction, read backwards?"""
    score: float = 1.0
    """How alike the source is to the text asked for; 1 only if it is equal."""


@dataclass
class Memory:
    """The translations of all catalogs.  What a machine drafted and nobody touched is not among them."""

    _pairs: dict[tuple[str, str], _Pairs] = field(default_factory=dict)
    """(from, into) → what is known."""

    @classmethod
    def of(cls, catalogs: Iterable[tuple[str, Catalog]]) -> Memory:
        """The memory of catalogs, each with the language of its sources."""
        found = defaultdict[tuple[str, str], list[Match]](list)
        for source_lang, catalog in catalogs:
            article = PurePath(catalog.path).stem
            for match in _matches(catalog, article):
                found[source_lang, catalog.lang].append(match)
                if match.reviewed:
                    back = replace(match, source=match.target, target=match.source, reversed=True)
                    found[catalog.lang, source_lang].append(back)
        return cls({languages: _Pairs(matches) for languages, matches in found.items()})

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """What it knows a translation of, as (from, into, text)."""
        for (source_lang, target_lang), pairs in self._pairs.items():
            yield from ((source_lang, target_lang, match.source) for match in pairs.matches)

    def exact(self, source: str, context: str, source_lang: str, target_lang: str) -> Match | None:
        """The best translation of exactly this text.

        Reviewed before unreviewed, of this direction before reversed, of the same context before
        others; then what was chosen most often, and of equals the first.
        """
        pairs = self._pairs.get((source_lang, target_lang))
        known = pairs.by_source.get(source, []) if pairs and context != Kind.SLUG else []
        targets = [match.target for match in known]
        return max(
            known,
            key=lambda m: (m.reviewed, not m.reversed, m.context == context, targets.count(m.target)),
            default=None,
        )

    def near(
        self, source: str, source_lang: str, target_lang: str, *, cutoff: float = 0.75, limit: int = 5
    ) -> list[Match]:
        """Translations of texts like this one, best first, to be offered to a person; no equal ones.

        They are no drafts: a text that is nearly the same may say the opposite.
        """
        pairs = self._pairs.get((source_lang, target_lang))
        if pairs is None:
            return []
        found = pairs.index.matches(source, cutoff, limit + len(pairs.by_source.get(source, ())))
        near = (replace(pairs.unequal[index], score=score) for index, score in found)
        return [match for match in near if match.source != source][:limit]

    def draft(self, entry: Entry, source_lang: str, target_lang: str) -> Entry | None:
        """The missing `entry` with the translation of exactly its text, if one is known.

        A reviewed translation of the same (context, source) is taken over as reviewed; any other
        one is a draft.  Entries with a plural are left to people.
        """
        match = self.exact(entry.source, entry.context, source_lang, target_lang)
        if match is None or entry.plural:
            return None
        if match.reviewed and not match.reversed and match.context == entry.context:
            return replace(entry, target=match.target)
        draft = Draft.of("memory", "_".join(match.article.split()) or "-", match.target)
        return replace(entry, target=match.target, flags=("fuzzy", *entry.flags), draft=draft)


@dataclass
class _Pairs:
    """What is known in one direction."""

    matches: list[Match]

    @cached_property
    def by_source(self) -> dict[str, list[Match]]:
        found = defaultdict[str, list[Match]](list)
        for match in self.matches:
            found[match.source].append(match)
        return dict(found)

    @cached_property
    def unequal(self) -> list[Match]:
        """One of each (source, target), the reviewed ones first."""
        found = dict[tuple[str, str], Match]()
        for match in sorted(self.matches, key=lambda match: (not match.reviewed, match.reversed)):
            found.setdefault((match.source, match.target), match)
        return list(found.values())

    @cached_property
    def index(self) -> Index:
        return Index([match.source for match in self.unequal])


def _matches(catalog: Catalog, article: str) -> Iterator[Match]:
    for entry in catalog.entries:
        if not entry.target or entry.context == Kind.SLUG or entry.is_machine_made:
            continue
        if entry.state is State.STALE:
            yield Match(entry.previous, entry.target, entry.previous_context, article)
        else:
            yield Match(entry.source, entry.target, entry.context, article, entry.state is State.REVIEWED)
