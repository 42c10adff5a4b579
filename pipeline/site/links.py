"""Links between articles that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Finding, Severity
from pipeline.render import Asset, Card, Link

if TYPE_CHECKING:
    from pipeline.site.library import Library

PLACE = re.compile(r"[?#].*", re.DOTALL)
"""A place inside of a file, as in `table.pdf#page=2`."""


def broken(library: Library, assets: frozenset[str]) -> Iterator[Finding]:
    """A finding for each, where it stands; `assets` are the files beside the articles."""
    for name, card in library.cards.items():
        for lang, head in card.heads.items():
            for link in head.links:
                problem = _problem(library, card, lang, link, assets)
                if problem:
                    message, remedy = problem
                    yield Finding("broken-link", Severity.ERROR, message, link.place, name, remedy=remedy)


def _problem(
    library: Library, card: Card, lang: str, link: Link | Asset, assets: frozenset[str]
) -> tuple[str, str] | None:
    if isinstance(link, Asset):
        path = PLACE.sub("", link.path)
        if path in assets:
            return None
        return f"there is no file {path!r} beside the articles", "correct the address, or add the file"
    target = library.cards.get(link.name or card.name)
    if target is None:
        return f"there is no article {link.name!r}", "correct the address: the file's name, as other.md"
    if link.fragment and not target.heads[lang].has(link.fragment):
        known = f"{target.path} has no block with the id {link.fragment!r}"
        return known, "correct what follows the #, or give the heading that id: ## Heading {#id}"
    return None
