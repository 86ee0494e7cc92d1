"""From the tables to a Summary: within what the viewer may see, as it stood at the cut-off."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select

from models.answers import Extension, ExtensionState, Report
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.directives import Directive, DirectiveState, Part, Task, TaskState, TaskUnit
from models.errors import Refused
from models.people import Membership
from models.periods import Period, PeriodKind, period_of
from models.units import Role, Unit
from reports.standing import Later, Standing, later_changes
from reports.summary import Bucket, Row, Summary, as_of

SEES_UNIT = (Role.HEAD, Role.LEADER)


def rollup(session: Session, now: datetime, viewer_id: int | None, period: Period) -> Summary:
    """What stood in the period for this viewer. Raises Refused("not_allowed") when nothing is theirs to see."""
    return _summary(session, now, visible(session, now, viewer_id), period)


def whole_house(session: Session, now: datetime) -> Summary:
    """Everything in the current quarter, whoever looks: for the sandbox's own page."""
    return _summary(session, now, true(), period_of(local_date(now), PeriodKind.QUARTER))


def _summary(session: Session, now: datetime, which: ColumnElement[bool], period: Period) -> Summary:
    at = as_of(period, now)
    later = later_changes(session, at)
    found = session.exec(
        select(Assignment, Task, Directive, Unit)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Directive, col(Directive.id) == Task.directive_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(
            which,
            Assignment.part == Part.LEAD,
            col(Assignment.parent_id).is_(None),
            _followed_then(later),
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
        standing = Standing(assignment, reports[key], extensions[key], later, at)
        if standing.belongs_to(period):
            rows.append(_row(assignment, task, directive, unit, helpers[task.id or 0], standing))
    return Summary(period, at, tuple(rows))


def _followed_then(later: Later) -> ColumnElement[bool]:
    """SQL: open or confirmed at the instant, though the task may have been withdrawn after it."""
    open_then = and_(
        or_(col(Task.state) == TaskState.ACTIVE, col(Task.id).in_(later.withdrawn)),
        col(Assignment.state).not_in([AssignmentState.WITHDRAWN, AssignmentState.WAITING]),
    )
    withdrawn_since = and_(col(Task.id).in_(later.withdrawn), col(Assignment.state) == AssignmentState.WITHDRAWN)
    return or_(open_then, withdrawn_since, col(Assignment.state) == AssignmentState.CONFIRMED)


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


def _row(
    assignment: Assignment, task: Task, directive: Directive, unit: Unit, helpers: list[str], standing: Standing
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
        result=_result(report),
        notes=standing.notes,
    )


def _result(report: Report | None) -> str:
    """The reporter's words, and the document's number where they do not say it."""
    if report is None:
        return ""
    number = "" if report.document_number in report.text else report.document_number
    return " ".join(part for part in (number, report.text) if part)


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
