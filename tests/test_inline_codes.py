"""Markup as inline codes: valid by the standards' own schemas, read by others, lost by nobody."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from pipeline import catalogs, checks, interchange
from pipeline.cli import main
from pipeline.interchange.codes import Role, coded
from pipeline.model import Brief, Catalog, Entry, Severity
from tests.conftest import Plant
from tests.editor import ARTICLE, CATALOG
from tests.test_checks import ALL
from tests.test_interchange import CATALOGS, FORMATS, LANGUAGES, PATHS, TEXTS

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
SOURCE = 'Take **2 mg** of `x` before [sleep](cramp.md "Rest"), {name}.'
TARGET = 'Ta **2 mg** `x` före [sömnen](cramp.md "Vila"), {name}.'
ONE = Catalog("sv", (Entry(SOURCE, TARGET),))
CORPUS = (
    *(Catalog("sv", tuple({case.entry.key: case.entry for case in ALL if case.source}.values())),),
    *(
        catalogs.parse(path.read_text(encoding="utf-8"), path.name, path.parts[-3])
        for path in sorted((ROOT / "locale").rglob("*.po"))
    ),
)
"""The texts of all cases of checks, and the project's own catalogs."""


@cache
def schema(shape: str) -> Any:
    """What says whether a file of that format is valid; what it imports stands beside it."""
    if shape == "tmx":
        return etree.DTD(str(DATA / "tmx14.dtd"))
    version = {"xliff": "1.2-strict", "xliff2": "2.0"}[shape]
    tree = etree.parse(DATA / f"xliff-core-{version}.xsd")
    for node in tree.iter("{http://www.w3.org/2001/XMLSchema}import"):
        node.set("schemaLocation", "xml.xsd")
    return etree.XMLSchema(tree)


def faults(shape: str, text: str) -> list[str]:
    valid = schema(shape)
    valid.validate(etree.fromstring(text.encode()))
    return [str(fault) for fault in valid.error_log]


@pytest.mark.parametrize("shape", FORMATS)
def test_the_corpus_goes_out_valid_and_comes_back_as_it_was(shape: str) -> None:
    for catalog in CORPUS:
        text = interchange.WRITERS[shape](catalog, "sv" if catalog.lang == "en" else "en")
        assert faults(shape, text) == []
        carried = [entry for entry in catalog.live if not entry.plural]
        expected = [entry for entry in carried if entry.translated or shape != "tmx"]
        offers = interchange.read(text.encode(), PATHS[shape], LANGUAGES)
        found = [entry for offer in offers for entry in offer.entries if offer.lang == catalog.lang]
        assert [(e.key, e.target, e.state) for e in found] == [(e.key, e.target, e.state) for e in expected]
        assert not any(offer.findings for offer in offers)


@pytest.mark.parametrize("shape", FORMATS)
def test_an_export_of_nothing_is_valid(shape: str) -> None:
    assert faults(shape, interchange.WRITERS[shape](Catalog("sv"), "en")) == []


@pytest.mark.parametrize("shape", FORMATS)
@given(catalog=CATALOGS)
@settings(max_examples=30)
def test_any_export_is_valid(shape: str, catalog: Catalog) -> None:
    assert faults(shape, interchange.WRITERS[shape](catalog, "en")) == []


def test_the_schemas_find_faults() -> None:
    text = interchange.WRITERS["xliff"](ONE, "en")
    assert faults("xliff", text.replace('ctype="bold"', 'ctype="fat"'))
    text = interchange.WRITERS["xliff2"](ONE, "en")
    assert faults("xliff2", text.replace("canResegment", "resegment"))
    text = interchange.WRITERS["tmx"](ONE, "en")
    assert faults("tmx", text.replace("<bpt i=", "<bpt n="))


@given(catalog=CATALOGS)
@settings(max_examples=30)
def test_codes_and_their_data_are_named_once_and_refer_to_what_is_there(catalog: Catalog) -> None:
    root = etree.fromstring(interchange.WRITERS["xliff2"](catalog, "en").encode())
    for unit in root.iter("{*}unit"):
        data = [node.get("id") for node in unit.iter("{*}data")]
        assert len(set(data)) == len(data)
        native: dict[str, list[str]] = {}
        for side in ("source", "target"):
            named = [node for node in unit.iterfind(f"{{*}}segment/{{*}}{side}//*") if node.get("id")]
            assert max(Counter(node.get("id") for node in named).values(), default=1) == 1
            for node in named:
                used = [value for key, value in node.attrib.items() if key.startswith("dataRef")]
                assert set(used) <= set(data)
                assert native.setdefault(node.get("id"), used) == used


