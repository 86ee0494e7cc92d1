"""The shape of a command, of a button and of the answer to a question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.channels.base import Channel, Incoming
from bot.context import Context
from bot.reply import Reply
from bot.turn import Turn
from models.database import Database

Run = Callable[[Turn], Reply]
Press = Callable[[Turn, list[str]], Reply]
Heard = Callable[[Turn, dict[str, Any], str], Reply | None]
"""`(turn, what the question kept, the answer's text)`; None when the text is no answer to it: then it is read anew."""

ALL = frozenset({"all"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What a look at the database told before the slow part."""

    person_id: int
    command: str
    dialogue: str
    language: str
    is_admin: bool
    rest: str = ""
    dialogue_data: dict[str, Any] | None = None
    has_numbers: bool = False
    """Something of this person's own waits: a photo may be evidence."""


Prepare = Callable[[Database, Channel, Context, Incoming, Plan], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Command:
    """`who` may use it: roles of Role, "contact", "decider" or "all"; `shown` in whose help and menu it stands (else `who`).

    `prepare`: its slow part, before the transaction.
    """

    run: Run
    who: frozenset[str] = ALL
    in_group: bool = False
    prepare: Prepare | None = None
    shown: frozenset[str] | None = None

    @property
    def audience(self) -> frozenset[str]:
        """Whose help and menu it stands in."""
        return self.who if self.shown is None else self.shown
