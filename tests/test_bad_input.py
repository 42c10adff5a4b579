"""Bad input of every kind: one clear line with its place, a remedy, exit code 2, nothing half-written."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest

from pipeline import config
from pipeline.cli import main
from pipeline.errors import CatalogError
from pipeline.stages import project, update
from tests.conftest import Plant

GOOD = "-- source_texts/good.md --\n---\nlang: en\ntitle: Good\n---\n\nA good paragraph.\n"
PO = 'msgid ""\nmsgstr ""\n"Language: sv\\n"\n"Content-Type: text/plain; charset={}\\n"\n\n'
ENTRY = 'msgid "A good paragraph."\nmsgstr "Ett bra stycke."\n'

CASES = {
    "broken-front-matter": ("source_texts/x.md", "---\nlang: en\ntitle: [\n---\n\nText.\n"),
    "missing-front-matter": ("source_texts/x.md", "Text.\n"),
    "no-title": ("source_texts/x.md", "---\nlang: en\n---\n\nText.\n"),
    "unknown-language": ("source_texts/x.md", "---\nlang: de\ntitle: X\n---\n\nText.\n"),
    "unclosed-fence": ("source_texts/x.md", "---\nlang: en\ntitle: X\n---\n\n::: sv\nText.\n"),
    "unclosed-directive": (
        "source_texts/x.md",
        "---\nlang: en\ntitle: X\n---\n\n<!-- translate: off -->\n\nText.\n",
    ),
    "duplicate-slug": ("source_texts/good.txt", "Good\n\nText.\n"),
    "bad-slug": ("source_texts/x.md", "---\nlang: en\ntitle: X\nslug: ../x\n---\n\nText.\n"),
    "conflict-marker": (
        "locale/sv/LC_MESSAGES/good.po",
        PO.format("UTF-8") + "<<<<<<< HEAD\n" + ENTRY + "=======\n" + ENTRY + ">>>>>>> theirs\n",
    ),
    "duplicate-entry": ("locale/sv/LC_MESSAGES/good.po", PO.format("UTF-8") + ENTRY + "\n" + ENTRY),
    "wrong-charset": ("locale/sv/LC_MESSAGES/good.po", PO.format("ISO-8859-1") + ENTRY),
    "bad-syntax": ("locale/sv/LC_MESSAGES/good.po", PO.format("UTF-8") + 'msgid "A\nmsgstr ""\n'),
    "bad-glossary": ("locale/glossary.csv", "a,b\n"),
    "bad-configuration": ("tvilling.toml", 'languages = ["en", "sv"]\n[site]\nurl = 1\n'),
}


def snapshot(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".tvilling" not in path.parts
    }


def refused(
    root: Path, name: str, capsys: pytest.CaptureFixture[str], place: str = "", command: str = "build"
) -> str:
    before = snapshot(root)
    assert main(["-C", str(root), *command.split()]) == 2
    said = capsys.readouterr().err
    first = said.splitlines()[0]
    assert first.endswith(f"[{name}]"), said
    assert ": error: " in first
    assert first.startswith(place), said
    assert "    remedy: " in said
    assert "Traceback" not in said
    assert snapshot(root) == before
    return said


@pytest.mark.parametrize("name", CASES)
def test_bad_text_is_refused_before_anything_is_written(
    name: str, plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    path, text = CASES[name]
    root = plant(f"{GOOD}-- {path} --\n{text}")
    said = refused(root, name, capsys, place=path)
    if name != "duplicate-slug":
        assert said[len(path)] == ":", "the line is named"
        assert said[len(path) + 1].isdigit(), said


def test_invalid_utf_8_is_refused(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    root = plant(GOOD)
    (root / "source_texts/x.md").write_bytes(b"---\nlang: en\ntitle: X\xff\n---\n")
    refused(root, "invalid-utf-8", capsys, place="source_texts/x.md:3: ")


def test_a_template_error_is_refused_with_its_line(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    root = plant(GOOD)
    assert main(["-C", str(root), "build"]) == 0
    capsys.readouterr()
    (root / "templates").mkdir()
    (root / "templates/article.html").write_text("<p>\n{{ nothing.like.this }}\n")
    said = refused(root, "template", capsys, place="templates/article.html:2: ")
    assert "nothing" in said


def test_an_unwritable_folder_is_refused(
    plant: Plant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(**_where: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", forbidden)
    refused(plant(GOOD), "unwritable", capsys, place="locale/sv/LC_MESSAGES/good.po: ")


def test_a_full_disk_is_an_error_with_its_file(
    plant: Plant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(GOOD)
    assert main(["-C", str(root), "update"]) == 0

    def full(_path: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    capsys.readouterr()
    refused(root, "unwritable", capsys, place="public/")


def test_a_folder_that_is_a_file_is_refused(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    refused(plant(GOOD + "-- locale --\n"), "unwritable", capsys)


def test_a_file_of_somebody_else_that_the_site_would_overwrite_is_an_error(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(GOOD + "-- public/index.html --\nA year of work.\n")
    assert main(["-C", str(root), "update"]) == 0
    capsys.readouterr()
    refused(root, "foreign-output", capsys, place="public/index.html: ")


def test_an_output_folder_that_is_a_file_is_refused(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    root = plant(GOOD + "-- public --\n")
    assert main(["-C", str(root), "build"]) == 2
    assert "public: error: cannot be written: Not a directory [unwritable]" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["part/x.md", "x.MD", "x.markdown"])
def test_an_article_that_would_not_become_a_page_is_refused(
    name: str, plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plant(f"{GOOD}-- source_texts/{name} --\n---\ntitle: X\n---\n")
    refused(root, "misplaced-article", capsys, place=f"source_texts/{name}: ")


def test_links_out_of_the_project_are_not_followed(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    root = plant(GOOD + "See [the list](list.txt.csv).\n-- elsewhere/secret.csv --\nsecret\n")
    (root / "source_texts/list.txt.csv").symlink_to(root / "elsewhere/secret.csv")
    assert main(["-C", str(root), "build"]) == 0
    assert not list((root / "public").rglob("*.csv"))
    assert "[broken-link]" in capsys.readouterr().out
    (root / "source_texts/x.md").symlink_to("/etc/hostname")
    refused(root, "outside", capsys, place="source_texts/x.md: ")


def test_what_a_translator_saves_meanwhile_is_not_written_over(plant: Plant) -> None:
    root = plant(GOOD)
    assert main(["-C", str(root), "update"]) == 0
    path = root / "locale/sv/LC_MESSAGES/good.po"
    (root / "source_texts/good.md").write_text(GOOD.partition("--\n")[2].replace("good para", "better para"))
    updated = update.update(project.load(config.read(root)))
    saved = path.read_text().replace('msgid "Good"\nmsgstr ""', 'msgid "Good"\nmsgstr "Bra"')
    path.write_text(saved)
    with pytest.raises(CatalogError, match="changed-meanwhile"):
        project.write(updated)
    assert path.read_text() == saved
    assert main(["-C", str(root), "update"]) == 0
    assert 'msgstr "Bra"' in path.read_text()


def model(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("hostile-package", {"../../evil": "x", "m/metadata.json": "{}"}),
        ("hostile-package", {"/evil": "x", "m/metadata.json": "{}"}),
        (
            "broken-package",
            {"m/metadata.json": '{"from_code": "fr", "to_code": "de", "package_version": "1"}'},
        ),
        ("not-a-package", {"m/readme": "nothing else"}),
    ],
)
def test_a_bad_model_is_refused(
    name: str,
    members: dict[str, str],
    plant: Plant,
    capsys: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packages = tmp_path_factory.mktemp("packages")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(packages))
    path = model(tmp_path_factory.mktemp("models") / "x.argosmodel", members)
    refused(plant(GOOD), name, capsys, command=f"models install --from {path}")
    assert not list(packages.rglob("*"))


def test_a_corrupt_bundled_model_is_refused(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    root = plant(GOOD + "-- models/translate-en_sv.argosmodel --\nno zip\n")
    refused(root, "corrupt-package", capsys, place=str(root / "models/translate-en_sv.argosmodel") + ": ")
