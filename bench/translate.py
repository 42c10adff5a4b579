"""Sentences per second of an Argos package: `python bench/translate.py PACKAGE.argosmodel TEXT [N]`.

TEXT has one sentence a line.  Shown are the engine alone, drafting with all checks, and drafting once
more from the journal; with the peak of memory at each point.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipeline import engines
from pipeline.engines import Setup
from pipeline.engines.argos import packages
from pipeline.journal import Journal
from pipeline.model import Catalog, Entry
from pipeline.translate import Job, draft


def show(what: str, count: int, start: float) -> None:
    """One line of the table."""
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<28}{seconds:8.2f} s{count / seconds:9.1f} sentences/s{peak:8.0f} MB")


def main(package: Path, text: Path, count: int) -> None:
    """Measure in an empty project."""
    lines = [line for line in text.read_text("utf-8").splitlines() if line.strip()][:count]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        setup = Setup(folder / "models", folder / "cache", packages=folder / "packages")
        setup.models.mkdir()
        shutil.copy(package, setup.models)
        start = time.perf_counter()
        (found,) = (item for item in packages.candidates(setup) if isinstance(item, packages.Package))
        engine = engines.load("argos", *found.direction, setup)
        assert engine
        engine.translate(["Hello."])
        show("load", 1, start)
        start = time.perf_counter()
        engine.translate(lines)
        show("engine", len(lines), start)
        start = time.perf_counter()
        engine.align(lines[:100])
        show("engine, with alignment", len(lines[:100]), start)
        source, target = found.direction
        job = Job(Catalog(target, tuple(Entry(line) for line in dict.fromkeys(lines))), source)
        with Journal.open(folder / "drafts.sqlite") as journal:
            for what in ("draft", "draft, from the journal"):
                start = time.perf_counter()
                result = draft([job], ["argos"], lambda *_: engine, journal=journal)
                show(what, len(lines), start)
        rungs = Counter(e.draft.detail if e.draft else "missing" for e in result.catalogs[0].entries)
        print(", ".join(f"{rung}: {number}" for rung, number in rungs.most_common()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1000)
