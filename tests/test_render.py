"""Rendering: every block with its id, state and language, and nothing from a catalog that could harm."""

from __future__ import annotations

import json
import pickle
import re
from contextlib import suppress
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import articles
from pipeline.errors import ArticleError
from pipeline.model import Article, Catalog, Draft, Entry, Kind, Place, Segment
from pipeline.render import Asset, Label, Link, Mark, Rendered, Status, Version, render, safe
from pipeline.render.stamps import Block, Markers, stamp

LANGS = ("en", "sv")
SPEC = Path(__file__).parent / "data" / "commonmark-spec-0.31.2.json"
EXAMPLES = [example["markdown"] for example in json.loads(SPEC.read_text(encoding="utf-8"))]
FRONT = "---\nlang: en\ntitle: Title\ndescription: About it.\ntopics: [Sleep]\n---\n\n"

WORDS = """word
_so_
**bold** text
*a*b
`x|y`
"quoted"
[link](other.md#id)
![image](a.png)
<b>x</b>
1. not a list
- nor this
# nor this
&amp;
&#xE000;1&#xE001;
\ue0001\ue001 hi\ue002
a\\*b
~~gone~~
note[^1]
https://a.example
a  b
> q
don't
åäö
\\"""
INLINE = st.sampled_from(WORDS.split("\n"))
TEXT = st.lists(INLINE, min_size=1, max_size=3).map(" ".join)
BLOCK = st.one_of(
    TEXT,
    TEXT.map("## {}".format),
    TEXT.map("> {}".format),
    st.lists(TEXT, min_size=1, max_size=3).map(lambda texts: "\n".join(f"- {text}" for text in texts)),
    TEXT.map("1. {}\n\n   next\n   - below".format),
    st.tuples(TEXT, TEXT).map(lambda pair: "| {} | {} |\n|---|--:|\n| a | b |".format(*pair)),
    TEXT.map("[^1]: {}".format),
    TEXT.map("<div>\n{}\n</div>".format),
    TEXT.map("::: note\n{}\n:::".format),
    TEXT.map("::: sv\n{}\n:::".format),
    TEXT.map("- [ ] {}".format),
    st.just("```\ncode\n```"),
)
BODY = st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join)


def parse(body: str, front: str = FRONT) -> Article:
    return articles.parse(front + body, "source_texts/a.md", LANGS)


def never(entry: Entry, segment: Segment) -> bool:
    return False


def translated(article: Article, targets: dict[str, str | Entry], lang: str = "sv") -> dict[str, Catalog]:
    """A catalog in which each text of the article in `targets` has that target, or is that entry."""
    entries = []
    for segment in article.segments_in("en" if lang == "sv" else "sv"):
        target = targets.get(segment.text, "")
        entry = target if isinstance(target, Entry) else Entry(segment.text, target)
        entries.append(replace(entry, source=segment.text, context=segment.context, place=Place("a.po", 7)))
    return {lang: Catalog(lang, tuple(entries))}


def page(version: Version) -> str:
    """The body with plain words where the page says something."""
    pieces = []
    for part in version.body:
        match part:
            case Mark():
                pieces.append(f"[{part.status}]")
            case Link():
                pieces.append(f"{part.name}#{part.fragment}")
            case Asset() | Label():
                pieces.append(getattr(part, "path", "") or getattr(part, "name", ""))
            case str():
                pieces.append(part)
    return "".join(pieces)


def marks(version: Version) -> list[Mark]:
    return [part for part in version.body if isinstance(part, Mark)]


def show(body: str, targets: dict[str, str | Entry], lang: str = "sv") -> Version:
    article = parse(body)
    return render(article, LANGS, translated(article, targets), never).versions[lang]


# Finding the blocks again


