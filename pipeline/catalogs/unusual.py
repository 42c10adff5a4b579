r"""Blocks of a .po file in any form that GNU gettext reads: the words are made safe, then polib reads them.

polib alone would split lines at U+2028 and the like, stop at `#=` and `#.note`, forget `#~|`, take
the last letter of an unclosed string for its quote, and leave `\x41` as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.catalogs import by_polib
from pipeline.catalogs.remarks import comments_of, flags_of, note_of, references_of
from pipeline.errors import CatalogError
from pipeline.model import Entry, Phrase, Place

if TYPE_CHECKING:
    import polib

_LITERAL = r'"((?:[^"\\]|\\.)*)"'
_STATEMENT = re.compile(
    rf"(msgctxt|msgid_plural|msgid|msgstr\s*\[\s*[0-9]\s*\]|msgstr|)\s*((?:{_LITERAL}\s*)+)", re.DOTALL
)
_ESCAPE = re.compile(r"((?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}))+)|\\(.)", re.DOTALL)
_BYTE = re.compile(r"\\(?:x([0-9a-fA-F]+)|([0-7]+))")
_SAFE = str.maketrans({"\n": "\\n", '"': '\\"', "\\": "\\\\"})
_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(\s|$)")
_SPACE = " \t\r\f\v"
_STARTS = ("msgctxt", "msgid")


def forms(found: Mapping[int, str], place: Place) -> tuple[str, ...]:
    """The plural forms in their order; they must be numbered from 0 without a gap."""
    if sorted(found) != list(range(len(found))):
        raise broken(Phrase("the plural forms are not numbered 0, 1, 2 …"), place, "")
    return tuple(found[index] for index in range(len(found)))


def broken(message: Phrase, place: Place, evidence: str) -> CatalogError:
    """The error for a file that is not a catalog (any more)."""
    return CatalogError(
        message,
        place=place,
        name="bad-syntax",
        evidence=evidence,
        remedy=Phrase("correct the line (msgfmt -c FILE tells more), or take the file from the last commit"),
    )


def read(text: str, at: int, line: int, path: str) -> tuple[int, Unusual | None]:
    """The end of the block that begins at `at`, and its lines; None where only comments are left."""
    end, lines, offset, complete = at, list[str](), at, False
    while offset < len(text):
        stop = text.index("\n", offset)
        content = text[offset:stop]
        statement = _bare(content)
        starts = statement.startswith(_STARTS) and not statement.startswith("msgid_plural")
        if complete and (starts or statement.startswith("#")):
            break
        complete = complete or statement.startswith("msgstr")
        lines.append(content)
        offset = stop + 1
        if statement:
            end = offset
    if all(not content or _bare(content).startswith("#") for content in map(str.strip, lines)):
        return end, None
    return end, Unusual(lines, line, path)


def entries(blocks: Sequence[Unusual]) -> list[Entry]:
    """What the blocks say; polib is asked once for all of them, and one by one if that fails."""
    try:
        found = by_polib.entries([line for block in blocks for line in block.statements])
    except by_polib.RefusedError:
        found = []
    if len(found) != len(blocks):
        found = [block.alone() for block in blocks]
    return [block.entry(each) for block, each in zip(blocks, found, strict=True)]


class Unusual:
    """The lines of one block, sorted; its statements are made safe for polib."""

    def __init__(self, lines: Sequence[str], line: int, path: str) -> None:
        self.path = path
        self.comments: list[str] = []
        self.notes: list[str] = []
        self.refs: list[str] = []
        self.flags: list[str] = []
        self.statements: list[str] = []
        self.numbers: list[int] = []
        """The line of each statement."""
        self.obsolete = False
        self.at = line
        for number, content in enumerate(lines, line):
            self._sort(content.lstrip(_SPACE), number)
        if not any(line.startswith("msgid ") for line in self.statements):
            raise broken(
                Phrase("a translation needs the text that it is of"), self._place(-1), self.statements[-1]
            )
        if not any(line.startswith("msgstr") for line in self.statements):
            raise broken(
                Phrase("a text needs its translation, be it empty"), self._place(-1), self.statements[-1]
            )

    def alone(self) -> polib.POEntry:
        """What polib says of this block."""
        try:
            (found,) = by_polib.entries(self.statements)
        except by_polib.RefusedError as error:
            message = Phrase("this line stands in the wrong place")
            raise broken(message, self._place(error.index), self.statements[error.index]) from error
        return found

    def entry(self, found: polib.POEntry) -> Entry:
        """The entry, with the texts as polib has them."""
        targets, place = dict(found.msgstr_plural or {}), Place(self.path, self.at)
        if bool(found.msgid_plural) != bool(targets):
            raise broken(
                Phrase("msgid_plural and msgstr[0], msgstr[1] … go together"), place, self.statements[-1]
            )
        comments, draft = comments_of(self.comments)
        return Entry(
            source=found.msgid,
            target=found.msgstr or "",
            context=found.msgctxt or "",
            plural=found.msgid_plural or "",
            targets=forms(targets, place) if targets else (),
            flags=flags_of(",".join(self.flags)),
            previous=found.previous_msgid or "",
            previous_context=found.previous_msgctxt or "",
            previous_plural=found.previous_msgid_plural or "",
            draft=draft,
            comments=comments,
            note=note_of(self.notes),
            references=references_of("\n".join(self.refs)),
            obsolete=self.obsolete,
            place=place,
        )

    def _sort(self, content: str, number: int) -> None:
        bare = _bare(content)
        if bare.startswith(("#|", "#~|")):
            self._statement(bare.partition("|")[2], number, "#| ")
        elif not bare.startswith("#"):
            self.obsolete = self.obsolete or content.startswith("#~")
            if bare:
                self._statement(bare, number, "")
        elif bare.startswith("#."):
            self.notes.append(bare)
        elif bare.startswith("#:"):
            self.refs.append(bare)
        elif bare.startswith(("#,", "#=")):
            self.flags.append(bare[2:])
        else:
            self.comments.append(bare)

    def _statement(self, content: str, number: int, prefix: str) -> None:
        content = content.strip(_SPACE)
        place = Place(self.path, number)
        if _CONFLICT.match(content):
            raise CatalogError(
                Phrase("git left a conflict here"),
                place=place,
                name="conflict-marker",
                evidence=content,
                remedy=Phrase(
                    "keep one side of the conflict; `tvilling merge-driver` lets git merge catalogs by entry"
                ),
            )
        found = _STATEMENT.fullmatch(content)
        if not found:
            raise broken(Phrase("this is not a line of a catalog"), place, content)
        keyword = "".join(found[1].split())
        literal = "".join(inner for inner in re.findall(_LITERAL, found[2], re.DOTALL))
        if keyword == "msgid" and not prefix:
            self.at = number
        self.statements.append(f'{prefix}{keyword and keyword + " "}"{_plain(literal, place)}"')
        self.numbers.append(number)

    def _place(self, index: int) -> Place:
        return Place(self.path, self.numbers[index])


def _bare(line: str) -> str:
    """The line without the sign of an obsolete entry; `#~|` is kept."""
    line = line.lstrip(_SPACE)
    if line.startswith("#~") and not line.startswith("#~|"):
        return line[2:].lstrip(_SPACE)
    return line


def _plain(literal: str, place: Place) -> str:
    """`literal` with those escapes only that polib knows."""

    def character(found: re.Match[str]) -> str:
        if found[1]:
            numbers = (int(x, 16) if x else int(o, 8) for x, o in _BYTE.findall(found[1]))
            try:
                return bytes(number & 0xFF for number in numbers).decode("utf-8").translate(_SAFE)
            except UnicodeDecodeError as error:
                raise broken(Phrase("{escape} is not UTF-8", escape=found[1]), place, literal) from error
        if found[2] == "a":
            return "\a"
        if found[2] in '\\"ntrvbf':
            return found[0]
        raise broken(Phrase("\\{letter} means nothing in a catalog", letter=found[2]), place, literal)

    return _ESCAPE.sub(character, literal)