@given(source=TEXTS, target=TEXTS)
@settings(max_examples=150)
def test_pieces_are_the_text_and_pairs_are_nested(source: str, target: str) -> None:
    for text, pieces in zip((source, target), coded(source, target), strict=True):
        assert "".join(piece.text for piece in pieces) == text
        opened = []
        for piece in pieces:
            if piece.role is Role.OPEN:
                opened.append(piece.id)
            elif piece.role is Role.CLOSE:
                assert opened.pop() == piece.id
        assert not opened


@given(text=TEXTS)
def test_the_same_text_has_the_same_codes(text: str) -> None:
    ours, theirs = coded(text, text)
    assert ours == theirs


def shown(text: str, other: str = "") -> str:
    """`text` as a translator sees it: its codes are numbers in brackets."""
    signs = {Role.SINGLE: "<{}/>", Role.OPEN: "<{}>", Role.CLOSE: "</{}>"}
    pieces = coded(other, text)[1]
    return "".join(
        piece.text if piece.role is Role.TEXT else signs[piece.role].format(piece.id) for piece in pieces
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SOURCE, "Take <1>2 mg</1> of <2/> before <3>sleep</3>Rest<4/>, <5/>."),
        ("~~a~~ *b* ***c***", "<1>a</1> <2>b</2> <3><4>c</4></3>"),
        ("![a](b) [a][b] <https://a.b> https://a.b a@b.se", "<1>a</1> <2>a</2> <3/> <4/> <5/>"),
        ("<kbd>C</kbd> <br> <b>**x</b>** <!-- c -->", "<1>C</1> <2/> <3><4/>x</3><5/> <6/>"),
        ("5&nbsp;mg sm&ouml;r[^1]\\\na", "5<1/>mg sm&ouml;r<2/><3/>a"),
        ("50 % of **a* \\*b\\*", "50 % of *<1>a</1> \\*b\\*"),
        (
            """[a](b ")") [a](b 't' ) [a](b (t)) [a](b "t&amp;")""",
            "<1>a</1>)<2/> <3>a</3>t<4/> <5>a</5> <6>a</6>",
        ),
        (r'[a](b "\"t") [a](b "\"a\*")', "<1>a</1> <2>a</2>"),
        ("a\x07b `c\x07d`", "a<1/>b <2/><3/><4/>"),
        ("", ""),
    ],
)
def test_words_are_words_and_markup_is_codes(text: str, expected: str) -> None:
    assert shown(text) == expected


WRITTEN = {
    "xliff": '<ph id="1" ctype="x-code">`y`</ph><bpt id="2" ctype="bold">**</bpt>x<ept id="2">**</ept>'
    '<ph id="3" ctype="lb">\\\n</ph><ph id="4" ctype="x-character-0007" />',
    "xliff2": '<ph id="1" type="other" subType="tvilling:code" dataRef="d1" />'
    '<pc id="2" type="fmt" subType="xlf:b" dataRefStart="d2" dataRefEnd="d2">x</pc>'
    '<ph id="3" type="fmt" subType="xlf:lb" dataRef="d3" /><cp hex="0007" />',
    "tmx": '<ph x="1" type="x-code">`y`</ph><bpt i="2" x="2" type="bold">**</bpt>x<ept i="2">**</ept>'
    '<ph x="3" type="lb">\\\n</ph><ph x="4" type="x-character-0007" />',
}


@pytest.mark.parametrize("shape", FORMATS)
def test_a_code_is_written_as_its_standard_names_it(shape: str) -> None:
    text = "`y`**x**\\\n\x07"
    assert interchange.WRITERS[shape](Catalog("sv", (Entry(text, text),)), "en").count(WRITTEN[shape]) == 2


@pytest.mark.parametrize("shape", FORMATS)
def test_halves_that_cross_are_valid(shape: str) -> None:
    crossed = "<b>**x</b>** [a](b"
    assert faults(shape, interchange.WRITERS[shape](Catalog("sv", (Entry(crossed, crossed),)), "en")) == []


def test_the_same_code_has_the_same_number_in_both_texts() -> None:
    assert shown("[a](u) *b* *c* {n}", "**x** *y* {n} [z](u) `c`") == "<4>a</4> <2>b</2> <6>c</6> <3/>"


