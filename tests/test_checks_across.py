"""Checks of whole catalogs: their cases, and agreement with the real `msgfmt -c`."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline import catalogs, checks
from pipeline.checks.across import WIDE
from pipeline.checks.elsewhere import PAGES
from pipeline.cli import main
from pipeline.merge.discrepancies import CHECK
from pipeline.model import Brief, Entry, Severity, Term
from pipeline.spelling import speller
from tests.conftest import Plant

CASES = Path(__file__).parent / "cases" / "across"


@dataclass(frozen=True)
class Case:
    check: str
    title: str
    files: list[str]
    expected: list[str]


def read_cases(path: Path) -> Iterator[Case]:
    """A title, then catalogs parted by =, then findings, each closed by a dot."""
    lines = path.read_text(encoding="utf-8").split("\n")
    while any(lines):
        fields = []
        for _ in range(3):
            end = lines.index(".")
            fields.append("\n".join(lines[:end]).strip("\n"))
            lines = lines[end + 1 :]
        title, files, expected = fields
        yield Case(path.stem, title, files.split("\n=\n"), expected.split("\n") if expected else [])


TERMS = (Term("cramp", "kramptyp"),)
ALL = [case for path in sorted(CASES.glob("*.md")) for case in read_cases(path)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.check}: {case.title}")
def test_a_wide_check_finds_what_its_cases_say(case: Case) -> None:
    named = [
        ("a", catalogs.parse(text + "\n", f"{number}.po", "sv")) for number, text in enumerate(case.files)
    ]
    found = [
        f"{each.place}: {each.message}"
        for each in checks.of_catalogs(named, TERMS, asked=[case.check])
        if each.check == case.check
    ]
    assert found == case.expected


def test_each_wide_check_has_cases_a_manual_and_a_remedy() -> None:
    for name, wide in WIDE.items():
        assert {bool(case.expected) for case in ALL if case.check == name} == {True, False}, name
        assert name in checks.manual(name)
        assert wide.manual.splitlines()[0].endswith(".")
        assert wide.remedy


def test_all_that_findings_are_called_has_a_manual() -> None:
    """Also what other stages find."""
    package = Path(checks.__file__).parent.parent
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    named = set(re.findall(r'Finding\(\s*"([a-z-]+)"', code)) | {CHECK}
    assert named == set(PAGES)
    for name, page in PAGES.items():
        assert name in checks.manual(name)
        assert "accept:" not in checks.manual(name)
        assert page.manual.splitlines()[0].endswith(".")
        assert all(len(line) <= 120 for line in page.manual.splitlines())


def test_no_two_checks_have_one_name() -> None:
    assert len(checks.KNOWN) == len(checks.CHECKS) + len(WIDE) + len(PAGES)


HEADER = """msgid ""
msgstr ""
"Project-Id-Version: x\\n"
"PO-Revision-Date: \\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: sv\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
GOOD = [
    '#, python-format\nmsgid "%(n)s of %(m)d"\nmsgstr "%(m)d av %(n)s"\n',
    '#, python-format\nmsgid "%s of %d"\nmsgstr "%s av %d"\n',
    '#, python-format\nmsgid "%d %%"\nmsgstr "%d %%"\n',
    '#, python-brace-format\nmsgid "{n} of {m}"\nmsgstr "{m} av {n}"\n',
    '#, c-format\nmsgid "%d of %s"\nmsgstr "%d av %s"\n',
    'msgid "a\\n"\nmsgstr "b\\n"\n',
    'msgid "100% of it"\nmsgstr "100% av det"\n',
    '#, python-format\nmsgid "a page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] "en sida"\nmsgstr[1] "%(n)s sidor"\n',
]
BAD = [
    '#, python-format\nmsgid "%(n)s of it"\nmsgstr "%(m)s av det"\n',
    '#, python-format\nmsgid "%(n)s of it"\nmsgstr "%(n)y av det"\n',
    '#, python-format\nmsgid "%(n)s of it"\nmsgstr "%(n)d av det"\n',
    '#, python-format\nmsgid "%s of %d"\nmsgstr "%d av %s"\n',
    '#, python-format\nmsgid "%d is it"\nmsgstr "100 % är det"\n',
    '#, python-brace-format\nmsgid "{n} of it"\nmsgstr "{m} av det"\n',
    '#, python-brace-format\nmsgid "{n} of it"\nmsgstr "{n av det"\n',
    '#, c-format\nmsgid "%d of it"\nmsgstr "%s av det"\n',
    '#, c-format\nmsgid "%d of %s"\nmsgstr "%d av det"\n',
    '#, c-format\nmsgid "%ld of it"\nmsgstr "%d av det"\n',
    'msgid "a\\n"\nmsgstr "b"\n',
    'msgid "a"\nmsgstr "\\nb"\n',
    'msgid "a page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] "en sida"\n',
    '#, python-format\nmsgid "a page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] "en sida"\nmsgstr[1] "%(m)s sidor"\n',
]
HEADERS = [
    HEADER.replace("plural=(n != 1)", "plural=(n !="),
    HEADER.replace("nplurals=2", "nplurals=1"),
    HEADER.replace("nplurals=2", "nplurals=x"),
    HEADER.replace("plural=(n != 1)", "plural=n"),
    HEADER.replace("plural=(n != 1)", "plural=n/0"),
]


