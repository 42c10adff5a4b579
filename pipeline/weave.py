"""Splice translations into an article: each segment's text in place of its stretch of the file.

Laws: with no translations the result is the file; with each segment's own text it renders as the file does.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline import markdown
from pipeline.articles import front, plain
from pipeline.model import Article, Kind, Segment, Verbatim

Replace = Callable[[Segment], str | None]

BLANKS = " \t\r\n"
LINE_END = re.compile(r"\r\n?|\n")
SOFT = re.compile(r"(?<!\\)((?:\\\\)*)[ \t]*(?:\r\n?|\n)[ \t\r\n]*")
HARD = "\\\n"
INDENTATION = "     "
"""Before a line that would begin a block of its own; so far in, also behind a quote mark, it goes on."""
ATX = re.compile(r"(?:^|[\r\n]|[^#])#{1,6}[ \t]+\Z")
LINE_START = re.compile(r"(?:\A|[\r\n])[ \t>]*\Z")
BLANK_LINE = re.compile(r"\n(?:[ \t]*\n)+")
SUSPICIOUS = re.compile(r"[#>\-+*`~<=_|\[:]|\d{1,9}[.)]")
NUMBER = re.compile(r"\d{1,9}(?=[.)])")
CLOSING = re.compile(r"#(?<![^ \t]#)#*$")
BRACE = re.compile(r"\}(?<!\\\})$")
TASK = re.compile(r"\[[ xX]\](?=\s|$)")
BEGUN = re.compile(r"\[[ xX]\][ \t]+\Z|\]:[^\r\n]*(?:\r\n?|\n)[ \t>]*(?: {4}|\t)[ \t]*\Z")
"""What a paragraph may begin with: the box of a task, or a definition above words that are set in."""
TAG_NAME = re.compile(r"^(<[A-Za-z][\w-]*)[ \t]+")


def weave(article: Article, replace: Replace) -> str:
    """The file with each segment's `raw` replaced where `replace` gives a text."""
    newline = "\r\n" if "\r\n" in article.raw else "\n"
    pieces: list[str] = []
    for part in article.parts:
        if isinstance(part, Verbatim) or not (text := replace(part)) or not text.strip():
            pieces.append(part.raw)
        else:
            before = pieces[-1] if pieces else ""
            spliced = _spliced(article, part, text.strip(BLANKS), before)
            pieces.append(_ended(spliced).replace("\n", newline))
    return "".join(pieces)


def _ended(text: str) -> str:
    """`text` with a newline at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _spliced(article: Article, segment: Segment, text: str, before: str) -> str:
    if segment.kind.is_front and (article.is_markdown or article.front):
        return _front(segment, text)
    if not article.is_markdown:
        return plain.protected(plain.one_line(text)) if segment.raw else ""
    return _markdown(segment, _ended(text), before)


def _markdown(segment: Segment, text: str, before: str) -> str:
    match segment.kind:
        case Kind.HTML:
            return _html(segment, text)
        case Kind.CELL:
            return _cell(text, before)
        case Kind.LINK_TITLE:
            return _link_title(segment, text)
        case Kind.HEADING if ATX.search(before):
            return _heading(text)
        case _:
            return _paragraph(segment, text, is_first=not BEGUN.search(before))


def _front(segment: Segment, text: str) -> str:
    if not segment.raw:
        return f"{segment.kind}: {front.scalar(text)}\n"
    return segment.raw if text == segment.text else front.scalar(" ".join(text.split()))


def _html(segment: Segment, text: str) -> str:
    if not BLANK_LINE.search(segment.text):
        text = BLANK_LINE.sub("\n", text)  # it would end the block
    return text.replace("\n", f"\n{segment.prefix}")


def _cell(text: str, before: str) -> str:
    text = _one_line(text)
    is_bare = SUSPICIOUS.match(text) and LINE_START.search(before)
    return "| " * bool(is_bare) + _closed(text).replace("|", "\\|")


def _link_title(segment: Segment, text: str) -> str:
    raw = segment.raw
    before, after = (side[0] + " " * side[1].isspace() for side in (raw, raw[::-1]))
    quotes = re.compile(rf"(?s)(\\.)|([{re.escape(raw[0] + raw[-1])}])")
    text = quotes.sub(lambda found: found[1] or f"\\{found[2]}", _closed(_one_line(text)))
    return before + text + after[::-1]


def _heading(text: str) -> str:
    """The words of a heading that begins with #; what would be read as its end or its id is escaped."""
    return CLOSING.sub(r"\\\g<0>", _without_attributes(_one_line(text)))


def _without_attributes(text: str) -> str:
    """The words of a heading, whose last braces would be read as its attributes."""
    return BRACE.sub(r"\\}", text)


def _paragraph(segment: Segment, text: str, *, is_first: bool) -> str:
    lines = [_no_fence(line) for line in _lines(text)]
    if is_first and (text != segment.text or LINE_END.search(segment.raw)):
        lines[0] = _opening_a_paragraph(lines[0], "\\" * (len(lines) > 1))
    if segment.kind is Kind.HEADING:
        lines[-1] = _without_attributes(lines[-1])
    prefix = segment.prefix
    if len(lines) > 1 and not markdown.is_paragraph(HARD.join(lines)):
        prefix += INDENTATION
    return HARD.join(lines).replace("\n", f"\n{prefix}")


def _lines(text: str) -> list[str]:
    """`text` cut at its hard breaks, which are left out; other line ends are spaces."""
    if "\n" not in text and "\r" not in text:
        return [text.lstrip(BLANKS)]
    return [line.lstrip(BLANKS) for line in SOFT.sub(r"\1 ", text).split(HARD)]


def _one_line(text: str) -> str:
    """`text` without hard breaks, for where there can be none."""
    return " ".join(_lines(text)).strip(BLANKS)


def _closed(text: str) -> str:
    """`text` whose last character is not an escape of what comes after it."""
    return text + "\\" * ((len(text) - len(text.rstrip("\\"))) % 2)


def _no_fence(line: str) -> str:
    return f"\\{line}" if line.startswith(":::") else line


def _opening_a_paragraph(line: str, end: str) -> str:
    """`line` with an escape where it, and its `end`, would begin as a list, a heading or another block."""
    if TASK.match(line) or line.startswith("|"):
        return f"\\{line}"
    line = _no_fence(line)
    if not SUSPICIOUS.match(line) or markdown.is_paragraph(line + end):
        return line
    if number := NUMBER.match(line):
        return f"{number[0]}\\{line[number.end() :]}"
    cut = TAG_NAME.sub("\\1\n", line)
    return cut if cut != line and markdown.is_paragraph(cut + end) else f"\\{line}"
