"""A loaded task's new deadline and what it does to its open assignments.

A day instead of a period, a period instead of a day, another period, or a period that ends (UNTIL in its rule).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlmodel import Session, col, select

from models.answers import Extension, ExtensionState
from models.assignments import Assignment
from models.clock import local_date, start_of_day
from models.directives import Directive, Task
from models.errors import Refused
from models.following import first_reminder, house_calendar
from models.moves import TO_DO
from models.opening import deadline_of
from models.recurrence import Occurrence, UnknownRule, occurrences
from models.settings_store import rolls_forward
from models.wakeups import ring_after_commit

DEADLINE = frozenset({"due_on", "due_time", "starts_on", "relative_days", "rrule"})
"""Fields of a task that say when it is due."""
AHEAD = 60
"""Periods looked at for those already open: of a daily duty some may wait for two months."""


def redate(
    session: Session,
    now: datetime,
    task: Task,
    directive: Directive,
    followed: Sequence[Assignment],
    changed: dict[str, list[Any]],
) -> None:
    """The task's fields are the new ones; `changed` holds {field: [before, after]}. Raises Refused: unknown_rule, period_over.

    With one day or none instead of a period no other period opens, and of those open only the last gets that day.
    """
    recurred = bool(changed.get("rrule", [task.rrule])[0])
    if task.rrule and task.due_on is None:
        try:
            dues = _periods(session, now, task, directive, followed, recurred)
        except UnknownRule:
            raise Refused("unknown_rule") from None
        for occurrence in dict.fromkeys(occurrence for _, occurrence in dues):
            theirs = [one for one, of in dues if of == occurrence]
            for one in theirs:
                one.period = occurrence.key
            _set_due(session, now, task, directive, theirs, occurrence.due)
    else:
        if changed.keys() & {"due_on", "rrule", "relative_days"}:
            task.deadline_kind = "none" if task.due_on is None else "date"
            task.rrule = task.next_opening_at = None
        theirs = _of_last_period(followed) if recurred else followed
        _set_due(session, now, task, directive, theirs, deadline_of(session, task))
    session.flush()
    ring_after_commit(session)


def _periods(
    session: Session, now: datetime, task: Task, directive: Directive, followed: Sequence[Assignment], recurred: bool
) -> list[tuple[Assignment, Occurrence]]:
    """What is open, beside the period of the new rule that it is from now on; and when the next one opens.

    A period that runs keeps its key and gets its new day unless that has passed; what was one task until now becomes
    the first period. Raises UnknownRule; Refused("period_over") where the rule ends before its first period.
    """
    assert task.rrule is not None
    today, issued = local_date(now), directive.issued_on or local_date(directive.loaded_at)
    calendar = house_calendar(session)
    to_come = occurrences(task.rrule, issued, today - timedelta(days=1), calendar, task.due_time)
    coming = {one.key: one for one in islice(to_come, AHEAD)}
    first = next(iter(coming.values()), None)
    if first is None and not recurred:
        raise Refused("period_over")
    task.deadline_kind = "recurring"
    known = select(Assignment.unit_id, Assignment.sub).where(
        Assignment.task_id == task.id, Assignment.period == (first.key if first else "")
    )
    with session.no_autoflush:
        taken = set(session.exec(known))
    found: list[tuple[Assignment, Occurrence]] = []
    for one in followed:
        occurrence = coming.get(one.period)
        if first is not None and not one.period and (one.unit_id, one.sub) not in taken:
            occurrence = first
        if occurrence is not None:
            found.append((one, occurrence))
    moved = {one.id: occurrence.due for one, occurrence in found}
    open_until = [due for one in followed if (due := moved.get(one.id, one.due_on)) is not None]
    after = max([*open_until, today])
    following = next(occurrences(task.rrule, issued, after, calendar, task.due_time), None)
    task.next_opening_at = start_of_day(following.opens) if following else None
    return found


def _of_last_period(followed: Sequence[Assignment]) -> list[Assignment]:
    """Earlier periods that were never reported stay as late as they are."""
    last = max((one.due_on for one in followed if one.due_on is not None), default=None)
    return [one for one in followed if one.due_on in (None, last)]


def _set_due(
    session: Session,
    now: datetime,
    task: Task,
    directive: Directive,
    followed: Sequence[Assignment],
    due: date | None,
) -> None:
    if due is not None and rolls_forward(session, directive.issuer_unit_id):
        due = house_calendar(session).on_or_after(due)
    granted: dict[int, date] = {}
    of_these = col(Extension.assignment_id).in_([assignment.id for assignment in followed])
    for extension in session.exec(select(Extension).where(of_these, Extension.state == ExtensionState.APPROVED)):
        if extension.decided_on is not None:
            granted[extension.assignment_id] = extension.decided_on
    for assignment in followed:
        extended = granted.get(assignment.id or 0)
        own = due if extended is None or due is None else max(due, extended)
        if assignment.parent_id is not None and assignment.due_on is not None and own is not None:
            own = min(assignment.due_on, own)  # what was given on never ends after its parent
        assignment.due_on, assignment.due_time = own, task.due_time
        assignment.baseline_due_on = assignment.baseline_due_on or own
        assignment.opened_late = assignment.opened_late and own is not None and own < local_date(now)
        if assignment.state in TO_DO:
            assignment.next_reminder_at = first_reminder(session, now, assignment, directive)
        session.add(assignment)
