"""Engines: a real tiny Argos package, pseudo-translation, and LibreTranslate against a local server."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import engines, inline, quantities
from pipeline.engines import Answer, Engine
from pipeline.engines.argos import Argos, archive, packages
from pipeline.engines.argos.pieces import Tokenizer
from pipeline.engines.libretranslate import LibreTranslate
from pipeline.engines.pseudo import Pseudo
from pipeline.errors import ConfigError, EngineError
from tests.tiny_model import DIRECTIONS, package, repacked, setup

ROOT = Path(__file__).parent.parent


def argos(folder: Path, source: str = "en", target: str = "sv", **changes: object) -> Engine:
    engine = engines.load("argos", source, target, setup(folder, **changes))
    assert engine
    return engine


def texts(answers: list[tuple[Answer, ...]]) -> list[str]:
    return [found[0].text if found else "" for found in answers]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engines")


def test_the_engines_are_the_files_of_the_folder() -> None:
    assert engines.names() == ("argos", "libretranslate", "pseudo")


def test_an_unknown_engine_is_an_error_that_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no engine 'google'") as found:
        engines.load("google", "en", "sv", setup(tmp_path))
    assert "memory, argos, libretranslate, pseudo" in found.value.remedy


@pytest.mark.parametrize("direction", DIRECTIONS, ids="-".join)
def test_a_real_package_says_what_it_was_taught(direction: tuple[str, str], shared: Path) -> None:
    engine = argos(shared, *direction)
    sources, targets = ([pair[i] for pair in DIRECTIONS[direction]] for i in (0, 1))
    assert texts(engine.translate(sources)) == targets
    assert engine.model.startswith("_".join(direction) + "-0.1-")
    assert " " not in engine.model


def test_masks_are_used_if_the_tokenizer_has_them_as_pieces(shared: Path) -> None:
    engine = argos(shared)
    assert isinstance(engine, Argos)
    assert engine.masks == ()
    pieces = engine.tokenizer.encode("magnesium and sleep")
    assert engine.tokenizer.holds(pieces)
    assert not engine.tokenizer.holds([*pieces, "⟦0⟧"])


def test_answers_do_not_depend_on_order_neighbours_or_threads(shared: Path) -> None:
    sources = [source for source, _ in DIRECTIONS["en", "sv"]] + [
        "A cow eats the doctor.",
        "Sleep is blue, 7 mg.",
    ]
    engine = argos(shared, threads=2)
    together = dict(zip(sources, engine.translate(sources), strict=True))
    mixed = random.Random(1).sample(sources, len(sources))
    single = argos(shared, threads=1)
    assert dict(zip(mixed, single.translate(mixed), strict=True)) == together
    assert {source: single.translate([source])[0] for source in sources[::7]} == {
        source: together[source] for source in sources[::7]
    }
    assert engine.align(sources) == [single.align([source])[0] for source in sources]


def test_hypotheses_differ_and_come_best_first(shared: Path) -> None:
    (found,) = argos(shared).translate(["Stretch the calf gently."])
    assert 1 < len(found) <= 4
    assert len({answer.text for answer in found}) == len(found)
    assert found[0].text == "Sträck försiktigt på vaden."


def test_pieces_lie_in_answer_and_question(shared: Path) -> None:
    question = "Talk to your doctor before you take magnesium."
    for answer in argos(shared).align([question])[0]:
        assert answer.pieces
        ends = [0]
        for start, end, source_start, source_end in answer.pieces:
            assert ends[-1] <= start <= end <= len(answer.text)
            assert 0 <= source_start <= source_end <= len(question)
            ends.append(end)


@pytest.mark.parametrize("text", ["", "   ", "magnesium " * 500], ids=["empty", "blank", "endless"])
def test_what_no_model_can_answer_is_not_answered(text: str, shared: Path) -> None:
    assert argos(shared).translate([text, "Cramp"])[0] == ()


def test_an_answer_that_was_cut_short_is_none(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Loop:
        attention = None
        scores = (-0.1, -0.2)

        def __init__(self, longest: int) -> None:
            self.hypotheses = [["▁Kramp"] * longest, ["▁Kramp"]]

        def result(self) -> Loop:
            return self

    monkeypatch.setattr(Argos, "_search", lambda _self, batch, longest, _way: [Loop(longest)] * len(batch))
    assert argos(shared).translate(["Cramp"]) == [(Answer("Kramp"),)]


def test_an_unknown_piece_is_asked_once_more_alone(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = []
    search = Argos._search

    def spied(self: Argos, batch: list[list[str]], longest: int, way: Any) -> list[Any]:
        ways.append((len(batch), "replace_unknowns" in way))
        return search(self, batch, longest, way)

    monkeypatch.setattr(Argos, "_search", spied)
    monkeypatch.setattr("pipeline.engines.argos.UNKNOWN", "Kramp")
    engine = argos(shared)
    engine.translate(["Cramp", "Food"])
    assert ways == [(2, False), (1, True)]


def test_only_align_tells_which_words_come_from_where(shared: Path) -> None:
    engine = argos(shared)
    question = "Stretch the calf gently."
    (fast,), (slow,) = engine.translate([question]), engine.align([question])
    assert [answer.text for answer in fast] == [answer.text for answer in slow]
    assert not any(answer.pieces for answer in fast)


def test_underscores_come_back(shared: Path) -> None:
    engine = argos(shared)
    assert isinstance(engine, Argos)
    pieces = ["▁Tala", "▁{", "first_name", "}"]
    answer = engine.tokenizer.decode("Tala {first_name}", pieces, [], "")
    assert answer.text == "Tala {first_name}"


def test_a_target_prefix_is_asked_for_and_taken_off(shared: Path) -> None:
    engine = argos(shared)
    assert isinstance(engine, Argos)
    answer = engine.tokenizer.decode("Cramp", ["__sv__", "▁Kramp"], [], "__sv__")
    assert answer.text == "Kramp"


def test_a_tokenizer_without_pieces_still_translates() -> None:
    class Moses:
        def encode(self, sentence: str) -> list[str]:
            return sentence.split()

        def decode(self, tokens: list[str]) -> str:
            return " ".join(tokens) + " "

    tokenizer = Tokenizer(Moses())
    assert tokenizer.encode("  ") == []
    assert tokenizer.decode("a b", ["c", "d"], [], "") == Answer("c d")


def test_a_model_is_named_by_its_bytes(tmp_path: Path) -> None:
    before = argos(tmp_path).model
    data = zipfile.ZipFile(package("sv", "en")).read("translate-sv_en-tiny/model/model.bin")
    file = package("en", "sv")
    repacked(file, tmp_path / "models" / file.name, replaced={"model/model.bin": data})
    assert argos(tmp_path).model != before


def test_a_bundled_package_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    argos(tmp_path)
    monkeypatch.setattr(archive, "unpacked", None)
    argos(tmp_path)


def test_a_swept_cache_is_filled_again(tmp_path: Path) -> None:
    argos(tmp_path)
    for path in (tmp_path / ".tvilling" / "models").rglob("*.*"):
        path.unlink()
    assert texts(argos(tmp_path).translate(["Cramp"])) == ["Kramp"]


def test_no_model_is_no_error(tmp_path: Path) -> None:
    assert engines.load("argos", "en", "de", setup(tmp_path)) is None
    shutil.rmtree(tmp_path / "models")
    (tmp_path / "models").mkdir()
    assert engines.load("argos", "en", "sv", setup(tmp_path)) is None


def test_an_installed_package_comes_before_a_bundled_one_and_a_newer_before_an_older(tmp_path: Path) -> None:
    place = setup(tmp_path)
    for version in ("1.9", "1.10"):
        file = repacked(
            package("en", "sv"), tmp_path / f"{version}.zip", metadata={"package_version": version}
        )
        with archive.unpacked(file, tmp_path / "packages" / f"en_sv-{version}"):
            pass
    engine = engines.load("argos", "en", "sv", place)
    assert engine
    assert engine.model.startswith("en_sv-1.10-")
    assert argos(tmp_path, "sv", "en").model.startswith("sv_en-0.1-")
    repacked(package("en", "sv"), place.models / "newest.argosmodel", metadata={"package_version": "99"})
    assert argos(tmp_path).model.startswith("en_sv-1.10-")


def hostile(name: str, attributes: int = 0o644 << 16) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        with zipfile.ZipFile(file, "a") as archive:
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes
            archive.writestr(info, b"/etc/passwd")

    return make


def flipped(file: Path) -> None:
    """One byte of the model is another one."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.write_bytes(data)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50_000])


