"""Books: valid for e-readers, the same each time, and without a link that holds only on the site."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.site import Library
from pipeline.site.xhtml import Attributes, Change, xhtml
from tests.test_site import CRAMP, LANGS, SV, magnesium, rendered, site

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
NASTY = CRAMP + """
![A map](map.png) and ![nothing](lost.png) <b>bold <i>both</b> <br> x & y

<div class=odd onclick='x()'><p>open<p>again<ul><li>one<li>two</ul><img src="map.png"><input type=checkbox checked></div>

<script>alert(1)</script>

- [ ] done

```html
<p>&amp;
```
"""  # fmt: skip
CHECKER = Path("/usr/share/java/epubcheck.jar")


def books(url: str = "https://a.example", text: str = NASTY) -> dict[str, bytes]:
    whole = site(url=url)
    article = rendered(text, "cramp", SV)
    library = Library.of([article.card, magnesium().card], LANGS)
    shelf = {"map.png": PNG}
    files = replace(whole, read=shelf.get).article(article, library)
    return {path: data for path, data in files if isinstance(data, bytes)}


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        return {name: archive.read(name) for name in archive.namelist()}


def test_there_is_a_book_in_each_language_and_one_in_both() -> None:
    found = books(text=CRAMP)
    assert sorted(found) == ["en/cramp/cramp.epub", "parallel/cramp/cramp.epub", "sv/kramp/kramp.epub"]
    texts = {path: opened(data)["text.xhtml"].decode() for path, data in found.items()}
    assert "What helps" in texts["en/cramp/cramp.epub"]
    assert "Vad som hjälper" not in texts["en/cramp/cramp.epub"]
    both = texts["parallel/cramp/cramp.epub"]
    assert both.index("Call 112.") < both.index("Ring 112.") < both.index("Nuts") < both.index("Nötter")


def test_the_same_article_gives_the_same_book() -> None:
    assert books() == books()


@pytest.mark.parametrize("url", ["https://a.example", ""])
def test_every_file_is_xml_with_ids_of_its_own_and_links_that_hold_anywhere(url: str) -> None:
    for data in books(url).values():
        for name, content in opened(data).items():
            if name.endswith((".xhtml", ".opf", ".xml")):
                root = ET.fromstring(content)
                ids = [each.get("id") for each in root.iter() if each.get("id")]
                assert len(ids) == len(set(ids))
                links = [each.get("href", "#") for each in root.iter() if each.tag.endswith("}a")]
                assert not [link for link in links if not link.startswith(("#", "https://", "text.xhtml"))]


def test_a_picture_comes_with_the_book_and_one_that_is_not_there_leaves_no_trace() -> None:
    files = opened(books()["en/cramp/cramp.epub"])
    assert files["media/000.png"] == PNG
    assert b"lost.png" not in files["text.xhtml"]
    assert b"alert" not in files["text.xhtml"]


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "<td>", "<tr>", "<li>", "<ul>", "</ul>", "&", "&amp;",
                                 "<", ">", "x", "<img alt=a>", "<a href=x", "]]>", "<!--", "-->", "\x00", "<script>", "<p class=a id>",
                                 "</script>", "<table>", "</table>", "<?x", "<![CDATA["])).map("".join))  # fmt: skip
def test_any_html_becomes_well_formed(text: str) -> None:
    ET.fromstring(f"<x>{xhtml(text)}</x>")


PIECES = ['<p>', '</p>', '<p id="a">', '<b class="a" lang="sv">', "</b>", "<br>", "<br/>", '<img src="a&amp;b" alt="c\'d">', "</a>",
          '<a href="x">', "<ul>", "<li>", "</li>", "</ul>", "<td>", "<tr>", "</tr>", "</table>", "<table>", "<div>", "</div>", "<i/>",
          '<a href="x" href="y">', '<b onclick="x">', '<b title="&copy=1">', "<svg>", "<style>", "<title>", "x > y", "&amp;", "&copy",
          "&#1;", "\x00", "å\n", "<", "'", '"', "<hr>", "<xmp>", "<input>"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)).map("".join))
@example('<p id="a">x<br>y <a href="x" href="y">&copy</a> "z"</p>')
@example("<p>a<ul><li>b</li></ul></p>")
@example("<b/>a</b>")
@example("<b><i>a</b></i>")
@example('<p onclick="x">a</p>')
@example("<p>a<input>b</p>")
@example("<p>a<B>b</B></p>")
@example("<p>a &amp; b</p>")
def test_plain_html_becomes_what_the_parser_makes_of_it(text: str) -> None:
    asked = list[list[object]]([[], []])

    def change(number: int) -> Change:
        def seen(name: str, attributes: Attributes) -> Attributes | None:
            asked[number].append((name, attributes))
            return None if "href" in attributes else attributes

        return seen

    # A comment leaves no trace, but it is more than plain.
    assert xhtml(text, change(0)) == xhtml(f"<!---->{text}", change(1))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("no_character", ["\x00", "\x0b", "\ufffe", "\ud800", "&#1;"])
def test_what_is_no_character_in_xml_goes(no_character: str) -> None:
    found = ET.fromstring(xhtml(f'<p title="a{no_character}b">c{no_character}d</p>'))
    assert (found.attrib["title"], found.text) == ("ab", "cd")


def test_what_is_well_formed_stays() -> None:
    text = '<p id="a">x &amp; <b>y</b><br/></p><ul><li>a<ul><li>b</li></ul></li></ul>'
    assert xhtml(text) == text


@pytest.mark.skipif(not (CHECKER.exists() and shutil.which("java")), reason="epubcheck is not installed")
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "both.epub"
    path.write_bytes(books()["parallel/cramp/cramp.epub"])
    command = ["java", "-XX:TieredStopAtLevel=1", "-jar", str(CHECKER), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
