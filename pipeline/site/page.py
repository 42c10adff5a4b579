"""What each template is given: the page itself, and its ways to other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class About:
    """What templates may say of the site as a whole."""

    languages: tuple[str, str]
    titles: Mapping[str, str]
    url: str
    base: str
    status: str = ""
    """The path of the page that says how far the translations are; empty: there is none."""
    search: bool = False
    """Has each language a search?"""

    def absolute(self, path: str) -> str:
        """The full address of `path`, a path under the output folder."""
        return self.url + self.base + address(path)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site."""

    lang: str
    path: str
    """Where it stands under the output folder: `en/leg-cramps/`, `404.html`."""
    title: str
    title_lang: str = ""
    """The title's language, where it is not the page's."""
    description: str = ""
    twin: str = ""
    """The path of the same page in the other language."""
    alternates: Mapping[str, str] = field(default_factory=dict)
    """Language → path of each real version, this one among them; empty where there is only one."""
    canonical: str = ""
    """The path that search engines should keep; empty: none."""
    fallback: str | None = None
    """The path for readers of any other language; None: no such."""
    base: str = ""
    """How addresses begin where the page may be served from anywhere, as a 404 is."""

    @property
    def file(self) -> str:
        """The file to write."""
        return self.path if self.path.endswith(".html") else f"{self.path}index.html"

    def to(self, path: str) -> str:
        """The address of `path`, a path under the output folder, as a link on this page.

        Relative, so that the site works under any path and in a folder on disk.
        """
        path, hash_, fragment = path.partition("#")
        path, query, version = path.partition("?")
        return (self._way(path) or "./") + query + version + hash_ + fragment

    def _way(self, path: str) -> str:
        if self.base:
            return self.base + address(path)
        here, there = self.path.split("/")[:-1], path.split("/")
        shared = 0
        while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
            shared += 1
        return "../" * (len(here) - shared) + address("/".join(there[shared:]))


File = tuple[str, str | bytes]
"""(path under the output folder, content)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Files that are made together, and all that decides what is in them.

    Law: two sheets of one site with equal `inputs` make the same files.
    """

    inputs: tuple[object, ...]
    """Texts, numbers and tuples of them, beside templates, words and settings."""
    make: Callable[[], Iterator[File]]
    paths: tuple[str, ...]
    """Where its files stand under the output folder, as far as that is known before they are made."""


def address(path: str) -> str:
    """`path` as a part of a web address."""
    return quote(path, safe="/-_.~")
