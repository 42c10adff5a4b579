"""Work done in several processes, where there is enough of it to pay for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Item = TypeVar("Item")
Result = TypeVar("Result")


def threads() -> int:
    """How many this process has, whoever began them (Linux: proc(5), /proc/pid/task)."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def processes(amount: int, enough: int) -> int:
    """How many pay for that much work here; less than `enough` is done before another one has begun.

    Another one is a copy of this one, so that nothing is read or sent twice; where threads run, or copies
    are not safe, there is none.
    """
    if amount < enough or sys.platform != "linux" or threads() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), 2 * amount // enough)


def shared(items: Sequence[Item], work: Callable[[Item], Result], count: int) -> Iterator[Result]:
    """What `work` makes of each of the `items`, in their order, by `count` processes.

    What another process could not do or send is done here, so that an error is raised as if there were
    no other one.  Nothing that `work` changes in memory there is seen here.
    """
    others = [_start(items[number::count], work) for number in range(1, count)]
    try:
        for number, item in enumerate(items):
            result = _received(others[number % count - 1][0]) if number % count else None
            yield work(item) if result is None else result[0]
    finally:
        for receiver, process in others:
            receiver.close()
            process.terminate()
            process.join()


def _received(receiver: Connection) -> tuple[Any] | None:
    """The next result of another process, alone in a tuple; None if it sends no more."""
    with suppress(EOFError, OSError):
        result: tuple[Any] = receiver.recv()
        return result
    return None


def _start(items: Sequence[Item], work: Callable[[Item], Result]) -> tuple[Connection, BaseProcess]:
    import multiprocessing

    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(receiver, sender, items, work), daemon=True)
    process.start()
    sender.close()
    return receiver, process


def _send(
    receiver: Connection, sender: Connection, items: Sequence[Item], work: Callable[[Item], Result]
) -> None:
    receiver.close()
    with suppress(BaseException), sender:
        for item in items:
            sender.send((work(item),))
