"""The same batches on a Dask cluster (home of distributed, an optional library).

Each worker loads the model from its own disk, once, and says which one it is: answers of another one
are not taken, so that a cluster gives the same drafts as this machine.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline import engines
from pipeline.engines import Engine, Setup
from pipeline.errors import EngineError
from pipeline.lanes import Answers, Batch, Direction, Lane
from pipeline.model import Place

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 20
"""Seconds to wait for the cluster."""

load = lru_cache(maxsize=8)(engines.load)
"""One engine for all batches of a worker."""


def lane(address: str, setup: Setup) -> Lane:
    """Batches go to the cluster whose scheduler is at `address`, as tcp://host:8786."""

    def there(engine: Engine, direction: Direction, batches: Sequence[Batch]) -> Generator[Answers]:
        if not batches:
            return
        with _client(address) as client:
            running = [
                client.submit(_asked, engine.name, direction, setup, batch, pure=False) for batch in batches
            ]
            try:
                for future in running:
                    model, answers = future.result()
                    if model != engine.model:
                        raise _other_model(address, engine.model, model)
                    yield answers
            finally:
                client.cancel(running)

    return there


def _asked(name: str, direction: Direction, setup: Setup, batch: Batch) -> tuple[str, Answers]:
    """Runs on a worker: the model that answers, and its answers."""
    engine = load(name, *direction, setup)
    return (engine.model, batch.asked(engine)) if engine else ("", [])


def _client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise EngineError(
            "clusters are reached through Dask, which is not installed",
            name="no-dask",
            evidence=str(error),
            remedy="install it beside tvilling: python -m pip install distributed",
        ) from error
    try:
        return Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise EngineError(
            "no Dask scheduler answers",
            place=Place(address),
            name="no-cluster",
            evidence=str(error) or type(error).__name__,
            remedy="give the address that `dask scheduler` says, as in: --on tcp://localhost:8786",
        ) from error


def _other_model(address: str, ours: str, theirs: str) -> EngineError:
    return EngineError(
        f"a worker translates with {theirs or 'no model'}, and this machine with {ours}",
        place=Place(address),
        name="other-model",
        remedy="put the same package on all machines: tvilling models install --from FILE",
    )
