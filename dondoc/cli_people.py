"""dondoc invite: a one-time link code, and the first admin."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from dondoc.cli_house import business_now, house
from dondoc.terminal import fail, say, settings_or_fail, tell

if TYPE_CHECKING:
    from sqlmodel import Session

    from dondoc.settings import Settings
    from models.people import Person


ASK_SECONDS = 5.0


def add_to(app: typer.Typer) -> None:
    """Put the command into the application."""
    app.command()(invite)


def invite(
    person: str = typer.Argument(help="Họ tên hoặc số điện thoại · name or phone number"),
    admin: bool = typer.Option(False, "--admin", help="Làm quản trị; tạo người mới nếu chưa có · make them an admin"),
) -> None:
    """Mã kết nối dùng một lần · Print a one-time link code; with --admin it makes the first admin."""
    settings = settings_or_fail()
    if not person.strip():
        fail(say("Nêu họ tên người được mời", "Give the name of who is invited"), 2)
    with house(settings) as database, database.transaction() as session:
        now = business_now(session, settings)
        code = _admins_code(session, now, person) if admin else _code(session, now, person)
    tell(say(f"Mã kết nối: {code}", f"Link code: {code}"), "bold")
    tell(say("Dùng một lần, trong 14 ngày.", "For one use, within 14 days."))
    for line in _ways(settings, code):
        tell(line)


def _admins_code(session: Session, now: datetime, name: str) -> str:
    from models.linking import first_admin
    from models.register import seed_register

    if made := seed_register(session):  # an admin belongs to a unit, and `dondoc run` begins with this register too
        tell(
            say(
                f"Đã nạp danh mục kèm theo: {made} đơn vị của Bắc Ninh (danh mục riêng: dondoc import units TỆP)",
                f"Loaded the register that comes along: {made} units of Bắc Ninh (your own: dondoc import units FILE)",
            )
        )
    return first_admin(session, now, name)


def _code(session: Session, now: datetime, words: str) -> str:
    from models.linking import invite
    from models.whois import find_people

    found = find_people(session, words)
    if not found:
        fail(
            say(
                f"Không có ai là “{words}” trong danh sách. Nhập danh sách: dondoc import people TỆP; "
                "hoặc thêm --admin để tạo quản trị viên",
                f"Nobody registered is “{words}”. Import people with: dondoc import people FILE; "
                "or add --admin to make an admin",
            )
        )
    exact = [one for one in found if _is_exactly(one, words)]
    chosen = exact if len(exact) == 1 else found
    if len(chosen) > 1:
        shown = "\n".join(f"  {one.name}, {one.title or '…'}, {_masked(one.phone)}" for one in chosen)
        ask = say("Có nhiều người; nêu đủ họ tên hoặc số điện thoại:", "Several people; give the full name or phone:")
        fail(f"{ask}\n{shown}")
    return invite(session, now, person_id=chosen[0].id)


def _is_exactly(person: Person, words: str) -> bool:
    from models.names import fold

    return fold(person.name) == fold(words)


def _masked(phone: str | None) -> str:
    return f"…{phone[-3:]}" if phone else say("không có số", "no phone")


def _ways(settings: Settings, code: str) -> list[str]:
    """How the code is used on the channels that are set."""
    ways: list[str] = []
    if settings.telegram_token.get_secret_value():
        name = _telegram_name(settings)
        ways += [f"Telegram: https://t.me/{name}?start={code}"] if name else []
    if settings.telegram_token.get_secret_value() or not settings.has_channel:
        ways.append(say("Telegram: nhắn cho bot: ", "Telegram: send the bot: ") + f"/start {code}")
    if settings.zalo_tokens:
        ways.append(say("Zalo: nhắn cho bot: ", "Zalo: send the bot: ") + code)
    return ways


def _telegram_name(settings: Settings) -> str:
    """The bot's user name, for a link that carries the code; "" when Telegram does not answer in time."""
    import asyncio

    from bot.channels.base import ChannelError
    from dondoc.wiring import make_channels

    async def ask() -> str:
        channel = next(one for one in make_channels(settings) if one.name == "telegram")
        await channel.start()
        try:
            return (await asyncio.wait_for(channel.me(), ASK_SECONDS)).username
        except (ChannelError, TimeoutError):
            return ""
        finally:
            await channel.stop()

    return asyncio.run(ask())