def unstamped(article: Article) -> str:
    pieces = []
    for piece in stamp(article, [segment.text for segment in article.segments]):
        if isinstance(piece, str):
            pieces.append(piece)
        elif article.segments[piece.number].kind is Kind.HTML:
            pieces.append(article.segments[piece.number].text)
        else:
            tag = f"<{piece.tag}{piece.attributes}>" if piece.tag else ""
            pieces.append(f"{tag}{piece.before}{piece.inside}{piece.after}")
    return "".join(pieces)


def same(one: str, two: str) -> bool:
    """Equal but for blanks, which a parser may keep or fold at the ends of blocks."""
    return re.sub(r"\s+", "", one) == re.sub(r"\s+", "", two)


@given(BODY)
def test_markers_leave_no_trace_in_the_page(body: str) -> None:
    article = parse(body)
    assert same(unstamped(article), articles.html(article, article.raw))


@given(BODY)
def test_every_segment_of_a_body_is_found_once(body: str) -> None:
    article = parse(body)
    pieces = stamp(article, [segment.text for segment in article.segments])
    found = [piece.number for piece in pieces if isinstance(piece, Block)]
    wanted = [
        number
        for number, segment in enumerate(article.segments)
        if not segment.kind.is_front and segment.kind is not Kind.LINK_TITLE
    ]
    assert sorted(found) == wanted


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_the_specification_is_found_again(number: int) -> None:
    with suppress(ArticleError):  # an unclosed block of code is no article
        article = parse(EXAMPLES[number])
        assert same(unstamped(article), articles.html(article, article.raw))


@given(BODY)
def test_ids_are_unique_and_the_same_in_both_versions(body: str) -> None:
    article = parse(body)
    versions = render(article, LANGS, translated(article, {}), never).versions
    ids = {
        lang: [
            name
            for part in version.body
            if isinstance(part, str)
            for name in re.findall(r'<[^>]*?\sid="([^"]*)"', part)
        ]
        for lang, version in versions.items()
    }
    assert ids["en"] == ids["sv"]
    assert len(set(ids["en"])) == len(ids["en"])
    anchors = {segment.anchor for segment in article.segments if segment.anchor}
    assert anchors <= set(ids["en"])


def test_characters_that_look_like_markers_are_text() -> None:
    body = "Look: \ue0000\ue001 x \ue002 and &#xE003;0&#xE004; y."
    assert "\ue0000\ue001 x \ue002" in page(show(body, {}))


@given(
    st.text(st.characters(min_codepoint=0xE000, max_codepoint=0xE005) | st.sampled_from("a0 "), max_size=20)
)
def test_markers_are_found_in_no_text(text: str) -> None:
    markers = Markers.absent_from(text)
    assert not set(text) & {markers.begin, markers.middle, markers.end}


def test_references_to_characters_that_look_like_markers_are_text() -> None:
    shown = page(show("One.\n\nLook: &#xE000;0&#xE001; x &#xE002; here.", {}))
    assert "Look: \ue0000\ue001 x \ue002 here." in shown
    assert shown.count("data-state") == 2


# What is shown, and what is said of it

