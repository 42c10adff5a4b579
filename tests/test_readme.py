"""The README is tested: what it tells people to type exists, and its help is the real one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def help_text(*command: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    run = [sys.executable, "-m", "pipeline", *command, "--help"]
    return subprocess.run(run, capture_output=True, text=True, check=True, env=environment, cwd=ROOT).stdout


def commands() -> list[str]:
    return re.findall(r"^    ([a-z][a-z-]+)\b", help_text(), flags=re.MULTILINE)


def test_the_help_in_the_readme_is_the_real_one() -> None:
    block = re.search(r"^\$ tvilling --help\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    assert block
    assert block[1] == help_text()


def test_every_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"tvilling (?:-C \S+ )?([a-z][a-z-]+)", README)) - {"to"}
    assert named
    assert named <= set(commands())


def test_every_command_is_in_the_readme_and_has_help() -> None:
    for command in commands():
        assert command in README
        assert command in help_text(command)


def test_every_make_target_in_the_readme_exists_and_help_lists_it() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z]+):.*##", makefile, flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", README, flags=re.MULTILINE))
    assert {"build", "test", "review", "serve", "check", "help"} <= named
    assert named <= listed
    required = "build update translate check review status serve models test lint bench clean"
    assert set(required.split()) <= listed


def test_every_path_in_the_layout_exists() -> None:
    layout = README.split("## Layout")[1].split("```")[1]
    for name in re.findall(r"(?:^|\s)([a-z_]+)/ ", layout):
        assert (ROOT / name).is_dir() or name in {"models", "public"}, name


def test_the_pictures_exist_and_are_small() -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert len(pictures) >= 6
    for path in pictures:
        assert (ROOT / path).stat().st_size < 200_000, path


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from pipeline.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'babel', 'jinja2', 'polib', 'ctranslate2', 'argostranslate', 'numpy', 'pyromark', 'yaml', 'starlette'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT)
