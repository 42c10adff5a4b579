"""Which words a dictionary knows (home of spylls); an extra, absent where nobody has installed it."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

NAMES = {"en": ("en_GB", "en_US"), "sv": ("sv_SE",)}
"""Language → its dictionaries' file names, the best one first."""
OVERLOOKED = {"sv": "helgen helgens knappast"}
"""Common words that the dictionaries lack."""
LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"
BRITISH = [
    (re.compile(pattern), american)
    for pattern, american in (
        (r"ou(?=r)", "o"), (r"is(?=e|ing|ation|able)", "iz"), (r"ys(?=e|ing)", "yz"), (r"re(?=s?$)", "er"),
        (r"(?<=t)re(?=d$)", "ere"), (r"ll(?=ed|ing|er|ist)", "l"), (r"ae", "e"), (r"oe", "e"), (r"ogue", "og"),
        (r"ium(?=$)", "um"), (r"phate|ph(?=[aeiou])", "f"), (r"grey", "gray"), (r"ce(?=s?$)", "se"),
    )
]  # fmt: skip
"""British endings, for a dictionary that has American ones only."""


class Speller:
    """Knows the words of one language."""

    def __init__(self, path: Path, lang: str) -> None:
        self.dictionary = _dictionary(path)
        self.is_american = path.name == "en_US"
        self.lang = lang
        self._known = dict.fromkeys(OVERLOOKED.get(lang, "").split(), True)

    def knows(self, word: str) -> bool:
        """Is it a word?"""
        if word not in self._known:
            self._known[word] = any(self.dictionary.lookup(each) for each in self._spellings(word))
        return self._known[word]

    def near(self, word: str) -> str:
        """A word of the dictionary that is one slip of the finger away; empty if there is none.

        A compound is none: by rule *tröjprogram* is as good as *töjprogram*.
        """
        return next((each for each in dict.fromkeys(_slips(word)) if self._has(each)), "")

    def _has(self, word: str) -> bool:
        forms = self.dictionary.lookuper.good_forms(
            word, capitalization=False, allow_nosuggest=False, compound_forms=False
        )
        return any(forms)

    def _spellings(self, word: str) -> Iterator[str]:
        yield word
        if self.is_american:
            yield from (new for old, american in BRITISH if (new := old.sub(american, word)) != word)


def _dictionary(path: Path) -> Dictionary:
    """The dictionary in two files, .aff and .dic."""
    from spylls.hunspell import Dictionary, readers
    from spylls.hunspell.readers.file_reader import FileReader

    class Reader(FileReader):  # type: ignore[misc]
        """The library's own leaves its files open."""

        def _open(self, path: str, encoding: str) -> io.StringIO:
            return io.StringIO(Path(path).read_text(encoding, errors="surrogateescape"))

    affixes, context = readers.read_aff(Reader(f"{path}.aff"))
    words = readers.read_dic(Reader(f"{path}.dic", context.encoding), aff=affixes, context=context)
    return Dictionary(affixes, words)


@lru_cache(maxsize=4)
def speller(lang: str) -> Speller | None:
    """The speller of a language; None where the extra or a dictionary is not installed."""
    if find_spec("spylls") is None:
        return None
    found = (folder / f"{name}.aff" for name in NAMES.get(lang, ()) for folder in _folders(lang))
    path = next((path for path in found if path.is_file()), None)
    return Speller(path.with_suffix(""), lang) if path else None


def _folders(lang: str) -> Iterator[Path]:
    """Where dictionaries stand: this Python's own, the system's, those that come with the library."""
    yield from (Path(sys.prefix) / "share" / "hunspell", Path("/usr/share/hunspell"))
    spec = find_spec("spylls")
    for place in spec.submodule_search_locations or () if spec else ():
        yield Path(place) / "hunspell" / "data" / lang


def _slips(word: str) -> Iterator[str]:
    """Two letters changed round, one left out, one doubled or wrong, one put in.

    Not at the ends: few people mistake the first letter, and the last ones may be an inflection.
    """
    cuts = [(word[:place], word[place:]) for place in range(1, len(word) - 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    yield from (head + tail[1:] for head, tail in cuts if tail)
    yield from (head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS)
    yield from (head + letter + tail for head, tail in cuts for letter in LETTERS)
