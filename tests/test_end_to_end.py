"""The whole way, from source_texts/ to public/, as a user walks it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.conftest import Plant

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "tiny"

ARTICLE = """
-- source_texts/cramp.md --
---
lang: en
title: Cramp at night
description: What helps against cramp.
topics: [Sleep]
---

## What helps

A cramp lasts for 2 minutes.
It passes by itself.

Drink water.

- Stretch the calf.
- Keep warm.

::: sv
Ring 1177 om det gör ont.
:::
"""


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def po(root: Path, lang: str = "sv", name: str = "cramp") -> Path:
    return root / "locale" / lang / "LC_MESSAGES" / f"{name}.po"


def translate_by_hand(path: Path, pairs: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for source, target in pairs.items():
        before = f'msgid "{source}"\nmsgstr ""\n'
        assert before in text, f"{source} in {path}"
        text = text.replace(before, f'msgid "{source}"\nmsgstr "{target}"\n')
    path.write_text(text, encoding="utf-8")


def changed_lines(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    found = []
    for name in sorted(before.keys() | after.keys()):
        old, new = (side.get(name, b"").decode().splitlines() for side in (before, after))
        found += [f"{name}: -{line}" for line in old if line not in new]
        found += [f"{name}: +{line}" for line in new if line not in old]
    return found


def test_a_second_build_changes_no_byte(plant: Plant) -> None:
    root = plant(ARTICLE)
    assert main(["-C", str(root), "build"]) == 0
    first = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    before = files(root)
    assert main(["-C", str(root), "build"]) == 0
    assert {name: data for name, data in files(root).items() if not name.startswith(".tvilling")} == {
        name: data for name, data in before.items() if not name.startswith(".tvilling")
    }
    assert all(
        path.stat().st_mtime_ns == time for path, time in first.items() if ".tvilling" not in path.parts
    )


def test_one_edited_word_makes_one_entry_stale_and_changes_no_other_line(plant: Plant) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    source = "A cramp lasts for 2 minutes. It passes by itself."
    translate_by_hand(
        po(root),
        {source: "En kramp varar i 2 minuter. Den går över av sig själv.", "Drink water.": "Drick vatten."},
    )
    main(["-C", str(root), "update"])
    before = files(root / "locale")
    article = root / "source_texts/cramp.md"
    article.write_text(article.read_text().replace("It passes", "It vanishes"))
    main(["-C", str(root), "update"])
    assert changed_lines(before, files(root / "locale")) == [
        f'sv/LC_MESSAGES/cramp.po: -msgid "{source}"',
        "sv/LC_MESSAGES/cramp.po: +#, fuzzy",
        f'sv/LC_MESSAGES/cramp.po: +#| msgid "{source}"',
        f'sv/LC_MESSAGES/cramp.po: +msgid "{source.replace("passes", "vanishes")}"',
    ]
    article.write_text(article.read_text().replace("It vanishes", "It passes"))
    main(["-C", str(root), "update"])
    assert files(root / "locale") == before, "a revert brings the reviewed translation back"


def test_wrapping_a_paragraph_anew_changes_no_catalog(plant: Plant) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    before = files(root / "locale")
    article = root / "source_texts/cramp.md"
    article.write_text(article.read_text().replace("minutes.\nIt", "minutes. It"))
    main(["-C", str(root), "update"])
    assert files(root / "locale") == before


def test_the_templates_words_are_english_in_a_project_of_other_languages(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(
        '-- tvilling.toml --\nlanguages = ["fi", "sv"]\n'
        "-- source_texts/uni.md --\n---\nlang: fi\ntitle: Uni\n---\n\nNuku hyvin.\n"
    )
    assert main(["-C", str(root), "build"]) == 0
    assert main(["-C", str(root), "check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("command", ["update", "build"])
def test_the_catalogs_of_a_renamed_article_go_with_it(plant: Plant, command: str) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "build"])
    translate_by_hand(
        po(root), {"Drink water.": "Drick vatten.", "cramp": "vadkramp", "Keep warm.": "Håll värmen."}
    )
    translate_by_hand(po(root, "en"), {"Ring 1177 om det gör ont.": "Call 1177 if it hurts."})
    text = (
        po(root)
        .read_text()
        .replace("#: source_texts/cramp.md\nmsgid", "# mine\n#: source_texts/cramp.md\nmsgid", 1)
    )
    po(root).write_text(text)
    article = root / "source_texts/cramp.md"
    article.write_text(article.read_text().replace("Keep warm.", "Keep it warm."))
    main(["-C", str(root), "build"])
    before = po(root).read_text()
    assert "#| msgid" in before
    article.rename(root / "source_texts/night-cramp.md")
    assert main(["-C", str(root), command]) == 0
    after = po(root, name="night-cramp").read_text()
    assert after.replace("night-cramp", "cramp") == before
    assert not po(root).exists()
    assert not po(root, "en").exists()
    assert "Call 1177 if it hurts." in po(root, "en", "night-cramp").read_text()
    (root / "source_texts/night-cramp.md").rename(article)
    main(["-C", str(root), command])
    assert po(root).read_text() == before


def test_an_article_that_changes_its_language_is_found_at_its_former_address(plant: Plant) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "build"])
    translate_by_hand(po(root), {"Cramp at night": "Nattlig kramp"})
    main(["-C", str(root), "build"])
    article = root / "source_texts/cramp.md"
    swedish = article.read_text().replace("lang: en", "lang: sv").replace("Cramp at night", "Nattlig kramp")
    article.write_text(swedish.replace("::: sv", "::: en"))
    main(["-C", str(root), "build"])
    assert "url=../cramp/" in (root / "public/sv/nattlig-kramp/index.html").read_text()
    assert (root / "public/en/cramp-at-night/index.html").is_file()


def test_a_former_address_never_takes_the_place_of_a_page(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    other = (
        "-- source_texts/other.md --\n---\ntitle: Other\naliases: [cramp, topics, '404', old]\n---\n\nText.\n"
    )
    root = plant(ARTICLE + other)
    assert main(["-C", str(root), "build"]) == 0
    said = capsys.readouterr().out
    for page in ("cramp", "topics", "404"):
        assert f"source_texts/other.md: warning: the former address /en/{page}/ does not lead here" in said
    capsys.readouterr()
    assert main(["-C", str(root), "check"]) == 0
    assert capsys.readouterr().out.count("[former-address-taken]") == 3
    for page in ("cramp", "topics"):
        assert "url=" not in (root / f"public/en/{page}/index.html").read_text()
    assert "url=../other/" in (root / "public/en/old/index.html").read_text()


@pytest.mark.parametrize("more", ["", "\nAnd eat.\n\nSleep, too.\n"])
def test_another_article_takes_no_catalog(plant: Plant, more: str) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    translate_by_hand(po(root), {"Drink water.": "Drick vatten."})
    (root / "source_texts/cramp.md").unlink()
    (root / "source_texts/other.md").write_text(f"---\ntitle: Other\n---\n\nDrink water.\n{more}")
    main(["-C", str(root), "update"])
    assert "Drick vatten." in po(root).read_text()
    assert "Drick vatten." not in po(root, name="other").read_text()


def test_references_have_line_numbers_where_the_settings_ask_for_them(plant: Plant) -> None:
    root = plant('-- tvilling.toml --\nlanguages = ["en", "sv"]\n[catalogs]\nlines = true\n' + ARTICLE)
    main(["-C", str(root), "update"])
    assert '#: source_texts/cramp.md:13\nmsgid "Drink water."' in po(root).read_text()


def test_a_plain_text_article_goes_the_whole_way(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    paragraphs = [
        f"This is paragraph {number} of a long story about sleep.\nIt has two lines."
        for number in range(1, 20)
    ]
    text = "About sleep\n\n" + "\n\n".join(paragraphs) + "\n\n::: sv\nRing 1177 om det gör ont.\n:::\n"
    assert text.count("\n") >= 60
    root = plant(f"-- source_texts/story.txt --\n{text}")
    shutil.copytree(
        TINY, root / "models", ignore=lambda _folder, names: [n for n in names if "argosmodel" not in n]
    )
    for command in ("update", "translate", "check", "status", "build"):
        assert main(["-C", str(root), command]) in (0, 1), command
    said = capsys.readouterr().out
    assert "drafted by argos" in said
    for lang in ("en", "sv"):
        page = (root / "public" / lang / "story" / "index.html").read_text(encoding="utf-8")
        assert f'<html lang="{lang}"' in page
        states = re.findall(r'data-state="(\w+)"', page)
        assert len(states) >= 20
        assert set(states) <= {"original", "reviewed", "machine", "draft", "stale", "missing", "rejected"}
    english = (root / "public/en/story/index.html").read_text(encoding="utf-8")
    assert "1177" in english


def test_a_machine_draft_is_marked_and_human_work_is_left_alone(plant: Plant) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    translate_by_hand(po(root), {"Drink water.": "Drick mycket vatten."})
    main(["-C", str(root), "translate", "--engine", "pseudo"])
    text = po(root).read_text(encoding="utf-8")
    assert 'msgid "Drink water."\nmsgstr "Drick mycket vatten."\n' in text
    assert re.search(r"# mt: pseudo \S+ [0-9a-f]{8}.*\n(#.*\n)*#, fuzzy", text)


def test_a_changed_dose_is_reported_and_not_published(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    source = "A cramp lasts for 2 minutes. It passes by itself."
    translate_by_hand(po(root), {source: "En kramp varar i 20 minuter. Den går över."})
    capsys.readouterr()
    assert main(["-C", str(root), "check", "--json"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    faults = [fault for fault in found if fault["check"] == "figures"]
    assert faults
    assert faults[0]["path"] == "locale/sv/LC_MESSAGES/cramp.po"
    line = po(root).read_text(encoding="utf-8").splitlines()[faults[0]["line"] - 1]
    assert source in line
    main(["-C", str(root), "build"])
    page = (root / "public/sv/cramp/index.html").read_text(encoding="utf-8")
    assert "20 minuter" not in page
    assert "rejected" in page


def test_everything_that_init_makes_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    assert main(["init", str(folder)]) == 0
    assert main(["-C", str(folder), "build"]) == 0
    assert "Det här stycket är skrivet på svenska" in (folder / "public/sv/welcome/index.html").read_text(
        "utf-8"
    )
    assert main(["init", str(folder)]) == 2
    assert "[project-exists]" in capsys.readouterr().err


def test_a_part_goes_out_and_comes_back(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    part = root / "part.po"
    assert main(["-C", str(root), "export", "--lang", "sv", "-o", str(part)]) == 0
    translate_by_hand(part, {"Drink water.": "Drick vatten."})
    assert main(["-C", str(root), "import", str(part)]) == 0
    assert 'msgstr "Drick vatten."' in po(root).read_text(encoding="utf-8")


def test_a_translated_copy_of_an_article_becomes_its_translation(plant: Plant) -> None:
    root = plant(ARTICLE)
    copy = root / "copy.md"
    pairs = {
        "lang: en": "lang: sv",
        "Cramp at night": "Kramp på natten",
        "What helps against cramp.": "Vad som hjälper.",
        "[Sleep]": "[Sömn]",
        "## What helps": "## Vad hjälper",
        "lasts for 2 minutes": "varar i 2 minuter",
        "Drink water.": "Drick vatten.",
        "Ring 1177 om det gör ont.": "Call 1177 if it hurts.",
    }
    text = (root / "source_texts/cramp.md").read_text(encoding="utf-8")
    for old, new in pairs.items():
        text = text.replace(old, new)
    copy.write_text(text, encoding="utf-8")
    assert main(["-C", str(root), "import", str(copy), "--article", "cramp", "--reviewed"]) == 0
    swedish, english = po(root).read_text(encoding="utf-8"), po(root, "en").read_text(encoding="utf-8")
    assert 'msgid "Drink water."\nmsgstr "Drick vatten."' in swedish
    assert 'msgstr "Call 1177 if it hurts."' in english
    assert "fuzzy" not in swedish
    main(["-C", str(root), "build"])
    assert (root / "public/sv/kramp-pa-natten/index.html").is_file()


@pytest.mark.parametrize(
    "name", ["night", "cramp", "cramp.md", "./source_texts/cramp.md", "locale/sv/LC_MESSAGES/night.po"]
)
def test_an_article_is_known_by_its_address_and_by_its_files(plant: Plant, name: str) -> None:
    root = plant(ARTICLE.replace("lang: en", "lang: en\nslug: night"))
    assert main(["-C", str(root), "update"]) == 0
    assert main(["-C", str(root), "check", name]) == 0


@pytest.mark.parametrize(
    ("article", "name"), [("cramp", "not-translated"), ("site", "unknown-article"), ("x", "unknown-article")]
)
def test_only_a_translation_of_an_article_is_taken_in(
    article: str, name: str, plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(ARTICLE)
    copy = root / "copy.md"
    copy.write_text((root / "source_texts/cramp.md").read_text())
    assert main(["-C", str(root), "import", str(copy), "--article", article]) == 2
    assert capsys.readouterr().err.splitlines()[0].endswith(f"[{name}]")


def test_our_own_articles_are_complete_in_both_languages() -> None:
    out = subprocess.run(
        [sys.executable, "-m", "pipeline", "-C", str(ROOT), "status", "--json"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for row in json.loads(out):
        left = {state: count for state, count in row["entries"].items() if count and state != "reviewed"}
        assert not left, (row["article"], row["lang"], left)


def test_our_own_catalogs_are_in_line_and_without_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(ROOT), "check"]) == 0, capsys.readouterr().out
