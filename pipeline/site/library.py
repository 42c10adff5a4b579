"""All articles at once: where each stands in each language, what they are about, which links hold.

Made of cards only, so it is small and quick however many articles there are.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.model import Finding, Phrase, Place, Severity
from pipeline.render import Card, Link, Text
from pipeline.site import links, subjects
from pipeline.site.status import Report
from pipeline.site.subjects import Group, Topic
from pipeline.store import digest

TAKEN = ("topics", "search", "404")
"""What no article can be called: the site has pages there itself."""


NEWEST = 20
"""So many articles a feed has."""


@dataclass(frozen=True, slots=True)
class Face:
    """What other pages show of an article, as hashes."""

    said: bytes = b""
    """What it says of itself: its names, addresses, titles, topics."""
    states: bytes = b""
    """How far its versions are reviewed."""
    found: Mapping[str, bytes] = field(default_factory=dict)
    """Language → what a search finds, where anything is in the language."""

    @classmethod
    def of(cls, card: Card) -> Face:
        """The face of an article."""
        heads = [(lang, card.heads[lang]) for lang in sorted(card.heads)]
        said = [
            (
                lang,
                head.slug,
                head.is_real,
                *((t.text, t.lang) for t in (head.title, head.description, *head.topics)),
            )
            for lang, head in heads
        ]
        of_card = card.name, card.path, card.lang, str(card.dated), sorted(card.former.items())
        states = [Report.of(head, card.lang).told for _, head in heads]
        found = {lang: head.searched for lang, head in heads if head.speaks}
        return cls(digest(repr((of_card, said))), digest(repr(states)), found)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each article stands, and which ones lists show.  Law: cards that say the same make the same plan."""

    paths: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(language, name) → `en/leg-cramps/`, a path under the output folder."""
    topics: Mapping[str, Mapping[str, Topic]] = field(default_factory=dict)
    """Language → the topics by their names in small letters, in the order of the alphabet."""
    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    """Language → what its first page shows."""
    newest: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language → what its feed shows."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """A former path of an article → today's, as `sv/old/` → `sv/new/`."""
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, cards: Mapping[str, Card], languages: tuple[str, str]) -> Plan:
        """The plan for `cards`, by their names."""
        every = list(cards.values())
        paths, collisions = _paths(every, languages)
        moved, lost = _moved({card.name: card for card in every}, languages, paths)
        topics = subjects.topics(every, languages)
        groups = {lang: tuple(subjects.groups(every, lang, topics[lang])) for lang in languages}
        newest = {lang: _newest(every, lang) for lang in languages}
        return cls(paths, topics, groups, newest, moved, (*collisions, *lost))


@dataclass(frozen=True)
class Library:
    """What a page may say of other pages."""

    languages: tuple[str, str]
    cards: Mapping[str, Card]
    faces: Mapping[str, Face]
    plan: Plan
    findings: tuple[Finding, ...] = ()
    _reports: dict[tuple[str, str], Report] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls, cards: Iterable[Card], languages: tuple[str, str], *, assets: Collection[str] = frozenset()
    ) -> Library:
        """The library of `cards`; `assets` are the files beside the articles."""
        by_name = {card.name: card for card in cards}
        faces = {name: Face.of(card) for name, card in by_name.items()}
        plan = Plan.of(by_name, languages)
        broken = (each for card in by_name.values() for each in links.broken(card, by_name, assets))
        return cls(languages, by_name, faces, plan, tuple(dict.fromkeys((*plan.findings, *broken))))

    @cached_property
    def said(self) -> bytes:
        """The hash of all that the articles say of themselves."""
        return said_by(self.faces.values())

    def listed(self, lang: str, names: Collection[str]) -> bytes:
        """The hash of all that a list of these articles shows."""
        faces = [self.faces[name] for name in names]
        hashes = b"".join(face.said for face in faces), b"".join(face.states for face in faces)
        return digest("\n".join(self.path(lang, name) for name in names), *hashes)

    def other(self, lang: str) -> str:
        """The language that is not `lang`."""
        first, second = self.languages
        return second if lang == first else first

    def path(self, lang: str, name: str) -> str:
        """Where the article `name` stands in `lang`, also if there is none."""
        return self.plan.paths.get((lang, name), f"{lang}/{name}/")

    def parallel(self, name: str) -> str:
        """Where both versions stand side by side."""
        return f"parallel/{name}/"

    def book(self, lang: str, name: str) -> str:
        """Where the article stands as an e-book; without a language, in both."""
        here = self.path(lang, name) if lang else self.parallel(name)
        return f"{here}{here.strip('/').rpartition('/')[2]}.epub"

    def report(self, lang: str, card: Card) -> Report:
        """How the version of an article stands."""
        key = lang, card.name
        if key not in self._reports:
            self._reports[key] = Report.of(card.heads[lang], card.lang)
        return self._reports[key]

    def topic(self, lang: str, text: Text) -> Topic:
        """The topic that articles in `lang` call `text`."""
        return self.plan.topics[lang][subjects.key(text)]

    def related(self, name: str, lang: str, limit: int = 3) -> tuple[str, ...]:
        """Articles that a reader of `name` may want next: those it links to, then those on its topics."""
        head = self.cards[name].heads[lang]
        linked = [link.name for link in head.links if isinstance(link, Link)]
        alike = [
            peer for text in head.topics for peer in _after(name, self.topic(lang, text).names, limit + 1)
        ]
        found = dict.fromkeys(peer for peer in (*linked, *alike) if peer in self.cards and peer != name)
        return tuple(found)[:limit]


