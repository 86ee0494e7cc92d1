"""What loading a draft would make: units by id and counted, deadlines as dates, what is not sure first. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlmodel import Session

from models.clock import local_date
from models.contacts import known_contact
from models.deadlines import is_past
from models.directives import Draft
from models.drafts import SameLetter, reading_of, same_letter
from models.following import house_calendar
from models.letter_links import loaded_bases
from models.names import fold
from models.people import Person
from models.reading import Doubt, ReadDeadline, Reading, ReadTask
from models.recurrence import Occurrence, UnknownRule, occurrences, resolve_relative
from models.register import Register, Resolution, UnitDoubt, resolve
from models.settings_store import rolls_forward
from models.workdays import Calendar

OLD = timedelta(days=180)
"""A letter this old is history unless something dated in it is still to come."""

PAST_AND_OLD = timedelta(days=30)
"""So is one this old all of whose dated tasks are past."""


QUOTED = 70
"""Characters of a passage that a doubt quotes."""


@dataclass(frozen=True, slots=True)
class PlanDoubt:
    """One thing to look at, of the reader or of the register. `candidates`: ids of units worth choosing from."""

    field: str
    code: str
    vi: str
    en: str
    span: tuple[int, int] | None = None
    candidates: tuple[int, ...] = ()

    def sentence(self, language: Literal["vi", "en"] = "vi") -> str:
        """One sentence for a person."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit a task goes to. `named_as`: the letter's words where they were a group or a former name; `note`: says so."""

    unit_id: int
    named_as: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlannedDeadline:
    """`due`: last day allowed, of a recurring task that of the first of its `periods` that run now.

    `following`: the first period that opens later. `rolls`: on a day off, the next working day will do (a setting of
    the issuer); then `acts_by` is that day.
    """

    kind: Literal["date", "recurring", "relative", "none"] = "none"
    due: date | None = None
    time: str | None = None
    rrule: str | None = None
    periods: tuple[Occurrence, ...] = ()
    following: Occurrence | None = None
    days: int | None = None
    working: bool = False
    start: date | None = None
    phrase: str = ""
    rolls: bool = False
    acts_by: date | None = None


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """One task as it will be. `groups`: phrases that were expanded with their counts, to be confirmed."""

    index: int
    task: ReadTask
    leads: tuple[PlannedUnit, ...]
    coordinators: tuple[PlannedUnit, ...]
    deadline: PlannedDeadline
    groups: tuple[tuple[str, int], ...] = ()
    doubts: tuple[PlanDoubt, ...] = ()
    past: bool = False


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """The whole letter. `doubts` are those of the heading first, then of each task; `history`: old, see `OLD`.

    `contact_id`: the contact among the people known; None: made from the letter's words, or the admin where it names
    nobody. `based_on`: numbers of loaded letters it names as its base.
    """

    reading: Reading
    tasks: tuple[TaskPlan, ...]
    issuer_unit_id: int | None = None
    same: SameLetter | None = None
    history: bool = False
    doubts: tuple[PlanDoubt, ...] = ()
    unit_names: Mapping[int, str] = field(default_factory=dict[int, str])
    contact_id: int | None = None
    based_on: tuple[str, ...] = ()

    @property
    def assignments(self) -> int:
        """How many units will have something to do, over all tasks."""
        return sum(len(task.leads) for task in self.tasks)


