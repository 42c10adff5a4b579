"""What commands share: how they say things, and how they find the project."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.config import Config
    from pipeline.drafted import Drafted
    from pipeline.stages.project import Project


def say(text: str = "") -> None:
    """A line for the user, at once: who waits at the other end of a pipe may be waiting for this one."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def config_of(options: Namespace) -> Config:
    """The settings of the project that the user named."""
    from pipeline import config

    return config.read(options.folder)


def load(options: Namespace) -> Project:
    """The project that the user named."""
    from pipeline.stages import project

    return project.load(config_of(options))


def articles(parser: ArgumentParser) -> None:
    """Names of articles, as further arguments."""
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="only these (default: all)")


def port(parser: ArgumentParser, default: int) -> None:
    """The option of a server on this computer."""
    what = f"on 127.0.0.1 (default: {default})"
    parser.add_argument("--port", type=_port, default=default, help=what)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise ArgumentTypeError(f"{text!r} is no port; as in: --port 8000")
    return int(text)


def say_changed(options: Namespace, changed: Iterable[Path]) -> None:
    """Which catalogs were written."""
    from pipeline import files

    root = options.folder.resolve()
    for path in changed:
        say(f"{'changed' if path.exists() else 'removed'} {files.shown(path, root)}")
    if not changed:
        say("the catalogs are in line with the articles")


def say_drafted(report: Drafted) -> None:
    """What was drafted, and what is missing for more."""
    for engine, count in report.drafted.items():
        say(f"{count} drafted by {engine}")
    if report.missing:
        say(f"{report.missing} still missing: readers see the original there")
    for lack in report.lacking:
        say(str(lack))


class Progress:
    """How far long work is: a line that is written over on a terminal, a line now and then elsewhere."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.start = self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` are finished."""
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if done < total and now - self.said < (0.1 if terminal else 10):
            return
        if done >= total and not terminal and now - self.start < 10:
            return
        self.said = now
        rate = done / max(now - self.start, 1e-6)
        left = (total - done) / rate if rate else 0
        line = f"{self.what}: {done} of {total}, {rate:.0f}/s, {left:.0f} s left"
        if terminal:
            sys.stderr.write(f"\r\x1b[K{line}" + ("\n" if done >= total else ""))
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()
