"""How long `tvilling check` takes: `python -m bench.check [ENTRIES]`, 10,000 unless said otherwise.

The entries are those of `bench.corpus`, with the glossary of this repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import corpus

ROOT = Path(__file__).parent.parent
PER_ARTICLE = 43


def main() -> None:
    """Print one line."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        corpus.sources(folder, max(1, entries // PER_ARTICLE))
        corpus.translate(folder)
        shutil.copy(ROOT / "locale" / "glossary.csv", folder / "locale")
        catalogs = (folder / "locale").rglob("*.po")
        found = sum(path.read_text("utf-8").count("\nmsgid ") for path in catalogs)
        before, start = os.times(), time.perf_counter()
        command = [sys.executable, "-m", "pipeline", "-C", str(folder), "check"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False, cwd=ROOT)
        wall, after = time.perf_counter() - start, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    print(
        f"check: {found} entries, {wall:.1f} s, {spent:.1f} s of processor time, {os.cpu_count()} processors"
    )


if __name__ == "__main__":
    main()
