"""Figures by value: tables of what each language writes, and laws."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.quantities import Weight, ambiguous_dates, differences, read, turned
from pipeline.quantities.reader import counting

SAME = """
1,234.5 mg | 1 234,5 mg
1,234.5 mg | 1\u00a0234,5\u00a0mg
12,500 people | 12\u202f500 personer
25 000 people | 25 000 personer
0.7–1.1 mmol/L | 0,7–1,1 mmol/l
from 0.7 to 1.1 mmol/L | från 0,7 till 1,1 mmol/l
0.7 mmol/L to 1.1 mmol/L | 0,7–1,1 mmol/l
-5 °C | \u22125 °C
minus five degrees | \u22125 °C
38 °C | 38 grader
0.5 g | 0.500 g
½ tablet | en halv tablett
half a tablet | 1/2 tablett
1½ tablets | en och en halv tablett
one and a half hours | 1,5 timmar
an hour and a half | en och en halv timme
two and a half hours | två och en halv timme
two thirds | två tredjedelar
10^9/L | 10⁹/l
5 × 10⁻³ g | 5 x 10^-3 g
50 % | 50 procent
5 per cent | 5 %
3 percentage points | 3 procentenheter
50 µg | 50 μg
50 mcg | 50 mikrogram
400 IU | 400 IE
2 billion | 2 miljarder
1.5 trillion | 1,5 biljoner
a million people | en miljon människor
two million to three million years | två till tre miljoner år
$14.7 billion | 14,7 miljarder dollar
€10 | 10 euro
£27m | 27 miljoner pund
20 km | 2 mil
105 miles | 105 engelska mil
two | 2
2 | två
a dozen eggs | 12 ägg
two dozen | 24
twice a day | två gånger om dagen
twice a day | 2 ggr/dag
every four hours | var fjärde timme
every 4–6 hours | var 4:e–6:e timme
every twenty or thirty minutes | var tjugonde eller trettionde minut
one in five | var femte
150 mg daily | 150 mg per dag
150 mg a day | 150 mg om dagen
10 minutes | tio minuter
a 10-minute rest | 10-minutersvila
five-year-olds | femåringar
a 28-year-old man | en 28-årig man
the 60th | den 60:e
March 3, 2026 | den 3 mars 2026
2026-03-04 | den 4 mars 2026
3/4/2026 | den 3 april 2026
3/4/2026 | den 4 mars 2026
the 1970s | 1970-talet
the 90s | 1990-talet
the 19th century | 1800-talet
the eighteenth century | 1700-talet
in the 19th or early 20th centuries | på 1800-talet eller tidigt 1900-tal
a typical guest is in their twenties | en typisk gäst är i 20-årsåldern
8:46 a.m. | klockan 8.46
3 p.m. | kl. 15
3 p.m. | klockan 3 på eftermiddagen
between 9 and 11 a.m. | mellan klockan 9 och 11
11:00 | 11-tiden
half past two | halv tre
12:30 a.m. | kl. 0.30
12 p.m. | klockan 12
2:30 p.m. | halv tre
a quarter past three | kvart över tre
a quarter to three | kvart i tre
0230 UTC | 2.30 UTC
Il-76s | Il-76:or
H5N1 and COVID-19 | H5N1 och covid-19
802.11n | 802.11n
version 1.2.3 | version 1.2.3
CO₂ | CO2
120/80 mmHg | 120/80 mm Hg
5 m² | 5 kvadratmeter
a thousand | ettusen
two hundred and one | tvåhundraett
one tablet | en tablett
1 tablet | en tablett
both kidneys | de två njurarna
the October War | oktoberkriget
May I ask? | Får jag fråga?
"""
DIFFERENT = """
1,234.5 mg | 1 234 mg
1,234 mg | 1,234 mg
1.234 g | 1.234 g
1 mg | 1 g
150 mg | 150 μg
150 mg | 150
0.7–1.1 mmol/L | 0,7–1,1 mmol
0.7–1.1 mmol/L | 0,7–11 mmol/l
-5 °C | 5 °C
5 °C | 5 °F
50 % | 50 ‰
2 billion | 2 biljoner
a million | en miljard
105 miles | 105 mil
1 g | 1000 mg
two tablets | tre tabletter
2 tablets 3 times a day | 3 tabletter 2 gånger om dagen
half a tablet | en tablett
two tablets | tabletter
150 mg per day | 150 mg per vecka
150 mg/dl | 150 mg
10 minutes | 10 timmar
every 4 hours | var sjätte timme
March 3 | 3 april
in July | i augusti
the 1970s | 1960-talet
the 19th century | 1900-talet
8 a.m. | kl. 20
3 p.m. | halv tre
half past two | halv två
120/80 mmHg | 150/100 mmHg
120/80 | 90/60
10^9/L | 10^8/l
1.2.3 | 1.2.4
2 500 mg | 2 500 mg
CG4684 | CG 4694
5 mg | 5 mg 5 mg
5 mg and 5 mg | 5 mg
"""


def rows(table: str) -> list[tuple[str, str]]:
    lines = (line.split(" | ") for line in table.strip("\n").split("\n"))
    return [(english, swedish) for english, swedish in lines]


@pytest.mark.parametrize(("english", "swedish"), rows(SAME))
def test_both_languages_say_the_same(english: str, swedish: str) -> None:
    assert differences(english, "en", swedish, "sv") == ((), ())
    assert differences(swedish, "sv", english, "en") == ((), ())


@pytest.mark.parametrize(("english", "swedish"), rows(DIFFERENT))
def test_they_do_not_say_the_same(english: str, swedish: str) -> None:
    assert any(differences(english, "en", swedish, "sv"))
    assert any(differences(swedish, "sv", english, "en"))


TURNED = """
at most 5 mg | minst 5 mg
at least 5 mg | högst 5 mg
no more than 300 mg | mer än 300 mg
do not take more than 300 mg | ta mer än 300 mg
less than 5 mg | mer än 5 mg
< 0.7 mmol/L | > 0,7 mmol/l
5 mg or more | 5 mg eller mindre
children under 12 kg | barn över 12 kg
"""
STRAIGHT = """
at most 5 mg | högst 5 mg
no more than 300 mg | högst 300 mg
do not take more than 300 mg | ta inte mer än 300 mg
at least 5 mg | inte mindre än 5 mg
less than 5 mg | under 5 mg
over 24 hours | under 24 timmar
5 mg | minst 5 mg
"""


@pytest.mark.parametrize(("english", "swedish"), rows(TURNED))
def test_a_limit_turned_round_is_found(english: str, swedish: str) -> None:
    assert turned(english, "en", swedish, "sv")
    assert turned(swedish, "sv", english, "en")


@pytest.mark.parametrize(("english", "swedish"), rows(STRAIGHT))
def test_a_limit_said_otherwise_is_none(english: str, swedish: str) -> None:
    assert not turned(english, "en", swedish, "sv")
    assert not turned(swedish, "sv", english, "en")


def test_a_dose_is_shown_as_it_stands_in_the_text() -> None:
    lost, added = differences("Take 1,500 mg.", "en", "Ta 15 mg.", "sv")
    assert [quantity.raw for quantity in (*lost, *added)] == ["1,500 mg", "15 mg"]


def test_articles_are_no_figures_that_count() -> None:
    assert all(quantity.weight is Weight.LOOSE for quantity in read("a cup of one of the teas once", "en"))
    assert all(quantity.weight is Weight.LOOSE for quantity in read("en kopp av ett te, en gång", "sv"))


@pytest.mark.parametrize("text", ["3/4/2026", "the 11/12/25"])
def test_some_dates_can_be_read_in_two_ways(text: str) -> None:
    assert ambiguous_dates(text)


@pytest.mark.parametrize("text", ["13/4/2026", "4/4/2026", "2026-03-04", "3/4", "1/2/3/4"])
def test_others_cannot(text: str) -> None:
    assert not ambiguous_dates(text)


UNITS = {
    "mg": "mg",
    "μg": "µg",
    "mmol/L": "mmol/l",
    "kg": "kilo",
    "ml": "milliliter",
    "°C": "°C",
    "hours": "timmar",
}
"""English to Swedish."""
FIGURES = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False)


def printed(value: Decimal, group: str, point: str) -> str:
    """As CLDR's decimal format writes it."""
    text = f"{value.normalize():,f}"
    return text.replace(",", "\0").replace(".", point).replace("\0", group)


