"""What the values of front matter may be, told by their YAML nodes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pipeline.model import Phrase

NULL = "tag:yaml.org,2002:null"


class WrongValueError(Exception):
    """A value cannot be used: why, at which character, the fault's name, what to do about it."""

    def __init__(self, message: str, index: int, name: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.index = index
        self.name = name
        self.remedy = remedy


def texts(key: str, node: Any) -> Iterator[tuple[str, int]]:
    """The texts of a list, or of a single text, as written; each with where it begins."""
    if node is None or node.tag == NULL:
        return
    for item in node.value if isinstance(node.value, list) else [node]:
        if isinstance(item, tuple) or not isinstance(item.value, str) or not item.value.strip():
            index = (item[0] if isinstance(item, tuple) else item).start_mark.index
            raise WrongValueError(
                Phrase("{key} must be a list of texts", key=key),
                index,
                "bad-value",
                Phrase("write {key}: [one, two]", key=key),
            )
        yield item.value, item.start_mark.index


def require_text(key: str, node: Any) -> None:
    """An error for a list or a table."""
    if node is not None and not isinstance(node.value, str):
        message = Phrase("{key} must be a text", key=key)
        remedy = Phrase("write {key}: and the text behind it, on one line", key=key)
        raise WrongValueError(message, node.start_mark.index, "bad-value", remedy)


def require_date(key: str, node: Any, value: Any) -> None:
    """An error for anything but a date."""
    if value is not None and not isinstance(value, date):
        shown = repr(node.value) if isinstance(node.value, str) else Phrase("a list or a table")
        message = Phrase("{key} must be a date, not {shown}", key=key, shown=shown)
        remedy = Phrase("write {key}: 2026-11-20", key=key)
        raise WrongValueError(message, node.start_mark.index, "bad-date", remedy)
