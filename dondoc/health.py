"""Is every part doing its work? Asked over HTTP by container engines, monitors and `dondoc health`."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dondoc.wiring import House
from models.clock import utcnow
from models.heartbeat import beats


class Health:
    """`troubles` of the parts this process has: each must be at work here or in a process it stands by for."""

    def __init__(self, house: House, parts: tuple[str, ...]) -> None:
        self._house = house
        self._parts = parts
        self._since = utcnow()

    async def troubles(self) -> dict[str, str]:
        """Part → what is wrong; empty when all is well. Who sends or listens owes a heartbeat for every lane."""
        try:
            seen = await self._house.database.read(beats)
            await self._house.database.read(lambda session: session.connection().execute(text("SELECT 1")).scalar())
        except SQLAlchemyError as error:
            return {"database": type(error).__name__}
        if self._house.database.trouble:  # read it can be, but not written: a full disk
            return {"database": self._house.database.trouble}
        now = utcnow()
        found: dict[str, str] = {}
        fresh = {one.name for one in seen if not one.stopped(now)}
        settled_in = (now - self._since).total_seconds() > 30
        for part in self._owed():
            if settled_in and not any(name == part or name.startswith(f"{part}:") for name in fresh):
                found[part] = "no sign of life"
        if not await self._house.broker.ready(1.0):
            found["broker"] = "not connected"
        return found

    def _owed(self) -> list[str]:
        lanes = {
            "consumer": [channel.lane for channel in self._house.channels],
            "bot": [channel.lane for channel in self._house.channels if channel.name != "email"],
        }
        return [f"{part}:{lane}" if lane else part for part in self._parts for lane in lanes.get(part, [""])]
