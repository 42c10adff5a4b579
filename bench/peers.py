"""How others do the same work: each is a command line, if it is installed here.

A peer is looked for on the PATH and in `bench/.peers/NAME/bin` (a virtual environment of its own:
two of them have commands of the same name).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import swedish

HERE = Path(__file__).parent / ".peers"
EXTRACT = """
import pathlib, sys
from mdpo.md2po import markdown_to_pofile
texts, folder = map(pathlib.Path, sys.argv[1:])
folder.mkdir()
for path in sorted(texts.glob("*.md")):
    markdown_to_pofile(str(path), save=True, po_filepath=str(folder / f"{path.stem}.po"))
"""
"""mdpo in one process, a catalog per article: with one for all its time grows with the square."""
HUGO = """baseURL = "https://corpus.example/"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term"]
[languages.en]
title = "Corpus"
[languages.sv]
title = "Korpus"
"""
LAYOUT = "<!doctype html><html lang={{ .Lang }}><title>{{ .Title }}</title><body>%s</body></html>"
SINGLE = LAYOUT % "<h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}"
LIST = LAYOUT % "<ul>{{ range .Pages }}<li><a href={{ .Permalink }}>{{ .Title }}</a>{{ end }}</ul>"


@dataclass(frozen=True, slots=True)
class Peer:
    """A program, and how it says its version."""

    name: str
    program: str
    version: tuple[str, ...] = ("--version",)

    @property
    def path(self) -> str | None:
        """Where it is; None if it is not here."""
        own = HERE / self.name / "bin" / self.program
        return str(own) if own.exists() else shutil.which(self.program) if not self.is_python else None

    @property
    def is_python(self) -> bool:
        """Does it live in an environment of its own?"""
        return self.program in ("md2po", "po2md")

    @property
    def said(self) -> str:
        """Its version."""
        done = subprocess.run([str(self.path), *self.version], capture_output=True, text=True, check=False)
        found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
        return found[0] if found else "?"


PO4A = Peer("po4a", "po4a")
MDPO = Peer("mdpo", "md2po")
TOOLKIT = Peer("translate-toolkit", "md2po")
MSGMERGE = Peer("GNU msgmerge", "msgmerge")
HUGO_ = Peer("Hugo", "hugo", ("version",))
ALL = (PO4A, MDPO, TOOLKIT, MSGMERGE, HUGO_)


def po4a(sources: Path, folder: Path) -> Path:
    """A project of po4a over the articles in `sources`; its configuration."""
    folder.mkdir(parents=True)
    lines = ["[po4a_langs] sv", f"[po4a_paths] {folder}/all.pot $lang:{folder}/$lang.po"]
    lines += [
        f'[type: text] {path} $lang:{folder}/$lang/{path.name} opt:"-o markdown -o neverwrap"'
        for path in sorted(sources.glob("*.md"))
    ]
    (folder / "po4a.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "po4a.cfg"


def hugo(sources: Path, folder: Path) -> Path:
    """A site of Hugo with every article in both languages."""
    content, layouts = folder / "content", folder / "layouts" / "_default"
    content.mkdir(parents=True)
    layouts.mkdir(parents=True)
    (folder / "config.toml").write_text(HUGO, encoding="utf-8")
    (layouts / "single.html").write_text(SINGLE, encoding="utf-8")
    (layouts / "list.html").write_text(LIST, encoding="utf-8")
    for name, text in _hugo(sources):
        (content / name).write_text(text, encoding="utf-8")
    return folder


def _hugo(sources: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(sources.glob("*.md")):
        text = re.sub(r"^(lang|topics):.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
        front, _, body = text.removeprefix("---\n").partition("---\n")
        yield f"{path.stem}.en.md", text
        yield f"{path.stem}.sv.md", f"---\n{front}---\n{swedish(body)}"