def errors(text: str) -> list[str]:
    """The error-level findings of a catalog that `msgfmt -c` may have as well."""
    catalog = catalogs.parse(text, "a.po", "sv")
    single = (each for entry in catalog.live for each in checks.errors_of(entry, Brief("en", "sv")))
    found = [*single, *checks.of_catalogs([("a", catalog)])]
    return [each.check for each in found if each.severity is Severity.ERROR]


def msgfmt(text: str, folder: Path) -> int:
    path = folder / "a.po"
    path.write_text(text, encoding="utf-8")
    run = [shutil.which("msgfmt") or "", "-c", "-o", str(folder / "a.mo"), str(path)]
    return subprocess.run(run, capture_output=True, check=False).returncode


@pytest.mark.parametrize("entry", GOOD)
def test_a_good_entry_has_no_error(entry: str) -> None:
    assert errors(HEADER + entry) == []


@pytest.mark.parametrize(
    "text", [*(HEADER + entry for entry in BAD), *(header + GOOD[-1] for header in HEADERS)]
)
def test_what_breaks_programs_is_an_error(text: str) -> None:
    assert errors(text)


@pytest.mark.gettext
@pytest.mark.skipif(not shutil.which("msgfmt"), reason="no GNU gettext here")
def test_the_real_msgfmt_agrees(tmp_path: Path) -> None:
    for entry in GOOD:
        assert msgfmt(HEADER + entry, tmp_path) == 0, entry
    for entry in BAD:
        assert msgfmt(HEADER + entry, tmp_path) != 0, entry
    for header in HEADERS:
        assert msgfmt(header + GOOD[-1], tmp_path) != 0, header


def test_only_flagged_entries_are_formats() -> None:
    assert checks.errors_of(Entry("100% of it", "100 % av det"), Brief("en", "sv")) == ()


def test_spelling_runs_on_demand_and_says_what_it_lacks(
    plant: Plant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant("""
-- source_texts/cramp.md --
---
lang: en
title: Cramp
description: What helps.
---

It hurts at night.
-- locale/sv/LC_MESSAGES/cramp.po --
msgid "It hurts at night."
msgstr "Det gör ont på nattten."
""")
    main(["-C", str(root), "check"])
    assert "spelling" not in capsys.readouterr().out
    main(["-C", str(root), "check", "--spelling"])
    assert "cramp.po:1: warning: “nattten”: do you mean “natten”? [spelling]" in capsys.readouterr().out
    monkeypatch.setattr("pipeline.spelling.speller", lambda _lang: None)
    monkeypatch.setattr("pipeline.checks.across.spelling.speller", lambda _lang: None)
    main(["-C", str(root), "check", "--spelling"])
    said = capsys.readouterr()
    assert "nattten" not in said.out
    assert "spelling: skipped for sv, no dictionary is installed" in said.err


@pytest.mark.parametrize("word", ["fibre", "litres", "centre", "colour", "organised", "anaemia", "labelled"])
def test_british_words_are_words(word: str) -> None:
    known = speller("en")
    assert known
    assert known.knows(word)
    assert not known.knows("colur")
