"""The search of the built site: what is found, that the index is made no oftener than needed, and doing without."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pipeline import cli, config, pagefind
from pipeline.errors import SearchError
from pipeline.site import Proof, Site, search
from pipeline.stages import again
from pipeline.stages.whole import Made
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
    asked = list[list[str]]()

    def index(documents: Iterable[pagefind.Document], _ignored: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        asked.append([address for address, _ in documents if address.startswith("en/")])
        yield "pagefind.js", b""

    files = replace(SITE, index=index).build([rendered(text, f"a{number}", {}) for number in range(20)])
    parts = [part for part in asked if part]
    assert 1 < len(parts) <= 7
    assert sorted(address for part in parts for address in part) == sorted(
        f"en/a{number}/" for number in range(20)
    )
    assert f'data-parts="{len(parts)}"' in str(files["en/search/index.html"])
    assert f"en/search/index-{len(parts) - 1}/pagefind.js" in files


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


def test_the_work_ends_when_nobody_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = "eyJwYXlsb2FkIjogeyJ0eXBlIjogIk5ld0luZGV4IiwgImluZGV4X2lkIjogMH19"  # a new index
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\nprintf '%s,' {answer}; exec sleep 100\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pagefind, "program", lambda: program)

    def enough() -> NoReturn:
        raise KeyError

    start = time.monotonic()
    with pytest.raises(KeyError):
        list(pagefind.index([], (), enough))
    assert time.monotonic() - start < 50


# Built and built again


def build(root: Path) -> Made:
    with again.store(config.read(root)) as store:
        return again.build(config.read(root), store)


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
def test_while_serving_the_next_edit_ends_the_making_of_an_index(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(PROJECT)
    build(root)
    before = index_of(root, "en")
    EDITS["a paragraph"](root)
    made = list[str]()

    def ahead(_proof: Proof) -> Callable[[], None]:
        def goes_on() -> None:
            if made:
                raise KeyError

        return goes_on

    real = pagefind.index

    def index(documents: Any, ignored: Any, goes_on: Any) -> Any:
        made.append("an index is begun")
        return real(documents, ignored, goes_on)

    monkeypatch.setattr(pagefind, "index", index)
    with again.store(config.read(root)) as store, pytest.raises(KeyError):
        again.build(config.read(root), store, ahead=ahead)
    assert len(made) == 1
    monkeypatch.undo()
    assert index_of(root, "en") == before
    build(root)
    assert index_of(root, "en") != before


# Without


@pytest.mark.parametrize("why", ["not installed", "switched off"])
def test_a_site_without_search_is_whole(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], why: str
) -> None:
    root = plant(
        PROJECT.replace("[site]\n", "[site]\nsearch = false\n") if why == "switched off" else PROJECT
    )
    if why == "not installed":
        monkeypatch.setattr(pagefind, "program", lambda: None)
    assert cli.main(["-C", str(root), "build"]) == 0
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
    assert not [path for path in files if "index-" in path]
