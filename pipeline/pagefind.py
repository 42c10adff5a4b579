"""Documents become an index that a reader's browser searches by itself: Pagefind.

Its program comes in the package `pagefind-bin`; where that is not installed there is no search.  The
program is asked over its pipes, one document after the other: the bytes of an index depend on the order
of its documents, and from a folder they would come as the disk happens to have them.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from pipeline.errors import SearchError

Document = tuple[str, str]
"""(address, HTML)."""
SEARCHES = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
PARTS = (".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pagefind")
SPARE = "wasm.unknown.pagefind"
"""For languages without stemming."""
LENGTH = 1 << 16
PATIENCE = 0.05
"""Seconds until somebody who waits is asked again whether to go on."""
REMEDY = "install pagefind-bin anew, or do without search in tvilling.toml: [site] search = false"


def program() -> Path | None:
    """Where the program is; None: it is not installed."""
    try:
        import pagefind_bin

        found: Path = pagefind_bin.get_executable()
    except (ImportError, FileNotFoundError):
        return None
    return found


def index(
    documents: Iterable[Document], ignored: Sequence[str] = (), goes_on: Callable[[], None] = lambda: None
) -> Iterator[tuple[str, bytes]]:
    """The files of the index over `documents`, all in one language, by their paths in its folder.

    What the CSS selectors in `ignored` find is not searched.  `goes_on` is called now and then, and may
    raise to end the work.  Law: the same documents in the same order make the same files.
    """
    from concurrent.futures import ThreadPoolExecutor, wait

    with ThreadPoolExecutor(1) as other, _asked() as service:
        number = service.ask("NewIndex", config={"exclude_selectors": list(ignored)})["index_id"]
        for address, html in documents:
            service.ask("AddFile", index_id=number, url=address, file_path=None, file_contents=html)
            goes_on()
        # Files that it writes itself are not yet whole when it says so.
        answer = other.submit(service.ask, "GetFiles", index_id=number)
        while wait([answer], PATIENCE).not_done:
            goes_on()
        made = {file["path"]: file["content"] for file in answer.result()["files"]}
    with_stemming = any(path.endswith(".pagefind") and path != SPARE for path in made)
    for path, content in sorted(made.items()):
        is_spare = path == SPARE and with_stemming
        if (path in SEARCHES or path.endswith(PARTS)) and not is_spare:
            yield path, b64decode(content)


@dataclass(frozen=True, slots=True)
class _Service:
    """The running program: each message is answered before the next one is sent."""

    asks: BinaryIO
    answers: BufferedReader

    def ask(self, what: str, **values: object) -> Any:
        """The answer to one message: base64 of JSON, ended by a comma, both ways."""
        message = json.dumps({"message_id": 1, "payload": {"type": what, **values}})
        answer = bytearray()
        try:
            self.asks.write(b64encode(message.encode()) + b",")
            self.asks.flush()
            while not answer.endswith(b",") and (some := self.answers.read1(LENGTH)):
                answer += some
        except OSError:
            answer.clear()
        if not answer.endswith(b","):
            raise _fault("Pagefind ended before its work was done")
        payload = json.loads(b64decode(answer[:-1]))["payload"]
        if payload["type"] == "Error":
            raise _fault("Pagefind cannot make the index", str(payload.get("message", "")))
        return payload


@contextmanager
def _asked() -> Iterator[_Service]:
    import subprocess

    found = program()
    if found is None:
        raise _fault("Pagefind is not installed")
    pipe = subprocess.PIPE
    try:
        run = subprocess.Popen([found, "--service"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603
    except OSError as error:
        raise _fault(f"Pagefind does not run here: {error.strerror or error}") from error
    asks, answers = cast("BinaryIO", run.stdin), cast("BufferedReader", run.stdout)
    try:
        yield _Service(asks, answers)
    finally:
        run.kill()
        run.wait()
        answers.close()
        with suppress(OSError):
            asks.close()


def _fault(message: str, evidence: str = "") -> SearchError:
    return SearchError(message, name="search", evidence=evidence, remedy=REMEDY)
