"""The translated address of an article: derived from its reviewed title, then stable.

An address that was once published is kept in the slug entry's comments (`# address: …`), so that
the site can redirect from it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from pipeline.model import Article, Catalog, Entry, Kind, State

ADDRESS = "address: "
LONGEST = 100
"""So many characters; a folder's name may have some more everywhere."""
FORM = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ł": "l"})


def slugify(title: str) -> str:
    """`title` as an address: ASCII letters without marks, digits, hyphens; empty if nothing is left.

    >>> slugify("Kramp i benen på natten")
    'kramp-i-benen-pa-natten'
    """
    letters = title.casefold()
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters.translate(LETTERS))
        letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def is_address(text: str) -> bool:
    """Can `text` be the name of an article's folder, anywhere, and stay within the site?"""
    return len(text) <= LONGEST and FORM.fullmatch(text) is not None


def settle(catalog: Catalog, before: Catalog) -> Catalog:
    """`catalog` with the slug entry it should have; `before` is the catalog as it stood on disk.

    An address once given stays, also when the original's address changes; a new one is derived when
    the title is reviewed; every address ever given is remembered.
    """
    slug = _only(catalog, Kind.SLUG)
    if slug is None:
        return catalog
    target = slug.target or _former(before)
    if not target:
        title = _only(catalog, Kind.TITLE)
        if title is not None and title.state is State.REVIEWED:
            target = _shortened(slugify(title.target))
    if not target:
        return catalog
    settled = replace(
        slug,
        target=target,
        flags=tuple(flag for flag in slug.flags if flag != "fuzzy"),
        previous="",
        previous_context="",
        draft=None,
        comments=_remembering(slug, before, target),
    )
    entries = (settled if entry is slug else entry for entry in catalog.entries)
    return replace(catalog, entries=tuple(entries))


def given(catalog: Catalog | None) -> tuple[str, ...]:
    """All addresses ever given, in order; what can be none is passed over.

    Obsolete entries count: an article that changed its language had an address in this one before.
    """
    entries = catalog.entries if catalog else ()
    lines = (line for entry in entries if entry.context == Kind.SLUG for line in entry.comments)
    named = (line.removeprefix(ADDRESS) for line in lines if line.startswith(ADDRESS))
    return tuple(filter(is_address, dict.fromkeys(named)))


def former(article: Article, lang: str, catalog: Catalog | None) -> tuple[str, ...]:
    """The addresses that lead to `article` in `lang`: all it was ever given, and those that its author names."""
    named = article.front.get("aliases", ()) if lang == article.lang else ()
    return (*given(catalog), *named)


def of(catalog: Catalog | None) -> str:
    """The address now; empty while there is none."""
    entry = _only(catalog, Kind.SLUG) if catalog else None
    return entry.target if entry and is_address(entry.target) else ""


def _shortened(slug: str) -> str:
    """`slug`, cut between two words where it is too long."""
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]


def _only(catalog: Catalog, kind: Kind) -> Entry | None:
    return next((entry for entry in catalog.live if entry.context == kind), None)


def _former(before: Catalog) -> str:
    return next((entry.target for entry in before.entries if entry.context == Kind.SLUG and entry.target), "")


def _remembering(slug: Entry, before: Catalog, target: str) -> tuple[str, ...]:
    known = list(slug.comments)
    for entry in before.entries:
        if entry.context == Kind.SLUG:
            known += [line for line in entry.comments if line.startswith(ADDRESS) and line not in known]
    if is_address(target) and ADDRESS + target not in known:
        known.append(ADDRESS + target)
    return tuple(known)
