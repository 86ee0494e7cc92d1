"""The town's things as Telegram's objects (core.telegram.org/bots/api#available-types): plain JSON."""

from __future__ import annotations

from typing import Any

from sandbox.town import Bot, Message, Person, StoredFile, Talk, Town

Json = dict[str, Any]


def bot_user(bot: Bot) -> Json:
    return {"id": int(bot.id), "is_bot": True, "first_name": bot.name, "username": bot.username}


def user(person: Person) -> Json:
    return {
        "id": int(person.chat_id),
        "is_bot": False,
        "first_name": person.name,
        "language_code": person.language,
    }


def chat(town: Town, talk: Talk) -> Json:
    if talk.kind == "private":
        person = town.by_chat["telegram", talk.chat_id]
        return {"id": int(talk.chat_id), "type": "private", "first_name": person.name}
    made: Json = {"id": int(talk.chat_id), "type": talk.kind, "title": talk.title}
    if talk.forum:
        made["is_forum"] = True
    return made


def message(town: Town, talk: Talk, kept: Message, with_reply: bool = True) -> Json:
    """A Message object; the message replied to is inside, one level deep."""
    made: Json = {"message_id": kept.id, "date": int(kept.date), "chat": chat(town, talk)}
    author = _author(town, kept)
    if author is not None:
        made["from"] = author
    if kept.edited:
        made["edit_date"] = int(kept.edited)
    if kept.thread:
        made["message_thread_id"] = kept.thread
        made["is_topic_message"] = True
    if kept.album:
        made["media_group_id"] = kept.album
    if with_reply and kept.reply_to in talk.messages:
        made["reply_to_message"] = message(town, talk, talk.messages[kept.reply_to], with_reply=False)
    made.update(_content(town, kept))
    if kept.markup is not None and "inline_keyboard" in kept.markup:
        made["reply_markup"] = kept.markup
    return made


def _author(town: Town, kept: Message) -> Json | None:
    if kept.bot:
        return bot_user(town.bots[kept.bot])
    return user(town.people[kept.person]) if kept.person else None


def _content(town: Town, kept: Message) -> Json:
    if kept.service is not None:
        return kept.service
    if kept.contact is not None:
        return {"contact": kept.contact}
    made: Json = {}
    if kept.files:
        found = [town.files[file_id] for file_id in kept.files]
        if found[0].kind == "photo":
            made["photo"] = [photo_size(file) for file in found]
        else:
            made["document"] = document(found[0])
    if kept.text:
        made["caption" if kept.files else "text"] = kept.text
    if kept.entities:
        made["caption_entities" if kept.files else "entities"] = kept.entities
    return made


def document(file: StoredFile) -> Json:
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.mime,
        "file_size": len(file.data),
    }


def photo_size(file: StoredFile) -> Json:
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "width": file.width,
        "height": file.height,
        "file_size": len(file.data),
    }


def member(user_object: Json, standing: str) -> Json:
    """A ChatMember. `kicked` carries until_date; an administrator its rights."""
    made: Json = {"user": user_object, "status": standing}
    if standing == "kicked":
        made["until_date"] = 0
    elif standing == "creator":
        made["is_anonymous"] = False
    elif standing == "administrator":
        rights = "manage_chat delete_messages manage_video_chats restrict_members promote_members change_info"
        more = "invite_users post_stories edit_stories delete_stories"
        made |= {f"can_{right}": True for right in f"{rights} {more}".split()}
        made |= {"can_be_edited": False, "is_anonymous": False}
    return made


def membership_change(town: Town, talk: Talk, actor: Person, bot: Bot, old: str, new: str) -> Json:
    """The my_chat_member update's body."""
    return {
        "chat": chat(town, talk),
        "from": user(actor),
        "date": int(town.now()),
        "old_chat_member": member(bot_user(bot), old),
        "new_chat_member": member(bot_user(bot), new),
    }
