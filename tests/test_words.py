"""The templates' words: found, translated, and never able to break a page."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jinja2
import pytest

from pipeline import catalogs, words
from pipeline.errors import TemplateError
from pipeline.merge import merge
from pipeline.model import Catalog, Entry, Segment

Found = Callable[[str], tuple[Segment, ...]]


@pytest.fixture
def found(tmp_path: Path) -> Found:
    def extracted(template: str) -> tuple[Segment, ...]:
        (tmp_path / "page.html").write_text(template, encoding="utf-8")
        return words.extract([tmp_path])

    return extracted


def test_a_trans_block_is_trimmed_to_one_line(found: Found) -> None:
    (segment,) = found("<p>\n{% trans %}\n  Machine-translated,\n  not reviewed\n{% endtrans %}</p>")
    assert segment.text == "Machine-translated, not reviewed"
    assert (segment.lang, str(segment.place)) == ("en", "templates/page.html:2")


def test_words_in_attributes_and_expressions_are_found(found: Found) -> None:
    template = '<a title="{{ _("Next") }}" {% if x %}aria-label="{{ gettext("Menu") }}"{% endif %}>{{ _("a") ~ "b" }}'
    assert [segment.text for segment in found(template)] == ["Next", "Menu", "a"]


def test_plurals_and_contexts_are_found(found: Found) -> None:
    segments = found(
        "{% trans count=n %}{{ count }} article{% pluralize %}{{ count }} articles{% endtrans %}"
        '{{ ngettext("%(num)s word", "%(num)s words", n) }}{{ pgettext("verb", "Rest") }}'
        '{{ npgettext("noun", "%(num)s rest", "%(num)s rests", n) }}{% trans "verb" %}Sleep{% endtrans %}'
    )
    assert [(segment.context, segment.text, segment.plural) for segment in segments] == [
        ("", "%(count)s article", "%(count)s articles"),
        ("", "%(num)s word", "%(num)s words"),
        ("verb", "Rest", ""),
        ("noun", "%(num)s rest", "%(num)s rests"),
        ("verb", "Sleep", ""),
    ]


def test_a_comment_before_a_word_is_its_note(found: Found) -> None:
    first, second = found('{# L10N: a verb #}\n{{ _("Rest") }}\n{# not for translators #}\n\n{{ _("Leg") }}')
    assert (first.note, second.note) == ("a verb", "")


def test_a_later_folder_stands_in_for_an_earlier_one(tmp_path: Path) -> None:
    for folder, word in (("bundled", "Theirs"), ("own", "Ours")):
        (tmp_path / folder / "static").mkdir(parents=True)
        (tmp_path / folder / "page.html").write_text(f"{{{{ _('{word}') }}}}", encoding="utf-8")
        (tmp_path / folder / "static" / "x.html").write_text("{{ _('not a template') }}", encoding="utf-8")
    (tmp_path / "bundled" / "feed.xml").write_text("{{ _('Feed') }}", encoding="utf-8")
    texts = [segment.text for segment in words.extract([tmp_path / "bundled", tmp_path / "own"])]
    assert texts == ["Feed", "Ours"]
    assert words.extract([tmp_path / "absent"]) == ()


def test_a_broken_template_is_an_error_with_its_line(found: Found) -> None:
    with pytest.raises(TemplateError) as caught:
        found("<p>\n{% trans %}Never ended")
    assert str(caught.value).startswith("templates/page.html:2: error: ")


def test_the_project_s_own_templates_become_a_catalog_that_merging_leaves_alone() -> None:
    segments = words.extract([Path(__file__).parent.parent / "templates"])
    old = catalogs.new("sv", words.LANGUAGE, "site")
    catalog = merge(old, segments, path="")
    assert all(entry.references[0].startswith("templates/") for entry in catalog.entries)
    assert merge(catalog, segments, path="") == catalog
    assert catalogs.parse(catalogs.dump(catalog), "", "sv") == catalog


def test_a_repeated_word_names_all_its_templates(tmp_path: Path) -> None:
    for name in ("b.html", "a.html"):
        (tmp_path / name).write_text("{{ _('Menu') }}", encoding="utf-8")
    (entry,) = merge(catalogs.new("sv", "en", "site"), words.extract([tmp_path]), path="").entries
    assert entry.references == ("templates/a.html", "templates/b.html")


SWEDISH = Catalog(
    "sv",
    (
        Entry("Next", "Nästa"),
        Entry("Fuzzy", "Luddig", flags=("fuzzy",)),
        Entry("Missing"),
        Entry("Old", "Gammal", obsolete=True),
        Entry("Rest", "Vila", context="verb"),
        Entry("%(done)s %% reviewed", "%(done)s %% granskat"),
        Entry("Hello, %(name)s!", "Hej, %(namn)s!"),
        Entry("100 %% sure", "100 % säker"),
        Entry("It is %(n)s %%", "Det är 5 %"),
        Entry("At %(n)s h", "Klockan %(n)d"),
        Entry("%(n)s leg", plural="%(n)s legs", targets=("%(n)s ben", "flera ben: %(n)s")),
        Entry("%(n)s arm", plural="%(n)s arms", targets=("%(n)s arm", "")),
    ),
    (("Plural-Forms", "nplurals=2; plural=(n != 1);"),),
)


def page(template: str, catalog: Catalog | None = SWEDISH, **values: object) -> str:
    environment = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(words.translations(catalog), newstyle=True)  # type: ignore[attr-defined]
    return environment.from_string(template).render(values)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ _('Next') }}", "Nästa"),
        ("{{ _('Fuzzy') }}", "Fuzzy"),
        ("{{ _('Missing') }}", "Missing"),
        ("{{ _('Old') }}", "Old"),
        ("{{ _('Rest') }}", "Rest"),
        ("{{ pgettext('verb', 'Rest') }}", "Vila"),
        ("{% trans done=5 %}{{ done }} % reviewed{% endtrans %}", "5 % granskat"),
        ("{{ ngettext('%(n)s leg', '%(n)s legs', 1, n=1) }}", "1 ben"),
        ("{{ ngettext('%(n)s leg', '%(n)s legs', 3, n=3) }}", "flera ben: 3"),
        ("{{ ngettext('%(n)s arm', '%(n)s arms', 3, n=3) }}", "3 arms"),
        ("{{ npgettext('noun', 'one', 'many', 2) }}", "many"),
    ],
)
def test_a_page_speaks_the_reviewed_words_and_its_own_otherwise(template: str, expected: str) -> None:
    assert page(template) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{% trans name='Åsa' %}Hello, {{ name }}!{% endtrans %}", "Hello, Åsa!"),
        ("{% trans %}100 % sure{% endtrans %}", "100 % sure"),
        ("{% trans n=5 %}It is {{ n }} %{% endtrans %}", "It is 5 %"),
        ("{% trans n='five' %}At {{ n }} h{% endtrans %}", "At five h"),
    ],
)
def test_a_translation_that_would_break_the_page_is_left_out(template: str, expected: str) -> None:
    assert page(template) == expected


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('" onmouseover="x', "&quot; onmouseover=&quot;x"),
        ("<b>fet</b>", "<b>fet</b>"),
        ("<b onclick=x>fet</b>", "&lt;b onclick=x&gt;fet</b>"),
        ("&amp;&lt;i&gt;", "&amp;&amp;lt;i&amp;gt;"),
        ("<%(way)s>", "&lt;%(way)s&gt;"),
        ("%(way)s", "&lt;a&gt;"),
    ],
)
def test_a_translation_has_no_markup_but_that_of_its_source(target: str, shown: str) -> None:
    catalog = Catalog("sv", (Entry("A <b>bold</b> way &amp; %(way)s", target),))
    expected = shown.replace("%(way)s", "&lt;a&gt;")
    assert page("{% trans way='<a>' %}A <b>bold</b> way &amp; {{ way }}{% endtrans %}", catalog) == expected


def test_without_a_catalog_a_page_speaks_its_own_language() -> None:
    assert page("{{ _('Next') }} {{ ngettext('one', 'many', 2) }}", None) == "Next many"


@pytest.mark.parametrize(
    ("header", "lang", "forms"),
    [
        ((("Plural-Forms", "nplurals=1; plural=0;"),), "sv", [0, 0, 0]),
        ((), "pl", [2, 0, 1]),
        ((("Plural-Forms", "nplurals=2; plural=__import__('os');"),), "sv", [1, 0, 1]),
        ((), "xx", [1, 0, 1]),
    ],
)
def test_the_header_s_rule_of_plurals_counts_and_else_the_language_s(
    header: tuple[tuple[str, str], ...], lang: str, forms: list[int]
) -> None:
    form = words.translations(Catalog(lang, (), header)).form
    assert [form(n) for n in (0, 1, 2)] == forms


def test_dates_figures_names_and_lists_are_written_as_the_language_writes_them() -> None:
    day = date(2026, 5, 1)
    assert (words.date_text(day, "sv"), words.date_text(day, "en")) == ("1 maj 2026", "May 1, 2026")
    assert words.date_text(day, "sv", "short") == "2026-05-01"
    assert (words.number_text(1234.5, "sv"), words.number_text(1234.5, "en")) == ("1\xa0234,5", "1,234.5")
    assert [words.language_name(code, "sv") for code in ("sv", "en", "xx")] == ["svenska", "engelska", "xx"]
    assert words.list_text(["vila", "vatten"], "sv") == "vila och vatten"
    assert words.language_name("sv", "zz") == "Swedish"


def test_swedish_has_three_letters_after_z() -> None:
    given = ["öl", "är", "Zon", "år", "al", "ände", "ale", "über", "yxa", "Åre", "ø", "æra"]
    expected = ["al", "ale", "über", "yxa", "Zon", "år", "Åre", "är", "ände", "æra", "ø", "öl"]
    ordered = sorted(given, key=words.sort_key("sv"))
    assert [word[0] for word in ordered] == [word[0] for word in expected]


def test_english_sorts_letters_with_marks_beside_those_without() -> None:
    given = ["zoo", "éclair", "Eclair", "eclipse", "öl", "oil", "ærie", "æ", "Ł", "m"]
    assert words.sort_key("en")("e\u0301")[0] == "e"
    ordered = sorted(given, key=words.sort_key("en"))
    assert ordered == [
        "æ",
        "ærie",
        "Eclair",
        "éclair",
        "eclipse",
        "Ł",
        "m",
        "oil",
        "öl",
        "zoo",
    ]


def test_babel_s_own_catalogs_are_not_used() -> None:
    for path in (Path(words.__file__).parent.parent).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module not in {
                    "babel.messages.catalog",
                    "babel.messages.pofile",
                    "babel.messages",
                }, path