CASES = {
    "reviewed": (Entry("", "Två."), "Två.", Status.REVIEWED, False),
    "machine": (Entry("", "Två.", flags=("fuzzy",), draft=Draft.of("argos", "1", "Två.")), "Två.", Status.MACHINE, True),
    "draft": (Entry("", "Två.", flags=("fuzzy",)), "Två.", Status.DRAFT, True),
    "stale": (Entry("", "Två.", flags=("fuzzy",), previous="Take two pill."), "Två.", Status.STALE, True),
    "missing": (Entry("", ""), "Take two pills.", Status.MISSING, False),
    "figures changed": (Entry("", "3.", flags=("fuzzy",), previous="Take three pills."), "Take two pills.", Status.STALE, False),
    "negation changed": (
        Entry("", "Ta inte.", flags=("fuzzy",), previous="Do not take two pills."), "Take two pills.", Status.STALE, False
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_block_shows_what_its_state_allows(name: str) -> None:
    entry, text, status, has_original = CASES[name]
    version = show("Take two pills.", {"Take two pills.": entry})
    shown = page(version)
    foreign = ' lang="en"' if text == "Take two pills." else ""
    assert re.search(rf'<p id="b-[0-9a-f]+" data-state="{status}"{foreign}>{re.escape(text)}</p>', shown)
    if status is Status.REVIEWED:
        assert not marks(version)
    else:
        (mark,) = marks(version)
        assert (mark.status, mark.lang) == (status, "en")
        assert mark.original == (("Take two pills.",) if has_original else ())
    assert version.head.blocks == {status: 1}
    assert version.head.models == (("argos 1",) if name == "machine" else ())
    assert version.head.words == {status: len(text.split())}


def test_a_rejected_translation_is_not_published() -> None:
    article = parse("Take 2 mg.")
    catalogs = translated(article, {"Take 2 mg.": "Ta 20 mg."})
    version = render(article, LANGS, catalogs, lambda entry, segment: entry.target == "Ta 20 mg.").versions[
        "sv"
    ]
    assert "20" not in page(version)
    assert 'data-state="rejected" lang="en">Take 2 mg.</p>[rejected]' in page(version)


def test_an_original_is_marked_as_nothing_else() -> None:
    version = show("Take two pills.", {}, lang="en")
    assert 'data-state="original">Take' in page(version)
    assert not marks(version)


def test_a_passage_in_the_other_language_is_original_there_and_translated_here() -> None:
    article = parse("One.\n\n::: sv\nTvå.\n:::\n")
    versions = render(article, LANGS, translated(article, {"Två.": "Two."}, "en"), never).versions
    assert 'data-state="reviewed">Two.' in page(versions["en"])
    assert 'data-state="original">Två.' in page(versions["sv"])
    assert 'data-state="missing" lang="en">One.' in page(versions["sv"])


OFF, ON = "<!-- translate: off -->\n", "\n<!-- translate: on -->"


@pytest.mark.parametrize(
    ("body", "lang", "kept"),
    [
        (f"{OFF}\nOne *two*.\n{ON}", "en", '<div translate="no"><p>One <em>two</em>.</p></div>'),
        (f"{OFF}\nOne.\n\n- two\n{ON}", "sv", '<div lang="en" translate="no"><p>One.</p><ul><li>two</li></ul></div>'),
        (f"::: sv\n{OFF}\nEtt.\n{ON}\n:::\n\nOne.", "sv", '<div translate="no"><p>Ett.</p></div>'),
        (f"::: sv\n::: note\n{OFF}\nEtt.\n{ON}\n:::\n:::", "en", '<div lang="sv" translate="no"><p>Ett.</p></div>'),
        (f"::: sv\nEtt.\n:::\n\n{OFF}\nOne.\n{ON}", "sv", '<div lang="en" translate="no"><p>One.</p></div>'),
        (f"- {OFF}\n  One.\n\n{ON}", "sv", ""),
        (f"{OFF}\n{ON}\n\nOne.", "sv", ""),
        ("<!-- translate: off --> One.\n\nTwo.", "sv", ""),
        ("Two.\n\n<!-- translate: on --> x\n\nTwo.", "sv", ""),
    ],
)  # fmt: skip
def test_what_is_not_translated_says_its_language_and_that_it_stays(body: str, lang: str, kept: str) -> None:
    shown = re.sub(r"\n", "", page(show(body, {}, lang)))
    assert kept in shown
    assert shown.count("translate=") == bool(kept)
    assert "tvilling" not in shown


def test_a_passage_of_plain_text_that_is_not_translated_says_so_too() -> None:
    text = f"T\n\n::: sv\nEtt.\n:::\n\n{OFF}\nOne.\n{ON}\n\nTwo.\n"
    article = articles.parse(text, "source_texts/a.txt", LANGS)
    shown = page(render(article, LANGS, {}, never).versions["sv"])
    assert '<div lang="en" translate="no">\n<p>One.</p>\n</div>' in shown
    assert shown.count("translate=") == 1


def test_no_browser_translates_code() -> None:
    assert '<pre translate="no"><code>x' in page(show("One.\n\n    x\n", {}))


def test_an_item_in_another_language_does_not_lend_it_to_the_items_below() -> None:
    shown = page(show("- Outer\n  - Inner\n", {"Inner": "Inre"}))
    assert re.search(r'<li id="\S+" data-state="missing"><span lang="en">Outer</span>\[missing\]', shown)
    assert re.search(r'<li id="\S+" data-state="reviewed">Inre', shown)


def test_a_heading_keeps_its_id_and_its_classes() -> None:
    shown = page(show("## Dose {#dose .big}\n", {"Dose": "Dos"}))
    assert re.search(r'<h2 class="big" id="dose" data-state="reviewed">Dos</h2>', shown)


def test_the_contents_are_nested_and_have_no_markup() -> None:
    (first, second) = show(
        "## A *b* &amp; `c`[^1]\n\n### Below\n\n## Last\n\n[^1]: n\n", {"Last": "Sist"}
    ).toc
    assert (first.text, first.lang, [each.text for each in first.below]) == ("A b & c", "en", ["Below"])
    assert (second.text, second.lang) == ("Sist", "sv")


def test_title_description_and_topics_are_told_apart_by_language() -> None:
    head = show("x", {"Title": "Titel", "Sleep": "Sömn"}).head
    assert (head.title.text, head.title.lang, head.title.status) == ("Titel", "sv", Status.REVIEWED)
    assert (head.description.text, head.description.lang) == ("About it.", "en")
    assert [(topic.text, topic.lang) for topic in head.topics] == [("Sömn", "sv")]


@pytest.mark.parametrize(
    ("target", "slug"), [("kramp", "kramp"), ("../x", "a"), ("a b", "a"), ("", "a"), ("a/b", "a")]
)
def test_a_translated_address_stays_on_the_site(target: str, slug: str) -> None:
    assert show("x", {"a": target}).head.slug == slug


def test_a_version_is_real_if_its_title_and_half_of_its_words_are_translated() -> None:
    body = "one two three\n\nfour five six\n"
    assert show(body, {"Title": "T", "one two three": "ett två tre"}).head.is_real
    assert not show(body, {"one two three": "ett två tre", "four five six": "fyra fem sex"}).head.is_real
    assert not show(body, {"Title": "T"}).head.is_real


def test_plain_text_is_rendered_without_its_title() -> None:
    article = articles.parse("The title\n\nOne <b>.\n\nTwo.\n", "a.txt", LANGS)
    rendered = render(article, LANGS, translated(article, {"Two.": "Två."}), never)
    version = rendered.versions["sv"]
    assert version.head.title.text == "The title"
    assert "The title" not in page(version)
    assert "One &lt;b&gt;." in page(version)
    assert 'data-state="reviewed">Två.' in page(version)


def test_a_rendered_article_can_be_kept_in_a_cache() -> None:
    article = parse("One [two](b.md).\n\n::: note\nThree\n:::\n")
    rendered = render(article, LANGS, {}, never)
    assert pickle.loads(pickle.dumps(rendered)) == rendered


# Links


def links(body: str) -> list[Link | Asset]:
    return [part for part in show(body, {}, "en").body if isinstance(part, Link | Asset)]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("other.md", Link("other")),
        ("./other.md#id", Link("other", "id")),
        ("m%C3%A5tt.md", Link("mått")),
        ("other.txt", Link("other")),
        ("other.md#a%20b", Link("other", "a b")),
        ("#here", Link("", "here")),
        ("data.csv", Asset("data.csv")),
        ("a/../b/c.pdf", Asset("b/c.pdf")),
    ],
)
def test_addresses_beside_the_article_are_left_open(address: str, link: Link | Asset) -> None:
    assert links(f"See [it]({address}).") == [link]


