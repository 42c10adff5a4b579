"""Work in several processes gives what one gives."""

from __future__ import annotations

import os
import sys
import threading
import time

import pytest

from pipeline.model import Finding, Severity
from pipeline.stages import shares

NAMES = [f"a{number}" for number in range(7)]
LONG = "å\ud800" * 50_000
"""More than a pipe holds, and no text in any encoding."""
alone = pytest.mark.skipif(sys.platform != "linux", reason="processes are not copied safely here")


def check(name: str) -> tuple[Finding, ...]:
    return (Finding("figures", Severity.ERROR, f"in {name}"), Finding("html", Severity.ERROR, LONG))


@alone
@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_any_number_of_processes_finds_the_same_in_the_same_order(count: int) -> None:
    assert list(shares.shared(NAMES, check, count)) == [check(name) for name in NAMES]
    assert list(shares.shared([], check, count)) == []


@alone
@pytest.mark.parametrize("end", [lambda: os._exit(9), lambda: sys.exit(1), lambda: 1 / 0])
def test_what_another_process_owes_is_made_up_for(end: object, capfd: pytest.CaptureFixture[str]) -> None:
    here = os.getpid()

    def dies(name: str) -> str:
        if os.getpid() != here and name == "a3":
            end()  # type: ignore[operator]
        return name

    assert list(shares.shared(NAMES, dies, 2)) == NAMES
    assert capfd.readouterr() == ("", "")


@alone
def test_an_error_is_raised_here_and_ends_the_others() -> None:
    def fails(name: str) -> str:
        if name == "a3":
            raise ValueError(name)
        time.sleep(0 if name == "a1" else 0.01)
        return name

    found = shares.shared(NAMES, fails, 2)
    with pytest.raises(ValueError, match="a3"):
        list(found)


def test_little_work_and_threads_have_no_other_process() -> None:
    assert shares.processes(9, enough=10) == 1
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    assert shares.processes(10**6, enough=10) == 1
    waiting.set()
    thread.join()
