"""Somebody stands in for the contact: named, told, shown, and let go again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlmodel import col, select

from bot.channels.base import Button
from bot.commands.finding import LETTER, one_letter, one_person
from bot.lines import letter_name, letter_names, person_name
from bot.reply import Reply, rows
from bot.shorten import line
from bot.turn import Turn
from bot.words import fold
from models import addresses, deputies
from models.directives import Directive
from models.errors import Refused
from models.people import Membership, Person
from models.rights import in_force

NOBODY = ("thoi", "khong", "het", "dung", "bo", "ket thuc", "huy", "thu hoi", "none", "nobody", "end", "stop")
TO = re.compile(r"^\s*(?:(?:cho|là|for|to|do)\b[\s:]*)?(?:(?:đ/c|đồng chí|ông|bà|anh|chị)\b[\s.:]*)?", re.IGNORECASE)
SHOWN = 10
COLLEAGUES = 6


def deputy(turn: Turn) -> Reply:
    """ "/uyquyen 1246 Lê Văn An", "/uyquyen Lê Văn An" (every letter followed), "/uyquyen thôi"; alone: who stands in."""
    words = turn.intent.rest.strip(" .,;:")
    named = LETTER.match(words)
    if named is not None:
        letters = [one_letter(turn, named.group("number"))]
        words = words[named.end() :].strip(" .,;:")
        if not words:
            return shown(turn, letters)
    else:
        letters = deputies.followed(turn.session, turn.me)
        if not words:
            return shown(turn, letters)
    words = TO.sub("", words)
    ends = fold(words) in NOBODY or fold(turn.incoming.text).strip(" /.").startswith("thoi")
    if ends:
        return _change(turn, letters if named else _with_deputy(turn), None)
    if not letters:
        raise Refused("nothing_followed")
    return _change(turn, letters, one_person(turn, words))


def pressed(turn: Turn, args: list[str]) -> Reply:
    """ "deputy:<person, or 0 to end it>:<letter, or 0 for all>"."""
    person_id, letter_id = int(args[0]), int(args[1])
    letters = deputies.followed(turn.session, turn.me)
    if letter_id:
        found = turn.session.get(Directive, letter_id)
        letters = [found] if found else []
    if not person_id:
        return _change(turn, letters if letter_id else _with_deputy(turn), None)
    person = turn.session.get(Person, person_id)
    if person is None:
        raise Refused("person_gone")
    return _change(turn, letters, person)


def shown(turn: Turn, letters: Sequence[Directive]) -> Reply:
    """Each letter with who stands in; colleagues to choose from."""
    mine = [letter for letter in deputies.stood_in_for(turn.session, turn.me) if letter not in letters]
    if not letters and not mine:
        raise Refused("nothing_followed")
    about = letters[0].id if len(letters) == 1 else 0
    lines = [turn.say("deputy.list", n=len(letters))] if letters else []
    lines += [_line(turn, letter) for letter in letters[:SHOWN]]
    lines += [turn.say("deputy.more", n=len(letters) - SHOWN)] if len(letters) > SHOWN else []
    lines += [turn.say("deputy.you", letters=_names(turn, mine))] if mine else []
    lines += [turn.say("deputy.how")] if letters else []
    buttons = [Button(line(person.name, 40), f"deputy:{person.id}:{about}") for person in _colleagues(turn, letters)]
    if mine or any(letter.contact_deputy_id for letter in letters):
        buttons.append(Button(turn.say("button.deputy_end"), f"deputy:0:{about if letters else 0}"))
    return Reply("\n".join(lines), rows(*buttons))


def _change(turn: Turn, letters: Sequence[Directive], person: Person | None) -> Reply:
    done = deputies.depute(turn.session, turn.now, turn.me, letters, person.id if person else None)
    changed = [letter for letter in letters if letter.id in done.letters]
    if not changed:
        return Reply(turn.say("deputy.same"))
    if person is None:
        return Reply(turn.say("deputy.ended", letters=_names(turn, changed)))
    lines = [turn.say("deputy.named", name=line(person.name, 60), letters=_names(turn, changed))]
    lines += [turn.say("deputy.can", n=done.waiting, name=line(person.name, 60))] if done.waiting else []
    if not addresses.usable(turn.session, person.id or 0):
        lines.append(turn.say("deputy.unlinked", name=line(person.name, 60)))
    return Reply("\n".join(lines))


def _with_deputy(turn: Turn) -> list[Directive]:
    """What can be ended: where somebody stands in for this person, else where this person stands in."""
    own = [letter for letter in deputies.followed(turn.session, turn.me) if letter.contact_deputy_id]
    found = own or deputies.stood_in_for(turn.session, turn.me)
    if not found:
        raise Refused("no_deputy")
    return found


def _line(turn: Turn, letter: Directive) -> str:
    name = person_name(turn.session, letter.contact_deputy_id)
    said = turn.say("deputy.by", name=name) if name else turn.say("deputy.nobody")
    return f"• {letter_name(turn.say, letter)}: {said}"


def _names(turn: Turn, letters: Sequence[Directive]) -> str:
    return letter_names(turn.say, letters)


def _colleagues(turn: Turn, letters: Sequence[Directive]) -> list[Person]:
    """Of the units of this person: those who might stand in."""
    if not letters:
        return []
    units = select(Membership.unit_id).where(Membership.person_id == turn.me, in_force(turn.now))
    found = turn.session.exec(
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.unit_id).in_(units), in_force(turn.now), col(Person.erased_at).is_(None))
        .where(col(Person.id) != turn.me)
        .distinct()
        .order_by(col(Person.name))
        .limit(COLLEAGUES)
    )
    return list(found)
