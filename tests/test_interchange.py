"""XLIFF and TMX: what one program wrote and another read, and what comes back."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import exchange, interchange
from pipeline.cli import main
from pipeline.errors import PipelineError
from pipeline.model import Catalog, Draft, Entry, State
from tests.conftest import Plant
from tests.editor import ARTICLE, CATALOG
from tests.strategies import FRAGMENTS

LANGUAGES = ("en", "sv")
FORMATS = sorted(interchange.WRITERS)
PATHS = {"xliff": "a.xlf", "xliff2": "a.xlf", "tmx": "a.tmx"}

CONTROLS = ["\x00", "\x07", "\x1b", "\r", "\ud800", "\uffff"]
CODES = [
    "{name}",
    "%s",
    "a@b.se",
    "&nbsp;",
    "&ouml;",
    "</b>",
    '[a](b "c")',
    "[a](b ')')",
    "`x`",
    "***",
    "[^1]",
]
TEXTS = st.one_of(
    st.text(st.characters() | st.sampled_from("\n\t\r<>&\"'* ")),
    st.lists(st.sampled_from(FRAGMENTS + CODES + CONTROLS), max_size=14).map("".join),
)
"""Any text at all, and Markdown in every state of disorder."""
SOURCES = TEXTS.filter(bool)
LINES = st.lists(
    st.text("abå <&>—", min_size=1).filter(lambda line: line.strip() == line), max_size=2, unique=True
).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    source = draw(SOURCES)
    target = draw(st.one_of(TEXTS, st.just(""), st.just(source)))
    entry = Entry(
        source,
        target,
        draw(st.sampled_from(["", "title", "a <b>"])),
        comments=draw(LINES),
        note=draw(st.sampled_from(["", "about sleep", "two\nlines"])),
    )
    if not target or draw(st.booleans()):
        return entry
    fuzzy = replace(entry, flags=("fuzzy",))
    return draw(
        st.sampled_from(
            [
                fuzzy,
                replace(fuzzy, draft=Draft.of("argos", "en-sv-1", target, "rung 2")),
                replace(fuzzy, previous="An older  text", previous_context="title"),
            ]
        )
    )


CATALOGS = st.lists(entries(), unique_by=lambda entry: entry.key, max_size=6).map(
    lambda found: Catalog("sv", tuple(found))
)


@pytest.mark.parametrize("shape", FORMATS)
@given(catalog=CATALOGS)
@settings(max_examples=60)
def test_texts_states_and_notes_survive_the_way_there_and_back(shape: str, catalog: Catalog) -> None:
    text = interchange.WRITERS[shape](catalog, "en")
    offers = interchange.read(text.encode(), PATHS[shape], LANGUAGES)
    expected = tuple(entry for entry in catalog.entries if entry.translated or shape != "tmx")
    assert [offer.lang for offer in offers] == (["sv"] if expected else [])
    for offer in offers:
        assert offer.entries == expected
        assert [entry.state for entry in offer.entries] == [entry.state for entry in expected]


@pytest.mark.parametrize("shape", FORMATS)
@given(catalog=CATALOGS)
@settings(max_examples=30)
def test_what_goes_out_and_comes_back_untouched_changes_nothing(shape: str, catalog: Catalog) -> None:
    text = interchange.WRITERS[shape](catalog, "en")
    for offer in interchange.read(text.encode(), PATHS[shape], LANGUAGES):
        assert exchange.take(catalog, offer.entries, replacing=True).catalog == catalog


@pytest.mark.parametrize("shape", FORMATS)
def test_the_toolkit_itself_reads_what_we_write(shape: str) -> None:
    from translate.storage import tmx, xliff, xliff2

    catalog = Catalog("sv", (Entry("Sleep  well.", "Sov gott."), Entry("Eat", "Ät", flags=("fuzzy",))))
    text = interchange.WRITERS[shape](catalog, "en")
    reader = {"tmx": tmx.tmxfile, "xliff": xliff.xlifffile, "xliff2": xliff2.Xliff2File}[shape]
    store = reader.parsestring(text.encode())
    assert [(unit.source.split(), unit.target) for unit in store.units] == [
        (["Sleep", "well."], "Sov gott."),
        (["Eat"], "Ät"),
    ]
    if shape == "xliff":
        assert [unit.isfuzzy() for unit in store.units] == [False, True]


def test_a_draft_that_was_changed_elsewhere_is_a_persons() -> None:
    drafted = Entry("Eat.", "Ät.", flags=("fuzzy",), draft=Draft.of("argos", "m", "Ät."))
    text = interchange.WRITERS["xliff2"](Catalog("sv", (drafted,)), "en").replace(">Ät.<", ">Ät nu.<")
    (offer,) = interchange.read(text.encode(), "a.xlf", LANGUAGES)
    assert offer.entries[0].state is State.DRAFT
    approved = text.replace('state="initial"', 'state="final"')
    (offer,) = interchange.read(approved.encode(), "a.xlf", LANGUAGES)
    taken = exchange.take(Catalog("sv", (drafted,)), offer.entries, replacing=False)
    assert taken.catalog.entries == (Entry("Eat.", "Ät nu."),)


FOREIGN = """<?xml version="1.0" encoding="utf-16"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"
 adminlang="en" srclang="*all*" datatype="plaintext"/><body>
