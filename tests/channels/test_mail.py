"""Mail against a real SMTP server."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from bot.channels.base import ChannelError, File, Outgoing
from bot.channels.mail import MailChannel


class Postbox:
    """Takes every mail except to a mailbox nobody has."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address.startswith("khongco"):
            return "550 no such mailbox"
        if address.startswith("banviec"):
            return "450 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


async def test_a_reminder_arrives_with_its_file(postbox: tuple[Postbox, str]) -> None:
    box, url = postbox
    channel = MailChannel(url, "dondoc@bacninh.example")
    message = Outgoing(
        "Nhắc việc: báo cáo kế hoạch\n\nThời hạn 05/12/2026", files=(File("mời.txt", "text/plain", b"x"),)
    )
    (message_id,) = await channel.send("vanthu@xa.example", message)
    (mail,) = box.mails
    assert mail["Subject"] == "Nhắc việc: báo cáo kế hoạch"
    assert mail["Message-ID"] == message_id
    assert "Thời hạn 05/12/2026" in mail.get_body().get_content()  # type: ignore[attr-defined]
    assert [part.get_filename() for part in mail.iter_attachments()] == ["mời.txt"]  # type: ignore[attr-defined]


async def test_a_subject_cannot_smuggle_a_header(postbox: tuple[Postbox, str]) -> None:
    box, url = postbox
    await MailChannel(url, "dondoc@bacninh.example").send("a@xa.example", Outgoing("Nhắc\r\nBcc: x@y.example"))
    assert box.mails[0]["Bcc"] is None


@pytest.mark.parametrize(("mailbox", "permanent"), [("khongco@xa.example", True), ("banviec@xa.example", False)])
async def test_a_refused_mailbox(postbox: tuple[Postbox, str], mailbox: str, permanent: bool) -> None:
    _box, url = postbox
    with pytest.raises(ChannelError) as caught:
        await MailChannel(url, "dondoc@bacninh.example").send(mailbox, Outgoing("Nhắc việc"))
    assert (caught.value.permanent, caught.value.unknown) == (permanent, False)


async def test_a_server_that_is_not_there() -> None:
    channel = MailChannel("smtp://127.0.0.1:9", "dondoc@bacninh.example")
    for call in (channel.me(), channel.send("a@xa.example", Outgoing("Nhắc việc"))):
        with pytest.raises(ChannelError) as caught:
            await call
        assert (caught.value.permanent, caught.value.unknown) == (False, False)


@pytest.mark.parametrize(("url", "sender"), [("http://host", "a@b.example"), ("smtp://host", "not an address")])
def test_wrong_settings_are_named(url: str, sender: str) -> None:
    with pytest.raises(ValueError, match="DONDOC_"):
        MailChannel(url, sender)
