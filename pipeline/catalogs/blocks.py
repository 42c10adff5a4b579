"""A .po file as a row of blocks, one for each entry.

Blocks as GNU gettext and Poedit write them are read here by one regular expression; anything else
a person or a tool may have done goes to `unusual`, which asks polib.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.catalogs import unusual
from pipeline.catalogs.remarks import comments_of, flags_of, note_of, references_of
from pipeline.model import Entry, Place

_STRING = r'"[^"\\\n]*(?:\\[abfnrtv"\\][^"\\\n]*)*"'
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def _strings(prefix: str) -> str:
    return rf"{_STRING}(?:\n{prefix}{_STRING})*"


def _usual(previous: str, prefix: str) -> re.Pattern[str]:
    """A block in the usual order: comments, notes, references, flags, previous texts, texts."""
    old, now = _strings(previous), _strings(prefix)
    return re.compile(
        r"((?:\#(?: [^\n]*)?\n)*)"
        r"((?:\#\.(?: [^\n]*)?\n)*)"
        r"((?:\#: [^\n]*\n)*)"
        r"(?:\#[,=] ([^\n]*)\n)?"
        rf"(?:{previous}msgctxt ({old})\n)?(?:{previous}msgid ({old})\n)?(?:{previous}msgid_plural ({old})\n)?"
        rf"(?:{prefix}msgctxt ({now})\n)?()"
        rf"{prefix}msgid ({now})\n"
        rf"(?:{prefix}msgstr ({now})\n|{prefix}msgid_plural ({now})\n((?:{prefix}msgstr\[[0-9]\] {now}\n)+))"
        r"(?=\n|\Z)"
    )


_LIVE = _usual(r"\#\| ", "")
_OBSOLETE = _usual(r"\#~\| ", r"\#~ ")
_FORM = re.compile(rf"(?:#~ )?msgstr\[([0-9])\] ({_strings('(?:#~ )?')})\n")
_BREAK = re.compile(r'"\n[#~| ]*"')
_ESCAPE = re.compile(r"\\(.)")


_LATER = Entry("")

Key = tuple[str, str]
Parts = re.Match[str] | unusual.Unusual


class Block(NamedTuple):
    """Where an entry stands in its file: `text[start:end]`, from its first comment to its last line end."""

    start: int
    end: int
    entry: Entry


class Source:
    """The text of a .po file with its line ends made one, and the way back to the original offsets."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.start = int(original.startswith("\ufeff"))
        self.text = original.replace("\r\n", "\n")
        self._returns = (
            [found.start() - index for index, found in enumerate(re.finditer("\r\n", original))]
            if "\r" in original
            else []
        )
        if not self.text.endswith("\n"):
            self.text += "\n"

    @property
    def newline(self) -> str:
        """What most lines of the file end with."""
        return "\r\n" if len(self._returns) * 2 > self.text.count("\n") else "\n"

    def cut(self, start: int, end: int) -> str:
        """The original between two offsets of `text`."""
        return self.original[self._back(start) : self._back(end)]

    def _back(self, offset: int) -> int:
        return offset + bisect_left(self._returns, offset)


def scan(source: Source, path: str) -> list[Block]:
    """The blocks of a file, the header's among them, in order; a CatalogError where it is broken."""
    blocks, odd = list[Block](), dict[int, unusual.Unusual]()
    for start, end, line, parts in _cut(source, path):
        if isinstance(parts, unusual.Unusual):
            odd[len(blocks)], entry = parts, _LATER
        else:
            entry = _entry(parts, Place(path, line))
        blocks.append(Block(start, end, entry))
    for index, entry in zip(odd, unusual.entries(list(odd.values())) if odd else (), strict=True):
        blocks[index] = blocks[index]._replace(entry=entry)
    return blocks


def places(source: Source, path: str) -> list[tuple[int, int, Key]]:
    """Start, end and key of each block; if all are usual in half of the time that `scan` takes."""
    cut = list(_cut(source, path))
    usual = [(start, end, _key(parts)) for start, end, _, parts in cut if isinstance(parts, re.Match)]
    if len(usual) == len(cut):
        return usual
    return [(block.start, block.end, block.entry.key) for block in scan(source, path)]


def _cut(source: Source, path: str) -> Iterator[tuple[int, int, int, Parts]]:
    """Each block's start, its end, the line of its msgid, and its parts."""
    text, at, line, counted = source.text, source.start, 1, 0
    while True:
        while text.startswith("\n", at):
            at += 1
        if at >= len(text):
            break
        found = _LIVE.match(text, at) or _OBSOLETE.match(text, at)
        start = found.start(9) if found else at
        line += text.count("\n", counted, start)
        counted = start
        end, parts = (found.end(), found) if found else unusual.read(text, at, line, path)
        if parts is None:
            break
        yield at, end, line, parts
        at = end


def _key(found: re.Match[str]) -> Key:
    context, msgid = found[8], found[10]
    return (_text(context) if context else "", _text(msgid))


def _entry(found: re.Match[str], place: Place) -> Entry:
    comments, notes, refs, flags, *others = found.groups()
    old_context, old, old_plural, context, _, msgid, msgstr, plural, forms = others
    own, draft = comments_of(comments.split("\n")[:-1]) if comments else ((), None)
    entry = Entry(
        source=_text(msgid),
        target=_text(msgstr) if msgstr else "",
        context=_text(context) if context else "",
        flags=flags_of(flags) if flags else (),
        previous=_text(old) if old else "",
        previous_context=_text(old_context) if old_context else "",
        previous_plural=_text(old_plural) if old_plural else "",
        draft=draft,
        comments=own,
        note=note_of(notes.split("\n")[:-1]) if notes else "",
        references=references_of(refs) if refs else (),
        obsolete=found.re is _OBSOLETE,
        place=place,
    )
    if plural:
        targets = unusual.forms({int(n): _text(string) for n, string in _FORM.findall(forms)}, place)
        entry = replace(entry, plural=_text(plural), targets=targets)
    return entry


def _text(strings: str) -> str:
    if "\n" in strings:
        strings = _BREAK.sub("", strings)
    inner = strings[1:-1]
    return _ESCAPE.sub(_unescape, inner) if "\\" in inner else inner


def _unescape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1], found[1])
