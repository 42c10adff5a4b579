"""How each language writes figures, as data: marks, number words, months, clocks.

Facts from CLDR 46 (`decimal`, `group` and `minusSign` of `symbols`, months of `dates`): English writes
1,234.5 and Swedish 1 234,5 with U+00A0 in between; the Swedish minus is U+2212.  English *billion* is
Swedish *miljard*, *trillion* is *biljon*.  Two Swedish habits that CLDR leaves out: a clock time may be
written 9.30, and *halv tre* is half past two.

A further language is a further row of `LANGUAGES` (and of `units.WORDS`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Language:
    """What a reader of one language knows about figures.

    Words are in lower case; what the names do not say stands below them.  An expression that matches
    nothing (`(?!)`) is the default.
    """

    decimal: str = "."
    spaced: bool = False
    """Does a plain space group thousands, in any number?"""
    glued: bool = False
    """Are number words, and number words with units, written as one word?"""
    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    """Words that count: a translation must keep them."""
    loose: Mapping[str, Fraction] = field(default_factory=dict)
    """Words that may stand for a figure (articles, pairs); never missed, never too many."""
    scales: Mapping[str, int] = field(default_factory=dict)
    """Words that multiply what stands before them."""
    short_scales: Mapping[str, int] = field(default_factory=dict)
    """The same, after digits only."""
    money_scales: Mapping[str, int] = field(default_factory=dict)
    """The same, after an amount of money only."""
    ordinals: Mapping[str, int] = field(default_factory=dict)
    homographs: frozenset[str] = frozenset()
    """Number words that mean something else as often: they count only before a unit."""
    fractions: Mapping[str, Fraction] = field(default_factory=dict)
    """Words for parts, as *third*; loose."""
    months: Mapping[str, int] = field(default_factory=dict)
    month_capital: bool = False
    doubtful_months: frozenset[str] = frozenset()
    """Names of months that mean something else as often: they count only beside a figure."""
    joiner: str = r"(?!)"
    """Between two number words of one number."""
    leading_one: str = r"(?!)"
    """The first part of *ettusen*."""
    trailing_one: str = r"(?!)"
    """Group `one`: the last word of twenty-one."""
    and_half: str = r"(?!)"
    ordinal_mark: str = r"(?!)"
    decade_mark: str = r"(?!)"
    hundred_mark: str = r"(?!)"
    """Between a number and a decade's mark, as in *17-hundratalet*."""
    age_mark: str = r"(?!)"
    """After a figure: about as many, or of about that age."""
    decades: Mapping[str, int] = field(default_factory=dict)
    century_mark: str = r"(?!)"
    """After an ordinal."""
    hour_mark: str = r"(?!)"
    """After a figure that is an hour."""
    clock_before: str = r"(?!)"
    morning: str = r"(?!)"
    afternoon: str = r"(?!)"
    """After a clock time."""
    late: str = r"(?!)"
    """Anywhere in the text: hours may be after noon."""
    every: str = r"(?!)"
    """Before an ordinal that tells an interval."""
    minus: str = r"(?!)"
    range_words: str = r"(?!)"
    per: str = r"/"
    article_per: str = r"(?!)"
    """The same, where `not_per` does not follow."""
    not_per: str = r"(?!)"
    """After a unit that tells when, not how often: 3 mg an hour before."""
    above: str = r"[>≥]"
    """Before a figure that is the lowest, `below` before one that is the highest."""
    below: str = r"[<≤]"
    over: str = r"(?!)"
    """As `above` and `under`, but not before a length of time."""
    under: str = r"(?!)"
    or_more: str = r"(?!)"
    or_less: str = r"(?!)"
    denial: str = r"(?!)"
    """Turns a limit round."""
    half_of: str = r"(?!)"
    """Between *half* and its unit."""
    half_clock: str = r"(?!)"
    """Group `hour`: a clock time at the half hour."""
    half_shift: Fraction = Fraction(1, 2)
    quarter_past: str = r"(?!)"
    quarter_to: str = r"(?!)"


def _count(words: str, first: int = 0, step: int = 1) -> dict[str, Fraction]:
    """Words in order; `a|b` are two words for one number."""
    rows = enumerate(words.split())
    return {word: Fraction(first + step * row) for row, names in rows for word in names.split("|")}


def _ordinals(words: str) -> dict[str, int]:
    return {word: row for row, names in enumerate(words.split(), 1) for word in names.split("|")}