def read(text: str) -> tuple[Entry, list[str]]:
    """The one entry of an XLIFF file, and what was found in it."""
    (offer,) = interchange.read(text.encode(), "part.xlf", LANGUAGES)
    (entry,) = offer.entries
    return entry, [finding.message for finding in offer.findings]


TOOLS = [
    ("they were moved", "xliff", "<target>{bold} <ph id='2'>`x`</ph></target>", "**2 mg** `x`"),
    ("one was dropped", "xliff", "<target>Ta 2 mg <ph id='2'>`x`</ph></target>", "Ta 2 mg `x`"),
    ("one was doubled", "xliff", "<target>{bold} {bold}</target>", "**2 mg** **2 mg**"),
    ("half was dropped", "xliff", "<target>Ta <bpt id='1'>**</bpt>2 mg</target>", "Ta **2 mg"),
    ("they are plain text", "xliff", "<target>Ta **2 mg** `x`</target>", "Ta **2 mg** `x`"),
    ("the markup was emptied", "xliff", "<target><bpt id='1'/>2 mg<ept id='1'/> <ph id='2'/></target>", "**2 mg** `x`"),
    ("they are other elements", "xliff", "<target><g id='1'>2 mg</g> <x id='2'/></target>", "**2 mg** `x`"),
    ("alone by position", "xliff", "<target><it id='1' pos='open'/>2 mg<ex id='1'/></target>", "**2 mg**"),
    ("a remark is round words", "xliff", "<target><mrk mtype='seg' mid='1'>Ta <!-- c -->{bold}</mrk></target>", "Ta **2 mg**"),
    ("they were moved", "xliff2", "<target><ph id='2' dataRef='d2'/> {bold}</target>", "`x` **2 mg**"),
    ("one was dropped", "xliff2", "<target>Ta 2 mg</target>", "Ta 2 mg"),
    ("one was doubled", "xliff2", "<target>{bold} {bold}</target>", "**2 mg** **2 mg**"),
    ("they are plain text", "xliff2", "<target>Ta **2 mg** `x`</target>", "Ta **2 mg** `x`"),
    ("only the id is left", "xliff2", "<target><pc id='1'>2 mg</pc> <ph id='2'/></target>", "**2 mg** `x`"),
    ("a pair is two", "xliff2", "<target><sc id='1' dataRef='d1'/>2 mg<ec startRef='1'/></target>", "**2 mg**"),
    ("a remark is round words", "xliff2", "<target><mrk id='m'>Ta {bold}</mrk><sm id='n'/></target>", "Ta **2 mg**"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "shape", "target", "expected"), TOOLS, ids=lambda value: str(value)[:30])
def test_whatever_a_tool_made_of_the_codes_the_text_is_what_a_person_sees(
    what: str, shape: str, target: str, expected: str
) -> None:
    text = interchange.WRITERS[shape](ONE, "en")
    bold = re.search(r"<bpt.*?</ept>|<pc.*?</pc>", text)
    assert bold
    text = re.sub("(?s)<target.*</target>", lambda _: target.format(bold=bold[0]), text)
    entry, found = read(text)
    assert (entry.source, entry.target, found) == (SOURCE, expected, [])


@pytest.mark.parametrize(
    ("shape", "target", "expected"),
    [
        ("xliff", "Ta <x id='7'/> nu", 'Ta <x id="7"/> nu'),
        ("xliff", "Ta <g id='7'>nu</g>", 'Ta <g id="7">nu</g>'),
        ("xliff", "Ta <ph/>", "Ta <ph/>"),
        ("xliff2", "Ta <ph id='7' dataRef='d70'/>", 'Ta <ph id="7"/>'),
        ("xliff2", "<pc id='7'>Ta</pc>", '<pc id="7">Ta</pc>'),
        ("xliff2", "Ta <cp hex='zz'/>", "Ta <cp/>"),
        ("xliff2", "Ta <cp hex='99999999'/>", "Ta <cp/>"),
    ],
)
def test_a_code_that_nothing_explains_is_said_and_stays_where_the_checks_see_it(
    shape: str, target: str, expected: str
) -> None:
    text = interchange.WRITERS[shape](ONE, "en")
    text = re.sub("(?s)<target.*</target>", lambda _: f"<target>{target}</target>", text)
    entry, found = read(text)
    assert entry.target == expected
    assert len(found) == 1
    faults = [fault for fault in checks.run(entry, Brief("en", "sv")) if fault.check == "markup"]
    assert any("is not in the original" in fault.message for fault in faults)
    assert all(fault.severity is Severity.ERROR for fault in faults)


