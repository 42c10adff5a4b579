"""What the browsers are told: a build has ended, well or not."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

HEARTBEAT = 15.0


@dataclass(slots=True)
class News:
    """What the browsers are told: how many builds there were, and the last one's fault."""

    number: int = 0
    fault: str = ""
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def event(self) -> str:
        """One server-sent event (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
        if self.fault:
            return f"event: fault\ndata: {json.dumps(self.fault)}\n\n"
        return f"event: built\ndata: {os.getpid()}-{self.number}\n\n"

    async def tell(self, fault: str) -> None:
        """A build has ended."""
        async with self.changed:
            if not fault:
                self.number += 1
            self.fault = fault
            self.changed.notify_all()

    async def stream(self) -> AsyncIterator[str]:
        """Events for one browser, until it goes."""
        told = ""
        while True:
            async with self.changed:
                if told == self.event:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self.changed.wait(), HEARTBEAT)
            yield ":\n\n" if told == self.event else self.event
            told = self.event
