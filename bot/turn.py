"""What a command has in its hands while it acts: one update, one person, one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.channels.base import Incoming
from bot.context import Context
from bot.texts import Say
from bot.understand import Intent
from bot.who import Standing
from models.assignments import NumberUse
from models.clock import local_date
from models.errors import Refused
from models.numbers import Item, by_number, listing
from models.people import Address, Person


@dataclass(frozen=True, slots=True)
class Quoted:
    """The bot's message that was replied to, or whose button was pressed."""

    subject: str
    subject_id: int
    data: dict[str, Any]
    assignments: tuple[int, ...] = ()


@dataclass(slots=True)
class Turn:
    """`prepared`: what the command's slow part brought (files fetched, a letter read), made outside the transaction."""

    session: Session
    now: datetime
    incoming: Incoming
    person: Person
    address: Address
    standing: Standing
    say: Say
    context: Context
    intent: Intent
    quoted: Quoted | None = None
    prepared: Any = None
    has_buttons: bool = True
    text_length: int = 4096
    items: list[Item] = field(default_factory=list[Item])
    own_files: list[int] | None = None

    @property
    def me(self) -> int:
        """The person's id."""
        assert self.person.id is not None
        return self.person.id

    @property
    def today(self) -> date:
        """The office's day."""
        return local_date(self.now)

    def refresh_items(self) -> None:
        """Read the person's numbered list again after a verb changed it."""
        self.items = listing(self.session, self.now, self.me)

    def numbered(self, use: NumberUse) -> dict[int, int]:
        """Number → assignment of the open items of one use."""
        return {item.n: item.assignment_id for item in self.items if item.use == use}

    def number_of(self, assignment_id: int, use: NumberUse = NumberUse.ACT) -> int | None:
        """The number this person knows an item by; of a colleague's task the one in the unit's list."""
        uses = (use, NumberUse.ASSIGN) if use == NumberUse.ACT else (use,)
        mine = {item.use: item.n for item in reversed(self.items) if item.assignment_id == assignment_id}
        return next((mine[one] for one in uses if one in mine), None)

    def chosen(self, use: NumberUse) -> list[int]:
        """Assignments the intent's numbers stand for, in order. Raises Refused for a number that is not of this use."""
        mine = self.numbered(use)
        if self.intent.every:
            self._refuse_unknown((n for n in self.intent.excluded if n not in mine), use)
            return [mine[n] for n in self.intent.numbers if n in mine]
        return [self._by_number(n, use) for n in self._named()]

    def _by_number(self, n: int, use: NumberUse) -> int:
        """A head or deputy acts on a colleague's task by its number in the unit's list; the verb asks for the right."""
        item = by_number(self.session, self.now, self.me, n)
        if item.use != use and (use, item.use) != (NumberUse.ACT, NumberUse.ASSIGN):
            raise Refused("wrong_use", n=n, use=item.use)
        return item.assignment_id

    def one(self, use: NumberUse) -> int | None:
        """The one assignment meant, or None when no number was given and it is not plain which."""
        found = self.chosen(use)
        if len(found) > 1:
            raise Refused("one_at_a_time")
        if found:
            return found[0]
        mine = list(self.numbered(use).values())
        return mine[0] if len(mine) == 1 else None

    def _refuse_unknown(self, excluded: Iterable[int], use: NumberUse) -> None:
        """ "tất cả trừ 50": a number that spares nothing may be a slip for one that should be spared; a closed one is not."""
        for n in excluded:
            try:
                by_number(self.session, self.now, self.me, n, use)
            except Refused as why:
                if why.code != "number_closed":
                    raise

    def _named(self) -> Iterable[int]:
        return dict.fromkeys((*self.intent.numbers, *self.intent.named))
