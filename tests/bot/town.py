"""A town to tell stories in: a register of invented people, a channel that keeps what it was given, a clock to move."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlmodel import Session, select

from bot.channels.base import Attachment, ChannelError, Incoming, Limits, Outgoing, Profile
from bot.context import Context
from bot.inbox import handle
from bot.render import render
from models import linking
from models.assignments import Assignment
from models.clock import at_local
from models.database import Database
from models.directives import Directive, Task
from models.events import Event, EventKind, EventState
from models.numbers import assign_numbers
from models.people import Address, Membership, Person
from models.talk import Sent
from models.units import Role, Unit

TELEGRAM = Limits(25, 1.05, 20, 4096, buttons=True, edits=True, files=True, pictures=True)
ZALO = Limits(5, 1.05, None, 2000, buttons=False, edits=False, files=False, pictures=True)
MONDAY = at_local(date(2026, 11, 23), datetime(2026, 1, 1, 9, 0).time())


@dataclass
class Said:
    """One message of the bot."""

    chat_id: str
    message_id: str
    message: Outgoing
    edited: bool = False

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def data(self) -> list[str]:
        return [button.data for row in self.message.buttons for button in row]


class FakeChannel:
    """Keeps everything; `fails` errors are raised one by one before anything is taken."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.token_id, self.limits = name, "1", limits
        self.said: list[Said] = []
        self.notices: list[str] = []
        self.menus: dict[str, list[tuple[str, str]]] = {}
        self.fails: list[ChannelError] = []
        self._ids = count(100)

    @property
    def lane(self) -> str:
        return f"{self.name}:{self.token_id}"

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def me(self) -> Profile:
        return Profile("1", "Đôn đốc", "dondoc_bot")

    async def send(self, chat_id: str, message: Outgoing, *, thread_id: str = "") -> list[str]:
        if self.fails:
            raise self.fails.pop(0)
        assert len(message.text) <= self.limits.text_length
        assert not message.buttons or self.limits.buttons
        assert all(len(b.data.encode()) <= 64 for row in message.buttons for b in row)
        said = Said(chat_id, str(next(self._ids)), message)
        self.said.append(said)
        return [said.message_id]

    async def edit(self, chat_id: str, message_id: str, message: Outgoing) -> None:
        for said in self.said:
            if (said.chat_id, said.message_id) == (chat_id, message_id):
                said.message, said.edited = message, True
                return
        raise ChannelError("bad_request", permanent=True)

    async def typing(self, chat_id: str) -> None: ...

    async def set_menu(
        self, commands: list[tuple[str, str]], *, chat_id: str = "", language: str = "", groups: bool = False
    ) -> None:
        self.menus[f"groups:{language}" if groups else chat_id or language] = commands

    async def use_webhook(self, url: str) -> None: ...

    async def acknowledge(self, incoming: Incoming, notice: str = "") -> None:
        self.notices.append(notice)

    def updates(self, position: str) -> AsyncIterator[tuple[str, list[Incoming]]]:
        raise AssertionError("nobody polls a fake")

    def read_again(self, raw: str) -> Incoming | None:
        raise AssertionError("nobody keeps a fake's updates")

    def parse_webhook(self, headers: dict[str, str], body: bytes) -> list[Incoming]:
        raise AssertionError("nobody calls a fake")


