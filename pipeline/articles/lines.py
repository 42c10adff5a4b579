"""Line numbers, counted from front to back."""

from __future__ import annotations

from pipeline.model import Place


class Lines:
    """Tells places of a text from `start` on; cheaply, if asked in order."""

    def __init__(self, text: str, path: str, start: int = 0) -> None:
        self.text = text
        self.path = path
        self.index = self.start = start
        self.line = text.count("\n", 0, start) + 1

    def place(self, index: int) -> Place:
        """Where the character `index`, counted from `start`, stands."""
        index += self.start
        if index < self.index:
            self.index, self.line = 0, 1
        self.line += self.text.count("\n", self.index, index)
        self.index = index
        return Place(self.path, self.line)
