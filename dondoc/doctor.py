"""`dondoc doctor`: is everything there, and if not, what to do. Says no secret."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.channels.base import Channel, ChannelError
from dondoc.settings import Settings
from dondoc.terminal import say
from models.clock import utcnow
from models.database import Database
from models.revisions import current_and_head


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `ok` None: not in use, or only a wish."""

    what: str
    ok: bool | None
    sentence: str


async def examine(
    settings: Settings, channels: list[Channel], broker_check: Callable[[], Awaitable[str]]
) -> list[Finding]:
    """Look at everything; a check that hangs counts as failed after 15 seconds."""
    findings = [_data_folder(settings.data_dir), await asyncio.to_thread(check_database, settings)]
    findings.append(await _broker(settings, broker_check))
    findings += [await _channel(channel) for channel in channels]
    if not channels:
        findings.append(
            Finding(
                say("Kênh nhắn tin", "Messengers"),
                None,
                say(
                    "Chưa đặt DONDOC_TELEGRAM_TOKEN hay DONDOC_ZALO_TOKENS: `dondoc run` mở trang dùng thử",
                    "No DONDOC_TELEGRAM_TOKEN or DONDOC_ZALO_TOKENS: `dondoc run` opens the sandbox",
                ),
            )
        )
    findings += [_clock(settings), _public_url(settings), *zalo_listening(settings), *_tools()]
    return findings


def zalo_listening(settings: Settings) -> list[Finding]:
    """Whether Zalo can call us. Polled, what is fetched and lost is lost (channels.md): no way for real people."""
    if not settings.zalo_tokens or settings.all_local:
        return []
    what, secret = say("Zalo: nhận tin", "Zalo: inbound"), settings.zalo_webhook_secret.get_secret_value()
    missing = [] if settings.public_url.startswith("https://") else ["DONDOC_PUBLIC_URL=https://…"]
    missing += [] if secret else ["DONDOC_ZALO_WEBHOOK_SECRET"]
    if not missing:
        return [Finding(what, True, "webhook")]
    names = ", ".join(missing)
    told = say(
        f"đang hỏi tin (polling), tin có thể mất khi chương trình dừng. Đặt {names} để Zalo gọi webhook",
        f"polling: messages can be lost when the program stops. Set {names}, so that Zalo calls the webhook",
    )
    return [Finding(what, False, told)]


def check_database(settings: Settings, *, any_schema: bool = False) -> Finding:
    """Whether the database answers and its schema is the newest (unless `any_schema`). Never names the password."""
    what = say("Cơ sở dữ liệu", "Database")
    where = database_place(settings)
    database = None
    try:
        database = Database(settings.database)
        current, head = current_and_head(database)
    except (SQLAlchemyError, OSError) as error:
        reason = _reason(error)
        return Finding(
            what,
            False,
            say(
                f"Không kết nối được {where}: {reason}. Kiểm tra DONDOC_DATABASE_URL và máy chủ",
                f"Cannot reach {where}: {reason}. Check DONDOC_DATABASE_URL and the server",
            ),
        )
    finally:
        if database is not None:
            database.close()
    if current != head and not any_schema:
        return Finding(
            what,
            False,
            say(
                f"{where}: lược đồ {current or 'trống'}, cần {head}. Chạy: dondoc migrate",
                f"{where}: schema {current or 'empty'}, needs {head}. Run: dondoc migrate",
            ),
        )
    return Finding(what, True, where)


def database_place(settings: Settings) -> str:
    """The database's URL without its password; only the variable's name when it cannot be understood."""
    try:
        return make_url(settings.database).render_as_string(hide_password=True)
    except (SQLAlchemyError, ValueError):
        return "DONDOC_DATABASE_URL"


def _reason(error: Exception) -> str:
    if isinstance(error, ArgumentError):
        return say(
            "địa chỉ không đúng dạng", "the address is malformed"
        )  # its own text repeats the address, password and all
    return (str(getattr(error, "orig", None) or error).strip() or type(error).__name__).splitlines()[0]


