"""What many tests share: a project planted from one string, and tools that may be absent."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TOOLS = {"gettext": ("msgfmt", "msgmerge", "msgcat"), "browser": ("chromium",)}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOTHING_SKIPPED = bool(os.environ.get("TVILLING_NOTHING_SKIPPED"))
"""Set where everything that tests can use is installed, so that a skipped one is a fault."""
CONFIGURATION = 'languages = ["en", "sv"]\n'

Plant = Callable[[str], Path]

# A slow machine is no fault; where nothing may be skipped, the same examples are tried each time.
SLOW = [HealthCheck.too_slow]
settings.register_profile("here", deadline=None, suppress_health_check=SLOW)
settings.register_profile("same-each-time", deadline=None, derandomize=True, suppress_health_check=SLOW)
settings.load_profile("same-each-time" if NOTHING_SKIPPED else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker, tools in TOOLS.items():
            absent = [tool for tool in tools if shutil.which(tool) is None]
            if item.get_closest_marker(marker) and absent:
                item.add_marker(pytest.mark.skip(reason=f"{', '.join(absent)} is not installed"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and NOTHING_SKIPPED and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here: {report.longrepr}"
    return report


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Make a project from one string: `-- path --` lines, each followed by that file's text.

    tvilling.toml is made if the string has none.
    """

    def planted(text: str) -> Path:
        pieces = re.split(r"^-- (\S+) --\n", text.lstrip("\n"), flags=re.MULTILINE)
        files = dict(zip(pieces[1::2], pieces[2::2], strict=True))
        for name, content in {"tvilling.toml": CONFIGURATION, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        return tmp_path

    return planted


@pytest.fixture(scope="session", autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What may be kept for the user's next runs is kept for the next tests only."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
