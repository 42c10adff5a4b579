"""The tiny packages in tests/tiny: real ones, in both directions, and what they know by heart."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from pipeline.engines import Setup

TINY = Path(__file__).parent / "tiny"
ROWS = (line.split("\t") for line in (TINY / "pairs.tsv").read_text("utf-8").splitlines())
PAIRS: list[tuple[str, str]] = [(english, swedish) for english, swedish in ROWS]
DIRECTIONS = {("en", "sv"): PAIRS, ("sv", "en"): [(target, source) for source, target in PAIRS]}


def package(source: str, target: str) -> Path:
    """The .argosmodel file of one direction."""
    return TINY / f"translate-{source}_{target}-tiny.argosmodel"


def setup(folder: Path, **changes: object) -> Setup:
    """The tiny packages bundled, nothing installed, a cache in `folder`."""
    values: dict[str, object] = {
        "models": folder / "models",
        "cache": folder / ".tvilling",
        "packages": folder / "packages",
        **changes,
    }
    if not (folder / "models").exists():
        (folder / "models").mkdir()
        for file in TINY.glob("*.argosmodel"):
            shutil.copy(file, folder / "models")
    return Setup(**values)  # type: ignore[arg-type]


def repacked(
    file: Path,
    into: Path,
    *,
    root: str = "",
    metadata: dict[str, object] | None = None,
    keep: Callable[[str], bool] = lambda _name: True,
    replaced: dict[str, bytes] | None = None,
) -> Path:
    """A copy of a package with another folder, other metadata, or without some of its files."""
    into.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            first, _, rest = name.partition("/")
            data = (replaced or {}).get(rest, old.read(name))
            if rest == "metadata.json" and metadata:
                data = json.dumps({**json.loads(data), **metadata}).encode()
            if keep(rest):
                new.writestr(f"{root or first}/{rest}", data)
    return into
