"""The search in a real Chromium: somebody types, finds, and goes there."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline import config, pagefind
from pipeline.site import Site, search
from pipeline.words import bundled
from tests.test_search import installed
from tests.test_site import CRAMP, LANGS, MAGNESIUM, SV, rendered
from tests.test_site_browser import RULES, Quiet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, installed]

BASE = "docs/deep/"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self'"
)
MANY = "\n".join(f"## Part {number} of the night\n\nSalt.\n" for number in range(4))


class Guarded(Quiet):
    """Serves files, and says as a careful host does what a page may run and load."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site under a path of its own, whose index is in several parts, as it is where there are many articles."""
    root = tmp_path_factory.mktemp("site")
    settings = config.Site("", f"/{BASE}", {"en": "Health", "sv": "Hälsa"})
    made = Site.load(LANGS, settings, templates=bundled(), words={}, index=pagefind.index)
    articles = [
        rendered(CRAMP + MANY, "cramp", SV, ["Call 112."]),
        rendered(MAGNESIUM.replace("Se [kramp]", "Njurarna sköter det. Se [kramp]"), "magnesium", {}),
        *(rendered(f"---\nlang: en\ntitle: Stretching {number}\ndescription: x\n---\n\nStretches for calves.\n", f"s{number}", {})
          for number in range(13)),
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "MANY", 4)
        files = made.build(articles)
    assert sum(path.startswith("en/search/") and path.endswith("entry.json") for path in files) > 1
    for path, content in files.items():
        (root / BASE / path).parent.mkdir(parents=True, exist_ok=True)
        (root / BASE / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Guarded, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{BASE}"
        server.shutdown()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A page whose faults, and whose requests to anybody else, fail the test."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        page = context.new_page()
        faults = list[str]()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.on(
            "request", lambda request: None if request.url.startswith(address) else faults.append(request.url)
        )
        yield page
        assert not faults


def told(page: Page, words: str) -> None:
    page.locator(".told", has_text=words).wait_for()


@pytest.mark.parametrize(
    ("lang", "typed", "title", "path", "found"),
    [
        ("sv", "njure", "Magnesium", "sv/magnesium/", "1"),
        ("en", "cramped", "Cramp & <sleep>", "en/cramp/", "1"),
    ],
)
def test_another_form_of_a_word_finds_the_article_and_leads_there(
    page: Page, address: str, lang: str, typed: str, title: str, path: str, found: str
) -> None:
    page.goto(f"{address}{lang}/")
    page.locator(".ways a").last.click()
    page.wait_for_url(f"{address}{lang}/search/")
    page.keyboard.type(typed)
    told(page, f"Articles found: {found}")
    hit = page.locator(".hits h2 a")
    assert hit.inner_text() == title
    assert page.url == f"{address}{lang}/search/?q={typed}"
    hit.click()
    page.wait_for_url(f"{address}{path}")


def test_a_hit_leads_to_the_passages_as_well_and_says_what_is_reviewed(page: Page, address: str) -> None:
    page.goto(f"{address}en/search/?q=nights")
    told(page, "Articles found: 1")
    assert page.locator(".hits mark").first.inner_text() == "night."
    assert page.locator(".hits .badge").inner_text() == "● Original"
    place = page.locator(".places a")
    assert place.all_inner_texts() == [f"Part {number} of the night" for number in range(3)]
    place.nth(1).click()
    page.wait_for_url(f"{address}en/cramp/#part-1-of-the-night")


def test_nothing_is_fetched_before_somebody_types(page: Page, address: str) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}sv/search/")
    page.wait_for_timeout(100)
    assert not [url for url in asked if "index-" in url]
    page.keyboard.type("kramp")
    told(page, "Articles found: 2")
    assert [url for url in asked if "index-" in url]


def test_no_hit_says_so_and_an_emptied_field_says_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}en/search/")
    page.keyboard.type("<i>$&xyzzy")
    told(page, "Nothing found for “<i>$&xyzzy”.")
    assert page.locator(".hits li").count() == 0
    page.fill("#q", "")
    page.wait_for_function("document.querySelector('.told').textContent === ''")
    assert page.url == f"{address}en/search/"


def test_more_hits_are_shown_ten_at_a_time_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}en/search/")
    page.keyboard.type("stretching")
    page.keyboard.press("Enter")
    told(page, "Articles found: 13")
    hits = page.locator(".hits h2 a")
    hits.nth(9).wait_for()
    assert hits.count() == 10
    page.get_by_role("button", name="Show more").press("Enter")
    hits.nth(12).wait_for()
    assert page.evaluate("document.activeElement.textContent") == hits.nth(10).inner_text()
    assert page.get_by_role("button", name="Show more").is_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    chromium: Browser, address: str, width: int, scheme: Any
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    ) as context:
        page = context.new_page()
        for query, words in (("", ""), ("?q=kramp", "Articles found: 2"), ("?q=xyzzy", "Nothing found")):
            page.goto(f"{address}sv/search/{query}")
            told(page, words)
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{query}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        moved = page.evaluate(
            """() => new Promise((done) => new PerformanceObserver((list) =>
                done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
            ).observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => done(0), 50))"""
        )
        assert moved < 0.001


def test_without_script_the_page_says_how_to_find_things(chromium: Browser, address: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}en/search/?q=cramp")
        assert "Searching needs JavaScript." in page.get_by_role("main").inner_text()
        assert page.locator("form").is_hidden()
        page.get_by_role("main").get_by_role("link", name="Topics").click()
        assert page.url == f"{address}en/topics/"


def test_where_the_index_cannot_be_loaded_the_page_says_so(chromium: Browser, folder: Path) -> None:
    page = chromium.new_page()
    page.goto((folder / BASE / "en/search/index.html").as_uri())
    page.keyboard.type("cramp")
    told(page, "The search cannot be loaded here.")
    page.get_by_role("main").get_by_role("link", name="Articles").click()
    page.wait_for_url("**/en/index.html")
    page.close()
