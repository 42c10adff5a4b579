"""A careless translator: every corruption of a good translation is found, and the good one is left alone."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import checks
from pipeline.model import Brief, Entry

PAIRS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "cases" / "corruptions.tsv").read_text(encoding="utf-8").splitlines()
]
UNITS = {
    "mg": "g", "g": "mg", "kg": "g", "µg": "mg", "IU": "mg", "IE": "mg", "%": "‰", "°C": "°F", "mmHg": "mm",
    "mmol/L": "mg/L", "mmol/l": "µmol/l", "hours": "minutes", "timmar": "minuter", "timme": "minut",
    "seconds": "minutes", "sekunder": "minuter", "weeks": "days", "veckor": "dagar", "litres": "decilitres",
    "liter": "deciliter", "million": "billion", "miljoner": "miljarder", "times": "tablets", "gånger": "tabletter",
}  # fmt: skip
WORDS = {
    "en": {"two": "three", "three": "four", "four": "five", "eight": "nine", "twice": "three times"},
    "sv": {"två": "tre", "tre": "fyra", "fyra": "fem", "åtta": "nio", "halv": "hel", "mars": "maj"},
}
DENIALS = {
    "en": r" (?:not|never|no)\b|\bNo |\bwithout\b|\bunless\b",
    "sv": r" (?:inte|aldrig)\b|\bInget |\butan\b",
}
TURNED = {
    "en": {"at most": "at least", "at least": "at most", "more than": "less than", "Above": "Below"},
    "sv": {"högst": "minst", "minst": "högst", "mer än": "mindre än"},
}
MARKS = r"\*\*|(?<!\*)\*(?!\*)|</?\w+>|`|\[\^\w+\]|\{\w+\}"
ADDRESSES = r"\]\([^)]*\)|https?://\S+|\S+@\S+\w"


def corrupted(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """(what was done, the text with that done) for all that a careless translator may do."""
    yield from _figures(text)
    for old, new in UNITS.items():
        yield from _replaced(rf"(?<=\d )(?:{re.escape(old)})(?!\w)", new, "unit", text)
    for old, new in WORDS[lang].items():
        yield from _replaced(rf"\b{old}\b", new, "word", text)
    for old, new in TURNED[lang].items():
        yield from _replaced(rf"\b{old}\b(?=[\s*]+\d)", new, "limit", text)
    yield from _replaced(DENIALS[lang], "", "denial", text)
    for found in re.finditer(MARKS, text):
        yield "mark lost", text[: found.start()] + text[found.end() :]
        yield "mark doubled", text[: found.end()] + found[0] + text[found.end() :]
    for found in re.finditer(ADDRESSES, text):
        yield "address lost", text[: found.start()] + text[found.end() :]
        yield "address changed", text[: found.end() - 2] + "x" + text[found.end() - 2 :]
    yield "script", text + "<script>alert(1)</script>"
    yield "loop", text + " så så så så"
    yield "control character", text[:5] + "\x1b" + text[5:]


def _figures(text: str) -> Iterator[tuple[str, str]]:
    for found in re.finditer(r"\d", text):
        other = str((int(found[0]) + 3) % 10)
        yield "digit changed", text[: found.start()] + other + text[found.end() :]
        yield "digit doubled", text[: found.end()] + found[0] + text[found.end() :]
    for found in re.finditer(r"(\d)(\d)", text):
        if found[1] != found[2]:
            yield "digits swapped", text[: found.start()] + found[2] + found[1] + text[found.end() :]
    for found in re.finditer(r"(?<=\d)[.,](?=\d)", text):
        yield "decimal lost", text[: found.start()] + text[found.end() + 1 :]
        yield (
            "decimal shifted",
            text[: found.start()] + text[found.end()] + found[0] + text[found.end() + 1 :],
        )


def _replaced(pattern: str, new: str, name: str, text: str) -> Iterator[tuple[str, str]]:
    for found in re.finditer(pattern, text):
        yield name, text[: found.start()] + new + text[found.end() :]


def pairs() -> Iterator[tuple[str, str, Brief]]:
    for english, swedish in PAIRS:
        yield english, swedish, Brief("en", "sv")
        yield swedish, english, Brief("sv", "en")


@pytest.mark.parametrize(("source", "target", "brief"), list(pairs()))
def test_a_good_translation_has_no_findings(source: str, target: str, brief: Brief) -> None:
    assert checks.run(Entry(source, target), brief) == ()


def test_every_corruption_is_rejected() -> None:
    done: Counter[str] = Counter()
    missed = []
    for source, target, brief in pairs():
        for name, bad in corrupted(target, brief.target_lang):
            done[name] += 1
            if not checks.errors_of(Entry(source, bad), brief):
                missed.append((name, source, bad))
    assert missed == []
    assert done.total() >= 300
    assert len(done) >= 15


def test_every_pile_of_corruptions_is_rejected() -> None:
    dice = random.Random(7)
    for source, target, brief in pairs():
        bad = target
        for _ in range(3):
            bad = dice.choice(list(corrupted(bad, brief.target_lang)))[1]
        if sorted(bad) != sorted(target):
            assert checks.errors_of(Entry(source, bad), brief), (source, bad)