def without(*names: str) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        original = file.with_suffix(".old")
        file.rename(original)
        repacked(original, file, keep=lambda name: name not in names)
        original.unlink()

    return make


def with_metadata(**values: object) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        original = file.with_suffix(".old")
        file.rename(original)
        repacked(original, file, metadata=values)
        original.unlink()

    return make


FAULTY = {
    "a flipped byte": (flipped, "corrupt-package"),
    "cut off": (cut, "corrupt-package"),
    "no zip": (lambda file: file.write_bytes(b"hello"), "corrupt-package"),
    "empty": (lambda file: file.write_bytes(b""), "corrupt-package"),
    "leaves the folder": (hostile("translate-en_sv-tiny/../../evil"), "hostile-package"),
    "an absolute path": (hostile("/tmp/evil"), "hostile-package"),
    "a path of Windows": (hostile("translate-en_sv-tiny\\..\\evil"), "hostile-package"),
    "a drive": (hostile("C:evil"), "hostile-package"),
    "a link": (hostile("translate-en_sv-tiny/link", 0o120777 << 16), "hostile-package"),
    "no metadata": (without("metadata.json"), "not-a-package"),
    "no model": (without("model/model.bin"), "broken-package"),
    "no tokenizer": (without("sentencepiece.model"), "broken-package"),
    "another type": (with_metadata(type="sbd"), "other-package"),
    "no languages": (with_metadata(from_code=None), "other-package"),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_package_is_an_error_and_writes_nothing_outside(fault: str, tmp_path: Path) -> None:
    damage, name = FAULTY[fault]
    place = setup(tmp_path)
    file = place.models / package("en", "sv").name
    damage(file)
    with pytest.raises(EngineError) as found:
        engines.load("argos", "en", "sv", place)
    assert found.value.name == name
    assert found.value.place.path == str(file)
    assert found.value.remedy
    assert not list(tmp_path.rglob("*evil*"))
    assert not list(tmp_path.rglob(".unpacking*"))
    assert engines.load("argos", "sv", "en", place), "the other direction goes on"


@pytest.mark.parametrize("name", ["model/model.bin", "sentencepiece.model"])
def test_a_model_that_cannot_be_loaded_is_an_error(name: str, tmp_path: Path) -> None:
    place = setup(tmp_path)
    file = place.models / package("en", "sv").name
    repacked(package("en", "sv"), file, replaced={name: b"nonsense"})
    engine = engines.load("argos", "en", "sv", place)
    assert engine
    with pytest.raises(EngineError) as found:
        engine.translate(["Cramp"])
    assert found.value.name == "broken-model"


def test_a_full_disk_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = setup(tmp_path)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(EngineError) as found:
        engines.load("argos", "en", "sv", place)
    assert found.value.name == "disk-full"
    assert not list((tmp_path / ".tvilling" / "models").iterdir())


def test_a_disk_that_fills_up_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    place = setup(tmp_path)
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(EngineError, match="No space left") as found:
        engines.load("argos", "en", "sv", place)
    assert found.value.name == "cannot-unpack"
    assert not list((tmp_path / ".tvilling" / "models").iterdir())


SCRIPT = """
import sys
from pathlib import Path
from pipeline import engines
place = engines.Setup(Path(sys.argv[1]), Path(sys.argv[2]))
engine = engines.load("argos", "en", "sv", place)
assert "ctranslate2" not in sys.modules, "loading is cheap"
print(engine.translate(["Drink a glass of water."])[0][0].text)
assert not {"torch", "stanza", "spacy", "argostranslate.translate"} & sys.modules.keys()
"""


@pytest.mark.parametrize("home", ["writable", "unwritable"])
def test_no_home_and_no_torch_are_needed(home: str, tmp_path: Path) -> None:
    place = setup(tmp_path)
    path = str(tmp_path) if home == "writable" else "/dev/null/home"
    environment = {"HOME": path, "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, str(place.models), str(place.cache)],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == ("Drick ett glas vatten.\n", "")


STARTERS = {
    ("en", "sv"): {
        "Do not take more than 350 mg of magnesium a day.": ["inte", "350 mg", "magnesium"],
        "The study followed ⟦3⟧ adults for ⟦7⟧ weeks.": ["⟦3⟧", "⟦7⟧", "veckor"],
        "What helps against leg cramps": ["hjälper", "kramp"],
    },
    ("sv", "en"): {
        "Ta inte mer än 350 mg magnesium om dagen.": ["not", "350 mg", "magnesium"],
        "Studien följde ⟦3⟧ vuxna i ⟦7⟧ veckor.": ["⟦3⟧", "⟦7⟧", "weeks"],
        "Vad som hjälper mot vadkramp": ["help", "cramp"],
    },
}
MEGABYTES = 30


@pytest.mark.parametrize("direction", STARTERS, ids="-".join)
def test_the_starter_models_translate(direction: tuple[str, str], tmp_path: Path) -> None:
    place = engines.Setup(ROOT / "models", tmp_path, packages=tmp_path / "none")
    engine = engines.load("argos", *direction, place)
    assert isinstance(engine, Argos)
    assert engine.package.origin == packages.BUNDLED
    assert engine.package.file.stat().st_size <= MEGABYTES << 20
    assert len(engine.masks) == 10
    sentences = list(STARTERS[direction])
    together = engine.translate(sentences)
    assert [engine.translate([each])[0] for each in sentences] == together
    for answers, wanted in zip(together, STARTERS[direction].values(), strict=True):
        assert [word for word in wanted if word not in answers[0].text] == []


MARKED = st.lists(
    st.sampled_from(
        ["leg ", "Cramps ", "300 mg ", "`a_b` ", "{name} ", "%(n)s ", "*now* ", "[go](x.md) ", "<b>x</b> ",
         "https://example.org/a ", "7–9 h ", "½ ", "X1 ", "a@b.se ", "[^1] ", "& ", ". ", "two "]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(MARKED)
@settings(max_examples=100, deadline=None)
def test_pseudo_keeps_all_but_the_words(text: str) -> None:
    answer = Pseudo("en").answer(text)
    old, new = inline.parse(text), inline.parse(answer.text)
    assert (old.marks, old.code, old.links, old.placeholders) == (
        new.marks,
        new.code,
        new.links,
        new.placeholders,
    )
    assert not any(quantities.differences(old.words, "en", new.words, "en"))
    for start, end, source_start, source_end in answer.pieces:
        assert answer.text[start:end].isspace() == text[source_start:source_end].isspace()


def test_pseudo_is_accented_and_a_third_longer() -> None:
    text = "Magnesium and the kidneys"
    answer = Pseudo("en").answer(text)
    assert answer.text == "Ñåågñéésîîûm ååñđ ţĥéé ķîîđñééýš".replace("Ñåågñéésîîûm", answer.text.split()[0])
    assert 1.2 < len(answer.text) / len(text) < 1.5
    assert not set("aeiou") & set(answer.text)


class Server(ThreadingHTTPServer):
    """A LibreTranslate stub: says what it was asked, in capitals."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.reply: Callable[[dict[str, Any]], tuple[int, Any]] = lambda body: (
            200,
            {"translatedText": [text.upper() for text in body["q"]]},
        )

    def handle_error(self, *_: object) -> None:
        """A client that goes away is what some tests are about."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        status, data = self.server.reply(body)
        raw = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the library
        pass


@pytest.fixture
def servers() -> Iterator[Callable[[], Server]]:
    started: list[Server] = []

    def start() -> Server:
        server = Server()
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


def test_a_server_is_asked_in_batches(servers: Callable[[], Server], tmp_path: Path) -> None:
    server = servers()
    engine = engines.load("libretranslate", "en", "sv", setup(tmp_path, servers=(server.address,)))
    assert engine
    asked = [f"text {number}" for number in range(95)]
    assert texts(engine.translate(asked)) == [text.upper() for text in asked]
    assert [len(body["q"]) for body in server.asked] == [40, 40, 15]
    first = server.asked[0]
    assert (first["source"], first["target"], first["format"]) == ("en", "sv", "text")
    assert "api_key" not in first
    assert " " not in engine.model


def test_alternatives_are_hypotheses(servers: Callable[[], Server]) -> None:
    server = servers()
    server.reply = lambda body: (200, {"translatedText": ["a"], "alternatives": [["b", "a", ""]]})
    assert LibreTranslate("en", "sv", (server.address,)).translate(["x"]) == [(Answer("a"), Answer("b"))]


def test_several_servers_share_the_work_and_stand_in_for_each_other(servers: Callable[[], Server]) -> None:
    good, bad = servers(), servers()
    bad.reply = lambda _body: (500, {"error": "out of memory"})
    engine = LibreTranslate("en", "sv", (bad.address, "http://127.0.0.1:1", good.address))
    asked = [f"t{number}" for number in range(120)]
    assert texts(engine.translate(asked)) == [text.upper() for text in asked]
    assert bad.asked


def test_a_key_is_sent_and_never_shown(
    servers: Callable[[], Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "secret-7")
    server = servers()
    server.reply = lambda _body: (403, {"error": "Invalid API key"})
    with pytest.raises(EngineError) as found:
        LibreTranslate("en", "sv", (server.address,)).translate(["x"])
    assert server.asked[0]["api_key"] == "secret-7"
    assert "HTTP 403: Invalid API key" in str(found.value)
    assert "secret-7" not in str(found.value)


@pytest.mark.parametrize(
    "reply",
    [
        (200, b"<html>"),
        (200, []),
        (200, {"translatedText": ["a"]}),
        (200, {"translatedText": "ab"}),
        (200, {}),
        (502, b"bad gateway"),
    ],
    ids=str,
)
def test_a_bad_answer_is_an_error_that_tells_it(
    reply: tuple[int, object], servers: Callable[[], Server]
) -> None:
    server = servers()
    server.reply = lambda _body: reply
    with pytest.raises(EngineError) as found:
        LibreTranslate("en", "sv", (server.address,)).translate(["a", "b"])
    assert found.value.name == "server-fault"
    assert server.address in found.value.evidence


def test_a_slow_server_is_given_up(servers: Callable[[], Server]) -> None:
    server = servers()
    waited = threading.Event()

    def late(_body: object) -> tuple[int, object]:
        waited.wait(5)
        return (200, {})

    server.reply = late
    with pytest.raises(EngineError, match="no LibreTranslate server answers"):
        LibreTranslate("en", "sv", (server.address,), timeout=0.2).translate(["a"])
    waited.set()


def test_servers_are_named_in_the_configuration(tmp_path: Path) -> None:
    assert engines.load("libretranslate", "en", "sv", setup(tmp_path)) is None
    with pytest.raises(EngineError) as found:
        engines.load("libretranslate", "en", "sv", setup(tmp_path, servers=("file:///etc/passwd",)))
    assert found.value.name == "bad-address"
