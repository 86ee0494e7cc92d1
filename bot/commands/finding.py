"""Which letter, task, unit or person is meant by words: "709 khoản 2", "Sở Y tế", "anh Bình"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from bot.shorten import line
from bot.turn import Turn
from bot.words import fold
from models.directives import Directive, DirectiveState, Task, TaskState
from models.errors import Refused
from models.people import Membership, Person
from models.register import Register, Resolution, resolve
from models.rights import in_force, is_admin
from models.units import Unit
from models.whois import find_people

LETTER = re.compile(
    r"^\s*(?:(?:cv|công văn|văn bản|số|so|vb)\s+)*(?P<number>\d{1,6}(?:\s*/\s*[\w&Đđ.-]+)?)", re.IGNORECASE
)
CLAUSE = re.compile(
    r"^[\s,;:.]*(?:khoản|khoan|mục|muc|clause|k\.?)\s*(?P<clause>[\w.#-]+)"
    r"(?:\s*\(?\s*(?:ý|y|part)\s+(?P<act>\d{1,3})\b\s*\)?)?",
    re.IGNORECASE,
)
"""As the bot itself names it: "khoản 3 (ý 2)"."""


@dataclass(frozen=True, slots=True)
class Found:
    """A letter, the task of it that was named (or its only one), and the words after them.

    `clause`: the tasks of the clause that was named, where there are several.
    """

    letter: Directive
    task: Task | None
    rest: str
    clause: tuple[Task, ...] = ()


def letter_and_task(turn: Turn, words: str) -> Found | None:
    """None when no letter is named. Raises Refused: no_such_letter, letter_ambiguous, no_such_clause."""
    match = LETTER.match(words)
    if match is None:
        return None
    letter = one_letter(turn, match.group("number"))
    rest = words[match.end() :]
    tasks = tasks_of(turn.session, letter)
    named = CLAUSE.match(rest)
    if named is None:
        return Found(letter, tasks[0] if len(tasks) == 1 else None, rest.strip(" ,;:.-"))
    clause = fold(named.group("clause")).rstrip(".") + (f"#{named['act']}" if named["act"] else "")
    fitting = [task for task in tasks if fold(task.clause) == clause or fold(task.clause).split("#")[0] == clause]
    if not fitting:
        raise Refused("no_such_clause", clause=named.group("clause"), letter=letter.number or "")
    rest = rest[named.end() :].strip(" ,;:.-")
    return Found(letter, fitting[0], rest) if len(fitting) == 1 else Found(letter, None, rest, tuple(fitting))


def one_letter(turn: Turn, number: str) -> Directive:
    """The active letter of this number that the person may follow: the newest where a number came back."""
    plain = re.sub(r"\s+", "", number)
    query = select(Directive).where(
        Directive.state == DirectiveState.ACTIVE,
        or_(
            col(Directive.number) == plain,
            col(Directive.number).like(f"{_escaped(plain.split('/')[0])}/%", escape="\\"),
        ),
    )
    found = [d for d in turn.session.exec(query.order_by(col(Directive.id).desc())) if follows(turn, d)]
    exact = [d for d in found if fold(d.number or "") == fold(plain)]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if not found or "/" in plain:
        raise Refused("no_such_letter", number=line(number, 60))
    raise Refused("letter_ambiguous", numbers=", ".join(d.number or "?" for d in found[:5]))


def follows(turn: Turn, letter: Directive) -> bool:
    """The contact, the deputy, who loaded it, or an admin; a leader of the issuer too."""
    if turn.me in (letter.contact_id, letter.contact_deputy_id, letter.loaded_by):
        return True
    if letter.issuer_unit_id in turn.standing.units_by_role.get("leader", ()):
        return True
    return is_admin(turn.session, turn.now, turn.me)


def tasks_of(session: Session, letter: Directive) -> list[Task]:
    """Its active tasks in order."""
    query = select(Task).where(Task.directive_id == letter.id, Task.state == TaskState.ACTIVE)
    return list(session.exec(query.order_by(col(Task.position), col(Task.id))))


def named_units(turn: Turn, words: str, register: Register) -> Resolution:
    """Units as somebody types them; "so y te va so tai chinh" is two, where the list holds no name of all that."""
    found = resolve(turn.session, words, on=turn.today, register=register)
    joined = re.sub(r"\bva\b", "và", words, flags=re.IGNORECASE)
    if found.doubts and joined != words:
        parted = resolve(turn.session, joined, on=turn.today, register=register)
        return parted if parted.units and not parted.doubts else found
    return found


def one_unit(turn: Turn, words: str) -> Unit:
    """Raises Refused: nobody_named, unit_unclear (data `names`)."""
    found = resolve(turn.session, words, on=turn.today, register=Register.load(turn.session))
    if len(found.units) == 1 and not any(doubt.candidates for doubt in found.doubts):
        return turn.session.get_one(Unit, found.unit_ids[0])
    near = found.candidates or found.unit_ids
    if not near:
        raise Refused("nobody_named", name=line(words, 80))
    names = [turn.session.get_one(Unit, unit).name for unit in near[:4]]
    raise Refused("unit_unclear", names=line("; ".join(names), 200))


def one_person(turn: Turn, words: str, units: Iterable[int] | None = None) -> Person:
    """Somebody by name, of `units` where given. Raises Refused: nobody_named, person_unclear (data `names`)."""
    people = find_people(turn.session, words, 30) or _by_last_name(turn.session, words)
    if units is not None:
        inside = set(
            turn.session.exec(
                select(Membership.person_id).where(col(Membership.unit_id).in_(list(units)), in_force(turn.now))
            )
        )
        people = [person for person in people if person.id in inside]
    if not people:
        raise Refused("nobody_named", name=line(words, 80))
    if len(people) > 1:
        raise Refused("person_unclear", names=line("; ".join(person.name for person in people[:5]), 200))
    return people[0]


def _by_last_name(session: Session, words: str) -> list[Person]:
    """ "anh Bình": courtesies aside, the name people call each other by."""
    courtesies = {"anh", "chi", "dong", "chi,", "ong", "ba", "d/c", "cho", "em", "mr", "ms", "to"}
    plain = " ".join(word for word in words.split() if fold(word) not in courtesies)
    return find_people(session, plain, 30) if plain and plain != words else []


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
