"""tvilling.toml, read once into a frozen value.

Functions get the two values they need, never the whole.  A wrong key or value is an error that
names the key and its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.errors import ConfigError
from pipeline.model import Place

NAME = "tvilling.toml"


@dataclass(frozen=True, slots=True)
class Folders:
    """Absolute paths of the project's folders."""

    sources: Path
    locale: Path
    templates: Path
    models: Path
    output: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages need to know of the site as a whole."""

    url: str = ""
    """Scheme and host, without a final slash; empty: no absolute addresses."""
    base: str = "/"
    """The path under which the site is served, with a slash at both ends."""
    title: Mapping[str, str] = field(default_factory=dict)
    """Language → the site's name."""
    status: bool = False
    """Is there a page that says how far the translations are?"""
    search: bool = True
    """Can readers search, where Pagefind is installed?"""


@dataclass(frozen=True, slots=True)
class Translate:
    """How drafts are made."""

    engines: tuple[str, ...] = ("memory", "argos")
    near: float = 0.75
    beam: int = 4
    threads: int = 0
    libretranslate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """A project."""

    root: Path
    languages: tuple[str, str]
    folders: Folders
    site: Site
    translate: Translate
    lines: bool = False
    """Do `#:` comments carry line numbers?"""

    def other(self, lang: str) -> str:
        """The language that `lang` is translated into."""
        first, second = self.languages
        return second if lang == first else first

    def catalog_path(self, lang: str, name: str) -> Path:
        """Where the catalog `name` (a slug, or `site`) of the target language `lang` stands."""
        return self.folders.locale / lang / "LC_MESSAGES" / f"{name}.po"

    def shown(self, path: Path) -> str:
        """`path` as a user of this project would type it."""
        return files.shown(path, self.root)


FOLDERS = {
    "sources": "source_texts",
    "locale": "locale",
    "templates": "templates",
    "models": "models",
    "output": "public",
    "cache": ".tvilling",
}
KEYS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "": {"languages": list, "folders": dict, "site": dict, "translate": dict, "catalogs": dict},
    "folders": dict.fromkeys(FOLDERS, str),
    "site": {"url": str, "base": str, "title": dict, "status": bool, "search": bool},
    "translate": {
        "engines": list,
        "near": (int, float),
        "beam": int,
        "threads": int,
        "libretranslate": list,
    },
    "catalogs": {"lines": bool},
}
WORDS = {list: "a list", dict: "a table", str: "a text", int: "a whole number", bool: "true or false"}


def read(root: Path) -> Config:
    """The configuration of the project in `root`."""
    path = root / NAME
    if not path.is_file():
        raise ConfigError(
            "there is no tvilling.toml here",
            place=Place(str(root)),
            name="no-project",
            remedy="name the project's folder with -C DIR, or make one with: tvilling init DIR",
        )
    return parse(files.read_text(path, root), root.resolve())


