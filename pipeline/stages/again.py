"""Build, and do nothing where nothing has changed: to see that takes little, and loads little of this program."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.stages import layout
from pipeline.stages.ground import Ground
from pipeline.stages.seen import Seen
from pipeline.stages.whole import Made, Whole
from pipeline.store import Store

if TYPE_CHECKING:
    from pipeline.site.proof import Ahead
    from pipeline.stages.make import Progress

NAME = "builds.sqlite"
SELDOM = 50_000
"""How many more objects there must be before garbage is looked for."""


def store(config: Config) -> Store:
    """What earlier builds of the project found out."""
    return Store.open(config.folders.cache / NAME)


def build(
    config: Config,
    store: Store,
    *,
    progress: Progress | None = None,
    ahead: Ahead | None = None,
) -> Made:
    """Bring catalogs and pages in line with the articles."""
    # What earlier builds left in memory is no garbage, and little of what this one makes: nobody need look for it often.
    gc.freeze()
    often = gc.get_threshold()
    gc.set_threshold(SELDOM)
    seen = Seen.of(config.root, store)
    try:
        return _built(Ground(config, seen, store, Whole.of(store)), progress, ahead)
    except BaseException:
        seen.break_off()
        raise
    finally:
        seen.keep(store)
        gc.set_threshold(*often)
        gc.unfreeze()


def _built(ground: Ground, progress: Progress | None, ahead: Ahead | None) -> Made:
    names, catalogs = ground.names(), layout.catalog_files(ground.config)
    content = ground.contents(names, catalogs)
    if ground.last.stands(ground, content):
        return ground.last.made
    from pipeline.stages.make import Make

    make = Make(ground, progress or (lambda _done, _all: None), ahead)
    return make.run(names, catalogs, content)
