"""What a build finds out, and keeps for the next one."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.drafted import Lacking
from pipeline.progress import Row
from pipeline.render import Card
from pipeline.site import Face
from pipeline.stages.project import Project
from pipeline.stages.translate import Phrase
from pipeline.store import digest

SIZE = 8
"""Bytes of a token."""


@dataclass(frozen=True, slots=True)
class Record:
    """What was found out of one article and its catalogs."""

    card: Card | None = None
    """None: a name with catalogs only."""
    face: Face = (b"", b"")
    """What other pages show of it."""
    assets: tuple[str, ...] = ()
    """The files beside the articles that it shows or links to."""
    rejected: int = 0
    faults: int = 0
    """Errors of catalogs that are in no entry."""
    warnings: int = 0
    wanting: tuple[int, ...] = ()
    """The tokens of what no engine and no memory could draft."""
    offers: bytes = b""
    """The tokens of what its catalogs know a translation of, in a row: many records are in memory together."""
    lacking: tuple[Lacking, ...] = ()
    engines: bytes = b""
    """The hash of those that were asked."""
    rows: tuple[Row, ...] = ()
    """How far its catalogs are."""


def token(phrase: Phrase) -> int:
    """A short name of a text in one direction."""
    return int.from_bytes(digest(*phrase)[:SIZE], sys.byteorder)


def row(tokens: Iterable[int]) -> bytes:
    """Tokens written one after the other, each once."""
    return array("Q", sorted(set(tokens))).tobytes()


def tokens(row: bytes) -> frozenset[int]:
    """They."""
    return frozenset(memoryview(row).cast("Q"))


def body_of(content: bytes) -> bytes:
    """The key of an article's two versions; they are kept apart, for they are large and seldom needed."""
    return digest("body", content)


def alone_in(whole: Project, name: str) -> Project:
    """The project of one name and its catalogs as they stand on disk."""
    article = whole.article(name)
    disk = {key: whole.disk[key] for key in whole.catalogs_of(name) if key in whole.disk}
    catalogs = {key: catalog for key, (_, catalog) in disk.items()}
    return replace(whole, articles=(article,) if article else (), catalogs=catalogs, disk=disk)
