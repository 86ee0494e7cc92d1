"""Groups: making one, who is in it, becoming a supergroup, topics."""

from __future__ import annotations

from typing import Any

from sandbox import shapes
from sandbox.errors import Misuse
from sandbox.town import Bot, Message, Messenger, Person, Talk, Town
from sandbox.updates import enqueue, tell

Json = dict[str, Any]
FIRST_GROUP, FIRST_SUPERGROUP = 4_000_000_000, 1_002_000_000_000


def new_group(
    town: Town, title: str, founder: Person, supergroup: bool = False, topics: list[str] | None = None
) -> Talk:
    """A group of its founder's messenger. Topics make it a forum (a supergroup)."""
    town.last_group += 1
    messenger: Messenger = founder.messenger
    kind = "supergroup" if supergroup or topics else "group"
    number = (FIRST_GROUP if kind == "group" else FIRST_SUPERGROUP) + town.last_group
    chat_id = f"-{number}" if messenger == "telegram" else f"g{number:x}"
    talk = Talk(kind, chat_id, messenger, title, forum=bool(topics))
    town.groups[chat_id] = talk
    _enter(talk, founder, "creator")
    for index, topic in enumerate(topics or []):
        talk.topics[2 + index] = topic
    talk.last_id = 1 + len(talk.topics)
    town.publish({"type": "people"})
    return talk


def add_person(town: Town, talk: Talk, person: Person) -> None:
    """A person comes in; the bots are told by a service line."""
    if person.messenger != talk.messenger:
        raise Misuse(f"{person.name} uses {person.messenger}", 409)
    _enter(talk, person, "member")
    _service(town, talk, person, {"new_chat_members": [shapes.user(person)]})


def remove_person(town: Town, talk: Talk, person: Person) -> None:
    talk.people.pop(person.id, None)
    if talk in person.talks:
        person.talks.remove(talk)
    _service(town, talk, person, {"left_chat_member": shapes.user(person)})


def set_bot(town: Town, talk: Talk, actor: Person, bot: Bot, standing: str) -> None:
    """Bring a bot in (member, administrator) or throw it out (kicked); it is told."""
    old = talk.bots.get(bot.id, "left")
    talk.bots[bot.id] = standing
    town.publish({"type": "people"})
    if bot.messenger != "telegram" or old == standing:
        return
    enqueue(bot, "my_chat_member", shapes.membership_change(town, talk, actor, bot, old, standing))
    if standing in ("member", "administrator") and old in ("left", "kicked"):
        _service(town, talk, actor, {"new_chat_members": [shapes.bot_user(bot)]})


def migrate(town: Town, talk: Talk, actor: Person) -> Talk:
    """A basic group becomes a supergroup with a new id; the old id answers 400 with `migrate_to_chat_id`."""
    if talk.kind != "group" or talk.messenger != "telegram" or talk.migrated_to:
        raise Misuse("only a basic group of Telegram can become a supergroup", 409)
    number = FIRST_SUPERGROUP + town.last_group + 1
    town.last_group += 1
    new = Talk("supergroup", f"-{number}", "telegram", talk.title, dict(talk.bots), last_id=1)
    town.groups[new.chat_id] = new
    for person_id, standing in talk.people.items():
        _enter(new, town.people[person_id], standing)
        town.people[person_id].talks.remove(talk)
    _service(town, talk, actor, {"migrate_to_chat_id": int(new.chat_id)})
    talk.migrated_to = new.chat_id
    _service(town, new, actor, {"migrate_from_chat_id": int(talk.chat_id)})
    town.publish({"type": "people"})
    return new


def _enter(talk: Talk, person: Person, standing: str) -> None:
    talk.people[person.id] = standing
    if talk not in person.talks:
        person.talks.append(talk)


def _service(town: Town, talk: Talk, actor: Person, content: Json) -> None:
    if talk.messenger != "telegram":
        return
    message = Message(0, 0, town.now(), person=actor.id, service=content)
    town.post(talk, message)
    tell(town, talk, message)
