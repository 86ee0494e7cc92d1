"""Is every part doing its work? Asked over HTTP by container engines, monitors and `dondoc health`."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dondoc.wiring import House
from models.clock import utcnow
from models.heartbeat import beats


class Health:
    """`troubles` of this process and, with `whole`, of every part seen in the last two days."""

    def __init__(self, house: House, parts: tuple[str, ...]) -> None:
        self._house = house
        self._parts = parts
        self._since = utcnow()

    async def troubles(self, whole: bool = False) -> dict[str, str]:
        """Part → what is wrong; empty when all is well. `parts` are prefixes of the heartbeats this process owes."""
        try:
            seen = await self._house.database.read(beats)
            await self._house.database.read(lambda session: session.connection().execute(text("SELECT 1")).scalar())
        except SQLAlchemyError as error:
            return {"database": type(error).__name__}
        now = utcnow()
        found: dict[str, str] = {}
        fresh = {one.name for one in seen if not one.stopped(now)}
        settled_in = (now - self._since).total_seconds() > 30
        for part in self._parts:
            if settled_in and not any(name == part or name.startswith(f"{part}:") for name in fresh):
                found[part] = "no sign of life"
        if whole:
            found |= {one.name: f"silent since {one.at:%Y-%m-%d %H:%M:%S} UTC" for one in seen if one.stopped(now)}
        if not await self._house.broker.ready(1.0):
            found["broker"] = "not connected"
        return found
