"""`tvilling check --fix`: what is certain is mended, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import checks, inline, mend, quantities
from pipeline.cli import main
from pipeline.model import Brief, Draft, Entry, Kind, State
from tests.conftest import Plant

EN_SV, SV_EN = Brief("en", "sv"), Brief("sv", "en")
NBSP = "\u00a0"
CASES = [
    (EN_SV, "It hurts at night.", "Det go\u0308r ont.", "Det gör ont."),
    (EN_SV, "It hurts at night.", "Det  gör ont. ", "Det gör ont."),
    (EN_SV, "Take 5 mg, 20%.", "Ta 5 mg, 20 %.", f"Ta 5{NBSP}mg, 20{NBSP}%."),
    (EN_SV, "Take **5** mg.", "Ta **5** mg.", f"Ta **5**{NBSP}mg."),
    (EN_SV, "It is “so”.", "Det är “så”.", "Det är ”så”."),
    (EN_SV, "12,000 parts", "12 000 delar", f"12{NBSP}000 delar"),
    (EN_SV, "Type `a  b`.", "Skriv `a  b`.", "Skriv `a  b`."),
    (EN_SV, " A space ", " Ett  blanksteg ", " Ett blanksteg "),
    (EN_SV, "See [it](a b.md).", "Se  [det](a b.md).", "Se [det](a b.md)."),
    (SV_EN, "Ta 20 %.", "Take 20 %.", "Take 20%."),
    (SV_EN, "Det är ”så”.", "It is ”so”.", "It is “so”."),
    (SV_EN, "Det går bra.", "It is fine.", "It is fine."),
]


@pytest.mark.parametrize(("brief", "source", "target", "expected"), CASES)
def test_what_is_certain_is_mended(brief: Brief, source: str, target: str, expected: str) -> None:
    assert mend.mended(Entry(source, target), brief).target == expected


def test_a_machines_draft_stays_one_and_a_persons_stays_theirs() -> None:
    bad = "Det  gör ont."
    machine = Entry("It hurts.", bad, flags=("fuzzy",), draft=Draft.of("argos", "m", bad, "plain"))
    mended = mend.mended(machine, EN_SV)
    assert mended.state is State.MACHINE
    assert mended.draft == Draft.of("argos", "m", "Det gör ont.", "plain")
    edited = replace(machine, target="Det  gör  ont.")
    assert mend.mended(edited, EN_SV).state is State.DRAFT


def test_plural_forms_are_mended_and_an_address_is_not() -> None:
    plural = Entry("a  page", plural="%(n)s pages", targets=("en  sida", "%(n)s  sidor"))
    assert mend.mended(plural, EN_SV).targets == ("en sida", "%(n)s sidor")
    retired = Entry("a", "a  b", obsolete=True)
    assert mend.mended(retired, EN_SV) is retired
    singular = Entry("a", plural=" b", targets=(" a  b", "c"))
    assert mend.mended(singular, EN_SV).targets == (" a b", "c")
    slug = Entry("a", "a  b")
    assert mend.mended(slug, replace(EN_SV, kind=Kind.SLUG)) is slug


PIECES = st.sampled_from([
    "**", "`", "<b>", "</b>", "[a](b c)", "{n}", "5 mg", "5", " ", "  ", NBSP, "20 %", "1 000", "12,5", "2.5", "“", "”",
    '"', "»", "a\u030a", "o\u0308", "\u212a", "ord", "mg", "%", "-", "5-10", " - ", "—", "\\\n", "⟦0⟧", ".", "1/2",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join)


@given(TEXTS, TEXTS, st.sampled_from([EN_SV, SV_EN, Brief("en", "de")]))
@settings(max_examples=100)
def test_no_figure_and_no_markup_ever_changes(source: str, target: str, brief: Brief) -> None:
    old = Entry(source, target)
    new = mend.mended(old, brief)
    before, after = inline.parse(old.target), inline.parse(new.target)
    lang = brief.target_lang
    assert not any(quantities.differences(before.words, lang, after.words, lang))
    assert sorted(before.marks) == sorted(after.marks)
    assert sorted(before.links) == sorted(after.links)
    assert sorted(before.code) == sorted(after.code)
    assert sorted(before.placeholders) == sorted(after.placeholders)


@given(TEXTS, TEXTS, st.sampled_from([EN_SV, SV_EN]))
@settings(max_examples=100)
def test_mending_twice_is_mending_once(source: str, target: str, brief: Brief) -> None:
    once = mend.mended(Entry(source, target), brief)
    assert mend.mended(once, brief) == once


@given(TEXTS, TEXTS, st.sampled_from([EN_SV, SV_EN]))
@settings(max_examples=100)
def test_mending_makes_no_new_error(source: str, target: str, brief: Brief) -> None:
    old = Entry(source, target)
    before = {finding.check for finding in checks.errors_of(old, brief)}
    after = {finding.check for finding in checks.errors_of(mend.mended(old, brief), brief)}
    assert after <= before


PROJECT = """
-- source_texts/cramp.md --
---
lang: en
title: Cramp
description: What helps.
---

It hurts at night.

Drink 5 litres of water.

Stretch the calf.
-- locale/sv/LC_MESSAGES/cramp.po --
msgid ""
msgstr "Language: sv\\nContent-Type: text/plain; charset=UTF-8\\n"

#  an odd comment
msgid "It hurts at night."
msgstr "Det gör  ont på natten."

#, fuzzy
msgid "Drink 5 litres of water."
msgstr "Drick  5 liter vatten."

msgid   "Stretch the calf."
msgstr "Töj "
"vaden."
"""


def test_only_drafts_are_mended_and_the_rest_on_demand(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(PROJECT)
    path = root / "locale/sv/LC_MESSAGES/cramp.po"
    original = path.read_text(encoding="utf-8")
    run(root, capsys, "check")
    assert path.read_text(encoding="utf-8") == original
    said = run(root, capsys, "check", "--fix")
    assert "1 translation mended" in said
    once = path.read_text(encoding="utf-8")
    assert once == original.replace("Drick  5", "Drick 5")
    run(root, capsys, "check", "--fix", "--reviewed")
    twice = path.read_text(encoding="utf-8")
    assert twice == once.replace("gör  ont", "gör ont")
    run(root, capsys, "check", "--fix", "--reviewed")
    assert path.read_text(encoding="utf-8") == twice


def test_reviewed_alone_is_an_error(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(plant(PROJECT)), "check", "--reviewed"]) == 2
    assert "goes with --fix" in capsys.readouterr().err


def run(root: Path, capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main(["-C", str(root), *command]) in (0, 1)
    return capsys.readouterr().err
