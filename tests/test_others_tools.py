"""What stands in the repository for Weblate and for pre-commit fits the project and runs."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.cli import main
from tests.conftest import Plant
from tests.editor import ARTICLE, CATALOG

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
WEBLATE = json.loads((ROOT / "docs" / "weblate.json").read_text(encoding="utf-8"))
OURS = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "locale").rglob("*.po"))]


def hook(name: str) -> list[str]:
    """What the hook runs, after the program's name."""
    (found,) = [hook for hook in HOOKS if hook["id"] == name]
    program, *arguments = shlex.split(found["entry"])
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts[program] == "pipeline.cli:main"
    assert found["language"] == "python"
    assert found["pass_filenames"] is False
    return arguments


@pytest.mark.parametrize("found", HOOKS, ids=lambda found: str(found["id"]))
def test_a_hook_runs_for_articles_and_catalogs_and_for_nothing_else(found: dict[str, Any]) -> None:
    for path in (*OURS, "source_texts/cramp.md", "source_texts/deep/story.txt"):
        assert re.search(found["files"], path)
    for path in ("README.md", "pipeline/model.py", "docs/source_texts.png"):
        assert not re.search(found["files"], path)


def test_the_hooks_entries_run_and_stop_a_commit_with_a_fault(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(ARTICLE)
    monkeypatch.chdir(root)
    assert main(hook("tvilling-update")) == 0
    before = (root / CATALOG).read_bytes()
    assert main(hook("tvilling-update")) == 0
    assert (root / CATALOG).read_bytes() == before, "a second run changes nothing, so the commit goes through"
    assert main(hook("tvilling-check")) == 0
    text = before.decode().replace(
        'sleep](cramp.md)."\nmsgstr ""', 'sleep](cramp.md)."\nmsgstr "Ta **3 mg** före [sömn](cramp.md)."'
    )
    assert text != before.decode()
    (root / CATALOG).write_text(text, encoding="utf-8")
    assert main(hook("tvilling-check")) == 1


def test_weblate_finds_each_catalog_once_and_knows_its_source_language() -> None:
    components = {component["slug"]: component for component in WEBLATE["components"]}
    assert set(WEBLATE["addons"]) == set(components)
    for path in OURS:
        lang = Path(path).parts[1]
        found = [
            slug
            for slug, addon in WEBLATE["addons"].items()
            if re.fullmatch(addon["configuration"]["match"], path)
        ]
        assert found == [f"into-{lang}"]
        component = components[found[0]]
        assert re.search(component["language_regex"], lang)
        assert component["source_language"]["code"] != lang


def test_weblates_main_components_are_catalogs_that_exist() -> None:
    for component in WEBLATE["components"]:
        assert any((ROOT).glob(component["filemask"]))
        lang = component["slug"].removeprefix("into-")
        assert (ROOT / component["filemask"].replace("*", lang)).is_file()


def test_each_direction_has_a_repository_of_its_own_in_weblate() -> None:
    """An add-on of a component that shares another one's is installed there, and takes its source language."""
    first, *others = WEBLATE["components"]
    for component in others:
        assert component["repo"] == first["repo"]
        assert component["branch"] == first["branch"]
        assert component["disable_autoshare"] is True


def test_what_weblate_writes_stays_as_it_is(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """The header and the touched entries as Weblate 5.11 wrote them, with its folded lines."""
    root = plant(ARTICLE)
    monkeypatch.chdir(root)
    assert main(hook("tvilling-update")) == 0
    text = (root / CATALOG).read_text(encoding="utf-8")
    for ours, theirs in (
        ('"PO-Revision-Date: \\n"', '"PO-Revision-Date: 2026-11-26 10:30+0000\\n"'),
        ('"Last-Translator: \\n"', '"Last-Translator: A <a@example.org>\\n"'),
        (
            '"Language-Team: \\n"',
            '"Language-Team: Swedish <https://weblate.example.org/projects/tvilling/"\n"cramp-sv/sv/>\\n"',
        ),
        ("plural=(n != 1);\\n", 'plural=n != 1;\\n"\n"X-Generator: Weblate 5.11.4\\n'),
        (
            'msgid "Drink a glass of water."\nmsgstr ""',
            '#, fuzzy\nmsgid "Drink a glass of water."\nmsgstr ""\n"Drick ett "\n"glas vatten."',
        ),
    ):
        assert text.count(ours) == 1, ours
        text = text.replace(ours, theirs)
    (root / CATALOG).write_text(text, encoding="utf-8")
    assert main(hook("tvilling-update")) == 0
    assert main(hook("tvilling-check")) == 0
    assert (root / CATALOG).read_text(encoding="utf-8") == text
