"""How Tvilling does what the others do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pipeline
from bench.ground import Ground, prepare
from bench.measure import ROOT, Command, Step, Work
from bench.peers.peer import Peer, builds


def _tvilling(root: Path, command: str) -> tuple[Command]:
    return ((sys.executable, "-m", "pipeline", "-C", root, command),)


def _work(what: str, *paths: Path) -> tuple[Command]:
    return ((sys.executable, "-m", "bench.work", what, *paths),)


def project(ground: Ground) -> Iterator[Step]:
    """The whole of it.

    A build updates, checks, and renders both versions, the parallel pages, e-books, feeds and lists.
    After the template edit every page is rendered anew and all findings are known.  The next revision is
    `tvilling update`, which looks for texts that are nearly the same.
    """
    root = ground.folder / "ours"
    shutil.copytree(ground.folder / "now", root)
    yield Step(Work.EXTRACT, _tvilling(root, "update"))
    prepare("translate", root)
    yield Step(Work.MARKDOWN, _work("weave", root, root.with_name("woven")))
    (root / "templates").mkdir()
    base = shutil.copy(ROOT / "templates" / "base.html", root / "templates")
    yield from builds(_tvilling(root, "build"), root / "source_texts" / f"{ground.edited}.md", Path(base))
    ground.revise(root / "source_texts")
    yield Step(Work.UPDATE, _tvilling(root, "update"))


def catalog(ground: Ground) -> Iterator[Step]:
    """One catalog of everything, merged with the texts of the next revision, as msgmerge does."""
    old, new = ground.catalogs()
    yield Step(Work.MERGE, _work("merge", old, new, ground.folder / "ours.po"))


OURS = Peer("Tvilling", lambda: pipeline.__version__, (project, catalog), "")
