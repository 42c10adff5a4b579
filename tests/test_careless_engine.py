"""What careless engines answer is no draft: nothing that changes a figure, drops a sentence or says it again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pipeline import translate
from pipeline.engines import Answer
from pipeline.model import Brief, Catalog, Entry
from pipeline.translate import Job
from tests.test_corruptions import corrupted, pairs
from tests.tiny_model import PAIRS


def careless(source: str, target: str, brief: Brief) -> Iterator[tuple[str, str]]:
    """(what was done, the answer) for all that an engine does and a translator does not."""
    yield from corrupted(target, brief.target_lang)
    yield "copy", source
    words = target.split()
    yield "loop", f"{target} {' '.join(words[-2:] * 3)}"
    yield "loop", " ".join([*words[: len(words) // 2], *words[len(words) // 2 : len(words) // 2 + 1] * 4])
    yield "doubled", f"{target} {target}"
    if len(words) > 9:
        yield "cut short", " ".join(words[: len(words) // 2])


def texts() -> Iterator[tuple[list[str], list[str]]]:
    """Two sentences, and their translations: an engine is only ever asked for one."""
    known = [pair for pair in PAIRS if pair[0].endswith(".") and pair[1].endswith(".")]
    for (first, told), (second, also) in pairwise(known):
        yield [first, second], [told, also]


def test_every_answer_of_a_careless_engine_is_rejected() -> None:
    done: Counter[str] = Counter()
    missed = []
    for source, target, brief in pairs():
        for name, bad in careless(source, target, brief):
            if bad == target:
                continue
            done[name] += 1
            if translate.verified(Entry(source, bad), brief) is not None:
                missed.append((name, source, bad))
    assert missed == []
    assert done.total() >= 300
    assert {"copy", "loop", "cut short", "denial", "unit", "digit changed"} <= set(done)


def test_an_answer_with_a_sentence_too_few_or_too_many_is_rejected() -> None:
    brief = Brief("en", "sv")
    for sources, told in texts():
        source = " ".join(sources)
        assert translate.verified(Entry(source, " ".join(told)), brief) is not None
        for index in range(len(told)):
            dropped, doubled = told[:index] + told[index + 1 :], told[: index + 1] + told[index:]
            assert translate.verified(Entry(source, " ".join(dropped)), brief) is None, dropped
            assert translate.verified(Entry(source, " ".join(doubled)), brief) is None, doubled


class Recorded:
    """Answers each text with four recorded ones, of which the last is good."""

    name, model = "recorded", "careless-1"
    masks = ()

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.good = {source: (target, brief) for source, target, brief in pairs()}

    def translate(self, texts: list[str]) -> list[tuple[Answer, ...]]:
        return [tuple(map(Answer, self.said(text))) for text in texts]

    align = translate

    def said(self, text: str) -> list[str]:
        if text not in self.good:
            return [text]
        target, brief = self.good[text]
        bad = [answer for _, answer in careless(text, target, brief) if answer != target]
        return [*self.dice.choices(bad, k=3), target]


def test_of_careless_answers_only_the_good_one_becomes_a_draft() -> None:
    written = 0
    for seed, (lang, other) in enumerate((("en", "sv"), ("sv", "en"))):
        known = {source: target for source, target, brief in pairs() if brief.source_lang == lang}
        job = Job(Catalog(other, tuple(map(Entry, known))), lang, is_marked=False)
        engine = Recorded(seed)
        done = translate.draft([job], ["recorded"], lambda *_, engine=engine: engine)
        for entry in done.catalogs[0].entries:
            written += bool(entry.target)
            if entry.target:
                same = entry.target.replace("\u00a0", " ") == known[entry.source].replace("\u00a0", " ")
                assert same, (entry.source, entry.target)
    assert written >= 20
