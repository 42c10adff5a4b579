"""What holds at a place in an article: the language, and what directives say."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.articles import fences
from pipeline.articles.directives import Directive
from pipeline.errors import ArticleError
from pipeline.model import Phrase, Place

Path = tuple[int, ...]
"""Where the blocks around a place begin, from the outside."""


@dataclass(frozen=True, slots=True)
class _Div:
    name: str
    lang: str
    path: Path
    place: Place


def malformed(place: Place) -> ArticleError:
    """For a line that begins as a fence and goes on otherwise."""
    message = Phrase("a line that begins with ::: must name one div, or close one")
    remedy = Phrase(
        "write ::: note (or another name, or a language) alone on its line, and ::: below the text"
    )
    return ArticleError(message, place=place, name="bad-fence", remedy=remedy)


class Scope:
    """Follows an article's fences and directives in order."""

    def __init__(self, lang: str, languages: tuple[str, str]) -> None:
        self.languages = languages
        self.first = lang
        self.divs: list[_Div] = []
        self.off: Place | None = None
        self.open_code: Place | None = None
        self.said: dict[str, str] = {}
        self.said_in: Path = ()
        self.said_of: Path | None = None
        """The block that notes and context belong to, once it has begun."""

    @property
    def lang(self) -> str:
        """The original language here."""
        return self.divs[-1].lang if self.divs else self.first

    def fence(self, name: str, path: Path, place: Place) -> None:
        """A line of three colons; without a name it closes a div."""
        if name:
            self.divs.append(_Div(name, self.lang_of(name, place), path, place))
        elif not self.divs:
            message = Phrase("::: closes nothing")
            remedy = Phrase("take the line away, or begin the div above it: ::: note")
            raise ArticleError(message, place=place, name="stray-fence", remedy=remedy)
        elif self.divs[-1].path != path:
            raise self.unclosed(self.divs[-1])
        else:
            self.divs.pop()

    def lang_of(self, name: str, place: Place) -> str:
        if not fences.is_language(name):
            return self.lang
        if name in self.languages:
            return name
        first, second = self.languages
        message = Phrase("the language {lang!r} is not one of the project's", lang=name)
        remedy = Phrase("write ::: {first} or ::: {second}", first=first, second=second)
        raise ArticleError(message, place=place, name="unknown-language", remedy=remedy)

    def direct(self, directive: Directive, path: Path, place: Place) -> None:
        """A directive's comment."""
        if not directive.is_closed:
            remedy = Phrase("end the comment with -->")
            message = Phrase("the comment {name} is not closed", name=directive.name)
            raise ArticleError(message, place=place, name="unclosed-directive", remedy=remedy)
        if directive.name == "translate":
            self.translate(directive.value, place)
            return
        if self.said_of is not None or self.said_in != path:
            self.said.clear()
        self.said_in, self.said_of = path, None
        before = self.said.get(directive.name, "") if directive.name == "note" else ""
        self.said[directive.name] = f"{before}\n{directive.value}".strip()

    def translate(self, value: str, place: Place) -> None:
        if value not in ("on", "off"):
            message = Phrase("translate is on or off, not {value!r}", value=value)
            name = "bad-directive"
        elif value == "off" and self.off is None:
            self.off = place
            return
        elif value == "on" and self.off is not None:
            self.off = None
            return
        else:
            message = Phrase("translation is {value} here already", value=value)
            name = "stray-directive"
        remedy = Phrase("put <!-- translate: off --> above a passage and <!-- translate: on --> below it")
        raise ArticleError(message, place=place, name=name, remedy=remedy)

    def says(self, path: Path) -> dict[str, str]:
        """Note and context of the block with this path (its own start at the end)."""
        if not self.said:
            return {}
        depth = len(self.said_in)
        block = path[: depth + 1]
        if block[:depth] != self.said_in or self.said_of not in (None, block):
            self.said.clear()
        self.said_of = block
        return dict(self.said)

    def end(self) -> None:
        """The article ends here: all must be closed."""
        if self.open_code:
            message = Phrase("the code block is not closed")
            remedy = Phrase("end it with a line of as many ` or ~ as it begins with")
            raise ArticleError(message, place=self.open_code, name="unclosed-fence", remedy=remedy)
        if self.divs:
            raise self.unclosed(self.divs[-1])
        if self.off:
            message = Phrase("translation is switched off and never on again")
            remedy = Phrase("write <!-- translate: on --> below the passage")
            raise ArticleError(message, place=self.off, name="unclosed-directive", remedy=remedy)

    def unclosed(self, div: _Div) -> ArticleError:
        message = Phrase("the div {name!r} is not closed", name=div.name)
        remedy = Phrase("write ::: alone on a line below it, indented as the line that begins it")
        return ArticleError(message, place=div.place, name="unclosed-fence", remedy=remedy)
