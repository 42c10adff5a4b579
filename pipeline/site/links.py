"""Links between articles that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Finding, Phrase, Severity
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
) -> tuple[Phrase, Phrase] | None:
    if isinstance(link, Asset):
        path = PLACE.sub("", link.path)
        if path in assets:
            return None
        message = Phrase("there is no file {path!r} beside the articles", path=path)
        return message, Phrase("correct the address, or add the file")
    target = library.cards.get(link.name or card.name)
    if target is None:
        message = Phrase("there is no article {name!r}", name=link.name)
        return message, Phrase("correct the address: the file's name, as other.md")
    if link.fragment and not target.heads[lang].has(link.fragment):
        message = Phrase("{path} has no block with the id {id!r}", path=target.path, id=link.fragment)
        return message, Phrase("correct what follows the #, or give the heading that id: ## Heading {{#id}}")
    return None
