"""The editor over HTTP: who may ask, what is written, and what without any script works."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import checks, config, files
from pipeline.errors import FileError
from pipeline.model import Catalog, Entry, Finding, Kind, State
from pipeline.review import forms
from pipeline.review.disk import Disk, Loaded
from pipeline.review.forms import Form
from pipeline.review.guard import POLICY, Secrets
from pipeline.review.session import Session
from pipeline.review.views import Views
from pipeline.stages import check
from pipeline.stages.project import Project, source_lang
from tests.conftest import Plant
from tests.editor import ARTICLE, CATALOG, PSEUDO, Editor, load, planted, refresh, running

WATER = "Drink a glass of water."


@pytest.fixture
def editor(plant: Plant) -> Iterator[Editor]:
    with running(planted(plant)) as found:
        yield found


# Who may ask


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": ""}, 400),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Cookie": ""}, 401),
        ({"Cookie": "tvilling-1=x"}, 401),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/json"}, 415),
    ],
    ids=str,
)
def test_a_change_is_made_only_for_our_own_pages(
    editor: Editor, headers: dict[str, str], status: int
) -> None:
    before = editor.catalog.read_bytes()
    fields = editor.fields(WATER, "accept", "Drick!")
    try:
        found = editor.ask("/save/sv/cramp/x", fields, **headers)[0]
    except ConnectionResetError:
        # No HTTP at all without a Host: the server may hang up before it has read the form.
        found = 400 if headers == {"Host": ""} else 0
    assert found == status
    assert editor.catalog.read_bytes() == before


def test_a_change_needs_the_token(editor: Editor) -> None:
    before = editor.catalog.read_bytes()
    for token in ("", "x", "ä", "\ud800"):
        fields = {**editor.fields(WATER, "accept", "Drick!"), "token": token}
        assert editor.ask("/save/sv/cramp/x", fields)[0] in (400, 403)
    assert editor.catalog.read_bytes() == before


@pytest.mark.parametrize("path", ["/", "/desk/sv/cramp", "/static/review.js", "/nowhere", "/undo"])
def test_nothing_is_shown_to_a_stranger(editor: Editor, path: str) -> None:
    assert editor.ask(path, Cookie="")[0] == 401
    assert editor.ask(path, Host="evil.example")[0] == 421


def test_the_key_opens_and_a_wrong_one_does_not(editor: Editor) -> None:
    status, _, headers = editor.ask(f"/?key={editor.secrets.key}", Cookie="", Origin="")
    assert status == 303
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=strict" in headers["set-cookie"]
    assert editor.ask("/?key=guess", Cookie="")[0] == 401
    assert "Open it by the address" in editor.ask("/", Cookie="")[1]
    assert "Öppna den med adressen" in editor.ask("/", Cookie="", Accept_Language="sv-SE,sv;q=0.9")[1]


def test_parts_of_pages_are_not_for_other_sites(editor: Editor) -> None:
    for site in ("cross-site", "same-site"):
        answer = editor.ask("/desk/sv/cramp", Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors")
        assert answer[0] == 403


@pytest.mark.parametrize("path", ["/", "/desk/sv/cramp", "/static/review.css", "/nowhere"])
def test_every_answer_carries_the_strict_policy(editor: Editor, path: str) -> None:
    headers = editor.ask(path)[2]
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../base.html",
        "/static/%2e%2e%2fbase.html",
        "/static/..%5c..%5ctvilling.toml",
        "/static/base.html",
        "/desk/sv/..%2f..%2fx",
        "/desk/../cramp",
        "/desk/xx/cramp",
        "/row/sv/cramp/none",
    ],
)
def test_only_what_is_in_the_project_is_found(editor: Editor, path: str) -> None:
    assert editor.ask(path)[0] == 404
    assert "Page not found" in editor.ask(path)[1]


def test_a_huge_form_is_refused(editor: Editor) -> None:
    assert editor.ask("/save/sv/cramp/x", editor.fields(WATER, "accept", "x" * (1 << 20)))[0] == 413


@pytest.mark.parametrize("action", ["", "delete", "accept:x\n", "waive", "waive:../x"])
def test_an_unknown_action_changes_nothing(editor: Editor, action: str) -> None:
    before = editor.catalog.read_bytes()
    status = editor.ask("/save/sv/cramp/x", {**editor.fields(WATER, action, "Drick!"), "reason": "so"})[0]
    assert status in (303, 400, 422) if action.startswith("accept:") else status in (400, 422)
    if not action.startswith("accept:"):
        assert editor.catalog.read_bytes() == before


# Work without a script


def forms_in(page: str) -> list[dict[str, str]]:
    """The forms of a page: their hidden fields, and where they go."""
    found = []
    for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL):
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        address = re.search(r'action="([^"]+)"', form)
        found.append({**fields, "address": address[1] if address else ""})
    return found


def row_of(editor: Editor, text: str) -> str:
    page = editor.ask("/desk/sv/cramp")[1]
    rows = re.findall(r'<li class="row .*?</li>', page, re.DOTALL)
    found = next(row for row in rows if text in row)
    return str(re.findall(r' id="([^"]+)"', found)[0])


def test_by_links_and_forms_alone_a_block_is_opened_accepted_and_the_next_comes(editor: Editor) -> None:
    page = editor.ask(f"/desk/sv/cramp?at={row_of(editor, WATER)}")[1]
    (form,) = [one for one in forms_in(page) if one.get("source") == WATER and "/save/" in one["address"]][:1]
    address = form.pop("address")
    status, _, headers = editor.ask(address, {**form, "action": "accept", "text": "Drick ett glas vatten."})
    assert status == 303
    assert editor.entry(WATER).state is State.REVIEWED
    assert row_of(editor, "2 mg") in headers["location"]
    following = editor.ask(headers["location"].partition("#")[0])[1]
    assert following.count('<form class="edit"') == 1


def test_only_the_touched_lines_of_the_file_change(editor: Editor) -> None:
    before = editor.catalog.read_text(encoding="utf-8").splitlines()
    editor.ask("/save/sv/cramp/x", editor.fields(WATER, "accept", "Drick ett glas vatten."))
    after = editor.catalog.read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [('msgstr ""', 'msgstr "Drick ett glas vatten."')]


def test_what_another_program_wrote_is_shown_beside_ones_own_and_neither_is_lost(editor: Editor) -> None:
    fields = editor.fields(WATER, "accept", "Mitt förslag.")
    editor.put(WATER, f'msgid "{WATER}"\nmsgstr "Poedits <b>förslag</b>."')
    theirs = editor.catalog.read_bytes()
    status, page, _ = editor.ask("/save/sv/cramp/x", fields)
    assert status == 409
    assert "Poedits &lt;b&gt;förslag&lt;/b&gt;." in page
    assert "Mitt förslag." in page
    assert editor.catalog.read_bytes() == theirs
    form = next(one for one in forms_in(page) if one.get("source") == WATER)
    address = form.pop("address")
    assert editor.ask(address, {**form, "action": "accept", "text": "Mitt förslag."})[0] == 303
    assert editor.entry(WATER).target == "Mitt förslag."


def test_what_another_program_wrote_elsewhere_in_the_file_stays(editor: Editor) -> None:
    fields = editor.fields(WATER, "accept", "Drick!")
    editor.put("Rest.", '#. from Poedit\nmsgid "Rest."\nmsgstr "Vila."')
    assert editor.ask("/save/sv/cramp/x", fields)[0] == 303
    assert (editor.entry("Rest.").target, editor.entry(WATER).target) == ("Vila.", "Drick!")
    assert "#. from Poedit" in editor.catalog.read_text(encoding="utf-8")


def test_an_edit_of_a_text_that_is_gone_gives_the_words_back(editor: Editor) -> None:
    fields = editor.fields(WATER, "accept", "Mitt förslag.")
    text = editor.catalog.read_text(encoding="utf-8")
    editor.catalog.write_text(text.replace(WATER, "Drink two glasses of water."), encoding="utf-8")
    status, page, _ = editor.ask("/save/sv/cramp/x", fields)
    assert status == 409
    assert "Mitt förslag." in page


def test_a_save_that_is_overtaken_is_done_over_what_overtook_it(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = editor.fields(WATER, "accept", "Drick!")
    settings, read, texts = config.read(editor.root), files.read_text, list[str]()

    def reading(path: Path, root: Path) -> str:
        texts.append(read(path, root))
        if len(texts) == 1:
            editor.put("Rest.", 'msgid "Rest."\nmsgstr "Vila."')
        return texts[-1]

    monkeypatch.setattr(files, "read_text", reading)
    edit = forms.edit(Form({name: [value] for name, value in fields.items()}))
    Session(Disk(settings, Loaded)).save(("sv", "cramp"), edit)
    monkeypatch.undo()
    assert len(texts) == 5
    assert (editor.entry("Rest.").target, editor.entry(WATER).target) == ("Vila.", "Drick!")


def test_a_save_of_our_own_reads_nothing_else_again_but_foreign_changes_are_seen(editor: Editor) -> None:
    settings, reads = config.read(editor.root), list[Loaded]()

    def reading() -> Loaded:
        reads.append(load(settings))
        return reads[-1]

    disk = Disk(settings, reading)
    session = Session(disk)
    disk.look()
    fields = {name: [value] for name, value in editor.fields(WATER, "accept", "Drick!").items()}
    session.save(("sv", "cramp"), forms.edit(Form(fields)))
    assert disk.look() == load(settings)
    assert len(reads) == 1
    editor.put("Rest.", 'msgid "Rest."\nmsgstr "Vila."')
    assert disk.look() == load(settings)
    assert len(reads) == 2
    session.undo()
    assert disk.look() == load(settings)
    assert len(reads) == 2


def test_a_file_that_is_written_all_the_time_is_left_alone(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = editor.fields(WATER, "accept", "Drick!")
    read = files.read_text

    def reading(path: Path, root: Path) -> str:
        text = read(path, root)
        path.write_text(text + "# more\n", encoding="utf-8")
        return text

    monkeypatch.setattr(files, "read_text", reading)
    edit = forms.edit(Form({name: [value] for name, value in fields.items()}))
    with pytest.raises(FileError, match="keeps writing"):
        Session(Disk(config.read(editor.root), Loaded)).save(("sv", "cramp"), edit)
    assert "Drick!" not in editor.catalog.read_text(encoding="utf-8")


def test_undo_takes_the_last_save_back_and_then_the_one_before(editor: Editor) -> None:
    before = editor.catalog.read_bytes()
    editor.ask("/save/sv/cramp/x", editor.fields(WATER, "accept", "Drick!"))
    first = editor.catalog.read_bytes()
    editor.ask("/save/sv/cramp/x", editor.fields("Rest.", "draft", "Vila."))
    assert editor.ask("/undo", {})[0] == 303
    assert editor.catalog.read_bytes() == first
    assert editor.ask("/undo", {})[0] == 303
    assert editor.catalog.read_bytes() == before
    assert editor.ask("/undo", {})[0] == 422


def test_undo_does_not_take_back_what_another_program_wrote_since(editor: Editor) -> None:
    editor.ask("/save/sv/cramp/x", editor.fields(WATER, "accept", "Drick!"))
    text = editor.catalog.read_text(encoding="utf-8").replace("Drick!", "Drick mer!")
    editor.catalog.write_text(text, encoding="utf-8")
    assert editor.ask("/undo", {})[0] == 409
    assert editor.entry(WATER).target == "Drick mer!"


def test_a_broken_catalog_is_a_page_that_names_its_line_and_then_works_again(editor: Editor) -> None:
    good = editor.catalog.read_text(encoding="utf-8")
    editor.catalog.write_text(good + "<<<<<<< HEAD\n", encoding="utf-8")
    status, page, _ = editor.ask("/")
    assert status == 500
    assert f"{CATALOG}:{good.count(chr(10)) + 1}: error: git left a conflict here" in page
    page = editor.ask("/", Accept_Language="sv")[1]
    assert (
        f"{CATALOG}:{good.count(chr(10)) + 1}: fel: git har lämnat en konflikt här [conflict-marker]" in page
    )
    assert "    åtgärd: behåll ena sidan av konflikten" in page
    fields = {"source": WATER, "context": "", "seen": "", "action": "accept", "text": "Drick!"}
    assert editor.ask("/save/sv/cramp/x", fields)[0] == 500
    assert editor.catalog.read_text(encoding="utf-8") == good + "<<<<<<< HEAD\n"
    editor.catalog.write_text(good, encoding="utf-8")
    assert editor.ask("/")[0] == 200


def test_what_was_acknowledged_as_saved_survives_a_kill(plant: Plant) -> None:
    root = planted(plant)
    command = [sys.executable, "-m", "pipeline", "-C", str(root), "review", "--no-browser", "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        found = re.search(r":(\d+)/\?key=(\S+)", process.stdout.readline())
        assert found
        stranger = Editor(root, int(found[1]), Secrets(key=found[2]))
        cookie = stranger.ask(f"/?key={found[2]}", Cookie="", Origin="")[2]["set-cookie"].partition(";")[0]
        token = re.findall(r'name="token" value="([^"]+)"', stranger.ask("/", Cookie=cookie)[1])[0]
        editor = Editor(root, int(found[1]), Secrets(found[2], cookie.partition("=")[2], token))
        saved = 0
        with contextlib.suppress(OSError, http.client.HTTPException):
            while editor.ask("/save/sv/cramp/x", editor.fields(WATER, "draft", f"Drick {saved}!"))[0] == 303:
                saved += 1
                if saved == 3:
                    threading.Timer(0.2, process.kill).start()
    assert process.returncode == -signal.SIGKILL
    assert saved
    assert editor.entry(WATER).target in (f"Drick {saved - 1}!", f"Drick {saved}!")
    assert [path.name for path in editor.catalog.parent.glob("*.po")] == ["cramp.po", "site.po"]


@pytest.mark.gettext
def test_what_the_editor_wrote_is_what_gettext_would_write(editor: Editor) -> None:
    editor.ask("/save/sv/cramp/x", editor.fields(WATER, "accept", 'Drick "vatten" \\ och\tsov.'))
    editor.ask("/save/sv/cramp/x", editor.fields("Rest.", "draft", "Vila."))
    editor.ask("/save/sv/cramp/x", {**editor.fields("Rest.", "note", ""), "note": "ask Eva\nor Åke"})
    editor.ask("/save/sv/cramp/x", {**editor.fields(WATER, "waive:figures", ""), "reason": "so"})
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", editor.catalog], check=True)
    normal = subprocess.run(["msgcat", "--no-wrap", editor.catalog], check=True, capture_output=True)
    assert normal.stdout.decode() == editor.catalog.read_text(encoding="utf-8")


# What is shown


def test_a_fault_is_named_while_typing_and_can_be_accepted_with_a_reason(editor: Editor) -> None:
    source = "Take **2 mg** before [sleep](cramp.md)."
    row = row_of(editor, "2 mg")
    wrong = "Ta **3 mg** före [sömn](cramp.md)."
    fields = editor.fields(source, "", wrong)
    page = editor.ask(f"/check/sv/cramp/{row}", fields)[1]
    assert '<b title="figures">figures</b>' in page
    assert "<strong>3 mg</strong>" in page
    assert editor.entry(source).target == ""
    editor.ask(f"/save/sv/cramp/{row}", editor.fields(source, "accept", wrong))
    assert 'class="row kind-paragraph state-rejected' in editor.ask("/desk/sv/cramp")[1]
    waiver = {**editor.fields(source, "waive:figures", ""), "reason": "as in the source"}
    assert editor.ask(f"/save/sv/cramp/{row}", waiver)[0] == 303
    assert editor.entry(source).waivers == {"figures": "as in the source"}
    assert "state-rejected" not in editor.ask("/desk/sv/cramp")[1]


def test_the_swedish_editor_names_faults_in_swedish(editor: Editor) -> None:
    source = "Take **2 mg** before [sleep](cramp.md)."
    row = row_of(editor, "2 mg")
    fields = editor.fields(source, "accept", "Ta 3 mg före [sömn](cramp.md).")
    typed = editor.ask(f"/check/sv/cramp/{row}", fields, Accept_Language="sv")[1]
    editor.ask(f"/save/sv/cramp/{row}", fields)
    for page in (typed, editor.ask(f"/desk/sv/cramp?ui=sv&at={row}")[1]):
        assert '<b title="figures">tal och enheter</b> 2 mg blev 3 mg' in page
        assert "**…** saknas i översättningen" in page
        assert "sätt originalets tecken runt samma ord" in page
        assert "became" not in page
    assert "2 mg became 3 mg" in editor.ask(f"/desk/sv/cramp?ui=en&at={row}")[1]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        '<a href="//evil.example" onclick="x()">x</a>',
        "<svg onload=alert(1)>",
        '"><script>alert(1)</script>',
        "</textarea><script>alert(1)</script>",
        "![x](https://evil.example/pixel.png)",
        "<style>*{display:none}</style>",
        "{{ 7 * 7 }} {% include 'x' %}",
    ],
)
def test_markup_from_a_catalog_does_no_harm(editor: Editor, hostile: str) -> None:
    editor.ask("/save/sv/cramp/x", editor.fields(WATER, "draft", hostile))
    assert editor.entry(WATER).target == hostile
    for path in ("/", f"/desk/sv/cramp?at={row_of(editor, WATER)}", "/?q=x"):
        page = editor.ask(path)[1]
        own = '<script src="/static/review.js" type="module"></script>'
        assert "<script" not in page.replace(own, "")
        tags = re.findall(r"<(?!/)[^>]*>", page)
        assert not [
            tag
            for tag in tags
            if re.search(r"\son\w+=|javascript:|evil\.example", tag, re.IGNORECASE)
            and not tag.startswith(("<input", "<button", '<a class="edit-link'))
        ]
        assert "<svg onload" not in page
        assert "<style" not in page


def test_a_mixed_article_says_where_its_other_passages_are_translated(editor: Editor) -> None:
    page = editor.ask("/desk/sv/cramp")[1]
    assert "Sträck på benet." in page
    assert 'href="/desk/en/cramp?at=' in page


def test_a_filter_and_a_search_show_what_fits(editor: Editor) -> None:
    editor.ask("/save/sv/cramp/x", editor.fields(WATER, "draft", "Drick!"))
    drafts = editor.ask("/desk/sv/cramp?state=draft")[1]
    assert drafts.count('<li class="row ') == 1
    assert "Drick!" in drafts
    found = editor.ask("/?q=drick")[1]
    assert "Drick!" in found
    assert "Nothing was found" in editor.ask("/?q=zzz")[1]


def test_the_editor_speaks_the_asked_language_and_remembers_it(editor: Editor) -> None:
    _, page, headers = editor.ask("/?ui=sv")
    assert '<html lang="sv">' in page
    assert "tvilling-ui=sv" in headers["set-cookie"]
    assert '<html lang="sv">' in editor.ask("/", Accept_Language="sv-SE,sv;q=0.9")[1]
    assert '<html lang="en">' in editor.ask("/", Accept_Language="sv;q=0.1,en")[1]
    assert (
        "set-cookie" not in editor.ask("/?ui=xx")[2] or "ui=xx" not in editor.ask("/?ui=xx")[2]["set-cookie"]
    )


def test_what_the_checks_find_is_told_in_the_language_of_the_editor(editor: Editor) -> None:
    row = row_of(editor, WATER)
    fields = editor.fields(WATER, "check", "Drick 5 glas vatten.")
    page = editor.ask(f"/check/sv/cramp/{row}?ui=sv", fields)[1]
    assert "5 glas finns inte i originalet" in page
    assert "skriv varje tal och enhet i originalet en gång" in page
    assert "5 glas is not in the original" in editor.ask(f"/check/sv/cramp/{row}?ui=en", fields)[1]


def test_a_broken_catalog_is_told_in_the_language_of_the_editor(editor: Editor) -> None:
    editor.catalog.write_text(
        editor.catalog.read_text(encoding="utf-8") + "\n<<<<<<< HEAD\n", encoding="utf-8"
    )
    assert "fel: git har lämnat en konflikt här [conflict-marker]" in editor.ask("/?ui=sv")[1]


def test_an_article_that_changed_is_brought_in_line_on_demand(editor: Editor) -> None:
    article = editor.root / "source_texts" / "cramp.md"
    article.write_text(article.read_text(encoding="utf-8") + "\nCall a doctor.\n", encoding="utf-8")
    assert "New in the article" in editor.ask("/desk/sv/cramp")[1]
    assert editor.ask("/update", {})[0] == 303
    assert editor.entry("Call a doctor.").state is State.MISSING


def test_the_memory_and_the_glossary_help(editor: Editor) -> None:
    editor.ask("/save/sv/cramp/x", editor.fields(WATER, "accept", "Drick ett glas vatten."))
    page = editor.ask(f"/desk/sv/cramp?at={row_of(editor, 'glass of milk')}")[1]
    assert re.search(
        r'data-insert="Drick ett glas vatten\." data-how="whole"><span class="score">8\d %', page
    )
    page = editor.ask(f"/desk/sv/cramp?at={row_of(editor, WATER)}")[1]
    assert '<mark class="term" title="vatten">water</mark>' in page
    assert 'data-insert="Drick ett glas vatten."' not in page, "what stands there already is no match"


def test_a_changed_original_shows_what_changed(editor: Editor) -> None:
    previous = "Drink a cup of water."
    editor.put(WATER, f'#, fuzzy\n#| msgid "{previous}"\nmsgid "{WATER}"\nmsgstr "Drick en kopp vatten."')
    page = editor.ask(f"/desk/sv/cramp?at={row_of(editor, WATER)}")[1]
    assert "<del>cup</del><ins>glass</ins>" in page


# What the checks say, and when


def session_over(editor: Editor) -> Session:
    settings = config.read(editor.root)
    session = Session(Disk(settings, lambda: load(settings)))
    session.disk.look()
    return session


def test_the_overview_waits_for_no_check_and_faults_come_later(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "Take **2 mg** before [sleep](cramp.md)."
    editor.put(source, f'msgid "{source}"\nmsgstr "Ta **3 mg** före [sömn](cramp.md)."')
    session = session_over(editor)
    with monkeypatch.context() as patch:
        patch.setattr(checks, "run", lambda *_: pytest.fail("the overview ran a check"))
        (desk,) = (desk for desk in session.desks() if desk.lang == "sv")
        assert State.REJECTED not in desk.words
        assert session.findings.waiting == 1
    assert not session.check_for(0), "no time, no check"
    assert session.check_for(60)
    assert not session.findings.waiting
    (desk,) = (desk for desk in session.desks() if desk.lang == "sv")
    assert State.REJECTED in desk.words
    assert session.desk(("sv", "cramp")) is desk


def test_a_desk_is_checked_when_it_is_opened_whatever_still_waits(editor: Editor) -> None:
    source = "Take **2 mg** before [sleep](cramp.md)."
    editor.put(source, f'msgid "{source}"\nmsgstr "Ta **3 mg** före [sömn](cramp.md)."')
    session = session_over(editor)
    session.desks()
    desk = session.desk(("sv", "cramp"))
    assert desk
    assert State.REJECTED in desk.words
    assert not session.findings.waiting


def test_what_only_whole_catalogs_show_is_shown_at_its_entry_until_that_changes(editor: Editor) -> None:
    editor.put(WATER, f'msgid "{WATER}"\nmsgstr "Drick ett glas nu."')
    editor.put("Drink a glass of milk.", 'msgid "Drink a glass of milk."\nmsgstr "Drick ett glas nu."')
    session = session_over(editor)
    assert session.check_for(60)
    desk = session.desk(("sv", "cramp"))
    assert desk
    assert desk.checks["shared-translation"] >= 1
    fields = {name: [value] for name, value in editor.fields(WATER, "accept", "Drick vatten.").items()}
    session.save(("sv", "cramp"), forms.edit(Form(fields)))
    row = next(row for row in (session.desk(("sv", "cramp")) or desk).rows if row.segment.text == WATER)
    assert not [finding for finding in row.findings if finding.check == "shared-translation"]
    session.check_for(60)
    after = session.desk(("sv", "cramp"))
    assert after
    assert "shared-translation" not in after.checks


def test_what_is_wrong_with_a_catalog_itself_stands_above_its_blocks(editor: Editor) -> None:
    text = editor.catalog.read_text(encoding="utf-8")
    assert '"Language: sv\\n"' in text
    editor.catalog.write_text(text.replace('"Language: sv\\n"', '"Language: de\\n"'), encoding="utf-8")
    session = session_over(editor)
    session.check_for(60)
    desk = session.desk(("sv", "cramp"))
    assert desk
    assert [finding.check for finding in desk.faults] == ["header"]
    for _ in range(200):
        if ">header</b>" in editor.ask("/desk/sv/cramp")[1]:
            return
        time.sleep(0.02)
    pytest.fail("the editor does not show it")


def test_a_browser_can_ask_how_much_waits(editor: Editor) -> None:
    editor.put(WATER, f'msgid "{WATER}"\nmsgstr "Drick ett glas vatten."')
    assert "The checks are still at work" in editor.ask("/")[1]
    for _ in range(200):
        if editor.ask("/waiting")[1] == '{"waiting":0}':
            break
        time.sleep(0.02)
    assert "The checks are still at work" not in editor.ask("/")[1]


# The page around the blocks

WHOLE = """
-- source_texts/cramp.md --
---
title: Leg cramps
lang: en
---

