"""A file and its parts: nothing is lost, nothing depends on how lines are wrapped, all faults are named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import articles
from pipeline.articles import body, front
from pipeline.articles.scope import Scope
from pipeline.errors import ArticleError
from pipeline.model import Article, Kind, Segment
from pipeline.weave import weave
from tests.phrases import templates
from tests.strategies import HEAD, SOUP, sentences

CASES = Path(__file__).parent / "cases" / "articles"
SPEC = json.loads((Path(__file__).parent / "data" / "commonmark-spec-0.31.2.json").read_text("utf-8"))
EXAMPLES = [pytest.param(item["markdown"], id=f"example-{item['number']}") for item in SPEC]
LANGUAGES = ("en", "sv")
USUAL = settings(max_examples=100, deadline=None)
STEADY = settings(max_examples=400, deadline=None, derandomize=True)


def cases(name: str) -> list[ParameterSet]:
    """Title, file, expected; each closed by a dot on its own line."""
    text = (CASES / name).read_text(encoding="utf-8")
    found = re.finditer(r"(?<![^\n])([^\n]+)\n\.\n(.*?)^\.\n(.*?)^\.\n", text, re.DOTALL | re.MULTILINE)
    return [
        pytest.param(case[2], case[3], id=f"{name}:{text.count(chr(10), 0, case.start()) + 1} {case[1]}")
        for case in found
    ]


def lenient(markdown: str) -> Article:
    """An article of `markdown`, whatever it leaves open."""
    head = front.read(HEAD, "t.md", "t", LANGUAGES)
    rest = body.split(HEAD + markdown, len(HEAD), "t.md", Scope("en", LANGUAGES))
    return Article("t", "en", (*head.parts, *rest), head.values, "t.md")


def shown(segment: Segment) -> str:
    """A segment on one line of a case file."""
    name = (
        segment.kind
        + f" {segment.lang}" * (segment.lang != "en")
        + f" ({segment.context})" * bool(segment.context)
    )
    anchor = f" #{segment.anchor}" * (segment.kind is Kind.HEADING)
    note = f" // {segment.note}" * bool(segment.note)
    return f"{name}{anchor}: {segment.text}{note}".replace("\n", "⏎")


def rendered(article: Article, text: str) -> str:
    """HTML in which no blank counts that a browser does not show."""
    html = re.sub(r"[ \t\r\n]+", " ", articles.html(article, text))
    return re.sub(r" ?(</?code>|<br />|</a>) ?", r"\1", html)


def parsed(text: str, path: str = "t.md") -> Article | None:
    """The article; None if it is none, and then the error helps."""
    try:
        return articles.parse(text, path, LANGUAGES)
    except ArticleError as error:
        fault = error
    assert fault.place.line >= 1
    assert fault.remedy
    return None


@pytest.mark.parametrize(("text", "expected"), cases("markdown.md"))
def test_markdown_is_split_as_its_cases_say(text: str, expected: str) -> None:
    has_front = text.startswith("---")
    article = articles.parse(text if has_front else HEAD + text, "case.md", LANGUAGES)
    segments = article.segments if has_front else article.segments[2:]
    assert "".join(f"{shown(segment)}\n" for segment in segments) == expected
    windows = articles.parse(article.raw.replace("\n", "\r\n"), "case.md", LANGUAGES)
    assert [segment.text for segment in windows.segments] == [segment.text for segment in article.segments]


@pytest.mark.parametrize(("text", "expected"), cases("plain.md"))
def test_plain_text_is_split_as_its_cases_say(text: str, expected: str) -> None:
    article = articles.parse(text, "case.txt", LANGUAGES)
    assert "".join(f"{shown(segment)}\n" for segment in article.segments) == expected
    assert article.raw == text


@pytest.mark.parametrize(("text", "expected"), cases("broken.md"))
def test_a_broken_article_is_an_error_with_its_line(text: str, expected: str) -> None:
    for ends in ("\n", "\r\n"):
        with pytest.raises(ArticleError) as caught:
            articles.parse(text.replace("\n", ends), "case.md", LANGUAGES)
        assert str(caught.value).splitlines()[0] == expected.strip()
        assert [*templates(caught.value.message), *templates(caught.value.remedy)]


@pytest.mark.parametrize("stem", ["Leg cramps", "Å", "a..b", "-a", "a/../b c"])
def test_a_file_name_that_is_no_address_is_an_error(stem: str) -> None:
    for suffix in ("md", "txt"):
        with pytest.raises(ArticleError, match="part of an address") as caught:
            articles.parse("---\ntitle: T\n---\nText.\n", f"source_texts/{stem}.{suffix}", LANGUAGES)
        assert caught.value.name == "bad-slug"


@pytest.mark.parametrize(
    ("yaml", "aliases"), [("", []), ("old", ["old"]), ("[old, 1]", ["old", "1"]), ("\n  - old\n", ["old"])]
)
def test_former_addresses_are_a_list_however_they_are_written(yaml: str, aliases: list[str]) -> None:
    article = articles.parse(f"---\ntitle: T\naliases: {yaml}\n---\nText.\n", "t.md", LANGUAGES)
    assert article.front["aliases"] == aliases


@pytest.mark.parametrize("name", ["t.md", "t.txt"])
def test_a_control_character_is_an_error_with_its_line(name: str) -> None:
    with pytest.raises(ArticleError) as caught:
        articles.parse("---\ntitle: T\n---\n\nA\0b.\n", name, LANGUAGES)
    assert str(caught.value).startswith(f"{name}:5: error: U+0000 is a control character [control-character]")


@pytest.mark.parametrize("text", ["", "\n \n", "***\n", "\ufeff"])
def test_plain_text_without_words_has_no_title(text: str) -> None:
    with pytest.raises(ArticleError) as caught:
        articles.parse(text, "t.txt", LANGUAGES)
    assert caught.value.name == "no-title"


def test_places_are_lines_of_the_file() -> None:
    article = articles.parse("---\ntitle: T\n---\n\nÅ\nb\n\n| c |\n|---|\n| d |\n", "x/t.md", LANGUAGES)
    assert {segment.text: str(segment.place) for segment in article.segments} == {
        "T": "x/t.md:2",
        "t": "x/t.md:3",
        "Å b": "x/t.md:5",
        "c": "x/t.md:8",
        "d": "x/t.md:10",
    }


def test_every_id_stands_once() -> None:
    text = HEAD + "# A\n\n# A\n\n## A 2 {#a-2}\n\nx\n\nx\n\n- x\n"
    anchors = [segment.anchor for segment in articles.parse(text, "t.md", LANGUAGES).segments[2:]]
    assert anchors[:3] == ["a", "a-2-2", "a-2"]
    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"b-[0-9a-f]{6}(-\d+)?", anchor) for anchor in anchors[3:])


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("markdown", EXAMPLES)
def test_the_laws_hold_for_every_example_of_commonmark(markdown: str, ends: str) -> None:
    article = lenient(markdown.replace("\n", ends))
    assert article.raw == HEAD + markdown.replace("\n", ends)
    assert weave(article, lambda _: None) == article.raw
    assert rendered(article, weave(article, lambda segment: segment.text)) == rendered(article, article.raw)


def test_only_open_code_keeps_an_example_from_being_an_article() -> None:
    refused = []
    for item in SPEC:
        try:
            articles.parse(HEAD + item["markdown"], "t.md", LANGUAGES)
        except ArticleError as error:
            refused.append((item["number"], error.name))
    assert refused == [(number, "unclosed-fence") for number in (126, 127, 128, 139, 237)]


@STEADY
@given(SOUP)
@example("\ud800 a\n\n# \udfff\n")
@example("a\\  \nb")
@example("~~  \nb~~")
@example("# a\t\n\n- b\t\n")
@example("[a\\\n](b) ![c  \n](d)")
@example("- a\n\n      - b\\\n        ===\n")
def test_parts_joined_are_the_file_and_its_own_words_render_alike(markdown: str) -> None:
    article = parsed(HEAD + markdown)
    if not article:
        return
    assert article.raw == HEAD + markdown
    assert weave(article, lambda _: None) == article.raw
    assert rendered(article, weave(article, lambda segment: segment.text)) == rendered(article, article.raw)


@USUAL
@given(SOUP)
def test_the_laws_hold_for_plain_text(text: str) -> None:
    article = parsed(text, "t.txt")
    if not article:
        return
    assert article.raw == text
    assert weave(article, lambda _: None) == text
    woven = weave(article, lambda segment: segment.text)
    assert rendered(article, woven) == rendered(article, text)
    again = articles.parse(woven, "t.txt", LANGUAGES)
    assert [segment.key for segment in again.segments] == [segment.key for segment in article.segments]


@USUAL
@given(
    st.text(max_size=60) | SOUP,
    st.sampled_from(["t.md", "t.txt"]),
    st.sampled_from(["", HEAD, "\ufeff---\n"]),
)
def test_only_article_errors_are_raised(text: str, path: str, head: str) -> None:
    article = parsed(head + text, path)
    if article:
        assert article.raw == head + text
        assert isinstance(articles.html(article, article.raw), str)


YAML = [
    "title: T\n",
    "lang: no\n",
    "slug: ",
    "../x",
    "'",
    '"',
    ": ",
    "# c",
    "[",
    "a",
    ", ",
    "]",
    "{",
    "&a ",
    "*a",
    "\n",
]
ODD = [
    "!!int ",
    "!!timestamp ",
    "2024-13-45",
    ">\n  x\n",
    "- a\n",
    "topics:",
    "~",
    "0o9",
    "<<: *a\n",
    "? x\n",
    "\x00",
    "\x85",
]


@USUAL
@given(st.lists(st.sampled_from(YAML + ODD), max_size=10).map("".join))
def test_no_front_matter_raises_anything_else(yaml: str) -> None:
    text = f"---\ntitle: T\n{yaml}\n---\nText.\n"
    article = parsed(text)
    if article:
        assert article.raw == text
        assert front.load(text) == article.front


PREFIXES = st.sampled_from(
    [("", ""), ("> ", "> "), ("> ", ""), ("- ", "  "), ("1. > ", "   > "), ("[^1]: ", "    ")]
)


@USUAL
@given(sentences(st.just(" ")), st.data(), PREFIXES)
def test_wrapping_a_paragraph_anew_changes_no_text(
    words: str, data: st.DataObject, prefix: tuple[str, str]
) -> None:
    first, further = prefix
    ends = [" ", " ", "\n", " \n", "\n  ", "\r\n"]
    blanks = {"`x": st.sampled_from(ends), "": st.sampled_from([*ends, "  "])}
    wrapped = re.sub("(`x|) ", lambda found: found[1] + data.draw(blanks[found[1]]), words)
    wrapped = wrapped.replace("\n", f"\n{further}")
    tail = "\n\n[ref]: x.md\n"
    plainly = articles.parse(HEAD + first + words + tail, "t.md", LANGUAGES)
    anew = articles.parse(HEAD + first + wrapped + tail, "t.md", LANGUAGES)
    assert [segment.key for segment in anew.segments] == [segment.key for segment in plainly.segments]
    assert len(anew.segments) == 3
