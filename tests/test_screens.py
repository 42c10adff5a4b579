"""Quick looks never hide what a slow one would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import checks, inline, negation, screens
from pipeline.checks import (
    acronyms,
    capitalisation,
    duplicated_word,
    english_typography,
    repetition,
    spaces,
    swedish_typography,
)
from pipeline.glossary.matching import Index
from pipeline.model import Brief, Entry, Kind, Term
from pipeline.screens import screen

DENIALS = "not no Never can’t isn't no-one without utan inte Icke icke-rökare ingen om (inte) varken, nothing. a den"
WORDS = st.sampled_from(DENIALS.split()) | st.text(max_size=4)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\u00a0", "  ", ""]))).map(
    lambda pieces: "".join(word + joint for word, joint in pieces)
)


@given(st.lists(TEXTS, max_size=4))
def test_it_tells_of_a_text_what_holds_of_its_words(texts: list[str]) -> None:
    suspects = screen(str.isalpha)
    for text in (*texts, *texts):
        assert suspects(text) == set(filter(str.isalpha, text.split()))


def test_a_word_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    def may(word: str) -> bool:
        asked.append(word)
        return word == "c"

    suspects = screen(may)
    assert [suspects(text) for text in ("a b", "b a a", "c a", "a c", "")] == [
        set(),
        set(),
        {"c"},
        {"c"},
        set(),
    ]
    assert sorted(asked) == ["a", "b", "c"]
    monkeypatch.setattr(screens, "MANY", 1)
    assert [suspects(text) for text in ("d e", "c", "d", "c e")] == [set(), {"c"}, set(), {"c"}]


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
    slow._may_begin = lambda text: frozenset([text])
    assert index.found(text) == slow.found(text)


QUICK = [
    (r"(?<![\w.])[A-ZÅÄÖ][A-ZÅÄÖ0-9]*[A-ZÅÄÖ]s?(?!\w)", acronyms.SHORT, "AB ÅÄ B6C Ds s _ . - a"),
    (
        r"(?<![\w.,:/-])(?:\d+\.\d+|\d{1,3}(?:,\d{3})+)(?![\w.,:/-]*\w)",
        swedish_typography.DECIMAL,
        "1 23 456 7890 4.5 1,234 , . : / - x _ %",
    ),
    (
        r"(?<![\w.,:/-])\d+(?:,\d+)?(?:[%‰]|(?:mg|µg|kg|ml|cl|dl|cm|km|mmol/l|kcal|kJ|mmHg|°C)(?!\w))",
        swedish_typography.TIGHT,
        "1 23 5mg 4,5% , . : / - mg °C % x kcal",
    ),
    (
        r"(?<![\w.,:/–-])(\d+(?:,\d+)?)-(\d+(?:,\d+)?)(?= ?(?:%|[a-zåäöµ°]))(?![\w,:/–-]*\d)",
        swedish_typography.RANGE,
        "1 23 4-5 1,5-2% , . : / - – mg ° % x",
    ),
    (
        r"(?<![\w.,:/-])(?:\d+,\d{1,2}|\d{1,3}(?:[ \u00a0]\d{3})+|0,\d+)(?![\w,:/-]*\w)",
        english_typography.DECIMAL,
        "0 1 23 456 7890 4,5 0,123 , . : / - x \u00a0 %",
    ),
    (
        r"(?<![\w.,:/–-])(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)(?= ?(?:%|mg|g|kg|ml|hours|minutes|seconds|days|weeks)\b)",
        english_typography.RANGE,
        "1 23 4-5 1.5-2% , . : / - – mg days % x",
    ),
    (
        r"  |\u00a0 | \u00a0|\u00a0\u00a0| [,;!?.:]|[,;][^\W\d_]",
        re.compile(rf"(?={spaces.SUSPECT.pattern})(?s:..)"),
        "a 5 , ; ! . : \u00a0",
    ),
    (
        r"\*{1,3}([^*]+)\*{1,3}|[\"“”]([^\"“”]+)[\"”]|‘([^‘’]+)’|\[([^\[\]]{0,500})\](?:\([^()]{0,500}\))?",
        inline.QUOTED,
        'a b * ** " “ ” ‘ ’ [ ] ( )',
    ),
]


@pytest.mark.parametrize(("plain", "quick", "pieces"), QUICK)
@given(st.data())
@settings(max_examples=200)
def test_an_expression_that_begins_with_a_letter_finds_what_the_plain_one_does(
    plain: str, quick: re.Pattern[str], pieces: str, data: st.DataObject
) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from([*pieces.split(" "), " "]), max_size=12)))
    assert [(found[0], found.groups()) for found in re.finditer(plain, text)] == [
        (found[0], found.groups()) for found in quick.finditer(text)
    ]


AGAIN = "a b och Och the l’ icke- -x _ , . ! 5 i Mars mars januari Monday monday på Engelska"
REPEATED = st.lists(
    st.tuples(st.sampled_from(AGAIN.split()), st.sampled_from([" ", " ", " ", "", ", ", "\u00a0"]))
).map(lambda pieces: "".join(word + joint for word, joint in pieces))


@given(REPEATED)
@example("l’a a")
@example("A a")
def test_no_word_said_twice_is_overlooked(text: str) -> None:
    found = list(duplicated_word.check(Entry("x", text), Brief("de", "fr")))
    assert len(found) == len(duplicated_word.AGAIN.findall(inline.parse(text).words))


@given(REPEATED)
@example("icke-a a a")
@example("a b, A b. a b")
def test_no_loop_is_overlooked(text: str) -> None:
    assert repetition._may_repeat(text.casefold()) or not repetition.AGAIN.search(text)


@given(REPEATED, st.sampled_from(["en", "sv"]))
@example("_monday_", "en")
@settings(max_examples=300)
def test_no_capital_is_overlooked(text: str, lang: str) -> None:
    found = list(capitalisation.check(Entry("x", text), Brief("de", lang)))
    pattern = (capitalisation.SMALL if lang == "sv" else capitalisation.CAPITAL)[lang]
    assert len(found) == len(pattern.findall(inline.parse(text).words))


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_looked_at_by_the_checks_for_it(kind: Kind) -> None:
    assert checks.ALL[kind] == tuple(check for check in checks.CHECKS.values() if kind in check.kinds)
    assert checks.ERRORS[kind] == tuple(check for check in checks.ALL[kind] if check.severity == "error")
