"""The site as files: whole, true to its languages, and without a link that leads nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from types import CodeType
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import articles, config
from pipeline.errors import TemplateError
from pipeline.model import Catalog, Draft, Entry, Severity
from pipeline.progress import row
from pipeline.render import Card, Rendered, Status, Text, render
from pipeline.site import Library, Site, seen_of, subjects
from pipeline.site.parallel import blocks, rows
from pipeline.site.templates import Templates
from pipeline.words import bundled, extract

LANGS = ("en", "sv")
URL = "https://a.example"

CRAMP = """---
lang: en
title: Cramp & <sleep>
description: What helps.
topics: [Sleep, Muscles]
date: 2026-11-20
aliases: [old]
---

## What helps {#help}

Take [magnesium](magnesium.md#table) or [rest](#help).[^1]

::: warning
Call 112.
:::

- one
- two

| Food | mg |
|------|---:|
| Nuts | 80 |
| Oats | 55 |
| Milk | 10 |

## Other

[^1]: A note.
"""
MAGNESIUM = """---
lang: sv
title: Magnesium
description: Var det finns.
topics: [Sömn]
date: 2026-11-19
---

## Tabell {#table}

Se [kramp](cramp.md).
"""
SV = {
    "title": "Kramp",
    "description": "Vad som hjälper.",
    "Sleep": "Sömn",
    "Muscles": "Muskler",
    "slug": "kramp",
    "What helps": "Vad som hjälper",
    "Take [magnesium](magnesium.md#table) or [rest](#help).[^1]": "Ta [magnesium](magnesium.md#table) eller [vila](#help).[^1]",
    "Call 112.": "Ring 112.",
    "one": "ett",
    "two": "två",
    "Food": "Mat",
    "mg": "mg",
    "Nuts": "Nötter",
    "Oats": "Havre",
    "Milk": "Mjölk",
    "Other": "Annat",
    "A note.": "En not.",
}


def rendered(text: str, name: str, targets: Mapping[str, str], drafted: Sequence[str] = ()) -> Rendered:
    """An article whose texts (or contexts) in `targets` are translated; those in `drafted` by machine."""
    article = articles.parse(text, f"source_texts/{name}.md", LANGS)
    entries: dict[str, list[Entry]] = {"en": [], "sv": []}
    for segment in article.segments:
        target = targets.get(segment.text) or targets.get(segment.context, "")
        entry = Entry(segment.text, target, segment.context)
        if segment.text in drafted:
            entry = Entry(
                segment.text, target, segment.context, flags=("fuzzy",), draft=Draft.of("argos", "1", target)
            )
        entries["sv" if segment.lang == "en" else "en"].append(entry)
    catalogs = {lang: Catalog(lang, tuple(found)) for lang, found in entries.items()}
    return render(article, LANGS, catalogs, lambda entry, segment: False)


def cramp(drafted: Sequence[str] = ()) -> Rendered:
    return rendered(CRAMP, "cramp", SV, drafted)


def magnesium() -> Rendered:
    return rendered(MAGNESIUM, "magnesium", {})


@cache
def site(
    folder: Path | None = None,
    url: str = URL,
    base: str = "/",
    swedish: tuple[Entry, ...] = (),
    status: bool = False,
) -> Site:
    settings = config.Site(url, base, {"en": "Health", "sv": "Hälsa"}, status)
    return Site.load(LANGS, settings, templates=folder or bundled(), words={"sv": Catalog("sv", swedish)})


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return texts(site().build([cramp(), magnesium()]))


def texts(files: Mapping[str, str | bytes]) -> dict[str, str]:
    return {path: text for path, text in files.items() if isinstance(text, str)}


class Read(HTMLParser):
    """What a page holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


def pages(files: Mapping[str, str | bytes]) -> dict[str, Read]:
    return {path: Read(text) for path, text in texts(files).items() if path.endswith(".html")}


def broken(files: Mapping[str, str | bytes], base: str) -> list[str]:
    """Every address on every page that leads to no file or to no id of this site."""
    found = pages(files)
    faults = []
    for path, page in found.items():
        for attributes in page.all("a", "link", "script", "img"):
            parts = urlsplit(attributes.get("href") or attributes.get("src") or "")
            if parts.scheme or parts.netloc:
                continue
            target = path
            if parts.path.startswith("/"):
                assert parts.path.startswith(base), f"{path}: {parts.path} leaves {base}"
                target = parts.path.removeprefix(base)
            elif parts.path:
                target = normpath(join(dirname(path), unquote(parts.path))) + "/" * parts.path.endswith("/")
                target = target.removeprefix("./")
            target = join(target, "index.html") if target.endswith("/") or not target else target
            if target not in files:
                faults.append(f"{path}: {parts.path}")
            elif parts.fragment and unquote(parts.fragment) not in [*found[target].ids, "content"]:
                faults.append(f"{path}: {parts.path}#{parts.fragment}")
    return faults


# Whole


def test_a_page_names_what_drafted_it(built: dict[str, str]) -> None:
    made = texts(site().build([cramp(["two"]), magnesium()]))
    assert 'Machine drafts by <span translate="no">argos 1</span>.' in made["sv/kramp/index.html"]
    assert not any("Machine drafts by" in page for page in built.values())


def test_these_are_the_files(built: dict[str, str]) -> None:
    assert sorted(built) == [
        "404.html", "en/404.html", "en/cramp/index.html", "en/feed.xml", "en/index.html",
        "en/magnesium/index.html", "en/old/index.html", "en/topics/index.html", "en/topics/muscles/index.html",
        "en/topics/sleep/index.html", "en/topics/somn/index.html", "index.html", "parallel/cramp/index.html",
        "parallel/magnesium/index.html", "sitemap.xml", "sv/404.html", "sv/cramp/index.html", "sv/feed.xml",
        "sv/index.html", "sv/kramp/index.html", "sv/magnesium/index.html", "sv/topics/index.html",
        "sv/topics/muskler/index.html", "sv/topics/somn/index.html",
    ]  # fmt: skip


@pytest.mark.parametrize("base", ["/", "/docs/deep/"])
def test_no_link_leads_nowhere(base: str) -> None:
    assert broken(site(base=base).build([cramp(), magnesium()]), base) == []


def test_a_sheet_makes_the_files_that_it_says() -> None:
    read = [cramp(), magnesium()]
    library = Library.of((each.card for each in read), LANGS)
    rows = [row(Catalog("sv"), "cramp", (), ())]
    sheets = [
        *(site(status=True).sheet(each.card.name, library, (), partial(_same, each)) for each in read),
        *site(status=True).rest(library, rows=rows),
    ]
    for sheet in sheets:
        assert tuple(name for name, _ in sheet.make()) == sheet.paths


def _same(each: Rendered) -> Rendered:
    return each


SV_TEXT = Text("Annat", "sv", Status.REVIEWED, "Other")


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "ny"},
        {"title": SV_TEXT},
        {"title": Text("Kramp", "en")},
        {"description": SV_TEXT},
        {"topics": (SV_TEXT, SV_TEXT)},
        {"words": {Status.MISSING: 9}},
        {"blocks": {Status.STALE: 1}},
        {"models": ("argos",)},
    ],
    ids=str,
)
def test_sheets_with_equal_inputs_make_the_same_files(change: Mapping[str, Any]) -> None:
    card = cramp().card
    other = replace(card, heads={**card.heads, "sv": replace(card.heads["sv"], **change)})
    before, after = made(card), made(other)
    assert {inputs: before[inputs] for inputs in before.keys() & after.keys()}.items() <= after.items()
    assert (before == after) == ("models" in change), "what is shown nowhere else makes nothing new"


