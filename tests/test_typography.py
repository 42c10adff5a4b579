"""Drafts are set as their language sets them, and nothing but spaces, marks and figures' marks changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import inline
from pipeline.checks import CHECKS
from pipeline.model import Brief, Entry
from pipeline.typography import typeset

CASES = [
    # source, draft, set (~ is a space that does not break)
    ("Take 0.7-1.1 g, 1,200 mg (5%).", "Ta 0.7-1.1 g, 1,200 mg (5%).", "Ta 0,7–1,1~g, 1~200~mg (5~%)."),
    ("1,234.5 mg", "1,234.5 mg", "1~234,5~mg"),
    ("**150** mg and `5 mg`, 3mg", "**150** mg och `5 mg`, 3mg", "**150**~mg och `5 mg`, 3~mg"),
    ("10,000 people", "10 000 personer", "10~000 personer"),
    ("He said “go” - now", "Han sa “gå” - nu", "Han sa ”gå” – nu"),
    ('It\'s "*big*"', 'Den är "*stor*"', "Den är ”*stor*”"),
    ("well — no", "tja—nej", "tja – nej"),
    ("Version 3.2 and 802.11n", "Version 3.2 och 802.11n", "Version 3.2 och 802.11n"),
    ("on 2026-11-20, 08-123 45", "den 2026-11-20, 08-123 45", "den 2026-11-20, 08-123 45"),
    ('a 5" pipe', 'ett 5" rör', 'ett 5" rör'),
    (
        "see [x](http://a.b/1.5-2): 2.5 h",
        "se [x](http://a.b/1.5-2): 2.5 h",
        "se [x](http://a.b/1.5-2): 2,5~h",
    ),
    ("{n} mg, 50 %", "{n} mg, 50 %", "{n} mg, 50~%"),
    ('say "no', 'säg "nej', 'säg "nej'),
]
BACK = [
    ("Ta 0,7–1,1 g, 1~200 mg (5 %).", "Take 0,7–1,1 g, 1~200 mg (5 %).", "Take 0.7–1.1 g, 1,200 mg (5%)."),
    ("Han sa ”gå” nu", "He said ”go” now", "He said “go” now"),
    ("150~mg", "150 mg", "150~mg"),
    ("kl. 8.30", "at 8.30", "at 8.30"),
]


@pytest.mark.parametrize(("source", "draft", "expected"), CASES)
def test_swedish_is_set_as_swedish(source: str, draft: str, expected: str) -> None:
    assert typeset(draft, source, "en", "sv").replace("\u00a0", "~") == expected
    assert typeset(typeset(draft, source, "en", "sv"), source, "en", "sv").replace("\u00a0", "~") == expected


@pytest.mark.parametrize(("source", "draft", "expected"), BACK)
def test_english_is_set_as_english(source: str, draft: str, expected: str) -> None:
    source, draft = source.replace("~", "\u00a0"), draft.replace("~", "\u00a0")
    assert typeset(draft, source, "sv", "en").replace("\u00a0", "~") == expected


@pytest.mark.parametrize(("source", "_draft", "expected"), CASES)
def test_the_check_of_typography_has_nothing_to_say(source: str, _draft: str, expected: str) -> None:
    entry = Entry(source, expected.replace("~", "\u00a0"))
    assert list(CHECKS["swedish-typography"].faults(entry, Brief("en", "sv"))) == []


def test_a_language_without_a_style_is_left_alone() -> None:
    assert typeset('"1.5 mg" - 5 %', '"1.5 mg"', "en", "xx") == '"1.5 mg" - 5 %'


TEXT = st.text(st.sampled_from('ab 123.,-–—%"“”*_`[](){}<>⟦0⟧\ue000\u00a0mgkl&;\\\n'), max_size=30)


@given(TEXT, st.sampled_from(["en", "sv"]))
@settings(max_examples=100, deadline=None)
def test_markup_stays_as_it_is(text: str, lang: str) -> None:
    other = {"en": "sv", "sv": "en"}[lang]
    found, expected = inline.parse(typeset(text, text, other, lang)), inline.parse(text)
    assert (found.code, found.links, found.placeholders) == (
        expected.code,
        expected.links,
        expected.placeholders,
    )
    assert found.tags == expected.tags


@given(TEXT, st.sampled_from(["en", "sv"]))
@settings(max_examples=100, deadline=None)
def test_words_and_digits_stay_as_they_are(text: str, lang: str) -> None:
    other = {"en": "sv", "sv": "en"}[lang]
    found = typeset(text, text, other, lang)
    assert [mark for mark in found if mark.isalnum()] == [mark for mark in text if mark.isalnum()]
