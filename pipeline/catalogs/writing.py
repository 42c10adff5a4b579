"""Entries as text, in the form that `msgcat --no-wrap` writes, and changed entries spliced into a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.catalogs.blocks import Key, Source, places
from pipeline.model import Catalog, Entry

_ESCAPES = {
    "\\": "\\\\",  # the first: it begins the others
    '"': '\\"',
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}


def dump(catalog: Catalog) -> str:
    """The whole catalog as `msgcat --no-wrap` writes it, live entries first.

    Flags that GNU gettext does not know are kept, where msgcat drops them.
    """
    entries = (*catalog.live, *catalog.obsolete)
    return "\n".join(_lines_of(entry) for entry in (*_header(catalog), *entries))


def splice(old_text: str, old: Catalog, new: Catalog) -> str:
    """`old_text` made to say what `new` says; entries that did not change keep their bytes.

    `old` is what `old_text` says.
    """
    if new == old:
        return old_text
    source = Source(old_text)
    known = {entry.key: entry for entry in (*_header(old), *old.entries)}
    entries = (*_header(new), *new.live, *new.obsolete)
    return "".join(_spliced(source, places(source, old.path), entries, known))


def _spliced(
    source: Source,
    blocks: Sequence[tuple[int, int, Key]],
    entries: Sequence[Entry],
    known: Mapping[Key, Entry],
) -> Iterator[str]:
    """Pieces of text.  Between two entries that were neighbours stands what stood there before."""
    index_of = {key: index for index, (_, _, key) in enumerate(blocks)}
    yield source.cut(0, blocks[0][0]) if blocks else ""
    newline = source.newline
    before, piece = -1, newline
    for number, entry in enumerate(entries):
        index, old = index_of.get(entry.key, -1), known.get(entry.key)
        if not piece.endswith("\n"):
            yield newline
        if number:
            neighbours = index == before + 1 and index > 0
            yield source.cut(blocks[before][1], blocks[index][0]) if neighbours else newline
        if index >= 0 and (entry is old or entry == old):
            piece = source.cut(*blocks[index][:2])
        else:
            piece = _lines_of(entry).replace("\n", newline)
        yield piece
        before = index if index >= 0 else len(blocks)
    yield source.cut(blocks[-1][1], len(source.text)) if blocks else ""


def _header(catalog: Catalog) -> tuple[Entry, ...]:
    """The header as the entry that it is in the file."""
    if not catalog.header:
        return ()
    target = "".join(f"{name}: {value}\n" if name else f"{value}\n" for name, value in catalog.header)
    return (Entry("", target, flags=catalog.header_flags, comments=catalog.header_comments),)


def _lines_of(entry: Entry) -> str:
    """The entry's lines, each with its end."""
    lines = _remarks(entry)
    mark, prefix = ("#~| ", "#~ ") if entry.obsolete else ("#| ", "")
    if entry.previous_context:
        lines.append(_statement(mark, "msgctxt", entry.previous_context))
    if entry.previous:
        lines.append(_statement(mark, "msgid", entry.previous))
    if entry.previous_plural:
        lines.append(_statement(mark, "msgid_plural", entry.previous_plural))
    if entry.context:
        lines.append(_statement(prefix, "msgctxt", entry.context))
    lines.append(_statement(prefix, "msgid", entry.source))
    if entry.plural:
        lines.append(_statement(prefix, "msgid_plural", entry.plural))
        forms = enumerate(entry.targets or ("", ""))
        lines += [_statement(prefix, f"msgstr[{index}]", target) for index, target in forms]
    else:
        lines.append(_statement(prefix, "msgstr", entry.target))
    return "\n".join(lines) + "\n"


def _remarks(entry: Entry) -> list[str]:
    """What stands above an entry's texts."""
    comments = (*entry.comments, str(entry.draft)) if entry.draft else entry.comments
    lines = [_remark("#", line) for comment in comments for line in comment.split("\n")]
    if entry.note:
        lines += [_remark("#.", line) for line in entry.note.split("\n")]
    if entry.references:
        lines.append("#: " + " ".join(entry.references))
    if entry.flags:
        lines.append("#, " + ", ".join(sorted(entry.flags, key=lambda flag: flag != "fuzzy")))
    return lines


def _remark(mark: str, text: str) -> str:
    """A comment line.  At its end a backslash would join the next line to it: gettext reads files so."""
    return f"{mark} {text} " if text.endswith("\\") else f"{mark} {text}" if text else mark


def _statement(prefix: str, keyword: str, text: str) -> str:
    """A keyword with its text; one of several lines stands below it, line by line."""
    if "\n" not in text[:-1]:
        return f'{prefix}{keyword} "{_escaped(text)}"'
    lines = text.split("\n")
    ended = [f"{line}\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])
    return "\n".join([f'{prefix}{keyword} ""', *(f'{prefix}"{_escaped(line)}"' for line in ended)])


def _escaped(text: str) -> str:
    """`text` as it stands between quotes; `str.translate` takes thirty times as long where a letter is not ASCII."""
    for character, escape in _ESCAPES.items():
        if character in text:
            text = text.replace(character, escape)
    return text
