"""A town for the road's tests: people with addresses, a vendor that keeps a ledger, and the parts that move messages."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, select

from bot.channels.base import ChannelError, Incoming, Limits, Outgoing, Profile
from broker.base import Broker
from broker.embedded import EmbeddedBroker
from consumers import run as consumers_run
from consumers.group import Render
from consumers.pace import PACE, Pace
from models.clock import monotonic, utcnow
from models.database import Database
from models.events import Delivery, Event, EventKind, EventState, Priority, in_state
from models.outbox import NewEvent, raise_many, wakeups
from models.people import Address, Membership, Person
from models.units import Role, Unit
from scheduler import forward

UNLIMITED = Limits(
    per_second=100_000,
    seconds_per_chat=0.0,
    per_group_minute=None,
    text_length=4096,
    buttons=True,
    edits=True,
    files=True,
    pictures=True,
)
Fault = Callable[[str, Outgoing], ChannelError | None]


@dataclass
class LedgerChannel:
    """A vendor that writes down what it accepted. `faults`: per chat, errors it answers with before it accepts."""

    name: str = "telegram"
    token_id: str = "7"
    limits: Limits = UNLIMITED
    ledger: list[tuple[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    faults: defaultdict[str, list[ChannelError]] = field(default_factory=lambda: defaultdict(list))
    lost_answers: set[str] = field(default_factory=set)
    """Chats whose next message is accepted, and the answer lost."""
    down: ChannelError | None = None
    slow: float = 0.0

    @property
    def lane(self) -> str:
        return f"{self.name}:{self.token_id}"

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def me(self) -> Profile:
        if self.down:
            raise self.down
        return Profile("7", "bot")

    async def send(self, chat_id: str, message: Outgoing, *, thread_id: str = "") -> list[str]:
        await asyncio.sleep(self.slow)
        if self.down:
            raise self.down
        if self.faults[chat_id]:
            raise self.faults[chat_id].pop(0)
        self.ledger.append((chat_id, message.text))
        self.times.append(monotonic())
        if chat_id in self.lost_answers:
            self.lost_answers.remove(chat_id)
            raise ChannelError("network", permanent=False, unknown=True)
        return [str(len(self.ledger))]

    async def edit(self, chat_id: str, message_id: str, message: Outgoing) -> None: ...

    async def acknowledge(self, incoming: Incoming, notice: str = "") -> None: ...

    async def updates(self, position: str) -> AsyncIterator[tuple[str, list[Incoming]]]:
        return
        yield

    def read_again(self, raw: str) -> Incoming | None:
        raise AssertionError("nobody keeps these")

    def parse_webhook(self, headers: dict[str, str], body: bytes) -> list[Incoming]:
        return []


def say_key(session: Session, event: Event, address: Address, now: datetime) -> Outgoing | None:
    """A renderer for tests: the key is the text; `gone` in the data means no longer true, `crash` a broken one."""
    if event.data.get("crash"):
        raise ValueError("cannot be said")
    return None if event.data.get("gone") else Outgoing(event.key)


def people(session: Session, count: int, *channels: str, token: str = "7") -> list[int]:
    """Linked persons; their chats are named <channel>-<person id>."""
    made = [Person(name=f"Người thứ {n}", created_at=utcnow(), consent_at=utcnow()) for n in range(count)]
    session.add_all(made)
    session.flush()
    for person in made:
        for position, channel in enumerate(channels or ("telegram",)):
            chat = f"{channel}-{person.id}"
            session.add(
                Address(
                    person_id=person.id,
                    channel=channel,
                    token=token,
                    chat_id=chat,
                    position=position,
                    verified_at=utcnow(),
                )
            )
    session.flush()
    return [person.id or 0 for person in made]


def raise_for(session: Session, persons: list[int], prefix: str = "e", priority: int = Priority.DIGEST) -> list[int]:
    """One Event for each, with the key <prefix>:<person>."""
    events = [NewEvent(f"{prefix}:{p}", EventKind.URGED, person_id=p, priority=priority) for p in persons]
    return list(raise_many(session, utcnow(), events).values())


def states(database: Database) -> dict[str, str]:
    """State of every Event by key."""
    with database.reading() as session:
        return {event.key: event.state for event in session.exec(select(Event))}


def deliveries(database: Database) -> list[Delivery]:
    with database.reading() as session:
        return list(session.exec(select(Delivery).order_by(Delivery.id)))  # type: ignore[arg-type]


@asynccontextmanager
async def moving(
    database: Database,
    channels: list[LedgerChannel],
    broker: Broker | None = None,
    *,
    now: Callable[[], datetime] = utcnow,
    pace: Pace = PACE,
    windows: forward.Windows = forward.WINDOWS,
    senders: int = 1,
    render: Render = say_key,
    behind: timedelta = timedelta(),
) -> AsyncIterator[asyncio.Event]:
    """The forwarder and consumers at work; stopped as by SIGTERM at the end. `behind`: so far are the consumers' clocks."""
    broker = broker or EmbeddedBroker(database, now)
    await broker.start()
    stop = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(forward.run(database, broker, now, stop, windows=windows))
            for _ in range(senders):
                group.create_task(
                    consumers_run.run(database, broker, channels, render, lambda: now() - behind, stop, pace=pace)
                )
            try:
                yield stop
            finally:
                stop.set()
    finally:
        await broker.close()


async def until(done: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until `done`, looking every 20 ms. Raises TimeoutError."""
    end = monotonic() + seconds
    while not done():
        if monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        await asyncio.sleep(0.02)


def all_done(database: Database) -> Callable[[], bool]:
    """Whether no Event is left that may still move."""
    still = select(Event.id).where(in_state(EventState.WAITING, EventState.FORWARDED, EventState.CLAIMED)).limit(1)

    def look() -> bool:
        with database.reading() as session:
            return session.exec(still).first() is None

    return look


class Clock:
    """Business time that a test moves; who waits for it is woken."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        return utcnow() + self.offset

    def move(self, seconds: float) -> None:
        self.offset += timedelta(seconds=seconds)
        wakeups.ring()


def event(database: Database, key: str) -> Event:
    with database.reading() as session:
        return session.exec(select(Event).where(Event.key == key)).one()


def alerts(database: Database) -> list[tuple[int | None, str]]:
    """Person and code of every ALERT."""
    with database.reading() as session:
        found = session.exec(select(Event).where(Event.kind == EventKind.ALERT))
        return sorted((one.person_id, one.data["code"]) for one in found)


def appoint(session: Session, person: int, role: Role, unit: Unit | None = None) -> Unit:
    """Give a person a role, in a new unit unless one is given."""
    if unit is None:
        unit = Unit(code=f"u{person}", name=f"Đơn vị {person}", kind="sở")
        session.add(unit)
        session.flush()
    session.add(Membership(person_id=person, unit_id=unit.id or 0, role=role))
    session.flush()
    return unit