def said_by(faces: Iterable[Face]) -> bytes:
    """The hash of all that articles say of themselves."""
    return digest(*(face.said for face in faces))


def _newest(cards: Iterable[Card], lang: str) -> tuple[str, ...]:
    """The newest real versions, dated in one order."""
    dated = [(card.dated, card.name) for card in cards if card.dated and card.heads[lang].is_real]
    return tuple(name for _, name in sorted(dated, reverse=True)[:NEWEST])


def _after(name: str, names: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The next ones after `name` in the round, so that each article is somebody's next."""
    start = bisect(names, name)
    return (names[start : start + number] + names)[:number]


def _paths(
    cards: Iterable[Card], languages: tuple[str, str]
) -> tuple[dict[tuple[str, str], str], list[Finding]]:
    """An address for each version; the one who comes first keeps it."""
    paths = dict[tuple[str, str], str]()
    findings = list[Finding]()
    cards = sorted(cards, key=lambda card: card.name)
    for lang in languages:
        taken: dict[str, str] = {slug: _own(lang, slug) for slug in TAKEN}
        # An original's address stands in the author's file; a translated one gives way.
        for card in sorted(cards, key=lambda card: card.lang != lang):
            wanted = card.heads[lang].slug
            slug = next(each for each in _choices(wanted, card.name) if each not in taken)
            if slug != wanted:
                findings.append(_collision(card, lang, wanted, taken[wanted]))
            taken[slug] = card.path
            paths[lang, card.name] = f"{lang}/{slug}/"
    return paths, findings


def _moved(
    cards: Mapping[str, Card], languages: tuple[str, str], paths: Mapping[tuple[str, str], str]
) -> tuple[dict[str, str], list[Finding]]:
    """Where former addresses lead; a page goes before them, and of two articles the first one."""
    moved = dict[str, str]()
    findings = list[Finding]()
    for lang in languages:
        owners: dict[str, str] = {f"{lang}/{slug}/": _own(lang, slug) for slug in TAKEN}
        owners |= {paths[lang, name]: card.path for name, card in cards.items()}
        for name, card in sorted(cards.items()):
            here = paths[lang, name]
            for old in dict.fromkeys(card.former.get(lang, ())):
                path = f"{lang}/{old}/"
                owner = owners.setdefault(path, card.path)
                if owner != card.path:
                    findings.append(_lost(card, lang, old, owner))
                elif path != here:
                    moved[path] = here
        # A translation had the original's address before it got its own.
        for name, card in sorted(cards.items()):
            path = f"{lang}/{card.heads[card.lang].slug}/"
            if path not in owners:
                moved.setdefault(path, paths[lang, name])
    return moved, findings


def _own(lang: str, slug: str) -> Phrase:
    return Phrase("the site's own page /{lang}/{slug}/", lang=lang, slug=slug)


def _lost(card: Card, lang: str, old: str, owner: str) -> Finding:
    return Finding(
        "former-address-taken",
        Severity.WARNING,
        Phrase(
            "the former address /{lang}/{old}/ does not lead here: it belongs to {owner}",
            lang=lang,
            old=old,
            owner=owner,
        ),
        Place(card.path),
        card.name,
        lang,
        remedy=Phrase(
            "give that article another slug, or take the address from `aliases` or the slug's entry here"
        ),
    )


def _choices(wanted: str, name: str) -> Iterator[str]:
    yield from (wanted, name)
    yield from (f"{name}-{number}" for number in range(2, 1_000_000))


def _collision(card: Card, lang: str, wanted: str, owner: str) -> Finding:
    return Finding(
        "slug-taken",
        Severity.ERROR,
        Phrase("the address {wanted!r} belongs to {owner} already", wanted=wanted, owner=owner),
        Place(card.path),
        card.name,
        lang,
        remedy=Phrase("give one of the two another slug"),
    )
