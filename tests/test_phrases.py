"""Whoever uses the editor in Swedish is told in Swedish what is wrong."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from pipeline import catalogs
from pipeline.errors import CatalogError
from pipeline.model import Place
from pipeline.review import phrases
from pipeline.translate import Lacking

PACKAGE = Path(phrases.__file__).parent.parent
SPEAKERS = [
    *sorted((PACKAGE / "checks").glob("*.py")),
    *sorted((PACKAGE / "checks" / "across").glob("*.py")),
    *sorted((PACKAGE / "catalogs").glob("*.py")),
    *(
        PACKAGE / name
        for name in (
            "files.py",
            "inline.py",
            "merge/discrepancies.py",
            "review/disk.py",
            "review/pages.py",
            "site/library.py",
            "site/links.py",
        )
    ),
]
SENTENCE = re.compile(r"[a-z}”] [a-z{“]|[a-z] [0-9]")
NO_SENTENCES = {
    "{0}\nto keep a translation as it is, add the comment: # accept: {1} — <reason>",  # a manual's
    "{0} {1}",
    "{0} {1} ",
    "{0} {1} {2}",
    " (context {0})",
    "statement {0}",
    "the site's own page /{0}/{1}/",
}
LACKING = [str(Lacking("argos", "en", "sv")), str(Lacking("LibreTranslate", "en", "sv"))]


def told(path: Path) -> Iterator[str]:
    """The sentences in a file's code, values as `{0}`; no docstrings, no tables."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = {
        id(part)
        for node in ast.walk(tree)
        for part in (
            ast.walk(node)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            else [each for each in ast.walk(node) if each is not node]
            if isinstance(node, ast.JoinedStr)
            else ast.walk(node)
            if isinstance(node, ast.Assign | ast.AnnAssign) and node in tree.body and not _is_remedy(node)
            else ()
        )
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in passed:
            text = _template(node)
            if SENTENCE.search(text) and text not in NO_SENTENCES:
                yield text


def _is_remedy(node: ast.Assign | ast.AnnAssign) -> bool:
    return "REMEDY" in ast.unparse(node).split(" = ")[0]


def _template(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    fields = count()
    return "".join(
        str(piece.value) if isinstance(piece, ast.Constant) else f"{{{next(fields)}}}"
        for piece in node.values
    )


TOLD = {sentence for path in SPEAKERS for sentence in told(path)} | {"error", "remedy"}


def filled(sentence: str) -> str:
    return phrases.FIELD.sub(r"<\1>", sentence)


@pytest.mark.parametrize("sentence", [*sorted(TOLD), *LACKING])
def test_each_sentence_has_a_translation_with_the_same_values(sentence: str) -> None:
    shown = filled(sentence)
    said = phrases.say(shown, "sv")
    assert said != shown
    values = re.findall(r"<\d>", shown)
    assert sorted(re.findall(r"<\d>", said)) == sorted(values)


def test_no_translation_is_of_a_sentence_that_nobody_says() -> None:
    heard = [re.compile(re.sub(r"\\\{\d\\\}", ".*?", re.escape(sentence)), re.DOTALL) for sentence in TOLD]
    path = Path(phrases.__file__).parent / "sv.po"
    for entry in catalogs.parse(path.read_text(encoding="utf-8"), path.name, "sv").entries:
        own = phrases.pattern(entry.source)
        is_heard = any(each.fullmatch(filled(entry.source)) for each in heard)
        assert is_heard or any(map(own.fullmatch, LACKING)), entry.source
        assert sorted(phrases.FIELD.findall(entry.target)) == sorted(phrases.FIELD.findall(entry.source))


def test_what_is_a_case_of_another_sentence_has_its_own_words() -> None:
    assert phrases.say("1 sentence became 3", "sv") == "1 mening har blivit 3"
    assert phrases.say("“Det er vann.” looks Danish or Norwegian", "sv").endswith(
        "ser ut som danska eller norska"
    )
    assert phrases.say("5 mg became 50 mg", "sv") == "5 mg har blivit 50 mg"
    assert phrases.say("5 mg became 50 mg", "en") == "5 mg became 50 mg"
    assert phrases.say("something new", "sv") == "something new"


def test_an_error_is_told_with_its_place_and_remedy() -> None:
    error = CatalogError(
        "git left a conflict here",
        place=Place("a.po", 3),
        name="conflict-marker",
        evidence="<<<<<<< HEAD",
        remedy="save the file with the encoding UTF-8",
    )
    assert error.told(lambda sentence: phrases.say(sentence, "sv")).splitlines() == [
        "a.po:3: fel: git har lämnat en konflikt här [conflict-marker]",
        "    <<<<<<< HEAD",
        "    åtgärd: spara filen med teckenkodningen UTF-8",
    ]
