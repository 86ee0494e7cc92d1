"""Who stands in for a letter's contact: named by the contact or an admin, told of it, and let go again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from models import audit, outbox
from models.answers import Extension, ExtensionState, Report
from models.assignments import Assignment, AssignmentState, NumberUse
from models.deciders import deciders
from models.directives import Directive, DirectiveState, Task
from models.errors import Refused
from models.events import EventKind, Priority
from models.moves import Case
from models.numbers import assign_numbers, close_numbers
from models.people import Membership, Person
from models.reach import first_reachable, reachable
from models.rights import has_role, in_force, is_admin
from models.units import Role


@dataclass(frozen=True, slots=True)
class Deputed:
    """`letters` whose deputy changed; `waiting`: reports on which the new deputy may decide at once."""

    letters: tuple[int, ...]
    waiting: int = 0


def followed(session: Session, person_id: int) -> list[Directive]:
    """Active letters whose contact this person is (or the admin who stands for one), the newest first."""
    query = select(Directive).where(
        Directive.state == DirectiveState.ACTIVE,
        or_(
            col(Directive.contact_id) == person_id,
            col(Directive.contact_id).is_(None) & (col(Directive.loaded_by) == person_id),
        ),
    )
    return list(session.exec(query.order_by(col(Directive.id).desc())))


def stood_in_for(session: Session, person_id: int) -> list[Directive]:
    """Active letters this person is the contact's deputy of, the newest first."""
    query = select(Directive).where(Directive.state == DirectiveState.ACTIVE, Directive.contact_deputy_id == person_id)
    return list(session.exec(query.order_by(col(Directive.id).desc())))


def depute(
    session: Session, now: datetime, actor_id: int, letters: Sequence[Directive], deputy_id: int | None
) -> Deputed:
    """Name the deputy of these letters, or None; who begins and who ends is told. A deputy may step back by themself.

    Raises Refused: not_contact, person_gone, deputy_self, deputy_unit (somebody of another office, but by an admin).
    """
    audit.hold_chain(session)
    changed: list[Directive] = []
    for letter in letters:
        _may(session, now, actor_id, letter, deputy_id)
        if letter.contact_deputy_id != deputy_id:
            changed.append(letter)
    for former in sorted({letter.contact_deputy_id for letter in changed if letter.contact_deputy_id}):
        theirs = [letter for letter in changed if letter.contact_deputy_id == former]
        _set(session, theirs, None)
        _let_go(session, now, former, theirs)
        _tell(session, now, actor_id, former, theirs, begins=False)
    waiting = 0
    if deputy_id is not None and changed:
        _set(session, changed, deputy_id)
        waiting = _number(session, now, deputy_id, changed)
        _tell(session, now, actor_id, deputy_id, changed, begins=True)
    for letter in changed:
        audit.record(
            session, now, actor_id=actor_id, action="deputy", subject="directive", subject_id=letter.id,
            detail={"deputy": deputy_id},
        )  # fmt: skip
    return Deputed(tuple(letter.id for letter in changed if letter.id is not None), waiting)


def asked_among(session: Session, judges: Sequence[int], directive: Directive) -> list[int]:
    """Whom a report or a request goes to: the first of the judges who can be reached, and the deputy beside them."""
    first = first_reachable(session, judges) or judges[0]
    deputy = directive.contact_deputy_id
    also = [deputy] if deputy in judges and deputy is not None and reachable(session, [deputy]) else []
    return list(dict.fromkeys([first, *also]))


def _may(session: Session, now: datetime, actor_id: int, letter: Directive, deputy_id: int | None) -> None:
    contact = letter.contact_id or letter.loaded_by
    admin = is_admin(session, now, actor_id)
    leaves = deputy_id is None and letter.contact_deputy_id == actor_id
    if not (actor_id == contact or admin or leaves):
        raise Refused("not_contact")
    if deputy_id is None:
        return
    person = session.get(Person, deputy_id)
    if person is None or person.erased_at is not None:
        raise Refused("person_gone")
    if deputy_id == contact:
        raise Refused("deputy_self")
    if not admin and not _colleague(session, now, contact, letter, deputy_id):
        raise Refused("deputy_unit")


