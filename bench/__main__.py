"""Ours beside the others, in one run on this machine: `make bench`, or `python -m bench [SIZE …]`.

Only the ratios within one run mean something: other work on the machine slows all alike.
`bench/precision.py` and `bench/translate.py` measure checks and engines; they run here too if they are
given what they need: BENCH_PAIRS, a folder of sentence pairs; BENCH_MODEL and BENCH_TEXT.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import peers
from bench.ground import Ground
from bench.measure import ROOT, Failed, Work, cost
from bench.ours import OURS
from bench.peers import Peer
from bench.table import Row, page

RESULTS = Path(__file__).parent / "RESULTS.md"
PER_ARTICLE = 0.3
"""Seconds for an article, on two processors, of all works but the slow ones."""
SLOW, EACH = 3, 0.2
"""So many works of others take so many seconds more for an article, at least, until they are stopped."""


def measured(
    ground: Ground, who: Sequence[Peer], limit: float, stopped: set[tuple[str, Work]], failures: list[str]
) -> Iterator[Row]:
    """Each work of each; what is stopped or fails is put down, and what is in `stopped` is not tried.

    Ours is never stopped: the others are compared with it.
    """
    for peer in who:
        for job in peer.jobs:
            for step in job(ground):
                if (peer.name, step.work) in stopped:
                    break
                try:
                    found = cost(step, math.inf if peer is OURS else limit)
                except Failed as error:
                    failures.append(f"{peer.name}, {step.work}, {ground.number:,} articles: {error}")
                    break
                yield Row(step.work, peer.name, ground.number, found)
                if not found.is_all:
                    stopped.add((peer.name, step.work))
                    break


def others() -> None:
    """The measurements that need data of their own."""
    if pairs := os.environ.get("BENCH_PAIRS"):
        subprocess.run([sys.executable, "-m", "bench.precision", pairs], cwd=ROOT, check=True)
    if model := os.environ.get("BENCH_MODEL"):
        command = [sys.executable, "-m", "bench.translate", model, os.environ["BENCH_TEXT"]]
        subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """Measure, print, and write the results down."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure ours beside the others.")
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000], help="numbers of articles")
    parser.add_argument("--limit", type=float, default=300, help="seconds after which a work is stopped")
    parser.add_argument("--to", type=Path, default=RESULTS, help="the file to write")
    given = parser.parse_args()
    versions = {peer: peer.version() for peer in peers.ALL}
    here = [OURS, *(peer for peer in peers.ALL if versions[peer])]
    absent = [peer.name for peer in peers.ALL if not versions[peer]]
    seconds = sum(size * PER_ARTICLE + SLOW * min(given.limit, size * EACH) for size in given.sizes)
    print(
        f"{', '.join(f'{size:,}' for size in given.sizes)} articles: about {seconds / 60:.0f} minutes on two processors."
    )
    print(
        f"No work of others goes on for more than {given.limit:.0f} s. Not installed: {', '.join(absent) or 'none'}."
    )
    rows, stopped, failures = list[Row](), set[tuple[str, Work]](), list[str]()
    for size in sorted(given.sizes):
        with tempfile.TemporaryDirectory(prefix="tvilling-bench-") as folder:
            ground = Ground.make(Path(folder), size)
            for row in measured(ground, here, given.limit, stopped, failures):
                rows.append(row)
                memory = f"{row.cost.memory:8.0f} MB"
                print(f"{size:>6}  {row.work:<30}{row.who:<30}{row.seconds:>10} s{memory}", flush=True)
    for failure in failures:
        print(failure, file=sys.stderr)
    given.to.write_text(page(rows, OURS, versions, given.limit, failures), encoding="utf-8")
    others()
    if any(failure.startswith(OURS.name) for failure in failures):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
