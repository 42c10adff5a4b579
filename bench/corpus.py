"""Makes a project to measure with: `python -m bench.corpus FOLDER [N]`.

N English articles and their Swedish catalogs: of the entries nine in ten are reviewed, one in twenty is
stale and one in twenty missing.  The same N gives the same bytes on every machine.
"""

from __future__ import annotations

import random
import re
import sys
import textwrap
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Catalog, Entry

PAIRS = """
the den|of av|and och|to till|a en|in i|is är|that som|for för|it det|as som|with med|be vara|by av|on på
are är|this denna|or eller|from från|at vid|which vilken|can kan|have har|an en|has har|was var|will ska
may får|should bör|when när|more mer|than än|other annan|also också|such sådan|into in|only bara|its dess
one en|two två|each varje|most mest|some någon|between mellan|during under|after efter|before före
patient patient|dose dos|level nivå|test prov|sample prov|blood blod|value värde|doctor läkare|nurse sköterska
answer svar|question fråga|report rapport|result resultat|change ändring|start start|rest vila|sleep sömn
work arbete|walk promenad|guide guide|read läsa|write skriva|page sida|list lista|table tabell|picture bild
word ord|number nummer|name namn|time tid|day dag|week vecka|month månad|year år|hour timme|water vatten
salt salt|food mat|meal måltid|fat fett|sugar socker|protein protein|iron järn|plant växt|leaf blad|root rot
seed frö|field fält|farm gård|forest skog|river flod|lake sjö|snow snö|rain regn|wind vind|cold kyla
light ljus|colour färg|wood trä|stone sten|glass glas|paper papper|house hus|room rum|door dörr|window fönster
garden trädgård|street gata|city stad|village by|school skola|teacher lärare|pupil elev|research forskning
method metod|unit enhet|scale skala|risk risk|cause orsak|effect verkan|symptom symtom|sign tecken|pain smärta
fever feber|cough hosta|heart hjärta|lung lunga|liver lever|kidney njure|brain hjärna|nerve nerv
muscle muskel|bone ben|skin hud|eye öga|ear öra|hand hand|foot fot|head huvud|neck hals|back rygg|age ålder
child barn|adult vuxen|parent förälder|family familj|friend vän|group grupp|team lag|leader ledare
pressure tryck|volume volym|weight vikt|length längd|width bredd|height höjd|depth djup|speed fart
force kraft|energy energi|power effekt|current ström|circle cirkel|balance jämvikt|season årstid|morning morgon
evening kväll|night natt|spring vår|summer sommar|autumn höst|winter vinter|bread bröd|milk mjölk|fish fisk
apple äpple|pear päron|berry bär|nut nöt|oats havre|rice ris|bean böna|onion lök|carrot morot|cabbage kål
"""
SWEDISH = dict(pair.split(" ") for line in PAIRS.split("\n") if line for pair in line.split("|"))
WORDS = tuple(SWEDISH)
UNITS = ("mg", "g", "ml", "cm", "mmol/L", "µg")
KEPT = re.compile(r"(`[^`]*`|\]\([^)]*\)|\d[\d.]*)")
SETTINGS = """languages = ["en", "sv"]

[site]
url = "https://corpus.example"
title = { en = "Corpus", sv = "Korpus" }
search = false

[translate]
engines = []
"""


def swedish(text: str) -> str:
    """`text` word by word; code, addresses and figures stay, and a decimal point becomes a comma."""
    pieces = KEPT.split(text)
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            pieces[number] = re.sub(r"[A-Za-z]+", _word, piece)
        elif piece[0].isdigit():
            pieces[number] = re.sub(r"(?<=\d)\.(?=\d)", ",", piece)
    return "".join(pieces)


def _word(found: re.Match[str]) -> str:
    word = SWEDISH.get(found[0].lower(), found[0])
    return word.capitalize() if found[0][0].isupper() else word


def article(number: int, of: int) -> str:
    """The file of one article among `of`."""
    chance = random.Random(number)
    title = _words(chance, 3, 6).capitalize()
    blocks = list(_blocks(chance, of))
    front = {"lang": "en", "title": title, "description": _sentence(chance), "date": _day(chance)}
    topics = ", ".join(chance.sample(WORDS[60:80], 2))
    head = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\n{head}topics: [{topics}]\n---\n\n" + "\n\n".join(blocks) + "\n"