def english(value: Decimal) -> str:
    return printed(value, ",", ".")


def swedish(value: Decimal) -> str:
    return printed(value, "\u00a0", ",")


@given(FIGURES, st.sampled_from(sorted(UNITS)))
@settings(max_examples=100)
def test_a_figure_printed_in_english_and_in_swedish_is_the_same(value: Decimal, unit: str) -> None:
    ours, theirs = f"{english(value)} {unit}", f"{swedish(value)}\u00a0{UNITS[unit]}"
    assert differences(ours, "en", theirs, "sv") == ((), ())
    (quantity,) = read(ours, "en")
    assert {reading.value for reading in quantity.readings} == {Fraction(value)}


@given(FIGURES, st.data())
@settings(max_examples=100)
def test_any_changed_digit_is_found(value: Decimal, data: st.DataObject) -> None:
    theirs = swedish(value)
    place = data.draw(st.sampled_from([row for row, sign in enumerate(theirs) if sign.isdigit()]))
    digit = data.draw(st.sampled_from([each for each in "0123456789" if each != theirs[place]]))
    changed = theirs[:place] + digit + theirs[place + 1 :]
    assert any(differences(f"Take {english(value)} mg now.", "en", f"Ta {changed} mg nu.", "sv"))


@given(FIGURES, st.sampled_from([10, 100, 1000, Decimal("0.1"), Decimal("0.001")]))
@settings(max_examples=100)
def test_any_shifted_decimal_is_found(value: Decimal, factor: Decimal) -> None:
    assume(value)
    assert any(differences(english(value), "en", swedish(value * factor), "sv"))


