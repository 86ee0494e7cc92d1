"""What was said long ago goes; what proves it and every figure stays."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, col, func, select

from models import life, retention
from models.answers import Report
from models.assignments import Assignment, AssignmentState, Reminder
from models.audit import verify
from models.database import Database
from models.events import Delivery, DeliveryState, Event, EventKind, EventState
from models.people import Address
from models.periods import PeriodKind, period_of
from models.retention import KEPT, forget_some
from models.talk import Sent
from models.upkeep import AuditEntry
from reports.rollup import rollup
from scheduler.tick import tick
from tests.scene import DUE, Scene, build
from tests.town import MONDAY, at

LATER = at(MONDAY + KEPT + timedelta(days=60))


@pytest.fixture
def scene(any_database: Database) -> Iterator[Scene]:
    with any_database.transaction() as session:
        yield build(session)


def live(scene: Scene, days: int = 30, start: int = 0) -> None:
    """A month of digests, all delivered."""
    session = scene.session
    address = session.exec(select(Address.id).where(Address.person_id == scene.owner)).one() or 0
    for n in range(start, start + days):
        now = at(MONDAY + timedelta(days=n), 8)
        tick(session, now)
        for event in session.exec(select(Event).where(Event.state == EventState.WAITING)):
            event.state, event.settled_at = EventState.SETTLED, now
            session.add(event)
            session.add(
                Delivery(event_id=event.id or 0, address_id=address, lane="telegram:1", state=DeliveryState.SENT,
                         started_at=now, vendor_ids=["1"])
            )  # fmt: skip
        session.add(Sent(lane="telegram:1", chat_id="c", message_id=str(n), subject="event", sent_at=now))
        session.flush()


def count(session: Session, table: type) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def forget(scene: Scene, now: object = LATER) -> None:
    place: int | None = 0
    while place is not None:
        place = forget_some(scene.session, now, place)  # type: ignore[arg-type]


def test_a_closed_tasks_messages_go_after_thirteen_months_and_its_figures_stay(scene: Scene) -> None:
    live(scene, 8)
    made = life.report(scene.session, at(DUE), scene.owner, scene.assignment, text="Đã xong")
    life.confirm(scene.session, at(DUE, 10), scene.contact, made.id or 0)
    live(scene, 12, start=8)
    period = period_of(DUE, PeriodKind.YEAR)
    before = rollup(scene.session, LATER, scene.admin, period).rows
    kept = count(scene.session, AuditEntry), count(scene.session, Report)
    assert count(scene.session, Reminder) > 2
    forget(scene, at(DUE, 10) + KEPT - timedelta(days=1))  # its confirmation is not that long ago
    assert count(scene.session, Reminder) > 2
    forget(scene)
    assert [count(scene.session, table) for table in (Event, Delivery, Reminder, Sent)] == [0, 0, 0, 0]
    assert rollup(scene.session, LATER, scene.admin, period).rows == before
    assert (count(scene.session, AuditEntry), count(scene.session, Report)) == kept
    assert verify(scene.session) is None


def test_what_was_told_of_a_task_still_open_stays(scene: Scene) -> None:
    live(scene)
    told = count(scene.session, Reminder)
    assert told > 5
    forget(scene)
    assert count(scene.session, Reminder) == told
    row = scene.session.get_one(Assignment, scene.assignment)
    row.state = AssignmentState.WITHDRAWN
    scene.session.add(row)
    scene.session.flush()
    forget(scene)
    assert count(scene.session, Reminder) == count(scene.session, Event) == 0


def test_what_is_not_settled_or_not_old_stays(scene: Scene) -> None:
    for n, state in enumerate(EventState):
        scene.session.add(
            Event(key=str(n), kind=EventKind.ALERT, person_id=scene.owner, business_date=MONDAY, state=state,
                  created_at=at(MONDAY), due_at=at(MONDAY), available_at=at(MONDAY))
        )  # fmt: skip
    scene.session.flush()
    forget(scene, at(MONDAY) + KEPT)
    assert count(scene.session, Event) == len(EventState)
    forget(scene, at(MONDAY) + KEPT + timedelta(seconds=1))
    left = scene.session.exec(select(Event.state).order_by(col(Event.id))).all()
    assert left == [EventState.WAITING, EventState.FORWARDED, EventState.CLAIMED]


def test_it_goes_in_batches_past_what_must_stay(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    live(scene, 5)  # of an open task: stays
    for n in range(7):
        scene.session.add(
            Event(key=str(n), kind=EventKind.ALERT, person_id=scene.owner, business_date=MONDAY,
                  state=EventState.SETTLED, created_at=at(MONDAY), due_at=at(MONDAY), available_at=at(MONDAY))
        )  # fmt: skip
    scene.session.flush()
    kept = set(scene.session.exec(select(Reminder.event_id)))
    forget(scene)
    assert set(scene.session.exec(select(Event.id))) == kept
