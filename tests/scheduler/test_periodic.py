"""The picture after a cut-off, and what expires."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from models.clock import utcnow
from models.database import Database
from models.directives import Draft
from models.events import Event, EventKind
from models.people import LinkCode, LinkTry
from models.periods import Period, PeriodKind
from models.talk import Dialogue
from models.units import Role
from models.upkeep import Heartbeat
from scheduler.periodic import expire, longest_ended, raise_period_reports
from tests.town import Town, at

BEFORE = date(2026, 10, 20)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


def told(session: Session) -> list[tuple[int | None, str]]:
    query = select(Event).where(Event.kind == EventKind.PERIOD).order_by(col(Event.person_id))
    return [(event.person_id, event.data["period"]) for event in session.exec(query)]


def test_the_picture_comes_on_the_working_day_after_the_cut_off_to_leaders_and_contacts(session: Session) -> None:
    town = Town(session, now=at(BEFORE))
    office = town.unit("Văn phòng", "văn phòng")
    leader, contact = town.person("Lãnh đạo", office, Role.LEADER), town.person("Đầu mối")
    admin = town.person("Văn thư", office, Role.ADMIN)
    town.letter(admin, contact_id=contact)
    assert raise_period_reports(session, at(date(2026, 11, 14), 9)) == 0  # Saturday, the cut-off itself
    assert raise_period_reports(session, at(date(2026, 11, 16), 7)) == 0  # before opening
    assert raise_period_reports(session, at(date(2026, 11, 16), 8)) == 2
    assert raise_period_reports(session, at(date(2026, 11, 16), 9)) == 0
    assert raise_period_reports(session, at(date(2026, 11, 17), 9)) == 0
    assert told(session) == [(leader, "2026-11"), (contact, "2026-11")]


def test_after_a_standstill_it_still_comes_but_not_after_ten_days(session: Session) -> None:
    town = Town(session, now=at(BEFORE))
    town.letter(town.person("Văn thư"))
    assert raise_period_reports(session, at(date(2026, 11, 27), 9)) == 0
    assert raise_period_reports(session, at(date(2026, 11, 20), 9)) == 1


def test_a_house_that_was_empty_at_the_cut_off_has_no_picture_of_it(session: Session) -> None:
    town = Town(session, now=at(date(2026, 11, 16)))
    town.letter(town.person("Văn thư"))
    assert raise_period_reports(session, at(date(2026, 11, 16), 9)) == 0


@pytest.mark.parametrize(
    ("month", "label"), [(11, "2026-11"), (9, "2026-Q3"), (6, "2026-H1"), (12, "2026"), (3, "2026-Q1")]
)
def test_the_longest_period_that_ends_is_shown(month: int, label: str) -> None:
    assert longest_ended(Period(PeriodKind.MONTH, 2026, month)).label == label


def test_a_draft_nobody_approved_loses_its_text_and_old_questions_go(session: Session) -> None:
    town = Town(session, now=at(BEFORE))
    person, now = town.person("Văn thư"), at(BEFORE)
    draft = Draft(person_id=person, text="…", content_hash="0", created_at=now, expires_at=now)
    fresh = Draft(person_id=person, text="…", content_hash="0", created_at=now, expires_at=now + timedelta(days=9))
    asked = utcnow()
    question = Dialogue(person_id=person, kind="which", asked_at=asked, expires_at=asked - timedelta(days=2))
    standing = Dialogue(person_id=person, kind="gather", asked_at=asked, expires_at=asked + timedelta(minutes=15))
    session.add_all([draft, fresh, question, standing])
    session.flush()
    assert expire(session, now + timedelta(days=2)) == 2
    session.expire_all()
    assert (draft.state, draft.text, fresh.state, fresh.text) == ("cancelled", "", "pending", "…")
    assert [left.kind for left in session.exec(select(Dialogue))] == ["gather"]


def test_a_question_asked_a_moment_ago_outlives_a_clock_that_was_moved(session: Session) -> None:
    """Questions lapse in real time: on the chat page the business clock may be weeks ahead of it."""
    town = Town(session, now=at(BEFORE))
    asked = utcnow()
    person = town.person("Văn thư")
    session.add(Dialogue(person_id=person, kind="gather", asked_at=asked, expires_at=asked + timedelta(minutes=15)))
    session.flush()
    expire(session, asked + timedelta(days=40))
    assert len(session.exec(select(Dialogue)).all()) == 1


def test_the_copy_of_a_loaded_letter_and_guesses_at_codes_go(session: Session) -> None:
    town = Town(session, now=at(BEFORE))
    person, now = town.person("Văn thư"), at(BEFORE)
    loaded = Draft(person_id=person, text="…", content_hash="0", created_at=now, expires_at=now, state="created")
    guess = LinkTry(lane="telegram:1", chat_id="9", tried_at=now)
    code = LinkCode(code_hash="0", person_id=person, created_at=now, expires_at=now)
    session.add_all([loaded, guess, code])
    session.flush()
    expire(session, now + timedelta(hours=2))
    session.expire_all()
    assert (loaded.state, loaded.text, loaded.reading) == ("created", "", {})
    assert session.exec(select(LinkTry)).all() == []
    assert len(session.exec(select(LinkCode)).all()) == 1
    expire(session, now + timedelta(days=91))
    assert session.exec(select(LinkCode)).all() == []


def test_the_heartbeats_of_killed_processes_are_cleared_away(session: Session) -> None:
    for name, days in (("bot:telegram:1:killed", 3), ("bot:telegram:1:at work", 0)):
        session.add(Heartbeat(name=name, at=utcnow() - timedelta(days=days)))
    session.flush()
    expire(session, at(BEFORE))
    assert session.exec(select(Heartbeat.name)).all() == ["bot:telegram:1:at work"]
