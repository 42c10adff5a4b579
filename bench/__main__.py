"""Ours beside the others, in one run on this machine: `make bench`, or `python -m bench [N …]`.

Only the ratios within one run mean something: other work on the machine slows all alike.  What is
measured is CPU time (all processes of a command together) and the peak of memory of its largest process:
this one stays small, for a new process inherits the peak of the one that starts it.
`bench/precision.py` and `bench/translate.py` measure checks and engines; they run here too if they are
given what they need: BENCH_PAIRS, a folder of sentence pairs; BENCH_MODEL and BENCH_TEXT.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pipeline
from bench import corpus, peers
from bench.peers import HUGO_, MDPO, MSGMERGE, PO4A, TOOLKIT

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "RESULTS.md"
SLOW = 200
"""Beyond so many articles no catalog is merged by those whose time grows with its square."""
OURS = "Tvilling"


@dataclass(frozen=True, slots=True)
class Row:
    """One command, measured."""

    work: str
    who: str
    number: int
    seconds: float
    memory: float
    """Megabytes."""


def run(*command: object, where: Path = ROOT) -> tuple[float, float]:
    """CPU seconds and megabytes of a command."""
    process = subprocess.Popen(
        list(map(str, command)), cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr
    said = process.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed: {said[-500:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def work(what: str, *paths: Path) -> tuple[float, float]:
    """Something of ours that no command does alone."""
    return run(sys.executable, "-m", "bench.work", what, *paths)


def tvilling(root: Path, command: str) -> tuple[float, float]:
    """One command of ours."""
    return run(sys.executable, "-m", "pipeline", "-C", root, command)


def measured(number: int, folder: Path) -> Iterator[Row]:
    """All rows for a corpus of `number` articles."""

    def row(work: str, who: str, cost: tuple[float, float]) -> Row:
        found = Row(work, who, number, *cost)
        print(f"{number:>6}  {work:<32}{who:<20}{found.seconds:9.2f} s {found.memory:8.0f} MB", flush=True)
        return found

    root, texts = folder / "ours", folder / "ours" / "source_texts"
    corpus.sources(root, number)
    yield row("extract", OURS, tvilling(root, "update"))
    yield from (row("extract", who, cost()) for who, cost in _extracting(texts, folder))
    work("translate", root)
    yield row("translated Markdown", OURS, work("weave", root, folder / "woven"))
    if PO4A.path:
        sv = folder / "po4a" / "sv.po"
        work("answer", sv)
        cost = run(PO4A.path, "--no-update", "--keep", "0", folder / "po4a" / "po4a.cfg")
        yield row("translated Markdown", PO4A.name, cost)
    yield row("full build", OURS, tvilling(root, "build"))
    yield row("nothing changed", OURS, tvilling(root, "build"))
    _edit(texts / f"{corpus.name(number // 2)}.md")
    yield row("one article edited", OURS, tvilling(root, "build"))
    if HUGO_.path:
        site = peers.hugo(texts, folder / "hugo")
        yield row("full build", HUGO_.name, run(HUGO_.path, "-s", site, "--quiet"))
        _edit(site / "content" / f"{corpus.name(number // 2)}.en.md")
        yield row("one article edited", HUGO_.name, run(HUGO_.path, "-s", site, "--quiet"))
    yield from (row("next revision, one catalog", who, cost) for who, cost in _merging(root, folder, number))


def _extracting(texts: Path, folder: Path) -> Iterator[tuple[str, Callable[[], tuple[float, float]]]]:
    if path := PO4A.path:
        settings = peers.po4a(texts, folder / "po4a")
        yield PO4A.name, lambda: run(path, "--no-translations", settings)
    if mdpo := MDPO.path:
        python = Path(mdpo).with_name("python")
        yield MDPO.name, lambda: run(python, "-c", peers.EXTRACT, texts, folder / "mdpo")
    if toolkit := TOOLKIT.path:
        yield TOOLKIT.name, lambda: run(toolkit, "--progress=none", "-P", texts, folder / "toolkit")


def _merging(root: Path, folder: Path, number: int) -> Iterator[tuple[str, tuple[float, float]]]:
    """One catalog of everything, merged with the next revision of everything."""
    old, new, to = (folder / name for name in ("old.po", "new.po", "merged.po"))
    work("together", root, old)
    for seed, path in enumerate(sorted((root / "source_texts").glob("*.md"))):
        path.write_text(corpus.revised(path.read_text("utf-8"), seed), encoding="utf-8")
    tvilling(root, "update")
    work("together", root, new)
    yield OURS, work("merge", old, new, to)
    if MSGMERGE.path and number <= SLOW:
        yield MSGMERGE.name, run(MSGMERGE.path, "--quiet", "--previous", "-o", to, old, new)


def _edit(path: Path) -> None:
    text = path.read_text("utf-8")
    path.write_text(text.replace(". ", ". Edited, ", 1), encoding="utf-8")


def table(rows: list[Row]) -> str:
    """The page of results."""
    versions = [f"{each.name} {each.said}" for each in peers.ALL if each.path]
    absent = [each.name for each in peers.ALL if not each.path]
    lines = [
        "# What it costs",
        "",
        "One run of `make bench`. CPU seconds and peak memory; ratios hold, seconds are this machine's, which",
        "other work may have slowed. “×” is how many times more CPU than Tvilling the others took.",
        "",
        f"Tvilling {pipeline.__version__}, Python {sys.version.split()[0]}; {', '.join(versions) or 'no peers'}."
        + (f" Not installed: {', '.join(absent)}." if absent else ""),
        "",
        "| articles | work | who | CPU s | × | peak MB |",
        "| --: | --- | --- | --: | --: | --: |",
    ]
    ours = {(row.number, row.work): row.seconds for row in rows if row.who == OURS}
    for row in rows:
        ratio = f"{row.seconds / ours[row.number, row.work]:.2g}" if row.who != OURS else ""
        lines.append(
            f"| {row.number:,} | {row.work} | {row.who} | {row.seconds:.2f} | {ratio} | {row.memory:.0f} |"
        )
    return "\n".join(lines) + "\n"


def others() -> None:
    """The measurements that need data of their own."""
    if pairs := os.environ.get("BENCH_PAIRS"):
        subprocess.run([sys.executable, "-m", "bench.precision", pairs], cwd=ROOT, check=True)
    if model := os.environ.get("BENCH_MODEL"):
        command = [sys.executable, "-m", "bench.translate", model, os.environ["BENCH_TEXT"]]
        subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """Measure, print, and write the results down."""
    numbers = [int(each) for each in sys.argv[1:]] or [100, 1000]
    rows = list[Row]()
    for number in numbers:
        folder = Path(tempfile.mkdtemp(prefix="tvilling-bench-"))
        try:
            rows += measured(number, folder)
        finally:
            shutil.rmtree(folder)
    RESULTS.write_text(table(rows), encoding="utf-8")
    others()


if __name__ == "__main__":
    main()
