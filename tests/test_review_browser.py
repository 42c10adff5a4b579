"""The editor in a real browser: the day of a translator, two editors at once, a kill in the middle."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.model import Draft, Entry, State
from pipeline.review.guard import Secrets
from tests.conftest import Plant
from tests.editor import PSEUDO, Editor, planted, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

WATER = "Drink a glass of water."
DOSE = "Take **2 mg** before [sleep](cramp.md)."
DRAFT = "Drick ett glas vatten."
RECORDING = Path(__file__).parent / "cases" / "review" / "ten-entries-by-keyboard.txt"
TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def editor(plant: Plant) -> Iterator[Editor]:
    with running(planted(plant)) as found:
        yield found


@contextmanager
def at(browser: Browser, editor: Editor, path: str = "/desk/sv/cramp", **options: object) -> Iterator[Page]:
    """A page of the editor in a browser of its own; our script may not fail, nor the policy stop anything."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    context.add_init_script(
        "addEventListener('pointerdown', () => sessionStorage.setItem('pointer', 1), true)"
    )
    faults = list[str]()
    try:
        yield opened(context, editor, path, faults)
    finally:
        context.close()
    assert not faults


def opened(context: BrowserContext, editor: Editor, path: str, faults: list[str]) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    cookie = {"name": f"tvilling-{editor.port}", "value": editor.secrets.cookie, "url": editor.address}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(editor.address + path)
    return page


def block(page: Page, text: str) -> str:
    """The selector of the block with that text."""
    found = page.locator(".row", has_text=re.compile(re.escape(text))).first.get_attribute("id")
    assert found
    return f'[id="{found}"]'


def opened_text(page: Page) -> str:
    """The original of the open block."""
    page.wait_for_selector(".row.opened textarea[name=text]:focus")
    return page.locator(".row.opened .original").inner_text()


def machine_drafted(editor: Editor) -> None:
    line = Draft.of("argos", "1.9", DRAFT)
    editor.put(WATER, f'# {line}\n#, fuzzy\nmsgid "{WATER}"\nmsgstr "{DRAFT}"')


def wait_for(editor: Editor, page: Page, source: str, state: State) -> Entry:
    for _ in range(100):
        entry = editor.entry(source)
        if entry.state is state:
            return entry
        page.wait_for_timeout(50)
    raise AssertionError(f"{entry} is not {state}")


def test_ten_entries_are_reviewed_by_keyboard_alone(chromium: Browser, editor: Editor) -> None:
    """What was pressed and what came of it is recorded beside the test, and is the same each time."""
    with at(chromium, editor, f"/?key={editor.secrets.key}") as page:
        record = Recorder(page)
        for _ in range(12):
            record.press("Tab")
            if page.evaluate("document.activeElement.id") == "first":
                break
        record.press("Enter")
        seen = []
        for number in range(10):
            seen.append(opened_text(page))
            record.see(seen[-1])
            fault_free = DOSE_TEXT if "2 mg" in seen[-1] else f"Översatt text {'abcdefghij'[number]}"
            record.type("adress" if "Address" in seen[-1] else fault_free)
            record.press("Control+Enter")
            page.wait_for_function(
                "old => document.querySelector('.row.opened .original')?.innerText !== old", arg=seen[-1]
            )
            record.see(page.locator("#head .percent").inner_text())
        assert len(set(seen)) == 10
        page.wait_for_selector("#said:text('Nothing is left')")
        record.see("Nothing is left to do here.")
        assert page.evaluate("sessionStorage.pointer") is None, "no mouse, no finger"
    catalog = editor.catalog.read_text(encoding="utf-8")
    assert "fuzzy" not in catalog
    assert catalog.count('msgstr ""') == 1
    if os.environ.get("UPDATE_GOLDEN"):
        RECORDING.write_text(record.text, encoding="utf-8")
    assert record.text == RECORDING.read_text(encoding="utf-8")


