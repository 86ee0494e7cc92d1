"""A unit's group chat: linked by who speaks for it, told the unit's digest, answered by members; nothing personal in it."""

from __future__ import annotations

import re

from sqlmodel import col, select

from bot.commands.choosing import each
from bot.lines import entry, item, title
from bot.render_digest import open_of
from bot.reply import Reply
from bot.texts import clock_time
from bot.turn import Turn
from bot.who import address_of
from models import life, linking
from models.errors import Refused
from models.events import Delivery
from models.people import Address
from models.talk import Sent
from models.units import Role

CLEAR = ("", "which", "unknown")
"""Doubts that leave a report plain: the numbers are the group list's own, so that none is on a person's list."""
NUMBER = re.compile(r"\d{1,3}")
LOOKED_THROUGH = 50
"""Newest lists of a group among which its topic's own is looked for."""


def said(turn: Turn) -> list[Reply]:
    """Only commands are heard in a group; talk among colleagues is none of the bot's business."""
    intent, incoming = turn.intent, turn.incoming
    if turn.person.consent_at is None:
        return []
    if incoming.kind == "button":
        return [_pressed(turn, incoming.button_data)]
    to_us = turn.quoted is not None or intent.slash
    if incoming.kind != "message" or intent.kind != "order" or not to_us:
        return []
    if intent.name in ("start", "link"):
        return [_link(turn)]
    unit_id = _unit(turn)
    if unit_id is None:
        return [Reply(turn.say("group.unlinked"))] if intent.slash else []
    if intent.name == "tasks":
        return [_tasks(turn, unit_id)]
    if intent.name == "done":
        return [_done(turn, unit_id)]
    return [Reply(turn.say("group.private"))]


def in_private(turn: Turn) -> Reply:
    """ "/noinhom" outside a group."""
    return Reply(turn.say("group.only_there"))


def _link(turn: Turn) -> Reply:
    """A code made for the unit, typed by who speaks for it (models.group_chats)."""
    if not turn.intent.rest:
        raise Refused("code_needed")
    linked = linking.link_by_code(
        turn.session,
        turn.now,
        turn.intent.rest,
        lane=turn.incoming.lane,
        chat_id=turn.incoming.chat_id,
        thread_id=turn.incoming.thread_id,
        linker=turn.me,
    )
    return Reply(turn.say("group.linked", unit=linked.unit.name if linked.unit else ""))


def _unit(turn: Turn) -> int | None:
    address = address_of(turn.session, turn.incoming.lane, turn.incoming.chat_id, turn.incoming.thread_id)
    return address.unit_id if address else None


def _tasks(turn: Turn, unit_id: int) -> Reply:
    found = open_of(turn.session, unit_id)
    if not found:
        return Reply(turn.say("group.none"))
    lines = [item(turn.say, one, n, turn.today) for n, one in enumerate(found, 1)]
    return Reply(
        "\n".join([turn.say("group.tasks"), *lines, turn.say("group.how")]),
        about="group",
        about_id=unit_id,
        about_data={"assignments": [one.id for one in found], "thread": turn.incoming.thread_id},
    )


def _done(turn: Turn, unit_id: int) -> Reply:
    """Numbers are positions in the list replied to, else in the last list of this group."""
    numbers = [int(n) for n in NUMBER.findall(turn.incoming.text.partition(":")[0])][:20]
    listed = turn.quoted.assignments if turn.quoted else _last_list(turn)
    if not listed:
        return _tasks(turn, unit_id)
    if turn.intent.doubt not in CLEAR or turn.intent.every:  # "xong hết trừ 2": the number is what is not done
        return Reply(f"{turn.say('group.not_done')} {turn.say('group.how')}")
    if not numbers and len(listed) == 1:
        numbers = [1]
    if not numbers:
        raise Refused("number_needed")
    if wrong := [n for n in numbers if not 1 <= n <= len(listed)]:
        raise Refused("no_such_number", n=wrong[0])
    return _report(turn, unit_id, [listed[n - 1] for n in numbers])


def _pressed(turn: Turn, data: str) -> Reply:
    name, _, rest = data.partition(":")
    unit_id = _unit(turn)
    if name != "done" or not rest.isdecimal() or unit_id is None:
        raise Refused("button_old")
    return _report(turn, unit_id, [int(rest)])


def _report(turn: Turn, unit_id: int, chosen: list[int]) -> Reply:
    units = turn.standing.units(Role.OWNER, Role.DEPUTY, Role.HEAD)
    if unit_id not in units:
        raise Refused("not_member")

    def one(assignment_id: int) -> str:
        found = entry(turn.session, assignment_id)
        if found.assignment.unit_id != unit_id:
            raise Refused("not_yours")
        made = life.report(turn.session, turn.now, turn.me, assignment_id)
        return turn.say("group.done", title=title(turn.say, found), time=clock_time(made.reported_at))

    return each(turn, chosen, one)


def _last_list(turn: Turn) -> tuple[int, ...]:
    """The last list of this group, in a group with topics of this topic: numbers of another topic mean other tasks."""
    query = select(Sent).where(Sent.lane == turn.incoming.lane, Sent.chat_id == turn.incoming.chat_id)
    lists = query.where(col(Sent.subject).in_(["group", "event"])).order_by(col(Sent.id).desc()).limit(LOOKED_THROUGH)
    for row in turn.session.exec(lists):
        if _topic(turn, row) == turn.incoming.thread_id:
            return tuple(row.data.get("assignments", ()))
    return ()


def _topic(turn: Turn, row: Sent) -> str:
    """The topic a list stands in: an answer notes it down, a reminder went to its address."""
    if row.subject == "group":
        return str(row.data.get("thread", ""))
    went = select(Address.thread_id).join(Delivery, col(Delivery.address_id) == col(Address.id))
    here = went.where(Delivery.event_id == row.subject_id, Delivery.lane == row.lane, Delivery.chat_id == row.chat_id)
    return turn.session.exec(here.limit(1)).first() or ""
