"""Words that change inside when they are inflected; the other stem of each, as *foot* has *feet*."""

from __future__ import annotations

TABLES = {
    "en": "foot feet, tooth teeth, man men, woman women, child children, mouse mice, louse lice, goose geese,"
    " person people, sleep slept, eat ate eaten, drink drank drunk, take took taken, give gave given, go went gone,"
    " feel felt, fall fell fallen, break broke broken, bleed bled, swell swollen, bite bit bitten, rise rose risen,"
    " lie lay lain, keep kept, hold held, run ran, sit sat, stand stood, speak spoke spoken, write wrote written,"
    " choose chose chosen, shake shook shaken, tear tore torn, wear wore worn, grow grew grown, freeze froze frozen,"
    " bad worse worst, good better best, little less least",
    "sv": "fot fött, hand händ, tand tänd, natt nätt, bok böck, rot rött, son sön, stad städ, land länd, strand stränd,"
    " rand ränd, brand bränd, tång täng, stång stäng, spång späng, nöt nött, ledamot ledamött, bonde bönd,"
    " man mann män männ, mun munn, mus möss, lus löss, gås gäss, öga ögon, öra öron, bror bröd, mor mödr,"
    " moder mödr, far fäd, fader fäd, dotter döttr, vän vänn, sova sov sömn, ta tog, dricka drack druck, äta åt,"
    " ge gav giv, gå gick, få fick, falla föll, svälja svald svalt, bryta bröt brut, skära skar skur, bita bet,"
    " njuta njöt, stiga steg, sjunka sjönk sjunk, springa sprang sprung, binda band bund, bära bar bur,"
    " ligga låg leg, sitta satt sutt, stå stod, dö dog död, växa vux, lida led, välja vald valt, le log,"
    " liten litet lilla små, gammal gaml äldre äldst, god gott bättre bäst, dålig sämre sämst, stor större störst,"
    " låg lägre lägst, hög högre högst, ung yngre yngst, lång längre längst, tung tyngre tyngst",
}
STEMS = {
    lang: {row.split()[0]: tuple(row.split()[1:]) for row in table.split(",")}
    for lang, table in TABLES.items()
}
ENDS = {
    "en": (
        ("sis", "ses"),
        ("um", "a"),
        ("us", "i"),
        ("rion", "ria"),
        ("ra", "rae"),
        ("y", "i"),
        ("f", "v"),
        ("fe", "v"),
    ),
    "sv": (("um", ""), ("um", "a"), ("at", "ade")),
}
"""What the end of many a word becomes before the plural's ending."""


def others(word: str, lang: str) -> tuple[str, ...]:
    """The other stems of `word`, or of the last part of a compound; none for most words."""
    table = STEMS.get(lang, {})
    found = table.get(word, ())
    if not found and lang == "sv":
        found = tuple(
            word.removesuffix(last) + stem
            for last in table
            if len(last) > 2 and word.endswith(last)
            for stem in table[last]
        )
    changed = (word.removesuffix(end) + new for end, new in ENDS.get(lang, ()) if word.endswith(end))
    return (*found, *changed)
