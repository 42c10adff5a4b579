"""Catalogs read without loss, and written without noise."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

from pipeline import catalogs
from pipeline.catalogs import unusual
from pipeline.catalogs.blocks import Source, places, scan
from pipeline.errors import CatalogError
from pipeline.model import Catalog, Entry, State
from tests.catalog_strategies import TEXTS, entries, whole_catalogs
from tests.phrases import templates

CASES = Path(__file__).parent / "cases" / "catalogs"
USUAL = settings(max_examples=100, deadline=None)


def cases(name: str) -> list[ParameterSet]:
    """Title, file, expected; each closed by a dot on its own line."""
    text = (CASES / name).read_text(encoding="utf-8")
    found = re.finditer(r"(?<![^\n])([^\n]+)\n\.\n(.*?)^\.\n(.*?)^\.\n", text, re.DOTALL | re.MULTILINE)
    return [
        pytest.param(case[2], case[3], id=f"{name}:{text.count(chr(10), 0, case.start()) + 1} {case[1]}")
        for case in found
    ]


@pytest.mark.parametrize(("text", "expected"), cases("broken.md"))
def test_a_broken_file_is_an_error_with_its_line(text: str, expected: str) -> None:
    with pytest.raises(CatalogError) as caught:
        catalogs.parse(text, "a.po", "sv")
    assert str(caught.value).splitlines()[0] == expected.strip()
    assert [*templates(caught.value.message), *templates(caught.value.remedy)]


@pytest.mark.parametrize(("text", "expected"), cases("tolerated.md"))
def test_what_gettext_reads_is_read(text: str, expected: str) -> None:
    catalog = catalogs.parse(text, "a.po", "sv")
    assert catalogs.dump(catalog) == expected
    assert catalogs.parse(text.replace("\n", "\r\n"), "a.po", "sv") == catalog


@USUAL
@given(whole_catalogs())
def test_what_is_written_is_read_as_it_was(catalog: Catalog) -> None:
    assert catalogs.parse(catalogs.dump(catalog), "a.po", "sv") == catalog


@USUAL
@given(whole_catalogs())
def test_polib_reads_the_same_as_the_expression_for_usual_blocks(catalog: Catalog) -> None:
    text = catalogs.dump(catalog)
    for block in scan(Source(text), "a.po"):
        line = text.count("\n", 0, block.start) + 1
        end, lines = unusual.read(text, block.start, line, "a.po")
        assert lines
        (entry,) = unusual.entries([lines])
        assert (end, entry) == (block.end, block.entry)
        assert entry.place == block.entry.place


@USUAL
@given(whole_catalogs())
def test_polib_alone_reads_the_same_where_it_is_safe(catalog: Catalog) -> None:
    tame = replace(catalog, entries=tuple(e for e in catalog.entries if is_tame(e)), header_comments=())
    found = polib.pofile(catalogs.dump(tame))
    assert [
        (e.msgctxt or "", e.msgid, e.msgstr, tuple(e.flags), e.previous_msgid or "", bool(e.obsolete))
        for e in found
    ] == [(e.context, e.source, e.target, e.flags, e.previous, e.obsolete) for e in tame.entries]


def is_tame(entry: Entry) -> bool:
    texts = (entry.source, entry.target, entry.context, entry.previous, entry.note, *entry.comments)
    safe = not any(re.search("[\x01\a\v\f\x1c\x85\u2028\u2029]", text) for text in texts)
    return safe and not entry.plural and not entry.draft and not (entry.obsolete and entry.previous)


@USUAL
@given(whole_catalogs())
def test_the_place_of_an_entry_is_the_line_of_its_msgid(catalog: Catalog) -> None:
    text = catalogs.dump(catalog)
    lines = text.split("\n")
    for entry in catalogs.parse(text, "a.po", "sv").entries:
        assert lines[entry.place.line - 1].removeprefix("#~ ").startswith('msgid "')


def by_another_editor(text: str, seed: int) -> str:
    """The same catalog in another form."""
    chance = random.Random(seed)
    newline = chance.choice(["\n", "\r\n"])
    lines = [other for line in text.removesuffix("\n").split("\n") for other in in_another_form(line, chance)]
    return chance.choice(["", "\ufeff"]) + newline.join(lines) + chance.choice(["", newline, newline * 2])


def in_another_form(line: str, chance: random.Random) -> list[str]:
    long = re.fullmatch(r'((?:#~ )?(?:msgid|msgstr)) "(.{5,}) (.*)"', line)
    if chance.random() < 0.5:
        return [line]
    if long and not long[2].endswith("\\"):
        before = "#~ " if line.startswith("#~") else ""
        return [f'{long[1]} ""', f'{before}"{long[2]} "', f'{before}"{long[3]}"']
    if line.startswith("#, "):
        return ["#," + line[3:]]
    return [line] if line else ["", ""]


@USUAL
@given(whole_catalogs(), st.integers(0, 1000))
def test_another_form_says_the_same(catalog: Catalog, seed: int) -> None:
    assert catalogs.parse(by_another_editor(catalogs.dump(catalog), seed), "a.po", "sv") == catalog


@USUAL
@given(whole_catalogs(), st.integers(0, 1000), st.data())
def test_entries_that_did_not_change_keep_their_bytes(
    catalog: Catalog, seed: int, data: st.DataObject
) -> None:
    text = by_another_editor(catalogs.dump(catalog), seed)
    assert catalogs.splice(text, catalog, catalog) == text
    changed = data.draw(st.lists(st.sampled_from(catalog.entries or (None,)), unique=True, max_size=2))
    target = data.draw(TEXTS)
    new = replace(
        catalog,
        entries=tuple(
            replace(entry, target=target) if entry in changed and not entry.plural else entry
            for entry in catalog.entries
        ),
    )
    spliced = catalogs.splice(text, catalog, new)
    assert catalogs.parse(spliced, "a.po", "sv") == new
    kept = dict(pieces(spliced))
    same = {entry.key for entry, other in zip(catalog.entries, new.entries, strict=True) if entry == other}
    for key, piece in pieces(text):
        if key in same or key == ("", ""):
            assert kept[key] == piece


def pieces(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    source = Source(text)
    for block in scan(source, "a.po"):
        yield block.entry.key, source.cut(block.start, block.end).rstrip("\r\n")


@USUAL
@given(whole_catalogs(), st.none() | st.integers(0, 1000))
def test_places_are_those_of_whole_blocks(catalog: Catalog, seed: int | None) -> None:
    text = catalogs.dump(catalog)
    source = Source(text if seed is None else by_another_editor(text, seed))
    blocks = [(block.start, block.end, block.entry.key) for block in scan(source, "a.po")]
    assert places(source, "a.po") == blocks


@USUAL
@given(whole_catalogs(), whole_catalogs(), st.integers(0, 1000))
def test_a_spliced_file_says_what_the_new_catalog_says(old: Catalog, new: Catalog, seed: int) -> None:
    text = by_another_editor(catalogs.dump(old), seed)
    spliced = catalogs.splice(text, old, new)
    assert catalogs.parse(spliced, "a.po", "sv") == new
    assert catalogs.splice(spliced, new, new) == spliced


@USUAL
@given(whole_catalogs(), entries(), st.integers(0, 5))
def test_a_new_entry_adds_lines_and_changes_none(catalog: Catalog, entry: Entry, at: int) -> None:
    live = [each for each in catalog.live if each.key != entry.key]
    old = replace(catalog, entries=(*live, *(each for each in catalog.obsolete if each.key != entry.key)))
    live.insert(at, replace(entry, obsolete=False))
    text = catalogs.dump(old)
    new = replace(old, entries=(*live, *old.obsolete))
    assert catalogs.splice(text, old, new) == catalogs.dump(new)


def test_what_splits_lines_for_python_alone_splits_none_here() -> None:
    text = "\x0b \x0c \x1c \x85 \u2028 \u2029"
    catalog = Catalog("sv", (Entry(text, text, comments=(text,), note=text),), path="a.po")
    written = catalogs.dump(catalog)
    assert written.count("\n") == 4
    assert catalogs.parse(written, "a.po", "sv") == catalog
    assert catalogs.parse(written.replace("msgid ", "msgid  "), "a.po", "sv") == catalog


def test_a_cleared_fuzzy_flag_is_a_review() -> None:
    text = '# mt: argos en_sv@1 00000000\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
    (draft,) = catalogs.parse(text, "a.po", "sv").entries
    (reviewed,) = catalogs.parse(text.replace("#, fuzzy\n", ""), "a.po", "sv").entries
    assert (draft.state, reviewed.state) == (State.DRAFT, State.REVIEWED)
    assert reviewed.draft == draft.draft


def test_header_fields_comments_and_flags_survive_a_change_of_another_entry() -> None:
    text = (
        "# Team: Åsa\n#\n#, fuzzy\n"
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Poedit-Basepath: ..\\n"\n\n'
        '#, range: 1..5, my-own-flag\nmsgid "a"\nmsgstr "b"\n'
    )
    old = catalogs.parse(text, "a.po", "sv")
    (entry,) = old.entries
    new = catalogs.splice(text, old, replace(old, entries=(replace(entry, target="c"),)))
    assert new == text.replace('"b"', '"c"')


def test_a_new_catalog_has_no_date_and_the_version_of_the_segmentation() -> None:
    header = dict(catalogs.new("sv", "en", "leg-cramps").header)
    assert header["X-Extractor"] == str(catalogs.EXTRACTOR)
    assert header["PO-Revision-Date"] == ""
    assert header["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
