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
    then = utcnow() - age
    seen.keep_answers(session, then, seen.mark(session, then, taken), [Reply(text)], "", "")


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


def test_an_answer_that_took_long_to_find_is_as_old_as_when_it_was_found(database: Database) -> None:
    """Else it would be said by whoever answers for the dead, and once more by the one who has just found it."""
    begun = utcnow() - timedelta(minutes=2)
    taken = Incoming(lane="telegram:1", update_id="1", kind="message", chat_id="30", sender_id="30")
    with database.transaction() as session:
        marked = seen.mark(session, begun, taken)
        seen.keep_answers(session, utcnow(), marked, [Reply("văn bản dài")], "", "")
        assert seen.take_unanswered(session, utcnow(), ["telegram:1"], older_than=listening.IN_FLIGHT) == []
        later = utcnow() + timedelta(seconds=5) + listening.IN_FLIGHT
        assert seen.take_unanswered(session, later, ["telegram:1"], older_than=listening.IN_FLIGHT) == [marked]
