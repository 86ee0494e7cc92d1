"""An office's mail server for stories: takes every mail and keeps it as a person reads it."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.story.office import free_port


@dataclass
class Postbox:
    """What arrived, oldest first, and where the server stands."""

    url: str
    mails: list[EmailMessage] = field(default_factory=list[EmailMessage])

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's own name
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    async def arrives(self, words: str, *, within: float) -> EmailMessage:
        """The oldest mail whose subject or text holds `words`. Raises TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while True:
                for mail in self.mails:
                    if words in f"{mail['Subject']}\n{text_of(mail)}":
                        return mail
                await asyncio.sleep(0.05)


def text_of(mail: EmailMessage) -> str:
    """The words of a mail."""
    body = mail.get_body(("plain",))
    return body.get_content() if body else ""


@contextmanager
def served() -> Generator[Postbox]:
    """A mail server on this machine."""
    port = free_port()
    box = Postbox(f"smtp://127.0.0.1:{port}")
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
