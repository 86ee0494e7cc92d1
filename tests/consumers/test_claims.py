"""Claims: each Event has one of two claimants; one nobody finished is claimed alone; an expired claim is marked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from models.claims import ALONE_AFTER, Start, begin, claim, release_ended
from models.clock import utcnow
from models.database import Database
from models.dead_letters import deliveries, failed
from models.events import EVENTS
from models.forwarding import lapsed, lapsed_in, lease, mark_forwarded
from models.heartbeat import beat, beats, stop_beating
from models.leases import new_holder
from models.outbox import replay
from models.people import Address
from models.settling import Outcome, Result, settle
from tests import road

LANE = "telegram:7"


def town(database: Database, count: int) -> list[int]:
    with database.transaction() as session:
        return sorted(road.raise_for(session, road.people(session, count)))


def test_two_claimants_share_the_events_and_none_is_claimed_twice(any_database: Database) -> None:
    ids = town(any_database, 200)

    def take(claimant: str) -> set[int]:
        mine: set[int] = set()
        for start in range(0, 200, 20):
            with any_database.transaction() as session:
                mine |= set(claim(session, ids[start : start + 20], LANE, claimant, utcnow()).claimed)
        return mine

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(take, ("a", "b"))
    assert not first & second
    assert first | second == set(ids)


def test_a_claim_wants_the_right_lane_and_the_right_time(any_database: Database) -> None:
    (id,) = town(any_database, 1)
    with any_database.transaction() as session:
        assert claim(session, [id], "zalo:7", "me", utcnow()).claimed == {}
        assert claim(session, [id], LANE, "me", utcnow() - timedelta(hours=1)).claimed == {}
        assert claim(session, [id], LANE, "me", utcnow()).claimed == {id: 0}
        assert claim(session, [id], LANE, "you", utcnow()).claimed == {}


def test_what_was_forwarded_is_claimed_by_a_clock_that_is_behind(any_database: Database) -> None:
    (id,) = town(any_database, 1)
    with any_database.transaction() as session:
        assert [one.id for one in lease(session, LANE, utcnow(), 10, 10)] == [id]
        assert claim(session, [id], LANE, "me", utcnow() - timedelta(days=2)).claimed == {id: 0}


def expire(database: Database) -> None:
    with database.transaction() as session:
        session.connection().execute(update(EVENTS).values(claimed_until=utcnow() - timedelta(seconds=1)))


def test_after_two_claims_without_an_outcome_each_goes_alone(any_database: Database) -> None:
    ids = town(any_database, 3)
    for round in range(ALONE_AFTER):
        with any_database.transaction() as session:
            assert claim(session, ids, LANE, f"dead{round}", utcnow()).claimed == dict.fromkeys(ids, round)
        expire(any_database)
    with any_database.transaction() as session:
        claims = claim(session, ids, LANE, "careful", utcnow())
        assert (claims.claimed, sorted(claims.alone)) == ({}, ids)
        assert claim(session, ids[:1], LANE, "careful", utcnow()).claimed == {ids[0]: 2}


def test_what_a_killed_sender_held_need_not_wait_for_the_end_of_its_claim(any_database: Database) -> None:
    ids = town(any_database, 4)
    living = new_holder()
    machine, pid, _started, nonce = living.split(":")
    killed = f"{machine}:{pid}:1:{nonce}"  # our process id, but of a process that began at another time
    for id, claimant in zip(ids, (killed, killed, living, f"elsewhere:{pid}:1:{nonce}"), strict=True):
        with any_database.transaction() as session:
            assert claim(session, [id], LANE, claimant, utcnow()).claimed
    with any_database.transaction() as session:
        assert release_ended(session, "zalo:7") == 0
        assert release_ended(session, LANE) == 2
        assert sorted(lapsed_in(session, LANE, 10)) == ids[:2]  # the embedded queue offers them at once
        assert set(claim(session, ids, LANE, "next", utcnow()).claimed) == set(ids[:2])


def test_an_abandoned_claim_is_forwarded_again_as_soon_as_it_is_over(any_database: Database) -> None:
    ids = town(any_database, 2)
    with any_database.transaction() as session:
        session.connection().execute(update(EVENTS).values(forwarded_until=utcnow() + timedelta(seconds=170)))
        claim(session, ids[:1], LANE, "dead", utcnow())
        row = session.connection().execute(select(EVENTS).where(EVENTS.c.id == ids[0])).one()
        assert row.forwarded_until - row.claimed_until < timedelta(seconds=1)
        assert lapsed(session) == {}


def start_all(database: Database, ids: list[int], claimant: str) -> dict[int, tuple[int, str]]:
    with database.transaction() as session:
        claim(session, ids, LANE, claimant, utcnow())
        starts = [Start(id, session.get_one(Address, id).id or 0, "chat") for id in ids]
        begun = begin(session, starts, LANE, claimant)
        return {id: (one.ambiguous_times, one.earlier) for id, one in begun.items()}


def test_a_send_nobody_finished_is_ambiguous_and_only_the_claimant_settles(any_database: Database) -> None:
    (id,) = town(any_database, 1)
    assert start_all(any_database, [id], "dead") == {id: (0, "")}
    expire(any_database)
    assert start_all(any_database, [id], "next") == {id: (1, "sending")}
    with any_database.transaction() as session:
        late = Outcome(id, Result.SENT, 1, 1, "chat", vendor_ids=("9",))
        assert settle(session, utcnow(), LANE, "dead", [late]) == set()
        assert settle(session, utcnow(), LANE, "next", [late]) == {id}
        assert [(one.state, one.ambiguous_times) for one in deliveries(session, ambiguous=True)] == [("sent", 1)]
    assert start_all(any_database, [id], "third") == {}


async def test_what_failed_is_sent_again_when_it_is_still_true(any_database: Database) -> None:
    ids = town(any_database, 2)
    start_all(any_database, ids, "me")
    with any_database.transaction() as session:
        outcomes = [Outcome(id, Result.FAILED, reason="poison") for id in ids]
        settle(session, utcnow(), LANE, "me", outcomes)
        session.connection().execute(text("UPDATE delivery SET state = 'refused', error = 'bad_request'"))
        assert [failure.reason for failure in failed(session)] == ["poison", "poison"]
        session.connection().execute(update(EVENTS).where(EVENTS.c.id == ids[1]).values(data={"gone": True}))
        assert replay(session, utcnow(), [ids[0]]) == 1
        assert [failure.id for failure in failed(session)] == [ids[1]]
        assert replay(session, utcnow()) == 1
    channel = road.LedgerChannel()
    async with road.moving(any_database, [channel]):
        await road.until(road.all_done(any_database))
    assert [chat for chat, _ in channel.ledger] == ["telegram-1"]
    with any_database.reading() as session:
        assert failed(session) == []


def test_a_part_that_stops_beating_is_seen(any_database: Database) -> None:
    with any_database.transaction() as session:
        beat(session, "forwarder")
        beat(session, "forwarder", lanes=2)
        beat(session, "consumer:telegram:7")
    with any_database.transaction() as session:
        names = {one.name: one for one in beats(session)}
        assert names["forwarder"].data == {"lanes": 2}
        assert not names["forwarder"].stopped(utcnow())
        assert names["forwarder"].stopped(utcnow() + timedelta(seconds=46))
        stop_beating(session, "forwarder")
        assert [one.name for one in beats(session)] == ["consumer:telegram:7"]


@pytest.mark.servers
def test_an_outcome_waits_for_who_touches_its_row_this_moment(postgresql: Database) -> None:
    """Left out, it would count as somebody else's, and the message would be sent once more."""
    (id,) = town(postgresql, 1)
    start_all(postgresql, [id], "me")
    sent = Outcome(id, Result.SENT, road.deliveries(postgresql)[0].id, 1, "chat", vendor_ids=("9",))
    with ThreadPoolExecutor(1) as pool, postgresql.engine.connect() as other:
        other.execute(text("SELECT id FROM event FOR UPDATE"))

        def write() -> set[int]:
            with postgresql.transaction() as session:
                return settle(session, utcnow(), LANE, "me", [sent])

        writing = pool.submit(write)
        with pytest.raises(TimeoutError):
            writing.result(0.5)
        other.rollback()
        assert writing.result(10) == {id}


def test_what_is_claimed_already_is_not_marked_as_waiting_for_a_claim(any_database: Database) -> None:
    """A claimant that is killed then holds it up until its claim ends, not until the message does."""
    (id,) = town(any_database, 1)
    with any_database.transaction() as session:
        lease(session, LANE, utcnow(), 10, 10)
        claim(session, [id], LANE, "me", utcnow())
        assert mark_forwarded(session, [id]) == 0


def test_what_was_begun_and_is_no_longer_true_ends_as_ambiguous(any_database: Database) -> None:
    """It may have arrived. Nothing is left as being sent for ever."""
    (id,) = town(any_database, 1)
    start_all(any_database, [id], "dead")
    expire(any_database)
    with any_database.transaction() as session:
        claim(session, [id], LANE, "next", utcnow())
        address = road.deliveries(any_database)[0].address_id
        assert settle(session, utcnow(), LANE, "next", [Outcome(id, Result.SKIPPED, None, address, "chat")]) == {id}
    (kept,) = road.deliveries(any_database)
    assert (kept.state, kept.error, kept.finished_at is not None) == ("ambiguous", "no longer true", True)
    assert set(road.states(any_database).values()) == {"settled"}
