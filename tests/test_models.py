"""Models: listed, installed from a file and from an index, removed; against a local index server."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline import engines, models
from pipeline.engines.argos import index
from pipeline.errors import EngineError
from tests.tiny_model import package, repacked, setup

FILE = package("en", "sv")


class IndexServer(ThreadingHTTPServer):
    """An index and the files it links to; it breaks off downloads after `limit` bytes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.rows: Any = []
        self.files: dict[str, bytes] = {}
        self.requests: list[tuple[str, str]] = []
        self.limit: int | None = None
        self.ranges = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def offer(self, file: Path, **row: object) -> None:
        self.files[f"/{file.name}"] = file.read_bytes()
        standard = {"from_code": "en", "to_code": "sv", "package_version": "1.0", "type": "translate"}
        self.rows.append({**standard, "links": [f"{self.address}{file.name}"], **row})


class Handler(BaseHTTPRequestHandler):
    server: IndexServer

    def do_GET(self) -> None:
        self.server.requests.append((self.path, self.headers.get("Range", "")))
        if self.path == "/index.json":
            rows = self.server.rows
            self.send(200, rows if isinstance(rows, bytes) else json.dumps(rows).encode())
        elif self.path in self.server.files:
            self.serve(self.server.files[self.path])
        else:
            self.send(404, b"")

    def serve(self, data: bytes) -> None:
        start = int((self.headers.get("Range") or "bytes=0-")[6:-1])
        if not self.server.ranges or not start:
            self.send(200, data)
        elif start >= len(data):
            self.send(416, b"", f"bytes */{len(data)}")
        else:
            self.send(206, data[start:], f"bytes {start}-{len(data) - 1}/{len(data)}")

    def send(self, status: int, data: bytes, content_range: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        limit = self.server.limit if self.path != "/index.json" else None
        self.wfile.write(data[:limit])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the library
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[IndexServer]:
    server = IndexServer()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server.address)
    yield server
    server.shutdown()
    server.server_close()


def test_bundled_models_are_listed_with_version_licence_and_use(tmp_path: Path) -> None:
    found = models.listed(setup(tmp_path))
    assert [str(model) for model in found] == [
        "translate-en_sv-tiny  en → sv  version 0.1  bundled, in use  licence: MIT",
        "translate-sv_en-tiny  sv → en  version 0.1  bundled, in use  licence: MIT",
    ]


def test_a_file_is_installed_where_argos_looks_and_comes_first(tmp_path: Path) -> None:
    place = setup(tmp_path)
    model = models.install_file(FILE, place)
    assert (model.origin, model.in_use, model.path.parent) == ("installed", True, place.packages)
    from argostranslate import package as argos

    (seen,) = argos.get_installed_packages([place.packages])
    assert (seen.from_code, seen.to_code) == ("en", "sv")
    used = {model.origin: model.in_use for model in models.listed(place) if model.source_lang == "en"}
    assert used == {"installed": True, "bundled": False}


def test_installing_again_replaces(tmp_path: Path) -> None:
    place = setup(tmp_path)
    models.install_file(FILE, place)
    newer = repacked(FILE, tmp_path / "new.argosmodel", metadata={"package_version": "2.0"})
    assert models.install_file(newer, place).version == "2.0"
    assert place.packages
    assert [path.name for path in place.packages.iterdir()] == ["translate-en_sv-tiny"]


def test_what_is_removed_is_gone_and_the_bundled_one_serves_again(tmp_path: Path) -> None:
    place = setup(tmp_path)
    model = models.install_file(FILE, place)
    assert models.remove("en-sv", place).path == model.path
    assert models.show("en-sv", place).origin == "bundled"
    with pytest.raises(EngineError) as found:
        models.remove("en-sv", place)
    assert found.value.name == "bundled-model"
    assert list(place.models.iterdir())


