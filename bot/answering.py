"""Saying the answer: to the one who spoke, and on messages whose matter has changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass

from sqlmodel import Session

from bot import edits, mailing, menus, seen
from bot.channels.base import Button, Channel, ChannelError, Incoming, Outgoing
from bot.context import Context
from bot.outfiles import carried
from bot.reply import Reply, numbered
from bot.shorten import pages
from bot.texts import say_for
from bot.who import person_at
from models.clock import utcnow
from models.database import Database
from models.talk import Seen, Sent

log = logging.getLogger(__name__)

TRIES = 4
FIRST_PAUSE = 1.5
"""Seconds, doubled with each try."""
CLOSED = ("blocked", "gone")
"""Nothing more can be said in this chat."""
LONGEST_WAIT = 30.0
"""Seconds. What the vendor wants later than that is said after the next `resume`."""


@dataclass(slots=True)
class _Due:
    """A reply that is still to be said, how many of its pages have been, and what the vendor took for it."""

    reply: Reply
    pages: int = 0
    taken: int = 0


async def answer(
    db: Database, channel: Channel, context: Context, incoming: Incoming, seen_id: int, replies: list[Reply]
) -> None:
    """Send now; when the vendor does not take it, go on trying aside so that the next update is not held up."""
    touched = tuple(dict.fromkeys(i for reply in replies for i in reply.touched))
    crossed = bool(touched) and await db.read(edits.under_way, touched)
    edited = await edits.rewrite(db, context, touched) if touched else set[tuple[str, str]]()
    if crossed:
        _aside(context, edits.rewrite_later(db, context, touched))
    pressed_is_new = (incoming.lane, incoming.message_id) in edited
    if incoming.kind == "button":
        notice = next((reply.notice for reply in replies if reply.notice), "")
        await acknowledge(channel, incoming, notice)
    due = [_Due(reply) for reply in replies if not (reply.quiet and pressed_is_new)]
    pressed = incoming.message_id if incoming.kind == "button" else ""
    if not await _say(db, channel, context, incoming.chat_id, incoming.thread_id, pressed, seen_id, due):
        _aside(context, _try_again(db, channel, context, incoming, pressed, seen_id, due))


async def answer_kept(db: Database, context: Context, row: Seen) -> None:
    """Send what was kept for an update of the past."""
    channel = context.channels.get(row.lane)
    if channel is None or row.id is None or row.answer is None:
        return
    due = [_Due(reply) for reply in seen.kept_answers(row)]
    await _say(db, channel, context, row.chat_id, row.answer.get("thread_id", ""), "", row.id, due)


async def acknowledge(channel: Channel, incoming: Incoming, notice: str = "") -> None:
    """Stop the button's spinner; a vendor that does not listen is only logged."""
    try:
        await channel.acknowledge(incoming, notice[:190])
    except ChannelError as error:
        log.info("acknowledge failed: %s", error.reason)


async def _say(
    db: Database,
    channel: Channel,
    context: Context,
    chat_id: str,
    thread_id: str,
    pressed: str,
    seen_id: int,
    due: list[_Due],
) -> bool:
    """True when everything was said, or never can be."""
    replies = list(due)
    all_said = await _say_all(db, channel, context, chat_id, thread_id, pressed, seen_id, due)
    taken = sum(one.taken for one in replies)
    for one in replies:
        one.taken = 0
    if all_said:
        await db.write(seen.answered, seen_id, utcnow(), taken)
    elif taken:
        await db.write(seen.spent, seen_id, taken)
    return all_said


async def _say_all(
    db: Database,
    channel: Channel,
    context: Context,
    chat_id: str,
    thread_id: str,
    pressed: str,
    seen_id: int,
    due: list[_Due],
) -> bool:
    while due:
        try:
            await _say_one(db, channel, context, chat_id, thread_id, pressed, due[0])
        except ChannelError as error:
            log.info("answer %d not taken: %s", seen_id, error.reason)
            if not error.permanent and not error.unknown:
                return False
            due[0].taken += int(error.unknown)
            if error.reason in CLOSED:
                break
        due.pop(0)  # said, or perhaps said, or refused for what it says: another try begins with the next
    return True


