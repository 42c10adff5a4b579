"""Checking in several processes gives what one gives."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from pipeline.model import Finding, Severity
from pipeline.stages import shares
from pipeline.stages.project import Key

KEYS: list[Key] = [("sv", f"a{number}") for number in range(7)]
alone = pytest.mark.skipif(
    sys.platform != "linux" or threading.active_count() > 1, reason="processes are not copied safely here"
)


def check(key: Key) -> tuple[Finding, ...]:
    return (Finding("figures", Severity.ERROR, f"in {key[1]}"), Finding("html", Severity.ERROR, "å\ud800"))


@alone
@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_any_number_of_processes_finds_the_same_in_the_same_order(count: int) -> None:
    expected = [finding for key in KEYS for finding in check(key)]
    assert list(shares.checked(KEYS, check, count)) == expected
    assert list(shares.checked([], check, count)) == []


@alone
def test_what_a_killed_process_owes_is_made_up_for() -> None:
    here = os.getpid()

    def dies(key: Key) -> tuple[Finding, ...]:
        if os.getpid() != here:
            os._exit(9)
        return check(key)

    assert len(list(shares.checked(KEYS, dies, 2))) == 2 * len(KEYS)


def test_few_entries_and_threads_are_checked_here() -> None:
    assert shares.processes(shares.ENOUGH - 1) == 1
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    assert shares.processes(10**6) == 1
    waiting.set()
    thread.join()
