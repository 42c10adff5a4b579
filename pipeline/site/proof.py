"""A site can be read before all of its files are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.site.page import Sheet


@dataclass(frozen=True, slots=True)
class Proof:
    """A site as it will be, while its files are still made."""

    key: str
    """The hash of all that is on it."""
    waiting: Mapping[str, Sheet] = field(default_factory=dict)
    """The sheets that the output folder does not hold yet, by the paths of their files."""

    def file(self, path: str) -> bytes | None:
        """What a file that waits will hold; None if it does not wait."""
        files = self.waiting[path].make() if path in self.waiting else ()
        content = next((content for name, content in files if name == path), None)
        return content.encode() if isinstance(content, str) else content


Ahead = Callable[[Proof], Callable[[], None]]
"""Is shown the site before its files are made; what it gives back is called after each sheet, and may raise."""