def plan(session: Session, now: datetime, draft: Draft) -> LoadPlan:
    """What `create` would make of the draft now."""
    reading, today = reading_of(draft), local_date(now)
    register = Register.load(session)
    issuer = _issuer(register, session, reading, today)
    calendar = house_calendar(session)
    rolls = rolls_forward(session, issuer)
    read = [_deadline(task.deadline, reading.issued or today, today, calendar) for task in reading.tasks]
    deadlines = [_rolled(deadline, calendar, rolls) for deadline in read]
    past = [_is_past(deadline, now) for deadline in deadlines]
    history = draft.choices.get("history", _is_history(reading, today, deadlines, past))
    tasks, asked = list[TaskPlan](), reading.doubts_by_task()
    for index, (task, chosen) in enumerate(zip(reading.tasks, draft.choices["tasks"], strict=True)):
        over = past[index] or (history and deadlines[index].due is None)
        finder = _Finder(session, register, reading.issued if over and reading.issued else today, issuer)
        tasks.append(_task(finder, index, task, deadlines[index], chosen, asked.get(index, []), past[index]))
    heading = [_of_reader(doubt, reading) for doubt in reading.doubts if not doubt.field.startswith("tasks[")]
    contact = _contact(session, draft, reading)
    heading += [] if draft.choices.get("contact") is not None else _of_contact(reading, contact)
    doubts = (*heading, *(doubt for task in tasks for doubt in task.doubts))
    names = {unit_id: unit.name for unit_id, unit in register.units.items()}
    same = same_letter(session, draft, issuer)
    who, bases = contact.id if contact else None, loaded_bases(session, reading)
    return LoadPlan(reading, tuple(tasks), issuer, same, history, doubts, names, who, bases)


def _contact(session: Session, draft: Draft, reading: Reading) -> Person | None:
    chosen: int | None = draft.choices.get("contact")
    return session.get(Person, chosen) if chosen else known_contact(session, reading.contact)


def _of_contact(reading: Reading, person: Person | None) -> list[PlanDoubt]:
    """The letter's phone is known under another name: somebody else answers it, or one of the two is wrong."""
    named = reading.contact.name if reading.contact else None
    if person is None or not named or fold(named) == fold(person.name):
        return []
    vi = f"Số điện thoại của “{named}” trong danh bạ là của {person.name}; đề nghị kiểm tra đầu mối."
    en = f"The phone given for “{named}” is known as {person.name}'s; please check the contact."
    return [PlanDoubt("contact", "contact_other_name", vi, en, reading.spans.get("contact"))]


@dataclass(frozen=True, slots=True)
class _Finder:
    session: Session
    register: Register
    on: date
    issuer_id: int | None

    def find(self, name: str) -> Resolution:
        return resolve(self.session, name, on=self.on, issuer_unit_id=self.issuer_id, register=self.register)


def _issuer(register: Register, session: Session, reading: Reading, today: date) -> int | None:
    if not reading.issuer:
        return None
    found = resolve(session, reading.issuer, on=reading.issued or today, register=register)
    return found.unit_ids[0] if len(found.units) == 1 and found.group is None else None


def _task(
    finder: _Finder,
    index: int,
    task: ReadTask,
    deadline: PlannedDeadline,
    chosen: Mapping[str, Any],
    of_reader: Iterable[Doubt],
    past: bool,
) -> TaskPlan:
    doubts = [_of_reader(doubt) for doubt in of_reader]
    leads, lead_groups, asked = _units(finder, task.lead, chosen.get("lead"), f"tasks[{index}].lead", lead=True)
    doubts += asked
    others, groups, asked = _units(finder, task.coordinate, chosen.get("coordinate"), f"tasks[{index}].coordinate")
    doubts += asked
    leading = {unit.unit_id for unit in leads}
    coordinators = tuple(unit for unit in others if unit.unit_id not in leading)  # never with itself after a merge
    codes = {doubt.code for doubt in doubts}
    if not leads and "lead_missing" not in codes and not any(d.field.endswith(".lead") for d in doubts):
        doubts.append(_of_reader(Doubt(field=f"tasks[{index}].lead", code="lead_missing", span=task.span)))
    for code, is_so in (
        ("deadline_past", past),
        ("relative_start", deadline.kind == "relative" and deadline.due is None),
        ("deadline_unsure", task.deadline.kind == "recurring" and deadline.kind == "none"),
    ):
        if is_so and code not in codes:
            doubts.append(_of_reader(Doubt(field=f"tasks[{index}].deadline", code=code, span=task.deadline.span)))
    return TaskPlan(index, task, leads, coordinators, deadline, (*lead_groups, *groups), tuple(doubts), past)


