"""What an installed package has beside its code."""

from __future__ import annotations

import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORDS = "locale/sv/LC_MESSAGES/site.po"


def test_a_wheel_brings_templates_and_translations_along(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for inside, path in (
            ("pipeline/_templates/review/base.html", "templates/review/base.html"),
            (f"pipeline/{WORDS}", WORDS),
            ("pipeline/review/sv.po", "pipeline/review/sv.po"),
        ):
            assert inside in names
            assert archive.read(inside) == (ROOT / path).read_bytes()
