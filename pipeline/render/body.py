"""Blocks with their ids, states and languages; marks where no person has checked one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from pipeline.model import Kind, Place, Segment
from pipeline.render import safe
from pipeline.render.finish import Footnotes, open_addresses, without_ids
from pipeline.render.nouns import Heading, Label, Mark, Part
from pipeline.render.shown import Shown
from pipeline.render.stamps import Block

KEPT = re.compile(r"<\?tvilling-off (\w+)\?>(?:(.*?)<\?tvilling-on\?>)?|<\?tvilling-on\?>", re.DOTALL)
"""A passage that is not translated; or a mark that stands alone, in a line that is no directive."""
FRAME = re.compile(r'(</?table>|<pre>|<div class="(?:note|tip|important|warning|caution)">)')
PICTURE = re.compile(r'<img\b([^<>]*?)\stitle="([^"]+)"([^<>]*)>')
"""A picture with a caption, if it is alone in its paragraph."""
FIRST_TAG = re.compile(r"\A<[A-Za-z][\w-]*(?![^>]*\sid=)")
NO_TEXT = re.compile(r'<sup class="footnote-reference">.*?</sup>|<[^>]*>', re.DOTALL)

Placed = tuple[str | Mark | Label, Place]


def body(
    pieces: Sequence[str | Block], showns: Sequence[Shown], originals: Mapping[int, str], lang: str, path: str
) -> tuple[Part, ...]:
    """The parts of a page in `lang`; `originals` has each segment's own HTML."""
    placed = list(_placed(pieces, showns, originals, lang, Place(path)))
    footnotes = Footnotes(part for part, _ in placed if isinstance(part, str))
    parts = list[Part]()
    for part, place in placed:
        if isinstance(part, str):
            parts += open_addresses(footnotes.linked(part), place)
        else:
            parts.append(part)
    return tuple(_joined(parts))


def _placed(
    pieces: Sequence[str | Block],
    showns: Sequence[Shown],
    originals: Mapping[int, str],
    lang: str,
    place: Place,
) -> Iterator[Placed]:
    heading = ""
    for piece in pieces:
        if isinstance(piece, str):
            text = KEPT.sub(partial(_kept, lang), piece)
            yield from ((part, place) for part in _framed(text, heading))
            continue
        shown = showns[piece.number]
        here = shown.translation.place if shown.translation else shown.segment.place
        if re.fullmatch("h[1-6]", piece.tag):
            heading = shown.segment.anchor
        for part in _block(piece, shown, originals.get(piece.number, ""), lang):
            yield part, here


def _kept(lang: str, found: re.Match[str]) -> str:
    spoken, inside = found[1], found[2] or ""
    if not inside.strip() or not safe.is_whole(inside):
        return inside
    foreign = "" if spoken == lang else f' lang="{spoken}"'
    return f'<div{foreign} translate="no">{inside}</div>'


def _framed(text: str, heading: str) -> Iterator[str | Label]:
    """`text`, what stands between two blocks, with the frames that a page needs.

    A wide table scrolls by itself, an admonition says its name, and no browser translates code.
    """
    for part in FRAME.split(text):
        if part == "<table>" and heading:
            yield f'<div class="scroll" tabindex="0" role="group" aria-labelledby="{html.escape(heading)}"><table>'
        elif part == "<table>":
            yield from (
                '<div class="scroll" tabindex="0" role="group" aria-label="',
                Label("table"),
                '"><table>',
            )
        elif part == "</table>":
            yield "</table></div>"
        elif part == "<pre>":
            yield '<pre translate="no">'
        elif FRAME.fullmatch(part):
            name = part.split('"')[1]
            yield from (f'<div class="{name}" role="note"><p class="name">', Label(name), "</p>")
        else:
            yield part


def _block(block: Block, shown: Shown, original: str, lang: str) -> Iterator[str | Mark]:
    segment = shown.segment
    marks = () if shown.status.is_plain else (_mark(block, shown, original),)
    spoken = lang if shown.translation else segment.lang
    foreign = "" if spoken == lang else f' lang="{html.escape(spoken)}"'
    told = _identity(segment) + f' data-state="{shown.status}"'
    if segment.kind is Kind.HTML:
        is_whole = safe.is_whole(segment.text)
        clean = safe.block if is_whole else safe.unclosed
        inside = clean(shown.text, segment.text) if shown.translation else shown.text
        if is_whole:
            yield f"<div{told}{foreign}>{inside}</div>"
        else:
            yield FIRST_TAG.sub(lambda found: f"{found[0]}{told}{foreign}", inside, count=1)
        yield from marks
        return
    inside = safe.inline(block.inside) if shown.translation else block.inside
    attributes = re.sub(r'\sid="[^"]*"', "", block.attributes) if segment.anchor else block.attributes
    if block.tag == "p" and (picture := PICTURE.fullmatch(inside)):
        image, caption = f"<img{picture[1]}{picture[3]}>", picture[2]
        yield f"<figure{attributes}{told}{foreign}>{image}<figcaption>{caption}</figcaption></figure>"
        yield from marks
    elif block.after:
        yield f"<{block.tag}{attributes}{told}{foreign}>{block.before}{inside}{block.after}"
        yield from marks
    elif block.tag:
        # An item may hold more than its text: only the text is in the other language.
        text = f"<span{foreign}>{inside}</span>" if foreign else inside
        yield f"<{block.tag}{attributes}{told}>{block.before}{text}"
        yield from marks
    else:
        yield f"<span{told}{foreign}>{inside}</span>"
        yield from marks


def _identity(segment: Segment) -> str:
    return f' id="{html.escape(segment.anchor)}"' if segment.anchor else ""


def _mark(block: Block, shown: Shown, original: str) -> Mark:
    is_small = block.tag in ("td", "th", "dt", "")
    if shown.translation is None:
        return Mark(shown.status, shown.segment.lang, (), is_small)
    parts = tuple(open_addresses(without_ids(original), shown.segment.place))
    return Mark(shown.status, shown.segment.lang, parts, is_small)


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    texts = list[str]()
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        if any(texts):
            yield "".join(texts)
        texts.clear()
        yield part
    if any(texts):
        yield "".join(texts)


def contents(pieces: Iterable[str | Block], showns: Sequence[Shown], lang: str) -> tuple[Heading, ...]:
    """The headings of the second and third level, those below in those above."""
    found = list[Heading]()
    for piece in pieces:
        if isinstance(piece, str) or piece.tag not in ("h2", "h3"):
            continue
        shown = showns[piece.number]
        text = html.unescape(NO_TEXT.sub("", piece.inside)).strip()
        spoken = lang if shown.translation else shown.segment.lang
        found.append(Heading(int(piece.tag[1]), shown.segment.anchor, text, spoken))
    return _nested(found)


def _nested(flat: Sequence[Heading]) -> tuple[Heading, ...]:
    top = list[tuple[Heading, list[Heading]]]()
    for heading in flat:
        if top and heading.level > top[-1][0].level:
            top[-1][1].append(heading)
        else:
            top.append((heading, []))
    return tuple(Heading(head.level, head.anchor, head.text, head.lang, tuple(below)) for head, below in top)
