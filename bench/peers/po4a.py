"""po4a: one run for all files and one catalog for all, which is quicker than a catalog for each.

The next revision is merged by GNU msgmerge, which looks for texts that are nearly the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.ground import Ground, prepare
from bench.measure import Command, Step, Work
from bench.peers.peer import Peer, program


def catalogs(ground: Ground) -> Iterator[Step]:
    """Extract, write the translated Markdown whatever its completeness, merge the next revision."""
    folder = ground.folder / "po4a"
    texts = ground.texts(folder / "texts")
    settings = folder / "po4a.cfg"
    lines = ["[po4a_langs] sv", f"[po4a_paths] {folder}/all.pot $lang:{folder}/$lang.po"]
    lines += [
        f'[type: text] {path} $lang:{folder}/$lang/{path.name} opt:"-o markdown -o neverwrap"'
        for path in sorted(texts.iterdir())
    ]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    update: Command = ("po4a", "--no-translations", settings)
    yield Step(Work.EXTRACT, (update,))
    prepare("answer", folder / "sv.po")
    yield Step(Work.MARKDOWN, (("po4a", "--no-update", "--keep", "0", settings),))
    ground.revise(texts)
    yield Step(Work.UPDATE, (update,))


PO4A = Peer("po4a", partial(program, "po4a", "--version"), (catalogs,), "no checks of what is translated")
