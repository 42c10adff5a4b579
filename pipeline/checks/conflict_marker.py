"""A mark that `msgcat` sets where two catalogs disagree (`#-#-#-#-#`), or git's conflict marks.

Both translations stand there, one after the other; a person has to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("keep one of the translations, and delete the other with the mark")
SIGN = re.compile("[#<=>]")
MARK = re.compile(r"#-#-#-#|^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """A message if there is such a mark."""
    if SIGN.search(entry.target) and MARK.search(entry.target) and not MARK.search(entry.source):
        yield Phrase("two translations stand here, with a conflict mark between them")
