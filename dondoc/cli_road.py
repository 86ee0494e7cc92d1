"""dondoc tick, deliveries, replay: one pass of the scheduler, and what became of messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from dondoc.cli_house import business_now, house
from dondoc.terminal import console, fail, say, settings_or_fail, tell

if TYPE_CHECKING:
    from sqlmodel import Session


def add_to(app: typer.Typer) -> None:
    """Put the commands into the application."""
    app.command()(tick)
    app.command()(deliveries)
    app.command()(replay)


def tick(
    now: str = typer.Option("", help="Như thể là lúc này · as if it were this instant (ISO 8601, else local time)"),
) -> None:
    """Một lượt lập lịch · One scheduler pass: what is due becomes messages in the outbox."""
    from scheduler.tick import tick_all

    settings = settings_or_fail()
    at = _instant(now) if now else None
    with house(settings) as database:
        if at is None:
            with database.reading() as session:
                at = business_now(session, settings)
        raised = tick_all(database, at)
    tell(say(f"Đã lập {raised} bản tin nhắc việc", f"{raised} digests raised"))


def _instant(text: str) -> datetime:
    from models.clock import TIMEZONE

    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        fail(
            say(f"“{text}” không phải thời điểm, ví dụ", f"“{text}” is no instant, for example") + " 2026-12-01T08:00",
            2,
        )
    return at if at.tzinfo else at.replace(tzinfo=TIMEZONE)


def deliveries(
    failed: bool = typer.Option(False, "--failed", help="Không gửi được · given up"),
    ambiguous: bool = typer.Option(False, "--ambiguous", help="Không rõ đã đến chưa · may have arrived twice or not"),
    limit: int = typer.Option(200, min=1, help="Số dòng · lines at most"),
) -> None:
    """Nhật ký gửi tin, mới nhất trước · The delivery log, newest first."""
    if failed and ambiguous:
        fail(say("Chọn một: --failed hoặc --ambiguous", "Choose one of --failed and --ambiguous"), 2)
    with house() as database, database.reading() as session:
        rows = _failures(session, limit) if failed else _log(session, ambiguous, limit)
    if not rows:
        return tell(say("Không có tin nào", "There are none"))
    columns = ("ID", "Loại", "Người nhận", "Kênh", "Kết quả", "Lúc") if say("vi", "en") == "vi" else (
        "ID", "Kind", "Recipient", "Lane", "Outcome", "At"
    )  # fmt: skip
    return show_table(columns, rows)


def _failures(session: Session, limit: int) -> list[tuple[str, ...]]:
    from models.dead_letters import failed

    found = failed(session)[::-1][:limit]
    names = _recipients(session, found)
    return [(str(f.id), f.kind, names[f.person_id, f.unit_id], f.lane, f.reason, _when(f.at)) for f in found]


def _log(session: Session, ambiguous: bool, limit: int) -> list[tuple[str, ...]]:
    from models.dead_letters import deliveries

    found = deliveries(session, ambiguous=ambiguous, limit=limit)
    names = _recipients(session, found)
    rows: list[tuple[str, ...]] = []
    for one in found:
        tries = f" ×{one.tries}" if one.tries > 1 else ""
        unclear = say(" (không rõ {n} lần)", " (unclear {n} times)").format(n=one.ambiguous_times)
        outcome = one.state + tries + (unclear if one.ambiguous_times else "") + (f": {one.error}" if one.error else "")
        rows.append(
            (str(one.event_id), one.kind, names[one.person_id, one.unit_id], one.lane, outcome, _when(one.started_at))
        )
    return rows


def _recipients(session: Session, found: Iterable[Any]) -> dict[tuple[int | None, int | None], str]:
    from models.people import Person
    from models.units import Unit

    names: dict[tuple[int | None, int | None], str] = {}
    for person_id, unit_id in {(one.person_id, one.unit_id) for one in found}:
        row = session.get(Person, person_id) if person_id else session.get(Unit, unit_id)
        names[person_id, unit_id] = row.name if row else "?"
    return names


def _when(at: datetime | None) -> str:
    from models.clock import local

    return f"{local(at):%d/%m %H:%M:%S}" if at else ""


def show_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A table of plain cells: brackets in names are no markup."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for at, name in enumerate(columns):
        table.add_column(name, no_wrap=at == 0)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def replay(
    ids: list[int] = typer.Argument(None, help="ID trong `dondoc deliveries --failed`", metavar="ID…"),
    every: bool = typer.Option(False, "--all", help="Mọi tin không gửi được · every message that was given up"),
) -> None:
    """Gửi lại, sau khi đối chiếu hiện trạng · Send again what failed, after rechecking what is true."""
    from models.dead_letters import failed
    from models.outbox import replay as again

    if bool(ids) == every:
        fail(say("Nêu ID cần gửi lại, hoặc --all", "Give the IDs to send again, or --all"), 2)
    settings = settings_or_fail()
    with house(settings) as database, database.transaction() as session:
        known = {failure.id for failure in failed(session)}
        if unknown := sorted(set(ids or ()) - known):
            shown = ", ".join(map(str, unknown))
            fail(say(f"Không phải tin không gửi được: {shown}", f"No failed message has the ID {shown}"))
        sent = again(session, business_now(session, settings), None if every else ids)
    tell(say(f"{sent} tin sẽ được gửi lại", f"{sent} messages go out again"))
