"""The translators' ground: .po files, read without loss and written without noise.

    parse(text) -> Catalog          whatever GNU gettext reads; broken files are errors with their line
    dump(catalog) -> text           the form that `msgcat --no-wrap` writes
    splice(text, old, new) -> text  entries that did not change keep their bytes

Law: `parse(dump(catalog)) == catalog`.
"""

from __future__ import annotations

import re

from pipeline.catalogs.blocks import Block, Source, scan
from pipeline.catalogs.plurals import rule
from pipeline.catalogs.writing import dump, splice
from pipeline.errors import CatalogError
from pipeline.model import Catalog, Entry, Phrase, Place

__all__ = ["EXTRACTOR", "dump", "new", "parse", "splice"]

EXTRACTOR = 1
"""The version of the segmentation, kept in each catalog's header as `X-Extractor`."""


def parse(text: str, path: str, lang: str) -> Catalog:
    """The catalog into `lang` that `text` holds; `path` is as shown to users."""
    seen = dict[tuple[str, str], Block]()
    for block in scan(Source(text), path):
        first = seen.setdefault(block.entry.key, block)
        if first is not block:
            raise _duplicate(first.entry, block.entry)
    header = seen.pop(("", ""), None)
    entries = tuple(block.entry for block in seen.values())
    if header is None or header.entry.obsolete:
        return Catalog(lang, entries, path=path)
    fields = tuple(_field(line) for line in header.entry.target.removesuffix("\n").split("\n"))
    _check_charset(dict(fields), header.entry.place)
    _check_extractor(dict(fields), header.entry.place)
    return Catalog(lang, entries, fields, header.entry.comments, header.entry.flags, path)


def new(lang: str, source_lang: str, article: str) -> Catalog:
    """An empty catalog for `article`, into `lang`; its header has no dates, so that it never changes.

    The empty fields keep `msgfmt -c` quiet; editors fill them in.
    """
    header = (
        ("Project-Id-Version", article),
        ("PO-Revision-Date", ""),
        ("Last-Translator", ""),
        ("Language-Team", ""),
        ("Language", lang),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", rule(lang)),
        ("X-Source-Language", source_lang),
        ("X-Extractor", str(EXTRACTOR)),
    )
    return Catalog(lang, header=header)


def _field(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    return (name, value.removeprefix(" ")) if colon else ("", line)


def _duplicate(first: Entry, second: Entry) -> CatalogError:
    line, context = first.place.line, second.context
    message = Phrase("this text has an entry already, on line {line}", line=line)
    if context:
        message = Phrase("{message} (context {context!r})", message=message, context=context)
    return CatalogError(
        message,
        place=second.place,
        name="duplicate-entry",
        evidence=Phrase("first:  {first}\nsecond: {second}", first=first.target, second=second.target),
        remedy=Phrase("keep the better one of the two and delete the other"),
    )


def _check_charset(fields: dict[str, str], place: Place) -> None:
    found = re.search(r"charset=([^\s;]+)", fields.get("Content-Type", ""))
    if found and found[1].upper() not in {"UTF-8", "UTF8"}:
        raise CatalogError(
            Phrase(
                "its header names the charset {charset}, but catalogs are kept in UTF-8", charset=found[1]
            ),
            place=place,
            name="wrong-charset",
            evidence=f"Content-Type: {fields['Content-Type']}",
            remedy=Phrase(
                'write "Content-Type: text/plain; charset=UTF-8\\n" (msgconv -t UTF-8 converts a file)'
            ),
        )


def _check_extractor(fields: dict[str, str], place: Place) -> None:
    value = fields.get("X-Extractor", str(EXTRACTOR)).strip()
    if not value.isdecimal() or int(value) > EXTRACTOR:
        raise CatalogError(
            Phrase(
                "it was written by a newer version (X-Extractor: {theirs}; this one knows {ours})",
                theirs=value,
                ours=EXTRACTOR,
            ),
            place=place,
            name="newer-catalog",
            remedy=Phrase("update Tvilling"),
        )
