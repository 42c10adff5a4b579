"""Building again: the same bytes as a clean build, and no more work than there is."""

from __future__ import annotations

import pickle
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pipeline import config, files
from pipeline.errors import FileError
from pipeline.model import Finding, Place, Severity, State
from pipeline.site import Proof, Sheet
from pipeline.site.proof import Ahead
from pipeline.stages import again, check, make, project, status
from pipeline.stages import press as builder
from pipeline.stages.seen import Seen, stamp
from pipeline.stages.whole import Made
from pipeline.store import Store, digest
from tests.conftest import Plant

HERE = Path(__file__).parents[1]

PROJECT = """
-- tvilling.toml --
languages = ["en", "sv"]
[site]
url = "https://a.example"
[translate]
engines = ["memory"]
-- source_texts/cramp.md --
---
lang: en
title: Cramp
description: What helps.
topics: [Sleep]
---

Take 300 mg of [magnesium](magnesium.md) ![it](it.png) at night.

Rest helps.

::: sv
Vila på natten.
:::
-- source_texts/magnesium.md --
---
lang: sv
title: Magnesium
description: Var det finns.
topics: [Sömn]
---

Se [kramp](cramp.md).

Vatten hjälper.
-- source_texts/sleep.md --
---
lang: en
title: Sleep
description: How to.
topics: [Sleep]
---

Rest helps.

Sleep well.
-- source_texts/it.png --
x
-- locale/glossary.csv --
english,swedish,note,do_not_translate,forbidden
sleep,sömn,,,
"""


def say(name: str, source: str, target: str, lang: str = "sv", context: str = "") -> Callable[[Path], None]:
    """An edit: a person translates."""

    def edit(root: Path) -> None:
        path = root / "locale" / lang / "LC_MESSAGES" / f"{name}.po"
        text = path.read_text("utf-8")
        head = f'msgctxt "{context}"\n' if context else ""
        assert f'{head}msgid "{source}"\n' in text, f"{path} has no {source}"
        before, _, after = text.partition(f'{head}msgid "{source}"\n')
        path.write_text(
            f'{before}{head}msgid "{source}"\nmsgstr "{target}"\n{after.partition(chr(10))[2]}', "utf-8"
        )

    return edit