class Recorder:
    """Presses keys, and writes down which."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = list[str]()

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.lines.append(f"press  {key}")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.lines.append(f"type   {text}")

    def see(self, text: str) -> None:
        self.lines.append(f"  see  {' '.join(text.split())}")

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


DOSE_TEXT = "Ta **2 mg** före [sömnen](cramp.md)."


def test_a_click_opens_a_block_and_typing_shows_faults_and_the_result(
    chromium: Browser, editor: Editor
) -> None:
    with at(chromium, editor) as page:
        page.locator(f"{block(page, '2 mg')} .translation .text").click()
        assert "2 mg" in opened_text(page)
        page.keyboard.type("Ta **3 mg** före [sömn](cramp.md).")
        page.wait_for_selector(".live .findings b:text('figures')")
        assert page.locator(".live .preview strong").inner_text() == "3 mg"
        page.keyboard.press("Control+a")
        page.keyboard.type(DOSE_TEXT)
        page.wait_for_selector(".live .fine")
        assert editor.entry(DOSE).target == ""
        page.keyboard.press("Control+s")
        assert wait_for(editor, page, DOSE, State.DRAFT).target == DOSE_TEXT


def test_typing_shows_faults_in_the_language_of_the_editor(chromium: Browser, editor: Editor) -> None:
    with at(chromium, editor, "/desk/sv/cramp?ui=sv") as page:
        page.locator(f"{block(page, '2 mg')} .translation .text").click()
        opened_text(page)
        page.keyboard.type("Ta **3 mg** före [sömn](cramp.md).")
        page.wait_for_selector(".live .findings p:text('2 mg blev 3 mg')")


def test_a_machine_draft_is_accepted_discarded_and_undone(chromium: Browser, editor: Editor) -> None:
    machine_drafted(editor)
    before = editor.catalog.read_bytes()
    with at(chromium, editor) as page:
        page.locator(f"{block(page, WATER)} .translation .text").click()
        opened_text(page)
        page.keyboard.press("Control+Enter")
        entry = wait_for(editor, page, WATER, State.REVIEWED)
        assert (entry.target, entry.draft) == (DRAFT, None)
        page.wait_for_selector("#undo:enabled")
        page.keyboard.press("Alt+u")
        wait_for(editor, page, WATER, State.MACHINE)
        assert editor.catalog.read_bytes() == before
        page.wait_for_selector(".row.opened button[value=reject]")
        page.keyboard.press("Alt+r")
        wait_for(editor, page, WATER, State.MISSING)


def test_a_fault_is_accepted_with_a_reason_and_a_note_is_left(chromium: Browser, editor: Editor) -> None:
    with at(chromium, editor) as page:
        page.locator(f"{block(page, '2 mg')} .translation .text").click()
        opened_text(page)
        page.keyboard.type("Ta **3 mg** före [sömn](cramp.md).")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#said:text('until the fault')")
        page.locator(".row.opened .findings summary").first.click()
        page.locator(".row.opened .findings input[name=reason]").first.fill("the source is wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector(".row.opened .waivers")
        assert editor.entry(DOSE).waivers == {"figures": "the source is wrong"}
        page.keyboard.press("Alt+n")
        page.keyboard.type("asked Eva")
        page.keyboard.press("Escape")
        page.wait_for_selector(".row.opened", state="detached")
        page.keyboard.press("Enter")
        page.wait_for_selector(".row.opened .note[open]")
        page.locator(".row.opened .note textarea").focus()
        page.keyboard.press("Control+Enter")
        page.wait_for_function(
            "() => document.querySelector('.note[open] textarea')?.defaultValue === 'asked Eva'"
        )
        assert editor.entry(DOSE).comments == ("asked Eva", "accept: figures — the source is wrong")
        assert editor.entry(DOSE).state is State.REVIEWED


def test_unsaved_text_survives_a_reload_and_a_killed_editor(chromium: Browser, plant: Plant) -> None:
    root = planted(plant)
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    with running(root) as editor:
        port = editor.port
        page = opened(context, editor, "/desk/sv/cramp", [])
        page.locator(f"{block(page, WATER)} .translation .text").click()
        opened_text(page)
        page.keyboard.type("Halva mitt")
        page.reload()
        page.wait_for_selector(".row.opened textarea[name=text]")
        assert page.locator(".row.opened textarea[name=text]").input_value() == "Halva mitt"
        page.keyboard.press("End")
        page.keyboard.type(" förslag")
    # The editor is gone; a save is not lost, it only waits.
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#said:text('does not answer')")
    with running(root, Secrets(), port) as editor:
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#said:text('started anew')")
        assert editor.entry(WATER).target == ""
        page.goto(editor.door)
        page.goto(f"{editor.address}/desk/sv/cramp")
        assert page.locator(f"{block(page, WATER)} .unsaved").inner_text() == "Not saved yet"
        page.locator(f"{block(page, WATER)} .translation .text").click()
        opened_text(page)
        page.keyboard.press("Control+Enter")
        assert wait_for(editor, page, WATER, State.REVIEWED).target == "Halva mitt förslag"
        page.wait_for_function("() => localStorage.length === 0")
    context.close()


def test_two_editors_at_once_lose_nothing(chromium: Browser, editor: Editor) -> None:
    with at(chromium, editor) as mine, at(chromium, editor) as theirs:
        for page, text in ((mine, "Mitt förslag"), (theirs, "Deras förslag")):
            page.locator(f"{block(page, WATER)} .translation .text").click()
            opened_text(page)
            page.keyboard.type(text)
        theirs.keyboard.press("Control+Enter")
        wait_for(editor, theirs, WATER, State.REVIEWED)
        mine.keyboard.press("Control+Enter")
        mine.wait_for_selector(".clash")
        assert editor.entry(WATER).target == "Deras förslag"
        assert mine.locator(".clash .theirs").inner_text().strip() == "Deras förslag"
        assert mine.locator(".clash textarea").input_value() == "Mitt förslag"
        mine.locator(".clash textarea").fill("Vårt förslag")
        mine.keyboard.press("Control+Enter")
        mine.wait_for_selector("#said:text('Saved')")
        assert editor.entry(WATER).target == "Vårt förslag"


def test_what_is_in_the_file_can_be_kept(chromium: Browser, editor: Editor) -> None:
    with at(chromium, editor) as page:
        page.locator(f"{block(page, WATER)} .translation .text").click()
        opened_text(page)
        page.keyboard.type("Mitt förslag")
        editor.put(WATER, f'msgid "{WATER}"\nmsgstr "Poedits förslag."')
        page.keyboard.press("Control+Enter")
        page.locator(".clash .keep-theirs").click()
        page.wait_for_function(
            "() => document.querySelector('.row.opened textarea[name=text]')?.value === 'Poedits förslag.'"
        )
        assert page.locator(".clash").count() == 0
        assert editor.entry(WATER).target == "Poedits förslag."


def test_a_match_a_term_and_the_original_are_taken_over(chromium: Browser, editor: Editor) -> None:
    editor.put(WATER, f'msgid "{WATER}"\nmsgstr "{DRAFT}"')
    with at(chromium, editor) as page:
        page.locator(f"{block(page, 'glass of milk')} .translation .text").click()
        opened_text(page)
        area = page.locator(".row.opened textarea[name=text]")
        page.keyboard.press("Alt+m")
        assert area.input_value() == DRAFT
        page.keyboard.press("Alt+o")
        assert area.input_value() == "Drink a glass of milk."
        page.keyboard.press("Control+z")
        assert area.input_value() == DRAFT


def test_the_machine_is_asked_by_a_key_and_its_text_can_be_undone(chromium: Browser, plant: Plant) -> None:
    with (
        running(planted(plant, f'[translate]\nengines = ["{PSEUDO}"]\n')) as editor,
        at(chromium, editor) as page,
    ):
        page.locator(f"{block(page, WATER)} .translation .text").click()
        opened_text(page)
        area = page.locator(".row.opened textarea[name=text]")
        page.keyboard.press("Alt+t")
        page.wait_for_selector("#said:text('A machine wrote this')")
        assert area.input_value().startswith("Đ")
        page.keyboard.press("Control+z")
        assert area.input_value() == ""
        page.keyboard.press("Control+Shift+z")
        page.keyboard.press("Control+s")
        wait_for(editor, page, WATER, State.MACHINE)


def test_the_keys_move_between_blocks_and_are_listed(chromium: Browser, editor: Editor) -> None:
    with at(chromium, editor) as page:
        page.keyboard.press("Alt+ArrowDown")
        first = opened_text(page)
        page.keyboard.press("Alt+ArrowDown")
        page.wait_for_function(
            "old => document.querySelector('.row.opened .original')?.innerText !== old", arg=first
        )
        second = opened_text(page)
        page.keyboard.press("Alt+ArrowUp")
        page.wait_for_function(
            "old => document.querySelector('.row.opened .original')?.innerText !== old", arg=second
        )
        assert opened_text(page) == first
        page.keyboard.press("Escape")
        page.wait_for_selector(".row.opened", state="detached")
        page.keyboard.press("?")
        page.wait_for_selector("#keys[open]")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("milk")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.querySelectorAll('.row').length === 1")


@pytest.mark.parametrize(
    "hostile", ["<script>window.hit = 1</script>", "<img src=x onerror='window.hit = 1'>"]
)
def test_a_hostile_catalog_runs_nothing(chromium: Browser, editor: Editor, hostile: str) -> None:
    editor.put(WATER, f'#, fuzzy\n# {hostile}\nmsgid "{WATER}"\nmsgstr "{hostile} {hostile}"')
    with at(chromium, editor) as page:
        page.locator(f"{block(page, WATER)} .translation").click()
        page.wait_for_selector(".row.opened textarea[name=text]")
        page.keyboard.type("x")
        page.wait_for_selector(".live .findings, .live .fine")
        assert page.evaluate("() => window.hit") is None
        assert page.locator("main script, main [onerror], main img:not([src^='/media/'])").count() == 0


@pytest.mark.parametrize("path", ["/", "/desk/sv/cramp", "/?q=zzz", "/desk/sv/cramp?state=machine"])
def test_axe_finds_nothing(chromium: Browser, editor: Editor, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    machine_drafted(editor)
    editor.put("Rest.", '# why\n#, fuzzy\n#| msgid "Have a rest."\nmsgid "Rest."\nmsgstr "Vila 3 gånger."')
    with at(chromium, editor, path) as page:
        if path == "/desk/sv/cramp":
            page.locator(f"{block(page, 'Rest.')} .translation .text").click()
            opened_text(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, (scheme, found.generate_report())


def test_axe_finds_nothing_in_a_clash_nor_in_the_list_of_keys(chromium: Browser, editor: Editor) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with at(chromium, editor, "/desk/sv/cramp?ui=sv") as page:
        page.locator(f"{block(page, WATER)} .translation .text").click()
        opened_text(page)
        page.keyboard.type("Mitt förslag")
        editor.put(WATER, f'msgid "{WATER}"\nmsgstr "Poedits förslag."')
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".clash textarea:focus")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.keyboard.press("F1")
        page.wait_for_selector("#keys[open]")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_on_a_tablet_everything_fits_and_a_tap_opens(chromium: Browser, editor: Editor) -> None:
    with at(chromium, editor, viewport=TABLET, has_touch=True) as page:
        page.locator(f"{block(page, WATER)} .translation .text").tap()
        opened_text(page)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        page.locator(".row.opened textarea[name=text]").fill("Drick!")
        page.locator(".row.opened button[value=accept]").tap()
        wait_for(editor, page, WATER, State.REVIEWED)


def test_without_scripts_the_forms_do_it(chromium: Browser, editor: Editor) -> None:
    with at(chromium, editor, java_script_enabled=False) as page:
        row = block(page, WATER)
        page.locator(f"{row} .edit-link").click()
        page.locator(f"{row} textarea[name=text]").fill("Drick!")
        page.locator(f"{row} button[value=accept]").click()
        assert editor.entry(WATER).target == "Drick!"
        assert "2 mg" in page.locator(".row.opened .original").inner_text()