@pytest.mark.parametrize(
    "address", ["https://a.example/other.md", "mailto:a@b.example", "/root.md", "//a.example/b.md"]
)
def test_addresses_elsewhere_are_left_alone(address: str) -> None:
    assert links(f"See [it]({address}).") == []


def test_a_link_knows_whose_fault_it_is() -> None:
    version = show("See [it](gone.md).", {"See [it](gone.md).": "Se [den](borta.md)."})
    (link,) = (part for part in version.body if isinstance(part, Link))
    assert link == Link("borta")
    assert str(link.place) == "a.po:7"
    (link,) = (part for part in show("a\n\nSee [it](gone.md).", {}, "en").body if isinstance(part, Link))
    assert str(link.place) == "source_texts/a.md:10"


@pytest.mark.parametrize(("body", "names"), [("::: sv", []), ("::: figure", []), ("::: note", ["note"])])
def test_a_div_at_the_beginning_says_its_name_only_if_it_is_a_box(body: str, names: list[str]) -> None:
    version = show(f"{body}\n```\ncode\n```\n\nText.\n:::\n", {}, "en")
    assert [part.name for part in version.body if isinstance(part, Label)] == names
    assert "<code>code" in page(version)


def test_footnotes_lead_there_and_back() -> None:
    shown = page(show("One[^a], two[^a].\n\n[^a]: The note.\n[^b]: Nobody refers to it.\n", {}, "en"))
    assert re.search(r'id="fnref-a"><a href="#fn-a" role="doc-noteref">1</a>', shown)
    assert 'id="fnref-a-2"' in shown
    assert re.search(
        r'id="fn-a"><span class="footnote-number"><a href="#fnref-a" role="doc-backlink">1</a>', shown
    )
    assert "#fnref-b" not in shown


