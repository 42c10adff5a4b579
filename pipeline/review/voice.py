"""What the package says in English, said in the language of the editor.

Its translations into a language stand beside this file, in `<language>.po`: they are the package's own, and no
project's to translate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline import catalogs, files
from pipeline.model import Phrase

HERE = Path(__file__).parent
LANGUAGES = ("en", *sorted(path.stem for path in HERE.glob("*.po")))
"""Those that it speaks."""
CHECK = "check"
"""The context of the checks' names."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Says phrases in one language; what it has no words for, in English."""

    words: Mapping[tuple[str, str], str]
    """(context, English template) → its translation."""

    def say(self, text: str) -> str:
        """`text`, and all that it is made of, translated; as it is, unless it is a phrase."""
        if not isinstance(text, Phrase):
            return text
        values = {
            name: self.say(value) if isinstance(value, str) else value for name, value in text.values.items()
        }
        return self.words.get(("", text.template), text.template).format(**values)

    def call(self, check: str) -> str:
        """The name of a check as people would say it; in English it is what `explain` and waivers call it."""
        return self.words.get((CHECK, check), check)


@cache
def voice(lang: str) -> Voice:
    """The voice of `lang`; it says all in English where the package has no translations."""
    if lang not in LANGUAGES[1:]:
        return Voice({})
    path = HERE / f"{lang}.po"
    catalog = catalogs.parse(files.read_text(path, HERE), path.name, lang)
    return Voice({entry.key: entry.target for entry in catalog.live})