@pytest.mark.parametrize("change", [{"dated": date(2026, 11, 1)}, {"former": {"sv": ("gammal",)}}], ids=str)
def test_what_is_new_of_an_article_is_seen_elsewhere(change: Mapping[str, Any]) -> None:
    card = cramp().card
    before, after = made(card), made(replace(card, **change))
    assert {inputs: before[inputs] for inputs in before.keys() & after.keys()}.items() <= after.items()
    assert before != after


def made(card: Card) -> dict[tuple[object, ...], object]:
    """All that is made of other articles than `card`, by its inputs."""
    library = Library.of((card, magnesium().card), LANGS)
    own = site().sheet("magnesium", library, (seen_of(magnesium().card, library),), magnesium)
    files = {sheet.inputs: dict(sheet.make()) for sheet in (own, *site().rest(library))}
    return {**files, ("plan", library.said): library.plan}


def test_the_same_input_gives_the_same_bytes() -> None:
    assert site().build([cramp(), magnesium()]) == site().build([cramp(), magnesium()])


def test_a_page_is_small_and_so_is_the_script() -> None:
    files = site().build([cramp(), magnesium()])
    assert max(len(text.encode()) for text in texts(files).values()) < 60_000
    assert len(files["static/site.js"]) < 10_000


def test_every_page_has_a_language_a_title_one_first_heading_and_ids_of_its_own(
    built: dict[str, str],
) -> None:
    for path, page in pages(built).items():
        assert page.all("html")[0]["lang"] in LANGS, path
        assert len(page.all("h1")) == 1, path
        assert len(page.ids) == len(set(page.ids)), path
        assert re.search(r"<title>\s*\S", built[path]), path


