"""The editor without a browser: what an edit does to an entry, to a file, and who may ask for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from starlette.types import Scope

from pipeline.model import Catalog, Draft, Entry, Segment, State, Term
from pipeline.review import diff, edits, pages, preview
from pipeline.review.desk import Desk, Filter, Row, desk
from pipeline.review.edits import Action, Edit, Refusal, apply, stamp, tidy
from pipeline.review.guard import Guard, Secrets
from pipeline.review.save import Conflict, Saved, restore, save

MACHINE = Entry(
    "Drink water.", "Drick vatten.", flags=("fuzzy",), draft=Draft.of("argos", "1.9", "Drick vatten.")
)
STALE = Entry("Drink 2 glasses.", "Drick 1 glas.", flags=("fuzzy", "no-wrap"), previous="Drink 1 glass.")
REVIEWED = Entry("Sleep well.", "Sov gott.", comments=("accept: figures — none", "mine"))

FILE = """\
# The team
msgid ""
msgstr ""
"Language: sv\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

#: source_texts/cramp.md
#, fuzzy
# mt: argos 1.9 {hash}
msgid "Drink water."
msgstr "Drick vatten."

#: source_texts/cramp.md
msgid   "Sleep well."
msgstr ""
"Sov "
"gott."

#, fuzzy
#| msgid "Drink 1 glass."
msgid "Drink 2 glasses."
msgstr "Drick 1 glas."

