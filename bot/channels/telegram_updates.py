"""A Telegram update as an Incoming: who said what, pressed which button, blocked or let us in again.

The library is imported for its types only: what an update is was decided by `bot.channels.telegram`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from bot.channels.base import Attachment, Incoming

if TYPE_CHECKING:
    from telegram import MaybeInaccessibleMessage, Message, Update

OUT = ("kicked", "left")
Download = Callable[[str], Awaitable[bytes]]
"""Fetches a file by the vendor's id."""


def incoming(lane: str, update: Update, download: Download) -> Incoming | None:
    """The update in no vendor's words; None for kinds nobody answers."""
    found = _read(lane, update, download)
    return replace(found, position=found.update_id) if found else None


def _read(lane: str, update: Update, download: Download) -> Incoming | None:
    if update.callback_query is not None:
        return _pressed(lane, update)
    if update.my_chat_member is not None:
        return _member_changed(lane, update)
    message = update.message or update.edited_message
    return _said(lane, update, message, download) if message is not None else None


def _said(lane: str, update: Update, message: Message, download: Download) -> Incoming | None:
    if message.migrate_to_chat_id is not None:
        kind = "migrated"
    elif message.contact is not None:
        kind = "contact"
    else:
        kind = "edited" if update.edited_message is not None else "message"
    sender, contact, reply = message.from_user, message.contact, message.reply_to_message
    return Incoming(
        lane=lane,
        update_id=str(update.update_id),
        kind=kind,
        chat_id=str(message.chat.id),
        sender_id=str(sender.id) if sender else "",
        sender_name=sender.full_name if sender else "",
        language=(sender.language_code or "") if sender else "",
        text=message.text or message.caption or "",
        message_id=str(message.message_id),
        reply_to=str(reply.message_id) if reply else "",
        attachments=_attachments(message, download),
        media_group=message.media_group_id or "",
        contact_phone=contact.phone_number if contact else "",
        # Only Telegram's own statement that the card is the sender's proves the number.
        contact_is_own=bool(contact and sender and contact.user_id == sender.id),
        is_group=message.chat.type in ("group", "supergroup"),
        thread_id=_topic(message),
        migrated_to=str(message.migrate_to_chat_id or ""),
        sent_at=message.date,
    )


def _topic(message: MaybeInaccessibleMessage) -> str:
    """The topic's id; in other supergroups a thread is only a chain of replies. A message too old to be shown says none."""
    return str(getattr(message, "message_thread_id", "")) if getattr(message, "is_topic_message", None) else ""


def _attachments(message: Message, download: Download) -> tuple[Attachment, ...]:
    if message.photo:
        photo = message.photo[-1]
        name = f"anh-{message.message_id}.jpg"
        return (Attachment("photo", name, "image/jpeg", photo.file_size, lambda: download(photo.file_id)),)
    if (file := message.document) is not None:
        media_type, name = file.mime_type or "application/octet-stream", file.file_name or "file"
        return (Attachment("file", name, media_type, file.file_size, lambda: download(file.file_id)),)
    if (voice := message.voice) is not None:
        media_type = voice.mime_type or "audio/ogg"
        return (Attachment("voice", "voice.ogg", media_type, voice.file_size, lambda: download(voice.file_id)),)
    return ()


def _pressed(lane: str, update: Update) -> Incoming | None:
    query = update.callback_query
    if query is None or query.message is None:
        return None
    return Incoming(
        lane=lane,
        update_id=str(update.update_id),
        kind="button",
        chat_id=str(query.message.chat.id),
        sender_id=str(query.from_user.id),
        sender_name=query.from_user.full_name,
        language=query.from_user.language_code or "",
        message_id=str(query.message.message_id),
        button_data=query.data or "",
        button_query_id=query.id,
        is_group=query.message.chat.type in ("group", "supergroup"),
        thread_id=_topic(query.message),
    )


def _member_changed(lane: str, update: Update) -> Incoming | None:
    change = update.my_chat_member
    if change is None:
        return None
    is_group = change.chat.type in ("group", "supergroup")
    was_out, is_out = (member.status in OUT for member in (change.old_chat_member, change.new_chat_member))
    came_back: Literal["joined", "unblocked"] = "joined" if is_group and was_out else "unblocked"
    return Incoming(
        lane=lane,
        update_id=str(update.update_id),
        kind="blocked" if is_out else came_back,
        chat_id=str(change.chat.id),
        sender_id=str(change.from_user.id),
        sender_name=change.from_user.full_name,
        language=change.from_user.language_code or "",
        is_group=is_group,
    )
