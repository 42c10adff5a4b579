"""Where a text is cut into sentences: never inside of markup, and at every line break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline import markdown, sentences
from pipeline.markdown import Mark
from pipeline.model import Kind


def places(text: str, kind: Kind, lang: str, *, plain: bool = False) -> Iterator[tuple[int, int]]:
    """Where the sentences stand, without the white space round them; markup is never cut in two."""
    if kind is Kind.HTML:
        yield (0, len(text))
        return
    spans = [] if plain or kind.is_front else markdown.spans(text)
    cuts = {0, len(text)}
    place = 0
    for sentence in sentences.split(_shadow(text, spans), lang):
        place += len(sentence)
        cuts.add(_outside(place, spans))
    for span in spans:
        if span.kind is Mark.BREAK and _outside(span.start, spans) == span.start:
            cuts |= {span.start, span.end}
    breaks = {(span.start, span.end) for span in spans if span.kind is Mark.BREAK}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        inside = text[start:end].strip()
        if inside and (start, end) not in breaks:
            first = start + text[start:end].index(inside)
            yield (first, first + len(inside))


def _shadow(text: str, spans: Sequence[markdown.Span]) -> str:
    """`text` with letters in place of what only looks like the end of a sentence: code, addresses."""
    shadow = list(text)
    for span in spans:
        if span.kind is Mark.BREAK:
            shadow[span.start : span.end] = " " * (span.end - span.start)
        elif span.kind in (Mark.CODE, Mark.AUTOLINK, Mark.HTML, Mark.FOOTNOTE):
            shadow[span.start : span.end] = "x" * (span.end - span.start)
        elif span.kind in (Mark.LINK, Mark.IMAGE):
            shadow[span.inner[1] : span.end] = "x" * (span.end - span.inner[1])
    return "".join(shadow)


def _outside(place: int, spans: Sequence[markdown.Span]) -> int:
    """`place`, or the end of the markup that stands across it; 0 where that would split more."""
    for span in spans:
        if span.kind not in (Mark.TEXT, Mark.BREAK) and span.start < place < span.end:
            return _outside(span.end, spans) if place >= span.inner[1] else 0
    return place
