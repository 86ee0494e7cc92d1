"""The town: who lives in it, which bots serve it, what was said. In memory; `snapshot.py` keeps it on disk.

A *talk* is one conversation. In private, bot and person have a talk of their own although the chat id is the
person's whatever the bot; groups are shared. Every change gets the next number of one town-wide sequence:
a reader asks for "all after N".
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.faults import Faults
from sandbox.inbox import Inbox
from sandbox.ledger import Ledger
from sandbox.limits import Limits

Json = dict[str, Any]
Messenger = Literal["telegram", "zalo"]
Kind = Literal["private", "group", "supergroup"]

FIRST_TELEGRAM_ID = 7_000_000_000  # beyond 32 bits, as real ids are
SEEN_HISTORY = 1000  # messages kept per talk


@dataclass(slots=True)
class Webhook:
    """Where a vendor delivers, and the secret it shows."""

    url: str
    secret: str
    allowed: list[str] = field(default_factory=list[str])
    max_connections: int = 40
    last_error: str = ""
    last_error_date: float = 0


@dataclass(slots=True)
class Bot:
    """A vendor account of ours. `id` is a string of digits, the part of the token before the colon."""

    id: str
    token: str
    messenger: Messenger
    name: str
    username: str
    inbox: Inbox = field(default_factory=Inbox)
    webhook: Webhook | None = None
    allowed: list[str] = field(default_factory=list[str])
    commands: dict[str, list[Json]] = field(default_factory=dict[str, list[Json]])
    last_message_id: int = 0


@dataclass(slots=True)
class Person:
    """Somebody with one messenger on one phone. `chat_id` is the vendor's id of the person."""

    id: int
    name: str
    messenger: Messenger
    chat_id: str
    phone: str = ""
    language: str = "vi"
    role: str = ""
    active: bool = True
    talks: list[Talk] = field(default_factory=list["Talk"])
    notices: list[Json] = field(default_factory=list[Json])
    waiters: set[asyncio.Future[None]] = field(default_factory=set["asyncio.Future[None]"])


@dataclass(slots=True)
class StoredFile:
    """Something sent: bytes with the vendor's id and path. `kind` is document or photo."""

    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    kind: str
    data: bytes
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class Message:
    """One message as the vendor keeps it. The author is `bot` or `person`, or neither for a service line."""

    id: int
    seq: int
    date: float
    text: str = ""
    bot: str = ""
    person: int = 0
    entities: list[Json] = field(default_factory=list[Json])
    files: list[str] = field(default_factory=list[str])
    markup: Json | None = None
    reply_to: int = 0
    thread: int = 0
    edited: float = 0
    album: str = ""
    contact: Json | None = None
    service: Json | None = None


@dataclass(slots=True)
class Talk:
    """A conversation. `bots` and `people`: id → standing (member, administrator, creator, left, kicked).

    In a private talk the bot's standing is `member`, or `kicked` when the person blocked it.
    """

    kind: Kind
    chat_id: str
    messenger: Messenger
    title: str = ""
    bots: dict[str, str] = field(default_factory=dict[str, str])
    people: dict[int, str] = field(default_factory=dict[int, str])
    messages: dict[int, Message] = field(default_factory=dict[int, Message])
    log: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    last_id: int = 0
    topics: dict[int, str] = field(default_factory=dict[int, str])
    forum: bool = False
    migrated_to: str = ""

    @property
    def bot_id(self) -> str:
        """The bot of a private talk."""
        return next(iter(self.bots))

    @property
    def key(self) -> str:
        """A name that is unique in the town; the page uses it."""
        return f"{self.bot_id}/{self.chat_id}" if self.kind == "private" else self.chat_id


class Town:
    """All state. `tokens`: only these are bots (None: every token of the right form becomes one)."""

    def __init__(self, tokens: list[str] | None = None) -> None:
        self.tokens = tokens
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, Person] = {}
        self.by_chat: dict[tuple[str, str], Person] = {}
        self.private: dict[tuple[str, str], Talk] = {}
        self.groups: dict[str, Talk] = {}
        self.files: dict[str, StoredFile] = {}
        self.callbacks: dict[str, Json] = {}
        self.held_callbacks: list[tuple[Bot, Json]] = []
        self.ledger = Ledger()
        self.faults = Faults()
        self.limits = Limits()
        self.latency = 0.0
        self.clock_offset = 0.0
        self.history = SEEN_HISTORY
        self.base_url = ""  # where this town is served; Zalo's photo addresses need it
        self.webhook_retry = 1.0  # seconds before a failed delivery is tried again; doubles
        self.on_bot: Callable[[Bot], None] | None = None
        self.born = secrets.token_hex(6)  # what an open page remembers belongs to one town
        self.seq = 0
        self.version = 0
        self.last_person = 0
        self.last_group = 0
        self.last_file = 0
        self.listeners: set[asyncio.Queue[Json]] = set()

    def now(self) -> float:
        """Seconds since 1970 as the town shows it: the real clock plus the simulated offset."""
        return time.time() + self.clock_offset

    @property
    def mark(self) -> object:
        """Equal while nothing has changed that a snapshot keeps."""
        waiting = tuple((bot.inbox.next_id, len(bot.inbox.waiting), bot.webhook) for bot in self.bots.values())
        return self.version, waiting

    def next_seq(self) -> int:
        self.seq += 1
        self.version += 1
        return self.seq

    def talk_of(self, bot: Bot, chat_id: str) -> Talk | None:
        """The talk a bot means by a chat id."""
        return self.private.get((bot.id, chat_id)) or self.groups.get(chat_id)

    def talk_by_key(self, key: str) -> Talk | None:
        bot_id, slash, chat_id = key.partition("/")
        return self.private.get((bot_id, chat_id)) if slash else self.groups.get(key)

    def post(self, talk: Talk, message: Message) -> Message:
        """Store a new message (its id and seq are given here) and wake whoever waits for it."""
        if talk.kind == "private":
            bot = self.bots[talk.bot_id]
            bot.last_message_id += 1
            message.id = bot.last_message_id
        else:
            talk.last_id += 1
            message.id = talk.last_id
        talk.messages[message.id] = message
        if len(talk.messages) > self.history:
            self._forget_oldest(talk)
        self.touch(talk, message)
        return message

    def touch(self, talk: Talk, message: Message) -> None:
        """Note that a message is new or changed."""
        message.seq = self.next_seq()
        talk.log.append((message.seq, message.id))
        self.wake(talk)
        if self.listeners:
            self.publish({"type": "message", "talk": talk.key, "message": message.id})

    def remove(self, talk: Talk, message: Message) -> None:
        del talk.messages[message.id]
        self.publish({"type": "deleted", "talk": talk.key, "message": message.id})

    def wake(self, talk: Talk) -> None:
        for person_id in talk.people:
            self.wake_person(self.people[person_id])

    def wake_person(self, person: Person) -> None:
        for waiter in person.waiters:
            if not waiter.done():
                waiter.set_result(None)

    def publish(self, event: Json) -> None:
        """Tell the open pages. Events name what changed; pages ask for the rest."""
        self.version += 1
        for queue in self.listeners:
            if queue.full():  # a page that cannot follow is told to look at everything anew
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait({"type": "lost"})
            queue.put_nowait(event)

    def _forget_oldest(self, talk: Talk) -> None:
        for old in list(talk.messages)[: max(1, self.history // 10)]:
            del talk.messages[old]
        talk.log = [entry for entry in talk.log if entry[1] in talk.messages]
