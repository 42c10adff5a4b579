"""``python -m training.trial PACKAGE TEXT...``: translate as Argos Translate would.

Unpacks the package into a temporary folder, as installing does, opens it with
``argostranslate.package``, takes the tokenizer it gives, and runs CTranslate2 with the
settings of ``argostranslate.translate`` (which itself would load torch and more). Prints a line per text.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import ctranslate2


def translate(package: Path, texts: Sequence[str], folder: str, beam: int) -> list[str]:
    """Return the translations of ``texts`` by a package, installed into ``folder``."""
    os.environ |= {
        "ARGOS_PACKAGES_DIR": f"{folder}/packages",
        "XDG_DATA_HOME": f"{folder}/data",
        "XDG_CONFIG_HOME": f"{folder}/config",
        "XDG_CACHE_HOME": f"{folder}/cache",
    }
    import argostranslate.package  # reads the environment

    with zipfile.ZipFile(package) as packed:
        packed.extractall(f"{folder}/packages")
    (installed,) = argostranslate.package.get_installed_packages()
    translator = ctranslate2.Translator(str(installed.package_path / "model"))
    results = translator.translate_batch(
        [installed.tokenizer.encode(text) for text in texts],
        beam_size=beam,
        replace_unknowns=True,
        length_penalty=0.2,
    )
    return [installed.tokenizer.decode(result.hypotheses[0]).strip() for result in results]


def main() -> None:
    """Translate the texts of the command line, or the lines of standard input."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--beam", type=int, default=4)
    args = parser.parse_args()
    texts = args.texts or sys.stdin.read().splitlines()
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(translate(args.package, texts, folder, args.beam)))


if __name__ == "__main__":
    main()
