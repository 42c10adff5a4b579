"""Hugo: a page for each version with its contents, and a list for each language; all anew every time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.ground import Ground
from bench.measure import Command, Step
from bench.peers.peer import Peer, builds, program
from bench.peers.twins import LACKS, twins

SETTINGS = """baseURL = "https://corpus.example/"
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


def site(ground: Ground) -> Iterator[Step]:
    """Pages in both languages."""
    folder = ground.folder / "hugo"
    content, layouts = folder / "content", folder / "layouts" / "_default"
    content.mkdir(parents=True)
    layouts.mkdir(parents=True)
    (folder / "config.toml").write_text(SETTINGS, encoding="utf-8")
    (layouts / "single.html").write_text(SINGLE, encoding="utf-8")
    (layouts / "list.html").write_text(LIST, encoding="utf-8")
    for name, lang, text in twins(ground):
        (content / f"{name}.{lang}.md").write_text(text, encoding="utf-8")
    build: Command = ("hugo", "-s", folder, "--quiet")
    yield from builds((build,), content / f"{ground.edited}.en.md", layouts / "single.html")


HUGO = Peer("Hugo", partial(program, "hugo", "version"), (site,), LACKS)
