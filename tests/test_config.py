from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import config
from pipeline.errors import ConfigError

ROOT = Path("/project")
LANGUAGES = 'languages = ["en", "sv"]\n'


def test_two_languages_are_all_that_is_needed() -> None:
    project = config.parse(LANGUAGES, ROOT)
    assert project.languages == ("en", "sv")
    assert project.other("en") == "sv"
    assert project.other("sv") == "en"
    assert project.catalog_path("sv", "x") == ROOT / "locale/sv/LC_MESSAGES/x.po"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert config.parse("\ufeff" + LANGUAGES, ROOT) == config.parse(LANGUAGES, ROOT)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "languages: must name two languages"),
        ('languages = ["en", "en"]', 1, "languages: must name two languages"),
        ('languages = ["en", "../x"]', 1, "languages: must name two languages"),
        ('\nlanguages = "en"', 2, "languages: must be a list"),
        (LANGUAGES + "colour = 1", 2, "colour: unknown key"),
        (LANGUAGES + "[site]\n\nurl = 3", 4, "site.url: must be a text"),
        (LANGUAGES + '[site]\nurl = "example.org"', 3, "site.url: not a web address"),
        (LANGUAGES + '[site]\nbase = "docs"', 3, "site.base: not a path"),
        (LANGUAGES + '[site]\nbase = "/../"', 3, "site.base: not a path"),
        (LANGUAGES + "[site]\nstatus = 1", 3, "site.status: must be true or false"),
        (LANGUAGES + "[site]\ntitle = { en = 1 }", 3, "site.title: en: must be a text"),
        (LANGUAGES + '[folders]\noutput = "../elsewhere"', 3, "folders.output: '../elsewhere' is not inside"),
        (LANGUAGES + '[site]\ntitle = { de = "X" }', 3, "site.title: 'de' is none of the languages"),
        (LANGUAGES + '[folders]\noutput = "."', 3, "folders.output: '.' is not inside"),
        (LANGUAGES + '[folders]\noutput = "locale"', 3, "folders.output: it overlaps with folders.locale"),
        (LANGUAGES + '[folders]\noutput = "locale/x"', 3, "folders.output: it overlaps with folders.locale"),
        (
            LANGUAGES + '[folders]\nsources = "a/b"\noutput = "a"',
            4,
            "folders.output: it overlaps with folders.sources",
        ),
        (LANGUAGES + '[folders]\ncache = "public"', 1, "folders.output: it overlaps with folders.cache"),
        (LANGUAGES + "[translate]\nnear = 2", 3, "translate.near: out of range"),
        (LANGUAGES + "[translate]\nbeam = true", 3, "translate.beam: must be a whole number"),
        (LANGUAGES + "[translate]\nengines = [1]", 3, "translate.engines: must be a list of texts"),
        (LANGUAGES + "[catalogs]\nlines = 1", 3, "catalogs.lines: must be true or false"),
        (LANGUAGES + "x = = 1", 2, "not valid TOML"),
        ('languages = ["en", "sv"', 1, "not valid TOML"),
    ],
)
def test_an_error_names_key_and_line(text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(text, ROOT)
    assert str(caught.value).startswith(f"tvilling.toml:{line}: error: {words}")
    assert "remedy: " in str(caught.value)


def test_a_folder_without_a_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[no-project\]"):
        config.read(tmp_path)


def test_our_own_configuration_is_valid() -> None:
    assert config.read(Path(__file__).parent.parent).site.title["sv"]
