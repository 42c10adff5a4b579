"""The measurements do what their rows say: each peer that is installed works through a tiny corpus."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from bench import peers
from bench.__main__ import measured
from bench.ground import Ground
from bench.measure import Cost, Failed, Step, Work, cost
from bench.ours import OURS
from bench.peers import Peer
from bench.table import Row, page

NUMBER = 12
SITE = {Work.BUILD, Work.SAME, Work.EDIT, Work.TEMPLATE}
CATALOGS = {Work.EXTRACT, Work.MARKDOWN, Work.UPDATE}
WORKS = {
    "Tvilling": {*CATALOGS, *SITE, Work.MERGE},
    "po4a": CATALOGS,
    "mdpo": CATALOGS,
    "Translate Toolkit": CATALOGS,
    "Sphinx + MyST + sphinx-intl": {Work.EXTRACT, Work.UPDATE, *SITE},
    "GNU msgmerge": {Work.MERGE},
    "Hugo": SITE,
    "MkDocs + static-i18n": SITE,
    "Eleventy": SITE,
}
MARKDOWN = {
    "Tvilling": "woven",
    "po4a": "po4a/sv",
    "mdpo": "mdpo/sv",
    "Translate Toolkit": "toolkit/sv",
}
"""Where the translated Markdown is."""
MERGED = {
    "Tvilling": "ours.po",
    "po4a": "po4a/sv.po",
    "Translate Toolkit": "toolkit/merged/*.po",
    "Sphinx + MyST + sphinx-intl": "sphinx/locale/**/*.po",
    "GNU msgmerge": "msgmerge.po",
}
"""The catalogs of those that look for near texts."""
PAGES = {
    "Tvilling": "ours/public",
    "Sphinx + MyST + sphinx-intl": "sphinx-site",
    "Hugo": "hugo/public",
    "MkDocs + static-i18n": "mkdocs/site",
    "Eleventy": "eleventy/site",
}
ALL = [OURS, *peers.ALL]
# They are optional everywhere: where nothing may be skipped, those that are absent are no tests at all.
HERE = [peer for peer in ALL if peer.version()] if os.environ.get("TVILLING_NOTHING_SKIPPED") else ALL


def program(code: str) -> Step:
    return Step(Work.BUILD, ((sys.executable, "-c", code),))


@pytest.mark.parametrize("peer", HERE, ids=lambda peer: str(peer.name))
def test_all_works_of_a_peer_are_done(peer: Peer, tmp_path: Path) -> None:
    if not peer.version():
        pytest.skip(f"{peer.name} is not installed")
    ground, failures = Ground.make(tmp_path, NUMBER), list[str]()
    rows = list(measured(ground, [peer], 60, set(), failures))
    assert failures == []
    assert {row.work for row in rows} == WORKS[peer.name]
    assert all(row.cost.is_all and row.cost.seconds and row.cost.memory for row in rows)

    if folder := MARKDOWN.get(peer.name):
        texts = {path.name: path.read_text("utf-8") for path in (tmp_path / folder).iterdir()}
        assert len(texts) == NUMBER
        words = " ".join(texts.values()).split()
        assert words.count("och") > 9 * words.count("and")
    if catalogs := MERGED.get(peer.name):
        merged = [polib.pofile(str(path)) for path in tmp_path.glob(catalogs)]
        assert any(entry.fuzzy and entry.msgstr for catalog in merged for entry in catalog)
        assert sum(len(catalog.translated_entries()) for catalog in merged) > 20 * NUMBER
    if folder := PAGES.get(peer.name):
        top = tmp_path / folder
        built = [path.read_text("utf-8") for path in top.rglob("*.html") if path.parent != top]
        articles = [text for text in built if "<h2" in text]
        assert len(articles) >= 2 * NUMBER
        assert all("<p>Edited.</p>" in text for text in articles), "each page is made anew for a template"
        assert 1 <= sum("Edited, " in text for text in articles) <= 4, "one article is edited"
        swedish = [text for text in articles if text.count(" och ") > 3 * text.count(" and ")]
        english = [text for text in articles if text.count(" and ") > 3 * text.count(" och ")]
        assert len(swedish) >= NUMBER * 0.8
        assert len(english) >= NUMBER * 0.8


def test_each_work_has_a_row_of_ours_to_compare_with() -> None:
    assert WORKS[OURS.name] == set(Work)
    assert list(WORKS) == [peer.name for peer in ALL]


def test_the_next_revision_touches_only_what_it_changes(tmp_path: Path) -> None:
    ground = Ground.make(tmp_path, NUMBER)
    texts = ground.texts(tmp_path / "copy")
    before = {path.name: path.stat().st_mtime_ns for path in texts.iterdir()}
    ground.revise(texts)
    changed = {path.name for path in texts.iterdir() if path.stat().st_mtime_ns != before[path.name]}
    assert 0 < len(changed) < NUMBER
    later = tmp_path / "later" / "source_texts"
    assert all(path.read_bytes() == (later / path.name).read_bytes() for path in texts.iterdir())


def test_a_step_costs_what_its_processes_cost_together() -> None:
    more = "sum(range(20_000_000))"
    shared = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{more}'])"
    alone, together = cost(program("pass")), cost(program(shared))
    assert together.seconds > alone.seconds * 2
    # A process begins with the peak of the one that starts it.
    large = cost(program(f"bytearray({int(alone.memory) + 300} * 2**20)"))
    assert large.memory > alone.memory + 150


def test_what_takes_too_long_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    child = f"import time, pathlib; time.sleep(1); pathlib.Path({str(mark)!r}).touch()"
    step = program(
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    assert not cost(step, 0.3).is_all
    cost(program("import time; time.sleep(1)"))
    assert not mark.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it of running processes")
def test_what_is_stopped_costs_what_its_running_processes_have_cost() -> None:
    busy = "held = bytearray(300_000_000)\nwhile True: pass"
    step = program(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])")
    found = cost(step, 3)
    assert not found.is_all
    assert found.seconds > 0.5
    assert found.memory > 250


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(Failed, match="no such thing"):
        cost(program("raise SystemExit('no such thing')"))


def test_a_stopped_work_is_not_tried_again_and_a_failed_one_is_named(tmp_path: Path) -> None:
    slow = replace(OURS, name="slow", jobs=(lambda _: iter([program("import time; time.sleep(60)")]),))
    broken = replace(OURS, name="broken", jobs=(lambda _: iter([program("1/0"), program("")]),))
    quick = replace(OURS, name="quick", jobs=(lambda _: iter([program("")]),))
    stopped, failures = set[tuple[str, Work]](), list[str]()
    who = [slow, broken, quick]
    rows = list(measured(Ground(tmp_path, 1), who, 0.3, stopped, failures))
    assert [(row.who, row.cost.is_all) for row in rows] == [("slow", False), ("quick", True)]
    assert len(failures) == 1
    assert failures[0].startswith("broken, full build, 1 articles")
    assert [row.who for row in measured(Ground(tmp_path, 2), who, 0.3, stopped, failures)] == ["quick"]


def test_the_page_compares_with_ours_and_names_what_is_missing() -> None:
    versions = dict.fromkeys(peers.ALL, "1.2") | {peers.ALL[0]: None}
    rows = [
        Row(Work.BUILD, "Tvilling", 100, Cost(5, 60)),
        Row(Work.BUILD, "Hugo", 100, Cost(1, 80)),
        Row(Work.BUILD, "Tvilling", 1000, Cost(55, 200)),
        Row(Work.BUILD, "Eleventy", 1000, Cost(110, 90, is_all=False)),
    ]
    text = page(rows, OURS, versions, 300)
    assert "Not installed: po4a." in text
    assert "mdpo 1.2" in text
    assert "| 100 | full build | Hugo | 1.00 | 0.2 | 80 |" in text
    assert "| 1,000 | full build | Eleventy | > 110.00 | > 2 | 90 |" in text
    assert "stopped after 300 s" in text
    assert "| full build | 50.00 | 55.00 | 1.10 | 200 |" in text
    assert "stopped" not in page(rows[:2], OURS, versions, 300)
    assert "grows" not in page(rows[:2], OURS, versions, 300)
