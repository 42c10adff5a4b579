"""Eleventy: a page for each version and a list for each language; all anew every time.

Markdown goes through no template language first, its quick setting; links between articles stay as they
are written, and there is no table of contents.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from bench.ground import Ground
from bench.measure import Command, Step
from bench.peers.peer import INSTALLED, Peer, builds, said
from bench.peers.twins import LACKS, twins

PROGRAM = INSTALLED / "node" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
SETTINGS = (
    'export const config = { markdownTemplateEngine: false, dir: { input: "content", output: "site" } };\n'
)
PAGE = """<!doctype html><html lang={{ lang }}><title>{{ title }}</title>
<body><h1>{{ title }}</h1>{{ content | safe }}</body></html>"""
LIST = """---
title: Corpus
eleventyExcludeFromCollections: true
---
<ul>{%% for item in collections.%s %%}<li><a href="{{ item.url }}">{{ item.data.title }}</a>{%% endfor %%}</ul>
"""


def site(ground: Ground) -> Iterator[Step]:
    """Pages in both languages."""
    folder = ground.folder / "eleventy"
    content, layouts = folder / "content", folder / "content" / "_includes"
    layouts.mkdir(parents=True)
    (folder / "eleventy.config.mjs").write_text(SETTINGS, encoding="utf-8")
    (layouts / "page.njk").write_text(PAGE, encoding="utf-8")
    for lang in ("en", "sv"):
        (content / lang).mkdir()
        shared = f'{{"layout": "page.njk", "lang": "{lang}", "tags": ["{lang}"]}}\n'
        (content / lang / f"{lang}.json").write_text(shared, encoding="utf-8")
        (content / lang / "index.njk").write_text(LIST % lang, encoding="utf-8")
    for name, lang, text in twins(ground):
        (content / lang / f"{name}.md").write_text(text, encoding="utf-8")
    build: Command = ("node", PROGRAM, "--quiet", "--config=eleventy.config.mjs")
    yield from builds((build,), content / "en" / f"{ground.edited}.md", layouts / "page.njk", folder)


def version() -> str | None:
    """Nothing where there is no node either."""
    node = shutil.which("node")
    return said(node, PROGRAM, "--version") if node and PROGRAM.exists() else None


ELEVENTY = Peer("Eleventy", version, (site,), LACKS)