@given(FIGURES, st.lists(st.sampled_from(sorted(UNITS)), min_size=2, max_size=2, unique=True))
@settings(max_examples=50)
def test_any_changed_unit_is_found(value: Decimal, units: list[str]) -> None:
    first, second = units
    assert any(differences(f"{english(value)} {first}", "en", f"{swedish(value)} {UNITS[second]}", "sv"))


SCRAPS = "1 2 ½ 10 000 1,5 . , : / - – − ^ ⁹ % mg half halv two tjugo kl. a.m. may mars 3/4/2026 ett tusen \u00a0 ² ￼ 9:99"
PIECES = st.sampled_from(SCRAPS.split(" "))


@given(st.lists(PIECES | st.text(max_size=4), max_size=12), st.sampled_from(["en", "sv", "de", ""]))
@settings(max_examples=100)
def test_reading_never_fails_and_a_text_is_equal_to_itself(pieces: list[str], lang: str) -> None:
    for text in (" ".join(pieces), "".join(pieces)):
        assert differences(text, lang, text, lang) == ((), ())
        for quantity in read(text, lang):
            assert 0 <= quantity.start < quantity.end <= len(text)


TELLING = """
an hour and a half|half past two|a quarter past one|every second day|twenty-first|two thousand five|a hundred mg
May|may|March|third|eighties|sixty tablets|the 19th century|both|no one|5 mg a day|9 to 11 a.m.|in the evening
en och en halv timme|halv tre|kvart över ett|vart tredje år|tjugofem|etthundra|ett hundratal|en halvtimme|sjuk
sextiotalet|trevlig|tvåan|mars|tredje|en miljon|fembarnsmor|tiominuters|sjudagars|hundratals|halvdag|feber|till
3,5|½|2000|10.30|-|–|to|and|och|eller|per|i|kl.|No.|evening|kväll|century|seklet|%|mg|tabletter|a|en|the|den
""".replace("\n", "|").strip("|")
PARTS = st.sampled_from(TELLING.split("|")).flatmap(lambda part: st.sampled_from([part, part.capitalize()]))
JOINTS = st.sampled_from([" ", " ", " ", ". ", ", ", "? ", "\u00a0", "\n", "–", "-", " ("])


@given(st.lists(st.tuples(PARTS, JOINTS), max_size=9), st.sampled_from(["en", "sv", "de"]))
@settings(max_examples=300)
def test_the_figures_that_count_are_the_same_when_the_others_are_not_read(
    pieces: list[tuple[str, str]], lang: str
) -> None:
    text = "".join(part + joint for part, joint in pieces)
    assert counting(text, lang) == tuple(each for each in read(text, lang) if each.weight > Weight.LOOSE)


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("text", ["en mıl", "a mıle", "5 mIl", "5 mİl", "one ſecond", "ſix mıllıon"])
def test_letters_that_are_alike_only_where_case_is_ignored_are_read(text: str, lang: str) -> None:
    plain = text.replace("ı", "i").replace("İ", "I").replace("ſ", "s")
    assert [(one.readings, one.weight) for one in read(text, lang)] == [
        (one.readings, one.weight) for one in read(plain, lang)
    ]


def test_a_very_long_number_is_compared_letter_for_letter() -> None:
    assert not any(differences("9" * 5000, "en", "9" * 5000, "sv"))
    assert any(differences("9" * 5000, "en", "9" * 4999, "sv"))


def test_a_text_may_have_any_number_of_figures() -> None:
    many = "1 mg, " * 1500
    assert differences(many, "en", many, "sv") == ((), ())
    lost, added = differences(many + "2 mg", "en", many + "3 mg", "sv")
    assert ([one.raw for one in lost], [one.raw for one in added]) == (["2 mg"], ["3 mg"])
