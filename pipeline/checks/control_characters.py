"""A character that nobody can see or type: a control character, a text direction, a broken byte.

They come from careless programs and break searches, feeds and XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("delete the character, or type the text anew")
BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]"
)
NAMES = {
    "\u2028": Phrase("line separator"),
    "\u2029": Phrase("paragraph separator"),
    "\u202a": Phrase("left-to-right embedding"),
    "\u202b": Phrase("right-to-left embedding"),
    "\u202c": Phrase("pop directional formatting"),
    "\u202d": Phrase("left-to-right override"),
    "\u202e": Phrase("right-to-left override"),
    "\u2066": Phrase("left-to-right isolate"),
    "\u2067": Phrase("right-to-left isolate"),
    "\u2068": Phrase("first strong isolate"),
    "\u2069": Phrase("pop directional isolate"),
    "\ufffd": Phrase("replacement character"),
}
"""Those that Unicode has a name for."""
NAMELESS = Phrase("a control character")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each kind of character that the original has not."""
    if found := BAD.findall(entry.target):
        for character in dict.fromkeys(found):
            if character not in entry.source:
                yield Phrase(
                    "U+{code:04X} ({name}) in the translation",
                    code=ord(character),
                    name=NAMES.get(character, NAMELESS),
                )
