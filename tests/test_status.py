"""`tvilling status`: what is counted, what is named, and what comes first."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import progress
from pipeline.cli import main
from pipeline.model import Catalog, Draft, Entry, State
from tests.conftest import Plant
from tests.editor import ARTICLE, CATALOG

REVIEWED = Entry("Sleep well.", "Sov gott.")
MISSING = Entry("Drink a glass of water.")
DRAFT = Entry("Eat.", "Ät.", flags=("fuzzy",))
MACHINE = replace(DRAFT, source="Eat now.", draft=Draft.of("argos", "m", "Ät."))
STALE = replace(DRAFT, source="Eat later on.", previous="Eat later.")
ALL = (REVIEWED, MISSING, DRAFT, MACHINE, STALE)


def row(*entries: Entry, rejected: tuple[Entry, ...] = (), name: str = "a") -> progress.Row:
    return progress.row(Catalog("sv", entries), name, [entry.key for entry in rejected], ())


def test_words_are_counted_by_state_and_addresses_not_at_all() -> None:
    found = row(*ALL, Entry("a", "a", "slug"), rejected=(REVIEWED,))
    assert found.words == {
        State.REJECTED: 2,
        State.MISSING: 5,
        State.DRAFT: 1,
        State.MACHINE: 2,
        State.STALE: 3,
    }
    assert found.models == ("argos m",)
    assert found.done == 0


def test_what_costs_readers_most_comes_first() -> None:
    small, large = row(MISSING, name="small"), row(MISSING, replace(MISSING, context="x"), name="large")
    drafted = row(replace(MISSING, target="x", flags=("fuzzy",)), name="drafted")
    done = row(REVIEWED, name="done")
    assert [r.article for r in progress.by_impact([done, drafted, small, large])] == [
        "large",
        "small",
        "drafted",
        "done",
    ]
    assert [step.state for step in progress.steps([row(*ALL, rejected=(REVIEWED,))])] == [
        State.MISSING,
        State.REJECTED,
        State.STALE,
        State.MACHINE,
        State.DRAFT,
    ]


@given(st.lists(st.sampled_from(ALL), unique=True), st.lists(st.sampled_from(ALL), unique=True))
def test_the_steps_are_all_that_is_left(entries: list[Entry], rejected: list[Entry]) -> None:
    found = row(*entries, rejected=tuple(rejected))
    assert sum(found.words.values()) == sum(len(entry.source.split()) for entry in entries)
    left = found.total - found.words.get(State.REVIEWED, 0)
    assert sum(step.words for step in progress.steps([found])) == left
    assert (found.impact == 0) == (found.done == 1.0)


WRONG = "Ta **3 mg** före [sömn](cramp.md)."
DOSE = 'msgid "Take **2 mg** before [sleep](cramp.md)."\nmsgstr '


def planted(plant: Plant) -> str:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    path = root / CATALOG
    text = path.read_text(encoding="utf-8")
    assert f'{DOSE}""' in text
    text = text.replace(f'{DOSE}""', f'{DOSE}"{WRONG}"')
    text = text.replace(
        'msgid "Rest."\nmsgstr ""', '# accept: same-as-source — a name\nmsgid "Rest."\nmsgstr "Rest."'
    )
    path.write_text(text, encoding="utf-8")
    return str(root)


def test_the_rejected_and_the_waived_are_named_with_their_reasons(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = planted(plant)
    capsys.readouterr()
    assert main(["-C", root, "status"]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    rejected = lines.index("rejected, and not shown to readers:")
    assert f"{CATALOG}:" in lines[rejected + 1]
    assert ": figures: " in lines[rejected + 1]
    assert lines[lines.index("waived:") + 1].endswith(": same-as-source — a name")
    assert any("mend what the checks reject: tvilling check cramp" in line for line in lines)
    assert not said.err


def test_programs_get_the_same_as_json(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    root = planted(plant)
    capsys.readouterr()
    assert main(["-C", root, "status", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    found = next(row for row in rows if (row["article"], row["lang"]) == ("cramp", "sv"))
    assert [fault["check"] for fault in found["rejected"]] == ["figures"]
    assert found["rejected"][0]["path"] == CATALOG
    assert found["rejected"][0]["line"] > 0
    assert [(w["check"], w["reason"]) for w in found["waived"]] == [("same-as-source", "a name")]
    assert found["words"]["rejected"] == 5
    assert [row["impact"] for row in rows] == sorted((row["impact"] for row in rows), reverse=True)


def test_an_article_that_has_no_catalog_yet_is_counted(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(ARTICLE)
    assert main(["-C", str(root), "status", "--json"]) == 0
    said = capsys.readouterr()
    rows = json.loads(said.out)
    assert {row["lang"] for row in rows if row["article"] == "cramp" and row["words"]["missing"]} == {
        "en",
        "sv",
    }
    assert "tvilling update" in said.err
    assert not (root / CATALOG).exists()


# The page of the site

SWITCH = '-- tvilling.toml --\nlanguages = ["en", "sv"]\n[translate]\nengines = []\n[site]\nstatus = {}\n'


def built(plant: Plant, switch: str) -> Path:
    root = plant(SWITCH.replace("{}", switch) + ARTICLE.lstrip())
    main(["-C", str(root), "update"])
    path = root / CATALOG
    text = path.read_text(encoding="utf-8").replace(f'{DOSE}""', f'{DOSE}"{WRONG}"')
    waived = '# accept: same-as-source — a <b>name</b>\nmsgid "Rest."\nmsgstr "Rest."'
    path.write_text(text.replace('msgid "Rest."\nmsgstr ""', waived), encoding="utf-8")
    assert main(["-C", str(root), "build"]) == 0
    return root / "public"


def test_a_page_of_the_site_says_it_in_both_languages_if_switched_on(plant: Plant) -> None:
    public = built(plant, "true")
    english = (public / "status/index.html").read_text(encoding="utf-8")
    swedish = (public / "status/sv/index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in english
    assert '<html lang="sv">' in swedish
    assert '<a href="../sv/cramp/">Leg cramps</a>: 5 words held back for correction' in english
    assert "5 ord som väntar på en rättelse" in swedish
    assert "<code>same-as-source</code> – a &lt;b&gt;name&lt;/b&gt;" in english
    assert 'href="sv/"' in english
    assert '<a href="../../status/">How far the translations are</a>' in (
        public / "en/cramp/index.html"
    ).read_text(encoding="utf-8")


def test_the_page_follows_the_catalogs(plant: Plant) -> None:
    public = built(plant, "true")
    path = public.parent / CATALOG
    path.write_text(path.read_text(encoding="utf-8").replace(WRONG, WRONG.replace("3 mg", "2 mg")), "utf-8")
    assert main(["-C", str(public.parent), "build"]) == 0
    assert "held back" not in (public / "status/index.html").read_text(encoding="utf-8")


def test_nothing_of_it_is_there_otherwise(plant: Plant) -> None:
    public = built(plant, "false")
    assert not (public / "status").exists()
    assert "status/" not in (public / "en/cramp/index.html").read_text(encoding="utf-8")
