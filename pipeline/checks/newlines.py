"""The one text begins or ends with a new line, the other does not.

Programs put texts together by their line ends; `msgfmt -c` refuses such a catalog.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Brief, Entry, Phrase, Severity

SEVERITY = Severity.ERROR
REMEDY = Phrase("begin and end the translation as the original does")


def check(entry: Entry, brief: Brief) -> Iterator[Phrase]:
    """One message for each end that differs."""
    if "\n" not in entry.source + entry.target:
        return
    if entry.source.startswith("\n") != entry.target.startswith("\n"):
        yield Phrase("only one of the two begins with a new line")
    if entry.source.endswith("\n") != entry.target.endswith("\n"):
        yield Phrase("only one of the two ends with a new line")