def test_an_unknown_model_is_an_error_that_names_the_known(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no model 'en-de'") as found:
        models.show("en-de", setup(tmp_path))
    assert "translate-en_sv-tiny" in found.value.remedy


def test_a_package_for_other_languages_is_refused(tmp_path: Path) -> None:
    place = dataclasses.replace(setup(tmp_path), languages=("en", "sv"))
    german = repacked(FILE, tmp_path / "en_de.argosmodel", root="en_de", metadata={"to_code": "de"})
    with pytest.raises(EngineError, match="en → de") as found:
        models.install_file(german, place)
    assert found.value.name == "other-languages"
    assert place.packages
    assert not list(place.packages.iterdir())


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "corrupt-package"), (FILE.read_bytes()[:9999], "corrupt-package"), (None, "cannot-unpack")],
    ids=["empty", "cut off", "absent"],
)
def test_a_file_that_is_no_package_changes_nothing(data: bytes | None, name: str, tmp_path: Path) -> None:
    place = setup(tmp_path)
    models.install_file(FILE, place)
    before = models.listed(place)
    file = tmp_path / "x.argosmodel"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(EngineError) as found:
        models.install_file(file, place)
    assert (found.value.name, found.value.place.path) == (name, str(file))
    assert models.listed(place) == before


def test_a_broken_installation_leaves_the_old_one(tmp_path: Path) -> None:
    place = setup(tmp_path)
    models.install_file(FILE, place)
    broken = repacked(FILE, tmp_path / "b.argosmodel", keep=lambda name: name != "model/model.bin")
    with pytest.raises(EngineError):
        models.install_file(broken, place)
    assert engines.load("argos", "en", "sv", place)


@pytest.mark.parametrize("fault", [OSError("no"), KeyboardInterrupt()], ids=["fault", "Ctrl-C"])
def test_a_move_that_fails_brings_the_old_one_back(
    fault: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = setup(tmp_path)
    models.install_file(FILE, place)
    before = models.listed(place)
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise fault
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises((EngineError, KeyboardInterrupt)):
        models.install_file(FILE, place)
    assert models.listed(place) == before


def test_a_broken_folder_among_the_packages_is_listed_with_its_problem(tmp_path: Path) -> None:
    place = setup(tmp_path)
    assert place.packages
    (place.packages / "half").mkdir(parents=True)
    (model, *_) = models.listed(place)
    assert (model.name, model.origin) == ("half", "installed")
    assert "metadata.json cannot be read [broken-package]" in str(model)
    assert engines.load("argos", "en", "sv", place)
    models.remove("half", place)
    assert not list(place.packages.iterdir())


def test_the_licence_is_what_the_package_says(tmp_path: Path) -> None:
    place = setup(tmp_path)
    models.install_file(FILE, place)
    folder = models.show("en-sv", place).path
    data = json.loads((folder / "metadata.json").read_text())
    del data["licence"]
    (folder / "metadata.json").write_text(json.dumps(data))
    assert models.show("en-sv", place).licence == "not stated"
    (folder / "LICENSE").write_text("\n# CC BY-SA 4.0\n\nLong text\n")
    assert models.show("en-sv", place).licence == "CC BY-SA 4.0"


def test_the_newest_package_of_the_index_is_installed(server: IndexServer, tmp_path: Path) -> None:
    for version in ("1.9", "1.10", "1.2"):
        file = repacked(FILE, tmp_path / f"{version}.argosmodel", metadata={"package_version": version})
        server.offer(file, package_version=version)
    server.offer(package("sv", "en"), from_code="sv", to_code="en", package_version="9")
    seen: list[tuple[int, int]] = []
    model = models.install(
        "en", "sv", setup(tmp_path), progress=lambda done, total: seen.append((done, total))
    )
    assert (model.version, model.origin) == ("1.10", "installed")
    assert seen[-1][0] == seen[-1][1] == (tmp_path / "1.10.argosmodel").stat().st_size
    assert not list((tmp_path / ".tvilling" / "downloads").iterdir())


def test_the_index_is_read_with_care(server: IndexServer) -> None:
    server.offer(FILE)
    server.rows += [
        {},
        7,
        {"type": "sbd", "from_codes": ["en"]},
        {"from_code": "en", "to_code": "sv", "links": ["ftp://x"]},
    ]
    (offer,) = models.offers()
    assert str(offer) == "translate-en_sv  en → sv  version 1.0"
    assert models.offers(server.address) == models.offers(f"{server.address}index.json") == (offer,)


def test_an_interrupted_download_goes_on_where_it_stopped(server: IndexServer, tmp_path: Path) -> None:
    server.offer(FILE)
    server.limit = 50_000
    place = setup(tmp_path)
    models.install("en", "sv", place)
    sent = [requested for path, requested in server.requests if path != "/index.json"]
    assert sent == ["", "bytes=50000-", "bytes=100000-"]


def test_another_run_goes_on_with_what_is_there(server: IndexServer, tmp_path: Path) -> None:
    server.offer(FILE)
    server.limit = 20_000
    place = setup(tmp_path)
    with pytest.raises(EngineError) as found:
        models.install("en", "sv", place)
    assert found.value.name == "no-download"
    assert "goes on where it stopped" in found.value.remedy
    server.limit = None
    models.install("en", "sv", place)
    assert server.requests[-1][1] == "bytes=80000-"


def fetched(folder: Path) -> bytes:
    (offer,) = models.offers()
    return index.fetch(offer, folder, lambda _done, _all: None).read_bytes()


def test_a_server_without_ranges_sends_all_again(server: IndexServer, tmp_path: Path) -> None:
    server.offer(FILE)
    server.ranges = False
    server.limit = 20_000
    with pytest.raises(EngineError):
        fetched(tmp_path)
    server.limit = None
    assert fetched(tmp_path) == FILE.read_bytes()
    assert server.requests[-1][1] == "bytes=20000-"


def test_a_download_that_was_whole_already_is_not_fetched_again(server: IndexServer, tmp_path: Path) -> None:
    server.offer(FILE)
    fetched(tmp_path)
    (file,) = tmp_path.iterdir()
    file.rename(file.with_suffix(".part"))
    before = len(server.requests)
    assert fetched(tmp_path) == FILE.read_bytes()
    assert server.requests[before:] == [
        ("/index.json", ""),
        (f"/{FILE.name}", f"bytes={FILE.stat().st_size}-"),
    ]


def test_another_link_serves_where_one_fails(server: IndexServer, tmp_path: Path) -> None:
    server.offer(FILE, links=[f"{server.address}gone", f"{server.address}{FILE.name}"])
    assert models.install("en", "sv", setup(tmp_path)).in_use


def test_a_checksum_of_the_index_is_kept(server: IndexServer, tmp_path: Path) -> None:
    good = hashlib.sha256(FILE.read_bytes()).hexdigest()
    server.offer(FILE, sha256=good.upper())
    place = setup(tmp_path)
    assert models.install("en", "sv", place).in_use
    server.files[f"/{FILE.name}"] = FILE.read_bytes()[:-1] + b"x"
    with pytest.raises(EngineError, match="not what the index promises") as found:
        models.install("en", "sv", place)
    assert found.value.name == "bad-checksum"
    assert not list((tmp_path / ".tvilling" / "downloads").iterdir())


def corrupt(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        (corrupt, "corrupt-package"),
        (lambda file: repacked(FILE, file, root="../evil"), "hostile-package"),
        (lambda file: repacked(FILE, file, metadata={"to_code": "de"}), "other-languages"),
    ],
    ids=["corrupt", "hostile", "other languages"],
)
def test_a_bad_download_is_not_installed(
    damage: Callable[[Path], object], name: str, server: IndexServer, tmp_path: Path
) -> None:
    file = tmp_path / "bad.argosmodel"
    shutil.copy(FILE, file)
    damage(file)
    server.offer(file)
    with pytest.raises(EngineError) as found:
        models.install("en", "sv", setup(tmp_path))
    assert found.value.name == name
    assert [path.name for path in tmp_path.rglob("*evil*")] == []


