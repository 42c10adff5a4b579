"""Faults of translations, one file each: its name is the check's, its docstring the manual.

A new check is a new file with `SEVERITY`, `REMEDY` and `check(entry, brief)`, and its case file in
`tests/cases/checks/`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pkgutil import iter_modules

from pipeline import inline, quantities
from pipeline.checks.across import WIDE, Wide
from pipeline.checks.elsewhere import PAGES, Page
from pipeline.model import Brief, Catalog, Entry, Finding, Kind, Phrase, Place, Severity, Term
from pipeline.negation import LANGUAGES as DENYING
from pipeline.negation import count as denials


@dataclass(frozen=True, slots=True)
class Check:
    """One file of the folder."""

    name: str
    severity: Severity
    remedy: Phrase
    manual: str
    faults: Callable[[Entry, Brief], Iterator[Phrase]]
    kinds: frozenset[Kind]
    """The kinds of segments it looks at."""


WORDED = frozenset(Kind) - {Kind.SLUG}


def _load(name: str) -> Check:
    module = import_module(f"{__name__}.{name}")
    kinds = getattr(module, "KINDS", WORDED)
    manual = (module.__doc__ or "").strip()
    return Check(name.replace("_", "-"), module.SEVERITY, module.REMEDY, manual, module.check, kinds)


CHECKS: dict[str, Check] = {
    check.name: check
    for check in (_load(module.name) for module in iter_modules(__path__) if not module.ispkg)
}
ALL = {kind: tuple(check for check in CHECKS.values() if kind in check.kinds) for kind in Kind}
"""Those that look at each kind of segment."""
ERRORS = {
    kind: tuple(check for check in checks if check.severity is Severity.ERROR) for kind, checks in ALL.items()
}
KNOWN: dict[str, Check | Wide | Page] = dict(sorted((CHECKS | WIDE | PAGES).items()))
"""All that has a manual."""


def run(entry: Entry, brief: Brief) -> tuple[Finding, ...]:
    """All faults of a translated entry but those that a translator has accepted, errors first."""
    found = _findings(entry, brief, ALL)
    return tuple(sorted(found, key=lambda finding: finding.severity is Severity.WARNING))


def of_catalogs(
    catalogs: Sequence[tuple[str, Catalog]],
    terms: Sequence[Term] = (),
    *,
    asked: Collection[str] = (),
    alone: bool = False,
) -> Iterator[Finding]:
    """The faults that show only in whole catalogs, each with its article's name.

    Of the checks that run on demand, those in `asked`; with `alone` none that compare catalogs.
    """
    for wide in WIDE.values():
        if (wide.on_demand and wide.name not in asked) or (alone and not wide.alone):
            continue
        for number, entry, message in wide.faults([catalog for _, catalog in catalogs], terms):
            article, catalog = catalogs[number]
            subject = entry or Entry("", comments=catalog.header_comments, place=Place(catalog.path))
            if wide.name not in subject.waivers:
                yield _finding(wide, subject, message, subject.target, (article, catalog.lang))


def errors_of(entry: Entry, brief: Brief) -> tuple[Finding, ...]:
    """The faults for which the entry may not be published."""
    return tuple(_findings(entry, brief, ERRORS))


def manual(name: str) -> str:
    """What `explain` prints: the fault, why it matters, how to mend it."""
    check = KNOWN[name]
    page = f"{check.name} ({check.severity})\n\n{check.manual}\n\nremedy: {check.remedy}"
    if isinstance(check, Page):
        return page
    return f"{page}\nto keep a translation as it is, add the comment: # accept: {check.name} — <reason>"


def diff_meaning(old_source: str, new_source: str, lang: str = "") -> bool:
    """Did figures or a negation change between two versions of a text in `lang`?

    Then a translation of the old one must not be shown for the new one.  Without a language only
    figures in digits are compared, and any negation of a known language.
    """
    old, new = inline.parse(old_source).words, inline.parse(new_source).words
    if any(quantities.differences(old, lang, new, lang)):
        return True
    langs = (lang,) if lang else tuple(DENYING)
    return any(denials(old, each)[0] != denials(new, each)[0] for each in langs)


def _findings(entry: Entry, brief: Brief, checks: Mapping[Kind, tuple[Check, ...]]) -> Iterator[Finding]:
    if not entry.translated or entry.obsolete:
        return
    faults = _of_forms if entry.targets else _of_one
    for check, message, target in faults(entry, brief, checks[brief.kind]):
        if check.name not in entry.waivers:
            yield _finding(check, entry, message, target, (brief.article, brief.target_lang))


def _finding(
    check: Check | Wide, entry: Entry, message: Phrase, target: str, catalog: tuple[str, str]
) -> Finding:
    """`catalog`: the article's name, and the language."""
    return Finding(
        check.name, check.severity, message, entry.place, *catalog, entry.source, target, check.remedy
    )


def _of_one(entry: Entry, brief: Brief, checks: Iterable[Check]) -> Iterator[tuple[Check, Phrase, str]]:
    """The messages, each with its check and the text it is about."""
    for check in checks:
        for message in check.faults(entry, brief):
            yield check, message, entry.target


def _of_forms(entry: Entry, brief: Brief, checks: Iterable[Check]) -> Iterator[tuple[Check, Phrase, str]]:
    """As `_of_one`; each plural form may follow either source."""
    for check in checks:
        for target in entry.targets:
            one = replace(entry, target=target, targets=(), plural="")
            many = replace(one, source=entry.plural or entry.source)
            if any(check.faults(many, brief)):
                yield from _of_one(one, brief, [check])
