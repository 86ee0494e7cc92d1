"""What must hold every morning of a simulated year, and what is counted of it.

The ladder's steps are worked out anew here, from domain.md and the calendar alone: the product's own policy is not asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from benchmarks.year_letters import month_of
from benchmarks.year_people import TO_DO
from models.assignments import Assignment, AssignmentState, Audience, Reminder
from models.clock import local_date
from models.directives import Directive, Part, Task
from models.events import Delivery, DeliveryState, Event, EventKind, EventState
from models.workdays import Calendar, default_calendar

STEPS_BEFORE = (1, 3, 7)
SILENT_DAYS = 7
"""Working days that may lie between two words to the owner of an overdue task: from the day after, past the third (the
contact's), to the week after that. In working days, so that a rest as long as Tết counts as the rest it is."""
ITEMS = 10
ABOVE = {Audience.HEAD, Audience.CONTACT, Audience.ISSUER}
CHASING = {*ABOVE, Audience.OWNER, Audience.STAND_IN}


@dataclass
class Month:
    """What a report month came to."""

    messages: Counter[str] = field(default_factory=Counter)
    people: set[int] = field(default_factory=set)
    digests: int = 0
    overdue: int = 0
    escalations: int = 0


@dataclass
class Watch:
    """Counts and checks one year. `told`: when each assignment's owner was last told, by what was really sent."""

    calendar: Calendar = field(default_factory=default_calendar)
    months: dict[str, Month] = field(default_factory=lambda: defaultdict(Month))
    seen_event: int = 0
    told: dict[int, date] = field(default_factory=dict[int, date])
    looked: date = date.min
    checked: Counter[str] = field(default_factory=Counter)

    def count(self, session: Session, clock: datetime) -> None:
        """The Events since the last time."""
        rows = session.exec(select(Event).where(col(Event.id) > self.seen_event).order_by(col(Event.id))).all()
        month = self.months[month_of(local_date(clock))]
        for event in rows:
            self.seen_event = event.id or 0
            month.messages[event.kind] += 1
            if event.person_id:
                month.people.add(event.person_id)
            if event.kind == EventKind.DIGEST:
                month.digests += event.data["part"] == 1
                lines = [item for item in event.data["items"] if item["as"] in ABOVE]
                month.escalations += sum(1 + len(item.get("others", ())) for item in lines)

    def morning(self, session: Session, day: date, seen: int, arrived: Sequence[tuple[str, str]]) -> None:
        """Right after the morning's messages (Events after `seen`), before anybody acts.

        `arrived`: (chat, text) of what the vendor took of them.
        """
        digests = session.exec(
            select(Event).where(Event.kind == EventKind.DIGEST, col(Event.id) > seen).order_by(col(Event.id))
        ).all()
        self._one_each(session, digests, arrived)
        self._nothing_done_is_chased(session, digests)
        self._nothing_due_is_silent(session, day)

    def _one_each(self, session: Session, digests: Sequence[Event], arrived: Sequence[tuple[str, str]]) -> None:
        """One digest a person, in parts of at most ten items, no task twice in it; and the vendor took just those."""
        parts: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for event in digests:
            assert event.state == EventState.SETTLED, f"{event.key} is {event.state}"
            assert len(event.data["items"]) <= ITEMS, f"{event.key} is too long"
            parts[event.person_id or 0].append(event.data)
        for person, data in parts.items():
            assert [one["part"] for one in data] == list(range(1, data[0]["parts"] + 1)), f"two digests for {person}"
            named = [each for one in data for item in one["items"] for each in _named(item)]
            assert len(named) == len(set(named)), f"{person} is told something twice"
        sent = select(Delivery.event_id).where(
            Delivery.state == DeliveryState.SENT, col(Delivery.event_id).in_([event.id for event in digests])
        )
        assert len(set(session.exec(sent))) == len(digests), "a digest was not sent"
        heads = Counter(chat for chat, words in set(arrived) if words.startswith("Nhắc việc ngày"))
        assert heads == Counter({str(person): len(data) for person, data in parts.items()}), "the vendor took others"
        self.checked["digests"] += len(parts)

    def _nothing_done_is_chased(self, session: Session, digests: Sequence[Event]) -> None:
        chased: set[int] = set()
        for event in digests:
            chased |= {each for item in event.data["items"] if item["as"] in CHASING for each in _named(item)}
        rows = session.exec(select(Assignment.state, Assignment.part).where(col(Assignment.id).in_(chased)).distinct())
        assert set(rows) <= {(str(state), str(Part.LEAD)) for state in TO_DO}, "done, or only coordinated, and chased"
        self.checked["chased"] += len(chased)

    def _nothing_due_is_silent(self, session: Session, day: date) -> None:
        """Each step of the ladder was told to whom it is for, on its day, by a message that was sent."""
        lines: dict[int, list[tuple[str, int]]] = defaultdict(list)
        query = (
            select(Reminder.assignment_id, Reminder.audience, Reminder.person_id, Reminder.day)
            .join(Delivery, col(Delivery.event_id) == col(Reminder.event_id))
            .where(Delivery.state == DeliveryState.SENT, col(Reminder.day) >= self.looked, col(Reminder.day) <= day)
        )
        for assignment, audience, person, when in session.exec(query.order_by(col(Reminder.day))).all():
            if when == day:
                lines[assignment].append((audience, person))
            if audience in (Audience.OWNER, Audience.STAND_IN):
                self.told[assignment] = when
        self.looked = day
        overdue = 0
        for row, number, contact in session.exec(_to_do()).all():
            self._is_told(row, str(number), contact, day, lines[row.id or 0])
            overdue += row.due_on is not None and row.due_on < day and not row.opened_late
        self.months[month_of(day)].overdue = overdue

    def _is_told(self, row: Assignment, number: str, contact: int, day: date, lines: list[tuple[str, int]]) -> None:
        if row.opened_late or row.opened_on >= day:
            return
        as_what = {audience for audience, _ in lines}
        step = self.step(row, day)
        what = f"{step} of {row.id} ({number}, due {row.due_on}) on {day}: {lines}"
        if step == "new":  # an urgent letter was told on the day itself
            assert self.told.get(row.id or 0, date.min) >= row.opened_on, f"silent, {what}"
        if step in ("before", "on the day", "one after"):
            assert as_what & {Audience.OWNER, Audience.STAND_IN}, f"silent, {what}"
        if step == "one after" and "UBND" in number:  # a department that asks its peers does not write to their heads
            assert as_what & {Audience.HEAD, Audience.STAND_IN}, f"the head does not know, {what}"
        if step == "three after":
            assert contact in {person for _, person in lines}, f"the contact does not know, {what}"
        self.checked[step] += 1
        last = self.told.get(row.id or 0)
        assert last is not None, f"never a word, {what}"
        if row.due_on is not None and row.due_on < day:
            assert self._worked_between(last, day) <= SILENT_DAYS, f"overdue and silent since {last}, {what}"

    def step(self, row: Assignment, day: date) -> str:
        """Which step of the default ladder this working day is for the assignment; "" for none."""
        if row.opened_on < day and not self._worked_between(row.opened_on, day):
            return "new"
        if row.due_on is None:
            return ""
        if day <= row.due_on:
            left = self._worked_between(day, row.due_on + timedelta(days=1))
            if left == 0:
                return "on the day"
            return "before" if left in STEPS_BEFORE else ""
        since = 1 + self._worked_between(row.due_on, day)
        return {1: "one after", 3: "three after"}.get(since, "")

    def _worked_between(self, first: date, last: date) -> int:
        """Working days after the one and before the other."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days))
        return sum(map(self.calendar.is_working, days))

    def end(self, session: Session, clock: datetime) -> None:
        """After the last day: nothing due waits, nobody who only coordinates was told twice, every step occurred."""
        waits = (col(Reminder.event_id).is_(None), col(Reminder.due_at) <= clock)
        untold = session.exec(select(func.count()).select_from(Reminder).where(*waits)).one()
        assert untold == 0, f"{untold} lines were never told"
        informed = session.exec(
            select(func.count())
            .select_from(Reminder)
            .where(Reminder.audience == Audience.COORDINATOR)
            .group_by(col(Reminder.assignment_id), col(Reminder.person_id))
        ).all()
        assert set(informed) <= {1}, "a coordinator was told twice"
        open_twice = session.exec(
            select(func.count())
            .where(Assignment.state == AssignmentState.OPEN, Assignment.part == Part.LEAD, Assignment.sub == 0)
            .group_by(col(Assignment.task_id), col(Assignment.unit_id), col(Assignment.period))
        ).all()
        assert set(open_twice) <= {1}, "one period is open twice"

    def raised(self) -> int:
        """Events so far (ids would not do: PostgreSQL counts on where a key was there already)."""
        return sum(month.messages.total() for month in self.months.values())

    def table(self) -> list[str]:
        """One line a month."""
        lines = [
            f"{'month':<9}{'messages':>9}{'digests':>9}{'people':>8}{'per person':>11}{'overdue':>9}{'escalated':>10}"
        ]
        for label, month in sorted(self.months.items()):
            each = month.digests / max(1, len(month.people))
            lines.append(
                f"{label:<9}{sum(month.messages.values()):>9}{month.digests:>9}{len(month.people):>8}{each:>11.1f}"
                f"{month.overdue:>9}{month.escalations:>10}"
            )
        kinds = sum((month.messages for month in self.months.values()), Counter[str]())
        lines.append("by kind: " + ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items())))
        lines.append("checked: " + ", ".join(f"{what or 'other days'} {n}" for what, n in sorted(self.checked.items())))
        return lines


def _named(item: dict[str, Any]) -> list[int]:
    return [item["assignment"], *item.get("others", ())]


def _to_do() -> Any:
    """Every lead that still waits for its owner, with the letter's number and whoever follows it."""
    return (
        select(Assignment, Directive.number, func.coalesce(Directive.contact_id, Directive.loaded_by))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .where(Assignment.part == Part.LEAD, col(Assignment.state).in_(TO_DO))
        .order_by(col(Assignment.id))
    )
