"""Who is linked and who is not; a person's card: invite, another phone, disconnect, replace."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, func, select

from bot.channels.base import Button
from bot.commands.draft import masked
from bot.commands.evidence import opened
from bot.commands.finding import one_person
from bot.reply import Question, Reply, rows
from bot.shorten import line
from bot.turn import Turn
from models import addresses, invitations, linking
from models.errors import Refused
from models.people import Address, Membership, Person
from models.phone_change import change_phone
from models.replacing import replace
from models.rights import in_force, is_admin
from models.units import Unit
from models.whois import find_people

SHOWN = 10


def people(turn: Turn) -> Reply:
    """ "/nguoi": how many are linked, who is missing; "/nguoi Bình": the card, or which of them."""
    words = turn.intent.rest.strip()
    if not words:
        return _overview(turn)
    found = find_people(turn.session, words, SHOWN)
    if not found:
        raise Refused("nobody_named", name=line(words, 80))
    if len(found) == 1:
        return card(turn, found[0].id or 0)
    buttons = [Button(line(f"{p.name} – {p.title}" if p.title else p.name, 60), f"person:{p.id}") for p in found]
    return Reply(turn.say("people.which"), rows(*buttons, wide=1))


def card(turn: Turn, person_id: int) -> Reply:
    """Name, units, channels; the phone is masked."""
    person = _person(turn, person_id)
    held = turn.session.exec(
        select(Membership, Unit)
        .join(Unit, col(Unit.id) == col(Membership.unit_id))
        .where(Membership.person_id == person_id, in_force(turn.now))
    ).all()
    places = addresses.usable(turn.session, person_id)
    lines = [
        line(f"{person.name} – {person.title}" if person.title else person.name, 120),
        *(f"• {turn.say(f'role.{membership.role}')}: {line(unit.name, 80)}" for membership, unit in held),
        turn.say("people.phone", phone=masked(person.phone)) if person.phone else turn.say("people.no_phone"),
        turn.say("people.channels", channels=", ".join(turn.say(f"channel.{a.channel}") for a in places))
        if places
        else turn.say("people.unlinked"),
    ]
    buttons = [
        Button(turn.say("button.invite"), f"invite:p:{person_id}"),
        Button(turn.say("button.phone"), f"phone:{person_id}"),
    ]
    buttons += [Button(turn.say("button.unlink"), f"unlink:{person_id}")] if places else []
    buttons += [Button(turn.say("button.replace"), f"replace:{person_id}")] if held else []
    return Reply("\n".join(lines), rows(*buttons))


def unlink(turn: Turn, person_id: int) -> Reply:
    """Every channel of the person is disconnected; the tasks stay."""
    person = _person(turn, person_id)
    gone = linking.unlink_person(turn.session, turn.now, person_id, turn.me)
    return Reply(turn.say("people.unlinked_now", name=line(person.name, 80), n=gone))


def ask_phone(turn: Turn, person_id: int) -> Reply:
    """Which number now."""
    person = _person(turn, person_id)
    return Reply(
        turn.say("people.ask_phone", name=line(person.name, 80)), question=Question("phone", {"id": person_id})
    )


def phone_heard(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The new number. The answer shows it masked."""
    if not any(sign.isdigit() for sign in text):
        return None
    person = change_phone(turn.session, turn.now, turn.me, int(kept["id"]), text)
    opened(turn, close=True)
    shown = {"name": line(person.name, 80), "phone": masked(person.phone or "")}
    return Reply(turn.say("people.phone_changed", **shown))


def ask_replace(turn: Turn, person_id: int) -> Reply:
    """Who takes over."""
    person = _person(turn, person_id)
    return Reply(
        turn.say("people.ask_replace", name=line(person.name, 80)), question=Question("replace", {"id": person_id})
    )


def heard(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The successor's name, somebody of the register."""
    if not text.strip():
        return None
    old = _person(turn, int(kept["id"]))
    new = one_person(turn, text)
    assert old.id is not None
    assert new.id is not None
    moved = replace(turn.session, turn.now, turn.me, old.id, new.id)
    opened(turn, close=True)
    return Reply(turn.say("people.replaced", old=line(old.name, 80), new=line(new.name, 80), n=moved))


def _overview(turn: Turn) -> Reply:
    linked = turn.session.exec(
        select(func.count(func.distinct(Address.person_id))).where(
            col(Address.verified_at).is_not(None), col(Address.blocked_at).is_(None)
        )
    ).one()
    blocked = turn.session.exec(
        select(func.count(func.distinct(Address.person_id))).where(
            col(Address.verified_at).is_not(None), col(Address.blocked_at).is_not(None)
        )
    ).one()
    missing = invitations.not_linked(turn.session, turn.now)
    lines = [turn.say("people.head", linked=linked, blocked=blocked, missing=len(missing))]
    for row in missing[:SHOWN]:
        name = line(row.person.name, 60) if row.person else turn.say("people.nobody")
        lines.append(turn.say("people.line", unit=line(row.unit.name, 60), name=name, n=row.open_assignments))
    more = [turn.say("people.more", n=len(missing) - SHOWN)] if len(missing) > SHOWN else []
    return Reply(
        "\n".join([*lines, *more, turn.say("people.how")]), rows(Button(turn.say("button.slips"), "invite:all"))
    )


def _person(turn: Turn, person_id: int) -> Person:
    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_admin")
    person = turn.session.get(Person, person_id)
    if person is None or person.erased_at is not None:
        raise Refused("person_gone")
    return person
