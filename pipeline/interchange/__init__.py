"""Catalogs in the files of others' tools: XLIFF 1.2 and 2.0, TMX 1.4, with markup as inline codes.

Written with the standard library; read by translate-toolkit (the extra `exchange`), which knows the
habits of many tools.  States, notes, old sources and who drafted what survive the way there and back.
Entries with plural forms (the templates' words have some) travel as .po only.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.interchange import tmx, xliff
from pipeline.interchange.reading import Offer, read
from pipeline.model import Catalog

__all__ = ["ENDINGS", "WRITERS", "Offer", "read"]

WRITERS: dict[str, Callable[[Catalog, str], str]] = {
    "xliff": xliff.write_1,
    "xliff2": xliff.write_2,
    "tmx": tmx.write,
}
"""Format → how a catalog and its source language become a file's text."""

ENDINGS = {".xlf": "xliff", ".xliff": "xliff", ".tmx": "tmx"}
"""A file name's ending → the format that it is written in, unless another is asked for."""
