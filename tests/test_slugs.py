from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import slugs
from pipeline.model import Catalog, Draft, Entry


def catalog(title: Entry, slug: Entry) -> Catalog:
    return Catalog("sv", (title, slug))


TITLE = Entry("Leg cramps", "Kramp i benen på natten", "title")
SLUG = Entry("leg-cramps", "", "slug")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Kramp i benen på natten", "kramp-i-benen-pa-natten"),
        ("Ärtor, öl & Œuvre: 0,7–1,1 mmol/l!", "artor-ol-oeuvre-0-7-1-1-mmol-l"),
        ("???", ""),
    ],
)
def test_a_title_becomes_a_plain_address(title: str, slug: str) -> None:
    assert slugs.slugify(title) == slug


@given(st.text())
def test_an_address_never_leaves_its_folder(title: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slugs.slugify(title))


def test_an_address_is_derived_from_a_reviewed_title() -> None:
    before = catalog(TITLE, SLUG)
    settled = slugs.settle(before, before)
    assert slugs.of(settled) == "kramp-i-benen-pa-natten"


def test_a_draft_of_a_title_gives_no_address() -> None:
    draft = replace(TITLE, flags=("fuzzy",), draft=Draft.of("argos", "m", TITLE.target))
    before = catalog(draft, SLUG)
    assert slugs.settle(before, before) == before


def test_an_address_is_stable_when_the_title_changes() -> None:
    settled = slugs.settle(catalog(TITLE, SLUG), catalog(TITLE, SLUG))
    retitled = replace(settled, entries=(replace(TITLE, target="Vadkramp"), settled.entries[1]))
    assert slugs.settle(retitled, settled) == settled.__class__(
        "sv", (retitled.entries[0], settled.entries[1])
    )


def test_a_changed_address_is_remembered() -> None:
    settled = slugs.settle(catalog(TITLE, SLUG), catalog(TITLE, SLUG))
    edited = replace(settled, entries=(TITLE, replace(settled.entries[1], target="vadkramp")))
    again = slugs.settle(edited, edited)
    assert slugs.of(again) == "vadkramp"
    assert slugs.given(again) == ("kramp-i-benen-pa-natten", "vadkramp")
    assert slugs.settle(again, again) == again


def test_an_address_survives_a_new_original_address() -> None:
    before = slugs.settle(catalog(TITLE, SLUG), catalog(TITLE, SLUG))
    renamed = catalog(TITLE, Entry("night-cramps", "", "slug"))
    assert slugs.of(slugs.settle(renamed, before)) == "kramp-i-benen-pa-natten"


HOSTILE = ["../../etc", "/etc", "a/b", "..", "åäö", "A", "a b", "x" * 101, "javascript:x"]


@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_is_no_address_and_never_becomes_one(address: str) -> None:
    hostile = catalog(TITLE, replace(SLUG, target=address))
    assert slugs.of(hostile) == ""
    settled = slugs.settle(hostile, hostile)
    mended = replace(settled, entries=(TITLE, replace(settled.entries[1], target="vadkramp")))
    mended = slugs.settle(mended, settled)
    assert slugs.of(mended) == "vadkramp"
    assert slugs.given(mended) == ("vadkramp",)


def test_a_former_address_that_leaves_the_site_is_passed_over() -> None:
    slug = replace(SLUG, target="vadkramp", comments=("address: ../../etc", "address: kramp"))
    assert slugs.given(catalog(TITLE, slug)) == ("kramp",)


def test_the_addresses_of_obsolete_entries_are_remembered() -> None:
    slug = replace(SLUG, target="vadkramp", comments=("address: vadkramp",), obsolete=True)
    assert slugs.of(catalog(TITLE, slug)) == ""
    assert slugs.given(catalog(TITLE, slug)) == ("vadkramp",)


@pytest.mark.parametrize(("title", "length"), [("ord " * 60, 99), ("o" * 300, 100)])
def test_a_long_title_gives_an_address_of_whole_words_that_a_folder_can_have(title: str, length: int) -> None:
    long = catalog(replace(TITLE, target=title), SLUG)
    address = slugs.of(slugs.settle(long, long))
    assert len(address) == length
    assert not address.endswith("-")