def test_a_site_without_articles_is_whole() -> None:
    assert broken(site().build([]), "/") == []


def test_a_site_without_an_address_has_no_absolute_links() -> None:
    files = site(url="").build([cramp(), magnesium()])
    assert not [path for path in files if path.endswith(".xml")]
    assert "canonical" not in texts(files)["en/cramp/index.html"]
    assert broken(files, "/") == []


# Two languages


def test_no_catalog_of_the_templates_words_puts_markup_on_a_page() -> None:
    def soiled(text: str) -> str:
        return f"{text}<script>x</script>\"' onclick='x' &lt;i&gt; </p><!--" if text else ""

    words = tuple(
        Entry(word.text, targets=(soiled(word.text), soiled(word.plural)), plural=word.plural)
        if word.plural
        else Entry(word.text, soiled(word.text))
        for word in extract([bundled()])
    )
    articles_ = [cramp(["Call 112."]), magnesium()]
    plain, hostile = site().build(articles_), site(swedish=words).build(articles_)
    assert "onclick" in str(hostile["sv/kramp/index.html"])
    for path, page in pages(hostile).items():
        assert [tag for tag, _ in page.tags] == [tag for tag, _ in Read(str(plain[path])).tags], path
        assert not [names for _, names in page.tags if "onclick" in names], path


def test_each_passage_has_a_link_to_itself_without_script(built: dict[str, str]) -> None:
    for path in ("en/cramp/index.html", "sv/kramp/index.html"):
        page = Read(built[path])
        here = [each for each in page.all("a") if each.get("class") == "here"]
        assert {each["href"].removeprefix("#") for each in here} <= set(page.ids)
        assert len(here) == len(page.all("p", "h2")) - len(
            [each for each in page.all("p", "h2") if "id" not in each or "data-state" not in each]
        )
        assert {each["aria-label"] for each in here} == {"Link to this passage"}
    assert 'class="here"' not in built["parallel/cramp/index.html"]


def test_titles_are_escaped(built: dict[str, str]) -> None:
    assert '<h1 data-state="original">Cramp &amp; &lt;sleep&gt;</h1>' in built["en/cramp/index.html"]


def test_links_between_articles_follow_the_readers_language(built: dict[str, str]) -> None:
    assert 'href="../magnesium/#table"' in built["sv/kramp/index.html"]
    assert 'href="../kramp/">kramp' in built["sv/magnesium/index.html"]
    assert 'href="../cramp/">kramp' in built["en/magnesium/index.html"]


