"""Raising Events: once per key, in the lane of the best address, with the transaction they tell about."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from models.database import Database
from models.events import Event, EventKind, EventState, Priority
from models.lanes import close_circuit, open_circuit
from models.outbox import NewEvent, raise_event, raise_many, relane, supersede, wakeups
from models.people import Address, Person

NOW = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)


def person(session: Session, *channels: str, verified: bool = True) -> int:
    somebody = Person(name="Trần Thị Thử", created_at=NOW, consent_at=NOW)
    session.add(somebody)
    session.flush()
    assert somebody.id is not None
    for position, channel in enumerate(channels):
        session.add(
            Address(
                person_id=somebody.id,
                channel=channel,
                token="7",
                chat_id=f"{channel}-{somebody.id}",
                position=position,
                verified_at=NOW if verified else None,
            )
        )
    session.flush()
    return somebody.id


def test_raising_twice_writes_one_event(any_database: Database) -> None:
    with any_database.transaction() as session:
        who = person(session, "telegram")
        first = raise_event(session, NOW, key="urged:1", kind=EventKind.URGED, person_id=who, data={"assignment": 1})
        again = raise_event(session, NOW, key="urged:1", kind=EventKind.URGED, person_id=who, data={"assignment": 2})
    assert first is not None
    assert again is None
    with any_database.reading() as session:
        only = session.exec(select(Event)).one()
    assert (only.id, only.lane, only.data, only.available_at) == (first, "telegram:7", {"assignment": 1}, NOW)
    assert (only.state, only.priority, only.business_date.isoformat()) == ("waiting", Priority.DIGEST, "2026-12-02")


def test_ten_thousand_at_once_keep_what_was_there(any_database: Database) -> None:
    with any_database.transaction() as session:
        people = [person(session, "telegram") for _ in range(20)]
        raise_event(session, NOW, key="digest:3", kind=EventKind.DIGEST, person_id=people[3])
        many = [NewEvent(f"digest:{n}", EventKind.DIGEST, person_id=people[n % 20]) for n in range(10_000)]
        made = raise_many(session, NOW, many)
    assert len(made) == 9_999
    assert "digest:3" not in made
    with any_database.reading() as session:
        count, lanes = session.connection().execute(text("SELECT count(*), min(lane) FROM event")).one()
    assert (count, lanes) == (10_000, "telegram:7")


def test_the_lane_is_the_first_usable_address_and_a_shut_lane_comes_after(any_database: Database) -> None:
    with any_database.transaction() as session:
        both, unproved = person(session, "telegram", "zalo"), person(session, "telegram", verified=False)
        keys = iter("abcdef")

        def lane(who: int) -> str:
            made = raise_event(session, NOW, key=next(keys), kind=EventKind.URGED, person_id=who)
            return session.get_one(Event, made).lane

        assert lane(both) == "telegram:7"
        assert lane(unproved) == ""
        open_circuit(session, "telegram:7", NOW, "network")
        assert lane(both) == "zalo:7"
        open_circuit(session, "zalo:7", NOW, "network")
        assert lane(both) == "telegram:7"
        assert close_circuit(session, "telegram:7")
        assert not close_circuit(session, "telegram:7")


def test_a_newer_digest_replaces_the_older_ones_nobody_has_claimed(any_database: Database) -> None:
    with any_database.transaction() as session:
        who = person(session, "telegram")
        for key in ("monday", "tuesday", "wednesday"):
            raise_event(session, NOW, key=key, kind=EventKind.DIGEST, person_id=who)
        raise_event(session, NOW, key="urged", kind=EventKind.URGED, person_id=who)
        claimed = session.exec(select(Event).where(Event.key == "monday")).one()
        claimed.state = EventState.CLAIMED
        session.add(claimed)
        session.flush()
        assert supersede(session, who, EventKind.DIGEST, "wednesday") == 1
    with any_database.reading() as session:
        states = {event.key: event.state for event in session.exec(select(Event))}
    assert states == {"monday": "claimed", "tuesday": "superseded", "wednesday": "waiting", "urged": "waiting"}


def test_who_links_late_gets_what_was_waiting(any_database: Database) -> None:
    with any_database.transaction() as session:
        who = person(session)
        made = raise_event(session, NOW, key="urged", kind=EventKind.URGED, person_id=who)
        session.add(Address(person_id=who, channel="zalo", token="9", chat_id="c", verified_at=NOW))
        session.flush()
        assert relane(session, person_id=who) == 1
        session.expire_all()
        assert session.get_one(Event, made).lane == "zalo:9"


def test_bells_ring_after_the_commit_and_not_after_a_rollback(any_database: Database) -> None:
    heard: list[str] = []
    end = wakeups.subscribe(lambda: heard.append("ring"))
    with any_database.transaction() as session:
        who = person(session, "telegram")
        raise_event(session, NOW, key="a", kind=EventKind.URGED, person_id=who)
        assert heard == []
    assert heard == ["ring"]

    def verb_that_fails() -> None:
        with any_database.transaction() as session:
            raise_event(session, NOW + timedelta(hours=1), key="b", kind=EventKind.URGED, person_id=who)
            raise RuntimeError("the verb failed")

    with pytest.raises(RuntimeError):
        verb_that_fails()
    end()
    assert heard == ["ring"]
    with any_database.reading() as session:
        assert [event.key for event in session.exec(select(Event))] == ["a"]


def test_an_event_has_exactly_one_recipient(database: Database) -> None:
    with database.transaction() as session, pytest.raises(ValueError, match="one recipient"):
        raise_event(session, NOW, key="a", kind=EventKind.URGED)