async def _say_one(
    db: Database, channel: Channel, context: Context, chat_id: str, thread_id: str, pressed: str, due: _Due
) -> None:
    reply = due.reply
    await _say_text(db, channel, context, chat_id, thread_id, pressed, due)
    if reply.menu and not thread_id:
        await menus.offer(db, channel, context, chat_id)
    for person_id in reply.mails:
        await mailing.invite(db, context, person_id)


async def _say_text(
    db: Database, channel: Channel, context: Context, chat_id: str, thread_id: str, pressed: str, due: _Due
) -> None:
    reply = due.reply
    if not reply.text and not reply.files:
        return
    message = await _outgoing(db, channel, context, chat_id, reply)
    if reply.replace and pressed and channel.limits.edits and not message.files:
        try:
            await channel.edit(chat_id, pressed, message)
        except ChannelError as error:
            if not error.permanent:
                raise
        else:
            await db.write(_remember, channel.lane, chat_id, [pressed], reply)
            return
    *before, last = pages(message.text, channel.limits.text_length) or [""]
    for page in before[due.pages :]:
        try:
            await channel.send(chat_id, Outgoing(page), thread_id=thread_id)
        except ChannelError as error:
            if not error.unknown:
                raise
        due.taken += 1
        due.pages += 1  # taken, or perhaps taken: never said twice, and the pages after it are said
    whole = Outgoing(last, message.buttons, message.files, message.picture, message.about)
    ids = await channel.send(chat_id, whole, thread_id=thread_id)
    due.taken += max(1, len(ids))
    await db.write(_remember, channel.lane, chat_id, ids, reply)


async def _outgoing(db: Database, channel: Channel, context: Context, chat_id: str, reply: Reply) -> Outgoing:
    text, files, picture = await carried(db, channel, context, chat_id, reply)
    buttons = reply.buttons
    if buttons and not channel.limits.buttons:
        say = say_for(await db.read(_language, channel.lane, chat_id))
        text, buttons = numbered(text, buttons, say("ask.number")), ()
    return Outgoing(
        text, tuple(tuple(_fit(b) for b in row) for row in buttons), files, picture, (reply.about, reply.about_id)
    )


def _fit(button: Button) -> Button:
    return Button(button.label[:64], button.data)


def _language(session: Session, lane: str, chat_id: str) -> str:
    found = person_at(session, lane, chat_id)
    return found[0].language if found else "vi"


def _remember(session: Session, lane: str, chat_id: str, message_ids: list[str], reply: Reply) -> None:
    """What the message is about, for a reply to it or a press under it."""
    if not reply.about:
        return
    for place, message_id in enumerate(message_ids):
        edits.forget(session, lane, chat_id, message_id)
        session.add(
            Sent(
                lane=lane,
                chat_id=chat_id,
                message_id=message_id,
                subject=reply.about,
                subject_id=reply.about_id,
                data=reply.about_data if place == 0 else {**reply.about_data, "attached": True},
                sent_at=utcnow(),
            )
        )


async def _try_again(
    db: Database,
    channel: Channel,
    context: Context,
    incoming: Incoming,
    pressed: str,
    seen_id: int,
    due: list[_Due],
) -> None:
    for attempt in range(TRIES):
        await asyncio.sleep(min(LONGEST_WAIT, FIRST_PAUSE * 2**attempt))
        if await _say(db, channel, context, incoming.chat_id, incoming.thread_id, pressed, seen_id, due):
            return


def _aside(context: Context, work: Coroutine[None, None, None]) -> None:
    task = asyncio.create_task(work)
    context.tasks.add(task)
    task.add_done_callback(context.tasks.discard)
