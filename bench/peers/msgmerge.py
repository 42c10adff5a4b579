"""GNU msgmerge: one catalog of all articles; its time grows with the square where it looks for near texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.ground import Ground
from bench.measure import Step, Work
from bench.peers.peer import Peer, program


def catalog(ground: Ground) -> Iterator[Step]:
    """Merge with the next revision, keeping previous texts."""
    old, new = ground.catalogs()
    command = ("msgmerge", "--quiet", "--previous", "-o", ground.folder / "msgmerge.po", old, new)
    yield Step(Work.MERGE, (command,))


MSGMERGE = Peer(
    "GNU msgmerge",
    partial(program, "msgmerge", "--version"),
    (catalog,),
    "merges catalogs and does nothing else",
)