def test_the_switcher_names_each_language_in_itself(built: dict[str, str]) -> None:
    links = [each for each in pages(built)["en/cramp/index.html"].all("a") if "data-switch" in each]
    assert links[0] == {
        "href": "../../sv/kramp/", "lang": "sv", "hreflang": "sv", "rel": "alternate", "translate": "no", "data-switch": "",
    }  # fmt: skip


def alternates(page: Read) -> dict[str, str]:
    return {each["hreflang"]: each["href"] for each in page.all("link") if "hreflang" in each}


def test_hreflang_is_reciprocal_between_translations(built: dict[str, str]) -> None:
    found = pages(built)
    both = {"en": f"{URL}/en/cramp/", "sv": f"{URL}/sv/kramp/", "x-default": f"{URL}/en/cramp/"}
    assert alternates(found["en/cramp/index.html"]) == alternates(found["sv/kramp/index.html"]) == both


def test_a_page_that_shows_the_other_language_is_no_alternate_of_it(built: dict[str, str]) -> None:
    found = pages(built)
    assert alternates(found["en/magnesium/index.html"]) == alternates(found["sv/magnesium/index.html"]) == {}
    (canonical,) = (
        each for each in found["en/magnesium/index.html"].all("link") if each.get("rel") == "canonical"
    )
    assert canonical["href"] == f"{URL}/sv/magnesium/"
    assert f"{URL}/en/magnesium/" not in built["sitemap.xml"]
    assert f"{URL}/sv/magnesium/" in built["sitemap.xml"]


def test_a_fallback_title_says_its_language(built: dict[str, str]) -> None:
    assert '<h1 lang="sv" data-state="missing">Magnesium</h1>' in built["en/magnesium/index.html"]


def test_the_templates_speak_the_readers_language() -> None:
    swedish = (Entry("Topics", "Ämnen"), Entry("Warning", "Varning"))
    files = texts(site(swedish=swedish).build([cramp()]))
    assert "<h1>Ämnen</h1>" in files["sv/topics/index.html"]
    assert '<p class="name">Varning</p>' in files["sv/kramp/index.html"]
    assert '<p class="name">Warning</p>' in files["en/cramp/index.html"]
    assert '<p class="name">Varning</p>' in files["parallel/cramp/index.html"]


def test_the_root_page_offers_both_and_sends_nobody_anywhere(built: dict[str, str]) -> None:
    root = pages(built)["index.html"]
    assert [each["lang"] for each in root.all("section")] == ["en", "sv"]
    assert not [each for each in root.all("meta") if each.get("http-equiv")]


def test_topics_stand_in_the_order_of_the_alphabet() -> None:
    text = MAGNESIUM.replace("[Sömn]", "[Ö, Z, Å, A, Ä]")
    page = texts(site().build([rendered(text, "magnesium", {})]))["sv/topics/index.html"]
    found = re.findall(r'<li><a href="([^"]*)">(.)</a>', page)
    assert [name for _, name in found] == ["A", "Z", "Å", "Ä", "Ö"]
    assert len({href for href, _ in found}) == 5


# Honesty


def notice(text: str) -> str:
    found = re.search(r'<aside class="notice".*?</svg>\s*<p>(.*?)</p>', text, re.DOTALL)
    assert found
    return " ".join(re.sub("<[^>]*>", " ", found[1]).split())


def test_a_page_says_how_much_of_it_is_reviewed() -> None:
    files = texts(site().build([cramp(["one", "two", "Nuts"])]))
    assert notice(files["sv/kramp/index.html"]) == (
        "Translated from engelska. 9 of 12 passages reviewed, 3 drafted by machine. Machine drafts by argos 1 . Read the original in engelska"
    )
    assert notice(files["en/cramp/index.html"]) == "This is the original, written in English."


def test_a_reviewed_page_says_so(built: dict[str, str]) -> None:
    assert "All 12 translated passages are reviewed." in notice(built["sv/kramp/index.html"])


