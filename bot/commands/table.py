"""Every command, button and question by name: the only place that lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.commands import (
    amendment,
    contact,
    correct,
    deputy,
    done,
    evidence,
    extending,
    given_up,
    groups,
    inviting,
    joining,
    leadless,
    letter,
    letters_view,
    own,
    passing,
    people,
    privacy,
    recording,
    road,
    rollup,
    settings,
)
from bot.commands import help as helping
from bot.commands.command import ALL, Command, Heard, Prepare, Press
from bot.reply import Reply
from bot.turn import Turn
from models.errors import Refused

OWNERS = frozenset({"owner", "deputy", "head"})
CONTACTS = frozenset({"contact", "admin"})
DECIDERS = frozenset({"decider", "contact", "leader", "admin"})
ADMINS = frozenset({"admin"})
LEADERS = frozenset({"leader", "admin"})
OVERSEERS = frozenset({"leader", "admin", "contact"})

COMMANDS: dict[str, Command] = {
    "start": Command(joining.start),
    "help": Command(helping.help_text),
    "tasks": Command(own.tasks, in_group=True, shown=OWNERS),
    "done": Command(done.done, in_group=True, shown=OWNERS),
    "received": Command(own.received, shown=OWNERS),
    "withdraw": Command(own.withdraw, shown=OWNERS),
    "extend": Command(extending.extend, shown=OWNERS),
    "snooze": Command(own.snooze, shown=OWNERS),
    "pending": Command(contact.pending, shown=CONTACTS),
    "look": Command(contact.look_at, shown=CONTACTS),
    "confirm": Command(contact.confirm, shown=CONTACTS),
    "return": Command(contact.send_back, shown=CONTACTS),
    "deputy": Command(deputy.deputy, CONTACTS),
    "approve": Command(extending.approve, shown=DECIDERS),
    "refuse": Command(extending.refuse, shown=DECIDERS),
    "notours": Command(passing.not_ours, shown=OWNERS),
    "handover": Command(passing.hand_over, shown=OWNERS),
    "record": Command(recording.record, OVERSEERS),
    "urge": Command(recording.urge, OVERSEERS | {"head"}),
    "load": Command(letter.load, ADMINS),
    "directives": Command(letters_view.directives),
    "assign": Command(passing.assign, ADMINS | {"head"}),
    "amend": Command(amendment.amend, ADMINS),
    "leadless": Command(leadless.listing, ADMINS),
    "invite": Command(inviting.invite, ADMINS, prepare=inviting.know_bots),
    "people": Command(people.people, ADMINS),
    "mydata": Command(privacy.my_data),
    "forgetme": Command(privacy.forget_me),
    "settings": Command(settings.settings),
    "deliveries": Command(road.deliveries, ADMINS),
    "replay": Command(road.replay, ADMINS),
    "link": Command(groups.in_private, ADMINS, in_group=True),
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
    "deputy": deputy.pressed,
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
    "reassign": lambda turn, args: passing.ask_unit(turn, number(args)),
    "keepunit": lambda turn, args: passing.keep_unit(turn, number(args)),
    "urge": lambda turn, args: recording.urge_pressed(turn, number(args)),
    "letters": lambda turn, args: letters_view.directive_page(turn, number(args)),
    "letter": lambda turn, args: letters_view.show(turn, number(args)),
    "undo": lambda turn, args: letters_view.undo(turn, number(args)),
    "amend": amendment.pressed,
    "leadless": leadless.pressed,
    "person": lambda turn, args: people.card(turn, number(args)),
    "unlink": lambda turn, args: people.unlink(turn, number(args)),
    "phone": lambda turn, args: people.ask_phone(turn, number(args)),
    "replace": lambda turn, args: people.ask_replace(turn, number(args)),
    "set": settings.pressed,
    "replay": road.pressed,
    "forget": privacy.pressed,
    "handover": lambda turn, args: passing.hand_over_one(turn, number(args), ""),
    "notours": lambda turn, args: passing.not_ours_one(turn, number(args), ""),
}
"""Button data before the first colon. Each checks the presser's right again."""

PRESS_PREPARES: dict[str, Prepare] = {
    "clock": correct.set_clock,
    "period": rollup.prepare_press,
    "invite": inviting.know_bots,
}

ANSWERS: dict[str, Heard] = {
    "which": done.which,
    "sure": done.sure,
    "evidence": evidence.more,
    "file_for": evidence.which,
    "reason": contact.reason,
    "extend": extending.more,
    "counter": extending.counter_day,
    "gather": letter.gathered,
    "draft": correct.heard,
    "amend": amendment.heard,
    "leadless": leadless.heard,
    "settings": settings.heard,
    "replace": people.heard,
    "phone": people.phone_heard,
}
"""Questions by kind."""

BACK: dict[str, Callable[[Turn, dict[str, Any]], Reply]] = {"draft": correct.back, "gather": given_up.back}
"""Where "thôi" leads to, of questions that were asked from a page."""


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
        case "handover":
            return passing.hand_over_one(turn, first, rest)
        case "notours":
            return passing.not_ours_one(turn, first, rest)
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
        case "opinion":
            return extending.opinion(turn, about, "0", reason)
        case "handover":
            return passing.hand_over_one(turn, about, reason)
        case "notours":
            return passing.not_ours_one(turn, about, reason)
        case "assign":
            return passing.assign_one(turn, about, reason)
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


__all__ = ["ADMINS", "ALL", "ANSWERS", "BACK", "COMMANDS", "PRESSES", "PRESS_PREPARES", "on_items", "with_reason"]