#~ msgid "Gone."
#~ msgstr "Borta."
""".replace("{hash}", MACHINE.draft.hash if MACHINE.draft else "")

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)
WORDS = st.lists(st.sampled_from(["a", "dose", "2", "2.5", "mg", " ", "–", "Ä", "\n"]), max_size=12).map(
    "".join
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    target = draw(TEXT)
    return Entry(
        draw(TEXT.filter(bool)),
        target,
        flags=draw(st.sampled_from([(), ("fuzzy",), ("no-wrap", "fuzzy")])),
        previous=draw(st.sampled_from(["", "before"])),
        draft=draw(st.sampled_from([None, Draft.of("argos", "1", target), Draft.of("argos", "1", "other")])),
        comments=draw(st.sampled_from([(), ("mine",), ("accept: figures — so", "mine")])),
    )


def edit(entry: Entry, action: Action, *texts: str, check: str = "", words: str = "") -> Edit:
    return Edit(entry.context, entry.source, action, stamp(entry), texts, check, words)


def done(entry: Entry, action: Action, *texts: str, check: str = "", words: str = "") -> Entry:
    outcome = apply(entry, edit(entry, action, *texts, check=check, words=words))
    assert isinstance(outcome, Entry)
    return outcome


# What an edit does to an entry


@given(entries(), TEXT)
def test_an_accepted_text_is_reviewed_and_leaves_no_trace_of_a_draft(entry: Entry, text: str) -> None:
    outcome = apply(entry, edit(entry, Action.ACCEPT, text))
    if outcome is Refusal.NOTHING_TO_ACCEPT:
        assert not tidy(text, entry.source)
        return
    assert isinstance(outcome, Entry)
    assert outcome.state is State.REVIEWED
    assert (outcome.previous, outcome.draft) == ("", None)
    assert outcome.comments == entry.comments


@given(entries(), TEXT.filter(lambda text: bool(text.strip())))
def test_a_saved_draft_still_waits_for_review(entry: Entry, text: str) -> None:
    outcome = done(entry, Action.DRAFT, text)
    assert outcome.fuzzy
    assert outcome.previous == entry.previous
    assert outcome.draft == entry.draft


@given(entries())
def test_rejecting_empties_a_machine_draft_and_nothing_that_a_person_wrote(entry: Entry) -> None:
    outcome = apply(entry, edit(entry, Action.REJECT))
    if not entry.translated:
        assert outcome is Refusal.NOTHING_TO_REJECT
    elif entry.is_machine_made:
        assert isinstance(outcome, Entry)
        assert outcome.state is State.MISSING
        assert entry.draft
        assert outcome.refused == {entry.draft.hash}
    else:
        assert isinstance(outcome, Entry)
        assert (outcome.target, outcome.fuzzy) == (entry.target, True)


def test_an_emptied_draft_is_missing_again() -> None:
    assert done(STALE, Action.DRAFT, " ").state is State.MISSING


def test_a_waiver_needs_a_reason_and_stands_once() -> None:
    assert apply(REVIEWED, edit(REVIEWED, Action.WAIVE, check="figures", words=" ")) is Refusal.NO_REASON
    once = done(REVIEWED, Action.WAIVE, check="figures", words="by  hand")
    assert once.waivers == {"figures": "by hand"}
    assert once.comments == ("mine", "accept: figures — by hand")
    assert once.target == REVIEWED.target


@pytest.mark.parametrize("check", ["", "no such", "../x", "figures\n"])
def test_a_waiver_names_a_check(check: str) -> None:
    assert apply(REVIEWED, edit(REVIEWED, Action.WAIVE, check=check, words="so")) is Refusal.UNKNOWN_CHECK


def test_a_note_passes_neither_for_a_waiver_nor_for_the_line_of_an_engine() -> None:
    noted = done(REVIEWED, Action.NOTE, words="ask Eva\naccept: markup — ha\nmt: argos 1 00000000\n\n")
    assert noted.comments == (
        "ask Eva",
        "– accept: markup — ha",
        "– mt: argos 1 00000000",
        "accept: figures — none",
    )
    assert edits.note_of(noted) == "ask Eva\n– accept: markup — ha\n– mt: argos 1 00000000"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x85b", "\ud800"])
def test_a_control_character_is_refused(text: str) -> None:
    assert apply(MACHINE, edit(MACHINE, Action.ACCEPT, text)) is Refusal.CONTROL_CHARACTER


def test_a_plural_entry_takes_all_its_forms() -> None:
    entry = Entry("%(n)s word", plural="%(n)s words", targets=("", ""))
    assert apply(entry, edit(entry, Action.ACCEPT, "ett")) is Refusal.WRONG_FORMS
    assert apply(entry, edit(entry, Action.ACCEPT, "ett", "")) is Refusal.NOTHING_TO_ACCEPT
    assert done(entry, Action.ACCEPT, "ett", "flera").targets == ("ett", "flera")


@pytest.mark.parametrize(
    ("text", "source", "tidied"),
    [
        (" Drick\r\nvatten.\r\n", "Drink.", "Drick vatten."),
        ("Rad ett\\\nrad två", "Line one\\\nline two", "Rad ett\\\nrad två"),
        ("Rad ett\\\r\nrad två", "One line", "Rad ett\\\nrad två"),
        ("<p>\n  Hej\n</p>", "<p>\n  Hi\n</p>", "<p>\n  Hej\n</p>"),
        (" med ", " with ", " med "),
    ],
)
def test_a_typed_text_takes_the_shape_of_its_source(text: str, source: str, tidied: str) -> None:
    assert tidy(text, source) == tidied
    assert tidy(tidied, source) == tidied


# What an edit does to a file


def parts(text: str) -> list[str]:
    return text.split("\n\n")


def saved(entry: Entry, action: Action, *texts: str, text: str = FILE) -> Saved:
    outcome = save(text, "sv.po", "sv", edit(entry, action, *texts))
    assert isinstance(outcome, Saved), outcome
    return outcome


def test_only_the_touched_entry_changes_in_the_file() -> None:
    outcome = saved(MACHINE, Action.ACCEPT, "Drick ett glas vatten.")
    before, after = parts(FILE), parts(outcome.text)
    assert before[:1] + before[2:] == after[:1] + after[2:]
    assert after[1] == '#: source_texts/cramp.md\nmsgid "Drink water."\nmsgstr "Drick ett glas vatten."'


def test_accepting_clears_fuzzy_and_the_previous_source() -> None:
    outcome = saved(STALE, Action.ACCEPT, "Drick 2 glas.")
    assert parts(outcome.text)[3] == 'msgid "Drink 2 glasses."\nmsgstr "Drick 2 glas."'


def test_an_edit_finds_its_entry_where_others_have_moved_it() -> None:
    first, *rest = parts(FILE.rstrip("\n"))
    moved = "\n\n".join([first, rest[2], rest[0], rest[1].replace("Sov ", "Vila "), rest[3]]) + "\n"
    outcome = saved(MACHINE, Action.ACCEPT, "Drick!", text=moved)
    assert 'msgstr "Drick!"' in outcome.text
    assert '"Vila "' in outcome.text


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten() -> None:
    theirs = FILE.replace('msgstr "Drick vatten."', 'msgstr "Drick mer vatten."')
    outcome = save(theirs, "sv.po", "sv", edit(MACHINE, Action.ACCEPT, "Drick!"))
    assert isinstance(outcome, Conflict)
    assert outcome.theirs
    assert outcome.theirs.target == "Drick mer vatten."


def test_a_review_by_somebody_else_is_seen_too() -> None:
    theirs = saved(MACHINE, Action.ACCEPT, "Drick vatten.").text
    assert isinstance(save(theirs, "sv.po", "sv", edit(MACHINE, Action.REJECT)), Conflict)


def test_two_who_wish_the_same_do_not_clash() -> None:
    theirs = saved(MACHINE, Action.ACCEPT, "Drick!").text
    outcome = save(theirs, "sv.po", "sv", edit(MACHINE, Action.ACCEPT, "Drick!"))
    assert isinstance(outcome, Saved)
    assert outcome.text == theirs


def test_a_comment_by_somebody_else_is_no_clash_for_a_translation_but_for_a_note() -> None:
    theirs = FILE.replace("# mt:", "# ask Eva\n# mt:")
    assert "# ask Eva" in saved(MACHINE, Action.ACCEPT, "Drick!", text=theirs).text
    assert isinstance(save(theirs, "sv.po", "sv", edit(MACHINE, Action.NOTE, words="no")), Conflict)


def test_an_entry_that_is_gone_is_named_with_what_it_has_become() -> None:
    outcome = save(FILE, "sv.po", "sv", Edit("", "Drink 1 glass.", Action.ACCEPT, "x", ("Drick 1 glas!",)))
    assert isinstance(outcome, Conflict)
    assert outcome.theirs is None
    assert outcome.near
    assert outcome.near.source == "Drink 2 glasses."


def test_a_retired_entry_is_not_edited() -> None:
    assert save(FILE, "sv.po", "sv", Edit("", "Gone.", Action.ACCEPT, "x", ("Borta!",))) == Conflict(None)


def test_undoing_gives_the_file_back_byte_for_byte() -> None:
    for entry, action, texts in [
        (MACHINE, Action.ACCEPT, ("Drick!",)),
        (MACHINE, Action.REJECT, ()),
        (STALE, Action.DRAFT, ("Drick 2 glas.",)),
    ]:
        first = saved(entry, action, *texts)
        back = restore(first.text, "sv.po", "sv", first)
        assert isinstance(back, Saved)
        assert (back.text, back.after) == (FILE, first.before)


def test_undoing_keeps_what_others_wrote_elsewhere_since() -> None:
    first = saved(MACHINE, Action.ACCEPT, "Drick!")
    back = restore(first.text.replace("Sov ", "Vila "), "sv.po", "sv", first)
    assert isinstance(back, Saved)
    assert '"Vila "' in back.text
    assert back.after == first.before


def test_undoing_does_not_take_back_what_somebody_else_did_since() -> None:
    first = saved(MACHINE, Action.ACCEPT, "Drick!")
    since = first.text.replace("Drick!", "Drick, drick!")
    assert isinstance(restore(since, "sv.po", "sv", first), Conflict)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([MACHINE, STALE]), st.sampled_from([Action.ACCEPT, Action.DRAFT]), TEXT)
def test_whatever_is_typed_all_other_entries_keep_their_bytes(
    entry: Entry, action: Action, text: str
) -> None:
    outcome = save(FILE, "sv.po", "sv", edit(entry, action, text))
    if isinstance(outcome, Saved):
        touched = 1 if entry is MACHINE else 3
        before, after = parts(FILE), parts(outcome.text)
        assert [part for at, part in enumerate(before) if at != touched] == [
            part for at, part in enumerate(after) if at != touched
        ]


# Who may ask


@pytest.mark.parametrize(
    "client", [("192.168.1.7", 4000), ("::ffff:10.0.0.1", 4000), ("", 0), ("evil", 1), None]
)
def test_only_this_computer_is_answered_even_with_the_right_key(client: tuple[str, int] | None) -> None:
    secrets = Secrets()
    headers = [(b"host", b"127.0.0.1:80"), (b"cookie", f"tvilling-80={secrets.cookie}".encode())]
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "headers": headers,
        "client": client,
        "server": ("127.0.0.1", 80),
        "query_string": b"",
    }
    guard = Guard(PlainTextResponse("in"), secrets)
    refusal = guard.refusal(scope)
    assert refusal
    assert refusal.status_code == 403
    assert guard.refusal({**scope, "client": ("127.0.0.1", 4000)}) is None


@pytest.mark.parametrize("kind", ["websocket", "other"])
def test_nothing_but_http_is_spoken(kind: str) -> None:
    async def unexpected(*_: object) -> None:
        raise AssertionError

    asyncio.run(Guard(unexpected, Secrets())({"type": kind}, unexpected, unexpected))  # type: ignore[arg-type]


# What is shown


@given(WORDS, WORDS)
def test_a_difference_tells_both_texts(old: str, new: str) -> None:
    runs = diff.words(old, new)
    assert "".join(run.text for run in runs if run.change != "new") == old
    assert "".join(run.text for run in runs if run.change != "gone") == new


def test_a_difference_is_told_by_words_and_whole_figures() -> None:
    runs = diff.words("Take 2.5 mg.", "Take 3.5 mg.")
    assert [(run.change, run.text) for run in runs if run.change != "same"] == [
        ("gone", "2.5"),
        ("new", "3.5"),
    ]


TERMS = (
    Term("leg cramp", "vadkramp"),
    Term("cramp", "kramp"),
    Term("Restless legs", "Restless legs", keep=True),
)


@given(
    st.lists(st.sampled_from(["leg cramps", "Cramp", "restless legs", "scramp", " ", "."]), max_size=8).map(
        "".join
    )
)
def test_marking_terms_changes_no_text(text: str) -> None:
    assert "".join(piece.text for piece in preview.terms_in(text, TERMS, "en")) == text


def test_the_longest_term_wins_and_a_word_within_a_word_is_none() -> None:
    found = [
        (piece.text, piece.translation)
        for piece in preview.terms_in("Leg cramps scramp", TERMS, "en")
        if piece.term
    ]
    assert found == [("Leg cramp", "vadkramp")]


def some_desk() -> Desk:
    catalog = Catalog(
        "sv", (MACHINE, STALE, REVIEWED, Entry("New."), Entry("Old.", "Gammal.", obsolete=True))
    )
    return desk(("sv", "cramp"), "en", None, catalog, {})


def test_a_desk_counts_words_by_state_and_begins_with_what_harms_readers_most() -> None:
    found = some_desk()
    assert found.words == {State.STALE: 3, State.MISSING: 1, State.MACHINE: 2, State.REVIEWED: 2}
    todo = found.todo()
    assert todo
    assert todo.segment.text == STALE.source
    assert found.done == 25


def test_the_next_block_is_the_next_that_waits_and_then_from_the_top() -> None:
    found = some_desk()
    ids = [row.id for row in found.rows]
    assert [found.after(row_id, Filter()) for row_id in ids] == [found.rows[n] for n in (1, 3, 3, 0)]
    only = Filter(state=State.MACHINE)
    assert [found.after(row_id, only) for row_id in ids] == [None, *[found.rows[0]] * 3]


def test_an_equal_block_is_edited_once() -> None:
    rows = (
        Row("a", Segment("x", "x", "en"), REVIEWED),
        Row("a-2", Segment("x", "x", "en"), REVIEWED, repeats="a"),
    )
    found = Desk("sv", "en", "cramp", "Cramp", rows)
    assert found.words == {State.REVIEWED: 1}


@pytest.mark.parametrize(
    ("query", "shown"), [("drick VATTEN", 1), ("drink", 2), ("gammal", 0), ("", 4), ("sleep gott", 1)]
)
def test_a_search_looks_in_both_languages(query: str, shown: int) -> None:
    assert len(some_desk().shown(Filter(query=query))) == shown


@pytest.mark.parametrize(
    ("translation", "shown"),
    [
        ("Vägen är %(way)s", "Vägen är &lt;a&gt;"),
        ("<b>%(way)s</b>", "&lt;b&gt;&lt;a&gt;&lt;/b&gt;"),
        ("100 % %(way)s", "The way is &lt;a&gt;"),
        ("%(wrong)s", "The way is &lt;a&gt;"),
        ("%(way)d", "The way is &lt;a&gt;"),
        ("%s", "The way is &lt;a&gt;"),
        ("%", "The way is &lt;a&gt;"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
)
def test_no_translation_of_the_editors_own_words_can_break_it(
    tmp_path: Path, translation: str, shown: str
) -> None:
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "way.html").write_text("{% trans way='<a>' %}The way is {{ way }}{% endtrans %}")
    catalog = Catalog("sv", (Entry("The way is %(way)s", translation),))
    assert pages.Pages([tmp_path]).render("way.html", "sv", catalog) == shown


@pytest.mark.parametrize(
    ("wanted", "accepted", "chosen"),
    [
        (["sv"], "en", "sv"),
        (["xx", ""], "sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ([], "de", "en"),
        ([], "en;q=0.2, sv;q=x, sv;q=0.1", "en"),
        ([], "", "en"),
    ],
)
def test_the_editor_speaks_the_language_of_its_user(wanted: list[str], accepted: str, chosen: str) -> None:
    assert pages.choose(wanted, accepted, ["en", "sv"]) == chosen