def test_the_original_stands_beside_a_draft_without_script() -> None:
    page = texts(site().build([cramp(["Call 112.", "Nuts"])]))["sv/kramp/index.html"]
    assert re.search(
        r'data-state="machine">Ring 112\.<a class="here"[^>]*></a></p><details class="mark" data-mark="machine"><summary.*?'
        r'<div class="was" lang="en">Call 112\.</div></details>',
        page,
    )
    assert re.search(r'<td [^>]*data-state="machine">Nötter<details class="mark small"', page)


def test_the_index_says_how_each_article_stands() -> None:
    page = texts(site().build([cramp(["one"]), magnesium()]))["sv/index.html"]
    assert "11 of 12 reviewed" in page
    assert "Original</span>" in page


# Side by side


def test_both_versions_stand_block_beside_block(built: dict[str, str]) -> None:
    page = built["parallel/cramp/index.html"]
    assert re.search(
        r'id="help"[^>]*>What helps</h2>.*?<div class="cell" lang="sv">\s*<h2 id="twin-help"[^>]*>Vad',
        page,
        re.DOTALL,
    )
    assert page.count('<div class="row"') == 7


HTML = st.recursive(
    st.sampled_from(["text", "<br>", "<hr />", "<!-- <p> -->", '<img alt="<p>">', ""]),
    lambda inner: st.tuples(st.sampled_from(["p", "ul", "div", "x-y"]), st.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
)


@given(st.lists(HTML, max_size=5).map("\n".join))
def test_blocks_joined_are_the_text(text: str) -> None:
    assert "".join(blocks(text)) == text


@given(
    st.lists(st.sampled_from(["<p>a</p>", "<ul><li>b</li></ul>", "</div>", "<div>", "c"]), max_size=5).map(
        "".join
    )
)
def test_bodies_that_do_not_pair_stand_whole(text: str) -> None:
    found = rows(text, "<p>one</p>\n<p>two</p>")
    assert "".join(row.cells[0] for row in found) == text


# Addresses


def test_an_old_address_leads_to_the_new_one(built: dict[str, str]) -> None:
    for old, new in (("en/old/", "en/cramp/"), ("sv/cramp/", "sv/kramp/")):
        page = built[f"{old}index.html"]
        assert f'<meta http-equiv="refresh" content="0; url=../{new[3:]}">' in page
        assert f'href="{URL}/{new}"' in page


@pytest.mark.parametrize(
    ("aliases", "owner"),
    [
        ("magnesium", "source_texts/magnesium.md"),
        ("old, topics", "the site's own page /en/topics/"),
        ("given", "source_texts/again.md"),
    ],
)
def test_a_former_address_that_is_somebody_elses_now_is_reported(aliases: str, owner: str) -> None:
    """A page goes before it; of two articles the first one has it."""
    again = rendered(CRAMP.replace("[old]", "[given]"), "again", {})
    text = CRAMP.replace("[old]", f"[cramp, {aliases}]")
    one = rendered(text, "cramp", SV)
    library = Library.of([one.card, magnesium().card, again.card], LANGS)
    assert [(each.check, each.severity, each.lang, str(each.place)) for each in library.findings] == [
        ("former-address-taken", Severity.WARNING, "en", "source_texts/cramp.md")
    ]
    assert library.findings[0].message.endswith(f"it belongs to {owner}")
    files = texts(site().build([one, magnesium(), again]))
    assert "refresh" not in files["en/magnesium/index.html"] + files["en/topics/index.html"]
    assert "url=../again/" in files["en/given/index.html"]


def test_a_translation_is_found_where_it_was_before_but_not_where_another_page_is() -> None:
    one = replace(
        rendered(CRAMP, "cramp", SV | {"slug": "lur"}).card, former={"sv": ("vila", "magnesium", "lur")}
    )
    library = Library.of([one, magnesium().card], LANGS)
    assert [each.check for each in library.findings] == ["former-address-taken"]
    assert library.plan.moved == {"sv/vila/": "sv/lur/", "sv/cramp/": "sv/lur/"}


def test_two_articles_with_one_address_are_told_apart_and_reported() -> None:
    first, second = rendered(CRAMP, "cramp", SV | {"slug": "magnesium"}), magnesium()
    library = Library.of((first.card, second.card), LANGS)
    assert library.path("sv", "magnesium") == "sv/magnesium/"
    assert library.path("sv", "cramp") == "sv/cramp/"
    (finding,) = (each for each in library.findings if each.check == "slug-taken")
    assert (finding.severity, finding.lang, str(finding.place)) == (
        Severity.ERROR,
        "sv",
        "source_texts/cramp.md",
    )


def test_no_article_takes_the_sites_own_pages() -> None:
    library = Library.of([rendered(CRAMP, "cramp", SV | {"slug": "topics"}).card], LANGS)
    assert library.path("sv", "cramp") == "sv/cramp/"


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("gone.md", "there is no article 'gone'"),
        ("cramp.md#gone", "has no block with the id 'gone'"),
        ("#gone", "has no block with the id 'gone'"),
        ("a.png", "there is no file 'a.png'"),
    ],
)
def test_a_link_that_leads_nowhere_is_reported_once_where_it_stands(link: str, message: str) -> None:
    text = MAGNESIUM.replace("cramp.md", link)
    library = Library.of((rendered(text, "magnesium", {}).card, cramp().card), LANGS)
    (finding,) = library.findings
    assert (finding.check, str(finding.place)) == ("broken-link", "source_texts/magnesium.md:11")
    assert message in finding.message
    assert finding.remedy


