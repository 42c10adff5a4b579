"""Front matter: the YAML between two `---` lines at the head of a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.articles import values
from pipeline.errors import ArticleError
from pipeline.model import Kind, Phrase, Place, Segment, Verbatim
from pipeline.slugs import is_address

END = r"[ \t]*(?>\r\n?|\n|\Z)"
OPENING = re.compile(r"\ufeff?---" + END)
BLOCK = re.compile(OPENING.pattern + r"((?:[^\r\n]*(?>\r\n?|\n))*?)(?:---|\.\.\.)" + END)
PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
QUOTED = json.JSONEncoder(ensure_ascii=False).encode
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
WRONG_YAML = (ValueError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError)
"""What PyYAML lets through where a value is not what its tag or form promises, as 2024-13-45."""
NOT_YAML = Phrase("not valid YAML")

Part = Segment | Verbatim


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the body of a file."""

    parts: tuple[Part, ...]
    end: int
    values: dict[str, Any]
    slug: str
    lang: str


def body_start(text: str) -> int:
    """Where the body begins: behind the front matter, or behind a byte order mark."""
    found = BLOCK.match(text)
    return found.end() if found else int(text.startswith("\ufeff"))


def has_front(text: str) -> bool:
    """Does `text` begin as front matter does, even if it is broken?"""
    return OPENING.match(text) is not None


def load(text: str) -> dict[str, Any]:
    """The front matter of a file that was parsed before, or woven from one; {} if it has none."""
    found = BLOCK.match(text)
    return _Reader(text, "", found[1], found.start(1)).values if found else {}


def scalar(text: str) -> str:
    """`text` as a YAML scalar that is a string wherever it stands."""
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", QUOTED(text))


def read(text: str, path: str, stem: str, languages: tuple[str, str]) -> Head:
    """The front matter of an article; an error if it is absent or cannot be used."""
    found = BLOCK.match(text)
    if not found:
        raise _absent(text, path)
    reader = _Reader(text, path, found[1], found.start(1))
    lang = reader.lang(languages)
    slug, given = reader.slug(stem)
    reader.require_title()
    reader.check()
    segments = sorted(reader.segments(lang), key=lambda item: item[0])
    if not given:
        at = found.end(1)
        segments.append((at, at, Segment("", slug, lang, Kind.SLUG, "slug", place=reader.place(at))))
    return Head(tuple(_row(text, segments, found.end())), found.end(), reader.values, slug, lang)


def check_slug(slug: str, place: Place) -> str:
    """`slug`, if it is the name of a folder of the site."""
    if is_address(slug):
        return slug
    raise ArticleError(
        Phrase("{slug!r} cannot be part of an address", slug=slug),
        place=place,
        name="bad-slug",
        remedy=Phrase("use lower-case letters a–z, digits and hyphens, at most 100, as in leg-cramps"),
    )


def _absent(text: str, path: str) -> ArticleError:
    remedy = Phrase("begin the file with: ---, lang: …, title: …, ---, each on its own line")
    if has_front(text):
        message = Phrase("the front matter is not closed by a line ---")
        name = "broken-front-matter"
    else:
        message = Phrase("there is no front matter")
        name = "missing-front-matter"
    return ArticleError(message, place=Place(path, 1), name=name, remedy=remedy)


def _row(text: str, segments: list[tuple[int, int, Segment]], end: int) -> Iterator[Part]:
    """The parts up to `end`; a value that two keys share is one segment."""
    done = 0
    for start, stop, segment in segments:
        if start >= done:
            if start > done:
                yield Verbatim(text[done:start])
            yield segment
            done = stop
    if end > done:
        yield Verbatim(text[done:end])