async def _broker(settings: Settings, check: Callable[[], Awaitable[str]]) -> Finding:
    what = say("Hàng đợi", "Broker")
    if not settings.broker_url.get_secret_value():
        return Finding(what, True, say("hàng đợi nhúng trong cơ sở dữ liệu", "embedded, in the database"))
    try:
        return Finding(what, True, await asyncio.wait_for(check(), 15))
    except Exception as error:  # whatever the client library raises is told, not thrown
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return Finding(
            what,
            False,
            say(
                f"Không kết nối được RabbitMQ: {reason}. Kiểm tra DONDOC_BROKER_URL và máy chủ",
                f"Cannot reach RabbitMQ: {reason}. Check DONDOC_BROKER_URL and the server",
            ),
        )


CHANNEL_CURES = {
    "token": (
        "mã token không đúng; lấy lại từ @BotFather hoặc Zalo Bot",
        "the token is wrong; get it again from the vendor",
    ),
    "network": (
        "không tới được máy chủ; kiểm tra mạng hoặc đặt DONDOC_PROXY_URL",
        "the vendor is out of reach; check the network or set DONDOC_PROXY_URL",
    ),
}


async def _channel(channel: Channel) -> Finding:
    try:
        await channel.start()
        profile = await asyncio.wait_for(channel.me(), 15)
        return Finding(
            channel.lane, True, f"{profile.name} {'@' + profile.username if profile.username else ''}".strip()
        )
    except (ChannelError, TimeoutError) as error:
        reason = error.reason if isinstance(error, ChannelError) else "network"
        return Finding(channel.lane, False, say(*CHANNEL_CURES.get(reason, (reason, reason))))
    finally:
        await channel.stop()


def _data_folder(folder: Path) -> Finding:
    what = say("Thư mục dữ liệu", "Data folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Finding(what, False, f"{folder}: {error.strerror}. DONDOC_DATA_DIR")
    if not os.access(folder, os.W_OK):
        return Finding(what, False, say(f"{folder}: không ghi được", f"{folder}: not writable") + ". DONDOC_DATA_DIR")
    free = shutil.disk_usage(folder).free // 2**20
    sentence = f"{folder} ({free:,} MiB " + say("còn trống", "free") + ")"
    return Finding(what, free > 500, sentence)


def _clock(settings: Settings) -> Finding:
    what = say("Đồng hồ", "Clock")
    if settings.simulated_clock:
        return Finding(what, None, say("mô phỏng (DONDOC_SIMULATED_CLOCK)", "simulated (DONDOC_SIMULATED_CLOCK)"))
    return Finding(what, utcnow().year >= 2025, f"{utcnow():%Y-%m-%d %H:%M} UTC, {settings.timezone}")


def _public_url(settings: Settings) -> Finding:
    if settings.public_url.startswith("https://"):
        return Finding("DONDOC_PUBLIC_URL", True, settings.public_url)
    needed = bool(settings.zalo_tokens)
    return Finding(
        "DONDOC_PUBLIC_URL",
        False if needed else None,
        say(
            "chưa đặt (https://…): Zalo cần để nhận tin qua webhook và trao đổi tệp",
            "not set (https://…): Zalo needs it for its webhook and for files",
        ),
    )


class Tool(NamedTuple):
    """A program that some letters need, what for, and the Debian packages that bring it."""

    program: str
    use: str
    package: str


def tools() -> tuple[Tool, ...]:
    """Every program the reader may start."""
    return (
        Tool("tesseract", say("đọc bản quét, ảnh", "scans and photos"), "tesseract-ocr tesseract-ocr-vie"),
        Tool("soffice", say("đọc đủ chữ tệp .doc cũ", "old .doc files, whole"), "libreoffice-writer-nogui"),
        Tool("catdoc", say("đọc tệp .doc cũ, có thể sót chữ", "old .doc files, words may be missing"), "catdoc"),
    )


def _tools() -> list[Finding]:
    return [
        Finding(tool.program, True, tool.use)
        if shutil.which(tool.program)
        else Finding(tool.program, None, f"{tool.use}: apt-get install {tool.package}")
        for tool in tools()
    ]
