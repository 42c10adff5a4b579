"""The site in a real Chromium: readable by everybody, with and without script."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.model import Entry
from tests.test_site import CRAMP, SV, magnesium, rendered, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"## Part {number}\n\n{'A sentence that fills the line. ' * 12}" for number in range(8))
TABLE = """
## Doses {#doses}

From <https://a.example/doses>, as [others](https://a.example/others) say.

| Who | Dose |
|-----|-----:|
| One | 250 mg |
| Two | 350 mg |

## Table {#table}

| Food | Value, per *day* |
|------|-----:|
| Zink | 1,5 |
| Åkerbär | 10 |
| Ärtor | 0,75 |
| Apelsin | 1 200 |

"""
ROWS = ["Zink", "Åkerbär", "Ärtor", "Apelsin"]
KINDS = ["", "404.html", "en/", "sv/", "en/cramp/", "sv/kramp/", "sv/topics/", "sv/topics/somn/", "sv/404.html",
         "en/magnesium/", "parallel/cramp/"]  # fmt: skip
RICH = ["", "en/", "sv/kramp/", "parallel/cramp/"]
"""Where all that other kinds of page have is found too."""
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which every state occurs, in a paragraph, an item and a cell."""
    root = tmp_path_factory.mktemp("site")
    targets = {text: target for text, target in SV.items() if text not in ("two", "Other", "Milk", "A note.")}
    targets |= {name: name for name in (*ROWS, "250 mg")}
    article = rendered(CRAMP + TABLE + LONG, "cramp", targets, ["one", "Nuts", "Call 112.", "What helps"])
    swedish = (Entry("Show the original", "Visa originalet"),)
    for path, content in site(swedish=swedish).build([article, magnesium()]).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as made:
        yield made


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.mark.parametrize(("width", "scheme", "kinds"), [(320, "dark", RICH), (1280, "light", KINDS)])
def test_axe_finds_nothing_on_any_kind_of_page(
    chromium: Browser, address: str, width: int, scheme: Any, kinds: list[str]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        for kind in kinds:
            page.goto(address + kind)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{kind}: {found.generate_report()}"


def test_no_page_is_too_wide_asks_other_servers_or_has_a_script_that_fails(page: Page, address: str) -> None:
    asked, faults = list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    for kind in KINDS:
        page.goto(address + kind)
        for width in (320, 375, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (kind, width)
    assert not [url for url in asked if not url.startswith(address)]
    assert not faults


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_moves_while_a_page_loads(chromium: Browser, address: str, width: int) -> None:
    with chromium.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        for kind in KINDS:
            page.goto(address + kind)
            moved = page.evaluate(
                """() => new Promise((done) => new PerformanceObserver((list) =>
                    done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
                ).observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => done(0), 50))"""
            )
            assert moved < 0.001, kind


# Two languages


def test_the_switcher_keeps_the_paragraph(page: Page, address: str) -> None:
    page.goto(f"{address}en/cramp/")
    page.evaluate("document.querySelector('#part-5').scrollIntoView()")
    box = page.locator(".languages a").bounding_box()
    assert box
    page.mouse.click(box["x"] + 9, box["y"] + 9)
    page.wait_for_url("**/sv/kramp/#part-5")
    edge = page.locator(".top").evaluate("(each) => each.getBoundingClientRect().bottom")
    top = page.locator("#part-5").evaluate("(each) => each.getBoundingClientRect().top")
    assert edge <= top < edge + 60


def test_the_switcher_leads_to_the_top_from_the_top(page: Page, address: str) -> None:
    page.goto(f"{address}en/cramp/")
    page.click(".languages a")
    page.wait_for_url("**/sv/kramp/")


def test_the_switcher_works_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}en/cramp/#part-3")
    page.locator(".languages a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv/kramp/#part-3")


def test_the_choice_of_language_is_remembered_and_forces_nobody(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator(".last:visible").count() == 0
    page.goto(f"{address}en/cramp/")
    page.click(".languages a")
    page.goto(address)
    assert page.locator("section[lang=sv] .last").is_visible()
    assert page.locator("section[lang=en] .last").is_hidden()
    assert page.url == address


def test_either_language_stands_first_side_by_side(page: Page, address: str) -> None:
    page.goto(f"{address}parallel/cramp/")
    row = page.locator(".row", has=page.locator("#help"))

    def first() -> str:
        left, right = (cell.evaluate("(each) => each.offsetLeft") for cell in row.locator(".cell").all())
        return "en" if left < right else "sv"

    assert first() == "en"
    page.get_by_label("Svenska", exact=True).check()
    assert first() == "sv"


# With and without script


def table(page: Page) -> list[str]:
    return page.locator("table").last.locator("tbody td:first-child").all_inner_texts()


def test_a_table_sorts_by_the_alphabet_of_its_language_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}sv/kramp/")
    heads = page.locator("table").last.locator("th")
    heads.first.get_by_role("button").click()
    assert table(page) == ["Apelsin", "Zink", "Åkerbär", "Ärtor"]
    assert heads.first.get_attribute("aria-sort") == "ascending"
    heads.first.get_by_role("button").click()
    assert table(page) == ["Ärtor", "Åkerbär", "Zink", "Apelsin"]
    heads.first.get_by_role("button").click()
    assert table(page) == ROWS
    assert heads.first.get_attribute("aria-sort") is None


def test_a_table_sorts_figures_by_value_as_the_language_writes_them(page: Page, address: str) -> None:
    page.goto(f"{address}sv/kramp/")
    page.locator("table").last.locator("th button").last.click()
    assert table(page) == ["Ärtor", "Zink", "Åkerbär", "Apelsin"]


def test_a_page_is_whole_without_script(chromium: Browser, address: str) -> None:
    with chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}sv/kramp/")
        assert page.get_by_role("navigation", name="On this page").get_by_role("link").first.is_visible()
        assert page.get_by_role("button").count() == 0
        original = page.locator(".warning .was")
        assert original.is_hidden()
        page.locator(".warning summary").click()
        assert original.is_visible()
        assert original.inner_text() == "Call 112."
        page.get_by_role("link", name="English").first.click()
        assert page.url == f"{address}en/cramp/"


