"""`tvilling check` knows which links lead nowhere, and agrees with the build."""

from __future__ import annotations

import pytest

from pipeline import config
from pipeline.cli import main
from pipeline.stages import build, links, project
from tests.conftest import Plant

PROJECT = """
-- source_texts/cramp.md --
---
lang: en
title: Cramp
description: See [nothing](nowhere.md).
---

See [sleep](sleep.md#why), [it](./sleep.md), [above](#what), [a note](#fn-1) and <https://a.example/nowhere.md>.[^1]

## What {#what}

See [sleep](sleep.md#how) and [food](food.md).

See [a picture](picture.png), ![it](shown.png) and [below](#low), but type `[x](gone.md)`.

<p id="html">Here.</p>

See [HTML](#html) and write to <a@b.example>.

[^1]: A note.
-- source_texts/sleep.md --
---
lang: en
title: Sleep
description: Why.
---

## Why

It is good.
-- source_texts/shown.png --
x
-- locale/sv/LC_MESSAGES/cramp.po --
msgid ""
msgstr "Language: sv\\nContent-Type: text/plain; charset=UTF-8\\n"

# accept: links — another page in Swedish
msgid "See [sleep](sleep.md#how) and [food](food.md)."
msgstr "Se [sömn](somn.md) och [mat](food.md)."
"""
EXPECTED = {
    "source_texts/cramp.md:11: source_texts/sleep.md has no block with the id 'how'",
    "source_texts/cramp.md:11: there is no article 'food'",
    "source_texts/cramp.md:13: there is no file 'picture.png' beside the articles",
    "source_texts/cramp.md:13: source_texts/cramp.md has no block with the id 'low'",
}


def test_broken_links_are_found_without_rendering(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    root = plant(PROJECT)
    assert main(["-C", str(root), "check"]) == 1
    said = capsys.readouterr().out
    loaded = project.load(config.read(root))
    found = {f"{each.place}: {each.message}" for each in links.broken(loaded, {"cramp", "sleep"})}
    assert found - EXPECTED == {"locale/sv/LC_MESSAGES/cramp.po:5: there is no article 'somn'"}
    assert all(line.split(": ", 1)[0] in said for line in found)
    assert list(links.broken(loaded, {"sleep"})) == []


def test_the_build_finds_the_same(plant: Plant) -> None:
    loaded = project.load(config.read(plant(PROJECT)))
    built = build.build(loaded, frozenset())
    found = {f"{each.place}: {each.message}" for each in built.findings if each.place.path.endswith(".md")}
    assert found >= EXPECTED


def test_two_articles_with_one_translated_address_are_a_fault(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "slug"\nmsgid "{0}"\nmsgstr "somn"\n'
    root = plant(
        "".join(
            f"-- source_texts/{name}.md --\n---\nlang: en\ntitle: T\n---\n\nText.\n"
            f"-- locale/sv/LC_MESSAGES/{name}.po --\n{catalog.format(name)}"
            for name in ("nap", "sleep")
        )
    )
    assert main(["-C", str(root), "check"]) == 1
    said = capsys.readouterr().out
    assert (
        "source_texts/sleep.md: error: the address 'somn' belongs to source_texts/nap.md already [slug-taken]"
        in said
    )