def _colleague(session: Session, now: datetime, contact: int, letter: Directive, deputy_id: int) -> bool:
    """Of a unit of the contact's, or of the office that issued the letter: reports are for few eyes."""
    units = set(session.exec(select(Membership.unit_id).where(Membership.person_id == contact, in_force(now))))
    if letter.issuer_unit_id is not None:
        units.add(letter.issuer_unit_id)
    return any(has_role(session, now, deputy_id, Role, unit) for unit in units)


def _set(session: Session, letters: Iterable[Directive], deputy_id: int | None) -> None:
    for letter in letters:
        letter.contact_deputy_id = deputy_id
        session.add(letter)
    session.flush()


def _number(session: Session, now: datetime, deputy_id: int, letters: Sequence[Directive]) -> int:
    """What waits for the contact waits for the deputy too, but for what they said or own themself."""
    reported = [
        case.id
        for case in _cases(session, letters, {str(AssignmentState.REPORTED)})
        if deputy_id not in (case.assignment.owner_id, _author(session, case.id))
    ]
    assign_numbers(session, now, deputy_id, reported, NumberUse.CONFIRM)
    asked = select(Extension).where(Extension.state == ExtensionState.ASKED)
    requests = {one.assignment_id: one for one in session.exec(asked)}
    for case in _cases(session, letters, {str(AssignmentState.OPEN), str(AssignmentState.RECEIVED)}, requests):
        authors = {requests[case.id].asked_by, case.assignment.owner_id}
        if deputy_id in deciders(session, now, case, authors):
            assign_numbers(session, now, deputy_id, [case.id], NumberUse.DECIDE)
    return len(reported)


def _let_go(session: Session, now: datetime, former_id: int, letters: Sequence[Directive]) -> None:
    """Numbers of what is no longer theirs rest; where they decide by another right they keep theirs."""
    for case in _cases(session, letters, {str(state) for state in AssignmentState}):
        close_numbers(session, now, case.id, NumberUse.CONFIRM, person_id=former_id)
        standing = session.exec(
            select(Extension).where(Extension.assignment_id == case.id, Extension.state == ExtensionState.ASKED)
        ).first()
        authors = {standing.asked_by, case.assignment.owner_id} if standing else set[int | None]()
        if standing is None or former_id not in deciders(session, now, case, authors):
            close_numbers(session, now, case.id, NumberUse.DECIDE, person_id=former_id)


def _cases(
    session: Session, letters: Sequence[Directive], states: Collection[str], only: Collection[int] | None = None
) -> list[Case]:
    found = session.exec(
        select(Assignment, Task, Directive)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .where(
            col(Directive.id).in_([letter.id for letter in letters]),
            col(Assignment.state).in_(states),
            col(Assignment.parent_id).is_(None),
        )
        .order_by(col(Assignment.id))
    )
    return [Case(*row) for row in found if only is None or row[0].id in only]


def _author(session: Session, assignment_id: int) -> int | None:
    newest = select(Report.author_id).where(Report.assignment_id == assignment_id).order_by(col(Report.id).desc())
    return session.exec(newest.limit(1)).first()


def _tell(
    session: Session, now: datetime, actor_id: int, person_id: int, letters: Sequence[Directive], *, begins: bool
) -> None:
    if person_id == actor_id:
        return
    ids = [letter.id for letter in letters]
    outbox.raise_event(
        session,
        now,
        key=f"deputed:{person_id}:{ids[0]}:{int(begins)}:{now.isoformat()}",
        kind=EventKind.DEPUTED,
        person_id=person_id,
        data={"letters": ids, "by": actor_id, "begins": begins},
        priority=Priority.ANSWER,
    )
