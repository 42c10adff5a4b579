"""Our files under the real GNU programs, and what those and other tools write, read back."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline import catalogs, merge
from pipeline.model import Catalog, Draft, Entry, Segment, State
from tests.catalog_strategies import segments, whole_catalogs

pytestmark = pytest.mark.gettext
PATH = "source_texts/a.md"
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def run(*command: str, text: str = "") -> str:
    program = shutil.which(command[0])
    assert program
    done = subprocess.run([program, *command[1:]], input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "warning" not in done.stderr.decode() or "escape sequence" in done.stderr.decode()
    return done.stdout.decode()


def msgcat(text: str) -> str:
    return run("msgcat", "--force-po", "--no-wrap", "-", text=text)


def told(catalog: Catalog) -> dict[tuple[str, str], tuple[object, ...]]:
    """What translators and readers would miss if it were lost."""
    return {
        entry.key: (entry.state, entry.target, entry.previous, entry.draft, entry.comments, entry.obsolete)
        for entry in catalog.entries
    }


@settings(max_examples=60, deadline=None)
@given(whole_catalogs())
def test_a_catalog_is_written_as_msgcat_writes_it(catalog: Catalog) -> None:
    text = catalogs.dump(catalog)
    assert msgcat(text) == text


def checkable(entry: Entry) -> Entry:
    """Without what `msgfmt -c` rightly asks a translator to change."""
    head, tail = re.match(r"\n?", entry.source), re.search(r"\n?\Z", entry.source)
    assert head
    assert tail

    def alike(text: str) -> str:
        inner = text.strip("\n")
        return head[0] + inner + tail[0] if inner and entry.source != "\n" else text and entry.source

    if entry.plural:
        plural = entry.source + "s" + tail[0] if tail[0] else entry.source + "s"
        return replace(entry, plural=plural, targets=tuple(map(alike, entry.targets)), flags=())
    return replace(
        entry, target=alike(entry.target), flags=tuple(f for f in entry.flags if "format" not in f)
    )


@settings(max_examples=60, deadline=None)
@given(whole_catalogs())
@example(Catalog("sv", (Entry("a", "b", note="C:\\"),), catalogs.new("sv", "en", "a").header))
def test_msgfmt_accepts_every_file_we_write(catalog: Catalog) -> None:
    checked = replace(catalog, entries=tuple(map(checkable, catalog.entries)))
    run("msgfmt", "-c", "-o", "/dev/null", "-", text=catalogs.dump(checked))


def in_state(entry: Entry, state: State, text: str) -> Entry:
    match state:
        case State.REVIEWED:
            return replace(entry, target=text)
        case State.MACHINE:
            return replace(entry, target=text, flags=("fuzzy",), draft=Draft.of("argos", "en_sv@1", text))
        case State.STALE:
            return replace(entry, target=text, flags=("fuzzy",), previous="before: " + entry.source)
        case State.DRAFT:
            return replace(
                entry, target=text, flags=("fuzzy",), comments=("not sure", "", "accept: figures — old")
            )
        case _:
            return entry


WORDS = st.sampled_from(
    ["night cramps", "5 mg of magnesium", 'a "quoted" word', "back\\slash", "två\nrader", "x " * 60]
)
STATES = st.sampled_from([State.MISSING, State.REVIEWED, State.MACHINE, State.STALE, State.DRAFT])


@st.composite
def worked_on(draw: st.DrawFn) -> tuple[Catalog, tuple[Segment, ...]]:
    """An article's segments, and its catalog as translators may have it."""
    texts = draw(
        st.lists(st.builds("{} {}".format, WORDS, st.integers(0, 30)), min_size=1, unique=True, max_size=6)
    )
    contexts = draw(st.lists(st.sampled_from(["", "", "title"]), min_size=len(texts), max_size=len(texts)))
    article = segments(*zip(contexts, texts, strict=True))
    fresh = merge.merge(catalogs.new("sv", "en", "a"), article, path=PATH)
    worked = tuple(in_state(entry, draw(STATES), draw(WORDS)) for entry in fresh.entries)
    kept = article[: draw(st.integers(1, len(article)))]
    return merge.merge(replace(fresh, entries=worked, path="a.po"), kept, path=PATH, near=1.0), kept


