"""What rendering gives: both versions of an article as rows of parts, ready for any page.

A body is HTML, broken only where a page must decide: the words of a mark, the address of a link.
Nothing here knows of templates, of other articles, or of where the site is served.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.model import NOWHERE, Place


class Status(StrEnum):
    """What a reader is told of a block: the state of its entry, or that it needs none."""

    ORIGINAL = "original"
    REVIEWED = "reviewed"
    MACHINE = "machine"
    DRAFT = "draft"
    STALE = "stale"
    MISSING = "missing"
    REJECTED = "rejected"

    @property
    def is_plain(self) -> bool:
        """Needs it no mark?"""
        return self in (Status.ORIGINAL, Status.REVIEWED)

    @property
    def is_translation(self) -> bool:
        """Was it put into the page's language by somebody or something?"""
        return self in (Status.REVIEWED, Status.MACHINE, Status.DRAFT, Status.STALE)


@dataclass(frozen=True, slots=True)
class Link:
    """The address of another article, to be filled in for the reader's language."""

    name: str
    """The other article's file name without its ending; empty: this article."""
    fragment: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Asset:
    """The address of a file that lies beside the articles."""

    path: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Label:
    """A word that the page says in its own language, such as the name of an admonition."""

    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a block says that no person has checked it."""

    status: Status
    lang: str
    """The language of the original."""
    original: tuple[str | Link | Asset, ...] = ()
    """The original on demand; empty where the original is what the reader sees."""
    is_small: bool = False
    """Does it stand where there is little room, as in a table's cell?"""


Part = str | Mark | Link | Asset | Label


@dataclass(frozen=True, slots=True)
class Text:
    """A text without markup, and what the reader is told of it."""

    text: str
    lang: str
    status: Status = Status.ORIGINAL
    original: str = ""
    """What `text` is a translation of, if it is one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the table of contents."""

    level: int
    anchor: str
    text: str
    lang: str
    below: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What other pages need to know of one version."""

    lang: str
    slug: str
    """The address it would like to have."""
    title: Text
    description: Text
    topics: tuple[Text, ...]
    blocks: Mapping[Status, int]
    words: Mapping[Status, int]
    """Words of the shown text, by status."""
    anchors: str
    """The ids of its blocks, one a line: many articles' are in memory together."""
    links: tuple[Link | Asset, ...]
    models: tuple[str, ...] = ()
    """What drafted the translations that no person has read."""
    searched: bytes = b""
    """The hash of all that a search finds in it and says of it."""

    def has(self, anchor: str) -> bool:
        """Is there a block with this id?"""
        return f"\n{anchor}\n" in f"\n{self.anchors}"

    @property
    def speaks(self) -> bool:
        """Is anything there in its language?"""
        foreign = self.words.get(Status.MISSING, 0) + self.words.get(Status.REJECTED, 0)
        return self.title.lang == self.lang or sum(self.words.values()) > foreign

    @property
    def is_real(self) -> bool:
        """Is it a version in its language, not the other language under another address?"""
        foreign = self.words.get(Status.MISSING, 0) + self.words.get(Status.REJECTED, 0)
        return self.title.lang == self.lang and 2 * foreign <= sum(self.words.values())


@dataclass(frozen=True, slots=True)
class Version:
    """An article in one language."""

    head: Head
    toc: tuple[Heading, ...]
    body: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An article without its bodies: small, so that thousands fit in memory."""

    name: str
    """The file name without its ending: what links call it."""
    path: str
    lang: str
    dated: date | None
    heads: Mapping[str, Head]
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language → addresses that lead here: those it was given, today's among them, and those its author names."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """An article in both languages."""

    card: Card
    versions: Mapping[str, Version]
