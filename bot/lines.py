"""How a task is put on one line: number and clause first, then the letter's words, then the deadline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from bot.known import known
from bot.shorten import line, units
from bot.texts import Say, clock_time, written
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.directives import Directive, Part, Task
from models.people import Person
from models.units import Unit
from reports.words import period_said

ITEM = 180
"""Characters of one item in a digest (design, decision 5)."""

UNNUMBERED = re.compile(r"(p|bs)(\d{1,3})")

OPEN = frozenset({AssignmentState.OPEN, AssignmentState.RECEIVED})


@dataclass(frozen=True, slots=True)
class Entry:
    """An assignment with everything a line about it needs."""

    assignment: Assignment
    task: Task
    directive: Directive
    unit: Unit

    @property
    def id(self) -> int:
        """The assignment's id."""
        assert self.assignment.id is not None
        return self.assignment.id

    @property
    def is_open(self) -> bool:
        """Still waits for its owner."""
        return self.assignment.state in OPEN

    @property
    def leads(self) -> bool:
        """Only a lead can be late."""
        return self.assignment.part == Part.LEAD


def entries(session: Session, ids: Iterable[int]) -> list[Entry]:
    """The assignments in the order of `ids`, each once; unknown ones are left out."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    if (loaded := known(session)) is not None and loaded.looked_for.issuperset(wanted):
        return [loaded.entries[wanted_id] for wanted_id in wanted if wanted_id in loaded.entries]
    rows = session.exec(
        select(Assignment, Task, Directive, Unit)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Directive, col(Directive.id) == Task.directive_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(col(Assignment.id).in_(wanted))
    )
    found = {row[0].id: Entry(*row) for row in rows}
    return [found[wanted_id] for wanted_id in wanted if wanted_id in found]


def entry(session: Session, assignment_id: int) -> Entry:
    """One of them. Raises Refused("no_such_assignment")."""
    from models.errors import Refused

    found = entries(session, [assignment_id])
    if not found:
        raise Refused("no_such_assignment")
    return found[0]


def letter_name(say: Say, directive: Directive) -> str:
    """ "709/UBND-XDCB", or the subject of a letter without a number."""
    if number := line(directive.number or "", 60):
        return line(say("draft.no_number") + number, 60) if number.startswith("/") else number
    subject = line(directive.subject or directive.issuer, 40)
    return say("line.unnumbered", subject=subject) if subject else say("line.nameless")


def letter_names(say: Say, letters: Sequence[Directive]) -> str:
    """The first five by name, and how many more."""
    named = ", ".join(letter_name(say, letter) for letter in letters[:5])
    return say("deputy.and_more", letters=named, n=len(letters) - 5) if len(letters) > 5 else named


def person_name(session: Session, person_id: int | None) -> str:
    """A person's name for a line; "" for nobody."""
    found = session.get(Person, person_id) if person_id else None
    return line(found.name, 60) if found else ""


def clause_name(say: Say, clause: str) -> str:
    """ "khoản 2.a"; of several acts in one clause ("1#2") which of them: "khoản 1 (ý 2)"; outside the clauses "đoạn 1"."""
    place, _, part = line(clause, 20).partition("#")
    name = _unnumbered(say, place) or say("line.numbered", clause=place)
    return say("line.part", clause=name, n=part) if part else name


def clause_short(say: Say, clause: str) -> str:
    """The same where only clauses are listed: "2.a", "đoạn 1"."""
    place, _, part = line(clause, 20).partition("#")
    name = _unnumbered(say, place) or place
    return say("line.part", clause=name, n=part) if part else name


def _unnumbered(say: Say, place: str) -> str:
    """Labels no letter has: "p1", a paragraph outside the clauses; "bs1", what an admin added."""
    found = UNNUMBERED.fullmatch(place)
    return say("line.paragraph" if found[1] == "p" else "line.added", n=found[2]) if found else ""


def title(say: Say, one: Entry) -> str:
    """ "709/UBND-XDCB, khoản 2", with the period of a recurring task."""
    clause = say("line.clause", letter=letter_name(say, one.directive), clause=clause_name(say, one.task.clause))
    period = one.assignment.period
    return say("line.period", title=clause, period=period_said(period, say.language)) if period else clause


def unit_name(one: Entry, longest: int = 60) -> str:
    """The unit's own name; its abbreviation only where the name is too long."""
    return unit_called(one.unit, longest)


def unit_called(unit: Unit, longest: int = 60) -> str:
    """The same for a unit by itself."""
    whole = line(unit.name, 200)
    return line(whole if units(whole) <= longest else unit.short_name or whole, longest)


def due(say: Say, one: Entry, today: date) -> str:
    """ "hạn 24/11/2026 (còn 3 ngày)"; never late for a coordinator or an untimed task."""
    day = one.assignment.due_on
    if not one.leads:
        until = f", {say('draft.due', day=day)}" if day else ""
        return say("due.coordinate") + until
    if day is None:
        return say("due.none")
    hour = f"{one.assignment.due_time} " if one.assignment.due_time else ""
    left = (day - today).days
    key = "due.today" if left == 0 else "due.tomorrow" if left == 1 else "due.left" if left > 0 else "due.past"
    return say(key, day=hour + written(day), n=abs(left))


def state(say: Say, one: Entry) -> str:
    """Where it stands, in a few words; "" while it simply waits for its owner."""
    at = one.assignment.reported_at or one.assignment.received_at
    day = written(local_date(at)) if at else ""
    return say(f"state.{one.assignment.state}", time=clock_time(at) if at else "", day=day).strip()


def item(say: Say, one: Entry, n: int | None, today: date, *, longest: int = ITEM, with_unit: bool = False) -> str:
    """One item of a list, at most `longest` characters: the letter's words give way first."""
    head = f"{n}. {title(say, one)}" if n is not None else f"• {title(say, one)}"
    if with_unit:
        head += f" – {unit_name(one, 40)}"
    is_waited_for = one.is_open or one.assignment.state == AssignmentState.INFORMED
    tail = due(say, one, today) if is_waited_for else state(say, one)
    if one.assignment.state == AssignmentState.RECEIVED:
        tail = f"{tail}, {state(say, one)}"
    room = longest - units(head) - units(tail) - 5
    words = line(one.assignment.note or one.task.text, room) if room >= 12 else ""
    return line(": ".join(part for part in (head, words) if part), max(20, longest - units(tail) - 3)) + " – " + tail
