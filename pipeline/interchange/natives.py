"""A text as others' tools leave it, its inline codes turned back into the markup that they stand for.

A code has its markup in it (XLIFF 1.2, TMX), or in the unit's `originalData` (XLIFF 2), or it has the id of
a code of the source.  A code that nothing explains stays in the text as the tag that it is, where checks
find it: no word round it is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from pipeline.interchange.codes import Role
from pipeline.interchange.document import CHARACTER

ROLES = {
    "bpt": Role.OPEN,
    "bx": Role.OPEN,
    "sc": Role.OPEN,
    "ept": Role.CLOSE,
    "ex": Role.CLOSE,
    "ec": Role.CLOSE,
    "ph": Role.SINGLE,
    "x": Role.SINGLE,
    "cp": Role.SINGLE,
    "it": Role.SINGLE,
}
PAIRS = ("g", "pc")
"""Elements with both halves of a code round their words; what is in none of these lists is words alone."""
POSITIONS = {"begin": Role.OPEN, "open": Role.OPEN, "end": Role.CLOSE, "close": Role.CLOSE}
DATA = {
    Role.OPEN: ("dataRefStart", "dataRef"),
    Role.CLOSE: ("dataRefEnd", "dataRef"),
    Role.SINGLE: ("dataRef",),
}
Markup = Callable[[Any, Role, str], str]
"""A code's element, which half of it is meant, and what is in it → its markup."""


class Natives:
    """The markup of one unit's codes: `source` must be read first."""

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        self.data = data or {}
        self.known: dict[tuple[Role, str], str] = {}
        self.unknown: list[str] = []
        """The codes of the target that nothing explains, as tags; a pair is one."""

    def source(self, node: Any) -> str:
        """The text of a source; a code without markup is nothing there, and so it is in its target."""
        return text_of(node, self._of_source)

    def target(self, node: Any) -> str:
        """The text of a target."""
        return text_of(node, self._of_target)

    def _of_source(self, node: Any, role: Role, inner: str) -> str:
        markup = inner or self._own(node, role) or ""
        if number := _id(node, role):
            self.known.setdefault((role, number), markup)
        return markup

    def _of_target(self, node: Any, role: Role, inner: str) -> str:
        markup = inner or self._own(node, role) or self.known.get((role, _id(node, role)))
        if markup is None:
            markup = _tag(node, role)
            if not markup.startswith("</"):
                self.unknown.append(markup)
        return markup

    def _own(self, node: Any, role: Role) -> str | None:
        references = (node.get(name) for name in DATA[role])
        found = next((self.data[name] for name in references if name in self.data), None)
        return found or _character(node)


def text_of(node: Any, markup: Markup) -> str:
    """All that is in `node`, each code as its `markup`."""
    parts = [node.text or ""]
    for child in node:
        parts += (_of(child, markup), child.tail or "")
    return "".join(parts)


def local(node: Any) -> str:
    """The name of an element, without its namespace; empty for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _of(node: Any, markup: Markup) -> str:
    name = local(node)
    if not name:
        return ""
    inner = text_of(node, markup)
    if name in PAIRS:
        return markup(node, Role.OPEN, "") + inner + markup(node, Role.CLOSE, "")
    role = POSITIONS.get(node.get("pos"), ROLES.get(name))
    return markup(node, role, inner) if role else inner


def _id(node: Any, role: Role) -> str:
    references = ("startRef", "rid", "id") if role is Role.CLOSE else ("id",)
    return next(filter(None, map(node.get, references)), "")


def _character(node: Any) -> str | None:
    """The character that XML cannot hold, if a code stands for one."""
    kind = node.get("ctype") or node.get("type") or ""
    number = node.get("hex") or (kind.removeprefix(CHARACTER) if kind.startswith(CHARACTER) else "")
    try:
        return chr(int(number, 16))
    except (ValueError, OverflowError):
        return None


def _tag(node: Any, role: Role) -> str:
    name, number = local(node), _id(node, role)
    if name in PAIRS and role is Role.CLOSE:
        return f"</{name}>"
    said = f" id={quoteattr(number)}" if number else ""
    return f"<{name}{said}>" if name in PAIRS else f"<{name}{said}/>"
