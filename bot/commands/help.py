"""What this person may do, with examples; and the menus of the messenger by role."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from bot.lines import unit_called
from bot.names import NAMES
from bot.reply import Reply
from bot.shorten import line
from bot.texts import Say, say_for
from bot.turn import Turn
from bot.who import standing_of
from models.units import Unit

UNLISTED = ("start", "link")
EXAMPLES = ("done", "extend", "confirm", "return", "load", "people", "report", "urge")
EXAMPLES_MOST = 4
MENU_MOST = 100
"""Commands Telegram shows in a menu."""


def help_text(turn: Turn) -> Reply:
    """Only what this person may do at this moment."""
    from bot.commands.table import COMMANDS

    allowed = [name for name in NAMES if name.key not in UNLISTED and turn.standing.may(COMMANDS[name.key].audience)]
    english = turn.say.language == "en"
    listed = [f"/{name.key if english else name.vi} – {turn.say(f'help.{name.key}')}" for name in allowed]
    roles = role_lines(turn.session, turn.now, turn.me, turn.say)
    head = turn.say("help.head", roles="; ".join(roles) or turn.say("role.none"))
    allowed_keys = {name.key for name in allowed}
    shown = [turn.say(f"example.{key}") for key in EXAMPLES if key in allowed_keys][:EXAMPLES_MOST]
    foot = [turn.say("help.foot", examples=", ".join(shown))] if shown else []
    return Reply("\n".join([head, *listed, *foot]), menu=True)


def role_lines(session: Session, now: datetime, person_id: int, say: Say) -> list[str]:
    """ "đầu mối – Sở Y tế" for every part this person has."""
    standing = standing_of(session, now, person_id)
    wanted = [unit for units in standing.units_by_role.values() for unit in units]
    names = {unit.id: unit_called(unit) for unit in session.exec(select(Unit).where(col(Unit.id).in_(wanted)))}
    lines = [
        f"{say(f'role.{role}')} – {names.get(unit, '')}"
        for role, units in standing.units_by_role.items()
        for unit in units
    ]
    return [*lines, say("role.contact")] if standing.is_contact else lines


def menu_for(roles: Iterable[str], language: str) -> list[tuple[str, str]]:
    """(command, description) for the messenger's menu of somebody with these parts: roles of Role, "contact", "decider"."""
    from bot.commands.table import COMMANDS

    say, parts = say_for(language), set(roles) | {"all"}
    return [
        (name.key if language == "en" else name.vi, line(say(f"help.{name.key}"), 60))
        for name in NAMES
        if name.key not in UNLISTED and COMMANDS[name.key].audience & parts
    ][:MENU_MOST]
