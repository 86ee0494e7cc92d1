"""/dondoc: the contact or a leader reminds all who have not reported, at most once a day for each task."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import audit
from models.assignments import Assignment, Audience
from models.audiences import load_roles, owner_now, resolve
from models.clock import local_date
from models.directives import Directive, Part, Task
from models.errors import Refused
from models.events import EventKind, Priority
from models.following import house_calendar
from models.moves import TO_DO
from models.outbox import NewEvent, raise_many
from models.rights import has_role, is_admin
from models.units import Role


@dataclass(frozen=True, slots=True)
class Urged:
    """How many assignments are urged, how many people hear of it, and the units nobody of whom can be reached."""

    assignments: int
    people: int
    unreached: tuple[int, ...]


def urge(session: Session, now: datetime, person_id: int, directive_id: int, *, task_id: int | None = None) -> Urged:
    """Remind every lead of the letter (or of one task of it) that has not reported.

    One message a person, with `data` {"assignment": the most pressing, "assignments": all, "by"}. Raises Refused:
    no_such_directive, not_contact, nobody_to_urge, urged_today.
    """
    audit.hold_chain(session)
    directive = session.get(Directive, directive_id)
    if directive is None:
        raise Refused("no_such_directive")
    _require(session, now, person_id, directive)
    rows = session.connection().execute(_silent(directive_id, task_id)).all()
    if not rows:
        raise Refused("nobody_to_urge")
    theirs, unreached = _recipients(session, now, person_id, rows)
    made = raise_many(session, now, _events(session, now, person_id, directive, task_id, theirs))
    if theirs and not made:
        raise Refused("urged_today")
    audit.record(
        session,
        now,
        actor_id=person_id,
        action="urge",
        subject="directive",
        subject_id=directive_id,
        detail={"task": task_id, "assignments": len(rows), "people": len(made)},
    )
    return Urged(len(rows), len(made), tuple(sorted(unreached)))


def _require(session: Session, now: datetime, person_id: int, directive: Directive) -> None:
    """Contact, deputy, the admin who stands in for a contact, a leader of the issuer, any admin."""
    if person_id in (directive.contact_id or directive.loaded_by, directive.contact_deputy_id):
        return
    issuer = directive.issuer_unit_id
    if issuer is not None and has_role(session, now, person_id, [Role.LEADER, Role.HEAD], issuer):
        return
    if not is_admin(session, now, person_id):
        raise Refused("not_contact")


def _silent(directive_id: int, task_id: int | None) -> Any:
    parent = aliased(Assignment)
    query = (
        select(
            col(Assignment.id),
            col(Assignment.unit_id),
            col(Assignment.owner_id),
            col(Directive.issuer_unit_id),
            col(Directive.contact_id),
            col(Directive.contact_deputy_id),
            col(Directive.loaded_by),
            col(parent.owner_id).label("parent_owner"),
        )
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .outerjoin(parent, col(parent.id) == col(Assignment.parent_id))
        .where(
            col(Task.directive_id) == directive_id,
            col(Assignment.part) == str(Part.LEAD),
            col(Assignment.state).in_([str(state) for state in TO_DO]),
        )
        .order_by(col(Assignment.due_on).is_(None), col(Assignment.due_on), col(Assignment.id))
    )
    return query if task_id is None else query.where(col(Assignment.task_id) == task_id)


def _recipients(session: Session, now: datetime, actor_id: int, rows: Any) -> tuple[dict[int, list[int]], set[int]]:
    roles = load_roles(session, now, rows)
    theirs: dict[int, list[int]] = defaultdict(list)
    unreached: set[int] = set()
    for row in rows:
        told = [one for one in resolve(roles, row, [Audience.OWNER], owner_now(roles, row)) if not one.listed]
        told = [one for one in told if one.person_id != actor_id]  # who stands in for others need not remind themselves
        for one in told:
            theirs[one.person_id].append(row.id)
        if not told:
            unreached.add(row.unit_id)
    return theirs, unreached


def _events(
    session: Session,
    now: datetime,
    actor_id: int,
    directive: Directive,
    task_id: int | None,
    theirs: dict[int, list[int]],
) -> list[NewEvent]:
    opening = now if directive.urgency else house_calendar(session).next_open(now)
    what = f"task-{task_id}" if task_id is not None else f"letter-{directive.id}"
    return [
        NewEvent(
            f"urged:{what}:{person}:{local_date(opening)}",
            EventKind.URGED,
            person_id=person,
            data={"assignment": ids[0], "assignments": ids, "by": actor_id},
            priority=Priority.URGENT if directive.urgency else Priority.ANSWER,
            business_date=local_date(opening),
            available_at=opening,
        )
        for person, ids in theirs.items()
    ]
