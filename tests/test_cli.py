"""The command line itself: what it takes, and how it says no."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline import checks, serve
from pipeline.cli import main
from pipeline.site.proof import Ahead
from tests.conftest import Plant


@pytest.mark.parametrize("command", ["review", "serve"])
@pytest.mark.parametrize("port", ["x", "-1", "65536"])
def test_a_port_that_is_none_is_refused(
    command: str, port: str, plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["-C", str(plant("")), command, f"--port={port}"])
    assert caught.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"error: argument --port: '{port}' is no port")
    assert said.splitlines()[0].endswith("[usage]")
    assert f"remedy: see: tvilling {command} --help" in said


def test_explain_without_a_name_says_of_each_check_what_it_finds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(checks.KNOWN)
    assert (
        "figures                   error    A figure, a unit, a date or a time is not the same"
        in "\n".join(lines)
    )
    assert all(line[25] == " " for line in lines), "names fit their column"


def test_serve_follows_the_settings(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    root = plant("-- source_texts/a.md --\n---\ntitle: A\n---\n\nText.\n")

    def edited(build: Callable[[Ahead | None], str], *_where: object, **_how: object) -> None:
        build(None)
        settings = root / "tvilling.toml"
        settings.write_text(settings.read_text() + '[site]\ntitle = { en = "Another name" }\n')
        build(None)

    monkeypatch.setattr(serve, "serve", edited)
    assert main(["-C", str(root), "serve"]) == 0
    assert "Another name" in (root / "public/en/a/index.html").read_text()
