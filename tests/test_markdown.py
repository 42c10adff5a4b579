"""The parser behind its seam: spans of one segment, leaf blocks, HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import groupby

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import markdown
from pipeline.markdown import Leaf, Mark, Span
from pipeline.markdown.parser import readable
from pipeline.markdown.run import folded, line_end
from tests.strategies import SOUP, TRANSLATIONS

USUAL = settings(max_examples=100, deadline=None)
PLAIN = {Mark.TEXT, Mark.CODE, Mark.AUTOLINK}
AROUND = {Mark.LINK, Mark.IMAGE, Mark.EMPHASIS, Mark.STRONG, Mark.STRIKE}


def told(text: str) -> list[tuple[str, str, str]]:
    """Kind, what stands between the delimiters, value."""
    return [(span.kind, text[slice(*span.inner)], span.value) for span in markdown.spans(text)]


def read(text: str) -> str:
    """What a reader reads of one segment, by its spans."""
    return "".join(span.value for span in markdown.spans(text) if span.kind in PLAIN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("- a", [("text", "- a", "- a")]),
        ("1. a", [("text", "1. a", "1. a")]),
        ("# a", [("text", "# a", "# a")]),
        (r"a \* &amp;", [("text", r"a \* &amp;", "a * &")]),
        ("*a*b_c_", [("emphasis", "a", ""), ("text", "a", "a"), ("text", "b_c_", "b_c_")]),
        (
            "**a *b***",
            [("strong", "a *b*", ""), ("text", "a ", "a "), ("emphasis", "b", ""), ("text", "b", "b")],
        ),
        ("~~a~~", [("strike", "a", ""), ("text", "a", "a")]),
        ("`` a` ``", [("code", " a` ", "a`")]),
        ('[å](x "t")', [("link", "å", "x"), ("text", "å", "å")]),
        ("[a\\]](x)", [("link", "a\\]", "x"), ("text", "a\\]", "a]")]),
        ("[](x)", [("link", "", "x")]),
        ("[a][b c]", [("link", "a", "ref:b c"), ("text", "a", "a")]),
        ("[a] [b][]", [("text", "[a] [b][]", "[a] [b][]")]),
        (
            "![a *b*](x)",
            [("image", "a *b*", "x"), ("text", "a ", "a "), ("emphasis", "b", ""), ("text", "b", "b")],
        ),
        ("[![a](x)](y)", [("link", "![a](x)", "y"), ("image", "a", "x"), ("text", "a", "a")]),
        ("a[^1]", [("text", "a", "a"), ("footnote", "[^1]", "1")]),
        ("<b>a</b>", [("html", "<b>", "<b>"), ("text", "a", "a"), ("html", "</b>", "</b>")]),
        ("<a@b.se>", [("autolink", "a@b.se", "a@b.se")]),
        (
            "(https://å.se/a_b_c).",
            [
                ("text", "(", "("),
                ("autolink", "https://å.se/a_b_c", "https://å.se/a_b_c"),
                ("text", ").", ")."),
            ],
        ),
        ("a\\\n- b", [("text", "a", "a"), ("break", "\\\n", ""), ("text", "- b", "- b")]),
        ("<p>\na\n</p>", [("html", "<p>", "<p>"), ("text", "\na\n", " a "), ("html", "</p>", "</p>")]),
    ],
)
def test_spans(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


def test_a_link_tells_its_title() -> None:
    (link, _) = markdown.spans('[a](x "A &amp; b")')
    assert (link.value, link.title) == ("x", "A & b")


@USUAL
@given(SOUP | TRANSLATIONS | st.text(max_size=40))
@example("\ud800 *a*")
def test_spans_are_nested_in_order_and_cover_all_that_is_read(text: str) -> None:
    open_spans: list[Span] = []
    end = 0
    for span in markdown.spans(text):
        assert 0 <= span.start <= span.inner[0] <= span.inner[1] <= span.end <= len(text)
        while open_spans and open_spans[-1].end <= span.start:
            open_spans.pop()
        assert not open_spans or span.end <= open_spans[-1].inner[1]
        if span.kind in AROUND:
            open_spans.append(span)
        else:
            assert span.start >= end, "no two overlap"
            end = span.end


@USUAL
@given(SOUP | TRANSLATIONS | st.text(max_size=40))
@example("a\\\nb <https://c.example> https://d.example")
@example("<c@d.example> [e [f](g)](h) ![*i*](j) **<sup>2</sup>** &amp; [^1] ~~k~~ [l][m]")
def test_pieces_are_what_spans_tell_without_places(text: str) -> None:
    def joined(pieces: Iterable[tuple[Mark, str]]) -> list[tuple[Mark, str]]:
        runs = groupby(pieces, lambda piece: (piece[0], piece[0] is Mark.TEXT or object()))
        told = [(mark, "".join(value for _, value in run)) for (mark, _), run in runs]
        return [(mark, value) for mark, value in told if value or mark is not Mark.TEXT]

    assert joined(markdown.pieces(text)) == joined((span.kind, span.value) for span in markdown.spans(text))


@USUAL
@given(TRANSLATIONS.map(lambda text: re.sub(r"[\s\x00]+|(?<!\s)(?=https)", " ", text)))
def test_spans_tell_what_the_page_shows(text: str) -> None:
    text = re.sub(r"\]\\?\[", "] [", text).replace("[^", "[")
    shown = re.sub(r"<img [^>]*alt=\"([^\"]*)\"[^>]*>", r"\1", markdown.to_html(f"x {text}"))
    shown = html.unescape(re.sub(r"<(?!img)[^>]*>", "", shown))
    assert read(text).strip() == shown.removeprefix("x ").strip()


@USUAL
@given(SOUP)
def test_blocks_stand_in_order_and_none_reaches_into_another(text: str) -> None:
    end = 0
    for block in markdown.blocks(text):
        assert end <= block.start <= block.end <= len(text)
        end = block.end


@USUAL
@given(st.text("a> \t\r\n", max_size=20), st.integers(0, 3))
def test_lines_are_folded_as_each_line_end_says(text: str, quotes: int) -> None:
    data = readable(text).encode()
    assert folded(data, quotes) == line_end(quotes).sub(b" ", data)


@USUAL
@given(SOUP)
@example("a\n\x0c\nb")
@example("> a\n    > b")
def test_the_words_of_a_block_are_on_one_line(text: str) -> None:
    for block in markdown.blocks(text):
        if block.leaf is not Leaf.HTML:
            assert "\n" not in block.text.replace("\\\n", "")


def test_words_go_on_behind_the_quote_marks_of_a_line_and_no_further() -> None:
    text = "- > a\n  > b\n  c\n\n> d\n    > e\n>     f\n"
    assert [block.text for block in markdown.blocks(text)] == ["a b c", "d > e f"]


@pytest.mark.parametrize("name", ["note", "sv"])
def test_a_line_of_words_is_found_where_it_begins_a_line(name: str) -> None:
    text = f"::: {name}\nå ::: a\n> ::: b\n\n- ::: c\n\n`::: d`\n\n    ::: e\n\n# ::: f\n\n<p>\n::: g\n</p>\n"
    found = [text[start : start + 5] for start in markdown.lines_that_begin_with(text, ":::")]
    assert found == [f"::: {name[0]}", "::: b", "::: c"]


def test_offsets_are_indices_of_the_text_also_beyond_ascii() -> None:
    text = "åäö “a” 𝒳\n\n| é | 漢 |\n|---|---|\n| ü | ø |\n"
    assert [text[block.start : block.end] for block in markdown.blocks(text)] == [
        "åäö “a” 𝒳",
        "é",
        "漢",
        "ü",
        "ø",
    ]


def test_code_knows_whether_it_is_closed() -> None:
    def closed(text: str) -> list[bool]:
        return [block.is_closed for block in markdown.blocks(text) if block.leaf is Leaf.CODE]

    assert closed("```\na\n```\n") == [True]
    assert closed("```\na\n````` \n") == [True]
    assert closed("> ```\n> a\n> ```") == [True]
    assert closed("    indented\n") == [True]
    assert closed("```\na\n``\n") == [False]
    assert closed("~~~\n```\n") == [False]
    assert closed("```") == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.b/c_d_e", '<a href="https://a.b/c_d_e">https://a.b/c_d_e</a>'),
        ("(see https://a.b/c).", '(see <a href="https://a.b/c">https://a.b/c</a>).'),
        ("https://a.b/(c)", '<a href="https://a.b/(c)">https://a.b/(c)</a>'),
        ("https://a.b/c&amp; d", '<a href="https://a.b/c">https://a.b/c</a>&amp; d'),
        ("`https://a.b`", "<code>https://a.b</code>"),
        ("[https://a.b](c)", '<a href="c">https://a.b</a>'),
        ("<https://a.b>", '<a href="https://a.b">https://a.b</a>'),
        ("[x](https://a.b)", '<a href="https://a.b">x</a>'),
        ("xhttps://a.b", "xhttps://a.b"),
    ],
)
def test_a_bare_address_is_a_link(text: str, expected: str) -> None:
    assert markdown.to_html(text) == f"<p>{expected}</p>\n"


def test_tables_footnotes_strikes_tasks_and_ids_are_known() -> None:
    page = markdown.to_html("# A {#b}\n\n| a |\n|--:|\n| ~~b~~[^1] |\n\n- [x] c\n\n[^1]: d\n")
    for piece in (
        '<h1 id="b">',
        "<table>",
        "text-align: right",
        "<del>b</del>",
        "footnote-reference",
        "checkbox",
    ):
        assert piece in page
