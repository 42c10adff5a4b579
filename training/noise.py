"""What articles contain and a corpus does not: masks, odd case, headings, two in a row.

Each function takes a pair and a source of random numbers and changes both sides alike.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from training.corpus import Pair
from training.vocab import MASKS

SPAN = re.compile(r"\d+(?:[.,:–/-]\d+)*|[^\W\d_](?:[\w.'’-]*\w)?")
"""A figure, or a word."""

MASKED = 0.08
WRAPPED = 0.01
UNSTOPPED = 0.05
CAPITALS = 0.015
LOWERED = 0.02
JOINED = 0.06


def shared_spans(en: str, sv: str) -> list[str]:
    """Return the figures and words that stand exactly once, and alike, on both sides."""
    sides = [[m.group() for m in SPAN.finditer(side)] for side in (en, sv)]
    once = [{span for span in spans if spans.count(span) == 1} for spans in sides]
    return [span for span in sides[0] if span in once[0] & once[1] and stands_out(span)]


def stands_out(span: str) -> bool:
    """Tell a figure, name or code word from an ordinary word that both languages have."""
    return span[0].isdigit() or span[0].isupper() or len(span) > 6


def put(text: str, spans: dict[str, str]) -> str:
    """Replace whole spans of ``text``."""
    return SPAN.sub(lambda m: spans.get(m.group(), m.group()), text)


def mask(pair: Pair, chance: random.Random) -> Pair:
    """Replace up to six shared spans by mask pieces, numbered in any order."""
    found = shared_spans(pair.en, pair.sv)
    if not found:
        return wrap(pair, chance)
    chosen = chance.sample(found, min(len(found), chance.choice((1, 1, 1, 2, 2, 3, 4, 6))))
    spans = dict(zip(chosen, chance.sample(MASKS, len(chosen)), strict=True))
    return replace(pair, en=put(pair.en, spans), sv=put(pair.sv, spans))


def wrap(pair: Pair, chance: random.Random) -> Pair:
    """Put masks around the pair, or one behind it, where markup or a reference was."""
    first, second = chance.sample(MASKS, 2)
    pattern = chance.choice(("{0}{{}}{1}", "{0}{{}}{1}", "{{}}{1}", "{{}} {1}", "{0} {{}}"))
    around = pattern.format(first, second)
    return replace(pair, en=around.format(pair.en), sv=around.format(pair.sv))


def unstop(pair: Pair) -> Pair:
    """Make a heading of a sentence: no full stop."""
    if pair.en.endswith(".") and pair.sv.endswith("."):
        return replace(pair, en=pair.en.rstrip("."), sv=pair.sv.rstrip("."))
    return pair


def capitals(pair: Pair) -> Pair:
    """Write both sides in capitals, if short and without masks."""
    if len(pair.en) < 60:
        return replace(pair, en=pair.en.upper(), sv=pair.sv.upper())
    return pair


def lowered(pair: Pair) -> Pair:
    """Begin both sides with a small letter, unless a name or an acronym may stand there."""
    if pair.en[1:2].islower() and pair.sv[1:2].islower() and pair.en[:1] != "I":
        return replace(pair, en=pair.en[0].lower() + pair.en[1:], sv=pair.sv[0].lower() + pair.sv[1:])
    return pair


def join(first: Pair, second: Pair) -> Pair:
    """Put two sentences in one pair, if the first one ends."""
    if first.en[-1:] in ".!?" and len(first.en) + len(second.en) < 250:
        return replace(first, en=f"{first.en} {second.en}", sv=f"{first.sv} {second.sv}")
    return first


def noisy(pair: Pair, other: Pair, chance: random.Random) -> Pair:
    """Return ``pair`` as it is most of the time, and changed in one way or more at times."""
    if any(brace in pair.en + pair.sv for brace in "{}⟦⟧"):
        return pair
    if chance.random() < JOINED:
        pair = join(pair, other)
    if chance.random() < UNSTOPPED:
        pair = unstop(pair)
    if chance.random() < LOWERED:
        pair = lowered(pair)
    if chance.random() < CAPITALS:
        pair = capitals(pair)
    if chance.random() < MASKED and "{" not in other.en + other.sv:
        pair = mask(pair, chance)
    if chance.random() < WRAPPED and "{" not in pair.en + pair.sv:
        pair = wrap(pair, chance)
    return pair
