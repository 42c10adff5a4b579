"""Sphinx with MyST and sphinx-intl, each with as many processes as there are processors.

A catalog for each article; pages in a template of one line, and the index for searching, which cannot
be switched off.  A site in two languages is two builds.  It knows what has changed since the last one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.ground import Ground, prepare
from bench.measure import Command, Step, Work
from bench.peers.peer import PYTHON, Peer, builds, packages

SETTINGS = """project = "Corpus"
extensions = ["myst_parser"]
myst_title_to_header = True
locale_dirs = ["../locale"]
gettext_compact = False
templates_path = ["../templates"]
html_theme = "basic"
html_sidebars = {"**": []}
html_copy_source = False
html_use_index = False
"""
INDEX = """# Corpus

```{toctree}
:glob:
:maxdepth: 1

article-*
```
"""
LAYOUT = """<!doctype html><html lang={{ language or "en" }}><title>{{ title }}</title>
<body>{{ toc }}{{ body }}</body></html>"""


def project(ground: Ground) -> Iterator[Step]:
    """Extract; bring the catalogs in line with the next revision, near texts included; build the pages.

    They are built in English, and in Swedish out of the catalogs as they were translated.
    """
    folder, site = _planted(ground, "sphinx"), _planted(ground, "sphinx-site")
    yield Step(Work.EXTRACT, _extract(folder))
    prepare("answer", folder / "locale")
    shutil.copytree(folder / "locale", site / "locale")
    ground.revise(folder / "texts")
    yield Step(Work.UPDATE, _extract(folder))
    yield from builds(_html(site), site / "texts" / f"{ground.edited}.md", site / "templates" / "layout.html")


def _planted(ground: Ground, name: str) -> Path:
    folder = ground.folder / name
    texts = ground.texts(folder / "texts")
    (texts / "conf.py").write_text(SETTINGS, encoding="utf-8")
    (texts / "index.md").write_text(INDEX, encoding="utf-8")
    (folder / "templates").mkdir()
    (folder / "templates" / "layout.html").write_text(LAYOUT, encoding="utf-8")
    return folder


def _sphinx(folder: Path, builder: str, to: str, *options: str) -> Command:
    """A build that keeps what it has read in a folder of its own for each kind of output."""
    known = folder / "known" / to
    return (PYTHON, "-m", "sphinx", "-q", "-j", "auto", "-b", builder, "-d", known, *options, folder / "texts",
            folder / to)  # fmt: skip


def _extract(folder: Path) -> tuple[Command, ...]:
    update = ("update", "-p", folder / "pot", "-d", folder / "locale", "-l", "sv")
    return _sphinx(folder, "gettext", "pot"), (PYTHON, "-m", "sphinx_intl", *update)


def _html(folder: Path) -> tuple[Command, ...]:
    return _sphinx(folder, "html", "en"), _sphinx(folder, "html", "sv", "-D", "language=sv")


SPHINX = Peer(
    "Sphinx + MyST + sphinx-intl",
    partial(packages, "sphinx", "myst-parser", "sphinx-intl"),
    (project,),
    "no parallel pages or e-books in these rows, no checks of translations but those of links and references",
)
