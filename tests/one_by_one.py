"""A task opened by itself, for stories that need no letter to be read."""

from datetime import datetime, timedelta

from sqlmodel import Session

from models.assignments import Assignment
from models.clock import local_date, start_of_day
from models.directives import Directive, Task
from models.opening import Slot, deadline_of, occurrences_after, open_units

ONE_DAY = timedelta(days=1)


def open_task(session: Session, now: datetime, task_id: int) -> list[Assignment]:
    """Open a new task for each of its units (`TaskUnit`); of a recurring one the period that runs now.

    A deadline already past when it is opened makes history of the assignment: listed, never chased. Raises
    models.recurrence.UnknownRule for a rule nobody can follow.
    """
    task = session.get_one(Task, task_id)
    directive = session.get_one(Directive, task.directive_id)
    today = local_date(now)
    if task.deadline_kind != "recurring" or not task.rrule:
        return open_units(session, now, task, directive, Slot("", today, deadline_of(session, task)))
    made: list[Assignment] = []
    for occurrence in occurrences_after(session, task, directive, today - ONE_DAY):
        if occurrence.opens > today:
            task.next_opening_at = start_of_day(occurrence.opens)
            break
        made += open_units(session, now, task, directive, Slot(occurrence.key, today, occurrence.due))
    session.add(task)
    session.flush()
    return made