def _day(chance: random.Random) -> str:
    return f"{chance.randint(2010, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _blocks(chance: random.Random, of: int) -> Iterator[str]:
    for _ in range(chance.randint(3, 7)):
        yield f"## {_words(chance, 2, 5).capitalize()}"
        for _ in range(chance.randint(1, 4)):
            yield textwrap.fill(_paragraph(chance, of), 100)
        kind = chance.random()
        if kind < 0.4:
            yield "\n".join(f"- {_sentence(chance, of)}" for _ in range(chance.randint(2, 6)))
        elif kind < 0.6:
            rows = ["| Food | Amount |", "|---|--:|"]
            rows += [f"| {_words(chance, 1, 2)} | {_figure(chance)} |" for _ in range(chance.randint(2, 8))]
            yield "\n".join(rows)
        elif kind < 0.7:
            yield f"```python\n{chance.choice(WORDS)} = {chance.randint(1, 99)}\n```"
        elif kind < 0.8:
            yield f"> {_sentence(chance)}"


def _paragraph(chance: random.Random, of: int) -> str:
    return " ".join(_sentence(chance, of) for _ in range(chance.randint(2, 6)))


def _sentence(chance: random.Random, of: int = 0) -> str:
    words = chance.choices(WORDS, k=chance.randint(6, 18))
    kind = chance.random()
    place = chance.randrange(1, len(words))
    if kind < 0.15:
        words[place] = f"**{words[place]}**"
    elif kind < 0.25:
        words[place] = f"`{words[place]}_{chance.randint(1, 99)}`"
    elif kind < 0.4 and of:
        words[place] = f"[{words[place]}]({name(chance.randrange(of))}.md)"
    elif kind < 0.55:
        words[place] = _figure(chance)
    text = " ".join(words)
    return text[0].upper() + text[1:] + "."


def _figure(chance: random.Random) -> str:
    return f"{chance.choice((chance.randint(2, 900), chance.randint(1, 9) + 0.5))} {chance.choice(UNITS)}"


def _words(chance: random.Random, low: int, high: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(low, high)))


def name(number: int) -> str:
    """What the article is called."""
    return f"article-{number:05}"


def revised(text: str, seed: int) -> str:
    """The next revision: one paragraph in sixty has a word more, one in a hundred is new."""
    chance = random.Random(seed)
    blocks = text.split("\n\n")
    for number, block in enumerate(blocks):
        if not block[0].isupper():
            continue
        if chance.random() < 1 / 60:
            blocks[number] = block.replace(" ", f" {chance.choice(WORDS)} ", 1)
        elif chance.random() < 1 / 100:
            blocks[number] = block + "\n\n" + textwrap.fill(_paragraph(chance, 0), 100)
    return "\n\n".join(blocks)


def sources(folder: Path, number: int) -> None:
    """Write a project of `number` articles without catalogs."""
    texts = folder / "source_texts"
    texts.mkdir(parents=True)
    (folder / "tvilling.toml").write_text(SETTINGS, encoding="utf-8")
    for each in range(number):
        (texts / f"{name(each)}.md").write_text(article(each, number), encoding="utf-8")


def translate(folder: Path) -> None:
    """Fill the catalogs of the project."""
    from pipeline import config
    from pipeline.stages import layout, project, update

    found = update.update(project.load(config.read(folder)))
    filled = {key: _filled(catalog) for key, catalog in found.catalogs.items() if key[1] != layout.WORDS}
    project.write(replace(found, catalogs={**found.catalogs, **filled}))


def _filled(catalog: Catalog) -> Catalog:
    return replace(catalog, entries=tuple(map(_answer, catalog.entries)))


def _answer(entry: Entry) -> Entry:
    if entry.context == "slug":
        return entry
    roll = zlib.crc32(entry.source.encode()) % 20
    if roll == 0:
        return entry
    target = swedish(entry.source)
    if roll == 1:
        return replace(entry, target=target, flags=("fuzzy",), previous=entry.source + " More.")
    return replace(entry, target=target)


def main() -> None:
    """Make one."""
    folder = Path(sys.argv[1])
    sources(folder, int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
    translate(folder)


if __name__ == "__main__":
    main()
