"""Entries as text, in the form that `msgcat --no-wrap` writes, and changed entries spliced into a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.catalogs.blocks import Block, Source, scan
from pipeline.model import Catalog, Entry

_ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        '"': '\\"',
        "\a": "\\a",
        "\b": "\\b",
        "\f": "\\f",
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "\v": "\\v",
    }
)


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
    blocks = scan(source, old.path)
    return "".join(_spliced(source, blocks, (*_header(new), *new.live, *new.obsolete), old))


def _spliced(
    source: Source, blocks: Sequence[Block], entries: Sequence[Entry], old: Catalog
) -> Iterator[str]:
    """Pieces of text.  Between two entries that were neighbours stands what stood there before."""
    kept = dict.fromkeys(_header(old)) | {block.entry: None for block in blocks}
    index_of = {block.entry.key: index for index, block in enumerate(blocks)}
    yield source.cut(0, blocks[0].start) if blocks else ""
    newline = source.newline
    before, piece = -1, newline
    for number, entry in enumerate(entries):
        index = index_of.get(entry.key, -1)
        if not piece.endswith("\n"):
            yield newline
        if number:
            neighbours = index == before + 1 and index > 0
            yield source.cut(blocks[before].end, blocks[index].start) if neighbours else newline
        if index >= 0 and entry in kept:
            piece = source.cut(blocks[index].start, blocks[index].end)
        else:
            piece = _lines_of(entry).replace("\n", newline)
        yield piece
        before = index if index >= 0 else len(blocks)
    yield source.cut(blocks[-1].end, len(source.text)) if blocks else ""


def _header(catalog: Catalog) -> tuple[Entry, ...]:
    """The header as the entry that it is in the file."""
    if not catalog.header:
        return ()
    target = "".join(f"{name}: {value}\n" if name else f"{value}\n" for name, value in catalog.header)
    return (Entry("", target, flags=catalog.header_flags, comments=catalog.header_comments),)


def _lines_of(entry: Entry) -> str:
    """The entry's lines, each with its end."""
    return "\n".join(_lines(entry)) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    draft = (str(entry.draft),) if entry.draft else ()
    yield from (_remark("#", line) for comment in (*entry.comments, *draft) for line in comment.split("\n"))
    if entry.note:
        yield from (_remark("#.", line) for line in entry.note.split("\n"))
    if entry.references:
        yield "#: " + " ".join(entry.references)
    if entry.flags:
        yield "#, " + ", ".join(sorted(entry.flags, key=lambda flag: flag != "fuzzy"))
    mark = "#~" if entry.obsolete else "#"
    if entry.previous_context:
        yield from _statement(f"{mark}| ", "msgctxt", entry.previous_context)
    if entry.previous:
        yield from _statement(f"{mark}| ", "msgid", entry.previous)
    if entry.previous_plural:
        yield from _statement(f"{mark}| ", "msgid_plural", entry.previous_plural)
    prefix = "#~ " if entry.obsolete else ""
    if entry.context:
        yield from _statement(prefix, "msgctxt", entry.context)
    yield from _statement(prefix, "msgid", entry.source)
    if not entry.plural:
        yield from _statement(prefix, "msgstr", entry.target)
        return
    yield from _statement(prefix, "msgid_plural", entry.plural)
    for index, target in enumerate(entry.targets or ("", "")):
        yield from _statement(prefix, f"msgstr[{index}]", target)


def _remark(mark: str, text: str) -> str:
    """A comment line.  At its end a backslash would join the next line to it: gettext reads files so."""
    return f"{mark} {text} " if text.endswith("\\") else f"{mark} {text}" if text else mark


def _statement(prefix: str, keyword: str, text: str) -> Iterator[str]:
    if "\n" not in text[:-1]:
        yield f'{prefix}{keyword} "{text.translate(_ESCAPES)}"'
        return
    yield f'{prefix}{keyword} ""'
    yield from (f'{prefix}"{line.translate(_ESCAPES)}"' for line in _split(text))


def _split(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
