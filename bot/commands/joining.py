"""Coming in: the one-time code, Telegram's own shared contact, consent; and nothing else for a stranger."""

from __future__ import annotations

import re

from sqlmodel import Session

from bot import dialogues
from bot.channels.base import Button, Channel, Incoming
from bot.commands.help import role_lines
from bot.context import Context
from bot.refusals import sentence
from bot.reply import SHARE_CONTACT, Reply, rows
from bot.shorten import line
from bot.texts import Say, say_for
from bot.turn import Turn
from bot.understand import understand
from bot.who import person_at, say_to
from models import audit, linking, privacy
from models.errors import Refused
from models.numbers import listing
from models.people import Person

CODE = re.compile(r"[A-Za-z0-9]{4}[\s-]?[A-Za-z0-9]{4}$")


def stranger(session: Session, context: Context, channel: Channel, incoming: Incoming) -> list[Reply]:
    """A code, /start, the own contact and a greeting are answered; nobody learns whether a name or letter exists.

    A command is not. What is said to strangers is counted: a quota of the month must not go to somebody who plays.
    """
    say = say_for("en" if incoming.language.lower().startswith("en") else "vi")
    if incoming.is_group or incoming.kind not in ("message", "contact"):
        return []
    intent = understand(incoming.text)
    code = intent.rest if intent.kind == "order" and intent.name == "start" else _bare_code(incoming.text)
    if incoming.kind == "contact" or code:
        replies = _linked(session, context, channel, incoming, say, code if incoming.kind == "message" else "")
        if person_at(session, incoming.lane, incoming.chat_id) is not None:
            return replies
    elif intent.kind == "order" and intent.name != "start":
        return []
    else:
        share = rows(Button(say("button.share_contact"), SHARE_CONTACT)) if channel.limits.buttons else ()
        replies = [Reply(say("start.stranger"), share)]
    sender = f"{incoming.lane}:{incoming.sender_id or incoming.chat_id}"
    is_greeting = not code and intent.kind != "order" and incoming.kind == "message"
    scarce = channel.limits.monthly is not None
    return replies if context.flood.may_answer(incoming.lane, sender, once=is_greeting, scarce=scarce) else []


def _bare_code(text: str) -> str:
    """Eight signs of a code and nothing else: on Zalo people send just that."""
    plain = "".join(sign for sign in text.upper() if sign.isalnum())
    is_code = CODE.fullmatch(text.strip()) and len(plain) == linking.CODE_LENGTH and set(plain) <= set(linking.ALPHABET)
    return plain if is_code else ""


def _linked(
    session: Session, context: Context, channel: Channel, incoming: Incoming, say: Say, code: str
) -> list[Reply]:
    now = context.now()
    try:  # no savepoint: a wrong try is counted although it is refused
        if code:
            linked = linking.link_by_code(session, now, code, lane=incoming.lane, chat_id=incoming.chat_id)
        else:
            linked = linking.link_by_phone(
                session,
                now,
                incoming.contact_phone,
                is_own=incoming.contact_is_own,
                lane=incoming.lane,
                chat_id=incoming.chat_id,
            )
    except Refused as why:
        return [Reply(sentence(say, why))]
    person = linked.person
    assert person is not None
    assert person.id is not None
    replies = [welcome(session, context, person) if person.consent_at else consent_question(session, context, person)]
    dialogues.ask(session, person.id, incoming.lane, incoming.chat_id, replies, buttons=channel.limits.buttons)
    return replies


def consent_question(session: Session, context: Context, person: Person) -> Reply:
    """What is kept, why, and the person's rights; no consent by silence (Law 91/2025)."""
    say = say_to(session, context.now(), person)
    return Reply(
        say("consent.question", name=line(person.name, 80)),
        rows(Button(say("button.agree"), "consent:yes"), Button(say("button.disagree"), "consent:no")),
    )


def before_consent(turn: Turn) -> list[Reply]:
    """Until the answer, every message meets the same question; the answered one keeps its words and loses its buttons."""
    intent, pressed = turn.intent, turn.incoming.button_data
    if pressed == "consent:yes" or (not pressed and (intent.kind == "yes" or intent.numbers == (1,))):
        asked = consent_question(turn.session, turn.context, turn.person).text
        shown = Reply(f"{asked}\n\n{turn.say('consent.thanks')}", replace=True)
        return [shown, _agreed(turn, is_thanked=True)] if pressed else [_agreed(turn)]
    if pressed == "consent:no" or (not pressed and (intent.kind == "no" or intent.numbers == (2,))):
        return [_disagreed(turn)]
    return [consent_question(turn.session, turn.context, turn.person)]


def pressed(turn: Turn, args: list[str]) -> Reply:
    """The consent buttons pressed again later: agreeing twice changes nothing, disagreeing is /forgetme's matter."""
    if args[0] == "yes":
        return Reply(turn.say("consent.already"), notice=turn.say("consent.already"))
    return Reply(turn.say("consent.leave"))


def start(turn: Turn) -> Reply:
    """A linked person's /start: a further code adds a unit's or an own second address; else a welcome."""
    if turn.intent.rest and CODE.match(turn.intent.rest):
        linking.link_by_code(
            turn.session, turn.now, turn.intent.rest, lane=turn.incoming.lane, chat_id=turn.incoming.chat_id
        )
    return welcome(turn.session, turn.context, turn.person)


def own_contact(turn: Turn) -> Reply:
    """A contact card from somebody linked changes nothing."""
    return Reply(turn.say("contact.linked" if turn.incoming.contact_is_own else "refused.contact_not_own"))


def welcome(session: Session, context: Context, person: Person) -> Reply:
    """Who we take the person for, and the first thing to do."""
    assert person.id is not None
    now = context.now()
    say = say_to(session, now, person)
    roles = role_lines(session, now, person.id, say)
    waiting = len(listing(session, now, person.id))
    text = say("start.welcome", name=line(person.name, 80), roles="; ".join(roles) or say("role.none"))
    return Reply(f"{text}\n{say('start.waiting', n=waiting) if waiting else say('start.nothing')}", menu=True)


def _agreed(turn: Turn, *, is_thanked: bool = False) -> Reply:
    """The welcome; the question that was pressed shows already that the consent is recorded."""
    privacy.consent(turn.session, turn.now, turn.me)
    reply = welcome(turn.session, turn.context, turn.person)
    return reply if is_thanked else Reply(f"{turn.say('consent.thanks')}\n{reply.text}", menu=True)


def _disagreed(turn: Turn) -> Reply:
    assert turn.address.id is not None
    linking.unlink(turn.session, turn.now, turn.address.id, turn.me)
    audit.record(
        turn.session, turn.now, actor_id=turn.me, action="consent_refused", subject="person", subject_id=turn.me
    )
    turn.context.flood.forget(f"{turn.incoming.lane}:{turn.incoming.sender_id}")
    return Reply(turn.say("consent.refused"))
