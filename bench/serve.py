"""How long a maintainer waits: `python -m bench.serve FOLDER [TIMES]`, with a project of bench.corpus.

Edits of four kinds are saved while `tvilling serve` runs.  For each kind: milliseconds from the save until browsers
are told, and until one of them has the page that shows it; CPU seconds until all files are as they should be.
Medians.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from statistics import median

from bench import corpus

TEMPLATES = Path(__file__).parent.parent / "templates"
QUIET = 0.5
"""Seconds without work after which a server has finished."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One edit, in seconds."""

    told: float
    shown: float
    work: float


@dataclass(frozen=True, slots=True)
class Edit:
    """A file, how to change it, and where it shows."""

    path: Path
    change: Callable[[str, str], str]
    """(text, word) → the text with the word."""
    page: str


def edits(root: Path) -> dict[str, Edit]:
    """One of each kind."""
    name = corpus.name(len(list((root / "source_texts").glob("*.md"))) // 2)
    return {
        "article": Edit(
            root / "source_texts" / f"{name}.md",
            lambda text, word: text.replace(". ", f". {word} ", 1),
            f"/en/{name}/",
        ),
        "catalog": Edit(
            root / "locale" / "sv" / "LC_MESSAGES" / f"{name}.po",
            said,
            f"/parallel/{name}/",
        ),
        "template": Edit(
            root / "templates" / "article.html",
            lambda text, word: text.replace("<h1", f"<!-- {word} --><h1", 1),
            f"/en/{name}/",
        ),
        "style": Edit(
            root / "templates" / "static" / "style.css",
            lambda text, word: f"{text}\n.{word} {{ color: red }}\n",
            "/static/style.css",
        ),
    }


def word(number: int) -> str:
    """A word that is nowhere else, without figures."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def said(text: str, word: str) -> str:
    """A catalog with `word` at the end of its longest reviewed translation."""
    blocks = text.split("\n\n")
    number = max(range(1, len(blocks)), key=lambda each: 0 if "fuzzy" in blocks[each] else len(blocks[each]))
    blocks[number] = blocks[number].rstrip().removesuffix('"') + f' {word}"'
    return "\n\n".join(blocks)


@dataclass
class Server:
    """`tvilling serve`, and one browser that listens."""

    process: subprocess.Popen[str]
    port: int
    news: Queue[tuple[str, float]] = field(default_factory=Queue)

    def listen(self) -> None:
        """Hear what browsers are told, and when."""
        events = ask(self.port, "/__events")
        while line := events.readline().decode():
            if line.startswith("event:"):
                self.news.put((line.strip(), time.monotonic()))

    def page(self, path: str) -> str:
        """What a browser gets."""
        return ask(self.port, path).read().decode()

    @property
    def cpu(self) -> float:
        """CPU seconds so far, with the processes that it has waited for."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def rest(self) -> None:
        """Wait until all is done."""
        before = -1.0
        while before != (before := self.cpu):
            time.sleep(QUIET)

    def save(self, edit: Edit, word: str) -> Wait:
        """Save an edit, as a browser sees it."""
        text = edit.change(edit.path.read_text("utf-8"), word)
        self.rest()
        while not self.news.empty():
            self.news.get()
        work, start = self.cpu, time.monotonic()
        edit.path.write_text(text, encoding="utf-8")
        event, told = self.news.get(timeout=120)
        if event != "event: built":
            raise SystemExit(f"{edit.path}: {event}")
        if word not in self.page(edit.page):
            raise SystemExit(f"{edit.page} does not show the edit of {edit.path}")
        shown = time.monotonic() - start
        self.rest()
        return Wait(told - start, shown, self.cpu - work)


def ask(port: int, path: str) -> http.client.HTTPResponse:
    """The beginning of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    return connection.getresponse()


@contextmanager
def serving(root: Path) -> Iterator[Server]:
    """A server that has built."""
    command = [sys.executable, "-m", "pipeline", "-C", str(root), "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        address = next(line for line in process.stdout if line.startswith("http://"))
        port = int(address.partition("127.0.0.1:")[2].partition("/")[0])
        server = Server(process, port)
        threading.Thread(target=server.listen, daemon=True).start()
        yield server
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Measure, and say it."""
    root, times = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    if not (root / "source_texts").is_dir():
        corpus.sources(root, 1000)
        corpus.translate(root)
    for name in ("article.html", "static/style.css"):
        (root / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TEMPLATES / name, root / "templates" / name)
    with serving(root) as server:
        for kind, edit in edits(root).items():
            waits = [server.save(edit, word(time.time_ns())) for number in range(times)]
            told, shown, work = (
                median(each) for each in zip(*((w.told, w.shown, w.work) for w in waits), strict=True)
            )
            print(
                f"{kind:<10}{1000 * told:7.0f} ms told{1000 * shown:7.0f} ms shown{work:8.2f} s of CPU",
                flush=True,
            )


if __name__ == "__main__":
    main()
