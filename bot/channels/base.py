"""What every channel is: one file with `send`, `updates` and its limits. Vendor names stay inside that file."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Button:
    """One choice. `data` is at most 64 bytes and is never trusted: the presser's right is checked again."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to send. `content` is read only when a channel can carry files; else a one-time link is sent."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to one chat: plain text (a channel escapes what it must), rows of buttons, files, a picture."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[File, ...] = ()
    picture: File | None = None
    about: tuple[str, int] = ("", 0)
    """Subject and id kept in `Sent`, so that a reply or a press finds its matter."""
    items: tuple[int, ...] = ()
    """Assignments in the order they are listed, kept in `Sent` too: positions in an old message keep their meaning."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something a person sent. `fetch` downloads it (bytes); raises ChannelError, permanent when too big or expired."""

    kind: Literal["photo", "file", "voice", "other"]
    name: str
    media_type: str
    size: int | None
    fetch: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update from a channel, in no vendor's words."""

    lane: str
    update_id: str
    kind: Literal["message", "edited", "button", "contact", "blocked", "unblocked", "migrated", "joined", "unsupported"]
    chat_id: str
    sender_id: str
    sender_name: str = ""
    language: str = ""
    text: str = ""
    message_id: str = ""
    reply_to: str = ""
    attachments: tuple[Attachment, ...] = ()
    media_group: str = ""
    button_data: str = ""
    button_query_id: str = ""
    contact_phone: str = ""
    contact_is_own: bool = False
    is_group: bool = False
    thread_id: str = ""
    migrated_to: str = ""
    sent_at: datetime | None = None
    position: str = ""
    """Asking from here gives this update again; "" where the vendor has no such thing."""
    raw: Callable[[], str] | None = field(default=None, compare=False, repr=False)
    """The update as the vendor gave it, for `Channel.read_again`; None where it cannot be kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Per token. Seconds and messages; None where the vendor sets no such limit."""

    per_second: float
    seconds_per_chat: float
    per_group_minute: int | None
    text_length: int
    buttons: bool
    edits: bool
    files: bool
    pictures: bool
    monthly: int | None = None


class ChannelError(Exception):
    """The vendor did not take the message.

    `permanent`: sending again to this address is useless. `retry_after`: seconds, when the vendor said so.
    `unknown`: the request was written and no answer came, so it may have arrived. `reason`: blocked, gone,
    bad_request, rate, quota, network, vendor, token. `migrated_to`: the chat's new id.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool,
        retry_after: float | None = None,
        unknown: bool = False,
        migrated_to: str = "",
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
        self.unknown = unknown
        self.migrated_to = migrated_to


@dataclass(slots=True)
class Profile:
    """Who the bot is on the channel: for links ("https://t.me/<username>?start=…") and the doctor."""

    id: str
    name: str
    username: str = ""
    extra: dict[str, str] = field(default_factory=lambda: dict[str, str]())


class Channel(Protocol):
    """One bot (token) on one messenger, or the mail sender."""

    name: str
    token_id: str
    limits: Limits

    @property
    def lane(self) -> str:
        """`name:token_id`."""
        ...

    async def start(self) -> None:
        """Open the session on the running loop."""
        ...

    async def stop(self) -> None:
        """Close it."""
        ...

    async def me(self) -> Profile:
        """Ask the vendor who we are; the probe of an open circuit and of the doctor. Raises ChannelError."""
        ...

    async def send(self, chat_id: str, message: Outgoing, *, thread_id: str = "") -> list[str]:
        """Send and return the vendor's message ids, first the one that carries the buttons. Raises ChannelError."""
        ...

    async def edit(self, chat_id: str, message_id: str, message: Outgoing) -> None:
        """Replace a message's text and buttons; a channel that cannot edit does nothing. Raises ChannelError."""
        ...

    async def typing(self, chat_id: str) -> None:
        """Show that an answer is being written, where that can be shown; never fails."""
        ...

    async def set_menu(
        self, commands: list[tuple[str, str]], *, chat_id: str = "", language: str = "", groups: bool = False
    ) -> None:
        """Offer commands (name, description) to one chat, in all groups, or to everybody; where there is no menu, nothing."""
        ...

    async def acknowledge(self, incoming: Incoming, notice: str = "") -> None:
        """Stop the spinner of a pressed button, where there is one."""
        ...

    async def use_webhook(self, url: str) -> None:
        """Have updates brought to `url`; "" goes back to polling and keeps what waits. Raises ChannelError."""
        ...

    def updates(self, position: str) -> AsyncGenerator[tuple[str, list[Incoming]]]:
        """Long-poll from `position` (vendor's offset, "" at first); yields (next position, updates).

        The next request, which confirms the batch to the vendor, is made only when the caller asks for more:
        so effects are committed first. Asked anew from an update's own `position`, that one is not confirmed.
        """
        ...

    def read_again(self, raw: str) -> Incoming | None:
        """An update kept as `Incoming.raw` gave it. Raises ValueError for what is none."""
        ...

    def parse_webhook(self, headers: dict[str, str], body: bytes) -> list[Incoming]:
        """Updates of one webhook call. Raises PermissionError on a wrong secret, ValueError on a broken body."""
        ...
