"""What the chat page of the sandbox may do to this installation: move its clock, offer sample letters, show the picture.

Mounted only with a simulated clock, which cannot stand beside a real channel: nobody real is ever reminded of another day.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from models.business_clock import BusinessClock
from models.clock import local, utcnow
from models.database import Database
from web.upcoming import Upcoming, upcoming

Picture = Callable[[], Awaitable[bytes]]
PeopleList = Callable[[], Awaitable[list[dict[str, Any]]]]
JUST_AFTER = timedelta(seconds=1)
FURTHEST = timedelta(days=366 * 3)


def control_routes(
    *, database: Database, clock: BusinessClock, letters: Path, picture: Picture, people: PeopleList
) -> Mount:
    """Routes under /sim. Raises PermissionError when the clock is real."""
    if not clock.simulated:
        raise PermissionError("the control routes exist only with a simulated clock")

    async def show_clock(_request: Request) -> Response:
        return JSONResponse(await _clock_state(database, clock))

    async def move_clock(request: Request) -> Response:
        wanted: Any = await request.json()
        target = await _target(database, clock, wanted)
        if isinstance(target, str):
            return JSONResponse({"error": target}, status_code=400)
        await clock.move_to(target)
        return JSONResponse(await _clock_state(database, clock))

    def list_letters(_request: Request) -> Response:
        return JSONResponse([_letter_card(path) for path in sorted(letters.glob("*.txt"))])

    def one_letter(request: Request) -> Response:
        names = {path.stem: path for path in letters.glob("*.txt")}
        path = names.get(request.path_params["slug"])
        if path is None:
            return PlainTextResponse("no such letter", status_code=404)
        return PlainTextResponse(path.read_text(encoding="utf-8"))

    async def draw(_request: Request) -> Response:
        return Response(await picture(), media_type="image/png", headers={"Cache-Control": "no-store"})

    async def list_people(_request: Request) -> Response:
        return JSONResponse(await people())

    async def state(_request: Request) -> Response:
        return JSONResponse(await database.read(_state))

    return Mount(
        "/sim",
        routes=[
            Route("/clock", show_clock),
            Route("/clock", move_clock, methods=["POST"]),
            Route("/letters", list_letters),
            Route("/letters/{slug}", one_letter),
            Route("/picture.png", draw),
            Route("/people", list_people),
            Route("/state", state),
        ],
    )


async def _clock_state(database: Database, clock: BusinessClock) -> dict[str, Any]:
    now = clock.now()
    return {
        "now": local(now).isoformat(timespec="seconds"),
        "offset_seconds": clock.offset.total_seconds(),
        "next": [_card(one) for one in await database.read(upcoming, now)],
    }


def _card(one: Upcoming) -> dict[str, Any]:
    return {**asdict(one), "at": local(one.at).isoformat(timespec="minutes")}


async def _target(database: Database, clock: BusinessClock, wanted: Any) -> datetime | str:
    """The instant asked for, or the sentence why not."""
    now = clock.now()
    if not isinstance(wanted, dict):
        return "expected an object with to, advance_seconds or to_next"
    if wanted.get("to_next"):
        coming = await database.read(upcoming, now)
        return coming[0].at + JUST_AFTER if coming else "không còn lần nhắc nào · nothing more is due"
    try:
        if "to" in wanted:
            target = datetime.fromisoformat(str(wanted["to"]))
        else:
            target = now + timedelta(seconds=float(wanted["advance_seconds"]))
    except (KeyError, ValueError, OverflowError):
        return "thời điểm không hợp lệ · not a time"
    if target.tzinfo is None:
        target = target.replace(tzinfo=local(now).tzinfo)
    if abs(target - utcnow()) > FURTHEST * 6:
        return "quá xa · too far away"
    return target


@cache
def _letter_card(path: Path) -> dict[str, str]:
    """What the reader says of the letter's heading: samples never change while we run."""
    from letters import read

    reading = read(path.read_text(encoding="utf-8"))
    return {
        "slug": path.stem,
        "title": reading.subject or path.stem,
        "file": path.name,
        "number": reading.number or "",
        "issued": reading.date or "",
    }


def _state(session: Session) -> dict[str, Any]:
    from sqlalchemy import func
    from sqlmodel import col, select

    from models.assignments import Assignment
    from models.directives import Directive

    counts = session.exec(select(Assignment.state, func.count()).group_by(Assignment.state)).all()
    letters = session.exec(select(Directive).order_by(col(Directive.id).desc()).limit(20)).all()
    return {
        "counts": {str(state): number for state, number in counts},
        "directives": [{"id": one.id, "number": one.number, "subject": one.subject} for one in letters],
    }
