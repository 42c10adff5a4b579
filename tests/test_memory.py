"""What was translated once is not translated again, and never taken for more than it is."""

from __future__ import annotations

from dataclasses import replace

from pipeline.memory import Memory
from pipeline.model import Catalog, Draft, Entry, State


def catalog(name: str, *entries: Entry, lang: str = "sv") -> Catalog:
    return Catalog(lang, entries, path=f"locale/{lang}/LC_MESSAGES/{name}.po")


def memory(*catalogs: Catalog) -> Memory:
    return Memory.of(("sv" if each.lang == "en" else "en", each) for each in catalogs)


SLEEP = Entry("Sleep", "Sömn")
FUZZY = Entry("Sleep", "Vila", flags=("fuzzy",))
DRAFTED = Entry("Sleep", "Sov", flags=("fuzzy",), draft=Draft.of("argos", "m", "Sov"))


def test_a_reviewed_translation_of_the_same_text_is_taken_over_as_reviewed() -> None:
    (taken,) = [memory(catalog("a", SLEEP)).draft(Entry("Sleep", note="a heading"), "en", "sv")]
    assert taken == Entry("Sleep", "Sömn", note="a heading")
    assert taken
    assert taken.state is State.REVIEWED


def test_another_context_makes_it_a_draft_that_names_the_article() -> None:
    taken = memory(catalog("sleep well", SLEEP)).draft(Entry("Sleep", context="title"), "en", "sv")
    assert taken
    assert (taken.target, taken.state) == ("Sömn", State.MACHINE)
    assert str(taken.draft).startswith("mt: memory sleep_well ")


def test_an_unreviewed_translation_stays_unreviewed() -> None:
    taken = memory(catalog("a", FUZZY)).draft(Entry("Sleep"), "en", "sv")
    assert taken
    assert taken.state is State.MACHINE


def test_reviewed_comes_before_unreviewed_and_the_same_context_before_others() -> None:
    title = replace(SLEEP, target="Sömnen", context="title")
    known = memory(catalog("a", FUZZY), catalog("b", SLEEP), catalog("c", title))
    assert [
        match and match.target
        for match in (
            known.exact("Sleep", "", "en", "sv"),
            known.exact("Sleep", "title", "en", "sv"),
            known.exact("Sleep", "topic", "en", "sv"),
        )
    ] == ["Sömn", "Sömnen", "Sömn"]


def test_what_was_chosen_most_often_comes_first() -> None:
    known = memory(
        *(catalog(name, replace(SLEEP, target=target)) for name, target in zip("abc", "xyy", strict=True))
    )
    match = known.exact("Sleep", "", "en", "sv")
    assert match
    assert (match.target, match.article) == ("y", "b")


def test_a_reviewed_pair_read_backwards_is_a_draft() -> None:
    known = memory(catalog("a", Entry("Sömn", "Sleep"), lang="en"))
    taken = known.draft(Entry("Sleep"), "en", "sv")
    assert taken
    assert (taken.target, taken.state) == ("Sömn", State.MACHINE)
    match = known.exact("Sleep", "", "en", "sv")
    assert match
    assert match.reversed


def test_an_unreviewed_pair_is_not_read_backwards() -> None:
    known = memory(catalog("a", Entry("Sömn", "Sleep", flags=("fuzzy",)), lang="en"))
    assert known.draft(Entry("Sleep"), "en", "sv") is None


def test_what_a_machine_drafted_and_nobody_touched_is_not_remembered() -> None:
    assert memory(catalog("a", DRAFTED)).draft(Entry("Sleep"), "en", "sv") is None


def test_a_stale_translation_is_remembered_for_the_text_it_was_written_for() -> None:
    known = memory(catalog("a", Entry("Sleep badly", "Sömn", flags=("fuzzy",), previous="Sleep")))
    assert known.exact("Sleep badly", "", "en", "sv") is None
    match = known.exact("Sleep", "", "en", "sv")
    assert match
    assert not match.reviewed


def test_what_moved_from_one_article_to_another_is_found_among_the_obsolete() -> None:
    taken = memory(catalog("a", replace(SLEEP, obsolete=True))).draft(Entry("Sleep"), "en", "sv")
    assert taken
    assert taken.state is State.REVIEWED


def test_addresses_are_no_words() -> None:
    known = memory(
        catalog("a", Entry("sleep", "somn", context="slug"), Entry("sleep", "sömn", context="topic"))
    )
    assert known.draft(Entry("sleep", context="slug"), "en", "sv") is None
    match = known.exact("sleep", "", "en", "sv")
    assert match
    assert match.target == "sömn"


def test_plurals_are_left_to_people() -> None:
    assert memory(catalog("a", SLEEP)).draft(Entry("Sleep", plural="Sleeps"), "en", "sv") is None


def test_near_texts_are_offered_best_first_and_never_drafted() -> None:
    known = memory(
        catalog(
            "a",
            Entry("Take magnesium at night.", "Ta magnesium på natten."),
            Entry("Take magnesium at night, always.", "Ta alltid magnesium på natten."),
            Entry("Eat nuts.", "Ät nötter."),
        )
    )
    asked = "Do take magnesium at night."
    assert [match.target for match in known.near(asked, "en", "sv")] == [
        "Ta magnesium på natten.",
        "Ta alltid magnesium på natten.",
    ]
    assert all(match.score < 1 for match in known.near(asked, "en", "sv"))
    assert known.near("Eat nuts.", "en", "sv") == []
    assert known.draft(Entry(asked), "en", "sv") is None
    assert known.near(asked, "sv", "fi") == []