def parse(text: str, root: Path) -> Config:
    """The configuration that `text` describes, for a project in the absolute path `root`."""
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ConfigError(
            f"not valid TOML: {error}",
            place=Place(NAME, int(found[1]) if found else text.count("\n") + 1),
            name="bad-toml",
            remedy="see https://toml.io for the syntax",
        ) from error
    reader = _Reader(text)
    reader.check(data)
    folders = {name: reader.folder(data, name, root) for name in FOLDERS}
    reader.keep_apart(folders)
    return Config(
        root=root,
        languages=reader.languages(data),
        folders=Folders(**folders),
        site=reader.site(data),
        translate=reader.translate(data),
        lines=data.get("catalogs", {}).get("lines", False),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes values out of parsed TOML; the text is kept for the lines of errors."""

    text: str

    def wrong(self, section: str, key: str, message: str, remedy: str) -> ConfigError:
        name = f"{section}.{key}" if section else key
        return ConfigError(
            f"{name}: {message}",
            place=Place(NAME, self.line(section, key)),
            name="bad-configuration",
            remedy=remedy,
        )

    def line(self, section: str, key: str) -> int:
        """The line on which `key` of `section` is set, 1 if it is nowhere."""
        here = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := re.match(r"\s*\[\s*([^\]]+?)\s*\]", line):
                here = header[1]
                if not section and here.partition(".")[0] == key:
                    return number
            elif here == section and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
                return number
        return 1

    def check(self, data: dict[str, Any]) -> None:
        for section, keys in KEYS.items():
            table = data.get(section, {}) if section else data
            for key, value in table.items():
                if key not in keys:
                    known = ", ".join(keys)
                    raise self.wrong(section, key, "unknown key", f"known here: {known}")
                self.check_type(section, key, value, keys[key])

    def check_type(self, section: str, key: str, value: Any, kind: type | tuple[type, ...]) -> None:
        is_bool = isinstance(value, bool)
        if is_bool != (kind is bool) or not isinstance(value, kind):
            word = WORDS[kind] if isinstance(kind, type) else "a number"
            raise self.wrong(section, key, f"must be {word}, not {value!r}", "correct the value")

    def languages(self, data: dict[str, Any]) -> tuple[str, str]:
        value = data.get("languages", [])
        good = [code for code in value if isinstance(code, str) and re.fullmatch(r"[a-z]{2,3}", code)]
        if len(value) != 2 or len(set(good)) != 2:
            remedy = 'write two different ISO 639 codes: languages = ["en", "sv"]'
            raise self.wrong("", "languages", f"must name two languages, not {value!r}", remedy)
        return (good[0], good[1])

    def folder(self, data: dict[str, Any], name: str, root: Path) -> Path:
        value: str = data.get("folders", {}).get(name, FOLDERS[name])
        path = (root / value).resolve()
        if path == root or not path.is_relative_to(root):
            remedy = "name a folder inside the project"
            raise self.wrong("folders", name, f"{value!r} is not inside the project", remedy)
        return path

    def keep_apart(self, folders: Mapping[str, Path]) -> None:
        """An error where the site or the caches would be written among other files, and over them."""
        for name in ("output", "cache"):
            for other, path in folders.items():
                mine = folders[name]
                if other != name and (mine.is_relative_to(path) or path.is_relative_to(mine)):
                    remedy = "name a folder that holds nothing else"
                    raise self.wrong("folders", name, f"it overlaps with folders.{other}", remedy)

    def site(self, data: dict[str, Any]) -> Site:
        table = data.get("site", {})
        url, base = table.get("url", ""), table.get("base", "/")
        if url and not re.fullmatch(r"https?://[^/\s]+", url):
            remedy = 'write scheme and host only: url = "https://example.org"'
            raise self.wrong("site", "url", f"not a web address: {url!r}", remedy)
        if not re.fullmatch(r"/(\w[\w.~-]*/)*", base):
            raise self.wrong("site", "base", f"not a path: {base!r}", 'begin and end with a slash: "/docs/"')
        for lang, title in table.get("title", {}).items():
            if lang not in data["languages"]:
                raise self.wrong("site", "title", f"{lang!r} is none of the languages", "correct the code")
            if not isinstance(title, str):
                raise self.wrong("site", "title", f"{lang}: must be a text", 'write { en = "…", sv = "…" }')
        pages = table.get("status", False), table.get("search", True)
        return Site(url, base, table.get("title", {}), *pages)

    def translate(self, data: dict[str, Any]) -> Translate:
        table = dict(data.get("translate", {}))
        for key in ("engines", "libretranslate"):
            if not all(isinstance(item, str) for item in table.get(key, [])):
                raise self.wrong("translate", key, "must be a list of texts", "quote each item")
        for key, low, high in (("near", 0.5, 1), ("beam", 1, 64), ("threads", 0, 1024)):
            if not low <= table.get(key, low) <= high:
                remedy = f"choose a value from {low} to {high}"
                raise self.wrong("translate", key, f"out of range: {table[key]}", remedy)
        lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
        settings: dict[str, Any] = table | lists
        return Translate(**settings)