_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
ENGLISH = Language(
    decimal=".",
    numbers=_count(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen",
        2,
    )
    | _count("twenty thirty forty|fourty fifty sixty seventy eighty ninety", 20, 10)
    | {"zero": Fraction(0), "half": Fraction(1, 2), "twice": Fraction(2), "thrice": Fraction(3)},
    loose=_count("a|an|one|once|single both|couple|pair|double|doubled|doubles|doubling|pairs|twofold", 1)
    | {"triple": Fraction(3), "tripled": Fraction(3), "threefold": Fraction(3), "quadruple": Fraction(4)}
    | {"fourfold": Fraction(4), "fivefold": Fraction(5), "tenfold": Fraction(10), "halves": Fraction(1, 2)}
    | {"halved": Fraction(1, 2), "no": Fraction(0), "noon": Fraction(12), "midnight": Fraction(0)},
    scales={
        "dozen": 12,
        "hundred": 100,
        "thousand": 1000,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
    },
    short_scales={"mn": 10**6, "bn": 10**9, "tn": 10**12},
    money_scales={"k": 1000, "m": 10**6, "b": 10**9},
    homographs=frozenset({"half"}),
    ordinals=_ordinals(
        "first|firstly second|secondly third|thirdly fourth fifth sixth seventh eighth ninth tenth eleventh"
        " twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        " twenty-first"
    )
    | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100, "thousandth": 1000},
    fractions={"third": Fraction(1, 3), "quarter": Fraction(1, 4), "fourth": Fraction(1, 4)}
    | {"fifth": Fraction(1, 5), "sixth": Fraction(1, 6), "eighth": Fraction(1, 8), "tenth": Fraction(1, 10)}
    | {"hundredth": Fraction(1, 100), "thousandth": Fraction(1, 1000), "thirds": Fraction(1, 3)}
    | {"quarters": Fraction(1, 4), "fifths": Fraction(1, 5), "tenths": Fraction(1, 10)},
    months=_ordinals(
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug"
        " september|sept|sep october|oct november|nov december|dec"
    ),
    month_capital=True,
    doubtful_months=frozenset({"May", "March"}),
    joiner=r"(?:[ -]|\sand\s)",
    trailing_one=r"(?:[ -]|\sand\s)(?P<one>one)(?![\w-])",
    and_half=r"\s+and\s+(?:a|one)[ -]half\b",
    ordinal_mark=r"(?:st|nd|rd|th)\b",
    decade_mark=r"['’]?s\b",
    century_mark=r"[ -]centur(?:y|ies)\b|(?=(?:\s(?:or|and|to|early|late|mid))+\s\w+[ -]centur)",
    decades={f"{name}ies": 10 * row for row, name in enumerate(_TENS, 2)},
    hour_mark=r"\s?o['’]clock\b",
    clock_before=r"(?!)",
    morning=r"\s?a\.?\s?m\b\.?",
    afternoon=r"\s?p\.?\s?m\b\.?",
    late=r"\b(?:afternoon|evening|night|tonight)s?\b",
    every=r"\bevery\s+(?:\w+(?:\s+(?:or|to|and)\s+|[-–]))?$",
    minus=r"\b(?:minus|negative)\s+$",
    range_words=r"to|or|and|through|by|x|times",
    per=r"\s?/\s?|\s(?:per|each|every)\s|-per-|\s(?=daily\b)",
    article_per=r"\san?\s",
    not_per=r"['’]?\s(?:before|after|earlier|later|ago|prior|and a half)\b",
    above=r"[>≥]|\b(?:at least|more than|greater than|higher than|larger than|minimum(?: of)?|above|exceed\w*)"
    r"(?: (?:about|around))?",
    below=r"[<≤]|\b(?:at most|less than|fewer than|lower than|smaller than|maximum(?: of)?|below|up to)"
    r"(?: (?:about|around))?",
    over=r"\bover",
    under=r"\bunder",
    or_more=r"\s?\+(?!\d)|\s(?:or|and) (?:more|over|above|older|higher)\b",
    or_less=r"\s(?:or|and) (?:less|fewer|under|below|younger|lower)\b",
    denial=r"(?:\b(?:no|not|never|cannot)|n['’]t)",
    half_of=r"\s+(?:of\s+)?(?:an?|one)(?=\s)",
    half_clock=r"\bhalf[ -]past\s+(?P<hour>\w+)",
    half_shift=Fraction(1, 2),
    quarter_past=r"\b(?:a\s+)?quarter\s+(?:past|after)\s+(?P<hour>\w+)",
    quarter_to=r"\b(?:a\s+)?quarter\s+(?:to|before)\s+(?P<hour>\w+)",
)

