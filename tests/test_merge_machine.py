"""An article's whole life: authors, translators, machines and other tools at random, one after the other.

After each step: one live entry for each text and no other, no msgstr that a person wrote is gone,
nothing is reviewed that no person reviewed, and a second update changes no byte.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import polib
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pipeline import catalogs
from pipeline.memory import Memory
from pipeline.merge import discrepancies, merge
from pipeline.model import Catalog, Draft, Entry, Segment, State

LANGUAGES = ("en", "sv")
PLACES = st.integers(0, 50)
SENTENCES = st.sampled_from(
    [
        "Magnesium is a mineral that the muscles need.",
        "Take 5 mg of it in the evening.",
        "Do not take quinine against cramps.",
        "See a doctor if the pain stays for three days.",
        "Yes",
        "En kramp i vaden går över efter några minuter.",
        'He said "no"\\\nand slept.',
    ]
)
UNREVIEWED = (State.MACHINE, State.DRAFT, State.STALE)
STATES = st.sampled_from([(State.MISSING,), UNREVIEWED])
NEW_WORDS = st.sampled_from(["often", "7 mg", "never", "*rarely*", "alltid", ""])


@dataclass(frozen=True)
class Block:
    lang: str
    text: str
    context: str = ""


def other(lang: str) -> str:
    return LANGUAGES[1 - LANGUAGES.index(lang)]


class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.article: list[Block] = []
        self.history: list[list[Block]] = []
        self.texts = {lang: catalogs.dump(catalogs.new(lang, other(lang), "a")) for lang in LANGUAGES}
        self.written = set[str]()
        self.approved = set[tuple[str, str, str]]()
        self.count = 0

    # Authors

    @initialize(texts=st.lists(SENTENCES, min_size=1, max_size=2, unique=True), by_hand=st.booleans())
    def begin(self, texts: list[str], by_hand: bool) -> None:
        self.publish([Block("en", text) for text in texts])
        if by_hand:
            self.translate_all("sv", (State.MISSING,))
        else:
            self.draft("sv", False)

    @rule(
        at=PLACES, text=SENTENCES, lang=st.sampled_from(LANGUAGES), context=st.sampled_from(["", "", "title"])
    )
    def add(self, at: int, text: str, lang: str, context: str) -> None:
        blocks = list(self.article)
        blocks.insert(at % (len(blocks) + 1), Block(lang, text, context))
        self.publish(blocks)

    @precondition(lambda self: self.article)
    @rule(at=PLACES, where=PLACES, word=NEW_WORDS)
    def edit(self, at: int, where: int, word: str) -> None:
        words = self.block(at).text.split(" ")
        words[where % len(words)] = word
        self.put(at, replace(self.block(at), text=" ".join(filter(None, words)) or "Yes"))

    @precondition(lambda self: self.article)
    @rule(at=PLACES, text=SENTENCES)
    def rewrite(self, at: int, text: str) -> None:
        self.put(at, replace(self.block(at), text=text))

    @precondition(lambda self: self.article)
    @rule(at=PLACES, context=st.sampled_from(["", "title", "verb"]))
    def change_context(self, at: int, context: str) -> None:
        self.put(at, replace(self.block(at), context=context))

    @precondition(lambda self: len(self.article) > 1)
    @rule(at=PLACES, to=PLACES)
    def move(self, at: int, to: int) -> None:
        blocks = list(self.article)
        block = blocks.pop(at % len(blocks))
        blocks.insert(to % (len(blocks) + 1), block)
        self.publish(blocks)

    @precondition(lambda self: self.article)
    @rule(at=PLACES)
    def split(self, at: int) -> None:
        block, words = self.block(at), self.block(at).text.split(" ")
        if len(words) > 1:
            half = len(words) // 2
            halves = [replace(block, text=" ".join(part)) for part in (words[:half], words[half:])]
            self.put(at, *halves)

    @precondition(lambda self: len(self.article) > 1)
    @rule(at=PLACES)
    def join(self, at: int) -> None:
        blocks = list(self.article)
        at %= len(blocks) - 1
        first, second = blocks[at : at + 2]
        blocks[at : at + 2] = [replace(first, text=f"{first.text} {second.text}")]
        self.publish(blocks)

    @precondition(lambda self: self.article)
    @rule(at=PLACES)
    def delete(self, at: int) -> None:
        self.put(at)

    @precondition(lambda self: self.history)
    @rule(back=st.integers(1, 3))
    def revert(self, back: int) -> None:
        self.publish(list(self.history[-min(back, len(self.history))]))

    @precondition(lambda self: self.article)
    @rule(at=PLACES, word=NEW_WORDS)
    def flip(self, at: int, word: str) -> None:
        """The translation becomes the original; now and then it is edited at once."""
        block = self.block(at)
        known = {entry.key: entry for entry in self.catalog(other(block.lang)).live}
        entry = known[block.context, block.text]
        if entry.target.strip():
            text = f"{entry.target} {word}" if word == "often" else entry.target
            self.put(at, replace(block, lang=other(block.lang), text=text))

    # Translators and machines

    @rule(lang=st.sampled_from(LANGUAGES), at=PLACES, remark=st.sampled_from([(), ("sic",)]))
    def translate(self, lang: str, at: int, remark: tuple[str, ...]) -> None:
        def work(entry: Entry) -> Entry:
            return replace(self.reviewed(entry), target=self.words(lang), comments=remark or entry.comments)

        self.work(lang, at, tuple(State), work)

    @rule(lang=st.sampled_from(LANGUAGES), states=STATES)
    def translate_all(self, lang: str, states: tuple[State, ...]) -> None:
        while any(entry.state in states for entry in self.catalog(lang).live):
            self.work(lang, 0, states, lambda entry: replace(self.reviewed(entry), target=self.words(lang)))

    @rule(lang=st.sampled_from(LANGUAGES), at=PLACES)
    def review(self, lang: str, at: int) -> None:
        self.work(lang, at, UNREVIEWED, self.reviewed)

    @rule(lang=st.sampled_from(LANGUAGES), at=PLACES)
    def edit_a_draft(self, lang: str, at: int) -> None:
        self.work(lang, at, (State.MACHINE,), lambda entry: replace(entry, target=self.words(lang)))

    @rule(lang=st.sampled_from(LANGUAGES), at=PLACES)
    def mark_fuzzy(self, lang: str, at: int) -> None:
        self.work(lang, at, (State.REVIEWED,), lambda entry: replace(entry, flags=("fuzzy",), draft=None))

    @rule(lang=st.sampled_from(LANGUAGES), remembering=st.booleans())
    def draft(self, lang: str, remembering: bool) -> None:
        memory = Memory.of((other(each), self.catalog(each)) for each in LANGUAGES)
        entries = []
        for entry in self.catalog(lang).entries:
            drafted = entry
            if entry.state is State.MISSING and not entry.obsolete:
                known = memory.draft(entry, other(lang), lang) if remembering else None
                drafted = known or self.by_machine(entry)
            entries.append(drafted)
        self.write(lang, replace(self.catalog(lang), entries=tuple(entries)))

    def by_machine(self, entry: Entry) -> Entry:
        self.count += 1
        text = f"machine {self.count} of {entry.source}"
        return replace(entry, target=text, flags=("fuzzy",), draft=Draft.of("argos", "m", text))

    # Other tools

    @rule(lang=st.sampled_from(LANGUAGES))
    def by_polib(self, lang: str) -> None:
        self.texts[lang] = str(polib.pofile(self.texts[lang], wrapwidth=40))

    @precondition(lambda _: shutil.which("msgcat") is not None)
    @rule(lang=st.sampled_from(LANGUAGES), width=st.sampled_from(["--no-wrap", "--width=40"]))
    def by_msgcat(self, lang: str, width: str) -> None:
        command = ["msgcat", "--force-po", width, "-"]
        done = subprocess.run(command, input=self.texts[lang].encode(), capture_output=True, check=True)
        self.texts[lang] = done.stdout.decode()

    # How the steps are done

    def block(self, at: int) -> Block:
        return self.article[at % len(self.article)]

    def put(self, at: int, *blocks: Block) -> None:
        at %= len(self.article)
        self.publish([*self.article[:at], *blocks, *self.article[at + 1 :]])

    def publish(self, article: list[Block]) -> None:
        self.history.append(self.article)
        self.article = article
        self.update()

    def update(self) -> None:
        before = {lang: self.catalog(lang) for lang in LANGUAGES}
        for lang in LANGUAGES:
            twin = before[other(lang)]
            self.write(lang, merge(before[lang], self.segments(lang), path="a.md", twin=twin))

    def segments(self, lang: str) -> list[Segment]:
        """Those that the catalog into `lang` must cover."""
        return [Segment("", b.text, b.lang, context=b.context) for b in self.article if b.lang != lang]

    def catalog(self, lang: str) -> Catalog:
        return catalogs.parse(self.texts[lang], f"{lang}.po", lang)

    def write(self, lang: str, catalog: Catalog) -> None:
        self.texts[lang] = catalogs.splice(self.texts[lang], self.catalog(lang), catalog)

    def words(self, lang: str) -> str:
        self.count += 1
        return f"{lang} {self.count}\nby a person"

    def reviewed(self, entry: Entry) -> Entry:
        return replace(entry, flags=(), previous="", previous_context="")

    def work(self, lang: str, at: int, states: Collection[State], do: Callable[[Entry], Entry]) -> None:
        """A person changes one live entry: what stood there before is theirs to throw away."""
        catalog = self.catalog(lang)
        chosen = [entry for entry in catalog.live if entry.state in states]
        if not chosen:
            return
        entry = chosen[at % len(chosen)]
        done = do(entry)
        entries = tuple(done if each is entry else each for each in catalog.entries)
        self.write(lang, replace(catalog, entries=entries))
        if done.target != entry.target:
            self.written.discard(entry.target)
        if done.target and done != entry:
            self.written.add(done.target)
        if done.state is State.REVIEWED:
            self.approved.add((done.context, done.source, done.target))
            self.approved.add((done.context, done.target, done.source))

    # What always holds

    @invariant()
    def every_text_has_one_live_entry(self) -> None:
        for lang in LANGUAGES:
            catalog, article = self.catalog(lang), self.segments(lang)
            keys = list(dict.fromkeys(segment.key for segment in article))
            assert [entry.key for entry in catalog.live] == keys
            assert not list(discrepancies(catalog, article))

    @invariant()
    def nothing_a_person_wrote_is_lost(self) -> None:
        kept = {entry.target for lang in LANGUAGES for entry in self.catalog(lang).entries}
        assert self.written <= kept

    @invariant()
    def nothing_is_reviewed_by_itself(self) -> None:
        for lang in LANGUAGES:
            for entry in self.catalog(lang).live:
                if entry.state is State.REVIEWED:
                    assert (entry.context, entry.source, entry.target) in self.approved

    @invariant()
    def a_second_update_changes_no_byte(self) -> None:
        before = dict(self.texts)
        self.update()
        assert self.texts == before


# Without shrinking: a life of thirty steps reads well enough, and a shorter one takes minutes to find.
Life.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, phases=[Phase.reuse, Phase.generate]
)
TestAnArticlesWholeLife = Life.TestCase
