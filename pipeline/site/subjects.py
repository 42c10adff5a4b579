"""What the articles are about: topics, named in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.model import fingerprint
from pipeline.render import Card, Text
from pipeline.slugs import slugify
from pipeline.words import sort_key

ROOM = 100
"""So many articles are on one page, for readers with little patience or a slow line."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What some articles are about, in one language."""

    text: Text
    path: str
    names: tuple[str, ...]
    """The articles, in order of their names."""
    twin: str
    """The path of the same topic in the other language."""
    is_real: bool
    """Is it named in both languages?"""


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that the first page of a language lists under a topic."""

    topic: Topic | None
    names: tuple[str, ...]
    more: int
    """How many there are with the topic if the list leaves any out; else 0."""


def groups(cards: Iterable[Card], lang: str, topics: Mapping[str, Topic]) -> Iterator[Group]:
    """Each article once, under its first topic; those without any at the end.  Of a large library the newest."""
    first = dict[str, list[Card]]()
    for card in cards:
        of_card = card.heads[lang].topics
        first.setdefault(key(of_card[0]) if of_card else "", []).append(card)
    number = sum(map(len, first.values()))
    share = max(ROOM // len(first), 1) if number > ROOM else ROOM
    for name, topic in topics.items():
        if found := first.pop(name, []):
            chosen = _newest(found, share)
            yield Group(topic, chosen, len(topic.names) if len(chosen) < len(found) else 0)
    for found in first.values():  # there is no other page that lists them
        yield Group(None, tuple(card.name for card in found), 0)


def _newest(cards: Sequence[Card], number: int) -> tuple[str, ...]:
    if len(cards) > number:
        cards = sorted(cards, key=lambda card: card.dated or date.min, reverse=True)[:number]
    return tuple(card.name for card in cards)


def topics(cards: Iterable[Card], languages: tuple[str, str]) -> dict[str, dict[str, Topic]]:
    """Topics are the same if their names in the language are."""
    ordered = sorted(cards, key=lambda card: card.name)
    paths = {lang: _paths(lang, ordered) for lang in languages}
    return {lang: _topics_in(lang, ordered, paths) for lang in languages}


def _paths(lang: str, cards: Iterable[Card]) -> dict[str, str]:
    paths = dict[str, str]()
    taken = set[str]()
    for text in (text for card in cards for text in card.heads[lang].topics):
        if key(text) not in paths:
            name = slugify(text.text) or fingerprint(text.text)
            # Two names may look alike in an address, as Får and Far do.
            name = f"{name}-{fingerprint(text.text)}" if name in taken else name
            taken.add(name)
            paths[key(text)] = f"{lang}/topics/{name}/"
    return paths


def _topics_in(lang: str, cards: Iterable[Card], paths: Mapping[str, Mapping[str, str]]) -> dict[str, Topic]:
    (other,) = set(paths) - {lang}
    found = dict[str, Topic]()
    names = dict[str, dict[str, None]]()
    for card in cards:
        for text, twin in zip(card.heads[lang].topics, card.heads[other].topics, strict=True):
            is_real = text.lang == lang and twin.lang == other
            topic = Topic(
                Text(text.text, text.lang), paths[lang][key(text)], (), paths[other][key(twin)], is_real
            )
            if is_real and not found.get(key(text), topic).is_real:
                found[key(text)] = topic
            found.setdefault(key(text), topic)
            names.setdefault(key(text), {})[card.name] = None
    alphabet = sort_key(lang)
    ordered = sorted(found, key=lambda each: alphabet(found[each].text.text))
    return {each: replace(found[each], names=tuple(names[each])) for each in ordered}


def key(text: Text) -> str:
    """What a topic is known by."""
    return text.text.casefold()
