"""The search of the built site: what is found, that the index is made no oftener than needed, and doing without."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline import config, pagefind
from pipeline.commands.build import tell
from pipeline.errors import SearchError
from pipeline.site import Library, Site, is_index, search
from pipeline.stages import again
from pipeline.stages.whole import Made
from pipeline.store import Store
from pipeline.words import bundled
from tests.conftest import Plant
from tests.test_make import EDITS, PROJECT, say
from tests.test_site import CRAMP, LANGS, SV, broken, cramp, magnesium, rendered

installed = pytest.mark.skipif(pagefind.program() is None, reason="pagefind-bin is not installed")
SITE = Site.load(
    LANGS,
    config.Site("", "/", {"en": "Health", "sv": "Hälsa"}),
    templates=bundled(),
    words={},
    index=pagefind.index,
)


def document(word: str) -> str:
    return (
        f'<!doctype html><html lang="sv"><title>x</title><body data-pagefind-body><p>{word}</p></body></html>'
    )


def fragments(files: dict[str, str | bytes], lang: str) -> list[dict[str, Any]]:
    """What is kept of each article of a language, to be shown with a hit."""
    found = [
        json.loads(gzip.decompress(data)[12:])
        for path, data in files.items()
        if path.startswith(f"{lang}/search/index-0/fragment/") and isinstance(data, bytes)
    ]
    return sorted(found, key=lambda each: str(each["url"]))


# What is found


@installed
def test_an_article_is_found_by_its_own_text_in_the_language_of_the_page() -> None:
    targets = {text: target for text, target in SV.items() if text not in ("Other", "Milk", "one")}
    files = SITE.build([rendered(CRAMP, "cramp", targets, ["Call 112."]), magnesium()])
    swedish, _ = fragments(files, "sv")
    text = str(swedish["content"])
    assert swedish["url"] == "sv/kramp/"
    assert text.startswith("Vad som hjälper. Vad som hjälper. Ta magnesium eller vila. Ring 112.")
    words = set(re.findall(r"\w+", text))
    assert {"två", "Havre", "not"} <= words
    assert words.isdisjoint({"Other", "Milk", "one", "Call", "Machine", "Show", "Warning", "1"})
    assert next(anchor["id"] for anchor in swedish["anchors"] if anchor["element"] == "h2") == "help"


@installed
def test_a_hit_says_the_title_and_how_the_article_stands() -> None:
    files = SITE.build([cramp(["Call 112."]), magnesium()])
    swedish, _ = fragments(files, "sv")
    assert swedish["meta"]["title"] == "Kramp"
    assert 'data-mark="machine"' in swedish["meta"]["badge"]
    (english,) = fragments(files, "en")
    assert english["meta"]["title"] == "Cramp & <sleep>"
    assert 'data-mark="original"' in english["meta"]["badge"]


@installed
def test_an_article_that_nobody_translated_is_found_in_its_own_language_only() -> None:
    files = SITE.build([cramp(), rendered(CRAMP.replace("title: Cramp", "title: Other"), "other", {})])
    assert [each["url"] for each in fragments(files, "sv")] == ["sv/kramp/"]
    assert [each["url"] for each in fragments(files, "en")] == ["en/cramp/", "en/other/"]


# The index


@installed
def test_the_same_documents_make_the_same_files() -> None:
    documents = [(f"sv/{number}/", document(f"ord{number}")) for number in range(40)]
    first, second = list(pagefind.index(documents)), list(pagefind.index(documents))
    assert first == second
    assert all(data for _, data in first)
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.sv.pagefind"} <= set(
        dict(first)
    )


@installed
def test_only_what_the_page_needs_is_published() -> None:
    made = dict(pagefind.index([("sv/a/", document("ord"))]))
    assert not [path for path in made if "ui" in path or "highlight" in path or "unknown" in path]
    assert sum(map(len, made.values())) < 170_000


def test_many_articles_are_shared_out_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MANY", 3)
    text = CRAMP.partition("## Other")[0]
    library = Library.of((rendered(text, f"a{number}", {}).card for number in range(20)), LANGS)
    made: list[Any] = [
        sheet.inputs for sheet in search.indexes(library, {}, SITE.templates, lambda *_: iter(()))
    ]
    english = [inputs for inputs in made if inputs[1] == "en"]
    assert [inputs[2] for inputs in english] == list(range(len(english)))
    assert 1 < len(english) <= 7
    names = [each[0] for inputs in english for each in inputs[3]]
    assert sorted(names) == sorted(f"en/a{number}/" for number in range(20))


def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> SearchError:
    """What is raised where this program stands in Pagefind's place."""
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pagefind, "program", lambda: program)
    with pytest.raises(SearchError) as caught:
        list(pagefind.index([("sv/a/", document("ord"))]))
    return caught.value


