"""`tvilling merge-driver` in real repositories, beside what git does by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import catalogs
from pipeline.cli import main
from pipeline.model import Entry, State
from tests.conftest import Plant

ROOT = Path(__file__).parent.parent
DRIVER = f'PYTHONPATH="{ROOT}" "{sys.executable}" -m pipeline merge-driver %O %A %B'
DOSE = "Take 2 mg\\\nwith a glass of water\\\nbefore you sleep."
ARTICLE = f"""
-- source_texts/dose.md --
---
lang: en
title: Dose
---

{DOSE}

Rest.

Walk slowly.
"""
PO = "locale/sv/LC_MESSAGES/dose.po"


class Repository:
    """A project under git, whose branches change catalogs."""

    def __init__(self, root: Path, *, ours: bool) -> None:
        self.root = root
        main(["-C", str(root), "update"])
        self.git("init", "-q", "-b", "main")
        if ours:
            self.git("config", "merge.tvilling.driver", DRIVER)
            (root / ".gitattributes").write_text("*.po merge=tvilling\n")
        self.commit("base")
        self.git("branch", "other")

    def git(self, *arguments: str, status: int = 0) -> str:
        identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=self.root, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done
        return done.stdout + done.stderr

    def commit(self, message: str) -> None:
        self.git("add", ".")
        self.git("commit", "-qm", message)

    def translate(self, source: str, target: str) -> None:
        path = self.root / PO
        text = path.read_text(encoding="utf-8")
        catalog = catalogs.parse(text, PO, "sv")
        entries = tuple(
            Entry(entry.source, target, entry.context, references=entry.references, place=entry.place)
            if entry.source == source
            else entry
            for entry in catalog.entries
        )
        assert entries != catalog.entries
        changed = catalogs.splice(text, catalog, type(catalog)("sv", entries, catalog.header))
        path.write_text(changed, encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        path = self.root / "source_texts/dose.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        main(["-C", str(self.root), "update"])

    def entry(self, source: str) -> Entry:
        catalog = catalogs.parse((self.root / PO).read_text(encoding="utf-8"), PO, "sv")
        return next(entry for entry in catalog.live if entry.source == source)


def an_author_changes_a_dose_that_is_just_being_translated(repository: Repository) -> None:
    repository.git("checkout", "-q", "other")
    repository.translate(DOSE, "Ta 2 mg\\\nmed ett glas vatten\\\ninnan du somnar.")
    repository.commit("the dose, translated")
    repository.git("checkout", "-q", "main")
    repository.edit("Take 2 mg", "Take 3 mg")
    repository.commit("the dose, changed")
    repository.git("merge", "-q", "other", "-m", "both")


def test_git_by_itself_pairs_a_changed_dose_with_the_translation_of_the_old_one(plant: Plant) -> None:
    repository = Repository(plant(ARTICLE), ours=False)
    an_author_changes_a_dose_that_is_just_being_translated(repository)
    entry = repository.entry(DOSE.replace("2 mg", "3 mg"))
    assert entry.target.startswith("Ta 2 mg")
    assert entry.state is State.REVIEWED


def test_the_driver_leaves_each_translation_with_the_text_that_it_was_written_for(plant: Plant) -> None:
    repository = Repository(plant(ARTICLE), ours=True)
    an_author_changes_a_dose_that_is_just_being_translated(repository)
    changed = DOSE.replace("2 mg", "3 mg")
    assert repository.entry(changed).state is State.MISSING
    assert repository.entry(DOSE).state is State.REVIEWED
    main(["-C", str(repository.root), "update"])
    assert repository.entry(changed).state is State.MISSING
    kept = (repository.root / PO).read_text(encoding="utf-8")
    assert '#~ "Ta 2 mg' in kept, "the translation waits for its text to come back"


@pytest.fixture
def clashing(plant: Plant) -> Repository:
    repository = Repository(plant(ARTICLE), ours=True)
    repository.git("checkout", "-q", "other")
    repository.translate("Rest.", "Vila.")
    repository.translate("Walk slowly.", "Gå sakta.")
    repository.commit("theirs")
    repository.git("checkout", "-q", "main")
    repository.translate("Rest.", "Vila dig.")
    repository.commit("ours")
    return repository


def test_a_conflict_keeps_both_texts_stops_the_merge_and_is_found_by_the_checks(
    clashing: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "CONFLICT" in clashing.git("merge", "other", status=1)
    assert clashing.entry("Walk slowly.").target == "Gå sakta."
    entry = clashing.entry("Rest.")
    assert "Vila." in entry.target
    assert "Vila dig." in entry.target
    assert entry.state is State.DRAFT
    assert main(["-C", str(clashing.root), "check"]) == 1
    assert "conflict" in capsys.readouterr().out
    clashing.translate("Rest.", "Vila dig.")
    clashing.commit("solved")
    assert main(["-C", str(clashing.root), "check"]) == 0


def test_a_rebase_is_merged_by_it_as_well(plant: Plant) -> None:
    repository = Repository(plant(ARTICLE), ours=True)
    for branch, source, target in (("other", "Rest.", "Vila."), ("main", "Walk slowly.", "Gå sakta.")):
        repository.git("checkout", "-q", branch)
        repository.translate(source, target)
        repository.commit(branch)
    repository.git("rebase", "-q", "other")
    assert repository.entry("Rest.").target == "Vila."
    assert repository.entry("Walk slowly.").target == "Gå sakta."


def test_a_catalog_that_both_sides_made_is_merged_without_an_ancestor(plant: Plant) -> None:
    repository = Repository(plant(ARTICLE), ours=True)
    new = "-- source_texts/new.md --\n# Sleep\n\nSleep well.\n\nEat.\n".partition("\n")[2]
    for branch, source, target in (("other", "Sleep well.", "Sov gott."), ("main", "Eat.", "Ät.")):
        repository.git("checkout", "-q", branch)
        (repository.root / "source_texts/new.md").write_text("---\nlang: en\ntitle: New\n---\n" + new)
        main(["-C", str(repository.root), "update"])
        path = repository.root / PO.replace("dose", "new")
        text = path.read_text(encoding="utf-8")
        wanted = f'msgid "{source}"\nmsgstr "{target}"'
        path.write_text(text.replace(f'msgid "{source}"\nmsgstr ""', wanted), encoding="utf-8")
        repository.commit(branch)
    repository.git("merge", "-q", "other", "-m", "both")
    text = path.read_text(encoding="utf-8")
    assert 'msgid "Sleep well."\nmsgstr "Sov gott."' in text
    assert 'msgid "Eat."\nmsgstr "Ät."' in text


def test_a_side_that_cannot_be_read_is_a_conflict_and_changes_nothing(clashing: Repository) -> None:
    clashing.git("checkout", "-q", "other")
    path = clashing.root / PO
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "x\n', encoding="utf-8")
    clashing.commit("broken")
    clashing.git("checkout", "-q", "main")
    before = path.read_bytes()
    said = clashing.git("merge", "other", status=1)
    assert "CONFLICT" in said
    assert "error:" in said
    assert path.read_bytes() == before