def test_the_import_names_place_and_remedy_of_an_unknown_code(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(ARTICLE)
    part = root / "part.xlf"
    assert main(["-C", str(root), "update"]) == 0
    assert main(["-C", str(root), "export", "--lang", "sv", "-o", str(part)]) == 0
    before, _, after = part.read_text(encoding="utf-8").partition("<source>Rest.</source>")
    line = before.count("\n")
    part.write_text(f"{before}<source>Rest.</source><target>Vila<x id='9'/>.</target>{after}", "utf-8")
    capsys.readouterr()
    assert main(["-C", str(root), "import", str(part)]) == 0
    said = capsys.readouterr().out
    assert f"part.xlf:{line}: warning: " in said
    assert '<x id="9"/>' in said
    assert "[unknown-code]" in said
    assert "remedy: put the code" in said
    assert 'msgstr "Vila<x id=\\"9\\"/>."' in (root / CATALOG).read_text(encoding="utf-8")
    assert main(["-C", str(root), "check"]) == 1


def test_a_foreign_memory_gives_its_codes_as_the_text_in_them() -> None:
    seg = "<bpt i='{}'>&lt;b&gt;</bpt>{}<ept i='{}'>&lt;/b&gt;</ept><ph x='2'/><hi>!</hi>"
    text = (
        "<tmx version='1.4'><header srclang='en'/><body><tu>"
        f"<tuv xml:lang='en'><seg>{seg.format(1, 'Eat', 1)}</seg></tuv>"
        f"<tuv xml:lang='sv'><seg>{seg.format(4, 'Ät', 4)}</seg></tuv></tu></body></tmx>"
    )
    (offer,) = interchange.read(text.encode(), "a.tmx", LANGUAGES)
    assert [(entry.source, entry.target) for entry in offer.entries] == [("<b>Eat</b>!", "<b>Ät</b>!")]
    assert not offer.findings


def test_a_code_without_markup_is_nothing_in_either_text() -> None:
    text = interchange.WRITERS["xliff"](Catalog("sv", (Entry("Eat.", "Ät."),)), "en")
    entry, found = read(re.sub(r">(Eat|Ät)\.<", r"><g id='1'>\1</g><x id='2'/>.<", text))
    assert (entry.source, entry.target, found) == ("Eat.", "Ät.", [])


def test_a_code_without_a_number_is_no_other_one() -> None:
    text = interchange.WRITERS["xliff2"](Catalog("sv", (Entry("Eat\x07", "Ät"),)), "en")
    entry, _ = read(text.replace("<target>Ät", "<target>Ät<ph/>"))
    assert (entry.source, entry.target) == ("Eat\x07", "Ät<ph/>")


def test_elements_within_elements_without_end_are_no_crash() -> None:
    text = interchange.WRITERS["xliff"](Catalog("sv", (Entry("Eat.", "DEEP"),)), "en")
    entry, _ = read(text.replace("DEEP", "<g id='1'>" * 240 + "DEEP" + "</g>" * 240))
    assert "DEEP" in entry.target


@pytest.mark.parametrize("shape", ["xliff", "xliff2"])
def test_the_toolkit_sees_the_codes_sets_a_target_with_them_and_we_take_it(shape: str) -> None:
    from translate.storage import xliff, xliff2

    text = interchange.WRITERS[shape](Catalog("sv", (Entry(SOURCE), Entry("Eat **now**."))), "en")
    store = {"xliff": xliff.xlifffile, "xliff2": xliff2.Xliff2File}[shape].parsestring(text.encode())
    first, second = store.units
    (rich,) = first.rich_source
    names = [part.xml_node.tag.rpartition("}")[2] for part in rich.sub if hasattr(part, "xml_node")]
    assert (
        names
        == {
            "xliff": ["bpt", "ept", "ph", "bpt", "ept", "ph", "ph"],
            "xliff2": ["pc", "ph", "pc", "ph", "ph"],
        }[shape]
    )
    first.rich_target = [rich]
    first.markapproved()
    second.target = "Ät **nu**."
    (offer,) = interchange.read(bytes(store), "a.xlf", LANGUAGES)
    assert [(entry.source, entry.target) for entry in offer.entries] == [
        (SOURCE, SOURCE),
        ("Eat **now**.", "Ät **nu**."),
    ]
