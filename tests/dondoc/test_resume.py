"""Answers a killed bot still owes: said by the next one, but not while another may just be saying them."""

import asyncio
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from sqlmodel import Session

from bot import seen
from bot.channels.base import Incoming
from bot.reply import Reply
from dondoc import listening
from models.clock import utcnow
from models.database import Database
from tests.bot.town import Town


def owed(session: Session, lane: str, text: str, age: timedelta) -> None:
    taken = Incoming(lane=lane, update_id=text, kind="message", chat_id="30", sender_id="30")
    seen.keep_answers(session, seen.mark(session, utcnow() - age, taken), [Reply(text)], "", "")


async def test_an_old_answer_is_said_and_one_that_is_perhaps_under_way_is_not(
    database: Database, tmp_path: Path
) -> None:
    town = Town(database, tmp_path)
    with database.transaction() as session:
        owed(session, town.telegram.lane, "còn nợ", listening.IN_FLIGHT + timedelta(minutes=1))
        owed(session, town.telegram.lane, "đang gửi", timedelta(0))
        owed(session, town.telegram.lane, "đồng hồ chạy trước", -timedelta(minutes=15))
    stop = asyncio.Event()
    task = asyncio.create_task(listening._resume(SimpleNamespace(database=database, context=town.context), stop))  # type: ignore[arg-type]
    async with asyncio.timeout(20):
        while len(town.telegram.said) < 2:
            await asyncio.sleep(0.01)
    stop.set()
    await task
    assert [said.text for said in town.telegram.said] == ["còn nợ", "đồng hồ chạy trước"]
