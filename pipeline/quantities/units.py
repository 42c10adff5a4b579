"""Units under one name each, whatever their spelling: `mg` is *milligram*, `μg` is *mcg*, `mmol/l` is *mmol/L*.

Nothing is converted: 1 g is not 1000 mg to a reader who has tablets before them.  The exceptions are
words that name a number of another unit and have no twin in the other language: the Swedish *mil* is
10 km, a *decade* ten years.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.quantities.tables import language
from pipeline.quantities.words import choice

SYMBOLS = """
g g | kg kg Kg | hg hg | mg mg | μg μg mcg ug | ng ng
l l L | dl dl dL | cl cl cL | ml ml mL | μl μl μL
mol mol | mmol mmol | μmol μmol umol | nmol nmol | pmol pmol | meq mEq meq mekv
m m | mile mi | mile² sq_mi mi² | foot² sq_ft ft² | cm cm | mm mm | km km | μm μm | nm nm | foot ft | pound lb lbs £ GBP | ounce oz
m² m² m2 | km² km² km2 | cm² cm² cm2 | m³ m³ m3 | cm³ cm³ cm3 cc
s s sec sek | min min | h h hr hrs tim | ms ms | μs μs
°C °C ℃ | °F °F ℉ | ° ° º
% % ％ | ‰ ‰ | iu IU I.U. IE I.E. | cal cal | kcal kcal Kcal | kj kJ | mj MJ | j J | w W | kw kW | mw MW
v V | hz Hz | khz kHz | mhz MHz Mhz | ghz GHz Ghz | kpa kPa | pa Pa | mmhg mmHg mm_Hg
kb kB KB | mb MB | gb GB | tb TB | mbit Mbit Mbps | bmi kg/m² kg/m2 | mile/h mph MPH | km/h kmh km/t km/tim kph
dollar $ US$ USD A$ AU$ AUD C$ CAD NZ$ HK$ | euro € EUR | yen ¥ JPY | sek SEK kr | dkk DKK | nok NOK
tsp tsp tsk | tbsp tbsp msk | pinch krm
"""
WORDS = {
    "en": """
g gram gramme | kg kilogram kilo kilogramme | mg milligram milligramme | μg microgram microgramme
ng nanogram | tonne tonne metric_ton | tonne ton | l litre liter | dl decilitre deciliter | cl centilitre
ml millilitre milliliter | gallon gallon | pint pint | mol mole | mmol millimole | μmol micromole | nmol nanomole
m metre meter | cm centimetre centimeter | mm millimetre millimeter | km kilometre kilometer
μm micrometre micrometer micron | nm nanometre nanometer
mile mile | foot foot feet | inch inch inches | yard yard | pound pound | ounce ounce
m² square_metre square_meter | km² square_kilometre square_kilometer | mile² square_mile | foot² square_foot
square_feet | m³ cubic_metre cubic_meter | cm³ cubic_centimetre | ha hectare | acre acre | knot knot
s second sec | min minute min | h hour hr | day day daily | night night | week week weekly wk
month month monthly | year year yearly yr
decade decade | century century centuries | ms millisecond
°C degree_Celsius degrees_Celsius degree_centigrade | °F degree_Fahrenheit degrees_Fahrenheit | ° degree
% percent per_cent pct | pp percentage_point | ‰ per_mille per_mil | iu international_unit | unit unit
cal calorie | kcal kilocalorie | kj kilojoule | j joule | w watt | kw kilowatt | mw megawatt | v volt | hz hertz
khz kilohertz | mhz megahertz | ghz gigahertz | mmhg millimetre_of_mercury millimetres_of_mercury | kb kilobyte
mb megabyte | gb gigabyte | dollar dollar US_dollar U.S._dollar American_dollar | cent cent | euro euro | yen yen
sek krona kronor kronas crown | penny pence penny
tablet tablet | capsule capsule | pill pill | drop drop | dose dose | tsp teaspoon teaspoonful
tbsp tablespoon tablespoonful | cup cup | glass glass glasses | times time | puff puff | sachet sachet
pinch pinch | slice slice | serving serving portion
""",
    "sv": """
