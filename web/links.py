"""Pages behind one-time links: a file out (/tep/…), files in (/nop/…).

Opening a page uses nothing up, so a messenger's preview cannot take a link from its person; pressing the button does.
No cookie is involved: whoever does not know the address can neither see nor send anything. What is uploaded enters as
a message with attachments of the chat the link was given in, on the same road as a file sent in Telegram.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.channels.base import Channel, Incoming
from bot.context import Context
from bot.outfiles import made_file
from bot.refusals import sentence
from bot.reply import FileOrder
from bot.texts import say_for
from models import links
from models.database import Database
from models.errors import Refused
from models.files import safe_name
from models.links import Purpose
from models.people import Person
from models.upkeep import OneTimeLink
from models.whois import person_of
from web.app import Receive
from web.page import HEADERS, page, paragraph
from web.patience import UPLOAD_SECONDS
from web.upload import FILE_MEGABYTES, MOST_FILES, TOTAL_MEGABYTES, TooMuch, Uploaded, form_of, upload_form
from web.words import WORDS, Language


def link_routes(
    *, database: Database, context: Context, channels: Mapping[str, Channel], receive: Receive
) -> list[BaseRoute]:
    """The routes, for `web.app.create_app(more=…)`. `channels`: by lane."""
    return _Links(database, context, channels, receive).routes()


@dataclass(frozen=True, slots=True)
class _Held:
    """A valid link and how its person is spoken to."""

    id: int
    person_id: int
    data: dict[str, Any]
    language: Language

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.language]


class _Links:
    def __init__(self, database: Database, context: Context, channels: Mapping[str, Channel], receive: Receive) -> None:
        self._database = database
        self._context = context
        self._channels = channels
        self._receive = receive

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/tep/{token}", self._offer),
            Route("/tep/{token}", self._give, methods=["POST"]),
            Route("/nop/{token}", self._ask),
            Route("/nop/{token}", self._take, methods=["POST"]),
        ]

    async def _offer(self, request: Request) -> Response:
        """The page with the button: what the file is called, nothing of what is in it."""
        held = await self._held(request, "download")
        if held is None:
            return _gone()
        words, name = held.words, str(held.data.get("args", {}).get("name", ""))
        button = f'<form method="post"><button>{words["download"]}</button></form>'
        return page(name or words["file"], paragraph(words["once"]) + button, held.language)

    async def _give(self, request: Request) -> Response:
        """The file itself, made now and only for who may still have it."""
        if _is_foreign(request):
            return _gone(403)
        held = await self._held(request, "download")
        if held is None:
            return _gone()
        order = FileOrder(str(held.data["kind"]), dict(held.data["args"]))
        try:
            made = await made_file(self._database, self._context, held.person_id, order)
            await self._database.write(links.redeem, self._context.now(), request.path_params["token"], "download")
        except Refused as why:
            told = paragraph(sentence(say_for(held.language), why), "bad")
            return page(held.words["sorry"], told, held.language, 403)
        disposition = f"attachment; filename*=UTF-8''{quote(safe_name(made.name))}"
        headers = {**HEADERS, "Content-Disposition": disposition}
        return Response(made.content, media_type=made.media_type, headers=headers)

    async def _ask(self, request: Request) -> Response:
        """The form."""
        held = await self._held(request, "upload")
        return _gone() if held is None else upload_form(held.language)

    async def _take(self, request: Request) -> Response:
        """What was sent, as a message of the link's chat; the page tells what to correct, the chat answers."""
        if _is_foreign(request):
            return _gone(403)
        held = await self._held(request, "upload")
        if held is None:
            return _gone()
        words, channel = held.words, self._channels.get(str(held.data["lane"]))
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                sent = await form_of(request)
        except TimeoutError:
            return _gone(408)
        except TooMuch:
            return upload_form(
                held.language,
                words["too_much"].format(files=MOST_FILES, each=FILE_MEGABYTES, megabytes=TOTAL_MEGABYTES),
                413,
            )
        if not sent.files:
            return upload_form(held.language, words["no_file"], 400)
        if channel is None or not await self._database.read(self._is_theirs, held):
            return _gone()
        if not await self._receive(channel, _incoming(channel, held, sent)):
            return upload_form(held.language, words["too_fast"], 429)  # the link is still good
        try:
            await self._database.write(links.redeem, self._context.now(), request.path_params["token"], "upload")
        except Refused:
            return _gone()  # pressed twice: the other request has done it, and the message counts once
        return page(words["received"].format(n=len(sent.files)), paragraph(words["back_to_chat"]), held.language)

    async def _held(self, request: Request, purpose: Purpose) -> _Held | None:
        def work(session: Session) -> _Held | None:
            try:
                row: OneTimeLink = links.look(session, self._context.now(), request.path_params["token"], purpose)
            except Refused:
                return None
            person = session.get_one(Person, row.person_id)
            return _Held(row.id or 0, row.person_id, row.data, "en" if person.language == "en" else "vi")

        return await self._database.read(work)

    def _is_theirs(self, session: Session, held: _Held) -> bool:
        """Whether the chat still belongs to the person the link was made for."""
        person = person_of(session, str(held.data["lane"]), str(held.data["chat_id"]))
        return person is not None and person.id == held.person_id


def _incoming(channel: Channel, held: _Held, sent: Uploaded) -> Incoming:
    """One message; its id is the link's, so that pressing twice is one message."""
    chat_id = str(held.data["chat_id"])
    return Incoming(
        lane=channel.lane,
        update_id=f"link:{held.id}",
        kind="message",
        chat_id=chat_id,
        sender_id=chat_id,
        text=sent.words,
        attachments=sent.files,
    )


def _is_foreign(request: Request) -> bool:
    """A form of another site, as the browser itself says."""
    return request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def _gone(status: int = 404) -> Response:
    """The same answer for a wrong, used, expired or forged link."""
    gone = Refused("link_gone")
    vi, en = sentence(say_for("vi"), gone), sentence(say_for("en"), gone)
    return page(WORDS["vi"]["gone"], paragraph(vi) + f'<p lang="en">{escape(en)}</p>', "vi", status)