# Catalogs are not trusted


class Tags(HTMLParser):
    """All tags with their attributes, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


HARMFUL = [
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    "[x](javascript:alert(1))",
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    "<iframe src=https://evil.example></iframe>",
    '<style>@import "https://evil.example";</style>',
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<form action=https://evil.example><input name=q></form>",
    "<svg onload=alert(1)></svg>",
    '<p style="position:fixed">x</p>',
    "<object data=https://evil.example></object>",
    "<base href=https://evil.example>",
    '<b id="doctor">x</b>',
    "</p></div><script>alert(1)</script>",
    "text\n\n<script>alert(1)</script>\n\ntext",
    "<math><mtext></p><style><a title='</style><img src onerror=alert(1)>'>",
    "<details open ontoggle=alert(1)>x</details>",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](vbscript:alert(1))",
]
ALLOWED = safe.BLOCK | {"p", "div", "span", "h2", "li", "ul", "td", "th", "tr", "table", "thead", "tbody"}


@pytest.mark.parametrize("harm", HARMFUL)
@pytest.mark.parametrize(
    "source",
    [
        "A word.",
        "## A word",
        "- A word",
        "| A word | b |\n|--|--|\n| c | d |",
        "<div>\nA word.\n</div>",
        "> A word",
    ],
)
def test_nothing_in_a_catalog_can_harm_a_reader(source: str, harm: str) -> None:
    article = parse(source)
    targets: dict[str, str | Entry] = {segment.text: harm for segment in article.segments}
    harmless(render(article, LANGS, translated(article, targets), never))


def harmless(rendered: Rendered) -> None:
    for tag, attributes in Tags(page(rendered.versions["sv"])).found:
        assert tag in ALLOWED
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            value = re.sub(r"[\s\x00-\x20]", "", attributes.get(name) or "").casefold()
            assert not re.match("javascript:|vbscript:|data:", value)
        assert attributes.get("id") != "doctor"


def test_the_authors_own_html_is_trusted() -> None:
    body = '<div class="x" onclick="y()">\nA word.\n</div>\n\nAn <span style="color:red">other</span>.\n'
    shown = page(show(body, {}, "en"))
    assert 'onclick="y()"' in shown
    assert 'style="color:red"' in shown


def test_a_translated_block_of_html_keeps_the_classes_of_its_original() -> None:
    source = '<div class="box wide">\nA <b>word</b>.\n</div>'
    article = parse(source)
    (segment,) = (each for each in article.segments if each.kind is Kind.HTML)
    target = segment.text.replace("A <b>word</b>", "Ett <b>ord</b>").replace("wide", "wide evil")
    rendered = render(article, LANGS, translated(article, {segment.text: target}), never)
    assert re.search(r'<div class="box wide">\s*Ett <b>ord</b>', page(rendered.versions["sv"]))


DETAILS = "<details>\n<summary>Sum & more</summary>\n\nA *word*.\n\n</details>\n\nEnd.\n"


def test_an_element_may_hold_other_blocks() -> None:
    shown = page(show(DETAILS, {}, "en"))
    assert re.search(
        r"<details id=[^>]*>\s*<summary>Sum & more</summary>\s*<p [^>]*>A <em>.*</details>", shown, re.DOTALL
    )
    assert "<div" not in shown


def test_an_element_that_holds_other_blocks_is_translated_but_for_its_tags() -> None:
    source = "<details>\n<summary>Sum & more</summary>"
    shown = page(show(DETAILS, {source: source.replace("Sum & more", "Summa &lt; 1")}))
    assert re.search(r'<details id=[^>]* data-state="reviewed">\s*<summary>Summa &lt; 1</summary>', shown)


@pytest.mark.parametrize(
    ("opening", "evil"),
    [
        ("<details>", '<details ontoggle="x()">'),
        ("<details>", "<details><script>x()</script>"),
        ('<details title="a > b">', '<details title="a > b" ontoggle="x()">'),
        ('<details title="a > b">', '<details title="a > " ontoggle=x() '),
        ("<details><script>y()", "<details><script>x()"),
        ('<details title=">', '<details title=">" ontoggle="x()" '),
    ],
)
def test_an_open_element_lets_no_harm_in(opening: str, evil: str) -> None:
    source = DETAILS.partition("\n\n")[0]
    text = DETAILS.replace("<details>", opening)
    target = source.replace("<details>", evil)
    shown = page(show(text, {source.replace("<details>", opening): target}))
    for tag, attributes in Tags(shown).found:
        assert tag != "script" or "y()" in opening
        assert "ontoggle" not in attributes
    assert "<script>x()" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _so_ ~~gone~~",
        "say `code <b>`",
        "a [link](https://a.example 'title')",
        "![alt](a.png)",
        "x<sub>2</sub>",
        '<abbr title="x">y</abbr>',
    ],
)
def test_markup_that_does_no_harm_is_the_same_from_a_catalog(text: str) -> None:
    def inside(version: Version) -> str:
        found = re.search(r"<p [^>]*>(.*)</p>", page(version), re.DOTALL)
        assert found
        return found[1].replace(" />", ">")

    assert inside(show("A word.", {"A word.": text})) == inside(show(text, {}, "en"))


# Figures


def test_a_picture_alone_in_its_paragraph_has_its_title_as_caption_in_both_languages() -> None:
    body = '![A map](map.png "Where *it* is")'
    article = parse(body)
    found = render(
        article, LANGS, translated(article, {body: '![En karta](map.png "Var det är & så")'}), never
    )
    swedish, english = page(found.versions["sv"]), page(found.versions["en"])
    assert re.search(r'<figure id="b-\w+" data-state="reviewed"><img [^>]*alt="En karta"[^>]*>', swedish)
    assert "<figcaption>Var det är &amp; så</figcaption></figure>" in swedish
    assert "<figcaption>Where *it* is</figcaption></figure>" in english
    assert "title=" not in swedish + english


@pytest.mark.parametrize("body", ["![A](a.png)", 'See ![A](a.png "b")', '![A](a.png "b") ![C](c.png "d")'])
def test_other_pictures_are_no_figures(body: str) -> None:
    assert "<figure" not in page(show(body, {}))
