"""The articles in both languages, a file for each: for generators that are given their translations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.corpus import swedish
from bench.ground import Ground

LACKS = "no parallel pages or e-books, no catalogs and no checks: the translated Markdown is given to it"


def twins(ground: Ground) -> Iterator[tuple[str, str, str]]:
    """(name, language, text) of each version."""
    for path in sorted((ground.folder / "now" / "source_texts").iterdir()):
        text = re.sub(r"^(lang|topics):.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
        front, _, body = text.removeprefix("---\n").partition("---\n")
        yield path.stem, "en", text
        yield path.stem, "sv", f"---\n{front}---\n{swedish(body)}"
