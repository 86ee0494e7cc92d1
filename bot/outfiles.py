"""Files an answer brings: made when it is sent, carried by the channel or by a one-time link."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Literal

from sqlmodel import Session

from bot import my_data
from bot.channels.base import Channel, File
from bot.context import Context
from bot.reply import FileOrder, Reply
from bot.texts import say_for
from bot.who import person_at
from models import files, links, privacy
from models.answers import StoredFile
from models.database import Database
from models.errors import Refused
from models.people import Person

PATH = "tep"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Maker = Callable[[Session, Context, int, dict[str, Any]], File]
"""`(session, context, person, args)`; checks the person's right itself. Raises Refused."""


async def carried(
    db: Database, channel: Channel, context: Context, chat_id: str, reply: Reply
) -> tuple[str, tuple[File, ...], File | None]:
    """The text, files and picture as this channel can carry them; what cannot pass becomes a link in the text."""
    text = reply.text
    orders = [*reply.files, *([reply.picture] if reply.picture else [])]
    if not orders:
        return text, (), None
    found = await db.read(lambda session: person_at(session, channel.lane, chat_id))
    if found is None or found[0].id is None:
        return text, (), None
    person_id, say = found[0].id, say_for(found[0].language)
    whole: list[File] = []
    picture: File | None = None
    for order in orders:
        carries = channel.limits.pictures if order is reply.picture else channel.limits.files
        if not carries:
            if context.public_url:
                address = await db.write(link, context, person_id, order)
                text += "\n" + say("file.link", name=order.args.get("name", say("file.file")), url=address)
            else:
                text += "\n" + say("file.no_way")
            continue
        try:
            made = await made_file(db, context, person_id, order)
        except Refused as why:
            from bot.refusals import sentence

            text += "\n" + sentence(say, why)
            continue
        if order is reply.picture:
            picture = made
        else:
            whole.append(made)
    return text, tuple(whole), picture


async def made_file(db: Database, context: Context, person_id: int, order: FileOrder) -> File:
    """Make it now. Raises Refused when it is gone or not this person's to see."""
    maker = MAKERS[order.kind]
    if order.kind in WRITING:
        return await db.write(maker, context, person_id, order.args)
    return await db.read(maker, context, person_id, order.args)


def link(session: Session, context: Context, person_id: int, order: FileOrder) -> str:
    """An address that gives the file once, within a day."""
    token = links.make(session, context.now(), person_id, "download", asdict(order))
    return f"{context.public_url.rstrip('/')}/{PATH}/{token}"


def stored(session: Session, context: Context, person_id: int, args: dict[str, Any]) -> File:
    """A file somebody sent, for those who may see it."""
    file_id = int(args["file"])
    if not files.may_download(session, context.now(), person_id, file_id):
        raise Refused("not_for_you", command="")
    row = session.get_one(StoredFile, file_id)
    return File(row.name, row.media_type, files.read(context.data_dir, row))


def workbook(session: Session, context: Context, person_id: int, args: dict[str, Any]) -> File:
    """The roll-up with the official columns."""
    from bot.commands.rollup import period_of
    from reports.rollup import rollup
    from reports.workbook import write

    summary = rollup(session, context.now(), person_id, period_of(args, context))
    return File(args["name"], XLSX, write(summary, language=_language(session, person_id)))


def picture(session: Session, context: Context, person_id: int, args: dict[str, Any]) -> File:
    """The picture of the period."""
    from bot.commands.rollup import period_of
    from reports.picture import draw
    from reports.rollup import rollup

    summary = rollup(session, context.now(), person_id, period_of(args, context))
    return File(args["name"], "image/png", draw(summary, language=_language(session, person_id)))


def slips(session: Session, context: Context, person_id: int, args: dict[str, Any]) -> File:
    """Invitations to print: new codes, which stand nowhere but on the paper."""
    from bot.commands.inviting import bots
    from models.invitations import printable_invitations
    from models.rights import is_admin
    from reports.slips import sheet

    if not is_admin(session, context.now(), person_id):
        raise Refused("not_for_you", command="invite")
    made = printable_invitations(session, context.now(), bots(context), by=person_id, unit_ids=args.get("units"))
    return File(args["name"], "application/pdf", sheet([slip for slip in made if slip.code]))


def mine(session: Session, context: Context, person_id: int, args: dict[str, Any]) -> File:
    """Everything kept about the person, to be read or, field by field, by a machine; only ever their own."""
    found = privacy.export_my_data(session, person_id)
    if args["name"].endswith(".txt"):
        readable = my_data.page(say_for(_language(session, person_id)), found)
        return File(args["name"], "text/plain", readable.encode("utf-8-sig"))  # with the mark old editors need
    return File(args["name"], "application/json", json.dumps(found, ensure_ascii=False, indent=2).encode())


def _language(session: Session, person_id: int) -> Literal["vi", "en"]:
    person = session.get(Person, person_id)
    return "en" if person is not None and person.language == "en" else "vi"


MAKERS: dict[str, Maker] = {"stored": stored, "workbook": workbook, "picture": picture, "slips": slips, "mine": mine}
WRITING = frozenset({"slips"})
"""Kinds whose making writes (new codes)."""
