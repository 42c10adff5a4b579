"""Whatever happens to an article, its catalog follows, and nothing that a person wrote is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import catalogs
from pipeline.merge import discrepancies, merge
from pipeline.model import Catalog, Draft, Entry, Segment, State
from tests.catalog_strategies import TEXTS, segments, whole_catalogs

PATH = "source_texts/a.md"
GLASS = "Drink a glass of water in the evening."
GLASSES = "Drink two glasses of water in the evening."


def update(catalog: Catalog, *texts: str | tuple[str, str], twin: Catalog | None = None) -> Catalog:
    return merge(catalog, segments(*texts), path=PATH, twin=twin)


def fresh(*texts: str | tuple[str, str]) -> Catalog:
    return replace(update(catalogs.new("sv", "en", "a"), *texts), path="locale/sv/LC_MESSAGES/a.po")


def reviewed(*texts: str | tuple[str, str]) -> Catalog:
    """Each text with its translation, which is the text in capitals."""
    catalog = fresh(*texts)
    return replace(catalog, entries=tuple(replace(e, target=e.source.upper()) for e in catalog.entries))


def changed(catalog: Catalog, source: str, **fields: object) -> Catalog:
    entries = tuple(replace(e, **fields) if e.source == source else e for e in catalog.entries)  # type: ignore[arg-type]
    return replace(catalog, entries=entries)


def entry(catalog: Catalog, source: str, context: str = "") -> Entry:
    (found,) = [each for each in catalog.entries if each.key == (context, source)]
    return found


def drafted(catalog: Catalog, source: str, target: str) -> Catalog:
    return changed(catalog, source, target=target, flags=("fuzzy",), draft=Draft.of("argos", "m", target))


def test_a_new_article_gets_missing_entries_in_its_order() -> None:
    catalog = fresh(("title", "Cramps"), "One.", "Two.")
    assert [e.key for e in catalog.entries] == [("title", "Cramps"), ("", "One."), ("", "Two.")]
    assert {e.state for e in catalog.entries} == {State.MISSING}
    assert {e.references for e in catalog.entries} == {(PATH,)}


def test_an_edit_makes_one_entry_stale_and_changes_no_other_line() -> None:
    old = reviewed("One is enough.", GLASS, "Three are too many.")
    new = update(old, "One is enough.", GLASSES, "Three are too many.")
    assert entry(new, GLASSES) == replace(entry(old, GLASS), source=GLASSES, flags=("fuzzy",), previous=GLASS)
    assert [e for e in new.entries if e.source != GLASSES] == [e for e in old.entries if e.source != GLASS]


def test_an_edit_taken_back_restores_the_very_file() -> None:
    old = reviewed("One is enough.", GLASS)
    assert update(update(old, "One is enough.", GLASSES), "One is enough.", GLASS) == old


def test_a_second_edit_keeps_the_text_that_was_translated() -> None:
    new = update(update(reviewed(GLASS), GLASSES), GLASSES.replace("two", "three"))
    (stale,) = new.entries
    assert stale.previous == GLASS
    assert entry(update(new, GLASS), GLASS).state is State.REVIEWED


def test_what_a_person_marked_fuzzy_never_comes_back_as_reviewed() -> None:
    doubtful = changed(reviewed(GLASS), GLASS, flags=("fuzzy",))
    back = update(update(doubtful, GLASSES), GLASS)
    assert entry(back, GLASS) == entry(doubtful, GLASS)


def test_a_draft_that_a_person_edited_never_comes_back_as_reviewed() -> None:
    edited = changed(drafted(fresh(GLASS), GLASS, "Drick"), GLASS, target="Drick ett glas")
    stale = update(edited, GLASSES)
    assert entry(stale, GLASSES).state is State.STALE
    assert entry(update(stale, GLASS), GLASS) == entry(edited, GLASS)
    (twice,) = update(stale, GLASSES + " Always.").entries
    assert (twice.previous, twice.target) == (GLASS, "Drick ett glas")


def test_an_unedited_draft_is_dropped_when_its_text_changes_or_goes() -> None:
    catalog = drafted(fresh(GLASS), GLASS, "Drick ett glas")
    assert update(catalog, GLASSES).entries == fresh(GLASSES).entries
    assert update(catalog, "Something else.").entries == fresh("Something else.").entries


def test_a_reviewed_draft_is_human_work() -> None:
    catalog = changed(drafted(fresh(GLASS), GLASS, "Drick ett glas"), GLASS, flags=())
    stale = entry(update(catalog, GLASSES), GLASSES)
    assert (stale.state, stale.target, stale.is_machine_made) == (State.STALE, "Drick ett glas", False)
    (gone,) = update(catalog).entries
    assert gone.obsolete
    assert entry(update(update(catalog, GLASSES), GLASS), GLASS).state is State.REVIEWED


def test_changed_figures_are_never_silent() -> None:
    new = update(reviewed("Take 5 mg a day."), "Take 50 mg a day.")
    assert entry(new, "Take 50 mg a day.").state is State.STALE


def test_a_vanished_text_becomes_obsolete_and_is_revived_as_it_was() -> None:
    old = changed(reviewed("One.", GLASS), GLASS, comments=("a good one",))
    gone = update(old, "One.")
    (retired,) = gone.obsolete
    assert (retired.target, retired.comments, retired.references) == (GLASS.upper(), ("a good one",), ())
    assert update(gone, "One.", GLASS) == old


def test_an_entry_without_a_translation_leaves_no_trace() -> None:
    assert update(fresh("One.", GLASS), "One.") == fresh("One.")


def test_a_remark_is_kept_even_without_a_translation() -> None:
    catalog = changed(fresh("One.", GLASS), GLASS, comments=("ask the author",))
    (retired,) = update(catalog, "One.").obsolete
    assert retired.comments == ("ask the author",)


def test_another_order_is_another_order_of_the_same_entries() -> None:
    old = reviewed("One.", GLASS, "Three.")
    assert update(old, "Three.", "One.", GLASS).entries == tuple(old.entries[i] for i in (2, 0, 1))


def test_a_repeated_text_has_one_entry_with_all_notes() -> None:
    one, two = segments("Yes", "Yes")
    article = (replace(one, note="an answer"), replace(two, note="a toast"))
    catalog = merge(catalogs.new("sv", "en", "a"), article, path="a b.md", lines=True)
    (only,) = catalog.entries
    assert only.note == "an answer\n\na toast"
    assert only.references == ("\u2068a b.md\u2069:1", "\u2068a b.md\u2069:2")
    assert catalogs.parse(catalogs.dump(catalog), "", "sv") == catalog


def test_white_space_and_the_coding_of_letters_change_nothing() -> None:
    old = reviewed("Take 5\xa0mg caf\u00e9.")
    new = update(old, "Take  5 mg cafe\u0301.")
    (only,) = new.entries
    assert (only.state, only.target) == (State.REVIEWED, old.entries[0].target)


def test_a_new_context_makes_a_translation_stale_and_taking_it_away_restores_it() -> None:
    old = reviewed("Rest")
    new = update(old, ("verb", "Rest"))
    assert (entry(new, "Rest", "verb").state, entry(new, "Rest", "verb").previous) == (State.STALE, "Rest")
    assert update(new, "Rest") == old


def test_the_same_text_elsewhere_is_a_draft() -> None:
    new = update(reviewed(("title", "Cramps")), ("title", "Cramps"), "Cramps")
    copy = entry(new, "Cramps")
    assert (copy.target, copy.state, str(copy.draft)[:12]) == ("CRAMPS", State.MACHINE, "mt: memory a")
    assert entry(new, "Cramps", "title").state is State.REVIEWED


def test_an_address_outlives_the_original_address() -> None:
    new = update(reviewed(("slug", "leg-cramps")), ("slug", "night-cramps-and-rest"))
    (only,) = new.entries
    assert (only.source, only.target, only.state) == ("night-cramps-and-rest", "LEG-CRAMPS", State.REVIEWED)


@pytest.mark.parametrize(
    ("before", "after", "target", "expected"),
    [
        ("See [this](a.md).", "See [this](b.md).", "Se [det här](a.md).", "Se [det här](b.md)."),
        (
            "<https://a.example> is.",
            "<https://b.example> is.",
            "Om <https://a.example>.",
            "Om <https://b.example>.",
        ),
        ("![A leg](leg.png)", "![A leg](leg.webp)", "![Ett ben](leg.png)", "![Ett ben](leg.webp)"),
        ("[A](a.md), [B](b.md)", "[A](b.md), [B](a.md)", "[b](b.md), [a](a.md)", "[b](a.md), [a](b.md)"),
        ("[A](x) [A](x)", "[A](y) [A](y)", "[a](x) [a](x)", "[a](y) [a](y)"),
    ],
)
def test_a_new_link_target_is_put_into_the_translation(
    before: str, after: str, target: str, expected: str
) -> None:
    new = update(changed(reviewed(before), before, target=target), after)
    assert (entry(new, after).target, entry(new, after).state) == (expected, State.REVIEWED)
    machine = update(drafted(fresh(before), before, target), after)
    assert (entry(machine, after).target, entry(machine, after).state) == (expected, State.MACHINE)


@pytest.mark.parametrize(
    ("before", "after", "target"),
    [
        ("See [this](a.md) now.", "See [that](b.md) now.", "Se [det här](a.md) nu."),
        ("See [this](a.md) now.", "See [this](b.md) now.", "Se [det här](sv/a.md) nu."),
        ("[A](x) and [A](x) now", "[A](y) and [A](z) now", "[a](x) och [a](x) nu"),
        ("See [this](a.md) now.", "See [this](b.md) now.", "Se det här nu."),
        ("See [this](a.md 'A') now.", "See [this](a.md 'B') now.", "Se [det här](a.md 'A') nu."),
    ],
)
def test_a_link_that_changed_otherwise_makes_the_translation_stale(
    before: str, after: str, target: str
) -> None:
    new = update(changed(reviewed(before), before, target=target), after)
    assert (entry(new, after).target, entry(new, after).state) == (target, State.STALE)


def test_other_emphasis_makes_the_translation_stale_however_short() -> None:
    (only,) = update(reviewed("***No!***"), "No!").entries
    assert (only.state, only.previous) == (State.STALE, "***No!***")


def test_the_most_alike_texts_find_each_other_and_none_is_taken_from_a_live_one() -> None:
    old = reviewed(GLASS, "Eat a handful of nuts in the evening.")
    new = update(old, GLASS, GLASSES, "Eat two handfuls of nuts in the evening.")
    assert entry(new, GLASS) == entry(old, GLASS)
    assert entry(new, GLASSES).state is State.MISSING
    assert entry(new, "Eat two handfuls of nuts in the evening.").state is State.STALE


def test_of_the_parts_of_a_split_text_the_most_alike_gets_the_translation() -> None:
    new = update(reviewed(GLASS + " Always."), GLASS, GLASS.replace("a glass", "the glass"))
    assert [e.state for e in new.entries] == [State.STALE, State.MISSING]


def test_a_header_that_was_lost_is_made_anew_and_other_fields_are_kept() -> None:
    assert dict(update(replace(fresh("One."), header=()), "One.").header)["X-Extractor"] == "1"
    kept = replace(fresh("One."), header=(("X-Extractor", "1"), ("X-Own", "yes")))
    assert update(kept, "One.", "Two.").header == kept.header


def swedish(*pairs: tuple[str, str], flags: tuple[str, ...] = ()) -> Catalog:
    """The catalog in the other direction."""
    return Catalog("en", tuple(Entry(source, target, flags=flags) for source, target in pairs))


def test_a_translation_that_becomes_the_original_takes_the_original_as_its_translation() -> None:
    new = update(fresh(), "The leg cramps.", twin=swedish(("Benet krampar.", "The leg cramps.")))
    assert entry(new, "The leg cramps.") == Entry("The leg cramps.", "Benet krampar.", references=(PATH,))


def test_a_draft_that_becomes_the_original_has_a_translation_to_be_reviewed() -> None:
    new = update(
        fresh(), "The leg cramps.", twin=swedish(("Benet krampar.", "The leg cramps."), flags=("fuzzy",))
    )
    assert (entry(new, "The leg cramps.").target, entry(new, "The leg cramps.").fuzzy) == (
        "Benet krampar.",
        True,
    )


def test_a_translation_that_is_edited_as_it_becomes_the_original_makes_a_stale_one() -> None:
    twin = swedish(("Benet krampar ofta på natten.", "The leg often cramps at night."))
    new = update(fresh(), "The leg often cramps in the night.", twin=twin)
    only = entry(new, "The leg often cramps in the night.")
    assert (only.target, only.previous) == ("Benet krampar ofta på natten.", "The leg often cramps at night.")


def test_a_flip_there_and_back_loses_nothing() -> None:
    into_sv = changed(reviewed("The leg cramps."), "The leg cramps.", target="Benet krampar.")
    into_en = merge(
        catalogs.new("en", "sv", "a"), segments("Benet krampar.", lang="sv"), path=PATH, twin=into_sv
    )
    assert entry(into_en, "Benet krampar.").target == "The leg cramps."
    gone = update(into_sv, twin=into_en)
    assert update(gone, "The leg cramps.", twin=into_en) == into_sv


def test_texts_in_the_language_of_the_catalog_are_passed_over() -> None:
    article = (*segments("One."), *segments("Två.", lang="sv"))
    assert [e.source for e in merge(fresh(), article, path=PATH).entries] == ["One."]


def test_a_text_that_gets_a_plural_keeps_its_translation_and_back() -> None:
    (one,) = segments("%(n)s article")
    several = replace(one, plural="%(n)s articles")
    old = merge(fresh(), (several,), path="")
    assert old.entries[0].targets == ("", "")
    old = replace(old, entries=(replace(old.entries[0], targets=("%(n)s artikel", "%(n)s artiklar")),))
    single = merge(old, (one,), path="").entries[0]
    assert (single.target, single.fuzzy, single.comments) == (
        "%(n)s artikel",
        True,
        ("plural: %(n)s artiklar",),
    )
    again = merge(replace(old, entries=(single,)), (several,), path="").entries[0]
    assert (again.targets, again.fuzzy) == (("%(n)s artikel", ""), True)


ARTICLES = st.lists(
    st.builds(
        Segment,
        raw=st.just(""),
        text=TEXTS,
        lang=st.just("en"),
        context=st.sampled_from(["", "", "title"]),
        note=st.sampled_from(["", "a note"]),
    ),
    max_size=6,
)


@settings(max_examples=100, deadline=None)
@given(whole_catalogs(), ARTICLES, st.one_of(st.none(), whole_catalogs()), st.data())
def test_the_laws_of_merging(
    old: Catalog, new: list[Segment], twin: Catalog | None, data: st.DataObject
) -> None:
    known = [Segment("", e.source, "en", context=e.context) for e in old.entries]
    article = data.draw(st.permutations([*new, *known[: len(known) // 2]]))
    merged = merge(old, article, path=PATH, twin=twin)
    assert merge(merged, article, path=PATH, twin=twin) == merged
    assert [e.key for e in merged.live] == list(dict.fromkeys(segment.key for segment in article))
    keys = [e.key for e in merged.entries]
    assert len(set(keys)) == len(keys)
    assert human_texts(old.entries) <= texts_of(merged.entries)
    assert not list(discrepancies(merged, article))


def texts_of(entries: Iterable[Entry]) -> set[str]:
    found = {text for e in entries for text in (e.target, *e.targets) if text}
    return found | {c.removeprefix("plural: ") for e in entries for c in e.comments}


def human_texts(entries: Iterable[Entry]) -> set[str]:
    return {t for e in entries if not e.is_machine_made for t in (e.target, *e.targets) if t}


def test_a_catalog_that_disagrees_is_reported_with_the_nearest_text() -> None:
    catalog = reviewed("One is enough.", GLASS, "Gone without a trace.")
    found = list(discrepancies(catalog, segments("One is enough.", GLASSES, "New here!")))
    assert [(f.check, f.source, f.message) for f in found] == [
        ("catalog-mismatch", GLASS, f"this is not the article's text; nearest there: {GLASSES}"),
        ("catalog-mismatch", "New here!", "the article has a text that has no entry here"),
        ("catalog-mismatch", "Gone without a trace.", "the article does not have this text (any more)"),
    ]
    assert {(f.article, f.lang, f.place.path) for f in found} == {("a", "sv", catalog.path)} | {
        ("a", "sv", "")
    }
