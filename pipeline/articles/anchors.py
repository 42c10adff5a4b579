"""The ids of blocks: from the original, the same in both versions, each once in an article."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.markdown import Block, Leaf
from pipeline.model import fingerprint
from pipeline.slugs import slugify

LENGTH = 6
NAMELESS = "section"


class Anchors:
    """Gives each block of an article its id; `reserved` ones stand in the article."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self.used: dict[str, int] = dict.fromkeys(reserved, 1)

    def of(self, block: Block) -> str:
        """The id of the next block; empty where the block can carry none."""
        if block.id or block.leaf is Leaf.LINK_TITLE:
            return block.id
        if block.leaf is Leaf.HEADING:
            return self.unique(slugify(block.plain) or NAMELESS)
        return self.of_text(block.text)

    def of_text(self, text: str) -> str:
        """The id of a block that has no name of its own."""
        return self.unique(f"b-{fingerprint(text)[:LENGTH]}")

    def unique(self, name: str) -> str:
        """`name`, or `name-2` and so on where it is taken."""
        while (count := self.used.get(name, 0) + 1) > 1:
            self.used[name] = count
            name = f"{name}-{count}"
        self.used[name] = 1
        return name
