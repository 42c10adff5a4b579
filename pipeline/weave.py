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
SOFT = re.compile(r"(?<!\\)((?:\\\\)*)[ \t]*(?:\r\n?|\n)[ \t\r\n]*")
HARD = "\\\n"
INDENTATION = "    "
"""Before a line that would begin a block of its own; so far in, it goes on with the paragraph."""
ATX = re.compile(r"(?:^|[\r\n]|[^#])#{1,6}[ \t]+\Z")
LINE_START = re.compile(r"(?:\A|[\r\n])[ \t>]*\Z")
BLANK_LINE = re.compile(r"\n(?:[ \t]*\n)+")
SUSPICIOUS = re.compile(r"[#>\-+*`~<=_|\[]|\d{1,9}[.)]")
NUMBER = re.compile(r"\d{1,9}(?=[.)])")
TASK = re.compile(r"\[[ xX]\](?=\s|$)")
LONE_TAG = re.compile(r"(<[A-Za-z][\w-]*)[ \t]+(?=[^>]*>$)")


def weave(article: Article, replace: Replace) -> str:
    """The file with each segment's `raw` replaced where `replace` gives a text."""
    newline = "\r\n" if "\r\n" in article.raw else "\n"
    pieces: list[str] = []
    for part in article.parts:
        text = None if isinstance(part, Verbatim) else replace(part)
        if text is None or isinstance(part, Verbatim) or not text.strip():
            pieces.append(part.raw)
        else:
            before = pieces[-1] if pieces else ""
            pieces.append(_spliced(article, part, text.strip(BLANKS), before).replace("\n", newline))
    return "".join(pieces)


def _spliced(article: Article, segment: Segment, text: str, before: str) -> str:
    if segment.kind.is_front and (article.is_markdown or article.front):
        return _front(segment, text)
    if not article.is_markdown:
        return plain.protected(plain.one_line(text)) if segment.raw else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match segment.kind:
        case Kind.HTML:
            return _html(segment, text)
        case Kind.CELL:
            return _cell(text, before)
        case Kind.LINK_TITLE:
            return _link_title(segment, text)
        case Kind.HEADING if ATX.search(before):
            return _heading(" ".join(_lines(text)))
        case _:
            return _paragraph(segment, text)


def _front(segment: Segment, text: str) -> str:
    if not segment.raw:
        return f"{segment.kind}: {front.scalar(text)}\n"
    return segment.raw if text == segment.text else front.scalar(" ".join(text.split()))


def _html(segment: Segment, text: str) -> str:
    if not BLANK_LINE.search(segment.text):
        text = BLANK_LINE.sub("\n", text)  # it would end the block
    return text.replace("\n", f"\n{segment.prefix}")


def _cell(text: str, before: str) -> str:
    text = " ".join(_lines(text))
    if LINE_START.search(before):
        text = _opening_a_paragraph(text)
    return _closed(text).replace("|", "\\|")


def _link_title(segment: Segment, text: str) -> str:
    first, last = segment.raw[0], segment.raw[-1]
    text = _closed(" ".join(_lines(text)))
    return first + re.sub(rf"(?s)(\\.)|([{re.escape(first + last)}])", _escape_unescaped, text) + last


def _escape_unescaped(found: re.Match[str]) -> str:
    return found[1] or f"\\{found[2]}"


def _heading(text: str) -> str:
    """The words of a heading that begins with #; what would be read as its end or its id is escaped."""
    return re.sub(r"(^|(?<=[ \t]))(#+)$", r"\\\2", _without_attributes(text))


def _without_attributes(text: str) -> str:
    return re.sub(r"(?<!\\)\}$", r"\\}", text)


def _paragraph(segment: Segment, text: str) -> str:
    lines = [_no_fence(line) for line in _lines(text)]
    lines[0] = _opening_a_paragraph(lines[0])
    if segment.kind is Kind.HEADING:
        lines[-1] = _without_attributes(lines[-1])
    prefix = segment.prefix
    if len(lines) > 1 and not markdown.is_paragraph(HARD.join(lines)):
        prefix += INDENTATION
    return (HARD + prefix).join(lines)


def _lines(text: str) -> list[str]:
    """`text` cut at its hard breaks, which are left out; other line ends are spaces."""
    return [line.strip(BLANKS) for line in SOFT.sub(r"\1 ", text).split(HARD)]


def _closed(text: str) -> str:
    """`text` whose last character is not an escape of what comes after it."""
    return text + "\\" * ((len(text) - len(text.rstrip("\\"))) % 2)


def _no_fence(line: str) -> str:
    return f"\\{line}" if line.startswith(":::") else line


def _opening_a_paragraph(line: str) -> str:
    """`line` with an escape where it would begin as a list, a heading or another block."""
    if TASK.match(line):
        return f"\\{line}"
    line = _no_fence(line)
    if not SUSPICIOUS.match(line) or markdown.is_paragraph(line):
        return line
    if number := NUMBER.match(line):
        return f"{number[0]}\\{line[number.end() :]}"
    return LONE_TAG.sub("\\1\n", line) if LONE_TAG.match(line) else f"\\{line}"
