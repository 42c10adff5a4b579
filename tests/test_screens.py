"""Quick looks never hide what a slow one would find."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import negation, screens
from pipeline.glossary.matching import Index
from pipeline.model import Term
from pipeline.screens import any_word

DENIALS = "not no Never can’t isn't no-one without utan inte Icke icke-rökare ingen om (inte) varken, nothing. a den"
WORDS = st.sampled_from(DENIALS.split()) | st.text(max_size=4)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\u00a0", "  ", ""]))).map(
    lambda pieces: "".join(word + joint for word, joint in pieces)
)


@given(st.lists(TEXTS, max_size=4))
def test_it_tells_of_a_text_what_holds_of_its_words(texts: list[str]) -> None:
    holds = any_word(str.isalpha)
    for text in (*texts, *texts):
        assert holds(text) == any(map(str.isalpha, text.split()))


def test_a_word_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    def may(word: str) -> bool:
        asked.append(word)
        return word == "c"

    holds = any_word(may)
    assert [holds(text) for text in ("a b", "b a a", "c a", "a c", "")] == [False, False, True, True, False]
    assert sorted(asked) == ["a", "b", "c"]
    monkeypatch.setattr(screens, "MANY", 1)
    assert [holds(text) for text in ("d e", "c", "d", "c e")] == [False, True, False, True]


@given(TEXTS, st.sampled_from(["en", "sv"]))
@settings(max_examples=300)
def test_no_negation_is_overlooked(text: str, lang: str) -> None:
    known = negation.PATTERNS[lang]
    slowly = len(known.plain.findall(negation._reduced(text, known)))
    assert negation.certain(text, lang) == (slowly if known.plain.search(text.lower()) else 0)


TERMS = (
    Term("kidney failure", "njursvikt"),
    Term("sleep", "sömn"),
    Term("EFSA", "EFSA"),
    Term("foot", "fot"),
)
MENTIONS = "kidney failure, Sleep sleeping slept (feet) EFSA efsa x-EFSA the kidneys"


@given(st.lists(st.sampled_from(MENTIONS.split()) | st.text(max_size=3)).map(" ".join))
@settings(max_examples=200)
def test_no_term_is_overlooked(text: str) -> None:
    index, slow = Index(TERMS, "en", "sv"), Index(TERMS, "en", "sv")
    slow._may_begin = lambda _: True
    assert index.found(text) == slow.found(text)