![A calf](calf.png)

```
take --water <b>
```

- Rest.

  ```
  walk --slowly
  ```

---

| Food | mg |
|------|---:|
| Nuts | 80 |

<!-- translate: off -->

Not for translators.

<!-- translate: on -->

Sleep[^1].

[^1]: A note.
-- source_texts/calf.png --
PNG
-- source_texts/secret.txt~ --
no
"""


def test_code_pictures_rules_and_tables_stand_where_readers_see_them(plant: Plant) -> None:
    with running(planted_whole(plant)) as editor:
        page = editor.ask("/desk/sv/cramp")[1]
        order = [
            "calf.png",
            "take --water &lt;b&gt;",
            "Rest.",
            "walk --slowly",
            "<hr>",
            "<table>",
            "Nuts",
            "Not for",
        ]
        places = [page.index(text) for text in order]
        assert places == sorted(places)
        assert page.count('<li class="scene') == 4
        assert '<img src="/media/calf.png" alt="A calf">' in page
        assert '<li class="scene' not in editor.ask("/desk/sv/cramp?state=reviewed")[1]


def planted_whole(plant: Plant) -> Path:
    root = plant(WHOLE)
    refresh(config.read(root))
    return root


def test_a_saved_cell_shows_in_its_table_at_once(plant: Plant) -> None:
    with running(planted_whole(plant)) as editor:
        fields = editor.fields("Nuts", "accept", "Nötter <script>")
        status, answer, _ = editor.ask("/save/sv/cramp/x", fields, Accept="application/json")
        assert status == 200
        tables = {
            name: html for name, html in json.loads(answer)["rows"].items() if name.startswith("table-")
        }
        assert len(tables) == 1
        (html,) = tables.values()
        assert ">Nötter " in html
        assert "<script" not in html
        assert f'id="{next(iter(tables))}"' in editor.ask("/desk/sv/cramp")[1]


def test_only_pictures_beside_the_articles_are_served(plant: Plant) -> None:
    with running(planted_whole(plant)) as editor:
        status, body, headers = editor.ask("/media/calf.png")
        assert (status, body, headers["content-type"]) == (200, "PNG\n", "image/png")
        for path in (
            "cramp.md",
            "secret.txt~",
            "none.png",
            "../tvilling.toml",
            "%2e%2e/tvilling.toml",
            "%00.png",
            "a" * 300 + ".png",
            "",
        ):
            assert editor.ask(f"/media/{path}")[0] == 404, path
        assert editor.ask("/media/calf.png", Cookie="")[0] == 401


# A draft for one block

MACHINE = f'[translate]\nengines = ["memory", "{PSEUDO}"]\n'


def ask_machine(editor: Editor, source: str, **headers: str) -> tuple[int, dict[str, str]]:
    address = f"/draft/sv/cramp/{row_of(editor, source)}"
    wanted = {"Accept": "application/json", **headers}
    status, answer, _ = editor.ask(address, editor.fields(source, "", ""), **wanted)
    return status, json.loads(answer)


def test_the_machine_drafts_one_block_on_demand_and_nothing_is_saved(plant: Plant) -> None:
    with running(planted(plant, MACHINE)) as editor:
        before = editor.catalog.read_bytes()
        status, found = ask_machine(editor, "Rest.")
        assert status == 200
        assert found["line"].startswith(f"mt: {PSEUDO} ")
        assert editor.catalog.read_bytes() == before
        fields = {**editor.fields("Rest.", "draft", found["text"]), "mt": found["line"]}
        assert editor.ask("/save/sv/cramp/x", fields)[0] == 303
        assert editor.entry("Rest.").state is State.MACHINE
        edited = {**editor.fields("Rest.", "draft", "Vila."), "mt": found["line"]}
        assert editor.ask("/save/sv/cramp/x", edited)[0] == 303
        assert editor.entry("Rest.").state is State.DRAFT


def test_what_was_thrown_away_is_not_offered_again(plant: Plant) -> None:
    with running(planted(plant, MACHINE)) as editor:
        _, found = ask_machine(editor, "Rest.")
        fields = {**editor.fields("Rest.", "draft", found["text"]), "mt": found["line"]}
        editor.ask("/save/sv/cramp/x", fields)
        assert editor.ask("/save/sv/cramp/x", editor.fields("Rest.", "reject", ""))[0] == 303
        assert editor.entry("Rest.").state is State.MISSING
        status, answer = ask_machine(editor, "Rest.")
        assert (status, answer["message"]) == (422, "The machine has no draft that passes the checks.")


def test_why_no_machine_can_help_is_said_in_swedish(plant: Plant) -> None:
    with running(planted(plant, MACHINE.replace(f'"{PSEUDO}"', f'"{PSEUDO}", "libretranslate"'))) as editor:
        _, found = ask_machine(editor, "Rest.")
        fields = {**editor.fields("Rest.", "draft", found["text"]), "mt": found["line"]}
        editor.ask("/save/sv/cramp/x", fields)
        editor.ask("/save/sv/cramp/x", editor.fields("Rest.", "reject", ""))
        status, answer = ask_machine(editor, "Rest.", Accept_Language="sv")
        assert status == 422
        assert (
            answer["message"]
            == "motorn libretranslate översätter inte en → sv: se [translate] i tvilling.toml"
        )


@pytest.mark.parametrize("line", ["mt: a b c\nmsgid", "mt: a", "nonsense", "mt: x y 12345678"])
def test_a_line_that_does_not_fit_the_text_makes_nobody_a_machine(editor: Editor, line: str) -> None:
    editor.ask("/save/sv/cramp/x", {**editor.fields("Rest.", "draft", "Vila."), "mt": line})
    assert (editor.entry("Rest.").state, editor.entry("Rest.").draft) == (State.DRAFT, None)


def test_without_an_engine_there_is_nothing_to_ask(editor: Editor) -> None:
    address = f"/draft/sv/cramp/{row_of(editor, 'Rest.')}"
    assert editor.ask(address, editor.fields("Rest.", "", ""))[0] == 404
    assert "Ask the machine" not in editor.ask(f"/desk/sv/cramp?at={row_of(editor, 'Rest.')}")[1]


def test_what_is_between_articles_and_catalogs_stands_in_the_overview_and_at_its_block(
    editor: Editor,
) -> None:
    """A broken link at its block, which readers see all the same; a text that the article lacks above all."""
    article = editor.root / "source_texts" / "cramp.md"
    article.write_text(
        article.read_text(encoding="utf-8").replace("(cramp.md)", "(gone.md)"), encoding="utf-8"
    )
    text = editor.catalog.read_text(encoding="utf-8")
    text = text.replace("(cramp.md)", "(gone.md)").replace(f'msgid "{WATER}"', 'msgid "Drink of a glass."')
    editor.catalog.write_text(text, encoding="utf-8")
    settings = config.read(editor.root)

    def elsewhere(loaded: Loaded) -> tuple[Finding, ...]:
        return check.elsewhere(Project(settings, loaded.articles, loaded.catalogs))

    session = Session(Disk(settings, lambda: load(settings)), elsewhere)
    session.disk.look()
    assert session.check_for(60)
    desk = next(desk for desk in session.desks() if desk.lang == "sv")
    assert desk.alarms == {"broken-link": 1, "catalog-mismatch": 1}
    (row,) = (row for row in desk.rows if any(each.check == "broken-link" for each in row.findings))
    assert "gone.md" in row.segment.text
    assert row.state is State.MISSING
    assert [each.check for each in desk.faults] == ["catalog-mismatch"]
    live = Views(session).live(("sv", "cramp"), desk, row, ("Ta **2 mg** före [sömn](gone.md).",))
    assert [each.check for each in live["findings"]] == ["broken-link"]  # type: ignore[attr-defined]


def test_the_templates_words_are_english_in_a_project_of_other_languages(plant: Plant) -> None:
    root = plant(ARTICLE)
    settings = replace(config.read(root), languages=("de", "sv"))
    catalog = Catalog("sv", (Entry("Drink 2 dl.", "Drick 2 dl."),))
    loaded = Loaded((), {("sv", "site"): catalog})
    key = ("sv", "site")
    sources = {key: source_lang(Project(settings, (), loaded.catalogs), key)}
    session = Session(Disk(settings, lambda: replace(loaded, sources=sources)))
    session.disk.look()
    desk = session.desk(key)
    assert desk
    assert desk.source_lang == "en"
    assert session.memory().exact("Drink 2 dl.", "", "en", "sv")
    assert session.job(key, catalog.entries[0], Kind.PARAGRAPH).source_lang == "en"
