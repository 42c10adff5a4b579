"""MkDocs with static-i18n: a page for each version, in a theme of one file without navigation; all anew
every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.ground import Ground
from bench.measure import Command, Step
from bench.peers.peer import PYTHON, Peer, builds, packages
from bench.peers.twins import LACKS, twins

SETTINGS = """site_name: Corpus
site_url: https://corpus.example/
theme:
  name: null
  custom_dir: theme
plugins:
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: en, name: English, default: true, build: true}
        - {locale: sv, name: Svenska, build: true}
markdown_extensions: [tables, fenced_code]
"""
PAGE = """<!doctype html><html lang={{ i18n_page_locale }}><title>{{ page.title }}</title>
<body><h1>{{ page.title }}</h1>
{% for item in page.toc %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}
{{ page.content }}</body></html>"""


def site(ground: Ground) -> Iterator[Step]:
    """Pages in both languages, and a list for each."""
    folder = ground.folder / "mkdocs"
    docs, theme = folder / "docs", folder / "theme"
    docs.mkdir(parents=True)
    theme.mkdir()
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (theme / "main.html").write_text(PAGE, encoding="utf-8")
    lists = dict[str, list[str]]()
    for name, lang, text in twins(ground):
        (docs / f"{name}.{lang}.md").write_text(text, encoding="utf-8")
        lists.setdefault(lang, []).append(f"- [{name}]({name}.md)\n")
    for lang, lines in lists.items():
        (docs / f"index.{lang}.md").write_text("---\ntitle: Corpus\n---\n" + "".join(lines), encoding="utf-8")
    build: Command = (
        PYTHON,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        folder / "mkdocs.yml",
        "-d",
        folder / "site",
    )
    yield from builds((build,), docs / f"{ground.edited}.en.md", theme / "main.html")


MKDOCS = Peer("MkDocs + static-i18n", partial(packages, "mkdocs", "mkdocs-static-i18n"), (site,), LACKS)
