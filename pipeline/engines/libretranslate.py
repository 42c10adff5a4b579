"""A LibreTranslate server: the same models elsewhere, asked over HTTP in batches.

Several addresses share the work; where one fails, the others are asked.  A key is taken from the
environment variable LIBRETRANSLATE_API_KEY and never shown.
"""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from pipeline.engines import Answer, Engine, Setup
from pipeline.errors import EngineError
from pipeline.model import Phrase, Place

BATCH = 40
TIMEOUT = 60
ALTERNATIVES = 3
KEY = "LIBRETRANSLATE_API_KEY"


@dataclass(frozen=True)
class LibreTranslate:
    """One direction, at several addresses."""

    source_lang: str
    target_lang: str
    servers: tuple[str, ...]
    timeout: float = TIMEOUT
    name: str = "libretranslate"
    masks: tuple[str, ...] = ()

    @property
    def model(self) -> str:
        """The server's address: it does not say which model it uses."""
        hosts = sorted(server.partition("://")[2].strip("/") for server in self.servers)
        return f"{self.source_lang}_{self.target_lang}@{','.join(hosts)}"

    def translate(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        """Batches in turn to each address; equal answers whichever server gives them are its promise."""
        batches = [list(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        with ThreadPoolExecutor(max_workers=len(self.servers)) as pool:
            found = pool.map(self._ask, range(len(batches)), batches)
            return [answer for answers in found for answer in answers]

    def align(self, texts: Sequence[str]) -> list[tuple[Answer, ...]]:
        """The same: a server does not tell which words come from where."""
        return self.translate(texts)

    def _ask(self, number: int, texts: list[str]) -> list[tuple[Answer, ...]]:
        faults = []
        for turn in range(len(self.servers)):
            server = self.servers[(number + turn) % len(self.servers)]
            try:
                return _parsed(self._post(server, texts), len(texts))
            except (OSError, http.client.HTTPException, ValueError) as error:
                faults.append(f"{server}: {_reason(error)}")
        raise EngineError(
            Phrase(
                "no LibreTranslate server answers ({pair})", pair=f"{self.source_lang} → {self.target_lang}"
            ),
            place=Place(self.servers[0]),
            name="server-fault",
            evidence="\n".join(faults),
            remedy=Phrase(
                "check translate.libretranslate in tvilling.toml, and that the server knows both languages"
            ),
        )

    def _post(self, server: str, texts: list[str]) -> Any:
        body: dict[str, Any] = {
            "q": texts,
            "source": self.source_lang,
            "target": self.target_lang,
            "format": "text",
            "alternatives": ALTERNATIVES,
        }
        if key := os.environ.get(KEY):
            body["api_key"] = key
        request = urllib.request.Request(  # noqa: S310  # load() took http(s) only
            f"{server.rstrip('/')}/translate",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Accept": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=self.timeout) as response:  # noqa: S310  # as above
            return json.load(response)


def _parsed(data: Any, size: int) -> list[tuple[Answer, ...]]:
    """The server's JSON: one translation per text, and perhaps a list of alternatives for each."""
    if not isinstance(data, dict):
        raise ValueError("the answer is not an object")  # noqa: TRY004  # caught as all bad answers are
    firsts = data.get("translatedText")
    if not isinstance(firsts, list) or len(firsts) != size:
        raise ValueError(f"the answer has no list of {size} translations")
    others = data.get("alternatives")
    if not isinstance(others, list) or len(others) != size:
        others = [[] for _ in firsts]
    return [
        tuple(Answer(text) for text in dict.fromkeys([first, *other]) if isinstance(text, str) and text)
        for first, other in zip(firsts, others, strict=True)
    ]


def _reason(error: Exception) -> str:
    """What a server said, on one line."""
    if isinstance(error, urllib.error.HTTPError):
        try:
            said = json.loads(error.read(4096))["error"]
        except (OSError, ValueError, KeyError, TypeError):
            said = error.reason
        return f"HTTP {error.code}: {said}"
    return str(getattr(error, "reason", error) or type(error).__name__)


def load(source_lang: str, target_lang: str, setup: Setup) -> Engine | None:
    """The servers of the configuration; None if it names none."""
    for server in setup.servers:
        if not server.startswith(("http://", "https://")):
            raise EngineError(
                Phrase("translate.libretranslate: not a web address: {server!r}", server=server),
                place=Place("tvilling.toml"),
                name="bad-address",
                remedy=Phrase('begin with the scheme: libretranslate = ["http://localhost:5000"]'),
            )
    return LibreTranslate(source_lang, target_lang, setup.servers) if setup.servers else None
