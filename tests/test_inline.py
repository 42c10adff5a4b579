"""The markup of one segment."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.inline import OPAQUE, differences, mask, more, parse, unmask

WORDS = [
    ("**150** mg", "150 mg"),
    ("100&nbsp;mg", "100\u00a0mg"),
    (r"1\. First", "1. First"),
    ("0.7–1.1", "0.7–1.1"),
    ("a `5 mg` b", f"a {OPAQUE} b"),
    ("see <https://a.example/5>", f"see {OPAQUE}"),
    ("see https://a.example/5 now", f"see {OPAQUE} now"),
    ("write to a5@b.example", f"write to {OPAQUE}"),
    ("[five](https://a.example/5) mg", "five mg"),
    ("10<sup>9</sup>/L", "10⁹/L"),
    ("H<sub>2</sub>O", "H2O"),
    ("one<br>two", "one two"),
    ("one\\\ntwo", "one two"),
    ("claim[^5] ends", "claim ends"),
    ("![5 pills](5.png)", "5 pills"),
    ("plain", "plain"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_are_what_a_reader_sees(text: str, words: str) -> None:
    assert parse(text).words == words


def test_every_kind_of_markup_is_counted() -> None:
    markup = parse(
        "*a* **b** ~~c~~ `d` <b>e</b> [f](g) ![h](i) <https://j.example> k@l.example {m} %(n)s [^o] [p][q]\\\nr"
    )
    assert markup.code == ("d",)
    assert markup.links == ("g", "i", "https://j.example", "ref:q", "k@l.example")
    assert markup.placeholders == ("{m}", "%(n)s")
    assert markup.tags == ("<b>", "</b>")
    assert markup.marks[:5] == ("*…*", "**…**", "~~…~~", "<b>", "</b>")
    assert "[^o]" in markup.marks


@pytest.mark.parametrize("text", ["100 % sure", "5 %d", "50%", "{ }", "{", "}", "a_b_c", "2 * 3 * 4"])
def test_what_looks_like_a_placeholder_or_a_mark_may_be_none(text: str) -> None:
    expected = ("%d",) if "%d" in text else ()
    assert parse(text).placeholders == expected
    assert parse(text).marks == ()


def test_one_lost_mark_of_two_is_a_difference() -> None:
    whole, half = parse("Take **150** mg."), parse("Ta **150 mg.")
    assert list(differences(whole.marks, half.marks)) == ["**…** is missing from the translation"]


def test_more_counts_as_multisets_do() -> None:
    assert more(("a", "a", "b"), ("a",)) == ["a", "b"]


PIECES = st.sampled_from(
    [
        "**",
        "*",
        "`",
        "x",
        "5 mg",
        "[",
        "](u)",
        "![",
        "<b>",
        "</b>",
        "{n}",
        "%(n)s",
        "⟦0⟧",
        "⟦",
        "⟧",
        "\\\n",
        "&nbsp;",
        "https://a.example/x",
        "a@b.example",
        "[^1]",
        "å",
        " ",
        "~~",
        "\\",
        "<",
        ">",
        "�",
        "\x00",
        "1",
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=20)


@given(TEXTS)
@settings(max_examples=100)
def test_masking_loses_nothing(text: str) -> None:
    assert unmask(*mask(text)) == text


@given(TEXTS)
@settings(max_examples=100)
def test_a_masked_text_has_nothing_left_that_an_engine_could_break(text: str) -> None:
    masked, _ = mask(text)
    assert parse(masked).placeholders == ()


@given(TEXTS)
@settings(max_examples=100)
def test_parsing_never_fails(text: str) -> None:
    assert isinstance(parse(text).words, str)


NAUGHTY = ["{0}", "{0}{0}{1}", "{0}{1}⟦2⟧", "{0}⟦ 1⟧", "{0}⟦1", "", "{1}"]


@pytest.mark.parametrize("answer", NAUGHTY)
def test_an_answer_with_a_lost_doubled_invented_or_broken_mask_is_dropped(answer: str) -> None:
    _, hidden = mask("`a` and {b}")
    assert unmask(answer.replace("{0}", "⟦0⟧").replace("{1}", "⟦1⟧"), hidden) is None


def test_masks_may_change_places() -> None:
    _, hidden = mask("`a` and {b}")
    assert unmask("⟦1⟧ och ⟦0⟧", hidden) == "{b} och `a`"
