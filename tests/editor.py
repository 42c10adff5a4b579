"""A running editor over a small planted project, for the tests of `tvilling review`."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from pipeline import articles, catalogs, config, files, glossary, merge, review
from pipeline.config import Config
from pipeline.model import Entry
from pipeline.review import edits
from pipeline.review.disk import Loaded
from pipeline.review.guard import Secrets
from pipeline.review.server import bind, configuration
from pipeline.stages import ask
from tests.conftest import Plant

PSEUDO = "pseudo"
TEMPLATES = Path(__file__).parent.parent / "templates"
CATALOG = "locale/sv/LC_MESSAGES/cramp.po"
ARTICLE = """
-- source_texts/cramp.md --
---
title: Leg cramps
lang: en
---

# Leg cramps

Drink a glass of water.

Take **2 mg** before [sleep](cramp.md).

::: sv
Sträck på benet.
:::

- Rest.
- Walk slowly.

Sleep well in the night.

Drink a glass of milk.

Call a doctor if it stays.
-- locale/glossary.csv --
english,swedish,note,do_not_translate,forbidden
water,vatten,plain,,
"""


@dataclass
class Editor:
    """An editor that runs in a thread of its own."""

    root: Path
    port: int
    secrets: Secrets

    @property
    def catalog(self) -> Path:
        """The catalog of the one article into Swedish."""
        return self.root / CATALOG

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def door(self) -> str:
        """The address that opens the editor."""
        return f"{self.address}/?key={self.secrets.key}"

    @property
    def honest(self) -> dict[str, str]:
        """The headers of our own browser."""
        cookie = f"tvilling-{self.port}={self.secrets.cookie}"
        return {"Host": f"127.0.0.1:{self.port}", "Cookie": cookie, "Origin": self.address}

    def ask(
        self, path: str, fields: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        """Status, body and headers of one request; headers given as "" are left out."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in {**self.honest, **named}.items() if value}
        body = None
        if fields is not None:
            body = urlencode({"token": self.secrets.token, **fields}, errors="surrogatepass")
            sent = {"Content-Type": "application/x-www-form-urlencoded", **sent}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest("POST" if body is not None else "GET", path, skip_host=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body.encode() if body is not None else None)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.getheaders()}
        finally:
            connection.close()

    def entry(self, source: str) -> Entry:
        """What the catalog on disk says of `source` now."""
        found = load(config.read(self.root)).catalogs["sv", "cramp"]
        return next(entry for entry in found.live if entry.source == source)

    def fields(self, source: str, action: str, text: str) -> dict[str, str]:
        """The form that the editor's page would send."""
        entry = self.entry(source)
        return {
            "context": entry.context,
            "source": source,
            "seen": edits.stamp(entry),
            "action": action,
            "text": text,
        }

    def put(self, source: str, lines: str) -> None:
        """Write the msgstr line of `source`, with what stands before its msgid, as another program would."""
        text = self.catalog.read_text(encoding="utf-8")
        old = f'msgid "{source}"\nmsgstr ""'
        assert old in text, text
        self.catalog.write_text(text.replace(old, lines), encoding="utf-8")


def load(settings: Config) -> Loaded:
    """The project as it stands on disk."""
    found = {}
    for lang in settings.languages:
        for path in sorted(settings.catalog_path(lang, "x").parent.glob("*.po")):
            text = files.read_text(path, settings.root)
            found[lang, path.stem] = catalogs.parse(text, settings.shown(path), lang)
    read = (
        articles.parse(files.read_text(path, settings.root), settings.shown(path), settings.languages)
        for path in sorted(settings.folders.sources.glob("*.md"))
    )
    terms = glossary.read(settings.folders.locale / "glossary.csv", settings.root)
    sources = {(lang, name): settings.other(lang) for lang, name in found}
    return Loaded(tuple(read), found, terms, sources)


def refresh(settings: Config) -> None:
    """Bring the catalogs in line with the article, as `tvilling update` does."""
    loaded = load(settings)
    for article in loaded.articles:
        for lang in settings.languages:
            source = settings.other(lang)
            old = loaded.catalogs.get((lang, article.slug)) or catalogs.new(lang, source, article.slug)
            merged = merge.merge(old, article.segments_in(source), path=article.path)
            path = settings.catalog_path(lang, article.slug)
            files.write_text(path, catalogs.dump(merged), settings.root)


@contextmanager
def running(root: Path, secrets: Secrets | None = None, port: int = 0) -> Iterator[Editor]:
    """An editor over the project in `root`, with its engines if it has any but the memory."""
    settings = config.read(root)
    secrets = secrets or Secrets()

    application = review.app(
        settings,
        lambda: load(settings),
        [TEMPLATES],
        secrets=secrets,
        update=lambda: refresh(settings),
        draft=ask.drafter(settings) if PSEUDO in settings.translate.engines else None,
    )
    server = uvicorn.Server(configuration(application))
    with bind("127.0.0.1", port) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        listening.listen(64)
        thread.start()
        try:
            yield Editor(root, listening.getsockname()[1], secrets)
        finally:
            server.should_exit = True
            thread.join(10)


def planted(plant: Plant, settings: str = "") -> Path:
    """The project, with its catalogs in line with its article; `settings` are more lines of tvilling.toml."""
    root = plant(ARTICLE)
    with (root / "tvilling.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    refresh(config.read(root))
    return root