@pytest.mark.parametrize("rows", [b"<html>", b"{}", b""], ids=str)
def test_an_index_that_is_none_is_an_error(rows: bytes, server: IndexServer, tmp_path: Path) -> None:
    server.rows = rows
    with pytest.raises(EngineError) as found:
        models.install("en", "sv", setup(tmp_path))
    assert found.value.name == "no-index"
    assert found.value.place.path == f"{server.address}index.json"


def test_an_index_without_the_direction_is_an_error(server: IndexServer, tmp_path: Path) -> None:
    server.offer(package("sv", "en"), from_code="sv", to_code="en")
    server.offer(FILE, to_code="de")
    with pytest.raises(EngineError, match="no package for en → sv") as found:
        models.install("en", "sv", setup(tmp_path))
    assert found.value.name == "no-such-package"


def test_a_full_disk_ends_a_download_with_an_error(
    server: IndexServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.offer(FILE)
    place = setup(tmp_path)
    real = Path.open

    class Full:
        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_error: object) -> None:
            pass

        def write(self, _data: bytes) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(
        Path, "open", lambda self, *a, **k: Full() if self.suffix == ".part" else real(self, *a, **k)
    )
    with pytest.raises(EngineError, match="No space left on device") as found:
        models.install("en", "sv", place)
    assert found.value.name == "cannot-write"
