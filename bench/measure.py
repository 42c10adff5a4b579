"""What a command costs: CPU time of all its processes together, and the peak of memory of the largest.

A new process inherits the peak of the one that starts it, so whoever measures has to stay small.
"""

from __future__ import annotations

import math
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parent.parent
Command = Sequence[str | Path]


class Work(StrEnum):
    """What is measured, in the order of the table."""

    EXTRACT = "extract"
    MARKDOWN = "translated Markdown"
    UPDATE = "next revision, whole project"
    MERGE = "next revision, one catalog"
    BUILD = "full build"
    SAME = "nothing changed"
    EDIT = "one article edited"
    TEMPLATE = "template edited"


@dataclass(frozen=True, slots=True)
class Step:
    """Commands that do one piece of work, one after the other."""

    work: Work
    commands: tuple[Command, ...]
    where: Path = ROOT


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds and megabytes."""

    seconds: float
    memory: float
    is_all: bool = True
    """It ended by itself; otherwise it was stopped, and would have cost more."""


class Failed(Exception):  # noqa: N818  # it is what a command did
    """A command ended with an error."""


def cost(step: Step, limit: float = math.inf) -> Cost:
    """What the step costs if its commands are stopped after `limit` seconds by the clock."""
    deadline = time.monotonic() + limit
    seconds = memory = 0.0
    for command in step.commands:
        one = _run(command, step.where, deadline)
        seconds, memory = seconds + one.seconds, max(memory, one.memory)
        if not one.is_all:
            return Cost(seconds, memory, is_all=False)
    return Cost(seconds, memory)


def _run(command: Command, where: Path, deadline: float) -> Cost:
    stopped: Cost | None = None
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=where,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
        try:
            while not (found := os.wait4(process.pid, os.WNOHANG))[0]:
                if time.monotonic() > deadline and stopped is None:
                    stopped = _so_far(process.pid)
                    os.killpg(process.pid, signal.SIGKILL)
                time.sleep(0.01)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        _, status, usage = found
        process.returncode = os.waitstatus_to_exitcode(status)
        if stopped is not None:
            return stopped
        if process.returncode:
            said.seek(max(0, said.tell() - 500))
            raise Failed(f"{command[0]}: {said.read().decode('utf-8', 'replace')}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _so_far(session: int) -> Cost:
    """What the processes of a session have cost: a system tells that of children only when they have ended."""
    seconds = memory = 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "stat").read_text().rpartition(")")[2].split()
            status = (process / "status").read_text()
        except OSError:
            continue  # it has ended meanwhile
        if int(words[3]) == session:
            seconds += sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")
            peak = re.search(r"VmHWM:\s*(\d+)", status)
            memory = max(memory, int(peak[1]) / 1024 if peak else 0)
    return Cost(seconds, memory, is_all=False)