class _Reader:
    """Takes values and their places out of YAML."""

    def __init__(self, text: str, path: str, yaml_text: str, start: int) -> None:
        self.text = text
        self.path = path
        self.start = start
        self.nodes: dict[str, Any] = {}
        self.values = self.read(yaml_text)

    def place(self, index: int) -> Place:
        return Place(self.path, self.text.count("\n", 0, index) + 1)

    def wrong(self, message: str, index: int, name: str, remedy: str) -> ArticleError:
        return ArticleError(message, place=self.place(index), name=name, remedy=remedy)

    def read(self, yaml_text: str) -> dict[str, Any]:
        import yaml

        Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # noqa: N806  a class
        at = 0
        try:
            loader = Loader(yaml_text)
            node = loader.get_single_node()
            if node is None:
                return {}
            if not isinstance(node, yaml.MappingNode):
                raise self.broken(Phrase("the front matter must be lines of the form key: value"), 0)
            self.refuse_twins(node)
            loader.flatten_mapping(node)
            found = dict[str, Any]()
            for key, value in node.value:
                at = value.start_mark.index
                found[loader.construct_object(key, deep=True)] = loader.construct_object(value, deep=True)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self.broken(error.problem or NOT_YAML, mark.index if mark else 0) from error
        except (yaml.YAMLError, *WRONG_YAML) as error:
            raise self.broken(" ".join(str(error).split()) or NOT_YAML, at) from error
        self.nodes = {key.value: value for key, value in node.value if isinstance(key.value, str)}
        return found

    def refuse_twins(self, node: Any) -> None:
        """An error for a key that stands there twice: YAML would take the last one and say nothing."""
        seen = set[str]()
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value in seen:
                twice = Phrase("{key!r} stands there twice", key=key.value)
                raise self.broken(twice, key.start_mark.index)
            seen.add(str(key.value))

    def broken(self, message: str, index: int) -> ArticleError:
        remedy = Phrase("put values that hold : or # or quotes between double quotes")
        index = min(self.start + index, len(self.text))
        broken = Phrase("the front matter is broken: {message}", message=message)
        return self.wrong(broken, index, "broken-front-matter", remedy)

    def at(self, key: str) -> int:
        node = self.nodes.get(key)
        return self.start + node.start_mark.index if node else self.start

    def lang(self, languages: tuple[str, str]) -> str:
        if "lang" not in self.nodes:
            return languages[0]
        lang = self.nodes["lang"].value  # as written: YAML takes `no` for a truth value
        if lang in languages:
            return str(lang)
        message = Phrase("the language {lang!r} is not one of the project's", lang=self.values["lang"])
        remedy = Phrase("write lang: {first} or lang: {second}", first=languages[0], second=languages[1])
        raise self.wrong(message, self.at("lang"), "unknown-language", remedy)

    def slug(self, stem: str) -> tuple[str, bool]:
        """The slug, and whether the front matter gives it."""
        node = self.nodes.get("slug")
        if node is None:
            return check_slug(stem, Place(self.path, 1)), False
        value = node.value if isinstance(node.value, str) else str(self.values["slug"])
        return check_slug(value, self.place(self.at("slug"))), True

    def require_title(self) -> None:
        title = self.values.get("title")
        if title in (None, "") or isinstance(title, (list, dict)) or not str(title).strip():
            message = Phrase("the article has no title")
            remedy = Phrase("give the article one: title: …")
            raise self.wrong(message, self.at("title"), "no-title", remedy)

    def check(self) -> None:
        """An error for a value that the site could not use; former addresses become a list."""
        try:
            values.require_text("description", self.nodes.get("description"))
            values.require_date("date", self.nodes.get("date"), self.values.get("date"))
            list(values.texts("topics", self.nodes.get("topics")))
            aliases = list(values.texts("aliases", self.nodes.get("aliases")))
        except values.WrongValueError as error:
            raise self.wrong(error.message, self.start + error.index, error.name, error.remedy) from error
        if "aliases" in self.nodes:
            self.values["aliases"] = [
                check_slug(alias, self.place(self.start + index)) for alias, index in aliases
            ]

    def segments(self, lang: str) -> Iterator[tuple[int, int, Segment]]:
        for key, kind in (("title", Kind.TITLE), ("description", Kind.DESCRIPTION), ("slug", Kind.SLUG)):
            if key in self.nodes:
                yield from self.segment(self.nodes[key], kind, lang)
        topics = self.nodes.get("topics")
        if topics is not None:
            for node in topics.value if isinstance(topics.value, list) else [topics]:
                yield from self.segment(node, Kind.TOPIC, lang)

    def segment(self, node: Any, kind: Kind, lang: str) -> Iterator[tuple[int, int, Segment]]:
        text = " ".join(node.value.split()) if isinstance(node.value, str) else ""
        if not text:
            return
        start, end = (self.start + mark.index for mark in (node.start_mark, node.end_mark))
        start = PROPERTIES.match(self.text, start, end).end()  # type: ignore[union-attr]
        raw = self.text[start:end].rstrip()
        segment = Segment(raw, text, lang, kind, kind.value, place=self.place(start))
        yield start, start + len(raw), segment
