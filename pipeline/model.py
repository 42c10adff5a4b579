"""The nouns of the trade, frozen: all stages take them and give them back.

A library's own objects (a PO entry, a Markdown event, a template) never stand here.
Change is `dataclasses.replace`; a state is derived, never stored twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2s
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a path as the user would type it, and a line from 1 (0: the whole file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


NOWHERE = Place("")


class Phrase(str):
    """A text in English that knows what it was made of, so that it can be said in another language.

    To all who take it for a text it is one like any other: `Phrase("{n} words", n=2) == "2 words"`.
    """

    __slots__ = ("template", "values")
    template: str
    """What translators see, with fields as `str.format` has them."""
    values: Mapping[str, str | int]
    """What stands in the fields; phrases among them can be said in another language themselves."""

    def __new__(cls, template: str, /, **values: str | int) -> Phrase:
        """The text, with `values` in the template's fields."""
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, str | int]]:
        """What it is made of again, when it was written down."""
        return (self.template,), self.values

    def __getstate__(self) -> None:
        """Nothing else."""


class Kind(StrEnum):
    """What a segment is in its article; decides how a translation is spliced in."""

    TITLE = "title"
    DESCRIPTION = "description"
    SLUG = "slug"
    TOPIC = "topic"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    HTML = "html"
    LINK_TITLE = "link-title"

    @property
    def is_front(self) -> bool:
        """Does it stand in the front matter?"""
        return self in (Kind.TITLE, Kind.DESCRIPTION, Kind.SLUG, Kind.TOPIC)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A stretch of the file that is the same in both versions."""

    raw: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the file that translators see.

    `raw` is as in the file.  `text` is one line: soft wraps are folded to a space, so that wrapping
    a paragraph anew changes nothing; a hard break stays as a backslash and a newline; HTML blocks keep
    their lines.  `text` spliced back in place of `raw` renders to the same HTML.
    """

    raw: str
    text: str
    lang: str
    kind: Kind = Kind.PARAGRAPH
    context: str = ""
    note: str = ""
    anchor: str = ""
    """The id of its block, the same in both versions; empty where the block can carry none."""
    prefix: str = ""
    """What each further line of the block begins with (`> `, an indentation)."""
    plural: str = ""
    """The text for several; the articles have none, the templates' words may."""
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """(context, text): what a catalog knows it by."""
        return (self.context, self.text)


@dataclass(frozen=True, slots=True)
class Article:
    """An unbroken row of parts.  Law: joined, they are the file, byte for byte."""

    slug: str
    lang: str
    parts: tuple[Segment | Verbatim, ...]
    front: dict[str, Any] = field(default_factory=dict)
    """The front matter as YAML gives it; empty for plain text."""
    path: str = ""
    is_markdown: bool = True

    @property
    def raw(self) -> str:
        """The file."""
        return "".join(part.raw for part in self.parts)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The parts for translators, in order."""
        return tuple(part for part in self.parts if isinstance(part, Segment))

    def segments_in(self, lang: str) -> tuple[Segment, ...]:
        """The segments whose original is in `lang`."""
        return tuple(segment for segment in self.segments if segment.lang == lang)


class State(StrEnum):
    """What a reader may expect of an entry."""

    MISSING = "missing"
    MACHINE = "machine"
    DRAFT = "draft"
    STALE = "stale"
    REVIEWED = "reviewed"
    REJECTED = "rejected"
    """Never an entry's own state: reports give it to an entry with a failing error-level check."""


