from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import exchange
from pipeline.errors import ArticleError
from pipeline.model import Article, Catalog, Draft, Entry, Kind, Segment, State

REVIEWED = Entry("Sleep well.", "Sov gott.")
MISSING = Entry("Drink water.")
DRAFT = Entry("Eat.", "Ät.", flags=("fuzzy",), draft=Draft.of("argos", "m", "Ät."))

ENTRIES = st.builds(
    Entry,
    source=st.sampled_from("abcd"),
    target=st.sampled_from(["", "x", "y", "z"]),
    flags=st.sampled_from([(), ("fuzzy",)]),
)
CATALOGS = st.lists(ENTRIES, unique_by=lambda entry: entry.key).map(lambda found: Catalog("sv", tuple(found)))


def test_a_subset_says_where_its_entries_are_from() -> None:
    catalogs = {"one": Catalog("sv", (REVIEWED, MISSING)), "two": Catalog("sv", (MISSING, DRAFT))}
    found = exchange.subset(catalogs, "sv", {State.MISSING, State.MACHINE})
    assert [(entry.source, entry.references) for entry in found.entries] == [
        ("Drink water.", ("tvilling:one", "tvilling:two")),
        ("Eat.", ("tvilling:two",)),
    ]


def test_taking_back_fills_gaps_and_keeps_reviewed_work() -> None:
    offered = [
        replace(MISSING, target="Drick vatten."),
        replace(REVIEWED, target="Sov bra."),
        Entry("New", "Ny"),
    ]
    taken = exchange.take(Catalog("sv", (REVIEWED, MISSING)), offered, replacing=False)
    assert [entry.target for entry in taken.catalog.entries] == ["Sov gott.", "Drick vatten."]
    assert (taken.taken, taken.kept, [entry.source for entry in taken.unknown]) == (1, 1, ["New"])


def test_a_reviewed_offer_clears_the_marks_of_a_draft() -> None:
    taken = exchange.take(Catalog("sv", (DRAFT,)), [Entry("Eat.", "Ät nu.")], replacing=False)
    assert taken.catalog.entries[0].state is State.REVIEWED
    assert taken.catalog.entries[0].draft is None


@given(CATALOGS)
def test_taking_its_own_entries_changes_nothing(catalog: Catalog) -> None:
    assert exchange.take(catalog, catalog.entries, replacing=True).catalog == catalog


def article(*segments: tuple[Kind, str]) -> Article:
    return Article("a", "en", tuple(Segment(text, text, "en", kind) for kind, text in segments), path="a.md")


def test_a_translated_copy_gives_pairs_in_order() -> None:
    original = article((Kind.HEADING, "Sleep"), (Kind.PARAGRAPH, "Sleep well."))
    copy = article((Kind.HEADING, "Sömn"), (Kind.PARAGRAPH, "Sov gott."))
    pairs = exchange.pair(original, copy, reviewed=True)
    assert [(entry.source, entry.target, entry.state) for entry in pairs] == [
        ("Sleep", "Sömn", State.REVIEWED),
        ("Sleep well.", "Sov gott.", State.REVIEWED),
    ]
    assert exchange.pair(original, copy, reviewed=False)[0].state is State.DRAFT


def test_a_copy_of_another_shape_is_refused_with_the_place() -> None:
    original = article((Kind.HEADING, "Sleep"), (Kind.PARAGRAPH, "Sleep well."))
    with pytest.raises(ArticleError, match="paragraph: Sleep well"):
        exchange.pair(original, article((Kind.HEADING, "Sömn")), reviewed=True)


@given(CATALOGS, CATALOGS)
def test_a_side_that_changed_nothing_gives_way(base: Catalog, theirs: Catalog) -> None:
    merged, conflicts = exchange.merge_three(base, base, theirs)
    assert not conflicts
    found = {entry.key: entry for entry in merged.entries}
    assert all(found[entry.key] == entry for entry in theirs.entries)


@given(CATALOGS, CATALOGS, CATALOGS)
def test_a_merge_keeps_every_word_that_either_side_wrote(
    base: Catalog, ours: Catalog, theirs: Catalog
) -> None:
    merged, _ = exchange.merge_three(base, ours, theirs)
    found = {entry.key: entry.target for entry in merged.entries}
    before = {entry.key: entry.target for entry in base.entries}
    for side, other in ((ours, theirs), (theirs, ours)):
        others = {entry.key: entry for entry in other.entries}
        for entry in side.entries:
            is_new = entry.target and entry.target != before.get(entry.key)
            if is_new and (entry.key not in others or others[entry.key].translated):
                assert entry.target in found[entry.key]


@given(CATALOGS, CATALOGS, CATALOGS)
def test_no_entry_is_merged_into_anothers_translation(base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    merged, _ = exchange.merge_three(base, ours, theirs)
    keys = [entry.key for entry in merged.entries]
    assert len(keys) == len(set(keys))
    assert {e.key for e in ours.entries} <= set(keys)


def test_two_different_translations_are_both_kept_and_counted() -> None:
    base = Catalog("sv", (MISSING,))
    ours = Catalog("sv", (replace(MISSING, target="Drick vatten."),))
    theirs = Catalog("sv", (replace(MISSING, target="Drick mer vatten."),))
    merged, conflicts = exchange.merge_three(base, ours, theirs)
    assert conflicts == 1
    assert merged.entries[0].fuzzy
    assert "Drick vatten.\n" in merged.entries[0].target
    assert "Drick mer vatten." in merged.entries[0].target


def test_a_person_wins_over_a_machine() -> None:
    human = replace(DRAFT, target="Ät mat.", flags=(), draft=None)
    base = Catalog("sv", (replace(DRAFT, target="", flags=(), draft=None),))
    for ours, theirs in ((DRAFT, human), (human, DRAFT)):
        merged, conflicts = exchange.merge_three(base, Catalog("sv", (ours,)), Catalog("sv", (theirs,)))
        assert (merged.entries, conflicts) == ((human,), 0)


@given(CATALOGS, st.integers(1, 5))
def test_parts_are_all_of_it_and_never_meet(catalog: Catalog, parts: int) -> None:
    found = [exchange.part(catalog, number, parts).entries for number in range(1, parts + 1)]
    assert tuple(entry for entries in found for entry in entries) == catalog.entries


def test_a_rejected_entry_is_exported_as_such_whatever_its_own_state() -> None:
    catalogs = {"one": Catalog("sv", (REVIEWED, MISSING))}
    rejected = {("one", REVIEWED.key)}
    found = exchange.subset(catalogs, "sv", {State.REJECTED}, rejected)
    assert [entry.source for entry in found.entries] == ["Sleep well."]
    assert not exchange.subset(catalogs, "sv", {State.REVIEWED}, rejected).entries


def test_a_note_comes_home_without_a_translation_and_beside_a_reviewed_one() -> None:
    offered = [replace(MISSING, comments=("what kind?",)), replace(REVIEWED, target="", comments=("good",))]
    taken = exchange.take(Catalog("sv", (REVIEWED, MISSING)), offered, replacing=False)
    assert [entry.comments for entry in taken.catalog.entries] == [("good",), ("what kind?",)]
    assert [entry.target for entry in taken.catalog.entries] == ["Sov gott.", ""]
