"""E-mail, send-only: invitations to official addresses and the last resort of a reminder."""

from collections.abc import AsyncGenerator
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib

from bot.channels.base import ChannelError, File, Incoming, Limits, Outgoing, Profile

LIMITS = Limits(
    per_second=2,
    seconds_per_chat=1.0,
    per_group_minute=None,
    text_length=100_000,
    buttons=False,
    edits=False,
    files=True,
    pictures=True,
)
SUBJECT_LENGTH = 78  # characters of a subject line that every client shows
CONNECT_SECONDS = 15.0


class MailChannel:
    """One SMTP account. The URL is smtp://user:password@host:587 (STARTTLS when offered) or smtps://host:465.

    Raises ValueError for a URL or sender address that cannot be one, ChannelError for everything the server says.
    """

    name = "email"
    token_id = ""
    limits = LIMITS

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("DONDOC_SMTP_URL must be smtp://host:port or smtps://host:port")
        self._sender = sender_address(sender)
        self._host, self._tls = parts.hostname, parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None

    @property
    def lane(self) -> str:
        """The lane of all mail."""
        return "email:"

    async def start(self) -> None:
        """Connections are made per message: mail is rare."""

    async def stop(self) -> None:
        """Nothing is kept open."""

    async def me(self) -> Profile:
        """Log in and out again."""
        try:
            async with self._client():
                return Profile(self._sender, self._sender)
        except aiosmtplib.SMTPException as error:
            raise mail_error(error, written=False) from error
        except OSError as error:
            raise ChannelError("network", permanent=False) from error

    async def send(self, chat_id: str, message: Outgoing, *, thread_id: str = "") -> list[str]:
        """Send to the mailbox `chat_id`; the first line is the subject. Returns the Message-ID."""
        mail = self._compose(chat_id, message)
        client = self._client()
        written = False
        try:
            async with client:
                written = True
                await client.send_message(mail)
        except aiosmtplib.SMTPException as error:
            raise mail_error(error, written=written) from error
        except (TimeoutError, OSError) as error:
            raise ChannelError("network", permanent=False, unknown=written) from error
        return [mail["Message-ID"]]

    async def edit(self, chat_id: str, message_id: str, message: Outgoing) -> None:
        """A sent letter stays as it is."""

    async def typing(self, chat_id: str) -> None:
        """Mail shows no typing."""

    async def set_menu(
        self, commands: list[tuple[str, str]], *, chat_id: str = "", language: str = "", groups: bool = False
    ) -> None:
        """Mail has no menu."""

    async def acknowledge(self, incoming: Incoming, notice: str = "") -> None:
        """Mail has no buttons."""

    async def use_webhook(self, url: str) -> None:
        """Send-only: nothing is ever received."""

    async def updates(self, position: str) -> AsyncGenerator[tuple[str, list[Incoming]]]:
        """Send-only: nothing is ever received."""
        return
        yield position, []

    def read_again(self, raw: str) -> Incoming | None:
        """Send-only. Raises ValueError."""
        raise ValueError("mail is send-only")

    def parse_webhook(self, headers: dict[str, str], body: bytes) -> list[Incoming]:
        """Send-only. Raises ValueError."""
        raise ValueError("mail is send-only")

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._tls,
            timeout=CONNECT_SECONDS,
        )

    def _compose(self, mailbox: str, message: Outgoing) -> EmailMessage:
        mail = EmailMessage()
        subject = " ".join(message.text.strip().partition("\n")[0].split())
        mail["Subject"] = subject if len(subject) <= SUBJECT_LENGTH else subject[: SUBJECT_LENGTH - 1] + "…"
        mail["From"] = self._sender
        mail["To"] = mailbox
        mail["Date"] = formatdate(localtime=False)
        mail["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers to a machine
        mail.set_content(message.text)
        for file in (message.picture, *message.files):
            if file is not None:
                _attach(mail, file)
        return mail


def sender_address(sender: str) -> str:
    """The address, checked. Raises ValueError."""
    try:
        return Address(addr_spec=sender).addr_spec
    except Exception as error:  # the e-mail package raises several kinds, IndexError among them
        raise ValueError("DONDOC_MAIL_FROM must be an e-mail address") from error


def mail_error(error: aiosmtplib.SMTPException, *, written: bool) -> ChannelError:
    """5xx about the mailbox is permanent; a server that could not be reached or asks to wait is not."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused():
            codes = [refused.code for refused in error.recipients]
            return ChannelError("gone", permanent=all(code >= 500 for code in codes))
        case aiosmtplib.SMTPAuthenticationError():
            return ChannelError("token", permanent=False)
        case aiosmtplib.SMTPConnectError():
            return ChannelError("network", permanent=False)
        case aiosmtplib.SMTPServerDisconnected() | aiosmtplib.SMTPTimeoutError():
            return ChannelError("network", permanent=False, unknown=written)
        case aiosmtplib.SMTPResponseException():
            return ChannelError("bad_request" if error.code >= 500 else "vendor", permanent=error.code >= 500)
        case _:
            return ChannelError("vendor", permanent=False)


def _attach(mail: EmailMessage, file: File) -> None:
    kind, _, subtype = file.media_type.partition("/")
    mail.add_attachment(file.content, maintype=kind, subtype=subtype or "octet-stream", filename=file.name)
