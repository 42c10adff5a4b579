"""What is wrong, told in the language of the person at the editor.

Checks speak English, as the command line and other programs want it.  Here a sentence is known again by the
words round its values, and said with the same values in the other language: `sv.po` has each once, with fields
`{0}`, `{1}` for the values.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from pipeline import catalogs, files

HERE = Path(__file__).parent
FIELD = re.compile(r"\{(\d)\}")


@lru_cache(5000)
def say(sentence: str, lang: str) -> str:
    """`sentence` in `lang`; as it is where that is not known."""
    for pattern, translation in known(lang):
        if found := pattern.fullmatch(sentence):
            return FIELD.sub(lambda field: found[f"_{field[1]}"], translation)
    return sentence


@cache
def known(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each sentence and its translation; those with more words of their own go before what they are a case of."""
    path = HERE / f"{lang}.po"
    if not path.is_file():
        return ()
    catalog = catalogs.parse(files.read_text(path, HERE), path.name, lang)
    entries = sorted(catalog.live, key=lambda entry: -len(FIELD.sub("", entry.source)))
    return tuple((pattern(entry.source), entry.target) for entry in entries)


def pattern(sentence: str) -> re.Pattern[str]:
    """What finds the values of a sentence with fields."""
    pieces = FIELD.split(sentence)
    fields = [f"(?P<_{piece}>.+?)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces)]
    return re.compile("".join(fields), re.DOTALL)