def by_polib(text: str) -> str:
    return str(polib.pofile(text, wrapwidth=78))


def by_poedit(text: str) -> str:
    """Wrapped at 79, fields of its own in the header, references before notes."""
    wrapped = run("msgcat", "--force-po", "--width=79", "-", text=text)
    wrapped = wrapped.replace('"Last-Translator: \\n"', '"Last-Translator: Åsa <asa@example.org>\\n"')
    wrapped = wrapped.replace('"X-Extractor: 1\\n"', '"X-Extractor: 1\\n"\n"X-Generator: Poedit 3.4\\n"')
    return re.sub(r"((?:#\. .*\n)+)((?:#: .*\n)+)", r"\2\1", wrapped)


@pytest.mark.parametrize(
    "rewrite", [msgcat, by_polib, by_poedit], ids=lambda function: str(function.__name__)
)
@SLOW
@given(worked_on())
def test_a_rewrite_by_another_tool_loses_no_state_and_starts_no_diff(
    rewrite: Callable[[str], str], worked: tuple[Catalog, tuple[Segment, ...]]
) -> None:
    catalog, article = worked
    text = rewrite(catalogs.dump(catalog))
    again = catalogs.parse(text, "a.po", "sv")
    if rewrite is not by_polib:
        assert told(again) == told(catalog)
    live = {key: value for key, value in told(catalog).items() if not value[-1]}
    assert {key: value for key, value in told(again).items() if not value[-1]} == live
    assert {e.key: e.target for e in again.obsolete} == {e.key: e.target for e in catalog.obsolete}
    assert catalogs.splice(text, again, merge.merge(again, article, path=PATH)) == text


@SLOW
@given(worked_on())
def test_msgmerge_loses_no_state_and_starts_no_diff(
    tmp_path: Path, worked: tuple[Catalog, tuple[Segment, ...]]
) -> None:
    catalog, article = worked
    fresh = merge.merge(catalogs.new("sv", "en", "a"), article, path=PATH)
    (tmp_path / "a.pot").write_text(catalogs.dump(fresh), encoding="utf-8")
    (tmp_path / "a.po").write_text(catalogs.dump(catalog), encoding="utf-8")
    text = run("msgmerge", "-q", "--previous", "-o", "-", str(tmp_path / "a.po"), str(tmp_path / "a.pot"))
    again = catalogs.parse(text, "a.po", "sv")
    assert told(again) == told(catalog)
    assert catalogs.splice(text, again, merge.merge(again, article, path=PATH)) == text


def test_an_edit_merged_by_msgmerge_is_stale_as_one_merged_by_us(tmp_path: Path) -> None:
    old = segments("Drink a glass of water in the evening.")
    new = segments("Drink two glasses of water in the evening.")
    catalog = merge.merge(catalogs.new("sv", "en", "a"), old, path=PATH)
    catalog = replace(
        catalog, entries=tuple(replace(entry, target="Drick vatten.") for entry in catalog.entries)
    )
    (tmp_path / "a.po").write_text(catalogs.dump(catalog), encoding="utf-8")
    fresh = merge.merge(catalogs.new("sv", "en", "a"), new, path=PATH)
    (tmp_path / "a.pot").write_text(catalogs.dump(fresh), encoding="utf-8")
    text = run("msgmerge", "-q", "--previous", "-o", "-", str(tmp_path / "a.po"), str(tmp_path / "a.pot"))
    assert text == catalogs.splice(catalogs.dump(catalog), catalog, merge.merge(catalog, new, path=PATH))
