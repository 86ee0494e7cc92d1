"""What exists only with a simulated clock: the routes by which the chat page moves it."""

from importlib.resources import files
from pathlib import Path

from starlette.routing import BaseRoute

from dondoc import town
from dondoc.wiring import House
from web.control import control_routes

LETTERS = Path(str(files("dondoc") / "data" / "letters"))


def routes(house: House) -> list[BaseRoute]:
    """The control routes; none where the clock is real."""
    if not house.clock.simulated:
        return []

    async def picture() -> bytes:
        from reports.picture import draw
        from reports.rollup import whole_house

        return await house.database.read(lambda session: draw(whole_house(session, house.now())))

    async def people() -> list[dict[str, object]]:
        return await house.database.write(town.residents, house.now())

    return [control_routes(database=house.database, clock=house.clock, letters=LETTERS, picture=picture, people=people)]
