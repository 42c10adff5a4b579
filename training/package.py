"""``python -m training.package``: a CTranslate2 model and its pieces as an Argos package."""

from __future__ import annotations

import argparse
import json
import zipfile
from pathlib import Path

NAMES = {"en": "English", "sv": "Swedish"}
LICENCE = "MIT; the texts it learnt from have licences of their own, see README.md"
STAMP = (1980, 1, 1, 0, 0, 0)


def package(model: Path, pieces: Path, out: Path, version: str, readme: str = "") -> Path:
    """Write ``out/translate-<from>_<to>-<version>.argosmodel``; return its path.

    The folder of ``model`` is named for its languages (``en_sv``). Equal models make
    equal packages, byte for byte.
    """
    source, target = model.name.split("_")
    name = f"translate-{source}_{target}-{version.replace('.', '_')}"
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "licence": LICENCE,
    }
    files = {f"model/{path.name}": path.read_bytes() for path in sorted(model.iterdir())}
    files["sentencepiece.model"] = pieces.read_bytes()
    files["metadata.json"] = json.dumps(metadata, indent=1).encode()
    if readme:
        files["README.md"] = readme.encode()
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{name}.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, content in sorted(files.items()):
            info = zipfile.ZipInfo(f"{name}/{member}", STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, content)
    return path


def main() -> None:
    """Package models."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("pieces", type=Path)
    parser.add_argument("models", type=Path, nargs="+", help="folders en_sv, sv_en")
    parser.add_argument("--version", default="0.1")
    parser.add_argument("--readme", type=Path, help="a text to put into the packages")
    args = parser.parse_args()
    readme = args.readme.read_text("utf-8") if args.readme else ""
    for model in args.models:
        path = package(model, args.pieces, args.out, args.version, readme)
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
