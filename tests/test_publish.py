"""The output folder: it holds the whole site, and what others put there stays."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Set
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import FileError
from pipeline.site import Sheet
from pipeline.stages.press import publish
from pipeline.stages.seen import Seen
from pipeline.stages.whole import MANIFEST
from pipeline.store import Store
from tests.conftest import Plant
from tests.test_make import EDITS, PROJECT, build, drop, move, tree

PATHS = st.sampled_from(["a", "b", "a/x", "b/x", "b/å/y", "CNAME", "b/robots.txt", ".nojekyll"])
SITES = st.dictionaries(st.sampled_from(["a", "b/x", "b/å/y", "CNAME"]), st.sampled_from(["one", "two"]))
LINES = st.one_of(
    PATHS, st.sampled_from(["../kept", "/etc/passwd", "<<<<<<< ours", "", ".", "..", "b", "x\0", "å\r"])
)


def put(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        except OSError:
            continue  # a file where a folder would have to be


def there(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def is_published(root: Path, site: Mapping[str, str], store: Store) -> bool:
    """Build; False if files of others were in the way."""
    sheets = [Sheet((path, text), partial(iter, [(path, text)]), (path,)) for path, text in site.items()]
    seen = Seen.of(root, store)
    try:
        publish(sheets, b"", root / "public", seen=seen, store=store)
    except FileError as error:
        assert error.name == "foreign-output"  # noqa: PT017  # any other is a fault
        return False
    finally:
        seen.keep(store)
    return True


@given(
    SITES,
    st.dictionaries(PATHS, st.just("theirs")),
    st.none() | st.lists(LINES),
    st.lists(SITES, min_size=1, max_size=3),
)
@example({"a": "one"}, {}, [], [{}])
@example({}, {"b": "theirs"}, ["b"], [{"b/x": "one"}])
@example({}, {"a/x": "theirs"}, ["a/x"], [{"a": "one"}])
def test_only_what_a_build_wrote_is_removed_or_overwritten(
    first: dict[str, str], theirs: dict[str, str], manifest: list[str] | None, sites: list[dict[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.in_memory() as store:
        root, public = Path(folder), Path(folder) / "public"
        put(root, {"kept": "kept"})
        assert is_published(root, first, store)
        before = there(public)
        put(public, {path: text for path, text in theirs.items() if path not in before})
        listed = {*first, *(manifest or ())}
        if manifest is not None:
            put(public, {MANIFEST: "\n".join(manifest)})
        for site in sites:
            before = there(public)
            foreign = {
                path: text for path, text in before.items() if path not in listed or "/." in f"/{path}"
            }
            if not is_published(root, site, store):
                assert foreign.items() <= there(public).items()
                break
            assert there(public) == site | foreign
            assert (public / MANIFEST).read_text() == "".join(f"{path}\n" for path in sorted(site))
            listed = set(site)
        assert (root / "kept").read_text() == "kept"


THEIRS = """
-- public/CNAME --
a.example
-- public/google1.html --
g
-- public/en/hand/made.txt --
x
-- public/.nojekyll --
"""


def test_files_of_others_stay_and_make_no_build_do_more(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(PROJECT + THEIRS)
    theirs = {path: data for path, data in tree(root).items() if path.startswith("public/")}
    monkeypatch.setattr("pipeline.stages.seen.DOUBT", 0)
    build(root)
    drop("source_texts/sleep.md")(root)
    assert build(root).published.removed
    assert not (root / "public" / "en" / "sleep").exists()
    build(root)
    assert theirs.items() <= tree(root).items()
    monkeypatch.setattr("pipeline.stages.press.publish", None)
    assert build(root).published.changed == 0


def conflict(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(["<<<<<<< ours\n", *lines[:9], "=======\n", *lines, ">>>>>>> theirs\n"]), "utf-8")


@pytest.mark.parametrize(
    ("harm", "is_read"),
    [
        (conflict, True),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")), True),
        (lambda path: path.unlink(), False),
        (lambda path: path.write_bytes(b"\xff\x00" * 99), False),
        (lambda path: path.write_text("../source_texts/it.png\n/etc/passwd\nCNAME/..\n"), False),
    ],
)
def test_a_manifest_that_was_harmed_costs_nothing(
    plant: Plant, harm: Callable[[Path], None], is_read: bool
) -> None:
    """What it says is still read, or what the last build remembers is enough."""
    root = plant(PROJECT + THEIRS)
    build(root)
    EDITS["an article less"](root)
    build(root)
    whole = tree(root)
    EDITS["an article more"](root)
    build(root)
    harm(root / "public" / MANIFEST)
    if is_read:
        shutil.rmtree(root / ".tvilling")
    drop("source_texts/new.md")(root)
    drop("locale/sv/LC_MESSAGES/new.po")(root)
    build(root)
    assert tree(root) == whole
    assert (root / "source_texts" / "it.png").exists()


def test_where_nothing_is_known_nothing_is_removed_and_only_most_of_a_site_is_one(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.stages.seen.DOUBT", 0)
    root = plant(PROJECT)
    build(root)
    whole = tree(root)
    forget(root)
    build(root)
    assert tree(root) == whole, "what holds already what it should is in nobody's way"
    forget(root)
    EDITS["an article less"](root)
    build(root)
    assert (root / "public" / "en" / "sleep" / "index.html").exists()
    assert 'href="../sleep/' not in (root / "public" / "en" / "cramp" / "index.html").read_text("utf-8")
    forget(root)
    for folder in ("sv", "parallel", "static"):
        shutil.rmtree(root / "public" / folder)
    EDITS["a word"](root)
    for _ in range(2):  # what failed teaches nothing
        with pytest.raises(FileError, match="the site needs this place"):
            build(root)


def forget(root: Path) -> None:
    shutil.rmtree(root / ".tvilling")
    (root / "public" / MANIFEST).unlink()


def test_what_a_stopped_build_left_is_known_to_the_next(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(PROJECT)
    build(root)
    whole = tree(root)
    EDITS["an article with another name"](root)
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.stages.press._Press.remove", stopped)
        with pytest.raises(KeyboardInterrupt):
            build(root)
    assert (root / "public" / "en" / "metal" / "index.html").exists()
    move("source_texts/metal.md", "magnesium.md")(root)
    build(root)
    assert tree(root) == whole


def stopped(_: object, paths: Set[str]) -> None:
    if paths:
        raise KeyboardInterrupt


@pytest.mark.parametrize("path", ["en", "en/cramp/index.html"])
def test_a_link_to_elsewhere_is_in_the_way_and_nothing_is_written_through_it(plant: Plant, path: str) -> None:
    root = plant(PROJECT)
    (root / "elsewhere").mkdir()
    (root / "public" / path).parent.mkdir(parents=True)
    (root / "public" / path).symlink_to(root / "elsewhere")
    with pytest.raises(FileError, match=r"the site needs this place|cannot be read"):
        build(root)
    assert not list((root / "elsewhere").iterdir())


def a_folder(page: Path) -> None:
    page.unlink()
    put(page, {"x.txt": "theirs"})


def a_link_elsewhere(page: Path) -> None:
    shutil.move(page.parent, page.parent.parent.parent.parent / "elsewhere")
    page.parent.symlink_to(page.parent.parent.parent.parent / "elsewhere")


@pytest.mark.parametrize("put_there", [a_folder, a_link_elsewhere])
def test_what_somebody_put_in_the_place_of_a_page_is_not_written_into(
    plant: Plant, put_there: Callable[[Path], None]
) -> None:
    root = plant(PROJECT)
    build(root)
    put_there(root / "public" / "en" / "cramp" / "index.html")
    files = [path for name in ("public", "elsewhere") for path in (root / name).rglob("*") if path.is_file()]
    before = [path.read_bytes() for path in files]
    EDITS["a word"](root)
    with pytest.raises(FileError, match="the site needs this place"):
        build(root)
    assert [path.read_bytes() for path in files] == before
