"""From the tables to a Summary: within what the viewer may see, as it stood at the cut-off."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select

from models.answers import Extension, ExtensionState, Report, Verdict
from models.assignments import Assignment, AssignmentState
from models.clock import local_date, start_of_day
from models.directives import Directive, DirectiveState, Part, Task, TaskState, TaskUnit
from models.errors import Refused
from models.people import Membership
from models.periods import Period, PeriodKind, period_of
from models.units import Role, Unit
from reports.summary import Bucket, Note, Row, Summary, as_of, bucket_of

SEES_UNIT = (Role.HEAD, Role.LEADER)


def rollup(session: Session, now: datetime, viewer_id: int | None, period: Period) -> Summary:
    """What stood in the period for this viewer. Raises Refused("not_allowed") when nothing is theirs to see."""
    return _summary(session, now, visible(session, now, viewer_id), period)


def whole_house(session: Session, now: datetime) -> Summary:
    """Everything in the current quarter, whoever looks: for the sandbox's own page."""
    return _summary(session, now, true(), period_of(local_date(now), PeriodKind.QUARTER))


def _summary(session: Session, now: datetime, which: ColumnElement[bool], period: Period) -> Summary:
    at = as_of(period, now)
    found = session.exec(
        select(Assignment, Task, Directive, Unit)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Directive, col(Directive.id) == Task.directive_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(
            which,
            Assignment.part == Part.LEAD,
            col(Assignment.parent_id).is_(None),
            col(Assignment.state).not_in([AssignmentState.WITHDRAWN, AssignmentState.WAITING]),
            Task.state == TaskState.ACTIVE,
            Directive.state == DirectiveState.ACTIVE,
            col(Assignment.opened_on) <= local_date(at),
        )
        .order_by(col(Directive.issued_on), col(Directive.id), col(Task.position), col(Unit.name), col(Assignment.id))
    ).all()
    ids = [assignment.id for assignment, *_ in found if assignment.id is not None]
    reports, extensions = _reports(session, ids), _extensions(session, ids)
    helpers = _coordinators(session, {task.id for _, task, *_ in found if task.id is not None})
    rows: list[Row] = []
    for assignment, task, directive, unit in found:
        key = assignment.id or 0
        standing = _Standing(assignment, reports[key], extensions[key], at)
        if standing.belongs_to(period):
            rows.append(_row(assignment, task, directive, unit, helpers[task.id or 0], standing))
    return Summary(period, at, tuple(rows))


def visible(session: Session, now: datetime, viewer_id: int | None) -> ColumnElement[bool]:
    """SQL over Assignment and Directive: admins see all, leaders and heads their unit's and what it issued,
    contacts their letters; None is the house itself, which sees all. Raises Refused("not_allowed")."""
    if viewer_id is None:
        return true()
    roles: dict[str, set[int]] = defaultdict(set)
    for role, unit_id in session.exec(
        select(Membership.role, Membership.unit_id).where(
            Membership.person_id == viewer_id, or_(col(Membership.until).is_(None), col(Membership.until) > now)
        )
    ):
        roles[role].add(unit_id)
    if roles[Role.ADMIN]:
        return true()
    units = set[int]().union(*(roles[role] for role in SEES_UNIT))
    allowed: list[ColumnElement[bool]] = []
    if units:
        below = select(Unit.id).where(col(Unit.parent_id).in_(units))
        allowed += [
            col(Assignment.unit_id).in_(units),
            col(Assignment.unit_id).in_(below),
            col(Directive.issuer_unit_id).in_(units),
        ]
    is_contact = or_(col(Directive.contact_id) == viewer_id, col(Directive.contact_deputy_id) == viewer_id)
    if not units and session.exec(select(Directive.id).where(is_contact).limit(1)).first() is None:
        raise Refused("not_allowed")
    return or_(false(), is_contact, *allowed)


