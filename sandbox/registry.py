"""How bots, people and groups come into being."""

from __future__ import annotations

import hashlib

from sandbox.errors import Misuse
from sandbox.town import FIRST_TELEGRAM_ID, Bot, Messenger, Person, Talk, Town


def telegram_bot(town: Town, token: str) -> Bot | None:
    """The bot of a token; a new one unless the town has a fixed list. None: no such, or another secret."""
    return _bot(town, "telegram", token)


def zalo_bot(town: Town, token: str) -> Bot | None:
    """As `telegram_bot`, for Zalo."""
    return _bot(town, "zalo", token)


def _bot(town: Town, messenger: Messenger, token: str) -> Bot | None:
    number = token.partition(":")[0]
    key = number if messenger == "telegram" else f"z{number}"
    bot = town.bots.get(key)
    if bot is None:
        if town.tokens is not None and token not in town.tokens:
            return None
        bot = town.bots[key] = _new_bot(key, messenger, token)
        if town.on_bot is not None:
            town.on_bot(bot)
        town.publish({"type": "bots"})
    return bot if bot.token == token and bot.messenger == messenger else None


def _new_bot(key: str, messenger: Messenger, token: str) -> Bot:
    username = f"dondoc_{key}_bot" if messenger == "telegram" else f"bot.dondoc{key}"
    return Bot(key, token, messenger, "Đôn đốc", username)


def new_person(
    town: Town, name: str, messenger: Messenger, phone: str = "", role: str = "", language: str = "vi"
) -> Person:
    """Somebody moves into the town, with a vendor's id of their own."""
    town.last_person += 1
    number = town.last_person
    if messenger == "telegram":
        chat_id = str(FIRST_TELEGRAM_ID + number)
    else:
        chat_id = hashlib.sha256(f"zalo {number}".encode()).hexdigest()[:20]
    person = Person(number, name, messenger, chat_id, phone, language, role)
    town.people[number] = person
    town.by_chat[messenger, chat_id] = person
    town.publish({"type": "people"})
    return person


def private_talk(town: Town, person: Person, bot: Bot) -> Talk:
    """The talk of a person with a bot, opened when there is none."""
    talk = town.private.get((bot.id, person.chat_id))
    if talk is None:
        if bot.messenger != person.messenger:
            raise Misuse(f"{person.name} uses {person.messenger}, the bot {bot.messenger}", 409)
        talk = Talk("private", person.chat_id, person.messenger, bot.name)
        talk.bots[bot.id] = "member"
        talk.people[person.id] = "member"
        town.private[bot.id, person.chat_id] = talk
        person.talks.append(talk)
    return talk


def usual_bot(town: Town, person: Person) -> Bot:
    """The bot a person talks with when none is named: the latest, else the first one of the messenger."""
    for talk in reversed(person.talks):
        if talk.kind == "private":
            return town.bots[talk.bot_id]
    for bot in town.bots.values():
        if bot.messenger == person.messenger:
            return bot
    raise Misuse(f"no bot of {person.messenger} has called yet", 409)
