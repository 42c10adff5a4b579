"""Faults that only whole catalogs show, one file each, as the checks of single entries.

A new one is a new file with `SEVERITY`, `REMEDY` and `check(catalogs, terms)`, which yields the number of the
catalog, the entry (None: the header) and a sentence; and its case file in `tests/cases/across/`.  One that
looks at each catalog by itself says `ALONE = True`; every error does, for readers never see what it rejects,
and a build looks again at what has changed only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from pipeline.model import Catalog, Entry, Phrase, Severity, Term

Fault = tuple[int, Entry | None, Phrase]


@dataclass(frozen=True, slots=True)
class Wide:
    """One file of the folder."""

    name: str
    severity: Severity
    remedy: Phrase
    manual: str
    faults: Callable[[Sequence[Catalog], Sequence[Term]], Iterator[Fault]]
    alone: bool
    """Does it look at each catalog by itself?"""
    on_demand: bool
    """Does it run only when somebody asks for it?"""


def _load(name: str) -> Wide:
    module = import_module(f"{__name__}.{name}")
    manual = (module.__doc__ or "").strip()
    return Wide(
        name.replace("_", "-"),
        module.SEVERITY,
        module.REMEDY,
        manual,
        module.check,
        hasattr(module, "ALONE"),
        hasattr(module, "ON_DEMAND"),
    )


WIDE: dict[str, Wide] = {
    each.name: each for each in (_load(module.name) for module in iter_modules(__path__))
}
