"""What the package says in English: a text to everybody, and more to those who speak another language."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from copy import deepcopy

import pytest

from pipeline import catalogs, checks, merge
from pipeline.model import Finding, Phrase, Severity, State
from pipeline.review.voice import HERE, voice
from pipeline.store import Store
from tests import test_checks, test_checks_across
from tests.phrases import fields, has_words, names, phrases, templates

SWEDISH = voice("sv")
BACKTICKS = Phrase("{what} is missing from the translation", what="`{n}`")
NESTED = Phrase("“{words}” looks {language}", words="Il {0} est", language=Phrase("French"))
SPOKEN = [
    (BACKTICKS, "`{n}` saknas i översättningen"),
    (NESTED, "”Il {0} est” ser ut att vara på franska"),
    (Phrase("{slug!r} cannot be an address", slug="Kramp\n"), r"'Kramp\n' kan inte vara en adress"),
    (Phrase("1 sentence became {theirs}", theirs=3), "1 mening blev 3"),
    (Phrase("{before}, {value}", before=Phrase("number"), value=Phrase("text")), "tal, text"),
    (Phrase("nobody has translated {what}", what=Phrase("text")), "nobody has translated text"),
    ("number", "number"),
]


def test_a_phrase_is_a_text_like_any_other() -> None:
    assert BACKTICKS == "`{n}` is missing from the translation"
    assert hash(BACKTICKS) == hash("`{n}` is missing from the translation")
    assert f"{NESTED}." == "“Il {0} est” looks French."


@pytest.mark.parametrize("phrase", [BACKTICKS, NESTED], ids=["plain", "nested"])
def test_a_phrase_stays_one_wherever_it_is_kept(phrase: Phrase) -> None:
    finding = Finding("name", Severity.ERROR, phrase)
    with Store.in_memory() as store:
        store.keep({b"key": (finding,)})
        store.recent.clear()
        kept = store.get(b"key")
    for (other,) in (kept, pickle.loads(pickle.dumps((finding,))), deepcopy((finding,))):
        assert other == finding
        assert isinstance(other.message, Phrase)
        assert (other.message.template, other.message.values) == (phrase.template, phrase.values)
        assert all(type(other.message.values[name]) is type(value) for name, value in phrase.values.items())


@pytest.mark.parametrize(("phrase", "expected"), SPOKEN)
def test_a_phrase_is_said_with_all_that_it_is_made_of(phrase: str, expected: str) -> None:
    assert SWEDISH.say(phrase) == expected


def test_a_check_has_a_name_that_people_say() -> None:
    assert SWEDISH.call("quotes") == "citattecken"
    assert SWEDISH.call("nothing-of-ours") == "nothing-of-ours"
    assert voice("en").call("end-punctuation") == "end-punctuation"


def test_a_language_without_translations_is_english() -> None:
    assert [voice("en").say(phrase) for phrase, _ in SPOKEN] == [str(phrase) for phrase, _ in SPOKEN]
    assert voice("../sv").words == {}


def test_the_swedish_catalog_says_what_the_package_says_and_nothing_else() -> None:
    """`make golden` puts new phrases in; then translate them."""
    path = HERE / "sv.po"
    catalog = catalogs.parse(path.read_text(encoding="utf-8"), path.name, "sv")
    merged = merge.merge(catalog, (*phrases(), *names()), path="")
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(catalogs.dump(merged), encoding="utf-8")
    assert merged == catalog
    assert [entry.source for entry in merged.entries if entry.state is not State.REVIEWED] == []
    assert [entry.source for entry in merged.entries if fields(entry.source) != fields(entry.target)] == []


def found() -> Iterator[Finding]:
    """All that the cases of checks find."""
    for case in test_checks.ALL:
        yield from checks.run(case.entry, case.brief)
    for wide in test_checks_across.ALL:
        named = [("a", catalogs.parse(text + "\n", "a.po", "sv")) for text in wide.files]
        yield from checks.of_catalogs(named, test_checks_across.TERMS)


def test_whatever_a_check_finds_is_said_in_swedish() -> None:
    said = {text for finding in found() for text in (finding.message, finding.remedy)}
    seen = {template for text in said for template in templates(text) if has_words(template)}
    assert seen <= {template for context, template in SWEDISH.words if not context}
    assert len(seen) > 100
    for text in said:
        SWEDISH.say(text)
