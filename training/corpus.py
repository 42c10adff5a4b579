"""The corpus: what is read, what is left out, and how often each source is drawn.

A corpus file holds one pair per line, three columns separated by a tab: label,
English, Swedish. ``python -m training.corpus`` writes a cleaned copy.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "sv")

STABLE: Mapping[str, float] = {
    "own-health": 5,
    "own-general": 5,
    "own-short": 4,
    "tatoeba": 2,
    "ud-pud": 4,
    "book-cfi": 2,
    "gnome-help": 1.5,
    "games-ui-story": 1.5,
    "mozilla-www": 2,
    "openehr": 2,
    "wikdict": 1,
    "yso-vocab": 1,
    "eforms-sdk": 1,
    "ms-beginners": 1,
    "debian-ddtp": 1,
    "appstream": 1,
    "kde-docs": 0.5,
    "mediawiki": 0.5,
    "libreoffice-help": 0.4,
    "debian-docs": 0.4,
    "ms-businesscentral": 0.33,
    "adobe-workfront": 0.25,
    "ui-apps": 0.25,
    "ui-kde-gnome": 0.25,
}
"""How often a pair of each source is drawn per pass, while the learning rate is level."""

DECAY: Mapping[str, float] = {
    "own-health": 8,
    "own-general": 8,
    "own-short": 4,
    "tatoeba": 2,
    "ud-pud": 8,
    "book-cfi": 2,
    "gnome-help": 0.7,
    "games-ui-story": 1.5,
    "mozilla-www": 2,
    "openehr": 2,
    "wikdict": 0.7,
    "yso-vocab": 0.7,
    "eforms-sdk": 0.7,
    "ms-beginners": 0.7,
    "debian-ddtp": 0.5,
    "appstream": 0.7,
    "kde-docs": 0.15,
    "mediawiki": 0.3,
    "libreoffice-help": 0.1,
    "ms-businesscentral": 0.1,
}
"""The same while the learning rate falls: more of what the site is about, no manuals."""

MIXES: Mapping[str, Mapping[str, float]] = {"stable": STABLE, "decay": DECAY}

DIGITS = re.compile(r"\d+")
LETTERS = re.compile(r"[^\W\d_]")
TRUSTED = ("own-", "tatoeba", "ud-pud", "wikdict", "yso-vocab")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in both languages, and the label of the source it is from."""

    label: str
    en: str
    sv: str


def read(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a corpus file, packed with xz or plain."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            label, en, sv = line.rstrip("\n").split("\t")
            yield Pair(label, en, sv)


def key(text: str) -> str:
    """Return what two lines share that differ only in case, punctuation and spaces."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def digits(text: str) -> Counter[str]:
    """Count the runs of digits in ``text``."""
    return Counter(DIGITS.findall(text))


def is_sound(pair: Pair) -> bool:
    """Tell whether a pair is worth training on; hand-made sources are trusted."""
    if pair.label.startswith(TRUSTED):
        return True
    if max(len(pair.en), len(pair.sv)) > 400:
        return False
    if any(len(LETTERS.findall(side)) < 0.6 * len(side) for side in (pair.en, pair.sv)):
        return False
    ends = [side.rstrip()[-1:] in ".!?:" for side in (pair.en, pair.sv)]
    return ends[0] == ends[1] and digits(pair.en) == digits(pair.sv)


def clean(pairs: Iterable[Pair], forbidden: frozenset[str]) -> Iterator[Pair]:
    """Yield the sound pairs of which no side is a ``forbidden`` line (see :func:`key`)."""
    for pair in pairs:
        if is_sound(pair) and not {key(pair.en), key(pair.sv)} & forbidden:
            yield pair


def lines_of(paths: Iterable[Path]) -> frozenset[str]:
    """Return the keys of all lines, or columns of lines, in files that must stay unseen."""
    found: set[str] = set()
    for path in paths:
        for line in path.read_text("utf-8").split("\n"):
            found.update(key(column) for column in line.split("\t"))
    return frozenset(found - {""})


def main() -> None:
    """Write a cleaned corpus."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--unseen", type=Path, nargs="*", default=[], help="development sets to keep out")
    args = parser.parse_args()
    kept: Counter[str] = Counter()
    with args.out.open("w", encoding="utf-8", newline="\n") as out:
        for pair in clean(read(args.corpus), lines_of(args.unseen)):
            kept[pair.label] += 1
            out.write(f"{pair.label}\t{pair.en}\t{pair.sv}\n")
    print(f"{sum(kept.values())} pairs: {dict(kept.most_common())}")


if __name__ == "__main__":
    main()
