"""mdpo: its functions in one process for all files, a catalog for each article.

With one catalog for all its time grows with the square.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.ground import Ground, prepare
from bench.measure import Command, Step, Work
from bench.peers.peer import PYTHON, Peer, packages

EXTRACT = """
import pathlib, sys
from mdpo.md2po import markdown_to_pofile
texts, folder = map(pathlib.Path, sys.argv[1:])
folder.mkdir(exist_ok=True)
for path in sorted(texts.iterdir()):
    markdown_to_pofile(str(path), save=True, po_filepath=str(folder / f"{path.stem}.po"))
"""
TRANSLATE = """
import pathlib, sys
from mdpo.po2md import pofile_to_markdown
texts, folder, to = map(pathlib.Path, sys.argv[1:])
to.mkdir()
for path in sorted(texts.iterdir()):
    pofile_to_markdown(str(path), str(folder / f"{path.stem}.po"), save=str(to / path.name))
"""


def catalogs(ground: Ground) -> Iterator[Step]:
    """Extract, write the translated Markdown, extract the next revision into the same catalogs."""
    folder = ground.folder / "mdpo"
    texts, po = ground.texts(folder / "texts"), folder / "po"

    def script(code: str, *paths: Path) -> tuple[Command]:
        return ((PYTHON, "-c", code, *paths),)

    yield Step(Work.EXTRACT, script(EXTRACT, texts, po))
    prepare("answer", po)
    yield Step(Work.MARKDOWN, script(TRANSLATE, texts, po, folder / "sv"))
    ground.revise(texts)
    yield Step(Work.UPDATE, script(EXTRACT, texts, po))


MDPO = Peer(
    "mdpo",
    partial(packages, "mdpo"),
    (catalogs,),
    "keeps translations of unchanged texts only, with no look for near ones; no checks",
)