@dataclass
class Town:
    """People by chat id; `now` moves by hand."""

    db: Database
    folder: Path
    now: datetime = MONDAY
    telegram: FakeChannel = field(default_factory=lambda: FakeChannel("telegram", TELEGRAM))
    zalo: FakeChannel = field(default_factory=lambda: FakeChannel("zalo", ZALO))
    updates: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.context = Context(
            lambda: self.now,
            self.folder,
            {self.telegram.lane: self.telegram, self.zalo.lane: self.zalo},
            public_url="https://dondoc.example",
        )

    def unit(
        self, code: str, name: str, *, parent: int | None = None, kind: str = "sở", address_as: str = "đồng chí"
    ) -> int:
        with self.db.transaction() as session:
            unit = Unit(code=code, name=name, kind=kind, parent_id=parent, address_as=address_as)
            session.add(unit)
            session.flush()
            assert unit.id is not None
            return unit.id

    def person(
        self,
        name: str,
        unit: int,
        *roles: Role,
        chat: str = "",
        channel: FakeChannel | None = None,
        consent: bool = True,
    ) -> int:
        with self.db.transaction() as session:
            person = Person(name=name, created_at=self.now, consent_at=self.now if consent else None)
            session.add(person)
            session.flush()
            assert person.id is not None
            for role in roles:
                session.add(Membership(person_id=person.id, unit_id=unit, role=role, is_default=role == Role.OWNER))
            if chat:
                session.add(
                    Address(
                        person_id=person.id,
                        channel=(channel or self.telegram).name,
                        token="1",
                        chat_id=chat,
                        verified_at=self.now,
                    )
                )
            return person.id

    def letter(
        self,
        contact: int,
        loaded_by: int,
        *,
        number: str = "709/UBND-XDCB",
        issuer: int | None = None,
        urgency: str | None = None,
    ) -> int:
        with self.db.transaction() as session:
            directive = Directive(
                number=number, issued_on=date(2026, 11, 20), issuer="UBND tỉnh", issuer_unit_id=issuer, subject="rà soát",
                text="…", content_hash=number, contact_id=contact, loaded_by=loaded_by, loaded_at=self.now, urgency=urgency,
            )  # fmt: skip
            session.add(directive)
            session.flush()
            assert directive.id is not None
            return directive.id

    def assignment(
        self, directive: int, unit: int, owner: int | None, *, clause: str = "1", text: str = "Rà soát hồ sơ, báo cáo kết quả",
        due: date | None = date(2026, 11, 30), part: str = "lead",
    ) -> int:  # fmt: skip
        with self.db.transaction() as session:
            task = session.exec(select(Task).where(Task.directive_id == directive, Task.clause == clause)).first()
            if task is None:
                task = Task(
                    directive_id=directive,
                    position=0,
                    clause=clause,
                    text=text,
                    deadline_kind="date" if due else "none",
                    due_on=due,
                )
                session.add(task)
                session.flush()
            assert task.id is not None
            made = Assignment(
                task_id=task.id, unit_id=unit, owner_id=owner, part=part, opened_on=date(2026, 11, 20),
                baseline_due_on=due, due_on=due, state="open" if part == "lead" else "informed",
            )  # fmt: skip
            session.add(made)
            session.flush()
            assert made.id is not None
            if owner:
                assign_numbers(session, self.now, owner, [made.id], "act")  # type: ignore[arg-type]
            return made.id

    async def says(self, chat: str, text: str, *, channel: FakeChannel | None = None, **more: object) -> list[Said]:
        """One message from a chat; gives what the bot said because of it."""
        channel = channel or self.telegram
        n = next(self.updates)
        given: dict[str, object] = {
            "kind": "message", "message_id": f"u{n}", "update_id": str(n), "sender_id": chat, **more
        }  # fmt: skip
        incoming = Incoming(lane=channel.lane, chat_id=chat, text=text, **given)  # type: ignore[arg-type]
        return await self.takes(incoming, channel)

    async def takes(self, incoming: Incoming, channel: FakeChannel | None = None) -> list[Said]:
        channel = channel or self.telegram
        before = len(channel.said)
        await handle(self.db, channel, incoming, self.context)
        return channel.said[before:]

    async def presses(self, said: Said, label_or_data: str) -> list[Said]:
        """Press a button of a message by its data or label."""
        buttons = [b for row in said.message.buttons for b in row]
        data = next((b.data for b in buttons if label_or_data in (b.data, b.label)), label_or_data)
        return await self.says(said.chat_id, "", kind="button", button_data=data, message_id=said.message_id)

    async def deliver(self, *kinds: EventKind) -> list[Said]:
        """Render and send what waits, as a consumer does; a late clock is not needed."""
        sent: list[Said] = []
        with self.db.transaction() as session:
            for event in session.exec(select(Event).where(Event.state == EventState.WAITING).order_by(Event.id)).all():  # type: ignore[arg-type]
                if kinds and event.kind not in kinds:
                    continue
                event.state = EventState.SETTLED
                address = session.exec(select(Address).where(Address.person_id == event.person_id)).first()
                channel = self.context.channels.get(address.lane) if address else None
                message = render(session, event, address, self.now) if address else None
                if message is None or channel is None or address is None:
                    continue
                ids = await channel.send(address.chat_id, message)
                sent.append(channel.said[-1])  # type: ignore[attr-defined]
                session.add(
                    Sent(
                        lane=address.lane,
                        chat_id=address.chat_id,
                        message_id=ids[0],
                        subject="event",
                        subject_id=event.id or 0,
                        data={"event": event.id, "assignments": list(message.items)},
                        sent_at=self.now,
                    )
                )
        return sent

    def code(self, person: int) -> str:
        with self.db.transaction() as session:
            return linking.invite(session, self.now, person_id=person)

    def state(self, assignment: int) -> str:
        with self.db.reading() as session:
            return session.get_one(Assignment, assignment).state

    def read(self) -> Session:
        return Session(self.db.engine)


def photo(content: bytes = b"\xff\xd8\xff\xe0anh", name: str = "anh.jpg") -> Attachment:
    async def fetch() -> bytes:
        return content

    return Attachment("photo", name, "image/jpeg", len(content), fetch)


def document(content: bytes, name: str) -> Attachment:
    async def fetch() -> bytes:
        return content

    return Attachment("file", name, "application/octet-stream", len(content), fetch)


TOMORROW = timedelta(days=1)