SWEDISH = Language(
    decimal=",",
    spaced=True,
    glued=True,
    numbers=_count(
        "två|tvenne tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton"
        " arton|aderton nitton",
        2,
    )
    | _count("tjugo|tjugi trettio fyrtio|förtio femtio sextio sjuttio åttio nittio", 20, 10)
    | {"noll": Fraction(0), "halv": Fraction(1, 2), "halva": Fraction(1, 2), "halvt": Fraction(1, 2)}
    | {"hälften": Fraction(1, 2), "halvannan": Fraction(3, 2)},
    loose=_count("en|ett|ena|enda par|paret|båda|bägge|dubbelt|dubbel|dubbla|dubblas|varannan|vartannat", 1)
    | _count("fördubblas fördubblats fördubblades fördubbling fördubblar tvåfaldig", 2, 0)
    | {"trefaldig": Fraction(3), "tredubbla": Fraction(3), "tredubbel": Fraction(3)}
    | {"tredubblas": Fraction(3), "tiotal": Fraction(10), "tjugotal": Fraction(20)}
    | {"hundratal": Fraction(100), "ingen": Fraction(0), "inga": Fraction(0), "inget": Fraction(0)}
    | {"midnatt": Fraction(0), "halvera": Fraction(1, 2), "halverad": Fraction(1, 2)}
    | {"halveras": Fraction(1, 2), "halverar": Fraction(1, 2), "halverades": Fraction(1, 2)},
    scales={
        "dussin": 12,
        "hundra": 100,
        "tusen": 1000,
        "miljon": 10**6,
        "miljoner": 10**6,
        "miljarder": 10**9,
        "miljard": 10**9,
        "biljon": 10**12,
        "biljoner": 10**12,
    },
    short_scales={"tkr": 1000, "mn": 10**6, "milj": 10**6, "mkr": 10**6, "md": 10**9, "mdr": 10**9},
    ordinals=_ordinals(
        "första|förste|förstnämnda andra|andre tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte"
        " tolfte trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde tjugoförsta"
    )
    | {"trettionde": 30, "fyrtionde": 40, "femtionde": 50, "hundrade": 100, "tusende": 1000},
    homographs=frozenset({"sex", "halv", "halva", "halvt", "hälften"}),
    fractions={"tredjedel": Fraction(1, 3), "fjärdedel": Fraction(1, 4), "kvarts": Fraction(1, 4)}
    | {"femtedel": Fraction(1, 5), "sjättedel": Fraction(1, 6), "åttondel": Fraction(1, 8)}
    | {"tiondel": Fraction(1, 10), "hundradel": Fraction(1, 100), "tusendel": Fraction(1, 1000)}
    | {"tredjedelar": Fraction(1, 3), "fjärdedelar": Fraction(1, 4), "femtedelar": Fraction(1, 5)}
    | {"tiondelar": Fraction(1, 10), "kvart": Fraction(1, 4)},
    months=_ordinals(
        "januari|jan februari|feb|febr mars april|apr maj juni|jun juli|jul augusti|aug"
        " september|sept|sep oktober|okt november|nov december|dec"
    ),
    doubtful_months=frozenset({"Mars"}),
    joiner=r"[ ]",
    leading_one=r"ett?(?=hundra|tusen)",
    trailing_one=r"(?P<one>ett|en)(?!\w)",
    and_half=r"\s+och\s+(?:en|ett)\s+halv[ta]?\b",
    ordinal_mark=r":(?:e|a|de|dje|te)\b",
    decade_mark=r"-?tal(?:et|en|(?=s))(?:s|s\w+)?\b",
    hundred_mark=r"-?hundra(?=tal)",
    age_mark=r"-årsåldern?\b|-tal\b",
    century_mark=r"\s(?:seklet|århundradet)\b",
    hour_mark=r"-tiden\b",
    clock_before=r"\b(?:kl\.?|klockan)\s*$",
    morning=r"\s?(?:f\.?\s?m\b\.?|a\.?\s?m\b\.?)",
    afternoon=r"\s?(?:e\.?\s?m\b\.?|p\.?\s?m\b\.?)",
    late=r"(?:eftermiddag|kväll|natt)(?:en|ens|s|arna)?\b",
    every=r"\bvart?\s+(?:[\w:]+(?:\s+(?:eller|till|och)(?:\s+vart?)?\s+|[-–]))?$",
    minus=r"\b(?:minus|negativt?)\s+$",
    range_words=r"till|eller|och|gånger|x|respektive",
    per=r"\s?/\s?|\s(?:per|i|om|varje|var)\s|\s(?=dagligen\b)",
    above=r"[>≥]|\b(?:minst|mer än|mera än|fler än|större än|högre än|åtminstone|överstig\w*|överskrid\w*)"
    r"(?: (?:ungefär|omkring|cirka))?",
    below=r"[<≤]|\b(?:högst|mindre än|färre än|lägre än|max|maximalt|som mest|upp till|understig\w*)"
    r"(?: (?:ungefär|omkring|cirka))?",
    over=r"\böver",
    under=r"\bunder",
    or_more=r"\s?\+(?!\d)|\s(?:eller|och) (?:mer|fler|över|äldre|högre|däröver)\b",
    or_less=r"\s(?:eller|och) (?:mindre|färre|under|yngre|lägre|därunder)\b",
    denial=r"\b(?:inte|ej|icke|aldrig)",
    half_clock=r"\bhalv\s+(?P<hour>\w+)",
    half_shift=Fraction(-1, 2),
    quarter_past=r"\bkvart\s+över\s+(?P<hour>\w+)",
    quarter_to=r"\bkvart\s+i\s+(?P<hour>\w+)",
)

LANGUAGES: dict[str, Language] = {"en": ENGLISH, "sv": SWEDISH}
UNKNOWN = Language()


def language(code: str) -> Language:
    """The table of a language; one without words for a language that has none here."""
    return LANGUAGES.get(re.split(r"[-_]", code, maxsplit=1)[0].lower(), UNKNOWN)