def _units(
    finder: _Finder, names: Iterable[str], chosen: list[int] | None, path: str, *, lead: bool = False
) -> tuple[tuple[PlannedUnit, ...], list[tuple[str, int]], list[PlanDoubt]]:
    if chosen is not None:
        return tuple(PlannedUnit(unit_id) for unit_id in chosen), [], []
    units: dict[int, PlannedUnit] = {}
    groups: list[tuple[str, int]] = []
    doubts: list[PlanDoubt] = []
    for name in names:
        found = finder.find(name)
        if found.vague and not lead:
            continue  # "các đơn vị liên quan": nobody is told because of words that name nobody
        doubts += [_of_register(doubt, path) for doubt in found.doubts]
        members = [u for u in found.units if u.via != "group" or u.unit_id != finder.issuer_id]
        counts = Counter(unit.group for unit in members if unit.group)
        groups += counts.items()
        for unit in members:
            as_written = name if unit.via != "alias" else ""
            units.setdefault(unit.unit_id, PlannedUnit(unit.unit_id, as_written, unit.note))
    return tuple(units.values()), groups, doubts


def _deadline(read: ReadDeadline, issued: date, today: date, calendar: Calendar) -> PlannedDeadline:
    phrase = read.phrase or ""
    if read.kind == "recurring" and read.rrule:
        try:
            running, following = _periods(read.rrule, read.time, issued, today, calendar)
        except UnknownRule:
            return PlannedDeadline(phrase=phrase)
        first = next(iter((*running, *following)), None)
        due = first.due if first else None
        later = next(iter(following), None)
        return PlannedDeadline("recurring", due, read.time, read.rrule, running, later, phrase=phrase)
    due = read.due
    if read.kind == "relative" and read.start and read.relative_days:
        due = resolve_relative(read.relative_days, read.working_days, read.start, calendar)
    kind = read.kind if read.kind in {"date", "relative"} else "none"
    return PlannedDeadline(
        kind, due, read.time, days=read.relative_days, working=read.working_days, start=read.start, phrase=phrase
    )


def _periods(
    rule: str, time: str | None, issued: date, today: date, calendar: Calendar
) -> tuple[tuple[Occurrence, ...], tuple[Occurrence, ...]]:
    """The periods that run today, and the next one (none when the rule has ended)."""
    running: list[Occurrence] = []
    for occurrence in occurrences(rule, issued, today - timedelta(days=1), calendar, time):
        if occurrence.opens > today:
            return tuple(running), (occurrence,)
        running.append(occurrence)
    return tuple(running), ()


def _rolled(deadline: PlannedDeadline, calendar: Calendar, rolls: bool) -> PlannedDeadline:
    day = calendar.on_or_after(deadline.due) if deadline.due and rolls else deadline.due
    return replace(deadline, rolls=rolls, acts_by=day)


def _is_past(deadline: PlannedDeadline, now: datetime) -> bool:
    return (
        deadline.kind != "recurring" and deadline.acts_by is not None and is_past(deadline.acts_by, deadline.time, now)
    )


def _is_history(reading: Reading, today: date, deadlines: list[PlannedDeadline], past: list[bool]) -> bool:
    if reading.issued is None:
        return False
    age = today - reading.issued
    dated = [over for deadline, over in zip(deadlines, past, strict=True) if deadline.kind in {"date", "relative"}]
    if any(not over for over in dated):
        return False
    return age >= OLD or (age >= PAST_AND_OLD and bool(dated))


def _of_reader(doubt: Doubt, reading: Reading | None = None) -> PlanDoubt:
    """A doubt about what lies in no task says where it is: with the first words of the place."""
    quote = ""
    if reading and doubt.field == "tasks" and doubt.span:
        words = " ".join(reading.text[doubt.span[0] : doubt.span[1]].split())
        quote = f"“{words[:QUOTED].rsplit(' ', 1)[0]}…”: " if len(words) > QUOTED else f"“{words}”: "
    return PlanDoubt(doubt.field, doubt.code, quote + doubt.reason("vi"), quote + doubt.reason("en"), doubt.span)


def _of_register(doubt: UnitDoubt, path: str) -> PlanDoubt:
    return PlanDoubt(path, doubt.code, doubt.sentence("vi"), doubt.sentence("en"), None, doubt.candidates)
