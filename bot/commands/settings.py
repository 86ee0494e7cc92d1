"""Settings: everybody's own (language, which channel first); the ladder and rules of an issuer for admins."""

from __future__ import annotations

from typing import Any

from bot.channels.base import Button
from bot.commands.evidence import opened
from bot.commands.finding import one_unit
from bot.ladder_words import hours_of, steps_of
from bot.reply import Question, Reply, rows
from bot.shorten import line
from bot.texts import Say, say_for
from bot.turn import Turn
from models import addresses, audit, settings_store
from models.aiming import aim_again
from models.assignments import Audience
from models.errors import Refused
from models.following import ladder_of
from models.ladder import Ladder, LadderError, ladder_from_json
from models.rights import is_admin
from models.units import Unit


def settings(turn: Turn) -> Reply:
    """The person's own; an admin sees the house's too, or with a name that issuer's."""
    words = turn.intent.rest.strip()
    if words and is_admin(turn.session, turn.now, turn.me):
        return house(turn, one_unit(turn, words).id or 0)
    other = "en" if turn.say.language == "vi" else "vi"
    buttons = [Button(turn.say(f"button.language_{other}"), f"set:language:{other}")]
    usable = addresses.usable(turn.session, turn.me)
    names = ", ".join(turn.say(f"channel.{address.channel}") for address in usable)
    if len(usable) > 1:
        buttons += [
            Button(turn.say("button.first", channel=turn.say(f"channel.{address.channel}")), f"set:first:{address.id}")
            for address in usable[1:]
        ]
    if is_admin(turn.session, turn.now, turn.me):
        buttons.append(Button(turn.say("button.house"), "set:house:0"))
    return Reply(turn.say("settings.own", channels=names), rows(*buttons))


def pressed(turn: Turn, args: list[str]) -> Reply:
    """ "set:<what>:<value>[:<unit>]"."""
    what, value = args[0], args[1]
    if what == "language":
        turn.person.language = "en" if value == "en" else "vi"
        turn.session.add(turn.person)
        turn.say = say_for(turn.person.language, turn.say.you)
        return Reply(turn.say("settings.language"), replace=True, menu=True)
    if what == "first":
        addresses.reorder(turn.session, turn.me, [int(value)])
        return Reply(turn.say("settings.first"), replace=True)
    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_admin")
    scope = int(args[2]) if len(args) > 2 else int(value) if what == "house" else 0
    if what in ("steps", "hours"):
        return Reply(turn.say(f"settings.ask_{what}"), question=Question("settings", {"what": what, "unit": scope}))
    if what == "decider":
        _write(turn, settings_store.DECIDER, "contact" if value == "contact" else "leader", scope)
    elif what == "rolls":
        _write(turn, settings_store.ROLLS_FORWARD, value == "1", scope)
    elif what == "default":
        _write(turn, settings_store.LADDER, None, scope)
    elif what != "house":
        raise Refused("button_old")
    return house(turn, scope, replace=True)


def heard(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The steps or the hours as an admin types them."""
    if not text.strip():
        return None
    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_admin")
    unit = int(kept["unit"])
    whole = ladder_of(turn.session, unit or None).to_json()
    whole = steps_of(text, whole) if kept["what"] == "steps" else whole | {"hours": hours_of(text)}
    try:
        ladder = ladder_from_json(whole)
    except LadderError as wrong:
        raise Refused("ladder_wrong", why=line("; ".join(_said(turn, one) for one in wrong.problems), 300)) from wrong
    _write(turn, settings_store.LADDER, ladder.to_json(), unit)
    opened(turn, close=True)
    return house(turn, unit)


def _said(turn: Turn, problem: str) -> str:
    """A problem ("steps 2: … · …") in the reader's language, without where it stands in the JSON."""
    vi, _, en = problem.partition(": ")[2].partition(" · ")
    return en if turn.say.language == "en" and en else vi


def house(turn: Turn, unit_id: int, *, replace: bool = False) -> Reply:
    """The ladder and rules in words, with buttons to change them."""
    say, unit = turn.say, turn.session.get(Unit, unit_id) if unit_id else None
    ladder = ladder_of(turn.session, unit_id or None)
    decider = settings_store.extension_decider(turn.session, unit_id or None)
    rolls = settings_store.rolls_forward(turn.session, unit_id or None)
    lines = [
        say("settings.head", whose=line(unit.name, 80) if unit else say("settings.house")),
        *ladder_lines(say, ladder),
        say("settings.decider", who=say(f"settings.decider_{decider}")),
        say("settings.rolls_yes" if rolls else "settings.rolls_no"),
    ]
    other = "contact" if decider == "leader" else "leader"
    buttons = [
        Button(say("button.steps"), f"set:steps:-:{unit_id}"),
        Button(say("button.hours"), f"set:hours:-:{unit_id}"),
        Button(say(f"button.decider_{other}"), f"set:decider:{other}:{unit_id}"),
        Button(say("button.rolls_no" if rolls else "button.rolls_yes"), f"set:rolls:{0 if rolls else 1}:{unit_id}"),
        Button(say("button.ladder_default"), f"set:default:-:{unit_id}"),
    ]
    return Reply("\n".join(lines), rows(*buttons), replace=replace)


def ladder_lines(say: Say, ladder: Ladder) -> list[str]:
    """Each step on a line: when, and who is told."""

    def names(who: tuple[Audience, ...]) -> str:
        return ", ".join(say(f"audience.{one}") for one in who) or say("settings.nobody")

    steps = [
        say(
            "settings.before" if rung.days < 0 else "settings.after" if rung.days else "settings.on_day",
            n=abs(rung.days),
            who=names(rung.audience),
        )
        for rung in ladder.rungs
    ]
    hours = ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in ladder.hours)
    return [
        say("settings.new", who=names(ladder.new)),
        *steps,
        say("settings.weekly", who=names(ladder.weekly)),
        say("settings.review", who=names(ladder.review)),
        say("settings.hours", hours=hours),
    ]


def _write(turn: Turn, name: str, value: Any, unit_id: int) -> None:
    settings_store.write(turn.session, name, value, settings_store.scope_of(unit_id or None))
    if name == settings_store.LADDER:
        turn.session.info.pop("ladders", None)
        turn.session.info.pop("calendar", None)  # the hours are among them
        aim_again(turn.session, unit_id or None)  # the scheduler works out when each open task is reminded next
    audit.record(
        turn.session,
        turn.now,
        actor_id=turn.me,
        action="setting",
        subject="unit" if unit_id else "house",
        subject_id=unit_id or None,
        detail={"name": name, "value": value},
    )
