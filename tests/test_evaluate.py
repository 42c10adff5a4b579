"""`tvilling evaluate`: what an engine is worth, in numbers that others can check."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.engines import Answer
from pipeline.errors import UsageError
from pipeline.evaluate import Row, Share, measure, pairs
from pipeline.evaluate.shown import as_json, as_text
from pipeline.model import Brief

KNOWN = (
    ("Take 3 mg.", "Ta 3 mg."),
    ("Do *not* run.", "Spring *inte*."),
    ("Drink water.", "Drick vatten."),
    ("Sleep well.", "Sov gott."),
)


@dataclass
class Careless:
    """Right but for a figure and a mark; one sentence it does not know."""

    name: str = "careless"
    model: str = "en_sv-1.0"
    masks: tuple[str, ...] = ()
    said: dict[str, str] = field(
        default_factory=lambda: {
            "Take 3 mg.": "Ta 4 mg.",
            "Do *not* run.": "Spring inte.",
            "Drink water.": "Drick vatten.",
        }
    )

    def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        return [(Answer(self.said[text]),) if text in self.said else () for text in texts]

    align = translate


def rows() -> tuple[Row, Row]:
    return measure(Careless(), KNOWN, Brief("en", "sv"))


def test_what_an_engine_breaks_is_counted_and_its_drafts_have_none_of_it() -> None:
    alone, drafts = rows()
    assert (alone.output, drafts.output) == ("first answers", "drafts")
    assert alone.rejected == Share(3, 4)
    assert alone.figures == Share(0, 1)
    assert alone.markup == Share(0, 1)
    assert drafts.rejected == Share(3, 4)
    assert drafts.figures == drafts.markup == Share(0, 0)
    assert alone.scores.chrf > drafts.scores.chrf > 0
    assert alone.rate > 0


def test_a_perfect_engine_has_full_marks() -> None:
    perfect = Careless(said=dict(KNOWN))
    alone, _ = measure(perfect, KNOWN, Brief("en", "sv"))
    assert (round(alone.scores.bleu), round(alone.scores.chrf)) == (100, 100)
    assert alone.rejected == Share(0, 4)
    assert alone.figures == alone.markup == Share(1, 1)


def test_the_table_shows_both_signatures() -> None:
    shown = as_text(rows(), 4, ("en", "sv"))
    assert "4 sentences, en → sv" in shown
    assert "BLEU: nrefs:1|case:mixed|eff:no|tok:13a|" in shown
    assert "chrF: nrefs:1|case:mixed|eff:yes|nc:6|nw:0|" in shown
    assert "careless is en_sv-1.0" in shown
    assert "75.0 %" in shown
    assert "0 of 1" in shown
    assert "none" in shown


def test_json_is_for_programs() -> None:
    found = json.loads(as_json(rows(), 4, ("en", "sv")))
    assert (found["source_lang"], found["target_lang"], found["sentences"]) == ("en", "sv", 4)
    assert found["rows"][0]["rejected"] == {"count": 3, "of": 4}
    assert found["rows"][1]["scores"]["chrf_signature"].startswith("nrefs:1|")


def test_empty_lines_are_left_out() -> None:
    assert pairs("A.\n\nB.\n", "Å.\n\nBe.\n", ("a", "b")) == (("A.", "Å."), ("B.", "Be."))


@pytest.mark.parametrize(("source", "name"), [("A.\nB.\n", "uneven-files"), ("", "empty-file")])
def test_files_that_do_not_fit_are_an_error(source: str, name: str) -> None:
    with pytest.raises(UsageError) as error:
        pairs(source, source[:3], ("a.en", "a.sv"))
    assert error.value.name == name
    assert "a.en" in str(error.value)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tvilling.toml").write_text('languages = ["en", "sv"]\n', encoding="utf-8")
    for number, suffix in enumerate(("en", "sv")):
        text = "".join(pair[number] + "\n" for pair in KNOWN)
        (tmp_path / f"known.{suffix}").write_text(text, encoding="utf-8")
    return tmp_path


def run(project: Path, *more: str) -> int:
    return main(["-C", str(project), "evaluate", str(project / "known.en"), str(project / "known.sv"), *more])


def test_the_command_measures_the_engines_it_is_given(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "--engine", "pseudo", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["engine"] for row in found["rows"]] == ["pseudo", "pseudo"]
    assert run(project, "--engine", "pseudo", "--from", "sv") == 0
    assert "sv → en" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--engine", "babelfish"], "unknown-engine"),
        (["--engine", "argos"], "no-model"),
        (["--engine", "pseudo", "--from", "fr"], "unknown-language"),
    ],
)
def test_what_cannot_be_measured_is_an_error(
    more: list[str],
    message: str,
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(project / "none"))
    assert run(project, *more) == 2
    assert f"[{message}]" in capsys.readouterr().err


def test_without_sacrebleu_the_error_says_what_to_install(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics.bleu", None)
    assert run(project, "--engine", "pseudo") == 2
    said = capsys.readouterr().err
    assert "[no-sacrebleu]" in said
    assert "pip install sacrebleu" in said


def test_without_any_model_the_list_says_where_to_look(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(project / "none"))
    assert main(["-C", str(project), "models"]) == 0
    assert "tvilling models available" in capsys.readouterr().out
