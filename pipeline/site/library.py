"""All articles at once: where each stands in each language, what they are about, which links hold.

Made of cards only, so it is small and quick however many articles there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from pipeline.model import Finding, Place, Severity, fingerprint
from pipeline.render import Asset, Card, Link, Text
from pipeline.slugs import slugify
from pipeline.words import sort_key

TAKEN = ("topics", "404")
"""What no article can be called: the site has pages there itself."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What some articles are about, in one language."""

    text: Text
    path: str
    names: tuple[str, ...]
    """The articles, in order."""
    twin: str
    """The path of the same topic in the other language."""
    is_real: bool
    """Is it named in both languages?"""


@dataclass(frozen=True, slots=True)
class Library:
    """What a page may say of other pages."""

    languages: tuple[str, str]
    cards: Mapping[str, Card] = field(default_factory=dict)
    paths: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(language, name) → `en/leg-cramps/`, a path under the output folder."""
    topics: Mapping[str, Mapping[str, Topic]] = field(default_factory=dict)
    """Language → the topics by their names in small letters, in the order of the alphabet."""
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(
        cls, cards: Iterable[Card], languages: tuple[str, str], *, assets: Collection[str] = frozenset()
    ) -> Library:
        """The library of `cards`; `assets` are the files beside the articles."""
        by_name = {card.name: card for card in cards}
        paths, collisions = _paths(by_name.values(), languages)
        topics = _topics(by_name.values(), languages)
        library = cls(languages, by_name, paths, topics)
        findings = (*collisions, *_broken(library, frozenset(assets)))
        return cls(languages, by_name, paths, topics, tuple(dict.fromkeys(findings)))

    def other(self, lang: str) -> str:
        """The language that is not `lang`."""
        first, second = self.languages
        return second if lang == first else first

    def path(self, lang: str, name: str) -> str:
        """Where the article `name` stands in `lang`, also if there is none."""
        return self.paths.get((lang, name), f"{lang}/{name}/")

    def parallel(self, name: str) -> str:
        """Where both versions stand side by side."""
        return f"parallel/{name}/"

    def topic(self, lang: str, text: Text) -> Topic:
        """The topic that articles in `lang` call `text`."""
        return self.topics[lang][_key(text)]

    def related(self, name: str, lang: str, limit: int = 3) -> tuple[str, ...]:
        """Articles that a reader of `name` may want next: those it links to, then those on its topics."""
        head = self.cards[name].heads[lang]
        linked = [link.name for link in head.links if isinstance(link, Link)]
        alike = [peer for text in head.topics for peer in self.topic(lang, text).names]
        found = dict.fromkeys(peer for peer in (*linked, *alike) if peer in self.cards and peer != name)
        return tuple(found)[:limit]


def _paths(
    cards: Iterable[Card], languages: tuple[str, str]
) -> tuple[dict[tuple[str, str], str], list[Finding]]:
    """An address for each version; the one who comes first keeps it."""
    paths = dict[tuple[str, str], str]()
    findings = list[Finding]()
    cards = sorted(cards, key=lambda card: card.name)
    for lang in languages:
        taken = {slug: f"the site's own page /{lang}/{slug}/" for slug in TAKEN}
        # An original's address stands in the author's file; a translated one gives way.
        for card in sorted(cards, key=lambda card: card.lang != lang):
            wanted = card.heads[lang].slug
            slug = next(each for each in _choices(wanted, card.name) if each not in taken)
            if slug != wanted:
                findings.append(_collision(card, lang, wanted, taken[wanted]))
            taken[slug] = card.path
            paths[lang, card.name] = f"{lang}/{slug}/"
    return paths, findings


def _choices(wanted: str, name: str) -> Iterator[str]:
    yield from (wanted, name)
    yield from (f"{name}-{number}" for number in range(2, 1_000_000))


def _collision(card: Card, lang: str, wanted: str, owner: str) -> Finding:
    return Finding(
        "slug-taken",
        Severity.ERROR,
        f"the address {wanted!r} belongs to {owner} already",
        Place(card.path),
        card.name,
        lang,
        remedy="give one of the two another slug",
    )


def _topics(cards: Iterable[Card], languages: tuple[str, str]) -> dict[str, dict[str, Topic]]:
    """Topics are the same if their names in the language are."""
    ordered = sorted(cards, key=lambda card: card.name)
    paths = {lang: _topic_paths(lang, ordered) for lang in languages}
    return {lang: _topics_in(lang, ordered, paths) for lang in languages}


def _topic_paths(lang: str, cards: Iterable[Card]) -> dict[str, str]:
    paths = dict[str, str]()
    for text in (text for card in cards for text in card.heads[lang].topics):
        if _key(text) not in paths:
            path = f"{lang}/topics/{slugify(text.text) or fingerprint(text.text)}/"
            # Two names may look alike in an address, as Får and Far do.
            is_free = path not in paths.values()
            paths[_key(text)] = path if is_free else f"{path[:-1]}-{fingerprint(text.text)}/"
    return paths


def _topics_in(lang: str, cards: Iterable[Card], paths: Mapping[str, Mapping[str, str]]) -> dict[str, Topic]:
    (other,) = set(paths) - {lang}
    found = dict[str, Topic]()
    for card in cards:
        for text, twin in zip(card.heads[lang].topics, card.heads[other].topics, strict=True):
            is_real = text.lang == lang and twin.lang == other
            topic = Topic(text, paths[lang][_key(text)], (), paths[other][_key(twin)], is_real)
            known = found.get(_key(text), topic)
            better = known if known.is_real or not is_real else topic
            names = dict.fromkeys((*known.names, card.name))
            found[_key(text)] = replace(better, names=tuple(names))
    alphabet = sort_key(lang)
    return dict(sorted(found.items(), key=lambda item: alphabet(item[1].text.text)))


def _key(text: Text) -> str:
    return text.text.casefold()


def _broken(library: Library, assets: frozenset[str]) -> Iterator[Finding]:
    for name, card in library.cards.items():
        for lang, head in card.heads.items():
            for link in head.links:
                problem = _problem(library, card, lang, link, assets)
                if problem:
                    message, remedy = problem
                    yield Finding("broken-link", Severity.ERROR, message, link.place, name, remedy=remedy)


def _problem(
    library: Library, card: Card, lang: str, link: Link | Asset, assets: frozenset[str]
) -> tuple[str, str] | None:
    if isinstance(link, Asset):
        if link.path in assets:
            return None
        return f"there is no file {link.path!r} beside the articles", "correct the address, or add the file"
    target = library.cards.get(link.name or card.name)
    if target is None:
        return f"there is no article {link.name!r}", "correct the address: the file's name, as other.md"
    if link.fragment and link.fragment not in target.heads[lang].anchors:
        known = f"{target.path} has no block with the id {link.fragment!r}"
        return known, "correct what follows the #, or give the heading that id: ## Heading {#id}"
    return None


def address(path: str) -> str:
    """`path` as a part of a web address."""
    return quote(path, safe="/-_.~")
