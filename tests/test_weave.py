"""Translations are spliced in: each stays in its block, whatever it begins with."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pipeline import articles
from pipeline.articles import front
from pipeline.model import Article, Kind, Segment
from pipeline.weave import weave
from tests.strategies import TRANSLATIONS

LANGUAGES = ("en", "sv")
USUAL = settings(max_examples=100, deadline=None)
WHOLE = """\
---
title: T
description: "d: e"
topics: [a, "b, c"]
---

# Heading one {#h}

Para one
goes on.

Two line
setext
=======

- item one
- item two

  para in item

  > quote in
  > item
- [ ] task item

1. one
   1. deep tight
   2. deep two

| a | b |
|---|---|
| c | d |
e | f

> quote\\
> hard

<div>html text</div>

[ref]: /u "Ref title"
[par]: /u (Par title)
Text after a definition.

See [^1] and [ref].

[^1]: Foot note
    text.

::: sv
Svensk text.
:::

# Last one ##

End
"""
ARTICLE = articles.parse(WHOLE, "t.md", LANGUAGES)
SAFE = [segment for segment in ARTICLE.segments if segment.kind not in (Kind.HTML, Kind.SLUG)]


def of(markdown: str) -> Article:
    return articles.parse(f"---\ntitle: T\n---\n{markdown}", "t.md", LANGUAGES)


def outline(article: Article) -> list[tuple[str, ...]]:
    return [(part.kind, part.lang, part.context, part.prefix) for part in article.segments]


@pytest.mark.parametrize(
    ("markdown", "translation", "expected"),
    [
        ("x\n", "- y", "\\- y\n"),
        ("x\n", "1. y", "1\\. y\n"),
        ("x\n", "400 mg", "400 mg\n"),
        ("x\n", "*y*", "*y*\n"),
        ("x\n", "# y", "\\# y\n"),
        ("x\n", "> y", "\\> y\n"),
        ("x\n", "--- y", "--- y\n"),
        ("x\n", "::: sv", "\\::: sv\n"),
        ("x\n", "[y]: z", "\\[y]: z\n"),
        ("x\n", "<div>y", "\\<div>y\n"),
        ("x\n", "    y", "y\n"),
        ("x\n", "y\n\nz", "y z\n"),
        ("x\n", "y\\\nz", "y\\\nz\n"),
        ("x\n", "y\\\n- z", "y\\\n     - z\n"),
        ("x\n", "y\\\n::: z", "y\\\n\\::: z\n"),
        ("> x\n", "y\\\nz", "> y\\\n> z\n"),
        ("- > x\n", "y\\\nz", "- > y\\\n  > z\n"),
        ("- x\n", "[ ] y", "- \\[ ] y\n"),
        ("- [ ] x\n", "- y", "- [ ] - y\n"),
        ("# x\n", "C #", "# C \\#\n"),
        ("# x #\n", "y {#z}", "# y {#z\\} #\n"),
        ("# x {#id}\n", "1. y", "# 1. y {#id}\n"),
        ("x\n=\n", "1. y", "1\\. y\n=\n"),
        ("x\n=\n", "y {#z}", "y {#z\\}\n=\n"),
        ("|x|\n|-|\n", "a | b\\", "|a \\| b\\\\|\n|-|\n"),
        ("x|z\n-|-\n", "- y", "| - y|z\n-|-\n"),
        ('[a]: b "x"\n', 'Say "y" or \\"z\\"', '[a]: b "Say \\"y\\" or \\"z\\""\n'),
        ("[a]: b (x)\n", "y (z)\\", "[a]: b (y \\(z\\)\\\\)\n"),
        ("<p>\nx\n</p>\n", "<p>\ny\n\nz\n</p>", "<p>\ny\nz\n</p>\n"),
        ("x\r\n", "y\\\nz", "y\\\r\nz\r\n"),
    ],
)
def test_a_translation_stays_in_its_block(markdown: str, translation: str, expected: str) -> None:
    article = of(markdown)
    (segment,) = (part for part in article.segments if "x" in part.text)
    text = weave(article, lambda part: translation if part is segment else None)
    assert text[front.body_start(text) :] == expected
    assert outline(articles.parse(text, "t.md", LANGUAGES)) == outline(article)


def test_a_blank_translation_is_none() -> None:
    assert weave(ARTICLE, lambda _: " \n") == WHOLE


def test_front_matter_is_quoted_and_gets_its_slug() -> None:
    said = {"T": 'Rubrik: "så" # här', "b, c": "d], e", "t": "rubrik"}
    text = weave(ARTICLE, lambda segment: said.get(segment.text))
    assert front.load(text) == {
        "title": said["T"],
        "description": "d: e",
        "topics": ["a", "d], e"],
        "slug": "rubrik",
    }


def test_front_matter_keeps_its_form_where_its_words_do() -> None:
    head = "---\ntitle: &t 'T: t'\ndescription: *t\ntopics:\n  - >\n    a\n    b\nslug: t\n---\n"
    article = articles.parse(head, "t.md", LANGUAGES)
    assert weave(article, lambda segment: segment.text) == head
    text = weave(article, lambda segment: {"T: t": "R", "a b": "c"}.get(segment.text))
    assert text == '---\ntitle: &t "R"\ndescription: *t\ntopics:\n  - "c"\nslug: t\n---\n'


def test_a_slug_that_the_file_gives_is_replaced() -> None:
    article = articles.parse("---\ntitle: T\nslug: leg-cramps\n---\n", "t.md", LANGUAGES)
    text = weave(article, lambda segment: {"leg-cramps": "vadkramp"}.get(segment.text))
    assert front.load(text) == {"title": "T", "slug": "vadkramp"}


def test_plain_text_stays_plain() -> None:
    article = articles.parse("Title\n\nOne\ntwo.\n", "t.txt", LANGUAGES)
    said = {"Title": "Rubrik", "One two.": "::: ett\n\n\ntvå *tre*", "t": "rubrik"}
    text = weave(article, lambda segment: said.get(segment.text))
    assert text == "Rubrik\n\n ::: ett två *tre*\n"
    assert articles.html(article, text) == "<p>::: ett två *tre*</p>\n"


def test_divs_and_directives_reach_the_page_as_divs_and_not_at_all() -> None:
    article = of("::: note\n<!-- note: n -->\nOne\n- a\n:::\n- b\n  ::: sv\n  Två\n  :::\n")
    assert articles.html(article, article.raw) == (
        '<div class="note">\n<p>One</p>\n<ul>\n<li>a</li>\n</ul>\n</div>\n'
        '<ul>\n<li>b<div class="lang-sv">\nTvå</div>\n</li>\n</ul>\n'
    )


def test_divs_in_plain_text_are_divs() -> None:
    article = articles.parse(
        "T\n\n<!-- context: c -->\n::: sv\n<b> & https://a.b/c.\n:::\n", "t.txt", LANGUAGES
    )
    assert articles.html(article, article.raw) == (
        '<div class="lang-sv">\n<p>&lt;b&gt; &amp; <a href="https://a.b/c">https://a.b/c</a>.</p>\n</div>\n'
    )


@USUAL
@given(TRANSLATIONS, st.sampled_from(SAFE))
@example("\\ word", SAFE[0])
def test_no_translation_changes_the_blocks_around_it(translation: str, segment: Segment) -> None:
    assume(articles.CONTROL.isdisjoint(translation))  # a check rejects them
    text = weave(ARTICLE, lambda part: translation if part is segment else None)
    assert outline(articles.parse(text, "t.md", LANGUAGES)) == outline(ARTICLE)


@USUAL
@given(
    st.text(max_size=30).map(lambda text: f"{text} word"),
    st.sampled_from([Kind.TITLE, Kind.DESCRIPTION, Kind.TOPIC]),
)
def test_front_matter_gives_back_any_text(translation: str, kind: Kind) -> None:
    text = weave(ARTICLE, lambda part: translation if part.kind is kind else None)
    read = [part.text for part in articles.parse(text, "t.md", LANGUAGES).segments if part.kind is kind]
    assert set(read) == {" ".join(translation.split())}
