"""The values that templates are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from pipeline.checks.elsewhere import PAGES
from pipeline.memory import Match
from pipeline.model import Article, Finding, State
from pipeline.review import diff, edits, preview
from pipeline.review.desk import ORDER, Desk, Filter, Row
from pipeline.review.disk import Key
from pipeline.review.scenes import Scene, scenes
from pipeline.review.session import Session, edited


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its HTML."""

    row: Row
    original: str
    translation: str
    help: Help | None = None
    """What stands beside an open editor."""


@dataclass(frozen=True, slots=True)
class Help:
    """All that helps to translate one block."""

    is_plain: bool
    """Is the original without markup, so that its pieces may stand as its text?"""
    pieces: tuple[preview.Piece, ...]
    terms: tuple[preview.Piece, ...]
    """The pieces with a term, each once."""
    changes: tuple[diff.Run, ...]
    """The way from the previous original to this one; empty unless it changed."""
    matches: tuple[Match, ...]
    note: str
    waivers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Views:
    """Values for the templates, from the session."""

    session: Session

    def overview(self, query: str) -> dict[str, object]:
        """All desks, those with work first, and where `query` is found."""
        found = sorted(self.session.desks(), key=_urgency)
        wanted = Filter(query=query)
        hits = [(one, rows) for one in found if query and (rows := one.shown(wanted))]
        return {
            "desks": found,
            "query": query,
            "hits": hits,
            "first": _first(found),
            "waiting": self.session.findings.waiting,
        }

    def desk(self, key: Key, desk: Desk, wanted: Filter, opened: Row | None) -> dict[str, object]:
        """One desk with the rows that `wanted` shows, and the opened one."""
        rows = [row for row in desk.rows if wanted.shows(row) or row is opened]
        return {
            "desk": desk,
            "wanted": wanted,
            "rows": self.rows(key, desk, rows, opened),
            "scenes": self.scenes(desk) if len(rows) == len(desk.rows) else {},
            "opened": opened,
            "todo": desk.todo(),
            "others": self.others(key),
        }

    def others(self, key: Key) -> tuple[Desk, ...]:
        """The other desks of the same article, and the next one with work."""
        found = [one for one in self.session.desks() if (one.lang, one.name) != key]
        twins = [one for one in found if one.name == key[1]]
        open_ones = [one for one in sorted(found, key=_urgency) if one.done < 100 and one not in twins]
        return (*twins, *open_ones[:1])

    def rows(self, key: Key, desk: Desk, rows: list[Row], opened: Row | None = None) -> list[Shown]:
        """`rows` with their HTML."""
        segments = [row.segment for row in desk.rows]
        before, after = self.sides(desk)
        originals = preview.blocks_in(before, segments, [segment.text for segment in segments])
        translations = preview.blocks_in(after, segments, self.texts(desk))
        html = dict(
            zip([row.id for row in desk.rows], zip(originals, translations, strict=True), strict=True)
        )
        return [
            Shown(row, *html[row.id], self.help(key, row, html[row.id][0]) if row is opened else None)
            for row in rows
        ]

    def texts(self, desk: Desk) -> list[str]:
        """What stands on the right side: originals in the desk's own language as they are."""
        return ["\n".join(row.texts) or row.segment.text for row in desk.rows]

    def sides(self, desk: Desk) -> tuple[preview.Page, preview.Page]:
        """The whole page in both languages."""
        article, segments = self.article(desk), [row.segment for row in desk.rows]
        original = preview.parts(article, segments, [segment.text for segment in segments])
        return original, preview.parts(article, segments, self.texts(desk))

    def scenes(self, desk: Desk) -> dict[str, list[Scene]]:
        """What stands before each row without an entry of its own; behind the last one under an empty id."""
        found = dict[str, list[Scene]]()
        for scene in scenes(*self.sides(desk)):
            row = desk.rows[scene.before].id if scene.before < len(desk.rows) else ""
            found.setdefault(row, []).append(scene)
        return found

    def help(self, key: Key, row: Row, original: str) -> Help | None:
        """What stands beside the editor of `row`."""
        if row.entry is None:
            return None
        text, previous = row.segment.text, row.entry.previous
        pieces = preview.terms_in(text, self.session.disk.loaded.terms, row.segment.lang)
        return Help(
            original == escape(text, quote=False),
            pieces,
            tuple({piece.term: piece for piece in pieces if piece.term}.values()),
            diff.words(previous, text) if previous and previous != text else (),
            self.session.matches(key, row),
            edits.note_of(row.entry),
            row.entry.waivers,
        )

    def live(self, key: Key, desk: Desk, row: Row, texts: tuple[str, ...]) -> dict[str, object]:
        """What the checks say of `texts`, and how they will look."""
        findings: tuple[Finding, ...] = ()
        if row.entry:
            typed = self.session.findings.check(key, edited(row.entry, texts), row.segment.kind)
            findings = (*typed, *(each for each in row.findings if each.check in PAGES))
        segments = [one.segment for one in desk.rows]
        number = desk.rows.index(row)
        shown = preview.block(self.article(desk), segments, number, "\n".join(texts))
        return {"desk": desk, "row": row, "findings": findings, "shown_html": shown}

    def article(self, desk: Desk) -> Article | None:
        """The article of a desk."""
        return self.session.disk.loaded.by_name.get(desk.name) if desk.has_article else None


def _urgency(desk: Desk) -> tuple[int, int, str]:
    """Sorts by the worst state, then by how much there is to do; what is done comes last."""
    worst = min((ORDER.index(state) for state in desk.words), default=len(ORDER))
    waiting = sum(words for state, words in desk.words.items() if state is not State.REVIEWED)
    return (worst, -waiting, desk.name)


def _first(desks: list[Desk]) -> tuple[Desk, Row] | None:
    """What to do first of all."""
    return next(((desk, row) for desk in desks if (row := desk.todo())), None)
