"""Sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sentences import split

CASES = [
    ("sv", "Det är t.ex. bra. |Ca 5 mg räcker.  |Dr. Ek sa nej."),
    ("sv", "Kl. 8.30 går bussen.\u00a0|Han kom m.fl. med."),
    ("sv", "Ta bl.a. magnesium, dvs. ett salt. |Sluta sedan."),
    ("sv", "Ät fisk, ost m.m. och drick."),
    ("sv", "Hur mycket? |Max. 300 mg! |Ja."),
    ("en", "Take e.g. 5 mg. |Dr. No said so! |See Fig. 3. |Why?"),
    ("en", "Take 0.5 mg. |Then 1.5 mg."),
    ("en", "First line.\\\n|Second line."),
    ("en", "It rose to approx. 5. |It fell."),
    ("sv", "Lampan behöver bytas ut. |Det är viktigt."),
    ("sv", "Det är 0,7–1,1 mmol/l. |Varje laboratorium har sitt."),
    ("en", "One"),
    ("de", "Das ist gut. |Ja."),
]


@pytest.mark.parametrize(("lang", "marked"), CASES)
def test_sentences_end_where_a_reader_says(lang: str, marked: str) -> None:
    assert split(marked.replace("|", ""), lang) == tuple(marked.split("|"))


def test_half_a_character_is_no_trouble() -> None:
    assert split("A. \ud800 B.", "en") == ("A. \ud800 B.",)


PIECES = st.sampled_from(
    ["Aa.", "t.ex.", "Dr.", " ", "  ", "\u00a0", "\n", "\\\n", "5.5", "!", "?", "…", "”", "b", "\r\n"]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=15).map("".join), st.sampled_from(["en", "sv", "de"]))
@settings(max_examples=100)
def test_joined_the_sentences_are_the_text(text: str, lang: str) -> None:
    assert "".join(split(text, lang)) == text


@given(st.lists(PIECES, min_size=1, max_size=15).map("".join))
@settings(max_examples=100)
def test_no_sentence_is_empty_and_white_space_stays_behind_it(text: str) -> None:
    sentences = split(text, "sv")
    assert all(sentences)
    assert not any(sentence[0].isspace() for sentence in sentences[1:])
