"""What limits strangers never swallows a word of somebody linked, however much comes at once after a start."""

import asyncio

from sqlmodel import col, func, select

from bot.channels.base import Incoming
from bot.context import Context
from bot.inbox import handle
from models.talk import Seen
from tests.bot.conftest import Folk


def update(folk: Folk, text: str, n: int) -> Incoming:
    lane = folk.town.telegram.lane
    return Incoming(lane=lane, update_id=str(n), kind="message", chat_id="30", sender_id="30", text=text)


def seen(folk: Folk) -> int:
    with folk.town.db.reading() as session:
        return session.exec(select(func.count(col(Seen.id)))).one()


async def test_a_backlog_that_comes_all_at_once_is_taken_in(folk: Folk) -> None:
    texts = ["xong 1", "rút lại 1"] * 5 + ["xong 1"]
    await asyncio.gather(*(folk.town.takes(update(folk, text, n)) for n, text in enumerate(texts)))
    assert seen(folk) == len(texts)
    assert folk.town.state(folk.task) == "reported"


async def test_what_the_vendor_repeats_after_a_start_leaves_room_for_what_is_new(folk: Folk) -> None:
    town = folk.town
    for n in range(8):
        await town.takes(update(folk, "/viec", n))
    started_anew = Context(lambda: town.now, town.folder, town.context.channels)
    for n in range(8):
        await handle(town.db, town.telegram, update(folk, "/viec", n), started_anew)
    await handle(town.db, town.telegram, update(folk, "xong 1", 8), started_anew)
    assert town.state(folk.task) == "reported"
