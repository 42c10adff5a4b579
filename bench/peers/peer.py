"""What a peer is, and where one is found."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.ground import Ground, edit
from bench.measure import ROOT, Command, Step, Work

INSTALLED = Path(__file__).parents[1] / ".peers"
"""What `make bench` installs for itself."""
PYTHON = INSTALLED / "python" / "bin" / "python"
"""The interpreter of all peers in Python."""
Job = Callable[[Ground], Iterator[Step]]
"""Yields each step when it can be measured; what it does between two is not measured."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program, and how it does its work."""

    name: str
    version: Callable[[], str | None]
    """None: it is not here."""
    jobs: tuple[Job, ...]
    """If a step is stopped or fails, the rest of its job is left out, and the other jobs go on."""
    lacks: str
    """What it does not do that Tvilling does."""


def builds(
    commands: tuple[Command, ...], article: Path, template: Path, where: Path = ROOT
) -> Iterator[Step]:
    """The steps of a site that is built by `commands`, always the same."""
    yield Step(Work.BUILD, commands, where)
    yield Step(Work.SAME, commands, where)
    edit(article)
    yield Step(Work.EDIT, commands, where)
    text = template.read_text("utf-8")
    template.write_text(text.replace("</body>", "<p>Edited.</p></body>"), encoding="utf-8")
    yield Step(Work.TEMPLATE, commands, where)


def program(name: str, *arguments: str) -> str | None:
    """The version of a program on the PATH; `arguments` make it say so."""
    path = shutil.which(name)
    return path and said(path, *arguments)


def said(*command: str | Path) -> str:
    """The version that a command prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else "?"


def packages(*names: str) -> str | None:
    """The versions of Python packages among the peers'."""
    if not PYTHON.exists():
        return None
    code = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]), sep=' + ')"
    done = subprocess.run([PYTHON, "-c", code, *names], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None
