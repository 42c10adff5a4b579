"""How many good human translations does each check call faulty, and how many of their figures does it read?

    python bench/precision.py FOLDER [--show CHECK]

FOLDER holds sets of sentence pairs: NAME.en beside NAME.sv (one sentence a line), or NAME.tsv
(English, a tab, Swedish).  Each pair is checked in both directions; what a check says of a good pair is
a false alarm (or a fault of the reference: look with --show).  The reviewed translations of this
repository are a set as well.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline import catalogs, checks, glossary
from pipeline.model import Brief, Entry, Kind, State, Term

LOCALE = Path(__file__).parent.parent / "locale"
Pair = tuple[str, str]


def sets(folder: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Name and pairs of each set in `folder`."""
    for path in sorted(folder.glob("*.en")):
        twin = path.with_suffix(".sv")
        if twin.exists():
            texts = ([_unquoted(line) for line in _lines(each)] for each in (path, twin))
            yield path.stem, list(zip(*texts, strict=True))
    for path in sorted(folder.glob("*.tsv")):
        rows = (line.partition("\t") for line in _lines(path))
        yield path.stem, [(first, second) for first, _, second in rows]


def reviewed() -> list[Pair]:
    """What this repository's own catalogs have reviewed, English first."""
    found = list[Pair]()
    for lang in ("sv", "en"):
        for path in sorted((LOCALE / lang / "LC_MESSAGES").glob("*.po")):
            for entry in catalogs.parse(path.read_text(encoding="utf-8"), path.name, lang).live:
                if entry.state is State.REVIEWED and entry.target and entry.context != Kind.SLUG:
                    pair = (entry.source, entry.target)
                    found.append(pair if lang == "sv" else (pair[1], pair[0]))
    return found


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _unquoted(line: str) -> str:
    """Without what a spreadsheet put round a line that has quotation marks: `"He said ""no""."`."""
    return line[1:-1].replace('""', '"') if re.fullmatch(r'".*"".*"', line) else line


def alarms(pairs: list[Pair], terms: tuple[Term, ...]) -> Iterator[tuple[str, int, str]]:
    """(check, number of the pair, message) of each finding, both ways."""
    for number, (english, swedish) in enumerate(pairs, 1):
        for source, target, langs in ((english, swedish, ("en", "sv")), (swedish, english, ("sv", "en"))):
            for finding in checks.run(Entry(source, target), Brief(*langs, terms=terms)):
                yield finding.check, number, finding.message


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", metavar="CHECK", help="print the pairs that this check calls faulty")
    options = parser.parse_args()
    found = list(sets(options.folder)) if options.folder.is_dir() else []
    if not found:
        sys.stdout.write(f"skipped: no sets of sentence pairs in {options.folder}\n")
        return 0
    found.append(("this repository's catalogs", reviewed()))
    terms = glossary.read(LOCALE / "glossary.csv", LOCALE)
    for name, pairs in found:
        seen = {(check, number): message for check, number, message in alarms(pairs, terms)}
        rates = Counter(check for check, _ in seen)
        sys.stdout.write(f"{name}: {len(pairs)} pairs\n")
        for check in sorted(checks.CHECKS):
            severity = checks.CHECKS[check].severity
            sys.stdout.write(
                f"  {check:<20} {severity:<8} {rates[check]:>4} {rates[check] / len(pairs):>7.1%}\n"
            )
        for (check, number), message in sorted(seen.items()):
            if check == options.show:
                english, swedish = pairs[number - 1]
                sys.stdout.write(f"\n{name} {number}: {message}\n  {english}\n  {swedish}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
