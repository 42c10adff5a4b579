"""Read XLIFF 1.x and 2.x and TMX by translate-toolkit: entries as others' tools leave them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

from pipeline.errors import CatalogError, UsageError
from pipeline.interchange.natives import Natives, local
from pipeline.interchange.remarks import TRANSLATOR, with_remarks
from pipeline.interchange.tmx import CONTEXT, OURS, STATE
from pipeline.model import Entry, Finding, Place, Severity, State

DONE_1 = ("final", "signed-off")
DONE_2 = ("final", "reviewed")
ANY = "*all*"
Read = tuple[str, Entry, tuple[str, ...]]
"""A language, an entry into it, and the codes of its target that nothing explains."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Translations into one language."""

    lang: str
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...] = ()
    """Inline codes that nothing in the file explains."""


def read(data: bytes, path: str, languages: tuple[str, str]) -> tuple[Offer, ...]:
    """What a file offers into each of `languages`; an entry not marked as finished there is a draft."""
    store = _store(data, path)
    is_tmx = type(store).__name__ == "tmxfile"
    found: dict[str, list[Entry]] = {lang: [] for lang in languages}
    findings: dict[str, list[Finding]] = {lang: [] for lang in languages}
    for unit in store.units:
        for lang, entry, unknown in (_of_tmx if is_tmx else _of_xliff)(unit, store, path):
            if lang in found:
                found[lang].append(entry)
                findings[lang] += (_unknown_code(tag, lang, entry) for tag in unknown)
    offers = tuple(
        Offer(lang, tuple(entries), tuple(findings[lang])) for lang, entries in found.items() if entries
    )
    if store.units and not offers:
        raise UsageError(
            f"{path}: nothing in it is between {' and '.join(languages)}",
            name="unknown-language",
            remedy="set the file's source and target language to these two",
        )
    return offers


def _unknown_code(tag: str, lang: str, entry: Entry) -> Finding:
    return Finding(
        "unknown-code",
        Severity.WARNING,
        f"nothing in the file says what the code {tag} stands for; it is taken as text",
        entry.place,
        lang=lang,
        source=entry.source,
        target=entry.target,
        remedy="put the code of the source there in the tool that wrote the file, or correct the text here",
    )


def _store(data: bytes, path: str) -> Any:
    try:
        from lxml.etree import LxmlError
        from translate.storage import tmx, xliff, xliff2
    except ImportError as error:
        raise UsageError(
            "XLIFF and TMX files are read by translate-toolkit, which is not installed",
            name="no-translate-toolkit",
            remedy="pip install 'tvilling[exchange]', or: pip install translate-toolkit",
        ) from error
    kinds = (tmx.tmxfile,) if path.lower().endswith(".tmx") else (xliff2.Xliff2File, xliff.xlifffile)
    reasons = []
    for kind in kinds:
        try:
            return kind.parsestring(data)
        except (LxmlError, ValueError, AssertionError, AttributeError, TypeError, StopIteration) as error:
            reasons.append(str(error) or f"its outermost element is not that of {kind.Name}")
    raise CatalogError(
        "this is not an XLIFF or TMX file",
        place=Place(path),
        name="not-exchangeable",
        evidence="\n".join(reasons),
        remedy="export it again from the other tool",
    )


def _of_xliff(unit: Any, store: Any, path: str) -> Iterator[Read]:
    element, target = unit.xmlelement, unit.get_target_dom()
    place = Place(path, element.sourceline or 0)
    if (whole := element.getparent()) is not None and local(whole) == "unit":
        context, said = whole.get("name", ""), "category"
        done = element.get("state") in DONE_2
        lang = store.gettargetlanguage()
    else:
        whole, context, said = element, element.get("resname", ""), "from"
        state = target.get("state") if target is not None else ""
        done = element.get("approved") == "yes" or state in DONE_1
        file = next(node for node in element.iterancestors() if local(node) == "file")
        lang = file.get("target-language")
    notes = [node for node in whole.iter() if local(node) == "note" and node.text]
    heard = [(node.get(said, TRANSLATOR), node.text) for node in notes]
    natives = Natives(
        {node.get("id"): Natives().source(node) for node in whole.iter() if local(node) == "data"}
    )
    source = natives.source(unit.get_source_dom())
    words = natives.target(target) if target is not None else ""
    entry = _finished(Entry(source, words, context, place=place), heard, done=done)
    yield _plain(lang), entry, tuple(natives.unknown)


def _of_tmx(unit: Any, store: Any, path: str) -> Iterator[Read]:
    place = Place(path, unit.xmlelement.sourceline or 0)
    properties = {node.get("type"): node.text or "" for node in unit.xmlelement.iter("prop")}
    heard = [(TRANSLATOR, node.text) for node in unit.xmlelement.iter("note") if node.text]
    heard += [
        (name.removeprefix(OURS), text) for name, text in properties.items() if name and name.startswith(OURS)
    ]
    texts = {
        _plain(_lang(node)): Natives().source(segment)
        for node in unit.getlanguageNodes()
        if (segment := node.find("seg")) is not None
    }
    header = store.document.getroot().find("header")
    from_header = header.get("srclang") if header is not None else ANY
    source_lang = _plain(unit.xmlelement.get("srclang") or from_header)
    done = properties.get(STATE) == State.REVIEWED
    for source, lang in permutations(texts, 2):
        if source_lang in (source, ANY):
            bare = Entry(texts[source], texts[lang], properties.get(CONTEXT, ""), place=place)
            yield lang, _finished(bare, heard, done=done), ()


def _finished(entry: Entry, heard: list[tuple[str, str]], *, done: bool) -> Entry:
    fuzzy = () if done or not entry.target else ("fuzzy",)
    return with_remarks(replace(entry, flags=fuzzy), heard)


def _lang(node: Any) -> str:
    return node.get("{http://www.w3.org/XML/1998/namespace}lang") or node.get("lang") or ""


def _plain(lang: str | None) -> str:
    """`sv` for `sv-SE`: the articles know no countries."""
    return (lang or "").lower().partition("-")[0].partition("_")[0]