def test_the_contents_fold_on_a_phone_and_stand_beside_the_text_on_a_desk(
    chromium: Browser, address: str
) -> None:
    for width, visible in ((375, False), (1280, True)):
        with chromium.new_context(viewport={"width": width, "height": 900}) as context:
            page = context.new_page()
            page.goto(f"{address}en/cramp/")
            assert page.locator(".toc a").first.is_visible() is visible
            if not visible:
                page.locator(".toc summary").click()
                assert page.locator(".toc a").first.is_visible()


def test_the_site_works_from_a_folder_on_disk(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.click("section[lang=sv] .button")
    page.click("text=Kramp >> nth=0")
    page.wait_for_url("**/sv/kramp/index.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"


def test_the_first_tab_offers_to_skip_to_the_text(page: Page, address: str) -> None:
    page.goto(f"{address}en/cramp/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("(each) => each === document.activeElement")
    page.wait_for_function("document.querySelector('.skip').getBoundingClientRect().top >= 0")


def test_each_passage_has_an_address_that_shows_itself(page: Page, address: str) -> None:
    page.goto(f"{address}en/cramp/")
    here = page.locator("#part-5 > .here")
    assert here.evaluate("(each) => getComputedStyle(each).opacity") == "0"
    page.locator("#part-5").hover()
    assert here.evaluate("(each) => getComputedStyle(each).opacity") == "1"
    here.click()
    page.wait_for_url("**/en/cramp/#part-5")


def test_print_keeps_the_text_and_the_marks_and_leaves_the_ways_out(page: Page, address: str) -> None:
    page.goto(f"{address}sv/kramp/")
    page.emulate_media(media="print")
    assert page.locator(".warning .mark .words").is_visible()
    assert page.locator("td .mark .words").first.is_visible()
    for hidden in (".languages", ".toc", ".share", ".skip", ".paper"):
        assert page.locator(hidden).is_hidden(), hidden


@pytest.mark.parametrize("path", ["sv/kramp/", "parallel/cramp/"])
def test_paper_names_the_addresses_of_links_and_its_own_but_none_twice(
    page: Page, address: str, path: str
) -> None:
    page.goto(address + path)
    assert page.locator(".source").is_hidden()
    page.emulate_media(media="print")
    assert page.locator(".source").inner_text() == f"https://a.example/{path}"

    def after(href: str) -> str:
        link = page.locator(f"main a[href='{href}']").first
        return str(link.evaluate("(each) => getComputedStyle(each, '::after').content"))

    assert after("https://a.example/doses") == "none"
    assert "https://a.example/others" in after("https://a.example/others")


@pytest.mark.parametrize("path", ["sv/kramp/", "parallel/cramp/"])
def test_a_button_prints_where_a_script_can(page: Page, address: str, path: str) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(address + path)
    page.get_by_role("button", name="Print or save as PDF").click()
    assert page.evaluate("window.printed")


def test_figures_stand_below_each_other_whatever_sign_follows_one(page: Page, address: str) -> None:
    page.goto(f"{address}sv/kramp/")
    assert page.locator("td[data-state=missing]", has_text="350 mg").locator(".mark").is_visible()
    ends = [
        cell.evaluate(
            """(cell) => {
                const range = document.createRange();
                range.selectNodeContents(cell.querySelector(":scope > span[lang]") ?? cell.firstChild);
                return Math.round(range.getBoundingClientRect().right);
            }"""
        )
        for cell in page.locator("td", has_text=" mg").all()
    ]
    assert len(ends) == 2
    assert len(set(ends)) == 1
