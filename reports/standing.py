"""Where one assignment stood at an instant in the past, whatever has happened to it since.

Reports, verdicts and extensions carry their own times; that a task was withdrawn or given another deadline later is
taken from the audit trail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models.answers import Extension, Report, Verdict
from models.assignments import Assignment, AssignmentState
from models.clock import start_of_day
from models.periods import Period
from models.upkeep import AuditEntry
from reports.summary import Note, bucket_of


@dataclass(frozen=True, slots=True)
class Later:
    """What happened to tasks and assignments after the instant. `due_on`: by task, the deadline as it was before."""

    withdrawn: frozenset[int] = frozenset()
    due_on: dict[int, date | None] = field(default_factory=dict[int, date | None])
    disputed: frozenset[int] = frozenset()


def later_changes(session: Session, at: datetime) -> Later:
    """Read them from the audit trail; nothing for the present."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.at > at, col(AuditEntry.action).in_(["withdrawn", "amended", "not_ours"]))
        .order_by(col(AuditEntry.id).desc())
    )
    withdrawn, disputed = set[int](), set[int]()
    due_on: dict[int, date | None] = {}
    for entry in session.exec(query):
        subject_id = entry.subject_id or 0
        changed: dict[str, list[Any]] = entry.detail.get("changed", {})
        if (entry.subject, entry.action) == ("task", "withdrawn"):
            withdrawn.add(subject_id)
        elif (entry.subject, entry.action) == ("task", "amended") and "due_on" in changed:
            before = changed["due_on"][0]  # newest first, so the earliest change has the last word
            due_on[subject_id] = date.fromisoformat(before) if before else None
        elif (entry.subject, entry.action) == ("assignment", "not_ours"):
            disputed.add(subject_id)
    return Later(frozenset(withdrawn), due_on, frozenset(disputed))


class Standing:
    """One assignment at `at`. `reports`: all of it, oldest first; `extensions`: granted ones in order of decision."""

    def __init__(
        self, assignment: Assignment, reports: list[Report], extensions: list[Extension], later: Later, at: datetime
    ) -> None:
        judged = {report.id: report.verdict_at is not None and report.verdict_at <= at for report in reports}
        known = [one for one in reports if one.reported_at <= at]
        known = [one for one in known if not (judged[one.id] and one.verdict == Verdict.WITHDRAWN)]
        confirmed = [one for one in known if judged[one.id] and one.verdict == Verdict.CONFIRMED]
        waiting = [one for one in known if not judged[one.id]]
        self.report = (confirmed or waiting or [None])[-1]
        self.confirmed = bool(confirmed)
        self.returned = not confirmed and not waiting and bool(known)
        granted = [one for one in extensions if one.decided_at is not None and one.decided_at <= at]
        self.due = _due(assignment, granted, extensions, later)
        self.extended = bool(granted)
        self.disputed = assignment.state == AssignmentState.DISPUTED and assignment.id not in later.disputed
        reported_at = self.report.reported_at if self.report else None
        self.bucket = bucket_of(self.due, assignment.due_time, reported_at, confirmed=self.confirmed, at=at)
        self._history = assignment.opened_late

    def belongs_to(self, period: Period) -> bool:
        """What was finished before the period began is not of it, nor is history nobody is asked about."""
        if self._history and not self.report and self.due is not None and self.due < period.start:
            return False
        done_at = self.report.verdict_at if self.confirmed and self.report else None
        return done_at is None or done_at >= start_of_day(period.start)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the last column adds, in the order of `Note`."""
        flags = {
            Note.WAITING: self.report is not None and not self.confirmed,
            Note.EXTENDED: self.extended,
            Note.RECORDED: self.report is not None and self.report.recorded_by is not None,
            Note.DISPUTED: self.disputed and not self.confirmed,
            Note.RETURNED: self.returned,
        }
        return tuple(note for note, holds in flags.items() if holds)


def _due(assignment: Assignment, granted: list[Extension], extensions: list[Extension], later: Later) -> date | None:
    """The deadline in force then; it is today's unless an extension or an amendment came in between."""
    last = granted[-1].decided_on if granted else None
    if assignment.task_id in later.due_on and assignment.parent_id is None:
        before = later.due_on[assignment.task_id]
        return max(before, last) if before and last else before or last
    if len(granted) < len(extensions):
        return last or assignment.baseline_due_on
    return assignment.due_on
