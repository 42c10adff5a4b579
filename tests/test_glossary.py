from __future__ import annotations

from pathlib import Path

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from pipeline import files, glossary
from pipeline.errors import CatalogError
from pipeline.glossary.forms import cores, inflected
from pipeline.model import Term

ROOT = Path(__file__).parent.parent

HEADER = "english,swedish,note,do_not_translate,forbidden\n"


def test_a_row_is_a_term() -> None:
    row = 'cramp,kramp,"a note, with a comma",,sv:spasm; en:spasm\nEFSA,EFSA,,yes,\n'
    assert glossary.parse(HEADER + row, "g.csv") == (
        Term("cramp", "kramp", "a note, with a comma", keep=False, forbidden=("sv:spasm", "en:spasm")),
        Term("EFSA", "EFSA", keep=True),
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a,b\n", 1),
        (HEADER + "a,b\n", 2),
        (HEADER + "a,,,,\n", 2),
        (HEADER + "a,b,,,\na,b,,no,\n", 3),
        (HEADER + 'a,"b"x,,,\n', 2),
    ],
)
def test_a_broken_row_is_an_error_with_its_line(text: str, line: int) -> None:
    with pytest.raises(CatalogError, match=rf"^g\.csv:{line}: error: "):
        glossary.parse(text, "g.csv")


TERMS = (
    Term("kidney failure", "njursvikt"),
    Term("kidney", "njure"),
    Term("sleep", "sömn", "the verb is “sova”"),
    Term("foot", "fot"),
    Term("EFSA", "EFSA", keep=True),
    Term("dose", "dos"),
    Term("liver", "lever"),
    Term("stretching", "töjning"),
)
FOLLOWED = [
    ("The kidneys hurt.", "Njurarna gör ont.", []),
    ("The kidneys hurt.", "Benen gör ont.", ["kidney: njure"]),
    ("Kidney failure.", "Njurkollaps.", ["kidney failure: njursvikt"]),
    ("Sleep on your feet.", "Sov på fötterna.", []),
    ("EFSA says so.", "Myndigheten säger så.", ["EFSA: EFSA"]),
    ("The dose.", "Startdosen.", []),
    ("The dose.", "Dosering.", []),
    ("The dose.", "Han endosserar.", ["dose: dos"]),
    ("The liver.", "Blodleverns.", []),
    ("Stretching helps.", "Att töja hjälper.", []),
    ("Kidney, kidney.", "Ben, ben.", ["kidney: njure"]),
]


@pytest.mark.parametrize(("source", "target", "unfollowed"), FOLLOWED)
def test_a_translation_follows_the_glossary_or_not(source: str, target: str, unfollowed: list[str]) -> None:
    assert glossary.follows(source, target, "en", "sv", TERMS) == unfollowed


def test_only_long_words_without_a_space_are_compounds() -> None:
    found = glossary.index(
        (Term("a", "njursvikt"), Term("b", "njure"), Term("c", "kramp i benen")), "en", "sv"
    )
    assert list(found.parted("Njur svikten")) == [("njur svikten", "njursvikt")]
    assert list(found.parted("nju re, kramp iben en")) == []


def test_a_term_follows_itself_in_both_directions() -> None:
    terms = glossary.parse(files.read_text(ROOT / "locale" / "glossary.csv", ROOT), "glossary.csv")
    assert len(terms) >= 120
    for term in terms:
        assert glossary.follows(term.english, term.swedish, "en", "sv", terms) == []
        assert glossary.follows(term.swedish, term.english, "sv", "en", terms) == []


def test_languages_without_a_column_have_no_terms() -> None:
    assert glossary.follows("kidney", "Niere", "en", "de", TERMS) == []


@pytest.mark.parametrize(("lang", "share"), [("en", 0.98), ("sv", 0.98)])
def test_the_rules_know_nearly_all_forms_of_a_dictionary(lang: str, share: float) -> None:
    terms = glossary.parse(files.read_text(ROOT / "locale" / "glossary.csv", ROOT), "glossary.csv")
    sides = {"en": lambda term: term.english, "sv": lambda term: term.swedish}
    words = {word for term in terms if not term.keep for word in sides[lang](term).lower().split()}
    pairs = [
        (form, lemma)
        for form, lemma in DefaultDictionaryFactory().get_dictionary(lang).items()
        if lemma in words and form.isalpha()
    ]
    known = sum(any(core in form for core in cores(lemma, lang)) for form, lemma in pairs)
    assert len(pairs) > 400
    assert known >= share * len(pairs)


@pytest.mark.parametrize(
    ("lang", "word", "forms"),
    [
        ("sv", "muskel", "muskeln muskler musklerna musklernas"),
        ("sv", "natt", "natten nätter nätternas"),
        ("sv", "hudbrand", "hudbränder"),
        ("sv", "antibiotikum", "antibiotika"),
        ("sv", "njure", "njurens njurar njurarna"),
        ("sv", "symtom", "symtomen"),
        ("en", "calf", "calves"),
        ("en", "deficiency", "deficiencies"),
        ("en", "tooth", "teeth"),
        ("en", "diagnosis", "diagnoses"),
    ],
)
def test_a_word_is_known_in_its_forms(lang: str, word: str, forms: str) -> None:
    assert set(forms.split()) <= inflected(word, lang)
