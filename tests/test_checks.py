"""Checks: a case file for each, and what holds for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import checks, glossary
from pipeline.model import Brief, Draft, Entry, Kind, Place, Severity

CASES = Path(__file__).parent / "cases" / "checks"
FLAGS = ("python-format", "python-brace-format")
TERMS = glossary.parse(
    """english,swedish,note,do_not_translate,forbidden
kidney,njure,,,
kidney failure,njursvikt,,,sv:njurfel
magnesium deficiency,magnesiumbrist,,,
muscle,muskel,,,
calf,vad,,,
foot,fot,,,
sleep,sömn,the verb is “sova”,,
side effect,biverkning,,,sv:sidoeffekt
leg cramps,kramp i benen,,,
supplement,kosttillskott,“tillskott” where it is clear,,
WHO,WHO,,yes,
""",
    "glossary.csv",
)
EN_SV = Brief("en", "sv", "cramp")


@dataclass(frozen=True)
class Case:
    check: str
    title: str
    line: int
    source: str
    target: str
    expected: list[str]

    @property
    def brief(self) -> Brief:
        """As the title says in brackets: a direction, what the text is in its article."""
        langs = ("sv", "en") if "(sv→en)" in self.title else ("en", "sv")
        kind = next((kind for kind in Kind if f"({kind})" in self.title), Kind.PARAGRAPH)
        return Brief(*langs, kind=kind, terms=TERMS)

    @property
    def entry(self) -> Entry:
        flags = tuple(flag for flag in FLAGS if f"({flag})" in self.title)
        return Entry(self.source, self.target, flags=flags)


def read_cases(path: Path) -> Iterator[Case]:
    """A title, then source, target and findings, each closed by a dot; {U+0007} is that character."""
    text = re.sub(
        r"\{U\+([0-9A-F]{4})\}", lambda found: chr(int(found[1], 16)), path.read_text(encoding="utf-8")
    )
    lines = text.split("\n")
    while any(lines):
        start = next(row for row, line in enumerate(lines) if line)
        number = text.count("\n") + 1 - len(lines) + start + 1
        lines = lines[start:]
        fields = []
        for _ in range(4):
            end = lines.index(".")
            fields.append("\n".join(lines[:end]))
            lines = lines[end + 1 :]
        title, source, target, expected = fields
        yield Case(path.stem, title, number, source, target, expected.split("\n") if expected else [])


ALL = [case for path in sorted(CASES.glob("*.md")) for case in read_cases(path)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.check}.md:{case.line}: {case.title}")
def test_a_check_finds_what_its_cases_say(case: Case) -> None:
    findings = checks.run(case.entry, case.brief)
    assert [finding.message for finding in findings if finding.check == case.check] == case.expected


def test_each_check_has_cases_that_it_finds_and_cases_that_it_leaves() -> None:
    for name in checks.CHECKS:
        outcomes = {bool(case.expected) for case in ALL if case.check == name}
        assert outcomes == {True, False}, name
    assert {case.check for case in ALL} == set(checks.CHECKS)


def test_each_check_has_a_manual_and_a_remedy() -> None:
    for name, check in checks.CHECKS.items():
        assert name in checks.manual(name)
        assert len(check.manual.splitlines()[0]) <= 100
        assert check.manual.splitlines()[0].endswith((".", "?"))
        assert check.remedy


def test_a_finding_tells_all_that_a_translator_needs() -> None:
    place = Place("locale/sv/LC_MESSAGES/cramp.po", 42)
    entry = Entry("Take 5 mg.", "Ta 6 mg.", place=place)
    (finding,) = checks.run(entry, EN_SV)
    assert (finding.check, finding.severity, finding.place) == ("figures", Severity.ERROR, place)
    assert (finding.article, finding.lang) == ("cramp", "sv")
    assert (finding.source, finding.target) == (entry.source, entry.target)
    assert finding.message == "5 mg became 6 mg"
    assert finding.remedy


def test_an_accepted_fault_is_none_and_the_others_stay() -> None:
    entry = Entry("Take `5` mg, 5 mg.", "Ta 6 mg.", comments=("accept: figures — the author was wrong",))
    assert [finding.check for finding in checks.run(entry, EN_SV)] == ["code"]
    assert [finding.check for finding in checks.errors_of(entry, EN_SV)] == ["code"]


def test_warnings_come_after_errors_and_are_no_errors() -> None:
    entry = Entry("Take two of these tablets on the 3/4/2026.", "Ta tre av dessa den 3/4/2026.")
    assert [finding.severity for finding in checks.run(entry, EN_SV)] == [Severity.ERROR, Severity.WARNING]
    assert [finding.check for finding in checks.errors_of(entry, EN_SV)] == ["figures"]


@pytest.mark.parametrize(
    "entry",
    [Entry("Take 5 mg."), Entry("Take 5 mg.", "Ta 6 mg.", obsolete=True), Entry("", "")],
    ids=["missing", "obsolete", "empty"],
)
def test_what_no_reader_sees_has_no_faults(entry: Entry) -> None:
    assert checks.run(entry, EN_SV) == ()


def test_drafts_and_stale_entries_are_checked_as_well() -> None:
    draft = Entry("Take 5 mg.", "Ta 6 mg.", flags=("fuzzy",), draft=Draft.of("argos", "m", "Ta 6 mg."))
    assert checks.errors_of(draft, EN_SV)
    assert checks.errors_of(replace(draft, draft=None, previous="Take 6 mg."), EN_SV)


def test_each_plural_form_is_checked_against_either_source() -> None:
    good = Entry("%(n)s page", plural="%(n)s pages", targets=("%(n)s sida", "%(n)s sidor"))
    assert checks.run(good, EN_SV) == ()
    singular = Entry("one page", plural="%(n)s pages", targets=("en sida", "%(n)s sidor"))
    assert checks.run(singular, EN_SV) == ()
    lost = Entry("%(n)s page", plural="%(n)s pages", targets=("%(n)s sida", "sidor"))
    assert [(finding.check, finding.target) for finding in checks.run(lost, EN_SV)] == [
        ("placeholders", "sidor")
    ]


def test_a_slug_is_only_checked_for_being_one() -> None:
    entry = Entry("10-ways-not-to-sleep", "somn", context="slug")
    assert checks.run(entry, replace(EN_SV, kind=Kind.SLUG)) == ()


MEANS = [
    ("Take 5 mg.", "Take 6 mg.", True),
    ("Take 5 mg.", "Take 5 g.", True),
    ("Take it.", "Do not take it.", True),
    ("Take two tablets.", "Take three tablets.", True),
    ("Take **5** mg now.", "Take 5 mg right away.", False),
    ("It is cold.", "It is rather cold.", False),
]


@pytest.mark.parametrize(("old", "new", "differs"), MEANS)
def test_a_change_of_figures_or_negation_is_a_change_of_meaning(old: str, new: str, differs: bool) -> None:
    assert checks.diff_meaning(old, new, "en") is differs
    assert checks.diff_meaning(new, old, "en") is differs


PIECES = st.sampled_from(
    [
        "**",
        "`",
        "<b>",
        "</b",
        "[a](b)",
        "{n}",
        "5 mg",
        "not",
        "inte",
        "\x07",
        "\ud800",
        "\u202e",
        "ord ord ord",
        "1/2",
        "%",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=10).map(" ".join)


@given(TEXTS, TEXTS, st.sampled_from([("en", "sv"), ("sv", "en"), ("de", "sv"), ("fi", "en")]))
@settings(max_examples=100)
def test_no_check_ever_fails(source: str, target: str, langs: tuple[str, str]) -> None:
    for kind in (Kind.PARAGRAPH, Kind.SLUG):
        checks.run(Entry(source, target), Brief(*langs, kind=kind))


@given(TEXTS)
@settings(max_examples=50)
def test_a_text_kept_as_it_is_has_no_errors_but_by_its_own_fault(text: str) -> None:
    assert [finding.message for finding in checks.errors_of(Entry(text, text), Brief("en", "en"))] == []


LENGTHS = [
    (8, 1, False), (9, 3, True), (9, 4, False), (16, 5, True), (16, 6, False), (25, 11, True), (25, 12, False),
    (26, 15, True), (26, 16, False), (60, 35, True), (60, 36, False), (61, 38, True), (61, 39, False),
    (120, 75, True), (120, 76, False), (180, 122, True), (180, 123, False), (250, 182, True), (250, 183, False),
    (251, 195, True), (251, 196, False), (5000, 3899, True), (5000, 3900, False),
]  # fmt: skip


@pytest.mark.parametrize(("longer", "shorter", "is_fault"), LENGTHS)
def test_a_longer_text_must_keep_more_of_its_length(longer: int, shorter: int, is_fault: bool) -> None:
    for source, target in (("x" * longer, "y" * shorter), ("x" * shorter, "y" * longer)):
        found = {finding.check for finding in checks.run(Entry(source, target), EN_SV)}
        assert ("length-ratio" in found) is is_fault
