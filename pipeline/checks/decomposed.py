"""A letter in two pieces, as *a* and a ring for *å*; it looks right, but searches do not find it.

Some file systems and copied PDF files write so.  Unicode calls the whole letters NFC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("type the letter anew, or run: tvilling check --fix")
PIECES = re.compile("[^\u0300-\u036f][\u0300-\u036f]+|[\u0340-\u0344\u0374\u037e\u0387\u2126\u212a\u212b]")
"""A character with marks after it, or a sign that stands for a letter, as Ångström's Å."""


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each kind of letter that the original has not."""
    if unicodedata.is_normalized("NFC", entry.target):
        return
    for letter in dict.fromkeys(_broken(entry.target)):
        if letter not in entry.source:
            codes = " ".join(f"U+{ord(character):04X}" for character in letter)
            whole = unicodedata.normalize("NFC", letter)
            yield Phrase("{letter} is written in pieces ({codes})", letter=whole, codes=codes)


def fix(text: str) -> str:
    """`text` with whole letters."""
    return unicodedata.normalize("NFC", text)


def _broken(text: str) -> Iterator[str]:
    for found in PIECES.finditer(text):
        if not unicodedata.is_normalized("NFC", found[0]):
            yield found[0]