<tu><tuv xml:lang="EN-us"><seg>Eat.</seg></tuv><tuv xml:lang="sv-SE"><seg>Ät.</seg></tuv></tu>
<tu srclang="sv"><tuv xml:lang="sv"><seg>Sov.</seg></tuv><tuv xml:lang="en"><seg>Sleep.</seg></tuv>
<tuv xml:lang="de"><seg>Schlaf.</seg></tuv></tu>
</body></tmx>"""


def test_a_foreign_memory_offers_drafts_in_the_directions_that_it_knows() -> None:
    offers = interchange.read(FOREIGN.encode("utf-16"), "a.tmx", LANGUAGES)
    found = {offer.lang: [(e.source, e.target, e.state) for e in offer.entries] for offer in offers}
    assert found == {
        "sv": [("Eat.", "Ät.", State.DRAFT)],
        "en": [("Ät.", "Eat.", State.DRAFT), ("Sov.", "Sleep.", State.DRAFT)],
    }


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("a.xlf", "", "not-exchangeable"),
        ("a.xlf", "<x", "not-exchangeable"),
        ("a.xlf", "<html/>", "not-exchangeable"),
        ("a.tmx", "<xliff version='1.2'/>", "not-exchangeable"),
        ("a.tmx", "msgid", "not-exchangeable"),
        (
            "a.tmx",
            "<tmx version='1.4'><header srclang='de'/><body><tu><tuv xml:lang='de'><seg>a</seg></tuv>"
            "<tuv xml:lang='fr'><seg>b</seg></tuv></tu></body></tmx>",
            "unknown-language",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused(path: str, text: str, name: str) -> None:
    with pytest.raises(PipelineError) as raised:
        interchange.read(text.encode(), path, LANGUAGES)
    assert raised.value.name == name
    assert raised.value.remedy


def test_no_entity_of_a_hostile_file_is_opened() -> None:
    text = interchange.WRITERS["xliff"](Catalog("sv", (Entry("Eat.", "SECRET"),)), "en")
    hostile = text.replace("?>\n", '?>\n<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>', 1)
    offers = interchange.read(hostile.replace("SECRET", "&y;").encode(), "a.xlf", LANGUAGES)
    assert "root:" not in str(offers)


def test_a_comment_that_xml_cannot_hold_is_an_error_that_says_where() -> None:
    with pytest.raises(PipelineError, match=r"U\+0007"):
        interchange.WRITERS["xliff"](Catalog("sv", (Entry("A bell", comments=("\x07",)),)), "en")


def test_without_the_toolkit_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "translate.storage", None)
    text = interchange.WRITERS["tmx"](Catalog("sv", (Entry("Eat.", "Ät."),)), "en")
    with pytest.raises(PipelineError, match="not installed") as raised:
        interchange.read(text.encode(), "a.tmx", LANGUAGES)
    assert "tvilling[exchange]" in raised.value.remedy


@pytest.mark.parametrize("name", ["part.xlf", "part.XLIFF", "part.po"])
def test_a_part_goes_out_is_translated_elsewhere_and_comes_back(plant: Plant, name: str) -> None:
    root = plant(ARTICLE)
    assert main(["-C", str(root), "update"]) == 0
    part = root / name
    assert main(["-C", str(root), "export", "--lang", "sv", "-o", str(part)]) == 0
    text = part.read_text(encoding="utf-8")
    if name.endswith(".po"):
        text = text.replace('msgid "Rest."\nmsgstr ""', 'msgid "Rest."\nmsgstr "Vila."')
    else:
        text = re.sub(
            r"(<source>Rest\.</source>)",
            r'\1<target state="final">Vila.</target><note>a &lt;note&gt;</note>',
            text,
        )
    part.write_text(text, encoding="utf-8")
    assert main(["-C", str(root), "import", str(part)]) == 0
    found = (root / CATALOG).read_text(encoding="utf-8")
    assert 'msgid "Rest."\nmsgstr "Vila."' in found
    assert name.endswith(".po") or "# a <note>\n" in found
    assert "fuzzy" not in found


def test_a_memory_goes_from_one_project_into_another(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    catalog = root / CATALOG
    empty = catalog.read_text(encoding="utf-8")
    catalog.write_text(empty.replace('msgid "Rest."\nmsgstr ""', 'msgid "Rest."\nmsgstr "Vila."'), "utf-8")
    memory = root / "memory.tmx"
    assert main(["-C", str(root), "export", "--lang", "sv", "-o", str(memory), "cramp"]) == 0
    assert memory.read_text(encoding="utf-8").count("<tu ") == 1
    catalog.write_text(empty, "utf-8")
    assert main(["-C", str(root), "import", str(memory)]) == 0
    assert 'msgid "Rest."\nmsgstr "Vila."' in catalog.read_text(encoding="utf-8")


def test_what_the_checks_reject_goes_out_by_that_name(plant: Plant) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    source = "Take **2 mg** before [sleep](cramp.md)."
    wrong = f'msgid "{source}"\nmsgstr "Ta **3 mg** före [sömn](cramp.md)."'
    catalog = root / CATALOG
    catalog.write_text(
        catalog.read_text(encoding="utf-8").replace(f'msgid "{source}"\nmsgstr ""', wrong), "utf-8"
    )
    part = root / "part.po"
    export = ["-C", str(root), "export", "--lang", "sv", "-o", str(part), "cramp"]
    assert main([*export, "--state", "rejected"]) == 0
    found = part.read_text(encoding="utf-8")
    assert wrong in found
    assert found.count("msgid ") == 2, "the header and one entry"
    assert main([*export, "--state", "reviewed"]) == 0
    assert wrong not in part.read_text(encoding="utf-8")
    assert main(export) == 0
    assert wrong in part.read_text(encoding="utf-8"), "readers do not see it, so it is left to do"


def test_shares_are_whole_together_in_any_format(plant: Plant) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    sources = list[str]()
    for number in (1, 2, 3):
        part = root / "part.xlf"
        shape = ["--xliff2"] if number == 2 else []
        share = ["--lang", "sv", "--part", f"{number}/3", "-o", str(part), *shape, "cramp"]
        assert main(["-C", str(root), "export", *share]) == 0
        text = part.read_text(encoding="utf-8")
        assert ('version="2.0"' in text) == (number == 2)
        sources += read_sources(text)
    assert main(["-C", str(root), "export", "--lang", "sv", "-o", str(root / "all.xlf"), "cramp"]) == 0
    assert sources == read_sources((root / "all.xlf").read_text(encoding="utf-8"))
    assert len(sources) > 8


def read_sources(text: str) -> list[str]:
    (offer,) = interchange.read(text.encode(), "a.xlf", LANGUAGES)
    return [entry.source for entry in offer.entries]


@pytest.mark.parametrize("part", ["0/3", "4/3", "1", "a/b", "1/0", "-1/2"])
def test_a_share_that_is_none_is_an_error(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["export", "--lang", "sv", f"--part={part}"])
    assert raised.value.code == 2
    assert "as in: --part 2/3" in capsys.readouterr().err


def test_a_draft_from_elsewhere_is_reviewed_if_the_user_says_so_but_a_machines_is_not(plant: Plant) -> None:
    root = plant(ARTICLE)
    main(["-C", str(root), "update"])
    machine = Draft.of("argos", "m", "Gå sakta.")
    offered = Catalog(
        "sv",
        (
            Entry("Rest.", "Vila.", flags=("fuzzy",)),
            Entry("Walk slowly.", "Gå sakta.", flags=("fuzzy",), draft=machine),
        ),
    )
    path = root / "offer.xlf"
    path.write_text(interchange.WRITERS["xliff"](offered, "en"), encoding="utf-8")
    assert main(["-C", str(root), "import", "--reviewed", str(path)]) == 0
    found = (root / CATALOG).read_text(encoding="utf-8")
    assert re.search(r'#: \S+\nmsgid "Rest."\nmsgstr "Vila."', found)
    assert re.search(r'# mt: argos m \w+\n#: \S+\n#, fuzzy\nmsgid "Walk slowly."', found)