def test_a_program_that_fails_is_an_error_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = ask(tmp_path, monkeypatch, "exit 1")
    assert "ended before its work was done" in str(ended)
    assert "search = false" in ended.remedy
    answer = "eyJwYXlsb2FkIjogeyJ0eXBlIjogIkVycm9yIiwgIm1lc3NhZ2UiOiAibm8gcm9vbSJ9fQ=="  # no room
    assert ask(tmp_path, monkeypatch, f"printf '%s,' {answer}; cat").evidence == "no room"
    (tmp_path / "pagefind").chmod(0o644)
    with pytest.raises(SearchError, match="does not run here"):
        list(pagefind.index([]))


# Built and built again


def build(root: Path, *, indexes: bool = True) -> Made:
    with again.store(config.read(root)) as store:
        return again.build(config.read(root), store, indexes=indexes)


def index_of(root: Path, lang: str) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes())
            for path in (root / "public" / lang / "search" / "index-0").rglob("*") if path.is_file()}  # fmt: skip


@installed
def test_a_review_makes_the_index_of_its_own_language_only(plant: Plant) -> None:
    root = plant(PROJECT)
    build(root)
    english, swedish = index_of(root, "en"), index_of(root, "sv")
    assert english.keys() != swedish.keys()
    say("sleep", "Sleep well.", "Sov gott.")(root)
    build(root)
    assert index_of(root, "en") == english
    assert index_of(root, "sv") != swedish
    EDITS["a word"](root)
    build(root)
    assert index_of(root, "en") != english


@installed
def test_what_is_not_searched_changes_no_index(plant: Plant) -> None:
    root = plant(PROJECT)
    build(root)
    before = index_of(root, "en"), index_of(root, "sv")
    path = root / "locale/sv/LC_MESSAGES/sleep.po"
    path.write_text(f"# A remark.\n{path.read_text('utf-8')}", "utf-8")
    (root / "source_texts/it.png").write_text("y", "utf-8")
    build(root)
    assert (index_of(root, "en"), index_of(root, "sv")) == before


@installed
def test_an_index_may_wait_and_comes_to_the_same(plant: Plant, tmp_path: Path) -> None:
    root = plant(PROJECT)
    build(root)
    before = index_of(root, "sv")
    say("sleep", "Sleep well.", "Sov gott.")(root)
    build(root, indexes=False)
    assert "Sov gott." in (root / "public/sv/sleep/index.html").read_text("utf-8")
    assert index_of(root, "sv") == before
    build(root)
    late = {name: data for name, (_, data) in index_of(root, "sv").items()}
    (root / ".tvilling/builds.sqlite").unlink()
    for path in sorted((root / "public").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    build(root)
    assert {name: data for name, (_, data) in index_of(root, "sv").items()} == late


# Without


@pytest.mark.parametrize("why", ["not installed", "switched off"])
def test_a_site_without_search_is_whole(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(
        PROJECT.replace("[site]\n", "[site]\nsearch = false\n") if why == "switched off" else PROJECT
    )
    if why == "not installed":
        monkeypatch.setattr(pagefind, "program", lambda: None)
    with Store.in_memory() as store:
        tell(config.read(root), again.build(config.read(root), store), 0.0)
    assert ("no search on the pages: pagefind-bin is not installed" in capsys.readouterr().out) == (
        why == "not installed"
    )
    public = root / "public"
    files = {
        path.relative_to(public).as_posix(): path.read_text("utf-8")
        if path.suffix == ".html"
        else path.read_bytes()
        for path in public.rglob("*")
        if path.is_file()
    }
    assert not [path for path in files if "/search/" in path]
    assert not [path for path, text in files.items() if isinstance(text, str) and "search" in text]
    assert [fault for fault in broken(files, "/") if "zinc" not in fault] == []


@installed
def test_an_index_that_waited_is_made_though_nothing_else_has_changed(plant: Plant) -> None:
    root = plant(PROJECT)
    build(root, indexes=False)
    assert not (root / "public/sv/search/index-0").exists()
    build(root)
    assert index_of(root, "sv")


@installed
@pytest.mark.parametrize("why", ["not installed", "switched off"])
def test_search_goes_and_comes_back(plant: Plant, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    root = plant(PROJECT)
    build(root)
    page, settings = root / "public/sv/search/index.html", root / "tvilling.toml"
    text = settings.read_text("utf-8")
    assert page.is_file()
    with monkeypatch.context() as patch:
        if why == "not installed":
            patch.setattr(pagefind, "program", lambda: None)
        else:
            settings.write_text(text.replace("[site]\n", "[site]\nsearch = false\n"), "utf-8")
        build(root)
        assert not page.parent.exists()
    settings.write_text(text, "utf-8")
    build(root)
    assert page.is_file()
    assert index_of(root, "sv")


def test_a_site_without_articles_has_nothing_to_type_in() -> None:
    files = SITE.build([])
    assert "<form" not in str(files["sv/search/index.html"])
    assert "search.js" not in str(files["sv/search/index.html"])
    assert not [path for path in files if is_index(path)]


def test_what_is_an_index() -> None:
    assert is_index("sv/search/index-0/pagefind.js")
    assert not is_index("sv/search/index.html")
    assert not is_index("media/sv/search/index-0/x")
