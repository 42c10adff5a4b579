"""Near matches: the right ones, always the same, and fast among many."""

from __future__ import annotations

import random
import subprocess
import sys
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.near import CANDIDATES, Index

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprstv" for b in "aeiouyåäö" for c in ("ra", "lin", "st", "mo", "te")]


def texts(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=chance.randint(5, 30))) for _ in range(count)]


def test_an_edited_text_is_found() -> None:
    index = Index(["Drink a glass of water.", "Eat more nuts.", "Drink a glass of milk."])
    found = index.best("Drink a glass of water every night.", 0.7)
    assert found
    assert found[0] == 0
    assert 0.7 <= found[1] < 1


def test_nothing_is_found_below_the_cutoff() -> None:
    assert Index(["Eat more nuts."]).best("Magnesium is a mineral.", 0.75) is None
    assert Index([]).best("Magnesium", 0.1) is None


def test_equal_scores_give_the_earlier_text_first() -> None:
    assert [index for index, _ in Index(["abcd 2", "abcd 1", "abcd 3"]).matches("abcd 4", 0.5)] == [0, 1, 2]


def test_an_equal_text_scores_one() -> None:
    many = texts(CANDIDATES * 3)
    assert Index(many).best(many[400], 0.99) == (400, 1.0)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_one_changed_word_is_found_among_many(seed: int) -> None:
    chance = random.Random(seed)
    at = chance.randrange(len(MANY))
    words = MANY[at].split()
    words[chance.randrange(len(words))] = "changed"
    found = MANY_INDEX.best(" ".join(words), 0.5)
    assert found
    assert found[0] == at


MANY = texts(3000)
MANY_INDEX = Index(MANY)


def test_other_processes_give_the_same_answers() -> None:
    code = (
        "from tests.test_near import MANY, MANY_INDEX\n"
        "print([MANY_INDEX.matches(text + ' och', 0.3) for text in MANY[:20]])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_thirty_thousand_texts_are_searched_in_milliseconds() -> None:
    many = texts(30_000, seed=2)
    index = Index(many)
    index.best(many[0], 0.75)
    start = time.perf_counter()
    for at in range(0, 30_000, 1000):
        assert index.best(many[at] + " och", 0.75)
    assert (time.perf_counter() - start) / 30 < 0.1
