"""The development server: pages, the Host check, and a reload after each saved edit."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.errors import ArticleError, UsageError
from pipeline.model import Place
from pipeline.serve import serve
from pipeline.site import Proof, Sheet
from pipeline.site.proof import Ahead

FAULT = ArticleError("is broken", place=Place("source_texts/a.md", 3), name="broken", remedy="mend it")


@dataclass
class Running:
    """A server that runs in a thread of its own, over a site of one page made from one source."""

    root: Path
    port: int
    said: list[str] = field(default_factory=list)

    @property
    def source(self) -> Path:
        return self.root / "src" / "a.md"

    def build(self, ahead: Ahead | None) -> str:
        text = self.source.read_text(encoding="utf-8")
        if text == "broken":
            raise FAULT
        files = {"en/a/index.html": text, "en/404.html": "lost", "404.html": "lost both"}
        made = {name: f"<html><body>{content}</body></html>" for name, content in files.items()}
        sheets = {name: Sheet((), lambda: self.made(text, made.items()), tuple(made)) for name in made}
        go_on = ahead(Proof(text.partition(" ")[0], sheets)) if ahead else lambda: None
        while text.endswith("slow"):
            go_on()
            time.sleep(0.01)
        for name, content in made.items():
            path = self.root / "out" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return text.partition(" ")[0]

    def made(self, text: str, files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        if text.startswith("faulty"):
            raise FAULT
        yield from files

    def get(self, path: str, host: str = "") -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Host": host or f"localhost:{self.port}"})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body, answer.headers

    @contextmanager
    def events(self) -> Iterator[Callable[[], str]]:
        """A browser that listens; each call waits for its next event."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/docs/__events", headers={"Host": "localhost"})
        stream = connection.getresponse()

        def following() -> str:
            lines = [":"]
            while lines == [":"]:  # only a sign of life
                lines = list(iter(lambda: stream.readline().decode().strip(), ""))
            return "\n".join(lines)

        yield following
        stream.close()
        connection.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Running:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run = Running(tmp_path_factory.mktemp("served"), port)
    (run.root / "src").mkdir()
    run.source.write_text("first", encoding="utf-8")
    (run.root / "secret.txt").write_text("secret", encoding="utf-8")
    watch = [run.root / "src", run.root / "absent"]
    thread = threading.Thread(
        target=lambda: serve(
            run.build, run.root / "out", watch, port=port, base="/docs/", say=run.said.append
        ),
        daemon=True,
    )
    thread.start()
    deadline = time.monotonic() + 20
    while not run.said and time.monotonic() < deadline:
        time.sleep(0.02)
    return run


def test_a_page_is_served_with_the_script_that_reloads_it(running: Running) -> None:
    status, body, headers = running.get("/docs/en/a/")
    assert status == 200
    assert "EventSource" in body
    assert body.endswith("</script>\n</body></html>")
    assert headers["cache-control"] == "no-store"
    assert "EventSource" not in (running.root / "out/en/a/index.html").read_text(encoding="utf-8")


def test_the_address_is_said(running: Running) -> None:
    assert running.said[0].startswith(f"http://127.0.0.1:{running.port}/docs/")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST"])
def test_a_name_of_this_machine_is_answered(running: Running, host: str) -> None:
    assert running.get("/docs/en/a/", host)[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", "[::1"]
)
def test_any_other_name_gets_nothing(running: Running, host: str) -> None:
    status, body, _ = running.get("/docs/en/a/", host)
    assert status == 421
    assert "first" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/docs/../secret.txt",
        "/docs/%2e%2e/secret.txt",
        "/docs/en/..%2f..%2f..%2fsecret.txt",
        "/docs//etc/passwd",
    ],
)
def test_nothing_outside_the_site_is_served(running: Running, path: str) -> None:
    status, body, _ = running.get(path)
    assert status == 404
    assert "secret" not in body


def test_a_lost_reader_is_told_in_the_language_of_the_address(running: Running) -> None:
    assert running.get("/docs/en/nowhere/")[0] == 404
    assert "<body>lost\n" in running.get("/docs/en/nowhere/")[1]
    assert "lost both" in running.get("/docs/nowhere")[1]


def test_a_folder_without_its_slash_leads_to_the_one_with_it(running: Running) -> None:
    status, _, headers = running.get("/docs/en/a")
    assert (status, headers["location"]) == (307, "a/")


def test_the_root_leads_to_where_the_site_is(running: Running) -> None:
    assert running.get("/")[2]["location"] == "/docs/"


def test_a_saved_edit_is_built_and_told_to_the_browser(running: Running) -> None:
    with running.events() as following:
        before = following()
        running.source.write_text("second", encoding="utf-8")
        assert following() != before
    assert "second" in running.get("/docs/en/a/")[1]


def test_a_fault_is_told_and_the_old_site_stays(running: Running) -> None:
    with running.events() as following:
        assert following().startswith("event: built")
        running.source.write_text("broken", encoding="utf-8")
        fault = following()
        assert fault.startswith("event: fault")
        assert "source_texts/a.md:3: error: is broken [broken]" in fault
        assert str(FAULT) in running.said
        assert running.get("/docs/en/a/")[0] == 200
        running.source.write_text("mended", encoding="utf-8")
        assert following().startswith("event: built")
    assert "mended" in running.get("/docs/en/a/")[1]


def test_a_page_is_shown_before_all_are_made_and_the_next_edit_ends_the_work(running: Running) -> None:
    for text in ("third slow", "fourth slow", "fifth"):
        with running.events() as following:
            following()
            running.source.write_text(text, encoding="utf-8")
            assert following().endswith(f"data: {text.split()[0]}")
        status, body, _ = running.get("/docs/en/a/")
        assert (status, f"<body>{text}" in body) == (200, True)
        assert f'!== "{text.split()[0]}"' in body, "the page knows which site it is of"


def test_the_same_site_is_not_told_twice(running: Running) -> None:
    with running.events() as following:
        running.source.write_text("same site", encoding="utf-8")
        while not following().endswith("data: same"):
            pass
        running.source.write_text("same but not told", encoding="utf-8")
        time.sleep(0.5)
        running.source.write_text("other", encoding="utf-8")
        assert following().endswith("data: other")


def test_a_fault_of_a_page_is_told_when_somebody_asks_for_it(running: Running) -> None:
    with running.events() as following:
        following()
        running.source.write_text("faulty slow", encoding="utf-8")
        assert following().endswith("data: faulty")
        assert "<body>faulty" not in running.get("/docs/en/a/")[1]
        assert following().startswith("event: fault")
        running.source.write_text("mended", encoding="utf-8")
        assert following().startswith("event: built")


def test_a_taken_port_is_an_error_with_a_remedy(running: Running) -> None:
    with pytest.raises(UsageError, match="port") as caught:
        serve(running.build, running.root, [], port=running.port, say=print)
    assert "--port" in caught.value.remedy
