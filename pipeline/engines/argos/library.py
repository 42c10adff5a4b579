"""`argostranslate.package`, imported with care."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from types import ModuleType

from pipeline.errors import EngineError
from pipeline.model import Phrase

FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


def package(cache: Path | None = None) -> ModuleType:
    """`argostranslate.package`.  It makes folders on import: where it cannot, `cache` serves."""
    try:
        return _import()
    except OSError:
        before = {name: os.environ.get(name) for name in FOLDERS}
        os.environ.update(dict.fromkeys(FOLDERS, str((cache or Path(tempfile.mkdtemp())) / "argos")))
        try:
            return _import()
        except OSError as error:
            raise EngineError(
                Phrase("Argos Translate cannot make its folders: {reason}", reason=str(error)),
                name="unwritable-home",
                remedy=Phrase("set {names} to folders you may write to", names=", ".join(FOLDERS)),
            ) from error
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


def _import() -> ModuleType:
    try:
        from argostranslate import package  # makes folders, loads sentencepiece
    except ImportError as error:
        raise EngineError(
            Phrase("Argos Translate is not installed: {reason}", reason=str(error)),
            name="no-argostranslate",
            remedy=Phrase("install with `make build`, or by the two steps in the README"),
        ) from error
    except (AssertionError, KeyError, ValueError) as error:
        raise EngineError(
            Phrase("Argos Translate's own settings cannot be used: {reason}", reason=str(error)),
            name="bad-argos-settings",
            remedy=Phrase("correct the ARGOS_* environment variables or Argos Translate's settings.json"),
        ) from error
    found: ModuleType = package
    return found
