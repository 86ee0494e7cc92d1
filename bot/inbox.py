"""One update from beginning to end: seen once, done once, answered after the commit.

Slow things (fetching a file, reading a letter) happen between a look at the database and the transaction, never
inside it. The polling offset and the webhook's 200 wait for `handle` to return.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot import answering, menus, router, seen
from bot.channels.base import Channel, Incoming
from bot.context import Context
from bot.reply import Reply
from models.clock import utcnow
from models.database import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What the transaction left to say, or that another took the update."""

    seen_id: int
    replies: list[Reply]


async def handle(db: Database, channel: Channel, incoming: Incoming, context: Context) -> bool:
    """Take one update in. Returns when its effects are committed and its answer is sent or kept for another try.

    False: the sender says too much at once, and this was not taken in.
    Raises only what the database raises: then nothing happened and the update comes again.
    """
    sender = f"{incoming.lane}:{incoming.sender_id or incoming.chat_id}"
    async with context.locks.hold(f"{incoming.lane}:{incoming.chat_id}"):
        # Not before our turn: of several at once the first finds out whether it is somebody we know.
        if not context.flood.passes(sender):
            return False
        plan = await db.read(router.look, context, channel, incoming)
        if plan.known:
            context.flood.know(sender)
        if plan.seen:
            context.flood.excuse(sender)
            await _again(db, channel, incoming, context)
            return True
        prepared = await router.prepare(db, channel, context, incoming, plan)
        try:
            taken = await db.write(_act, context, channel, incoming, prepared)
        except IntegrityError:
            if not await db.read(_is_seen, incoming):
                raise
            return True  # another process took the same update in the meantime
        await answering.answer(db, channel, context, incoming, taken.seen_id, taken.replies)
    return True


async def resume(db: Database, context: Context, *, older_than: timedelta = timedelta()) -> int:
    """Answer what was committed but not answered (a bot killed in between); gives how many. At first also: menus."""
    for lane, channel in context.channels.items():
        if lane not in context.menus:
            context.menus.add(lane)
            await menus.offer_to_all(channel)
    rows = await db.write(
        lambda session: seen.take_unanswered(session, utcnow(), list(context.channels), older_than=older_than)
    )
    for row in rows:
        assert row.id is not None
        await answering.answer_kept(db, context, row)
    return len(rows)


def _act(session: Session, context: Context, channel: Channel, incoming: Incoming, prepared: router.Prepared) -> _Taken:
    """The one transaction: mark, effects, answer."""
    marked = seen.mark(session, utcnow(), incoming)
    replies = router.act(session, context, channel, incoming, prepared)
    seen.keep_answers(session, utcnow(), marked, replies, incoming.thread_id, incoming.message_id)
    assert marked.id is not None
    return _Taken(marked.id, replies)


async def _again(db: Database, channel: Channel, incoming: Incoming, context: Context) -> None:
    """The vendor told us twice: answer if that is still owed, change nothing."""
    rows = await db.write(
        lambda session: seen.take_unanswered(session, utcnow(), [incoming.lane], older_than=timedelta(seconds=30))
    )
    for row in rows:
        await answering.answer_kept(db, context, row)
    if incoming.kind == "button":
        await answering.acknowledge(channel, incoming)


def _is_seen(session: Session, incoming: Incoming) -> bool:
    return seen.seen(session, incoming) is not None
