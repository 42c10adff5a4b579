"""Links between articles that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from pipeline.model import Finding, Phrase, Severity
from pipeline.render import Asset, Card, Link

PLACE = re.compile(r"[?#].*", re.DOTALL)
"""A place inside of a file, as in `table.pdf#page=2`."""


def broken(card: Card, cards: Mapping[str, Card], assets: Collection[str]) -> Iterator[Finding]:
    """A finding for each of an article, where it stands; `assets` are the files beside the articles."""
    for lang, head in card.heads.items():
        for link in head.links:
            problem = _problem(card, cards, lang, link, assets)
            if problem:
                message, remedy = problem
                yield Finding("broken-link", Severity.ERROR, message, link.place, card.name, remedy=remedy)


def _problem(
    card: Card, cards: Mapping[str, Card], lang: str, link: Link | Asset, assets: Collection[str]
) -> tuple[Phrase, Phrase] | None:
    if isinstance(link, Asset):
        path = PLACE.sub("", link.path)
        if path in assets:
            return None
        message = Phrase("there is no file {path!r} beside the articles", path=path)
        return message, Phrase("correct the address, or add the file")
    name = link.name or card.name
    if name not in cards:
        message = Phrase("there is no article {name!r}", name=link.name)
        return message, Phrase("correct the address: the file's name, as other.md")
    if link.fragment and not cards[name].heads[lang].has(link.fragment):
        path = cards[name].path
        message = Phrase("{path} has no block with the id {id!r}", path=path, id=link.fragment)
        return message, Phrase("correct what follows the #, or give the heading that id: ## Heading {{#id}}")
    return None
