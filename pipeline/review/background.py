"""The checks of a large project, done between two requests instead of before the first one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from pipeline.review.session import Session

SLICE, PAUSE = 0.02, 0.002
"""Seconds of work, and of rest for whoever waits for an answer."""


@dataclass
class Background:
    """Runs in the server's own thread, a little at a time."""

    session: Session
    _task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """There may be something to check."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while not self.session.check_for(SLICE):
            await asyncio.sleep(PAUSE)
