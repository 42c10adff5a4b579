r"""Blocks of a .po file in any form that GNU gettext reads: the words are made safe, then polib reads them.

polib alone would split lines at U+2028 and the like, stop at `#=` and `#.note`, forget `#~|`, take
the last letter of an unclosed string for its quote, and leave `\x41` as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pipeline.errors import CatalogError
from pipeline.model import Draft, Entry, Place

_LITERAL = r'"((?:[^"\\]|\\.)*)"'
_STATEMENT = re.compile(
    rf"(msgctxt|msgid_plural|msgid|msgstr\s*\[\s*[0-9]\s*\]|msgstr|)\s*((?:{_LITERAL}\s*)+)", re.DOTALL
)
_ESCAPE = re.compile(r"((?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}))+)|\\(.)", re.DOTALL)
_BYTE = re.compile(r"\\(?:x([0-9a-fA-F]+)|([0-7]+))")
_SAFE = str.maketrans({"\n": "\\n", '"': '\\"', "\\": "\\\\"})
_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(\s|$)")
_REFERENCE = re.compile("\u2068[^\u2069]*\u2069\\S*|\\S+")
_SPACE = " \t\r\f\v"
_STARTS = ("msgctxt", "msgid")


class _Lines(str):
    """A text whose lines end at line feeds only; polib asks for `splitlines`."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: ARG002 - str's own
        return self.split("\n")


def comments_of(lines: Iterable[str]) -> tuple[tuple[str, ...], Draft | None]:
    """The translator's own comments, and the last line that tells of a draft, from lines as in the file."""
    own = [_after(line, 1) for line in lines]
    for index in range(len(own) - 1, -1, -1):
        if own[index].startswith("mt:") and (draft := Draft.parse(own[index])):
            del own[index]
            return tuple(own), draft
    return tuple(own), None


def note_of(lines: Iterable[str]) -> str:
    """The author's note, from its lines as in the file."""
    return "\n".join([_after(line, 2) for line in lines])


@lru_cache(maxsize=1024)
def references_of(lines: str) -> tuple[str, ...]:
    """What the `#:` lines name; a name with spaces stands between U+2068 and U+2069."""
    return tuple(name for line in lines.split("\n") for name in _REFERENCE.findall(line[2:]))


@lru_cache(maxsize=1024)
def flags_of(words: str) -> tuple[str, ...]:
    """The flags of a `#,` line, fuzzy first."""
    found = dict.fromkeys(word.strip() for word in words.split(",") if word.strip())
    return tuple(sorted(found, key=lambda flag: flag != "fuzzy"))


def forms(found: Mapping[int, str], place: Place) -> tuple[str, ...]:
    """The plural forms in their order; they must be numbered from 0 without a gap."""
    if sorted(found) != list(range(len(found))):
        raise broken("the plural forms are not numbered 0, 1, 2 …", place, "")
    return tuple(found[index] for index in range(len(found)))


def broken(message: str, place: Place, evidence: str) -> CatalogError:
    """The error for a file that is not a catalog (any more)."""
    return CatalogError(
        message,
        place=place,
        name="bad-syntax",
        evidence=evidence,
        remedy="correct the line (msgfmt -c FILE tells more), or take the file from the last commit",
    )


def read(text: str, at: int, line: int, path: str) -> tuple[int, Entry | None]:
    """The end of the block that begins at `at`, and its entry; None where only comments are left."""
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
    return end, _Reader(path, line).entry(lines)


class _Reader:
    """Sorts the lines of one block; polib joins and checks the statements."""

    def __init__(self, path: str, line: int) -> None:
        self.path, self.line = path, line
        self.comments: list[str] = []
        self.notes: list[str] = []
        self.refs: list[str] = []
        self.flags: list[str] = []
        self.statements: list[str] = []
        self.numbers: list[int] = []
        self.obsolete = False
        self.at = 0

    def entry(self, lines: Sequence[str]) -> Entry:
        for number, content in enumerate(lines, self.line):
            self.sort(content.lstrip(_SPACE), number)
        found = self.ask_polib()
        targets = dict(found.msgstr_plural or {})
        place = Place(self.path, self.at)
        if bool(found.msgid_plural) != bool(targets):
            raise broken("msgid_plural and msgstr[0], msgstr[1] … go together", place, self.statements[-1])
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

    def sort(self, content: str, number: int) -> None:
        bare = _bare(content)
        if bare.startswith(("#|", "#~|")):
            self.statement(bare.partition("|")[2], number, "#| ")
        elif not bare.startswith("#"):
            self.obsolete = self.obsolete or content.startswith("#~")
            if bare:
                self.statement(bare, number, "")
        elif bare.startswith("#."):
            self.notes.append(bare)
        elif bare.startswith("#:"):
            self.refs.append(bare)
        elif bare.startswith(("#,", "#=")):
            self.flags.append(bare[2:])
        else:
            self.comments.append(bare)

    def statement(self, content: str, number: int, prefix: str) -> None:
        content = content.strip(_SPACE)
        place = Place(self.path, number)
        if _CONFLICT.match(content):
            raise CatalogError(
                "git left a conflict here",
                place=place,
                name="conflict-marker",
                evidence=content,
                remedy="keep one side of the conflict; `tvilling merge-driver` lets git merge catalogs by entry",
            )
        found = _STATEMENT.fullmatch(content)
        if not found:
            raise broken("this is not a line of a catalog", place, content)
        keyword = "".join(found[1].split())
        literal = "".join(inner for inner in re.findall(_LITERAL, found[2], re.DOTALL))
        if keyword == "msgid" and not prefix:
            self.at = number
        self.statements.append(f'{prefix}{keyword and keyword + " "}"{_plain(literal, place)}"')
        self.numbers.append(number)

    def ask_polib(self) -> Any:
        import polib

        class Plain(polib.POFile):
            """Keeps the header among the entries, where polib would take it apart and lose lines."""

            def find(self, *_: Any, **__: Any) -> None:
                return None

        try:
            found = polib.pofile(_Lines("\n".join(self.statements)), encoding="utf-8", klass=Plain)
        except OSError as error:
            wrong = re.search(r"\(?line (\d+)", str(error))
            index = min(int(wrong[1]) if wrong else 1, len(self.numbers)) - 1
            place = Place(self.path, self.numbers[index])
            raise broken("this line stands in the wrong place", place, self.statements[index]) from error
        if len(found) != 1 or not any(line.startswith("msgstr") for line in self.statements):
            place = Place(self.path, self.numbers[-1])
            raise broken("an entry needs one msgid and its msgstr", place, self.statements[-1])
        return found[0]


def _after(line: str, mark: int) -> str:
    return line[mark + 1 :] if line.startswith(" ", mark) else line[mark:]


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
                raise broken(f"{found[1]} is not UTF-8", place, literal) from error
        if found[2] == "a":
            return "\a"
        if found[2] in '\\"ntrvbf':
            return found[0]
        raise broken(f"\\{found[2]} means nothing in a catalog", place, literal)

    return _ESCAPE.sub(character, literal)