class _Standing:
    """Where one assignment stood at an instant."""

    def __init__(
        self, assignment: Assignment, reports: list[Report], extensions: list[Extension], at: datetime
    ) -> None:
        known = [report for report in reports if report.reported_at <= at and report.verdict != Verdict.WITHDRAWN]
        judged = {report.id: report.verdict_at is not None and report.verdict_at <= at for report in known}
        confirmed = [one for one in known if judged[one.id] and one.verdict == Verdict.CONFIRMED]
        waiting = [one for one in known if not judged[one.id]]
        self.report = (confirmed or waiting or [None])[-1]
        self.confirmed = bool(confirmed)
        self.returned = not confirmed and not waiting and bool(known)
        granted = [one for one in extensions if one.decided_at is not None and one.decided_at <= at]
        self.due = _due(assignment, granted, extensions)
        self.extended = bool(granted)
        self.disputed = assignment.state == AssignmentState.DISPUTED
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
        flags = {
            Note.WAITING: self.report is not None and not self.confirmed,
            Note.EXTENDED: self.extended,
            Note.RECORDED: self.report is not None and self.report.recorded_by is not None,
            Note.DISPUTED: self.disputed and not self.confirmed,
            Note.RETURNED: self.returned,
        }
        return tuple(note for note, holds in flags.items() if holds)


def _due(assignment: Assignment, granted: list[Extension], extensions: list[Extension]) -> date | None:
    """The deadline in force then: the last one granted, else the first one (or what an amendment made of it)."""
    if granted:
        return granted[-1].decided_on
    return assignment.baseline_due_on if extensions else assignment.due_on


def _row(
    assignment: Assignment, task: Task, directive: Directive, unit: Unit, helpers: list[str], standing: _Standing
) -> Row:
    report = standing.report
    return Row(
        assignment_id=assignment.id or 0,
        task_id=task.id or 0,
        number=directive.number or "",
        issued_on=directive.issued_on,
        clause=task.clause,
        text=task.text,
        period=assignment.period,
        unit_id=assignment.unit_id,
        unit=unit.name,
        unit_kind=unit.kind,
        coordinators=tuple(helpers),
        product=task.product,
        baseline=assignment.baseline_due_on,
        due=standing.due,
        bucket=standing.bucket,
        reported_at=report.reported_at if report else None,
        confirmed_at=report.verdict_at if report and standing.confirmed else None,
        result=" ".join(part for part in (report.document_number, report.text) if part) if report else "",
        notes=standing.notes,
    )


def _reports(session: Session, ids: list[int]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = defaultdict(list)
    for some in _slices(ids):
        query = select(Report).where(col(Report.assignment_id).in_(some)).order_by(col(Report.id))
        for report in session.exec(query):
            found[report.assignment_id].append(report)
    return found


def _extensions(session: Session, ids: list[int]) -> dict[int, list[Extension]]:
    found: dict[int, list[Extension]] = defaultdict(list)
    for some in _slices(ids):
        granted = and_(col(Extension.assignment_id).in_(some), col(Extension.state) == ExtensionState.APPROVED)
        for extension in session.exec(select(Extension).where(granted).order_by(col(Extension.decided_at))):
            found[extension.assignment_id].append(extension)
    return found


def _coordinators(session: Session, task_ids: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for some in _slices(list(task_ids)):
        query = (
            select(TaskUnit.task_id, Unit.name)
            .join(Unit, col(Unit.id) == TaskUnit.unit_id)
            .where(col(TaskUnit.task_id).in_(some), TaskUnit.part == Part.COORDINATE)
            .order_by(Unit.name)
        )
        for task_id, name in session.exec(query):
            found[task_id].append(name)
    return found


def _slices(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    """SQLite takes a limited number of parameters to a statement."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def worst_first(summary: Summary) -> list[Row]:
    """Rows that need somebody: overdue, then open; the done ones last."""
    order = [Bucket.OPEN_LATE, Bucket.OPEN_IN_TIME, Bucket.UNTIMED, Bucket.DONE_LATE, Bucket.DONE_IN_TIME]
    return sorted(summary.rows, key=lambda row: (order.index(row.bucket), row.due or date.max))
