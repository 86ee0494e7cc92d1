"""The people of a simulated year and what they do: deterministic by who and what, whatever the database or the road."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from benchmarks.year_letters import CONTACTS
from models import extensions, life
from models.answers import Extension, ExtensionState, Report, Verdict
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.directives import Directive, Part, Task
from models.people import Address, Membership, Person
from models.register_file import seed_register
from models.replacing import replace
from models.rights import confirmers
from models.units import Role, Unit
from models.workdays import Calendar

TO_DO = (AssignmentState.OPEN, AssignmentState.RECEIVED)


def chance(*what: object) -> float:
    """A number from 0 to 1 that depends on nothing but what it is asked about."""
    return int.from_bytes(hashlib.blake2b(repr(what).encode(), digest_size=6).digest()) / 2**48


def settle_in(session: Session, now: datetime) -> int:
    """The register of Bắc Ninh, an owner and a head to every unit (one in forty not linked), the contacts, an admin."""
    seed_register(session)
    for unit in session.exec(select(Unit).order_by(Unit.code)).all():
        if unit.kind == "ubnd tỉnh":
            member(session, now, unit, "Chủ tịch", Role.HEAD)
            continue
        member(session, now, unit, f"Chuyên viên {unit.code}", Role.OWNER, linked=chance(unit.code) > 1 / 40)
        member(session, now, unit, f"Thủ trưởng {unit.code}", Role.HEAD)
    office = session.exec(select(Unit).where(Unit.code == "VPUBND")).one()
    for n, name in enumerate(CONTACTS):
        member(session, now, office, name, Role.DEPUTY, phone=f"+849000001{n:02}")
    return member(session, now, office, "Văn thư", Role.ADMIN)


def member(
    session: Session, now: datetime, unit: Unit, name: str, role: Role, *, linked: bool = True, phone: str | None = None
) -> int:
    """A person with a role and a chat."""
    person = Person(name=name, created_at=now, phone=phone, consent_at=now if linked else None)
    session.add(person)
    session.flush()
    assert person.id is not None
    assert unit.id is not None
    session.add(Membership(person_id=person.id, unit_id=unit.id, role=role, is_default=role == Role.OWNER))
    if linked:
        session.add(
            Address(person_id=person.id, channel="telegram", token="7", chat_id=str(person.id), verified_at=now)
        )
    session.flush()
    return person.id


@dataclass
class Folk:
    """Who answers when. `done` and `returned` are counted."""

    calendar: Calendar
    admin: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict[str, int]())

    def count(self, what: str) -> None:
        """One more."""
        self.counts[what] = self.counts.get(what, 0) + 1

    def owners_act(self, session: Session, now: datetime) -> None:
        """Morning: each owner reports what they meant to report by today, or asks for more time."""
        today = local_date(now)
        query = (
            select(Assignment, Directive, Task.clause, Unit.code)
            .join(Task, col(Task.id) == col(Assignment.task_id))
            .join(Directive, col(Directive.id) == col(Task.directive_id))
            .join(Unit, col(Unit.id) == col(Assignment.unit_id))
            .where(
                Assignment.part == Part.LEAD, col(Assignment.state).in_(TO_DO), col(Assignment.owner_id).is_not(None)
            )
            .order_by(col(Directive.number), col(Task.clause), col(Unit.code), col(Assignment.period))
        )
        linked = set(session.exec(select(Address.person_id)))
        asked = set(session.exec(select(Extension.assignment_id)))
        tries = Counter(session.exec(select(Report.assignment_id).where(Report.verdict != Verdict.CONFIRMED)))
        for row, directive, clause, code in session.exec(query).all():
            key = (directive.number, clause, code, row.period)
            if row.owner_id in linked:
                if today >= self._means_to_report(row, key, tries[row.id]):
                    life.report(session, now, row.owner_id or 0, row.id or 0, document_number=f"{today:%j}/BC")
                    self.count("reported")
                elif row.id not in asked:
                    self._may_ask(session, now, today, row, key)
            elif today >= self._means_to_report(row, key, 0):  # whoever is not linked answers by document
                contact = directive.contact_id or directive.loaded_by
                life.record_answer(session, now, contact, row.id or 0, f"{today:%j}/BC", today)
                self.count("recorded")

    def _may_ask(self, session: Session, now: datetime, today: date, row: Assignment, key: tuple[object, ...]) -> None:
        """One in twenty asks for a fortnight more in the last days."""
        if (
            row.due_on is not None
            and chance("extend", key) < 0.05
            and row.due_on - timedelta(days=3) <= today <= row.due_on
        ):
            wanted = row.due_on + timedelta(days=14)
            extensions.ask(session, now, row.owner_id or 0, row.id or 0, wanted, "chờ số liệu")
            self.count("asked for time")

    def _means_to_report(self, row: Assignment, key: tuple[object, ...], tries: int) -> date:
        """Seven in ten before the deadline, some on the day, one in eight late, a few very late."""
        mood = chance("mood", key, tries)
        if row.due_on is None:
            return row.opened_on + timedelta(days=10 + int(mood * 90))
        if mood < 0.70:
            return max(row.opened_on + timedelta(days=1), row.due_on - timedelta(days=1 + int(mood * 12)))
        if mood < 0.85:
            return row.due_on
        return row.due_on + timedelta(days=1 + int((mood - 0.85) * 150))

    def contacts_act(self, session: Session, now: datetime) -> None:
        """Afternoon: contacts judge what was reported, deciders decide, owners answer proposals."""
        query = (
            select(Report, Assignment, Directive, Task.clause, Unit.code)
            .join(Assignment, col(Assignment.id) == col(Report.assignment_id))
            .join(Task, col(Task.id) == col(Assignment.task_id))
            .join(Directive, col(Directive.id) == col(Task.directive_id))
            .join(Unit, col(Unit.id) == col(Assignment.unit_id))
        )
        waiting = query.where(Report.verdict == Verdict.PENDING)
        ordered = waiting.order_by(col(Directive.number), col(Task.clause), col(Unit.code), col(Assignment.period))
        for report, row, directive, clause, code in session.exec(ordered).all():
            key = (directive.number, clause, code, row.period)
            judges = confirmers(session, now, row, directive, {report.author_id, row.owner_id})
            assert judges
            assert report.id is not None
            if chance("return", key, report.reported_at.isoformat()) < 0.06:
                life.send_back(session, now, judges[0], report.id, "thiếu số liệu")
                self.count("sent back")
            else:
                life.confirm(session, now, judges[0], report.id)
                self.count("confirmed")
        self._decide(session, now)

    def _decide(self, session: Session, now: datetime) -> None:
        asked = (
            select(Extension)
            .join(Assignment, col(Assignment.id) == col(Extension.assignment_id))
            .where(Extension.state == ExtensionState.ASKED)
        )
        for extension in session.exec(asked.order_by(col(Extension.id))).all():
            assert extension.id is not None
            decider = extension.decider_id or 0
            mood = chance("decide", extension.wanted_on, extension.asked_at.isoformat(), extension.reason)
            if mood < 0.7:
                extensions.approve(session, now, decider, extension.id, document_number="1/QĐ")
                self.count("extended")
            elif mood < 0.9:
                extensions.refuse(session, now, decider, extension.id, "việc gấp")
            else:
                middle = extension.wanted_on - timedelta(days=7)
                extensions.counter(session, now, decider, extension.id, middle)
                extensions.accept_counter(session, now, extension.asked_by, extension.id)
                self.count("extended")

    def some_leave(self, session: Session, now: datetime) -> None:
        """First working day of a month: two owners are replaced; their tasks follow."""
        today = local_date(now)
        if today != self.calendar.on_or_after(today.replace(day=1)):
            return
        units = session.exec(select(Unit).where(Unit.kind == "xã").order_by(Unit.code)).all()
        for n in range(2):
            unit = units[int(chance("leave", today.isoformat(), n) * len(units))]
            held = select(Membership).where(Membership.unit_id == unit.id, Membership.role == Role.OWNER)
            old = session.exec(held.where(col(Membership.until).is_(None))).one()
            new = member(session, now, unit, f"Người thay {unit.code} {today:%m}", Role.OWNER)
            replace(session, now, self.admin, old.person_id, new)
            self.count("replaced")
