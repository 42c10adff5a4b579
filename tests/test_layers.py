"""The architecture, kept by a test: strict layers, and one home for each library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"

LAYERS = [
    "model",
    "errors drafted",
    "files store",
    "config markdown near screens slugs",
    "inline negation quantities sentences glossary spelling",
    "articles catalogs words engines checks pagefind",
    "merge memory journal ladder lanes typography",
    "translate cluster weave report models progress mend",
    "render exchange interchange evaluate",
    "site review",
    "stages scaffold serve",
    "commands",
    "cli",
]
HOMES = {
    "polib": "catalogs",
    "babel": "words",
    "jinja2": "site words review",
    "pyromark": "markdown",
    "rapidfuzz": "near",
    "sentencex": "sentences",
    "argostranslate": "engines",
    "ctranslate2": "engines",
    "distributed": "cluster",
    "nh3": "render",
    "pagefind_bin": "pagefind",
    "lxml": "interchange",
    "sacrebleu": "evaluate",
    "spylls": "spelling",
    "starlette": "review serve",
    "translate": "interchange",
    "uvicorn": "review serve",
    "watchfiles": "serve",
    "yaml": "articles",
}
RANK = {name: row for row, names in enumerate(LAYERS) for name in names.split()}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py")


def owner(path: Path) -> str:
    """The row's name of a file: `checks` for pipeline/checks/figures.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """The dotted names that a module imports, wherever in it, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the import out in full"
            if node.module == "pipeline":
                yield from ((f"pipeline.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield (node.module or "", node.lineno)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_rows_above_it(path: Path) -> None:
    name = owner(path)
    if name == "__init__":
        return
    for imported, line in imports(path):
        first, _, rest = imported.partition(".")
        other = rest.partition(".")[0]
        if first == "pipeline" and other and other != "__version__" and other != name:
            assert RANK[other] < RANK[name], f"{path.name}:{line}: {name} may not import {other}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_has_one_home(path: Path) -> None:
    for imported, line in imports(path):
        library = imported.partition(".")[0]
        if library in HOMES:
            assert owner(path) in HOMES[library].split(), f"{path.name}:{line}: {library} lives elsewhere"
        else:
            known = library in sys.stdlib_module_names or library in {
                "pipeline",
                "sentencepiece",
                "sacremoses",
            }
            assert known, f"{path.name}:{line}: {library} has no home; give it one in this test"


def test_every_module_says_what_it_promises() -> None:
    for path in modules():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} has no docstring"