def test_a_file_beside_the_articles_is_found() -> None:
    text = MAGNESIUM.replace("[kramp](cramp.md)", "![bild](img/a%20b.png)")
    one = rendered(text, "magnesium", {})
    assert not Library.of([one.card], LANGS, assets={"img/a b.png"}).findings
    assert 'src="../../media/img/a%20b.png"' in texts(site().build([one]))["sv/magnesium/index.html"]


def test_a_place_in_a_file_is_no_part_of_its_name() -> None:
    text = MAGNESIUM.replace("cramp.md", "table.pdf#page=2")
    one = rendered(text, "magnesium", {})
    assert not Library.of([one.card], LANGS, assets={"table.pdf"}).findings
    assert 'href="../../media/table.pdf#page=2"' in texts(site().build([one]))["sv/magnesium/index.html"]


# Templates of the project's own


def own(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / "templates").mkdir(exist_ok=True)
    (tmp_path / "templates" / name).write_text(text, encoding="utf-8")
    return tmp_path / "templates"


def test_a_projects_template_goes_before_the_bundled_one(tmp_path: Path) -> None:
    folder = own(tmp_path, "topics.html", "{% extends 'base.html' %}{% block content %}Mine{% endblock %}")
    files = texts(site(folder).build([cramp()]))
    assert "Mine" in files["en/topics/index.html"]
    assert "Mine" not in files["en/index.html"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{{ page.lang }}\n{{ nothing }}", 2),
        ("\n\n{% if %}", 3),
        ("{{ page.lang + 1 }}", 1),
        ("\n{% include 'gone.html' %}", 2),
        ("{% extends 'base.html' %}\n{% block content %}\n{{ page.nothing }}{% endblock %}", 3),
        ("{{ 1 // 0 }}", 1),
    ],
)
def test_a_fault_in_a_template_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(TemplateError) as caught:
        site(own(tmp_path, "topics.html", text)).build([cramp()])
    assert str(caught.value.place) == f"templates/topics.html:{line}"
    assert caught.value.remedy


def test_a_fault_in_the_words_names_its_line(tmp_path: Path) -> None:
    text = (
        (bundled() / "words.html")
        .read_text(encoding="utf-8")
        .replace("{% macro label(name) %}", "{% macro label(name) %}{{ nothing }}")
    )
    with pytest.raises(TemplateError) as caught:
        site(own(tmp_path, "words.html", text)).build([cramp()])
    assert re.fullmatch(r"templates/words.html:\d+", str(caught.value.place))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Counter[str | None]:
    """How often each template is compiled."""
    counts = Counter[str | None]()
    compile_ = jinja2.Environment.compile

    def counted(self: jinja2.Environment, source: str, name: str | None, filename: str | None) -> CodeType:
        counts[name] += 1
        return compile_(self, source, name, filename)

    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    return counts


