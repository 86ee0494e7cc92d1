"""What every renderer looks at: the event, who reads it, and how their channel can show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlmodel import Session

from bot.channels.base import Button, File, Outgoing
from bot.known import known
from bot.lines import Entry, entries, person_name
from bot.reply import Rows
from bot.texts import Say, say_for
from bot.who import say_to
from models.addresses import EMAIL
from models.assignments import NumberUse
from models.clock import local_date
from models.events import Event
from models.numbers import listing
from models.people import Person

WITHOUT_BUTTONS = frozenset({"zalo", EMAIL})
"""Channels whose messages end with the words to answer instead of buttons."""


class Recipient(Protocol):
    """Where a message goes, as far as its words depend on it: an Address, or what the road knows of one."""

    @property
    def channel(self) -> str: ...
    @property
    def person_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Scene:
    """`listed`: the assignments a message that is being rewritten listed; None for a new one."""

    session: Session
    event: Event
    address: Recipient
    now: datetime
    say: Say
    person: Person | None
    numbers: dict[tuple[int, str], int]
    listed: frozenset[int] | None = None

    @property
    def keep(self) -> bool:
        """The message is being rewritten: what is closed stays in it, with its outcome."""
        return self.listed is not None

    @property
    def data(self) -> dict[str, Any]:
        """The event's ids."""
        return self.event.data

    @property
    def today(self) -> date:
        """The office's day."""
        return local_date(self.now)

    @property
    def has_buttons(self) -> bool:
        """Whether the reader can press."""
        return self.address.channel not in WITHOUT_BUTTONS

    def number(self, assignment_id: int, use: NumberUse = NumberUse.ACT) -> int | None:
        """The reader's short number of an item."""
        return self.numbers.get((assignment_id, str(use)))

    def entry(self, assignment_id: int) -> Entry | None:
        """The assignment with its task and letter."""
        return next(iter(entries(self.session, [assignment_id])), None)

    def name(self, person_id: int | None) -> str:
        """Whoever did it, for a sentence."""
        return person_name(self.session, person_id) or self.say("nobody")

    def message(
        self,
        text: str,
        buttons: Rows = (),
        *,
        files: tuple[File, ...] = (),
        picture: File | None = None,
        items: Iterable[Entry] = (),
    ) -> Outgoing:
        """The Outgoing, its matter noted; `items` in the order they are listed."""
        assert self.event.id is not None
        shown = buttons if self.has_buttons else ()
        listed = tuple(one.id for one in items)
        if self.address.channel == EMAIL:  # nobody reads what comes back: an answer by mail would be lost
            text = f"{text}\n\n{self.say('mail.foot')}"
        return Outgoing(text, shown, files, picture, ("event", self.event.id), listed)

    def button(self, key: str, data: str, **values: Any) -> Button:
        """One button by its text key."""
        return Button(self.say(key, **values), data)


def scene_of(
    session: Session, event: Event, address: Recipient, now: datetime, listed: frozenset[int] | None = None
) -> Scene | None:
    """None for a person who was erased or has not consented."""
    if address.person_id is None:
        return Scene(session, event, address, now, say_for("vi"), None, {}, listed)
    person = session.get(Person, address.person_id)
    if person is None or person.erased_at is not None or person.id is None:
        return None
    if person.consent_at is None:
        return None
    loaded = known(session)
    if loaded is not None and person.id in loaded.people:
        numbers = loaded.numbers[person.id]
    else:
        numbers = {(item.assignment_id, str(item.use)): item.n for item in listing(session, now, person.id)}
    return Scene(session, event, address, now, say_to(session, now, person), person, numbers, listed)
