"""Random Markdown, plain text and translations, as people and cats write them."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

HEAD = "---\ntitle: T\nslug: t\n---\n"

BLANKS = [" ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "    ", "\xa0", "\u2028", "\ufeff", "\x00"]
WORDS = ["a", "b c", "å", "foo", "0.7", "12", "12 %", "5 mg", "(", ")", '"', "'", "!", ":", "=", "+"]
BLOCKS = ["- ", "1. ", "2) ", "> ", ">", "# ", "## ", "===\n", "---\n", "***", "```\n", "[^1]: ", "- [ ] "]
INLINES = [
    "*",
    "**",
    "_",
    "`",
    "``",
    "~~",
    "~",
    "[",
    "]",
    "](x)",
    "![",
    '](<u v> "t i")',
    "\\",
    "\\\n",
    "  \n",
]
REFERENCES = ["[a]", "[a][]", "[a][b]", '[a]: /u "ti tl"\n', "[b]:\n<v>\n'x\ny'\n", "[^1]"]
TABLES = ["|", "|---|---|\n", "| a | b |\n", "x|y\n-|-\n"]
HTML = ["<b>", "</b>", "<div>\n", "</div>\n", '<a\nhref="x">', '<img alt="foo">', '<img\nalt="foo">', "<pre>"]
ESCAPES = ["&amp;", "&#42;", "https://a.b/c", "<https://x.y>", "{#id}", "<!-- c -->"]
DIRECTIVES = ["::: note\n", ":::\n", "::: sv\n", "<!-- note: n -->\n", "<!-- translate: off -->\n"]
FRAGMENTS = BLANKS + WORDS + BLOCKS + INLINES + REFERENCES + TABLES + HTML + ESCAPES

SOUP: SearchStrategy[str] = st.lists(st.sampled_from(FRAGMENTS + DIRECTIVES), max_size=12).map("".join)
"""Anything made of the pieces of Markdown."""

TRANSLATIONS: SearchStrategy[str] = st.lists(
    st.sampled_from([fragment for fragment in FRAGMENTS + DIRECTIVES if not fragment.startswith("<")]),
    max_size=6,
).map(lambda pieces: "".join(pieces) + " word")
"""What a translator may type by mistake, without tags."""

WORD = st.sampled_from(
    ["cramp", "vad", "0,7", "mg", "natt", "sömn", "kidney", "the", "a.", "(b)", "“c”", "é"]
)
MARKED = st.sampled_from(["*cramp*", "**0.7 mg**", "`x y`", "[a b](c.md)", "[ref]", "[d e][ref]", "~~f~~"])


def sentences(joints: SearchStrategy[str]) -> SearchStrategy[str]:
    """Words and markup with `joints` between them; a line never begins as another block."""
    pieces = st.lists(st.tuples(joints, st.one_of(WORD, WORD, MARKED)), max_size=9)
    return st.tuples(WORD, pieces).map(lambda drawn: drawn[0] + "".join(a + b for a, b in drawn[1]))
