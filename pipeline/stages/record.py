"""What a build finds out, and keeps for the next one."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.drafted import Lacking
from pipeline.model import Finding
from pipeline.render import Asset, Card, Link
from pipeline.site import Face, Plan
from pipeline.stages.project import Project
from pipeline.stages.translate import Phrase
from pipeline.store import Store, digest

KEY = digest("memo")
SIZE = 8
"""Bytes of a token."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a build has to know of every article: small, for there may be many."""

    name: str = ""
    """What links call it; empty: there are catalogs only."""
    face: Face = field(default_factory=Face)
    """What other pages show of it."""
    assets: tuple[str, ...] = ()
    """The files beside the articles that it shows or links to."""
    anchors: bytes = b""
    """The hash of the ids that others may link to."""
    aims: tuple[str, ...] = ()
    """The other articles to one of whose ids it links."""
    rejected: int = 0
    faults: int = 0
    """Errors of catalogs that are in no entry."""
    warnings: int = 0
    wanting: tuple[int, ...] = ()
    """The tokens of what no engine and no memory could draft."""
    lacking: tuple[Lacking, ...] = ()
    engines: bytes = b""
    """The hash of those that were asked."""

    @classmethod
    def of(cls, card: Card) -> Record:
        """The record of an article with this card."""
        links = [link for head in card.heads.values() for link in head.links]
        assets = {link.path for link in links if isinstance(link, Asset)}
        aims = {link.name for link in links if isinstance(link, Link) and link.fragment} - {"", card.name}
        anchors = digest(*(head.anchors for _, head in sorted(card.heads.items())))
        return cls(card.name, Face.of(card), tuple(sorted(assets)), anchors, tuple(sorted(aims)))


@dataclass(frozen=True, slots=True)
class Memo:
    """What the last build found out of all articles together."""

    records: Mapping[bytes, Record] = field(default_factory=dict)
    """What decides it → the record of an article."""
    seen: Mapping[bytes, bytes] = field(default_factory=dict)
    """What decides it → the hash of what an article's pages take from others."""
    broken: Mapping[bytes, tuple[Finding, ...]] = field(default_factory=dict)
    """What decides it → the links of an article that lead nowhere."""
    said: bytes = b""
    plan: Plan = field(default_factory=Plan)
    """Of articles that said this."""

    @classmethod
    def of(cls, store: Store) -> Memo:
        """What the last build left."""
        return store.get(KEY) or cls()

    def keep(self, store: Store) -> None:
        """Leave it to the next one."""
        store.keep({KEY: self})
        store.recent[KEY] = self


@dataclass(frozen=True)
class Cards(Mapping[str, Card]):
    """The articles' cards, each read when it is asked for."""

    names: Mapping[str, str]
    """What links call an article → its name."""
    read: Callable[[str], Card]

    def __getitem__(self, name: str) -> Card:
        return self.read(self.names[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names


def token(phrase: Phrase) -> int:
    """A short name of a text in one direction."""
    return int.from_bytes(digest(*phrase)[:SIZE], sys.byteorder)


def row(tokens: Iterable[int]) -> bytes:
    """Tokens written one after the other, each once."""
    return array("Q", sorted(set(tokens))).tobytes()


def tokens(row: bytes) -> frozenset[int]:
    """They."""
    return frozenset(memoryview(row).cast("Q"))


def card_of(content: bytes) -> bytes:
    """The key of an article's card.  It is kept apart, as all is that is seldom needed of most articles."""
    return b"card" + content


def body_of(content: bytes) -> bytes:
    """The key of an article's two versions."""
    return b"body" + content


def offers_of(content: bytes) -> bytes:
    """The key of the tokens of what its catalogs know a translation of, in a row."""
    return b"offers" + content


def rows_of(content: bytes) -> bytes:
    """The key of how far its catalogs are."""
    return b"rows" + content


def alone_in(whole: Project, name: str) -> Project:
    """The project of one name and its catalogs as they stand on disk."""
    article = whole.article(name)
    disk = {key: whole.disk[key] for key in whole.catalogs_of(name) if key in whole.disk}
    catalogs = {key: catalog for key, (_, catalog) in disk.items()}
    return replace(whole, articles=(article,) if article else (), catalogs=catalogs, disk=disk)
