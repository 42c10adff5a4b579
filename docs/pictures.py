"""Draw the pictures of the README anew: `python docs/pictures.py`.

A copy of this project, in which some passages of one article wait for a person, is built and opened in
the real editor; a headless Chromium takes the pictures.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from pipeline import catalogs
from pipeline.model import Catalog, Draft, Entry

HERE = Path(__file__).parent
ARTICLE = "leg-cramps-at-night"
COPIED = ("tvilling.toml", "source_texts", "locale")
WIDE: ViewportSize = {"width": 1280, "height": 800}
WRONG = "Försök inte att stå ut: sträck vaden i 60 minuter."


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        _copy(root)
        _tvilling(root, "build")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        site(browser, root / "public")
        with _editor(root) as door:
            editor(browser, door)
        browser.close()


def site(browser: Browser, public: Path) -> None:
    """Both versions side by side, as readers see them; and how far all are."""
    page = browser.new_page(viewport=WIDE)
    page.goto((public / "status" / "index.html").as_uri())
    _take(page, "status")
    page.goto((public / "parallel" / ARTICLE / "index.html").as_uri())
    page.locator("[data-state=machine]").first.evaluate("block => scrollTo(0, block.offsetTop - 160)")
    _take(page, "picture")


def editor(browser: Browser, door: str) -> None:
    """The overview; a changed original with what helps; a fault, found while somebody types."""
    page = browser.new_page(viewport=WIDE)
    page.goto(door)
    page.wait_for_selector("#checking", state="detached", timeout=60_000)
    _take(page, "overview")
    page.goto(f"{page.url.partition('?')[0]}desk/sv/{ARTICLE}")
    _open(page, "stale")
    page.locator(".row.opened").evaluate("row => scrollTo(0, row.offsetTop - 190)")
    _take(page, "desk")
    _open(page, "missing")
    page.keyboard.type(WRONG)
    page.wait_for_selector(".live .findings")
    page.locator(".row.opened").evaluate("row => scrollTo(0, row.offsetTop - 140)")
    _take(page, "faults")
    page.goto(f"{page.url.partition('/desk/')[0]}/desk/sv/{ARTICLE}")
    page.locator(".whole-table").first.evaluate("table => scrollTo(0, table.offsetTop - 140)")
    _take(page, "page")


def _open(page: Page, state: str) -> None:
    page.locator(f".row[data-state={state}][data-editable] .translation .text").first.click()
    page.wait_for_selector(".row.opened textarea[name=text]:focus")
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(300)


@contextmanager
def _editor(root: Path) -> Iterator[str]:
    """The address that opens the editor."""
    command = [sys.executable, "-m", "pipeline", "-C", str(root), "review", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parent) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def _copy(root: Path) -> None:
    for name in COPIED:
        source = HERE.parent / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    settings = root / "tvilling.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"^engines = .*$", "engines = []", text, flags=re.MULTILINE), encoding="utf-8")
    path = root / f"locale/sv/LC_MESSAGES/{ARTICLE}.po"
    catalog = catalogs.parse(path.read_text(encoding="utf-8"), path.name, "sv")
    path.write_text(catalogs.dump(in_many_states(catalog)), encoding="utf-8")


def in_many_states(catalog: Catalog) -> Catalog:
    """The catalog as it might stand in the middle of a day's work."""
    paragraphs = [entry.key for entry in catalog.live if not entry.context and len(entry.source) > 60]
    changes = dict(zip(paragraphs, (None, _machine, _stale, _machine, _missing, _machine), strict=False))
    entries = []
    for entry in catalog.entries:
        change = changes.get(entry.key)
        entries.append(change(entry) if change else entry)
    return replace(catalog, entries=tuple(entries))


def _machine(entry: Entry) -> Entry:
    return replace(entry, flags=("fuzzy",), draft=Draft.of("argos", "en-sv-1.9", entry.target))


def _stale(entry: Entry) -> Entry:
    words = entry.source.split()
    return replace(entry, flags=("fuzzy",), previous=" ".join(words[: len(words) * 2 // 3]) + ".")


def _missing(entry: Entry) -> Entry:
    return replace(entry, target="")


def _tvilling(root: Path, *command: str) -> None:
    subprocess.run([sys.executable, "-m", "pipeline", "-C", str(root), *command], check=True, cwd=HERE.parent)


def _take(page: Page, name: str) -> None:
    page.screenshot(path=HERE / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
