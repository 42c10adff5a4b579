"""What the browsers are told: how the site now is, or what is wrong with it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

from pipeline.site import Proof

HEARTBEAT = 15.0


@dataclass(slots=True)
class News:
    """What the browsers are told: the hash of the site, so that they know it again; or a fault."""

    proof: Proof = field(default_factory=lambda: Proof(""))
    fault: str = ""
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def event(self) -> str:
        """One server-sent event (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
        if self.fault:
            return f"event: fault\ndata: {json.dumps(self.fault)}\n\n"
        return f"event: built\ndata: {self.proof.key}\n\n"

    async def tell(self, proof: Proof | None, fault: str = "") -> None:
        """The site is as `proof` has it; None: as it was."""
        async with self.changed:
            self.proof, self.fault = proof or self.proof, fault
            self.changed.notify_all()

    async def stream(self) -> AsyncIterator[str]:
        """Events for one browser, until it goes."""
        told = ""
        while True:
            async with self.changed:
                if told == self.event:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self.changed.wait(), HEARTBEAT)
                event = self.event
            yield ":\n\n" if told == event else event
            told = event
