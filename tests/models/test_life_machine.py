"""The life of an assignment against a model: whatever people do, in whatever order, the rules hold."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlmodel import Session, col, select

from models import extensions, life
from models.answers import Extension, ExtensionState, Report, Verdict
from models.assignments import Assignment, NumberUse
from models.audit import verify
from models.clock import local_date
from models.database import Database
from models.errors import Refused
from models.events import Event, EventKind
from models.following import is_late
from models.numbers import listing, number_of
from scheduler.tick import tick
from tests.scene import DUE, Scene, build
from tests.town import MONDAY, at

REPORTABLE, CLOSED = {"open", "received"}, {"confirmed"}
days = st.integers(1, 40)


class Life(RuleBasedStateMachine):
    """One assignment in one transaction that is rolled back. The model: state, deadline, and who reported when."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.context = self.database.reading()
        self.session: Session = self.context.__enter__()
        self.scene: Scene = build(self.session)
        self.now: datetime = at(MONDAY, 9)
        self.state, self.due, self.received = "open", DUE, False
        self.author: int | None = None
        self.reported_at: datetime | None = None
        self.request: int | None = None
        self.requested = False

    def teardown(self) -> None:
        """Nothing of an example stays."""
        self.session.rollback()
        self.context.__exit__(None, None, None)

    def attempt(self, may: bool, call: Callable[[], object]) -> bool:
        """The verb is carried out exactly when the model says so; a refusal changes nothing."""
        before = self.scene.now_is().model_dump()
        try:
            call()
        except Refused:
            assert not may
            assert self.scene.now_is().model_dump() == before
            return False
        assert may
        return True

    @rule(hours=st.sampled_from([0, 1, 5, 24, 72, 240]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        before = max((e.id or 0 for e in self.session.exec(select(Event))), default=0)
        tick(self.session, self.now)
        told = self.session.exec(select(Event).where(col(Event.id) > before, Event.kind == EventKind.DIGEST)).all()
        people = [event.person_id for event in told]
        assert len(people) == len(set(people))  # one message each
        chased = {item["as"] for event in told for item in event.data["items"]} - {"witness"}
        assert not chased or self.state in REPORTABLE  # nothing done is chased

    @rule(by_colleague=st.booleans())
    def report(self, by_colleague: bool) -> None:
        author = self.scene.colleague if by_colleague else self.scene.owner
        if self.attempt(
            self.state in REPORTABLE,
            lambda: life.report(self.session, self.now, author, self.scene.assignment),
        ):
            self.state, self.author, self.reported_at = "reported", author, self.now

    @rule()
    def receive(self) -> None:
        if self.attempt(
            self.state == "open", lambda: life.receive(self.session, self.now, self.scene.owner, self.scene.assignment)
        ):
            self.state, self.received = "received", True

    @rule()
    def take_back(self) -> None:
        if self.attempt(
            self.state == "reported",
            lambda: life.withdraw_report(self.session, self.now, self.scene.owner, self.scene.assignment),
        ):
            self.state, self.reported_at = "received" if self.received else "open", None

    @rule(who=st.sampled_from(["contact", "deputy", "owner", "colleague", "head", "admin"]), confirms=st.booleans())
    def judge(self, who: str, confirms: bool) -> None:
        report = self.session.exec(select(Report.id).order_by(col(Report.id).desc())).first() or 0
        person = getattr(self.scene, who)

        def verdict() -> object:
            if confirms:
                return life.confirm(self.session, self.now, person, report)
            return life.send_back(self.session, self.now, person, report, "thiếu")

        if self.attempt(self.state == "reported" and who in {"contact", "deputy"}, verdict):
            self.state = "confirmed" if confirms else "open"
            if confirms:
                self.request = None
            else:
                self.reported_at = None

    @rule()
    def dispute(self) -> None:
        def not_ours() -> object:
            return life.not_ours(self.session, self.now, self.scene.owner, self.scene.assignment, "không thuộc")

        if self.attempt(self.state in REPORTABLE, not_ours):
            self.state, self.request = "disputed", None

    @precondition(lambda self: self.state == "disputed")
    @rule()
    def give_back(self) -> None:
        life.assign(self.session, self.now, self.scene.admin, self.scene.assignment, to_person=self.scene.owner)
        self.state, self.received = "open", False

    @rule(later=days)
    def ask_for_time(self, later: int) -> None:
        wanted = self.due + timedelta(days=later)
        may = self.state in REPORTABLE and self.request is None and wanted >= local_date(self.now)

        def ask() -> None:
            made = extensions.ask(self.session, self.now, self.scene.owner, self.scene.assignment, wanted, "chờ")
            self.request, self.wanted = made.id, wanted

        self.attempt(may, ask)

    @precondition(lambda self: self.request is not None)
    @rule(grants=st.booleans())
    def decide(self, grants: bool) -> None:
        if grants:
            extensions.approve(self.session, self.now, self.scene.contact, self.request or 0)
            self.due = self.wanted
        else:
            extensions.refuse(self.session, self.now, self.scene.contact, self.request or 0, "gấp")
        self.request = None

    @rule(ahead=days)
    def put_off(self, ahead: int) -> None:
        day = self.calendar_day(ahead)
        last = self.due - timedelta(days=1)
        while last.weekday() >= 5 or last in HOLIDAYS:
            last -= timedelta(days=1)
        may = self.state in REPORTABLE and day <= last
        self.attempt(may, lambda: life.snooze(self.session, self.now, self.scene.owner, self.scene.assignment, day))

    def calendar_day(self, ahead: int) -> date:
        day = local_date(self.now) + timedelta(days=ahead)
        while day.weekday() >= 5 or day in HOLIDAYS:
            day += timedelta(days=1)
        return day

    @invariant()
    def rows_are_what_the_model_says(self) -> None:
        row: Assignment = self.scene.now_is()
        assert (row.state, row.due_on, row.baseline_due_on) == (self.state, self.due, DUE)
        assert row.reported_at == self.reported_at
        if self.state not in REPORTABLE:
            assert row.next_reminder_at is None
        pending = self.session.exec(select(Report).where(Report.verdict == Verdict.PENDING)).all()
        assert len(pending) == (self.state == "reported")
        open_requests = self.session.exec(
            select(Extension.id).where(col(Extension.state).in_([ExtensionState.ASKED, ExtensionState.COUNTERED]))
        ).all()
        assert list(open_requests) == ([self.request] if self.request is not None else [])

    @invariant()
    def the_number_stays_while_there_is_something_to_do(self) -> None:
        mine = number_of(self.session, self.scene.owner, self.scene.assignment, NumberUse.ACT)
        assert (mine == 1) == (self.state in REPORTABLE | {"reported"})
        to_confirm = listing(self.session, self.now, self.scene.contact, NumberUse.CONFIRM)
        assert len(to_confirm) == (self.state == "reported")

    @invariant()
    def lateness_is_that_of_the_report_that_stands(self) -> None:
        row = self.scene.now_is()
        if self.state in CLOSED:
            assert self.reported_at is not None
            assert row.reported_at is not None
            assert is_late(row.due_on, None, row.reported_at) == (local_date(self.reported_at) > self.due)

    @invariant()
    def the_trail_is_whole(self) -> None:
        assert verify(self.session) is None


HOLIDAYS = {date(2027, 1, 1), *(date(2027, 2, day) for day in range(4, 11))}


@pytest.mark.timeout(110)
def test_the_life_of_an_assignment_is_what_the_model_says(database: Database) -> None:
    Life.database = database
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
