"""Random catalogs and segments, with texts that files of the kind have trouble with."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from pipeline import catalogs
from pipeline.model import Catalog, Draft, Entry, Place, Segment

PIECES = [
    "a",
    "Z",
    "å",
    "5 mg",
    " ",
    "  ",
    "\n",
    "\t",
    '"',
    "\\",
    "\\n",
    "\r",
    "\v",
    "\f",
    "\a",
    "\b",
    "\x01",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\xa0",
    "\u2068",
    "#",
    "#~ ",
    "#| msgid",
    "msgstr ",
    "<<<<<<< HEAD",
    "=======",
    "{name}",
    "100 %",
    "e\u0301",
    "😀",
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
LINES = st.lists(st.sampled_from([p for p in PIECES if p not in "\n\r"]), max_size=4).map("".join)
NOTES = LINES.filter(lambda line: not line.endswith("\\"))
COMMENTS = st.lists(NOTES.filter(lambda line: not line.startswith("mt:")), max_size=2).map(tuple)
NAMES = st.sampled_from(["a.md", "source_texts/leg-cramps.md", "b.md:3", "\u2068my file.md\u2069", "å.md"])
DRAFTS = st.builds(
    Draft.of, st.just("argos"), st.sampled_from(["m@1", "ä"]), TEXTS, st.sampled_from(["", "r 2"])
)
FLAGS = st.sampled_from([(), ("fuzzy",), ("no-wrap",), ("fuzzy", "python-format")])


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    plural = draw(st.sampled_from(["", "", "", "many"]))
    obsolete = draw(st.booleans())
    target = "" if plural else draw(st.one_of(st.just(""), TEXTS))
    flags = draw(FLAGS if target or plural else st.just(()))
    previous = draw(st.one_of(st.just(""), TEXTS)) if "fuzzy" in flags else ""
    return Entry(
        draw(TEXTS),
        target,
        context=draw(st.one_of(st.just(""), TEXTS)),
        plural=plural,
        targets=(draw(TEXTS), draw(TEXTS)) if plural else (),
        flags=flags,
        previous=previous,
        previous_context=draw(st.one_of(st.just(""), TEXTS)) if previous else "",
        draft=draw(st.one_of(st.none(), DRAFTS)),
        comments=draw(COMMENTS),
        note=draw(st.one_of(st.just(""), st.lists(NOTES, min_size=1, max_size=2).map("\n".join))),
        references=tuple(dict.fromkeys(draw(st.lists(NAMES, max_size=2)))),
        obsolete=obsolete,
    )


@st.composite
def whole_catalogs(draw: st.DrawFn) -> Catalog:
    """A catalog in the order in which it is written; GNU programs drop obsolete entries without a text."""
    found = draw(st.lists(entries(), max_size=5, unique_by=lambda entry: entry.key))
    found = [entry if entry.translated else replace(entry, obsolete=False) for entry in found]
    ordered = (*(e for e in found if not e.obsolete), *(e for e in found if e.obsolete))
    return replace(
        catalogs.new("sv", "en", "a"), entries=ordered, header_comments=draw(COMMENTS), path="a.po"
    )


def segments(*texts: str | tuple[str, str], lang: str = "en") -> tuple[Segment, ...]:
    """Segments of one article; a pair is (context, text)."""
    pairs = [("", text) if isinstance(text, str) else text for text in texts]
    return tuple(
        Segment(text, text, lang, context=context, place=Place("a.md", line))
        for line, (context, text) in enumerate(pairs, 1)
    )
