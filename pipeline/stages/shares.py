"""Entries checked in several processes, where there are enough of them to pay for it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection

from pipeline.model import Finding
from pipeline.stages.project import Key

Findings = tuple[Finding, ...]
Check = Callable[[Key], Findings]
ENOUGH = 2000
"""Entries; fewer are checked before another process has begun."""


def processes(entries: int) -> int:
    """How many pay for that many entries here.

    Another one is a copy of this one, so that nothing is read or sent twice; where threads run, or copies
    are not safe, there is none.
    """
    if entries < ENOUGH or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), entries // (ENOUGH // 2))


def checked(keys: Sequence[Key], check: Check, count: int) -> Iterator[Finding]:
    """The findings of all catalogs, in their order, by `count` processes."""
    found = dict[Key, Findings]()
    others = [_start(keys[number::count], check) for number in range(1, count)]
    found.update((key, check(key)) for key in keys[::count])
    for receiver, process in others:
        try:
            found.update(receiver.recv())
        except EOFError:
            pass  # it was killed; what it owes is made up for below
        finally:
            process.join()
            receiver.close()
    for key in keys:
        yield from found[key] if key in found else check(key)


def _start(keys: Sequence[Key], check: Check) -> tuple[Connection, multiprocessing.process.BaseProcess]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, keys, check), daemon=True)
    process.start()
    sender.close()
    return receiver, process


def _send(sender: Connection, keys: Sequence[Key], check: Check) -> None:
    sender.send({key: check(key) for key in keys})
    sender.close()