def test_a_template_is_compiled_once_and_says_its_constants_in_each_language(
    tmp_path: Path, compiled: Counter[str | None]
) -> None:
    templates = site(own(tmp_path, "number.html", "{{ 1.5 | number }}")).templates
    said = [templates.page("number.html", lang, {}) for lang in ("en", "sv")]
    assert said == ["1.5", "1,5"]
    assert compiled == {"number.html": 1}


# Large libraries


def test_a_page_of_a_large_library_stays_small_and_every_article_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first page shows the newest of each topic; long lists go on on further pages."""
    monkeypatch.setattr(subjects, "ROOM", 10)
    front = "---\nlang: en\ntitle: T\ntopics: [{}]\ndate: 2026-{:02}-01\n---\n\nText.\n"
    each = [rendered(front.format(("Sleep", "Food")[n % 2], 1 + n // 2), f"a{n}", {}) for n in range(24)]
    files = texts(site().build(each))
    first = files["en/index.html"]
    assert 'href="topics/sleep/">All 12 articles on this topic</a>' in first
    assert sorted(map(int, re.findall(r"<h3><a href=\"a(\d+)/", first))) == list(range(14, 24)), "the newest"
    one, two = files["en/topics/sleep/index.html"], files["en/topics/sleep/2/index.html"]
    assert '<h2 class="quiet">12 articles</h2>' in one
    assert one.count("<h3>") == 10
    assert sorted(map(int, re.findall(r"/a(\d+)/\">T<", one + two))) == list(range(0, 24, 2))
    assert '<li><a href="2/">2</a></li>' in one
    assert '<li><a href="../">1</a></li>' in two
    assert '<li><a href="./" aria-current="page">2</a></li>' in two


def test_the_next_run_compiles_only_what_is_new(tmp_path: Path, compiled: Counter[str | None]) -> None:
    folder, kept = own(tmp_path, "number.html", "{{ 1.5 | number }}"), tmp_path / "kept"
    kept.mkdir()

    def say() -> str:
        return Templates([folder], LANGS, {}, kept).page("number.html", "sv", {})

    assert [say(), say()] == ["1,5", "1,5"]
    assert compiled["number.html"] == 1
    (folder / "number.html").write_text("{{ 2.5 | number }}")
    assert [say(), say()] == ["2,5", "2,5"]
    assert compiled["number.html"] == 2


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-9], lambda data: data[:40] + b"x" + data[41:], lambda _: b""]
)
def test_compiled_templates_that_were_harmed_cost_only_time(
    tmp_path: Path, compiled: Counter[str | None], harm: Callable[[bytes], bytes]
) -> None:
    folder, kept = own(tmp_path, "number.html", "{{ 1.5 | number }}"), tmp_path / "kept"
    kept.mkdir()
    for _ in range(2):
        assert Templates([folder], LANGS, {}, kept).page("number.html", "sv", {}) == "1,5"
        for path in kept.iterdir():
            path.write_bytes(harm(path.read_bytes()))
    assert compiled["number.html"] == 2


# For machines


@pytest.mark.parametrize("name", ["sitemap.xml", "en/feed.xml", "sv/feed.xml"])
def test_xml_is_well_formed(built: dict[str, str], name: str) -> None:
    assert ET.fromstring(built[name]) is not None


def test_a_feed_has_the_newest_article_first(built: dict[str, str]) -> None:
    titles = [
        each.text for each in ET.fromstring(built["sv/feed.xml"]).iter("{http://www.w3.org/2005/Atom}title")
    ]
    assert titles == ["Hälsa", "Kramp", "Magnesium"]
