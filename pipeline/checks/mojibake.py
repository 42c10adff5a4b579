"""Letters that were read with the wrong encoding: `Ã¥` for å, `â€™` for ’."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("type the letter anew, and save the catalog with the encoding UTF-8")
BROKEN = re.compile("Ã[\x80-\xbf†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ„…]|Â[\xa0-\xbf]|â€[\x80-\xbf™œ“”˜¦\x9d]?|ï¿½|ï»¿")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each broken letter that the original has not."""
    for broken in dict.fromkeys(BROKEN.findall(entry.target)):
        if broken not in entry.source:
            yield Phrase("{letter} is a letter read with the wrong encoding", letter=broken)
