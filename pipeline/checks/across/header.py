"""The header of a catalog lacks a field, or a field is still the template's.

Editors and `msgfmt -c` want to know the language, the charset and who translated; Tvilling writes all fields
into a new catalog.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model import Catalog, Entry, Phrase, Severity, Term

SEVERITY = Severity.WARNING
REMEDY = Phrase("open the catalog's properties in your editor and fill in the field")
ALONE = True
FIELDS = {
    "Project-Id-Version": "PACKAGE VERSION",
    "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
    "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
    "Language-Team": "LANGUAGE <LL@li.org>",
    "MIME-Version": None,
    "Content-Type": "text/plain; charset=CHARSET",
    "Content-Transfer-Encoding": "ENCODING",
    "Language": None,
}
"""Field → what a template says."""


def check(catalogs: Sequence[Catalog], terms: Sequence[Term]) -> Iterator[tuple[int, Entry | None, Phrase]]:
    """One message for each field."""
    for number, catalog in enumerate(catalogs):
        header = dict(catalog.header)
        if not header:
            yield number, None, Phrase("the catalog has no header")
            continue
        for name, initial in FIELDS.items():
            if name not in header:
                yield number, None, Phrase("the header lacks {field}", field=name)
            elif header[name] == initial:
                yield number, None, Phrase("{field} is still “{initial}”", field=name, initial=header[name])
        language = header.get("Language", "")
        if language and language.replace("-", "_").partition("_")[0] != catalog.lang:
            differs = Phrase(
                "the header says Language: {language}, the folder {folder}",
                language=language,
                folder=catalog.lang,
            )
            yield number, None, differs
