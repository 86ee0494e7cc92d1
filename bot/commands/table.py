"""Every command, button and question by name: the only place that lists them."""

from __future__ import annotations

from typing import Any

from bot.commands import contact, correct, done, evidence, extending, inviting, joining, letter, own, rollup
from bot.commands import help as helping
from bot.commands.command import ALL, Command, Heard, Prepare, Press
from bot.reply import Reply
from bot.turn import Turn
from models.errors import Refused

OWNERS = frozenset({"owner", "deputy", "head"})
CONTACTS = frozenset({"contact", "admin", "owner", "head", "deputy"})
"""Who may be asked to confirm: contacts of letters, and anybody who gave a part of a task on within the unit."""
DECIDERS = frozenset({"decider", "contact", "leader", "admin"})
ADMINS = frozenset({"admin"})
LEADERS = frozenset({"leader", "admin"})
OVERSEERS = frozenset({"leader", "admin", "contact"})

COMMANDS: dict[str, Command] = {
    "start": Command(joining.start),
    "help": Command(helping.help_text),
    "tasks": Command(own.tasks, in_group=True),
    "done": Command(done.done, in_group=True),
    "received": Command(own.received),
    "withdraw": Command(own.withdraw),
    "extend": Command(extending.extend),
    "snooze": Command(own.snooze),
    "pending": Command(contact.pending),
    "confirm": Command(contact.confirm),
    "return": Command(contact.send_back),
    "approve": Command(extending.approve, DECIDERS),
    "refuse": Command(extending.refuse, DECIDERS),
    "load": Command(letter.load, ADMINS),
    "invite": Command(inviting.invite, ADMINS),
    "overdue": Command(rollup.overdue, LEADERS, prepare=rollup.prepare),
    "report": Command(rollup.report, OVERSEERS, prepare=rollup.prepare),
}


def number(args: list[str], at: int = 0) -> int:
    """An id out of a button's data; anything else is an old or forged button."""
    if not args[at].isdecimal() or len(args[at]) > 18:
        raise Refused("button_old")
    return int(args[at])


PRESSES: dict[str, Press] = {
    "consent": joining.pressed,
    "yes": lambda turn, args: _yes_no(turn, "có"),
    "no": lambda turn, args: _yes_no(turn, "không"),
    "tasks": lambda turn, args: own.task_page(turn, number(args)),
    "unit": lambda turn, args: own.unit_tasks(turn, number(args)),
    "pending": lambda turn, args: contact.pending_page(turn, number(args)),
    "look": lambda turn, args: contact.look(turn, number(args)),
    "done": lambda turn, args: done.pressed(turn, args),
    "received": lambda turn, args: on_items(turn, "received", [number(args)], {}),
    "withdraw": lambda turn, args: on_items(turn, "withdraw", [number(args)], {}),
    "snooze": lambda turn, args: own.snooze_until(turn, number(args), ""),
    "extend": lambda turn, args: extending.extend_one(turn, number(args), ""),
    "confirm": lambda turn, args: contact.confirm_all(turn, [number(args)]),
    "return": lambda turn, args: contact.return_one(turn, number(args), ""),
    "approve": lambda turn, args: extending.approve_one(turn, number(args), ""),
    "refuse": lambda turn, args: extending.refuse_one(turn, number(args), ""),
    "counter": lambda turn, args: extending.ask_counter(turn, number(args)),
    "accept": lambda turn, args: extending.accept(turn, number(args)),
    "decline": lambda turn, args: extending.decline(turn, number(args)),
    "unextend": lambda turn, args: extending.take_back(turn, number(args)),
    "opinion": lambda turn, args: extending.opinion(turn, number(args), args[1]),
    "gather": letter.pressed,
    "d": correct.pressed,
    "clock": correct.clock,
    "period": lambda turn, args: rollup.report(turn),
    "invite": inviting.pressed,
}
"""Button data before the first colon. Each checks the presser's right again."""

PRESS_PREPARES: dict[str, Prepare] = {"clock": correct.set_clock, "period": rollup.prepare_press}

ANSWERS: dict[str, Heard] = {
    "which": done.which,
    "sure": done.sure,
    "evidence": evidence.more,
    "file_for": done.which,
    "reason": contact.reason,
    "extend": extending.more,
    "counter": extending.counter_day,
    "gather": letter.gathered,
    "draft": correct.heard,
}
"""Questions by kind."""


def on_items(turn: Turn, name: str, chosen: list[int], kept: dict[str, Any]) -> Reply:
    """A verb on assignments chosen by press or by number after it was asked which."""
    rest = str(kept.get("rest", ""))
    first = chosen[0]
    match name:
        case "received":
            return own.receive_all(turn, chosen)
        case "withdraw":
            return own.withdraw_all(turn, chosen)
        case "confirm":
            return contact.confirm_all(turn, chosen)
        case "return":
            return contact.return_one(turn, first, rest)
        case "extend":
            return extending.extend_one(turn, first, rest)
        case "snooze":
            return own.snooze_until(turn, first, "")
        case "approve":
            return extending.approve_one(turn, extending.standing_request(turn, first), rest)
        case "refuse":
            return extending.refuse_one(turn, extending.standing_request(turn, first), rest)
        case _:
            raise Refused("button_old")


def with_reason(turn: Turn, name: str, about: int, reason: str) -> Reply:
    """A verb whose reason was asked for."""
    match name:
        case "return":
            return contact.return_one(turn, about, reason)
        case "refuse":
            return extending.refuse_one(turn, about, reason)
        case _:
            raise Refused("button_old")


def _yes_no(turn: Turn, word: str) -> Reply:
    """The buttons under a yes-or-no question: they answer the chat's open question, and nothing when it has lapsed."""
    dialogue = evidence.opened(turn)
    heard = ANSWERS.get(dialogue.kind) if dialogue else None
    reply = heard(turn, dialogue.data, word) if dialogue and heard else None
    if reply is None:
        raise Refused("button_old")
    return reply


__all__ = ["ADMINS", "ALL", "ANSWERS", "COMMANDS", "PRESSES", "PRESS_PREPARES", "on_items", "with_reason"]
