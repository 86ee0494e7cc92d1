"""How long a caller may take: who opens connections and asks nothing, or a byte at a time, gets none of ours for long.

uvicorn waits without end for a request's head. A few hundred such connections would use up the process's file
descriptors, and with them its way to the database and the messengers.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""From opening a connection, or from the answer before, to a whole request head."""
BODY_SECONDS = 20.0
"""For the body of a webhook's call: a few KiB."""
UPLOAD_SECONDS = 900.0
"""For files over a phone's slow line."""
MOST_CONNECTIONS = 400
"""At once; vendors use at most a hundred, and the usual limit of open files is 1,024."""


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP with an end to waiting."""

    _watching: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
        else:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is watched any more."""
        if self._watching is not None:
            self._watching.cancel()
        super().connection_lost(exc)

    def _watch(self) -> None:
        self._watching = self.loop.call_later(HEAD_SECONDS, self._look, self.cycle)

    def _look(self, before: Any) -> None:
        """Still the same request as last time, and that one answered: nothing whole has come since."""
        cycle: Any = self.cycle  # None before the first request
        asking = cycle is not None and not cycle.response_complete
        if not asking and cycle is before:
            self.transport.abort()
        else:
            self._watch()
