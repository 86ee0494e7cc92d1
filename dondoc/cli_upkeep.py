"""dondoc migrate, doctor, health, audit verify: the installation itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from dondoc.cli_house import house
from dondoc.terminal import console, fail, say, settings_or_fail, tell

if TYPE_CHECKING:
    from dondoc.settings import Settings

HEALTH_SECONDS = 4.0
BROKER_SECONDS = 10.0
BROKER_TROUBLES = {
    "ProbableAuthenticationError": ("sai tên hoặc mật khẩu", "wrong user name or password"),
    "ProbableAccessDeniedError": ("không có quyền vào virtual host này", "no access to this virtual host"),
    "AMQPConnectorException": ("không có máy chủ ở địa chỉ này", "no server at this address"),
    "": ("không có trả lời", "no answer"),
}
audit = typer.Typer(help="Nhật ký kiểm toán · the audit chain.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put the commands into the application."""
    app.command()(migrate)
    app.command()(doctor)
    app.command()(health)
    app.add_typer(audit, name="audit")


def migrate() -> None:
    """Đưa lược đồ cơ sở dữ liệu lên bản mới nhất · Bring the database's schema up to date."""
    settings = settings_or_fail()
    before, after = _migrated(settings)
    if before == after:
        tell(say(f"Lược đồ đã ở bản mới nhất ({after})", f"The schema is up to date already ({after})"))
    else:
        tell(say(f"Lược đồ: {before or 'trống'} → {after}", f"Schema: {before or 'empty'} → {after}"))


def _migrated(settings: Settings) -> tuple[str | None, str | None]:
    from alembic.util.exc import CommandError

    from models.revisions import current_and_head
    from models.schema import migrate

    with house(settings, any_schema=True) as database:
        before, after = current_and_head(database)
        try:
            migrate(database)
        except CommandError:
            fail(
                say(
                    "Cơ sở dữ liệu thuộc phiên bản dondoc mới hơn; cập nhật chương trình trước",
                    "The database belongs to a newer dondoc; upgrade the program first",
                )
            )
    return before, after


def health() -> None:
    """Tiến trình trên máy này còn làm việc không (mã 0/1) · Is the process on this machine at work (exit 0/1)."""
    import http.client
    import json

    settings = settings_or_fail()
    host, port = settings.http_host_port
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (an address to ask, not to bind)
    connection = http.client.HTTPConnection(local, port, timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", "/health")
        answer = json.loads(connection.getresponse().read() or b"{}")
        troubles: dict[str, str] = answer.get("troubles", {})
        ok = answer.get("ok") is True
    except (OSError, ValueError, AttributeError, http.client.HTTPException):
        where = settings.http_addr
        fail(say(f"Không có trả lời ở {where}", f"Nothing answers at {where}") + " (DONDOC_HTTP_ADDR)")
    finally:
        connection.close()
    if not ok:
        fail("\n".join(f"{part}: {trouble}" for part, trouble in troubles.items()) or "not ok")
    tell("ok")


def doctor() -> None:
    """Kiểm tra mọi thứ và nêu cách khắc phục · Check everything and say what to do."""
    import asyncio
    from functools import partial

    from rich.table import Table
    from rich.text import Text

    from dondoc.doctor import examine
    from dondoc.wiring import make_channels

    settings = settings_or_fail()

    async def look():
        return await examine(settings, make_channels(settings), partial(_check_broker, settings))

    findings = asyncio.run(look())
    table = Table(show_header=False, box=None, padding=(0, 1))
    signs = {True: "[green]✓[/]", False: "[bold red]✗[/]", None: "[yellow]–[/]"}
    for finding in findings:
        table.add_row(signs[finding.ok], Text(finding.what), Text(finding.sentence, overflow="fold"))
    console.print(table)
    if any(finding.ok is False for finding in findings):
        raise typer.Exit(1)


async def _check_broker(settings: Settings) -> str:
    """Where the broker is. Raises BrokerError with what is wrong."""
    from urllib.parse import urlsplit

    from broker.base import BrokerError
    from broker.rabbitmq import RabbitBroker

    url = settings.broker_url.get_secret_value()
    broker = RabbitBroker(url)
    await broker.start()
    try:
        if not await broker.ready(BROKER_SECONDS):
            raise BrokerError(say(*BROKER_TROUBLES.get(broker.last_error, (broker.last_error, broker.last_error))))
        parts = urlsplit(url)
        return f"RabbitMQ {parts.hostname}:{parts.port or 5672}{parts.path}"
    finally:
        await broker.close()


@audit.command("verify")
def verify() -> None:
    """Đối chiếu chuỗi nhật ký · Check the chain of hashes from the first entry to the last."""
    from sqlmodel import func, select

    from models.audit import verify
    from models.upkeep import AuditEntry

    with house() as database, database.reading() as session:
        broken = verify(session)
        entries = session.exec(select(func.count()).select_from(AuditEntry)).one()
    if broken is not None:
        fail(
            say(
                f"Nhật ký bị sửa đổi: mục {broken} không còn như khi ghi",
                f"The audit trail has been changed: entry {broken} is not as it was written",
            )
        )
    tell(say(f"Nhật ký nguyên vẹn: {entries} mục", f"The audit trail is whole: {entries} entries"))
