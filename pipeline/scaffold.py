"""`tvilling init`: a new project that builds."""

from __future__ import annotations

from pathlib import Path

from pipeline import files
from pipeline.errors import UsageError
from pipeline.model import Place

CONFIGURATION = """\
# Every key has a default but `languages`; see the README for all of them.
languages = ["en", "sv"]

[site]
url = ""                        # "https://example.org" gives feeds and a sitemap full addresses
title = { en = "My articles", sv = "Mina artiklar" }
"""
WELCOME = """\
---
lang: en
title: Welcome
description: A first article, to be replaced by your own.
topics: [About]
---

## What is this?

This site is written in two languages. Write your articles in `source_texts/`,
in English or in Swedish, and run `tvilling build`.

::: sv
Det här stycket är skrivet på svenska och översätts till engelska.
:::

| Number | Unit |
| ------ | ---- |
| 1.5    | mg   |
"""
IGNORED = "/public/\n/.tvilling/\n"
MERGED = """\
# Entry by entry: git config merge.tvilling.driver "tvilling merge-driver %O %A %B"
*.po merge=tvilling
"""


def init(folder: Path) -> list[Path]:
    """Make a project in `folder`, which must hold none; the files written."""
    if (folder / "tvilling.toml").exists():
        raise UsageError(
            "there is a project already",
            place=Place(str(folder / "tvilling.toml")),
            name="project-exists",
            remedy="choose another folder",
        )
    texts = {
        folder / "tvilling.toml": CONFIGURATION,
        folder / "source_texts" / "welcome.md": WELCOME,
    }
    for name, text in ((".gitignore", IGNORED), (".gitattributes", MERGED)):
        if not (folder / name).exists():
            texts[folder / name] = text
    return files.write_all(texts, folder)
