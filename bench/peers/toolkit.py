"""Translate Toolkit: one run for a folder, a catalog for each article.

The next revision is `md2po` and `pot2po`, which looks for texts that are nearly the same (with
rapidfuzz, its quick way).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.ground import Ground, prepare
from bench.measure import Command, Step, Work
from bench.peers.peer import PYTHON, Peer, packages


def catalogs(ground: Ground) -> Iterator[Step]:
    """Extract, write the translated Markdown, merge the next revision."""
    folder = ground.folder / "toolkit"
    texts = ground.texts(folder / "texts")
    po, pot = folder / "po", folder / "pot"

    def convert(name: str, *arguments: object) -> Command:
        """A program of theirs; mdpo has two of the same name."""
        return (PYTHON, "-m", f"translate.convert.{name}", "--progress=none", *map(str, arguments))

    yield Step(Work.EXTRACT, (convert("md2po", texts, po),))
    prepare("answer", po)
    yield Step(Work.MARKDOWN, (convert("po2md", "-t", texts, po, folder / "sv"),))
    ground.revise(texts)
    merge = convert("pot2po", "-t", po, pot, folder / "merged")
    yield Step(Work.UPDATE, (convert("md2po", "-P", texts, pot), merge))


TOOLKIT = Peer(
    "Translate Toolkit",
    partial(packages, "translate-toolkit"),
    (catalogs,),
    "no checks here (its pofilter is another command)",
)