def fingerprint(text: str) -> str:
    """Eight hex digits of `text` (BLAKE2s, RFC 7693), short enough for a comment line."""
    return blake2s(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Draft:
    """Who wrote an unreviewed translation: the `# mt:` line of a catalog.

    `# mt: <engine> <model> <hash>`, and what an engine adds after it (a rung, a score).
    """

    engine: str
    model: str
    hash: str
    detail: str = ""

    @classmethod
    def of(cls, engine: str, model: str, target: str, detail: str = "") -> Draft:
        """The line for `target`, with its fingerprint."""
        return cls(engine, model, fingerprint(target), detail)

    def __str__(self) -> str:
        return " ".join(("mt:", self.engine, self.model, self.hash, self.detail)).rstrip()

    @classmethod
    def parse(cls, line: str) -> Draft | None:
        """The draft that a comment line tells of; None for any other comment."""
        words = line.strip().split(" ", 4)
        if len(words) < 4 or words[0] != "mt:":
            return None
        return cls(words[1], words[2], words[3], words[4] if len(words) > 4 else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a catalog says of one (context, source)."""

    source: str
    target: str = ""
    context: str = ""
    plural: str = ""
    """msgid_plural; the articles have none, the templates' words may."""
    targets: tuple[str, ...] = ()
    """msgstr[0], msgstr[1] … of a plural entry; `target` is empty then."""
    flags: tuple[str, ...] = ()
    """All flags in their order, `fuzzy` among them."""
    previous: str = ""
    """`#| msgid`: the source that the target was written for."""
    previous_context: str = ""
    previous_plural: str = ""
    draft: Draft | None = None
    comments: tuple[str, ...] = ()
    """The translator's own comment lines, without `# `, and without the draft's line."""
    note: str = ""
    """`#.`: from the author to the translator; lines joined by newlines."""
    references: tuple[str, ...] = ()
    obsolete: bool = False
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """(context, source)."""
        return (self.context, self.source)

    @property
    def fuzzy(self) -> bool:
        """Does it wait for a person?"""
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Is there anything in its msgstr?"""
        return bool(self.target) or any(self.targets)

    @property
    def is_machine_made(self) -> bool:
        """Did no person touch the target?  The hash of the draft's line fits it, and it is fuzzy.

        A stale target was reviewed once: it is a person's, whatever an older line says.
        """
        if self.draft is None or not self.fuzzy or self.previous:
            return False
        return self.draft.hash == fingerprint(self.target)

    @property
    def state(self) -> State:
        """Derived as the table in the README says."""
        if not self.translated:
            return State.MISSING
        if not self.fuzzy:
            return State.REVIEWED
        if self.previous:
            return State.STALE
        return State.MACHINE if self.is_machine_made else State.DRAFT

    @property
    def waivers(self) -> dict[str, str]:
        """Check → reason, from comment lines `# accept: <check> — <reason>`."""
        found = {}
        for line in self.comments:
            if line.startswith("accept:"):
                name, _, reason = line.removeprefix("accept:").strip().partition(" ")
                found[name] = reason.strip(" —–-")
        return found

    @property
    def refused(self) -> frozenset[str]:
        """Hashes of machine drafts that a person threw away: `# rejected: <engine> <model> <hash>`."""
        lines = (line.split() for line in self.comments if line.startswith("rejected:"))
        return frozenset(words[3] for words in lines if len(words) == 4)


@dataclass(frozen=True, slots=True)
class Catalog:
    """One .po file: the entries of one article (or of the templates) in one target language."""

    lang: str
    """The target language."""
    entries: tuple[Entry, ...] = ()
    """Live and obsolete ones, in the order of the file."""
    header: tuple[tuple[str, str], ...] = ()
    """The header's fields in their order."""
    header_comments: tuple[str, ...] = ()
    header_flags: tuple[str, ...] = ()
    path: str = ""

    @property
    def live(self) -> Iterator[Entry]:
        """The entries that an article still has."""
        return (entry for entry in self.entries if not entry.obsolete)

    @property
    def obsolete(self) -> Iterator[Entry]:
        """The retired ones (`#~`)."""
        return (entry for entry in self.entries if entry.obsolete)


class Severity(StrEnum):
    """An error stops that entry from being published; a warning never does."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the glossary."""

    english: str
    swedish: str
    note: str = ""
    keep: bool = False
    """Do not translate."""
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What a check may know beside the entry itself."""

    source_lang: str
    target_lang: str
    article: str = ""
    kind: Kind = Kind.PARAGRAPH
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in content, for the person who can mend it."""

    check: str
    severity: Severity
    message: str
    place: Place = NOWHERE
    article: str = ""
    lang: str = ""
    source: str = ""
    target: str = ""
    remedy: str = ""
