"""Tvilling's drafts against Argos Translate's own `translate()`: the same package, beam and cores.

    taskset -c 0,1 python bench/against_argos.py PACKAGE.argosmodel TEXT PYTHON [N] [ROUNDS]

TEXT has one sentence a line.  PYTHON is an interpreter with the whole of argostranslate (with torch and
stanza), in an environment of its own.  Each side runs in a process of its own, in turn, ROUNDS times;
the best run of each counts, for other work on the machine only ever makes it slower.

Argos Translate downloads a model to split sentences; here each line is one sentence already, so its
splitter is replaced by one that returns the line: that costs no time, and favours it.

Of Tvilling's own rows the first is the engine alone, with four hypotheses; the second has the ladder and
all checks, but takes every first answer, as with a model that seldom fails; the third is what really
happens, with a question more for each answer that is rejected.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

MEASURE = """
import json, resource, sys, time
lines = open(sys.argv[2], encoding="utf-8").read().splitlines()[: int(sys.argv[3])]
begun = time.perf_counter()
{load}
loaded, busy = time.perf_counter(), time.process_time()
{run}
ended, worked = time.perf_counter(), time.process_time() - busy
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([len(lines), loaded - begun, ended - loaded, peak, worked]))
"""
ARGOS_LOAD = """
from argostranslate import translate
known = [each for language in translate.get_installed_languages() for each in language.translations_from]
(found,) = [each for each in known if hasattr(each, "underlying")]
found.underlying.sentencizer = type("Line", (), {"split_sentences": lambda self, text: [text]})()
found.translate("Hello.")
"""
ARGOS_RUN = "for line in lines: found.translate(line)"
OURS_LOAD = """
from pathlib import Path
from pipeline import engines, translate
from pipeline.engines import Setup
from pipeline.engines.argos import packages
from pipeline.model import Catalog, Entry
folder = Path(sys.argv[1])
setup = Setup(folder / "models", folder / "cache", packages=folder)
(package,) = [each for each in packages.candidates(setup) if isinstance(each, packages.Package)]
engine = engines.load("argos", *package.direction, setup)
engine.translate(["Hello."])
"""
ENGINE_RUN = "engine.translate(lines)"
DRAFT_RUN = """
entries = tuple(map(Entry, dict.fromkeys(lines)))
job = translate.Job(Catalog(package.direction[1], entries), package.direction[0])
translate.draft([job], ["argos"], lambda *_: engine)
"""
GOOD_RUN = DRAFT_RUN.replace("engine)", "engine, verify=lambda *each: translate.verified(*each) or 0)")
SIDES = {
    "argostranslate": (ARGOS_LOAD, ARGOS_RUN),
    "tvilling, engine": (OURS_LOAD, ENGINE_RUN),
    "tvilling, first rung": (OURS_LOAD, GOOD_RUN),
    "tvilling, drafts": (OURS_LOAD, DRAFT_RUN),
}

Run = tuple[int, float, float, float, float]
"""Lines, seconds to load, seconds, MB at the peak, seconds of work summed over the cores."""


def measured(side: str, python: str, folder: Path, text: Path, count: int) -> Run:
    """One run in a process of its own."""
    load, run = SIDES[side]
    environment = {
        **os.environ,
        "ARGOS_PACKAGES_DIR": str(folder),
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    command = [python, "-c", MEASURE.format(load=load, run=run), str(folder), str(text), str(count)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    lines, *numbers = json.loads(done.stdout.splitlines()[-1])
    return (lines, *numbers)


def main(package: Path, text: Path, python: str, count: int, rounds: int) -> None:
    """Measure all sides in turn, and compare with the first."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        best: dict[str, Run] = {}
        for _ in range(rounds):
            for side in SIDES:
                mine = python if side == "argostranslate" else sys.executable
                run = measured(side, mine, folder, text, count)
                best[side] = min(best.get(side, run), run, key=lambda each: each[2])
    theirs = best["argostranslate"]
    cores = len(os.sched_getaffinity(0))
    print(f"{theirs[0]} lines, {cores} cores, best of {rounds}")
    print(f"{'':<22}{'load':>8}{'lines/s':>10}{'':>7}{'memory':>11}{'':>7}{'work':>10}")
    for side, (lines, load, seconds, memory, work) in best.items():
        print(
            f"{side:<22}{load:>6.1f} s{lines / seconds:>10.1f}{theirs[2] / seconds:>6.1f}×"
            f"{memory:>8.0f} MB{memory / theirs[3]:>6.2f}×{work:>8.1f} s{theirs[4] / work:>6.1f}×"
        )


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[4:]]
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], *(numbers + [200, 3][len(numbers) :]))
