"""The button that sets a simulated clock to a letter's day of issue: only in an empty town."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlmodel import Session, select

from bot.turn import Turn
from models.clock import at_local
from models.directives import Directive
from models.load_plan import LoadPlan

STORY_LETTERS = 1
"""What the first start's story loads by itself: a town with nothing else is as good as empty."""


def town_is_empty(session: Session) -> bool:
    """Nobody has loaded a letter of their own yet."""
    return len(session.exec(select(Directive.id).limit(STORY_LETTERS + 1)).all()) <= STORY_LETTERS


def clock_day(turn: Turn, plan: LoadPlan) -> date | None:
    """The day of issue a simulated clock may be set to: only in an empty town, only where nobody real is reminded."""
    issued = plan.reading.issued
    if not turn.context.simulated or turn.context.set_clock is None or issued is None:
        return None
    return issued if abs((turn.today - issued).days) > 30 and town_is_empty(turn.session) else None


def clock_instant(day: date) -> datetime:
    """The morning of a simulated day."""
    return at_local(day, time(8, 5))
