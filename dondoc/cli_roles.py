"""The commands that stay running: run, scheduler, consumer, bot, sandbox."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

import typer

from dondoc.terminal import console, fail, say, settings_or_fail

if TYPE_CHECKING:
    from dondoc.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("run")(run)
    app.command("scheduler")(scheduler)
    app.command("consumer")(consumer)
    app.command("bot")(bot)
    app.command("sandbox")(sandbox)


def run(
    demo: bool = typer.Option(False, "--demo", help="Chỉ kể câu chuyện mẫu rồi thoát · tell the sample story and exit"),
) -> None:
    """Chạy tất cả trong một tiến trình · Everything in one process; without a token it opens the sandbox page."""
    from dondoc import run as whole
    from dondoc.story import StoryFailed

    settings = settings_or_fail()
    try:
        _until_done((whole.demo if demo else whole.run)(settings), settings)
    except StoryFailed as error:
        fail(say("Câu chuyện dừng ở bước: ", "The story stopped at: ") + str(error))


def scheduler() -> None:
    """Tính việc đến hạn và chuyển sự kiện · Find what is due and forward it. Any number of processes."""
    from dondoc import roles

    _role(roles.scheduler, ("scheduler", "forwarder"))


def consumer() -> None:
    """Gửi tin · Deliver. Any number of processes; one sends on a token, the others stand by."""
    from dondoc import roles

    _role(roles.consumer, ("consumer",), channels_needed=True)


def bot() -> None:
    """Nhận và trả lời tin · Listen and answer. Any number of processes."""
    from dondoc import roles

    _role(roles.bot, ("bot",), channels_needed=True)


def sandbox(
    addr: str = typer.Option("127.0.0.1:8081", help="HOST:PORT"),
) -> None:
    """Máy chủ thay thế Telegram và Zalo để dùng thử · The stand-in for Telegram and Zalo alone."""
    import asyncio

    from sandbox.app import serve

    host, _, port = addr.rpartition(":")
    if not host or not port.isdigit():
        fail(say("--addr phải có dạng HOST:PORT", "--addr must be HOST:PORT"), 2)
    settings = settings_or_fail()

    def ready(url: str) -> None:
        console.print(say(f"Trang trò chuyện: {url}/", f"Chat page: {url}/"))
        console.print(f"DONDOC_TELEGRAM_API_URL={url}  DONDOC_ZALO_API_URL={url}/zalo", markup=False)

    control = f"http://{settings.http_addr}/sim" if settings.simulated_clock else None
    try:
        asyncio.run(serve(host, int(port), control_url=control, on_ready=ready))
    except KeyboardInterrupt:
        return
    except OSError as error:
        fail(say(f"Không mở được {addr}: ", f"Cannot listen on {addr}: ") + str(error.strerror))


def _role(part: Any, names: tuple[str, ...], *, channels_needed: bool = False) -> None:
    from dondoc import logs, roles
    from dondoc.wiring import build

    settings = settings_or_fail()
    if channels_needed and not (settings.has_channel or settings.smtp_url.get_secret_value()):
        fail(
            say(
                "Chưa có kênh nào: đặt DONDOC_TELEGRAM_TOKEN hoặc DONDOC_ZALO_TOKENS (dùng thử: dondoc run)",
                "No channel: set DONDOC_TELEGRAM_TOKEN or DONDOC_ZALO_TOKENS (to try it out: dondoc run)",
            ),
            2,
        )
    _check_database(settings)
    logs.set_up()
    _until_done(roles.work(build(settings, with_channels=channels_needed), [part], names=names), settings)


def _check_database(settings: Settings) -> None:
    from dondoc.doctor import check_database

    found = check_database(settings)
    if not found.ok:
        fail(found.sentence)


def _until_done(work: Coroutine[Any, Any, None], settings: Settings) -> None:
    """Run it; what a person can mend is a sentence, without a traceback."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import OperationalError

    from dondoc import loop

    try:
        loop.run(work)
    except KeyboardInterrupt:
        return
    except OperationalError as error:
        where = make_url(settings.database).render_as_string(hide_password=True)
        reason = str(error.orig).strip().splitlines()[0]
        fail(say(f"Không kết nối được {where}: {reason}", f"Cannot reach {where}: {reason}"))
    except OSError as error:
        fail(str(error))