g gram | kg kilo kilogram kilon | hg hekto hektogram | mg milligram | μg mikrogram | ng nanogram | tonne ton
l liter litern | dl deciliter | cl centiliter | ml milliliter | gallon gallon | pint pint | mol mol
mmol millimol | μmol mikromol | nmol nanomol | m meter metern | cm centimeter | mm millimeter
km kilometer kilometern | μm mikrometer | nm nanometer
mil mil | mile engelska_mil engelska_mile engelsk_mil mile | foot fot fots fötter | inch tum tums | yard yard
pound pund skålpund brittiska_pund | ounce uns | m² kvadratmeter | km² kvadratkilometer
mile² kvadratmile engelska_kvadratmil | foot² kvadratfot | m³ kubikmeter | cm³ kubikcentimeter
ha hektar | acre acre tunnland | knot knop | s sekund sekunder sekunden sekunderna
min minut minuter minuten minuterna | h timme timmar timmen timmarna timma
day dag dagar dagen dagarna dygn dygnet dagligen | night natt nätter
week vecka veckor veckan veckorna veckor | month månad månader månaden månaderna | year år året åren åriga årig
decade decennium decennier årtionde årtionden årtiondena | century sekel århundrade århundraden sekler
ms millisekund millisekunder | °C grader_Celsius grad_Celsius | °F grader_Fahrenheit grad_Fahrenheit
° grad grader grader | % procent procenten procents procentig procentiga procentigt | pp procentenhet procentenheter
‰ promille | iu internationella_enheter internationell_enhet | unit enhet enheter | cal kalori kalorier
kcal kilokalori kilokalorier | kj kilojoule | j joule | w watt | kw kilowatt | mw megawatt | v volt | hz hertz
khz kilohertz | mhz megahertz | ghz gigahertz | mmhg millimeter_kvicksilver | kb kilobyte | mb megabyte
gb gigabyte | dollar dollar amerikanska_dollar US-dollar | cent cent | euro euro | yen yen
sek krona kronor kronorna | penny pence penny
tablet tablett tabletter tabletten tabletterna | capsule kapsel kapslar | pill piller | drop droppe droppar
dose dos doser | tsp tesked teskedar | tbsp matsked matskedar | cup kopp koppar | glass glas
times gång gånger ggr | puff puff puffar | sachet dospåse dospåsar | pinch kryddmått nypa nypor | slice skiva skivor
serving portion portioner
""",
}
CURRENCY = re.compile(r"(?:(?:US|AU|NZ|HK|CA|[AC])?\$|[£€¥]|\b(?:USD|EUR|GBP|SEK|JPY))\s?$")
ALIASES = {"mil": (10, "km"), "decade": (10, "year"), "century": (100, "year")}
LOOSE = frozenset({
    "year", "month", "week", "day", "night", "tablet", "capsule", "pill", "drop", "dose", "cup", "glass",
    "times", "puff", "sachet", "slice", "serving", "unit", "dollar", "century",
})  # fmt: skip
"""Units that a translation may leave out or add; it may not change them."""


def _names(table: str) -> dict[str, str]:
    rows = (row.split() for row in table.replace("\n", " | ").split("|"))
    return {name.replace("_", " "): row[0] for row in rows if row for name in row[1:]}


BY_SYMBOL = _names(SYMBOLS)


@dataclass(frozen=True, slots=True)
class _Units:
    """The units of one language as expressions."""

    words: Mapping[str, str]
    after: re.Pattern[str]
    tail: re.Pattern[str]
    per: re.Pattern[str]

    def name(self, match: re.Match[str]) -> str:
        """The one name of the unit that was matched."""
        if symbol := match["symbol"]:
            return BY_SYMBOL[" ".join(symbol.split())]
        return self.words[" ".join(match["word"].split()).lower()]


@cache
def _units(lang: str) -> _Units:
    words = {name.lower(): unit for name, unit in _names(WORDS.get(lang, "")).items()}
    known = language(lang)
    symbol, word = rf"(?P<symbol>{choice(BY_SYMBOL)})", rf"(?P<word>(?i:{choice(words)}))"
    one = rf"(?:{symbol}|{word}s?)(?![^\W_])"
    part = rf"(?P<symbol>(?!))?{word}[^\W\d_]*"
    return _Units(
        words,
        re.compile(rf"[\s-]?{one}"),
        re.compile(rf"-?{part}") if known.glued else re.compile(rf"-{one}"),
        re.compile(rf"(?:{known.per}|(?P<article>{known.article_per})){one}(?(article)(?!{known.not_per}))"),
    )


def unit_before(text: str, start: int) -> tuple[str, int]:
    """The currency that ends at `start`, and where it begins."""
    before = text[max(0, start - 5) : start].rstrip()
    found = CURRENCY.search(text, max(0, start - 5), start) if before[-1:] in "$£€¥DRPKY" else None
    return (BY_SYMBOL[found[0].rstrip()], found.start()) if found else ("", start)


def unit_after(
    text: str, end: int, lang: str, *, numerator: str = "", compound: str = "-"
) -> tuple[str, int]:
    """The unit at `end`, as `mg` or `mg/day`, and where it ends; of `numerator` only what it is counted per.

    A language that glues words may go on after the unit (`10-minuterspass`); `compound` says what must
    stand before such a word.
    """
    units = _units(lang)
    if not numerator:
        glued = text.startswith(compound, end) and units.tail.match(text, end)
        if found := units.after.match(text, end) or glued:
            numerator, end = units.name(found), found.end()
    for _ in range(2):
        if not (found := units.per.match(text, end)):
            break
        numerator, end = f"{numerator}/{units.name(found)}", found.end()
    return numerator, end


def compatible(one: str, other: str) -> bool:
    """May a translation write the one unit where the source has the other?"""
    if one == other:
        return True
    first, *first_per = one.split("/")
    second, *second_per = other.split("/")
    same = first == second or _loosely(first, second) or {first, second} in ({"°", "°C"}, {"°", "°F"})
    return same and _same_per(first_per, second_per)


def _loosely(first: str, second: str) -> bool:
    return (not first and second in LOOSE) or (not second and first in LOOSE)


def _same_per(first: list[str], second: list[str]) -> bool:
    """A missing *per day* may stand elsewhere in the sentence; a missing *per litre* may not."""
    hard = [[unit for unit in per if unit not in LOOSE] for per in (first, second)]
    both = zip(first, second, strict=False)
    return hard[0] == hard[1] and (len(first) != len(second) or all(a == b for a, b in both))
