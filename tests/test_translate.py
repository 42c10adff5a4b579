"""Drafting: one stream over all catalogs, and nothing bad ever written, whatever an engine answers."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import checks, engines, ladder, translate
from pipeline.drafted import Drafted
from pipeline.engines import Answer, Engine
from pipeline.engines.pseudo import Pseudo
from pipeline.errors import EngineError
from pipeline.journal import Journal
from pipeline.ladder import Ask, cuts, names, parts
from pipeline.ladder.asking import Question
from pipeline.ladder.projection import resolved
from pipeline.ladder.reader import Reader
from pipeline.memory import Memory
from pipeline.model import Brief, Catalog, Draft, Entry, Kind, State, Term
from pipeline.translate import Job
from pipeline.translate.stream import CHUNK
from tests.tiny_model import PAIRS, setup

NBSP = "\u00a0"


@dataclass
class Parrot:
    """Answers with what a function makes of each question, and remembers what it was asked."""

    say: Callable[[str], str] = lambda text: text
    name: str = "parrot"
    model: str = "grey-1"
    masks: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)

    def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        self.asked += texts
        return [(Answer(self.say(text)),) for text in texts]

    align = translate


def job(*sources: str | Entry, lang: str = "sv", source_lang: str = "en", **more: object) -> Job:
    entries = tuple(each if isinstance(each, Entry) else Entry(each) for each in sources)
    return Job(Catalog(lang, entries, path=f"locale/{lang}/x.po"), source_lang, **more)  # type: ignore[arg-type]


def drafted(jobs: Sequence[Job], *found: Engine | None, **more: object) -> Drafted:
    known = {engine.name: engine for engine in found if engine}
    return translate.draft(
        jobs,
        tuple(known) or ("none",),
        lambda name, _source, _target: known.get(name),
        **more,  # type: ignore[arg-type]
    )


def accept(_entry: Entry, _brief: Brief) -> int:
    return 0


def targets(result: Drafted) -> list[str]:
    return [entry.target for catalog in result.catalogs for entry in catalog.entries]


def rungs(result: Drafted) -> list[str]:
    return [e.draft.detail if e.draft else "" for catalog in result.catalogs for e in catalog.entries]


# The tiny package, from end to end


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = engines.load("argos", "en", "sv", setup(tmp_path_factory.mktemp("tiny")))
    assert engine
    return engine


def test_the_tiny_package_drafts_what_it_knows(tiny: Engine) -> None:
    result = drafted([job(*(source for source, _ in PAIRS))], tiny)
    for (source, target), entry in zip(PAIRS, result.catalogs[0].entries, strict=True):
        assert entry.target.replace(NBSP, " ") == target, source
        assert entry.state is State.MACHINE
        assert str(entry.draft).startswith(f"mt: argos {tiny.model} ")
    assert result == replace(result, drafted={"argos": len(PAIRS)}, missing=0, lacking=(), interrupted=False)


def test_sentences_markup_and_line_breaks_come_back(tiny: Engine) -> None:
    source = (
        "Leg cramps are common.  Drink a glass of water.\\\n**Talk to your doctor.**[^1] "
        "Read [this article](x.md#a) about magnesium. Do *not* take quinine without a prescription."
    )
    result = drafted([job(source)], tiny)
    assert targets(result) == [
        "Benkramper är vanliga.  Drick ett glas vatten.\\\n**Tala med din läkare.**[^1] "
        "Läs [den här artikeln](x.md#a) om magnesium. Ta *inte* kinin utan recept."
    ]
    assert rungs(result) == ["spans"]


def test_order_of_catalogs_and_entries_changes_no_draft(tiny: Engine) -> None:
    sources = [f"{a} {b}" for (a, _), (b, _) in zip(PAIRS, PAIRS[20:], strict=False) if a.endswith(".")]
    one = drafted([job(*sources)], tiny).catalogs[0].entries
    mixed = random.Random(3).sample(sources, len(sources))
    two = drafted([job(*mixed[:9]), job(*mixed[9:])], tiny)
    assert {e.source: e for e in one} == {e.source: e for c in two.catalogs for e in c.entries}


# Who is asked for what


def test_human_work_is_never_touched() -> None:
    kept = (
        Entry("Reviewed.", "Granskad."),
        Entry("Draft.", "Utkast.", flags=("fuzzy",)),
        Entry("Stale.", "Gammal.", flags=("fuzzy",), previous="Old."),
        Entry("Machine.", "Maskin.", flags=("fuzzy",), draft=Draft.of("argos", "x", "Maskin.")),
        Entry("Gone.", "", obsolete=True),
        Entry("One", plural="Many", targets=("", "")),
        Entry("a-slug", context="slug"),
    )
    result = drafted([job(*kept, "Missing.")], Parrot(lambda _text: "Saknas."))
    assert result.catalogs[0].entries[:-1] == kept
    assert targets(result)[-1] == "Saknas."
    assert result.drafted == {"parrot": 1}


def test_titles_descriptions_and_topics_are_drafted_and_slugs_are_not() -> None:
    entries = [Entry(f"the {kind}", context=kind) for kind in ("title", "description", "topic", "slug")]
    kinds = {entry.key: Kind(entry.context) for entry in entries}
    result = drafted([job(*entries, kinds=kinds)], Parrot(str.upper), verify=accept)
    assert targets(result) == ["THE TITLE", "THE DESCRIPTION", "THE TOPIC", ""]


def test_comments_and_notes_of_a_missing_entry_stay() -> None:
    entry = Entry("A.", comments=("mine",), note="for you", references=("a.md",), flags=("no-wrap",))
    result = drafted([job(entry)], Parrot(lambda _text: "Å."))
    found = result.catalogs[0].entries[0]
    expected = replace(entry, target="Å.", flags=("fuzzy", "no-wrap"), draft=found.draft)
    assert found == expected


def test_equal_sentences_are_asked_once_over_all_catalogs() -> None:
    parrot = Parrot(str.upper)
    jobs = [job("Drink water. Sleep well.", "Sleep well."), job("Sleep well. Drink water.")]
    result = drafted(jobs, parrot, verify=accept)
    assert sorted(parrot.asked) == ["Drink water.", "Sleep well."]
    assert targets(result) == ["DRINK WATER. SLEEP WELL.", "SLEEP WELL.", "SLEEP WELL. DRINK WATER."]


def test_engines_are_asked_in_order_each_for_what_is_left() -> None:
    first = Parrot(lambda text: "Ett." if text == "One." else "", name="first")
    second = Parrot(lambda _text: "Två.", name="second")
    result = drafted([job("One.", "Other.")], first, second, verify=accept)
    assert targets(result) == ["Ett.", "Två."]
    assert second.asked == ["Other."]
    assert result.drafted == {"first": 1, "second": 1}


def test_a_draft_that_a_person_threw_away_does_not_come_back_and_the_next_engine_is_asked() -> None:
    def say(ending: str, name: str) -> Parrot:
        return Parrot(lambda text: f"{text} {ending}", name)

    refused = Draft.of("first", "grey-1", "Rest now. ett")
    entry = Entry("Rest now.", comments=(f"rejected: first grey-1 {refused.hash}",))
    assert targets(drafted([job(entry)], say("ett", "first"), verify=accept)) == [""]
    again = drafted([job(entry)], say("ett", "first"), say("två", "second"), verify=accept)
    assert targets(again) == ["Rest now. två"]
    assert again.catalogs[0].entries[0].comments == entry.comments
    better = drafted([job(entry)], say("tre", "first"), verify=accept)
    assert targets(better) == ["Rest now. tre"]


def test_no_engine_is_loaded_if_nothing_is_missing() -> None:
    def never(_name: str, _source: str, _target: str) -> Engine:
        raise AssertionError

    whole = job(Entry("A", "Å"))
    assert translate.draft([whole], ("argos",), never).catalogs == (whole.catalog,)


def test_each_direction_has_its_own_engine() -> None:
    loaded = []

    def load(name: str, source: str, target: str) -> Engine | None:
        loaded.append((name, source, target))
        return Parrot(lambda text: f"{text} ({target})") if target == "sv" else None

    jobs = [job("Sleep"), job("Sömn", lang="en", source_lang="sv"), job("Water")]
    result = translate.draft(jobs, ("parrot",), load, verify=accept)
    assert loaded == [("parrot", "en", "sv"), ("parrot", "sv", "en")]
    assert targets(result) == ["Sleep (sv)", "", "Water (sv)"]
    assert result.missing == 1


def test_no_model_is_no_error_and_says_how_to_get_one() -> None:
    result = translate.draft([job("A b")], ("argos", "libretranslate"), lambda _n, _s, _t: None)
    assert [str(lack) for lack in result.lacking] == [
        "no Argos model for en → sv: get one with `tvilling models install en-sv`, "
        "or from a file with `tvilling models install --from FILE`",
        "the engine libretranslate does not translate en → sv: see [translate] in tvilling.toml",
    ]
    assert result.missing == 1


def test_memory_is_asked_where_the_configuration_has_it() -> None:
    known = Catalog("sv", (Entry("Drink water.", "Drick vatten."),), path="locale/sv/a.po")
    other = Entry("Drink water.", context="aside")
    parrot = Parrot(lambda _text: "Från papegojan.")
    result = translate.draft(
        [job("Drink water.", other, "New.")],
        ("memory", "parrot"),
        lambda _name, _source, _target: parrot,
        memory=Memory.of([("en", known)]),
        verify=accept,
    )
    assert targets(result) == ["Drick vatten.", "Drick vatten.", "Från papegojan."]
    assert [e.state for e in result.catalogs[0].entries] == [State.REVIEWED, State.MACHINE, State.MACHINE]
    assert result.drafted == {"memory": 2, "parrot": 1}


def test_a_remembered_draft_that_fails_a_check_is_not_taken() -> None:
    known = Catalog("sv", (Entry("Take 3 mg.", "Ta 4 mg.", flags=("fuzzy",)),))
    result = translate.draft(
        [job("Take 3 mg.")], ("memory",), lambda _n, _s, _t: None, memory=Memory.of([("en", known)])
    )
    assert targets(result) == [""]


TERMS = (
    Term("leg cramp", "benkramp"),
    Term("serving", "portion"),
    Term("dose", "dos"),
    Term("dose", "mängd"),
    Term("SPF", "SSF", keep=True),
    Term("3 mg", "4 mg"),
)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Leg cramp", "Benkramp"),
        ("serving", "portion"),
        ("SPF", "SPF"),
        ("a serving", ""),
        ("Dose", ""),
        ("3 mg", ""),
    ],
)
def test_a_text_that_is_a_term_comes_from_the_glossary(source: str, target: str) -> None:
    result = translate.draft([job(source)], ("memory",), lambda _n, _s, _t: None, terms=TERMS)
    assert targets(result) == [target]
    assert result.drafted == ({"glossary": 1} if target else {})


def test_the_glossary_is_read_in_both_directions() -> None:
    back = job("Benkramp", lang="en", source_lang="sv")
    result = translate.draft([back], ("memory",), lambda _n, _s, _t: None, terms=TERMS)
    assert targets(result) == ["Leg cramp"]
    assert str(result.catalogs[0].entries[0].draft).startswith("mt: glossary terms ")


# The ladder


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "a **b *c* d** e",
        "`x` {y} [l](d)!",
        "\\*no\\* &amp; <br> x[^1]",
        "![alt *t*](s.png 'T') ~~x~~",
        "",
        "%",
    ],
)
def test_a_tree_joined_is_the_text(text: str) -> None:
    assert parts.joined(parts.parts(text)) == text
    assert parts.joined(parts.plain(text)) == text


@given(st.text(st.sampled_from("ab .*_`[]()<>\\&{}%1!~^\né"), max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_tree_joined_is_its_text(text: str) -> None:
    assert parts.joined(parts.parts(text)) == text


def test_the_best_hypothesis_that_passes_wins() -> None:
    class Several(Parrot):
        def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
            said = ("Ta 3 mg.", "Ta 2 mg.", "Tag 2 mg.")
            return [tuple(map(Answer, said)) for _ in texts]

        align = translate

    assert targets(drafted([job("Take 2 mg.")], Several())) == [f"Ta 2{NBSP}mg."]


def test_of_drafts_that_pass_the_one_with_fewest_warnings_wins() -> None:
    class Several(Parrot):
        def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
            return [tuple(map(Answer, ("Bad one.", "Poor one.", "Fair one.", "Fair too."))) for _ in texts]

        align = translate

    doubts = {"Bad": None, "Poor": 2, "Fair": 1}
    result = drafted([job("One.")], Several(), verify=lambda entry, _brief: doubts[entry.target.split()[0]])
    assert targets(result) == ["Fair one."]


def test_the_hypothesis_that_follows_the_glossary_wins() -> None:
    class Several(Parrot):
        def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
            said = ("Vadkramp är ganska vanligt.", "Benkramp är ganska vanligt.")
            return [tuple(map(Answer, said)) for _ in texts]

        align = translate

    sources = job("Leg cramp is quite common.")
    assert targets(drafted([sources], Several())) == ["Vadkramp är ganska vanligt."]
    assert targets(drafted([sources], Several(), terms=TERMS)) == ["Benkramp är ganska vanligt."]


def test_figures_are_asked_as_names_if_an_engine_breaks_them() -> None:
    parrot = Parrot(lambda text: re.sub(r"\bTake\b", "Ta", re.sub(r"(?<!X)\d", "7", text)))
    result = drafted([job("Take 2.5 mg, then 1,200 mg.")], parrot, verify=_figures_fit)
    assert targets(result) == [f"Ta 2,5{NBSP}mg, then 1{NBSP}200{NBSP}mg."]
    assert rungs(result) == ["figures"]
    assert parrot.asked[1:] == ["Take X1 mg, then X2 mg."]


def test_names_are_asked_as_names_if_an_engine_breaks_them() -> None:
    def careless(text: str) -> str:
        return re.sub(r"NHANES|Joan Baez", "Nånting", text).replace("In", "I").replace("sang", "sjöng")

    def names_fit(entry: Entry, _brief: Brief) -> int | None:
        return None if "Nånting" in entry.target else 0

    parrot = Parrot(careless)
    result = drafted([job("In NHANES Joan Baez sang 3 times.")], parrot, verify=names_fit)
    assert targets(result) == ["I NHANES Joan Baez sjöng 3 times."]
    assert rungs(result) == ["names"]
    assert parrot.asked[-1] == "In X1 X2 sang X3 times."


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("mRNA and COVID-19 in Sweden", "X1 and X2 in Sweden"),
        ("The Blue Book by Linné", "The X1 by Linné"),
        ("She met Florence Nightingale on Monday", "She met X1 on Monday"),
        ("TAKE TWO", "TAKE TWO"),
    ],
)
def test_what_may_have_a_translation_is_no_name(text: str, asked: str) -> None:
    assert Question.of(names.named(parts.Words(text, text)), str).text == asked  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Drink a glass of water every day.", "Drink a glass of water every day."),
        ("Drink a glass of water every day.", "Vatten."),
        ("Drink water.", "Drick vatten. Drick sedan mer vatten."),
        ("Sleep well tonight.", "Sov gott gott i natt."),
        ("Sleep is good for the heart and the brain.", "Der Schlaf ist gut für das Herz und die Nerven."),
        ("Good sleep", "sömn sömn sömn"),
    ],
)
def test_what_is_copied_or_lost_or_said_twice_is_no_draft(source: str, said: str) -> None:
    assert targets(drafted([job(source)], Parrot(lambda _text: said))) == [""]


def test_gates_are_checks() -> None:
    assert set(checks.CHECKS) >= translate.GATES


def test_stars_in_plain_text_are_stars() -> None:
    parrot = Parrot(lambda text: text.replace("times", "gånger"))
    result = drafted([job("Press *3 times and *4 times*.", is_marked=False)], parrot, verify=accept)
    assert parrot.asked == ["Press *3 times and *4 times*."]
    assert targets(result) == ["Press *3 gånger and *4 gånger*."]


def _figures_fit(entry: Entry, brief: Brief) -> int | None:
    return None if list(checks.CHECKS["figures"].faults(entry, brief)) else 0


def test_words_between_markup_are_asked_alone_if_nothing_else_verifies() -> None:
    parrot = Parrot(lambda text: {"drink": "drick", "water": "vatten"}.get(text, "vad?"))
    result = drafted([job("drink `x` water")], parrot, verify=lambda e, _b: None if "vad" in e.target else 0)
    assert targets(result) == ["drick `x` vatten"]
    assert rungs(result) == ["fragments"]


def test_one_bad_sentence_leaves_the_whole_text_missing() -> None:
    parrot = Parrot(lambda text: text if "well" in text else "")
    assert targets(drafted([job("Sleep well. Drink water.")], parrot, verify=accept)) == [""]


def test_a_text_whose_sentences_pass_but_not_the_whole_stays_missing() -> None:
    whole = "Sleep well. Drink water."
    result = drafted(
        [job(whole)], Parrot(str.upper), verify=lambda entry, _brief: None if entry.source == whole else 0
    )
    assert targets(result) == [""]


def test_what_must_come_back_is_asked_as_a_name() -> None:
    parrot = Parrot(str.lower)
    drafted([job("Call {first_name} at a.b@c.se or `run x`.")], parrot, verify=lambda _e, _b: None)
    assert parrot.asked[0] == "Call X1 at X2 or X3."


def test_a_name_that_the_text_has_already_is_another_one() -> None:
    assert Question.of(parts.parts("Vitamin X1 and `b`"), str).text == "Vitamin X1 and Q1"


@pytest.mark.parametrize("said", ["X1 X1 vatten", "vatten", "X2 vatten", "X 1 vatten", "X11 vatten"])
def test_an_answer_that_lost_doubled_or_broke_a_name_is_none(said: str) -> None:
    assert resolved(Question.of(parts.parts("`x` water"), str), Answer(said), {}) is None


MASKS = tuple(f"⟦{number}⟧" for number in range(10))


def test_an_engine_that_copies_masks_is_asked_with_them() -> None:
    parrot = Parrot(lambda text: text.replace("Call", "Ring").replace("or", "eller"), masks=MASKS)
    result = drafted([job("Call {first_name} at `run x`s or `y`.")], parrot, verify=lambda _e, _b: 0)
    assert parrot.asked[0] == "Call ⟦0⟧ at ⟦1⟧s or ⟦2⟧."
    assert targets(result) == ["Ring {first_name} at `run x`s eller `y`."]


@pytest.mark.parametrize("said", ["⟦0⟧ ⟦0⟧ vatten", "vatten", "⟦1⟧ vatten", "⟦ 0⟧ vatten", "⟦00⟧ vatten"])
def test_an_answer_that_lost_doubled_or_broke_a_mask_is_none(said: str) -> None:
    assert resolved(Question.of(parts.parts("`x` water"), str, MASKS), Answer(said), {}) is None


def test_where_masks_do_not_serve_names_do() -> None:
    many = " ".join(f"`{number}`" for number in range(11))
    assert Question.of(parts.parts(many), str, MASKS).text.startswith("X1 X2 ")
    assert Question.of(parts.parts("`x` is ⟦3⟧"), str, MASKS).text == "X1 is ⟦3⟧"


def projected(source: str, said: str, *pieces: tuple[int, int, int, int]) -> str | None:
    return resolved(Question.of(parts.parts(source), str), Answer(said, pieces), {})


def test_markup_goes_where_the_words_went() -> None:
    pieces = ((0, 6, 0, 6), (7, 15, 0, 6), (15, 21, 7, 12))
    assert projected("Drink *water*", "Drick vatten", (0, 5, 0, 5), (6, 12, 6, 11)) == "Drick *vatten*"
    assert projected("*Water* drink", "Drick vatten", (0, 5, 6, 11), (6, 12, 0, 5)) == "Drick *vatten*"
    assert projected("night *cramps*", "nattkramper", (0, 4, 0, 5), (4, 11, 6, 12)) == "*nattkramper*"
    assert projected("a[^1] b.", "A b.", (0, 1, 0, 1), (2, 3, 2, 3), (3, 4, 3, 4)) == "A[^1] b."
    assert projected("*All of it.*", "Alltihop.", *pieces[:0]) == "*Alltihop.*"
    assert projected("(*all*)", "(allt)") == "(*allt*)"


def test_markup_without_a_clear_place_has_none() -> None:
    assert projected("Drink *water*", "Drick vatten") is None
    scattered = ((0, 1, 0, 1), (2, 9, 2, 3), (10, 11, 0, 1))
    assert projected("*a* b", "a bbbbbbb a", *scattered) is None
    assert projected("*a* **b**", "ab", (0, 1, 0, 1), (1, 2, 2, 3)) is None
    assert projected("*a c* **b**", "a b c", (0, 1, 0, 1), (2, 3, 4, 5), (4, 5, 2, 3)) is None


def test_an_answer_in_markdown_is_escaped() -> None:
    result = drafted([job("Sleep")], Parrot(lambda _text: "*Sömn* `x`"), verify=accept)
    assert targets(result) == ["\\*Sömn\\* \\`x\\`"]


def test_a_title_is_no_markdown() -> None:
    entry = Entry("Sleep", context="title")
    result = drafted(
        [job(entry, kinds={entry.key: Kind.TITLE})], Parrot(lambda _text: "*Sömn*"), verify=accept
    )
    assert targets(result) == ["*Sömn*"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Sleep well. Eat.", ["Sleep well.", "Eat."]),
        ("**Stop. Never.** Then go.", ["**Stop. Never.**", "Then go."]),
        ("**Stop.** Then go.", ["**Stop.**", "Then go."]),
        ("Open `the file.` Now it runs.", ["Open `the file.` Now it runs."]),
        ("See [a](b.C). Then go.", ["See [a](b.C).", "Then go."]),
        ("One.\\\nTwo, e.g. three.", ["One.", "Two, e.g. three."]),
        ("  A.  B is here.  ", ["A.  B is here."]),
    ],
)
def test_markup_is_never_cut_in_two(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in cuts.places(text, Kind.PARAGRAPH, "en")] == sentences


def test_html_is_translated_between_its_tags() -> None:
    entry = Entry('<p class="a">Sleep <b>well</b></p>\n<hr>')
    result = drafted([job(entry, kinds={entry.key: Kind.HTML})], Parrot(str.upper), verify=accept)
    assert targets(result) == ['<p class="a">SLEEP <b>WELL</b></p>\n<hr>']


def test_manners_of_the_question_are_kept() -> None:
    result = drafted([job("leg cramps", "Leg cramps.")], Parrot(lambda _text: "Benkramper."), verify=accept)
    assert targets(result) == ["benkramper", "Benkramper."]


def test_pseudo_drafts_pass_all_checks() -> None:
    sources = [
        "Take **300 mg** of [magnesium](a.md) daily.[^1]",
        "Run `make build`, then see {name}.",
        "Cramps last for 1.5 h.\\\nThey pass.",
    ]
    result = drafted([job(*sources)], Pseudo("en"))
    assert result.missing == 0, targets(result)


# Naughty engines


TEXT = st.lists(
    st.sampled_from(
        ["Take ", "300 mg ", "½ ", "of ", "`x_y` ", "*now* ", "**the *old* one** ", "[food](a.md) ", "{name} ",
         "not ", "2 h. ", "Never! ", "https://a.se/b ", "<b>x</b> ", "[^1] ", "X1 ", "water. ", "\\*", "&amp; ",
         "\\\nnew "]
    ),
    min_size=1,
    max_size=10,
).map("".join)  # fmt: skip


class Naughty(Parrot):
    """Loses, doubles, swaps, invents and breaks, as a random number has it."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.random = random.Random(seed)

    def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        return [tuple(self.answer(text) for _ in range(self.random.randrange(4))) for text in texts]

    align = translate

    def answer(self, text: str) -> Answer:
        words = text.split(" ")
        place = self.random.randrange(len(words))
        match self.random.randrange(9):
            case 0:
                del words[place]
            case 1:
                words.insert(place, words[place])
            case 2:
                self.random.shuffle(words)
            case 3:
                words.insert(
                    place,
                    self.random.choice(["7", "inte", "*", "[x](y)", "`", "X1", "{name}", "\u0000", "<"]),
                )
            case 4:
                words[place] = words[place][::-1]
            case 5:
                words[place] = re.sub(r"\d", "9", words[place]).replace("X", "X ")
            case 6:
                return Answer(text.upper(), tuple(self.pieces(text)))
            case 7:
                return Answer("")
        said = " ".join(words)
        return Answer(said, tuple(self.pieces(said)))

    def pieces(self, text: str) -> list[tuple[int, int, int, int]]:
        size = len(text)
        cuts = sorted(self.random.choices(range(size + 1), k=6))
        return [(a, b, size // 3, self.random.randrange(size // 3, size + 1)) for a, b in pairwise(cuts)]


@given(st.lists(TEXT, min_size=1, max_size=4, unique=True), st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_a_naughty_engine_never_gets_a_bad_draft_into_a_catalog(sources: list[str], seed: int) -> None:
    human = Entry("Human.", "Människa 7.")
    result = drafted([job(human, *sources)], Naughty(seed))
    first, *others = result.catalogs[0].entries
    assert first == human
    assert [entry.source for entry in others] == sources
    for entry in others:
        assert not entry.translated or entry.state is State.MACHINE
        assert not checks.errors_of(entry, Brief("en", "sv"))
        assert not entry.translated or translate.verified(entry, Brief("en", "sv")) is not None


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_engine_that_answers_too_little_or_too_much_stops_the_run(count: int) -> None:
    class Few(Parrot):
        def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
            return [(Answer("x"),)] * count

        align = translate

    with pytest.raises(EngineError, match=f"gave {count} answers to 2 sentences") as found:
        drafted([job("One.", "Two.")], Few())
    assert found.value.name == "bad-answers"


def test_an_engine_that_raises_stops_the_run() -> None:
    def fail(_text: str) -> str:
        raise EngineError("the server is gone", name="server-fault")

    with pytest.raises(EngineError, match="the server is gone"):
        drafted([job("One.")], Parrot(fail))


# The journal


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "drafts.sqlite"
    results = []
    for expected in (2, 0):
        parrot = Parrot(str.upper)
        with Journal.open(file) as journal:
            results.append(drafted([job("Sleep well.", "*Drink*")], parrot, journal=journal, verify=accept))
        assert len(parrot.asked) == expected
    assert results[0] == results[1]


def test_another_model_is_asked_anew() -> None:
    journal = Journal.in_memory()
    for model in ("grey-1", "grey-2"):
        parrot = Parrot(str.upper, model=model)
        drafted([job("Sleep")], parrot, journal=journal, verify=accept)
        assert parrot.asked == ["Sleep"]


@dataclass
class Interrupted(Parrot):
    """The user presses Ctrl-C in the second batch."""

    calls: int = 0

    def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        self.calls += 1
        if self.calls == 2:
            raise KeyboardInterrupt
        return super().translate(texts)

    align = translate


def test_an_interrupted_run_keeps_what_is_done_and_the_next_goes_on() -> None:
    journal = Journal.in_memory()
    sources = [f"Sleep {'well ' * (number % 7)}number {number}." for number in range(300)]
    whole = drafted([job(*sources)], Parrot(str.upper), verify=accept)
    first = drafted([job(*sources)], Interrupted(str.upper), verify=accept, journal=journal)
    assert first.interrupted
    assert first.drafted == {"parrot": CHUNK}
    assert first.missing == 300 - CHUNK
    parrot = Parrot(str.upper)
    second = drafted([job(*sources)], parrot, verify=accept, journal=journal)
    assert len(parrot.asked) == 300 - CHUNK
    assert second.catalogs == whole.catalogs


def test_ctrl_c_while_drafts_are_checked_keeps_what_is_done() -> None:
    seen = []

    def impatient(entry: Entry, _brief: Brief) -> int:
        seen.append(entry)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return 0

    result = drafted([job("One.", "Two.", "Three.", "Four.")], Parrot(str.upper), verify=impatient)
    assert (result.interrupted, targets(result)) == (True, ["ONE.", "TWO.", "", ""])


def test_after_ctrl_c_nothing_is_asked() -> None:
    parrot = Interrupted(lambda text: text if text.startswith("word") else "")
    sources = [f"word{number} `x` word" for number in range(CHUNK + 1)]
    result = drafted([job(*sources)], parrot, verify=lambda _e, _b: None)
    assert result.interrupted
    assert parrot.calls == 2


def test_progress_grows_to_the_whole() -> None:
    seen: list[tuple[int, int]] = []
    drafted(
        [job(*(f"Text {number}." for number in range(200)))],
        Parrot(str.upper),
        verify=accept,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(128, 200), (200, 200)]


@pytest.mark.parametrize("damage", [b"no database at all" * 99, b""], ids=["nonsense", "empty"])
def test_a_damaged_journal_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    file = tmp_path / "drafts.sqlite"
    file.write_bytes(damage)
    with Journal.open(file) as journal:
        journal.keep(("a",), {"x": (Answer("y", ((0, 1, 0, 1),)),)})
    with Journal.open(file) as journal:
        assert journal.known(("a",), ["x", "z"]) == {"x": (Answer("y", ((0, 1, 0, 1),)),)}
        assert journal.known(("b",), ["x"]) == {}


def test_a_damaged_row_is_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "drafts.sqlite"
    with Journal.open(file) as journal:
        journal.keep(("a",), {"x": (Answer("y"),)})
    database = sqlite3.connect(file)
    with database:
        database.execute("UPDATE answers SET answers = '{nonsense'")
    database.close()
    with Journal.open(file) as journal:
        assert journal.known(("a",), ["x"]) == {}


def test_where_no_journal_can_be_written_answers_live_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Journal.open(tmp_path / "file" / "drafts.sqlite") as journal:
        journal.keep(("a",), {"x": ()})
        assert journal.known(("a",), ["x"]) == {"x": ()}


KILLED = """
import os, sys
from pathlib import Path
from pipeline.engines import Answer
from pipeline.journal import Journal
journal = Journal.open(Path(sys.argv[1]))
journal.keep(("a",), {"x": (Answer("y"),)})
os.kill(os.getpid(), 9)
"""


def test_a_killed_run_keeps_what_was_written_down(tmp_path: Path) -> None:
    file = tmp_path / "drafts.sqlite"
    subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    with Journal.open(file) as journal:
        assert journal.known(("a",), ["x"]) == {"x": (Answer("y"),)}


def test_ladders_climb_together_one_rung_at_a_time() -> None:
    climbing = ladder.climb(
        ladder.Source("One cow. Two *cows*.", Kind.PARAGRAPH, "en"), Reader(lambda _s, _t: 0)
    )
    assert next(climbing) == [Ask("One cow."), Ask("Two cows.", aligned=True), Ask("cows")]
    with pytest.raises(StopIteration) as end:
        climbing.send([(Answer("En ko."),), (Answer("Två kor."),), (Answer("kor"),)])
    assert end.value.value == ladder.Climbed("En ko. Två *kor*.", "spans")
