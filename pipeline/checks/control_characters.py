"""A character that nobody can see or type: a control character, a text direction, a broken byte.

They come from careless programs and break searches, feeds and XML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.model import Brief, Entry, Severity

SEVERITY = Severity.ERROR
REMEDY = "delete the character, or type the text anew"
BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]"
)


def check(entry: Entry, brief: Brief) -> Iterator[str]:
    """One message for each kind of character that the original has not."""
    if found := BAD.findall(entry.target):
        for character in dict.fromkeys(found):
            if character not in entry.source:
                code, name = f"U+{ord(character):04X}", unicodedata.name(character, "").lower()
                yield (
                    f"{code} ({name}) in the translation"
                    if name
                    else f"{code} (a control character) in the translation"
                )