def swap(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of a file: `old` becomes `new`, or `new` is added."""

    def edit(root: Path) -> None:
        file = root / path
        text = file.read_text("utf-8")
        file.write_text(text.replace(old, new) if old else text + new, "utf-8")

    return edit


def add(path: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")

    return edit


def drop(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink(missing_ok=True)


def move(path: str, name: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / path).rename((root / path).with_name(name))

    return edit


EDITS: dict[str, Callable[[Path], None]] = {
    "a word": swap("source_texts/cramp.md", "at night", "every night"),
    "a paragraph": swap("source_texts/sleep.md", "", "\nRest helps more.\n"),
    "a title that others show": swap("source_texts/sleep.md", "title: Sleep", "title: Good sleep"),
    "a topic": swap("source_texts/sleep.md", "topics: [Sleep]", "topics: [Night]"),
    "an address": swap("source_texts/magnesium.md", "lang: sv\n", "lang: sv\nslug: salt\n"),
    "a link that leads nowhere": swap("source_texts/cramp.md", "(magnesium.md)", "(zinc.md)"),
    "a translation": say("sleep", "Sleep well.", "Sov gott."),
    "one that another article lacks": say("sleep", "Rest helps.", "Vila hjälper."),
    "one with another dose": say("sleep", "How to.", "Så gör du 2.", context="description"),
    "a translated title": say("cramp", "Cramp", "Kramp", context="title"),
    "an article less": drop("source_texts/sleep.md"),
    "an article more": add("source_texts/new.md", "---\nlang: en\ntitle: New\ndescription: x\n---\n\nRest helps.\n"),
    "an article with another name": move("source_texts/magnesium.md", "metal.md"),
    "a picture": swap("source_texts/it.png", "", "y"),
    "a template": add("templates/not_found_half.html", "<h1>Lost</h1>"),
    "a style": add("templates/static/style.css", "body { color: red }"),
    "a term": swap("locale/glossary.csv", "", "rest,vila,,,\n"),
    "a setting": swap("tvilling.toml", "https://a.example", "https://b.example"),
}  # fmt: skip


def build(root: Path, ahead: Ahead | None = None) -> Made:
    found = config.read(root)
    with again.store(found) as store:
        return again.build(found, store, ahead=ahead)


def tree(root: Path) -> dict[str, bytes]:
    """All that a build writes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("public", "locale")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


def pages(root: Path) -> dict[str, bytes]:
    """What people can read of it; the index of a search comes late."""
    return {
        path: data
        for path, data in tree(root).items()
        if path.startswith("public/") and "/." not in path and "/search/index-" not in path
    }


def read_all(shown: dict[str, bytes], proof: Proof) -> Callable[[], None]:
    for path in proof.waiting:
        data = proof.file(path)
        assert data is not None
        shown[f"public/{path}"] = data
    return lambda: None


@pytest.mark.parametrize("seed", range(2))
def test_building_again_gives_what_a_clean_build_gives(
    plant: Plant, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many articles are in memory together."""
    monkeypatch.setattr(make, "TOGETHER", (1, make.TOGETHER)[seed % 2])
    root = plant(PROJECT)
    build(root)
    for name in random.Random(seed).sample(list(EDITS), 11):
        try:
            EDITS[name](root)
        except (FileNotFoundError, AssertionError):
            continue  # an earlier edit took away what this one is about
        clean = tmp_path.with_name(f"{tmp_path.name}-clean")
        shutil.copytree(root, clean, ignore=shutil.ignore_patterns(".tvilling", "public"))
        shown = tree(root)
        first, second = build(root, partial(read_all, shown)), build(clean)
        assert tree(root) == tree(clean), name
        assert pages(root).items() <= shown.items(), "what was shown before it was made"
        assert first.published.findings == second.published.findings, name
        assert (
            first.rejected,
            first.faults,
            first.warnings,
            first.drafted.missing,
            first.published.pages,
        ) == (
            second.rejected,
            second.faults,
            second.warnings,
            second.drafted.missing,
            second.published.pages,
        ), name
        shutil.rmtree(clean)


def test_nothing_is_read_or_touched_when_nothing_has_changed(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(PROJECT)
    build(root)
    monkeypatch.setattr("pipeline.stages.seen.DOUBT", 0)
    first = build(root)
    assert (first.published.changed, first.published.removed) == (0, 0)
    stamps = {path: stamp(path.stat()) for path in (root / "public").rglob("*")}
    read = list[Path]()
    real = files.read_bytes

    def spied(path: Path, base: Path) -> bytes:
        read.append(path)
        return real(path, base)

    monkeypatch.setattr(files, "read_bytes", spied)
    second = build(root)
    assert [path.name for path in read] == [config.NAME]
    assert {path: stamp(path.stat()) for path in (root / "public").rglob("*")} == stamps
    assert second.published.outputs == first.published.outputs


def test_to_see_that_nothing_has_changed_little_is_loaded(plant: Plant) -> None:
    root = plant(PROJECT)
    build(root)
    build(root)
    told = "import sys, pipeline.cli; pipeline.cli.main(sys.argv[1:]); print(*sys.modules)"
    command = [sys.executable, "-c", told, "-C", str(root), "build"]
    said = subprocess.run(command, check=True, cwd=HERE, capture_output=True, text=True).stdout
    assert "0 files written" in said
    loaded = set(said.split())
    assert "pipeline.stages.again" in loaded
    heavy = {"pipeline.articles", "pipeline.catalogs", "pipeline.checks", "pipeline.render", "pipeline.site"}
    assert not loaded & {*heavy, "pipeline.translate", "babel", "jinja2", "multiprocessing", "yaml"}


def test_one_edited_word_makes_only_its_own_pages_again(plant: Plant) -> None:
    root = plant(PROJECT)
    build(root)
    EDITS["a word"](root)
    before = {path: path.stat().st_mtime_ns for path in (root / "public").rglob("*.html")}
    made = build(root)
    changed = {path.parent.relative_to(root / "public").as_posix() for path, time in before.items()
               if path.stat().st_mtime_ns != time}  # fmt: skip
    assert changed == {"en/cramp", "sv/cramp", "parallel/cramp"}
    # Three pages and their books; in each language's index a text, its words and two lists.
    assert made.published.changed <= 6 + 2 * 4


def test_a_build_that_was_stopped_changes_nothing_and_costs_only_its_own_time(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(PROJECT)
    build(root)
    before = tree(root)
    made = list[tuple[object, ...]]()
    real = builder._Press.stage

    def spied(press: builder._Press, sheet: Sheet) -> list[builder.Laid]:
        made.append(sheet.inputs)
        return real(press, sheet)

    monkeypatch.setattr(builder._Press, "stage", spied)

    def stop() -> None:
        raise InterruptedError

    add("templates/listing.html", "{% macro listing(items, page) %}{% endmacro %}")(root)
    with pytest.raises(InterruptedError):
        build(root, lambda _proof: stop)
    assert tree(root) == before
    drop("templates/listing.html")(root)
    made.clear()
    build(root)
    assert not made


def test_a_site_is_known_by_what_is_on_it(plant: Plant) -> None:
    root = plant(PROJECT)
    keys = [build(root).published.key]
    EDITS["a style"](root)
    keys += [build(root).published.key, build(root).published.key]
    drop("templates/static/style.css")(root)
    shown = tree(root)
    keys.append(build(root, partial(read_all, shown)).published.key)
    assert keys[0] != keys[1] == keys[2] != keys[3] == keys[0]
    assert pages(root).items() <= shown.items()
    EDITS["a word"](root)
    assert build(root).published.key not in keys


def test_a_link_to_a_part_of_another_article_holds_as_long_as_that_does(plant: Plant) -> None:
    root = plant(PROJECT)
    swap("source_texts/cramp.md", "(magnesium.md)", "(magnesium.md#water)")(root)
    told = [each.check for each in build(root).published.findings]
    swap("source_texts/magnesium.md", "Vatten hj", "## Vatten {#water}\n\nVatten hj")(root)
    mended = [each.check for each in build(root).published.findings]
    swap("source_texts/magnesium.md", " {#water}", "")(root)
    again = [each.check for each in build(root).published.findings]
    assert told == again == ["broken-link"]
    assert not mended


def test_an_edit_of_one_article_reads_no_other(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    root = plant(PROJECT.replace('engines = ["memory"]', "engines = []"))
    build(root)
    read = set[str]()
    real = make.Make.kept

    def spied(self: make.Make, name: str, content: bytes, key: bytes) -> object:
        read.add(name)
        return real(self, name, content, key)

    monkeypatch.setattr(make.Make, "kept", spied)
    swap("source_texts/sleep.md", "Sleep well.", "Sleep very well.")(root)
    build(root)
    assert "magnesium" not in read


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b"no database"),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.unlink(),
        lambda path: execute(path, "UPDATE kept SET value = substr(value, 2)"),
        lambda path: execute(path, "UPDATE kept SET sum = x'00'"),
        lambda path: execute(path, "DELETE FROM kept WHERE rowid % 2"),
        lambda path: execute(path, "DROP TABLE kept"),
        lambda path: execute(path, "DELETE FROM kept WHERE length(value) > 1500"),
    ],
)
def test_a_store_that_was_harmed_costs_only_time(plant: Plant, harm: Callable[[Path], None]) -> None:
    root = plant(PROJECT)
    build(root)
    whole = tree(root)
    for path in root.glob(".tvilling/builds.sqlite-*"):
        path.unlink()
    harm(root / ".tvilling" / "builds.sqlite")
    shutil.rmtree(root / "public" / "en")
    build(root)
    assert tree(root) == whole
    assert build(root).published.changed == 0


def execute(path: Path, statement: str) -> None:
    database = sqlite3.connect(path)
    with database:
        database.execute(statement)
    database.close()


class Hostile:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("run",))


@pytest.mark.parametrize(
    "data",
    [
        *map(pickle.dumps, (Hostile(), Path("/etc"), again.build)),
        b"\x80\x04cpipeline.files\nshutil.rmtree\n.",
    ],
)
def test_a_store_that_somebody_else_wrote_runs_nothing(
    tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    key = b"key"
    with Store.open(tmp_path / "s.sqlite") as store, store.database:
        store.database.execute("INSERT INTO kept VALUES (?, ?, ?)", (key, digest(data), data))
    with Store.open(tmp_path / "s.sqlite") as store:
        assert store.get(key) is None
    assert capsys.readouterr().out == ""


def test_what_the_output_folder_lacks_comes_back(plant: Plant) -> None:
    root = plant(PROJECT)
    build(root)
    whole = tree(root)
    (root / "public" / "en" / "cramp" / "index.html").write_text("edited by hand")
    (root / "public" / "sitemap.xml").unlink()
    made = build(root)
    assert tree(root) == whole
    assert (made.published.changed, made.published.removed) == (2, 0)


def test_a_store_gives_back_what_it_was_given(tmp_path: Path) -> None:
    given = Finding("name", Severity.ERROR, "message", Place("a.md", 3), remedy="remedy")
    with Store.open(tmp_path / "s.sqlite") as store:
        store.keep({b"key": (given, frozenset({1}))})
    with Store.open(tmp_path / "s.sqlite") as store:
        assert store.get(b"key") == (given, frozenset({1}))


def test_a_store_forgets_what_was_not_used_for_long(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.sqlite") as store:
        for number in range(9):
            store.keep({bytes([number]): number})
            store.tidy()
        assert store.several([bytes([8])]) == {bytes([8]): 8}
        assert len(store.several(bytes([number]) for number in range(9))) <= 3


def test_a_build_counts_the_errors_that_a_check_finds(plant: Plant) -> None:
    """Also those that show only in a whole catalog; what they reject is the same everywhere."""
    root = plant(PROJECT)
    build(root)
    path = root / "locale" / "sv" / "LC_MESSAGES" / "site.po"
    text = path.read_text(encoding="utf-8")
    plural = re.search(r"msgid_plural .*\nmsgstr\[0\] .*\nmsgstr\[1\] .*\n", text)
    assert plural
    forms = f'{plural[0].rstrip()}\nmsgstr[2] "annat"\n'
    for broken in (text.replace(plural[0], forms), text.replace("nplurals=2", "nplurals=broken")):
        path.write_text(broken, encoding="utf-8")
        made, again = build(root), build(root)
        whole = project.load(config.read(root))
        found = [each for each in check.check(whole, {"site"}) if each.severity is Severity.ERROR]
        rejected = check.rejected(whole, found)
        rows = status.status(whole, {"site"}, found, rejected)
        assert any(each.check == "plural-forms" for each in found)
        assert made.rejected == again.rejected == len(rejected)
        assert made.rejected == sum(row.entries.get(State.REJECTED, 0) for row in rows)
        assert made.faults == again.faults == sum(not each.place.line for each in found)
        assert {fault for row in rows for fault in row.rejections} == set(found)


def test_two_sheets_with_one_file_are_an_error_and_nothing_is_written(tmp_path: Path) -> None:
    kept = Store.open(tmp_path / "cache" / "builds.sqlite")
    sheets = [
        Sheet((text,), partial(iter, [("x/index.html", text)]), ("x/index.html",)) for text in ("one", "two")
    ]
    with pytest.raises(FileError, match="two parts of the site want this file"):
        builder.publish(sheets, b"", tmp_path / "public", seen=Seen.of(tmp_path, kept), store=kept)
    assert not (tmp_path / "public").exists()


def test_translations_follow_an_article_though_few_are_in_memory(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(PROJECT.replace('engines = ["memory"]', "engines = []"))
    build(root)
    say("magnesium", "Vatten hjälper.", "Water is good.", lang="en")(root)
    EDITS["an article with another name"](root)
    shutil.rmtree(root / ".tvilling")
    monkeypatch.setattr(make, "TOGETHER", 1)
    build(root)
    assert "Water is good." in (root / "public" / "en" / "metal" / "index.html").read_text("utf-8")


def test_another_file_name_is_another_article_though_its_address_stays(plant: Plant) -> None:
    root = plant(PROJECT)
    EDITS["an address"](root)
    build(root)
    EDITS["an article with another name"](root)
    build(root)
    assert [path.name for path in (root / "public" / "parallel").glob("m*")] == ["metal"]


SHARED = """
import os, sys
from pathlib import Path
from pipeline.stages import make, shares
from tests.test_make import build

assert shares.processes(make.ENOUGH, make.ENOUGH) == min(2, len(os.sched_getaffinity(0)))
shares.processes = lambda amount, enough: 3
make.TOGETHER = 2
for root in sys.argv[1:]:
    build(Path(root))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are not copied safely here")
def test_several_processes_make_the_same_bytes(plant: Plant, tmp_path: Path) -> None:
    root = plant(PROJECT)
    other = tmp_path.with_name(f"{tmp_path.name}-shared")
    shutil.copytree(root, other)
    build(root)
    run = partial(subprocess.run, [sys.executable, "-c", SHARED, str(other)], check=True, cwd=HERE)
    run()
    assert tree(other) == tree(root)
    assert build(other).published.changed == 0, "what others found out was kept"
    for path in (root, other):
        EDITS["a style"](path)
        EDITS["a setting"](path)
        shutil.rmtree(path / "public" / "en")
    build(root)
    run()
    assert tree(other) == tree(root)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are not copied safely here")
def test_an_error_in_another_process_is_told_as_one_here(plant: Plant) -> None:
    root = plant(PROJECT)
    add("templates/article.html", "{{ nothing.at_all }}")(root)
    command = [sys.executable, "-c", SHARED, str(root)]
    told = subprocess.run(command, check=False, cwd=HERE, capture_output=True, text=True).stderr
    assert "'nothing' is undefined [template]" in told
    assert "Process" not in told
    assert not (root / "public").exists()
