"""Invitations: a one-time code for a person or a unit's group, or a printable list for every unit not yet linked."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from bot.channels.base import Button, Channel, ChannelError, Incoming
from bot.commands.command import Plan
from bot.context import Context
from bot.mailing import mailbox_of
from bot.reply import FileOrder, Reply, rows
from bot.shorten import line
from bot.turn import Turn
from bot.words import fold
from models import invitations, linking
from models.addresses import EMAIL
from models.clock import local_date
from models.database import Database
from models.errors import Refused
from models.invitations import Bots
from models.people import Membership, Person
from models.register import Register, resolve
from models.rights import is_admin
from models.units import Unit
from models.whois import find_people, in_charge

ALL_UNITS = ("tat ca", "moi don vi", "cac don vi", "all", "")
GROUP = ("nhom ", "group ")
CHOICES = 8


def invite(turn: Turn) -> Reply:
    """ "/ketnoi Trần Văn B", "/ketnoi Sở Y tế", "/ketnoi nhóm Sở Y tế"; without a name: how many are not linked, and the list."""
    words = turn.intent.rest.strip()
    told = fold(words)
    if told in ALL_UNITS:
        return _everybody(turn)
    for start in GROUP:
        if told.startswith(start):
            return _group(turn, words[len(start) :])
    people = find_people(turn.session, words, CHOICES)
    if len(people) == 1:
        return _person(turn, people[0])
    if people:
        return Reply(turn.say("invite.which"), rows(*(_button(turn, person) for person in people), wide=1))
    return _unit(turn, words)


def pressed(turn: Turn, args: list[str]) -> Reply:
    """ "invite:all", "invite:mail", "invite:p:<person>", "invite:m:<person>"."""
    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_for_you", command="invite")
    if args[0] == "all":
        day = local_date(turn.now)
        order = FileOrder("slips", {"name": f"ma-ket-noi-{day:%Y-%m-%d}.pdf"})
        return Reply(turn.say("invite.sheet"), files=(order,))
    if args[0] == "mail":
        return _mail_all(turn)
    person = turn.session.get(Person, int(args[1]))
    if person is None or person.erased_at is not None or person.id is None:
        raise Refused("person_gone")
    if args[0] == "m":
        return Reply(turn.say("invite.mailed", n=1), mails=(person.id,))
    return _person(turn, person)


async def know_bots(db: Database, channel: Channel, context: Context, incoming: Incoming, plan: Plan) -> None:
    """Ask each messenger once who the bot is there: an invitation's link needs its name."""
    for lane, one in context.channels.items():
        if lane not in context.profiles and one.name != "email":
            with contextlib.suppress(ChannelError):
                context.profiles[lane] = await one.me()


def bots(context: Context) -> Bots:
    """Where invitations lead, by the channels that run here."""
    telegram = next((bot.username for lane, bot in context.profiles.items() if lane.startswith("telegram:")), "")
    zalo = tuple((lane, bot.name) for lane, bot in context.profiles.items() if lane.startswith("zalo:"))
    return Bots(telegram, zalo)


def _everybody(turn: Turn) -> Reply:
    missing = invitations.not_linked(turn.session, turn.now)
    if not missing:
        return Reply(turn.say("invite.nobody"))
    nobody = sum(row.person is None for row in missing)
    lines = [
        turn.say("invite.line", unit=line(row.unit.name, 60), n=row.open_assignments)
        for row in missing[:10]
        if row.person
    ]
    text = "\n".join([turn.say("invite.missing", n=len(missing), nobody=nobody), *lines])
    mail = any(row.person and _can_mail(turn, row.person) for row in missing)
    buttons = [Button(turn.say("button.slips"), "invite:all")] if len(missing) > nobody else []
    buttons += [Button(turn.say("button.mail_all"), "invite:mail")] if mail else []
    return Reply(text, rows(*buttons))


def _person(turn: Turn, person: Person) -> Reply:
    unit = _unit_of(turn, person)
    slip = invitations.slip_for(turn.session, turn.now, bots(turn.context), person, unit, by=turn.me)
    lines = [
        turn.say(
            "invite.code", name=line(person.name, 80), unit=line(unit.name, 80), code=slip.code, until=slip.expires_at
        )
    ]
    lines += [turn.say("invite.telegram", link=slip.telegram_link)] if slip.telegram_link else []
    lines += [turn.say("invite.zalo", words=slip.zalo_words)] if slip.zalo_words else []
    by_mail = _can_mail(turn, person)
    return Reply("\n".join(lines), rows(Button(turn.say("button.mail"), f"invite:m:{person.id}")) if by_mail else ())


def _can_mail(turn: Turn, person: Person) -> bool:
    channels = turn.context.channels.values()
    return any(one.name == EMAIL for one in channels) and mailbox_of(turn.session, person.id or 0) is not None


def _mail_all(turn: Turn) -> Reply:
    """Everybody in charge of a unit that is not linked, where a mailbox is registered."""
    missing = invitations.not_linked(turn.session, turn.now)
    people = tuple(row.person.id for row in missing if row.person and row.person.id and _can_mail(turn, row.person))
    if not people:
        raise Refused("no_mailboxes")
    return Reply(turn.say("invite.mailed", n=len(people)), mails=people)


def _unit(turn: Turn, words: str) -> Reply:
    found = resolve(turn.session, words, on=turn.today, register=Register.load(turn.session))
    if not found.units or found.doubts:
        raise Refused("nobody_named", name=line(words, 80))
    if len(found.units) > 1:
        ids = list(found.unit_ids)
        order = FileOrder("slips", {"name": "ma-ket-noi.pdf", "units": ids})
        return Reply(turn.say("invite.sheet"), files=(order,))
    unit_id = found.unit_ids[0]
    person_id = in_charge(turn.session, turn.now, [unit_id]).get(unit_id)
    person = turn.session.get(Person, person_id) if person_id else None
    if person is None:
        raise Refused("nobody_in_unit")
    return _person(turn, person)


def _group(turn: Turn, words: str) -> Reply:
    """A code to be typed in the unit's group by who speaks for the unit."""
    found = resolve(turn.session, words, on=turn.today, register=Register.load(turn.session))
    if len(found.units) != 1 or found.doubts:
        raise Refused("nobody_named", name=line(words, 80))
    unit = turn.session.get_one(Unit, found.unit_ids[0])
    code = linking.invite(turn.session, turn.now, unit_id=unit.id, by=turn.me)
    until = local_date(turn.now + timedelta(days=linking.CODE_DAYS))
    return Reply(turn.say("invite.group", unit=line(unit.name, 80), code=code, until=until))


def _unit_of(turn: Turn, person: Person) -> Unit:
    from sqlmodel import col, select

    from models.rights import in_force

    unit = turn.session.exec(
        select(Unit)
        .join(Membership, col(Membership.unit_id) == col(Unit.id))
        .where(Membership.person_id == person.id, in_force(turn.now))
        .order_by(col(Membership.is_default).desc(), col(Membership.id))
    ).first()
    if unit is None:
        raise Refused("person_without_unit", name=line(person.name, 80))
    return unit


def _button(turn: Turn, person: Person) -> Button:
    return Button(line(f"{person.name} – {person.title}" if person.title else person.name, 60), f"invite:p:{person.id}")
