"""The state of one lane's vendor as its sender sees it, and as everybody else reads it in the database."""

import asyncio
from contextlib import suppress

import structlog

from bot.channels.base import Channel, ChannelError
from consumers import metrics
from consumers.circuit import Circuit
from consumers.policy import Verdict
from models.clock import monotonic, utcnow
from models.database import Database
from models.lanes import close_circuit, open_circuit, open_circuits

log = structlog.get_logger()


class Vendor:
    """Opens the circuit when the vendor fails for everybody, probes it, and closes it again by itself."""

    def __init__(self, database: Database, channel: Channel) -> None:
        self._database = database
        self._channel = channel
        self.circuit = Circuit()

    async def remember(self) -> None:
        """Take over what the sender before us found out: an open circuit is probed before anything is sent."""
        found = (await self._database.read(open_circuits)).get(self._channel.lane)
        if found is not None and self.circuit.open(monotonic(), found.reason):
            self.circuit.probe_at = monotonic()
        metrics.circuit_open.labels(self._channel.lane).set(self.circuit.is_open)

    async def failed(self, chat_id: str, error: ChannelError, verdict: Verdict) -> None:
        """Count a failed send; permanent refusals and rates say nothing against the vendor."""
        now = monotonic()
        if verdict.lane == "shut":
            opened = self.circuit.open(now, error.reason)
        elif verdict.lane == "failing":
            opened = self.circuit.failed(now, chat_id, error.reason, timed_out=error.unknown)
        else:
            self.circuit.succeeded()
            opened = False
        if opened:
            log.error("circuit opened", lane=self._channel.lane, reason=error.reason)
            metrics.circuit_open.labels(self._channel.lane).set(1)
            with suppress(Exception):  # the database is away too: this process knows, and tells it at the next probe
                await self._database.write(open_circuit, self._channel.lane, utcnow(), error.reason)

    async def probe(self, stop: asyncio.Event) -> None:
        """Wait for the time of the next probe (at most a second), then ask the vendor who we are."""
        wait = self.circuit.probe_at - monotonic()
        if wait > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), min(wait, 1.0))
            return
        await self._database.write(open_circuit, self._channel.lane, utcnow(), self.circuit.reason)
        try:
            await self._channel.me()
        except ChannelError as error:
            log.warning("vendor still away", lane=self._channel.lane, reason=error.reason)
            self.circuit.probe_failed(monotonic())
            return
        await self._database.write(close_circuit, self._channel.lane)
        self.circuit.close()
        metrics.circuit_open.labels(self._channel.lane).set(0)
        log.info("circuit closed", lane=self._channel.lane)
