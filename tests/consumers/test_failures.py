"""What happens to a message that does not get through at once."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.channels.base import ChannelError
from consumers import group
from consumers.group import Prepared
from models.database import Database
from models.people import Address
from models.units import Role
from tests import road


def raised(database: Database, count: int, *channels: str) -> list[int]:
    with database.transaction() as session:
        persons = road.people(session, count, *channels)
        road.raise_for(session, persons)
    return persons


async def test_a_vendor_fault_is_tried_again_and_arrives_once(any_database: Database) -> None:
    (who, other) = raised(any_database, 2)
    channel, clock = road.LedgerChannel(), road.Clock()
    channel.faults[f"telegram-{who}"] = [
        ChannelError("vendor", permanent=False),
        ChannelError("network", permanent=False),
    ]
    async with road.moving(any_database, [channel], now=clock.now):
        await road.until(lambda: any(d.error == "later: vendor" for d in road.deliveries(any_database)))
        assert road.event(any_database, f"e:{who}").state == "waiting"
        clock.move(60)
        await road.until(lambda: any(d.error == "later: network" for d in road.deliveries(any_database)))
        clock.move(60)
        await road.until(road.all_done(any_database))
    assert sorted(chat for chat, _ in channel.ledger) == sorted([f"telegram-{who}", f"telegram-{other}"])
    tries = {d.chat_id: (d.tries, d.state, d.ambiguous_times) for d in road.deliveries(any_database)}
    assert tries == {f"telegram-{who}": (3, "sent", 0), f"telegram-{other}": (1, "sent", 0)}


async def test_a_429_holds_up_only_its_own_chat(database: Database) -> None:
    persons = raised(database, 20)
    channel, clock = road.LedgerChannel(), road.Clock()
    held = f"telegram-{persons[0]}"
    channel.faults[held] = [ChannelError("rate", permanent=False, retry_after=300)]
    async with road.moving(database, [channel], now=clock.now):
        await road.until(lambda: len(channel.ledger) == 19)
        assert held not in {chat for chat, _ in channel.ledger}
        await road.until(lambda: road.event(database, f"e:{persons[0]}").last_error == "rate")
        waits = (road.event(database, f"e:{persons[0]}").available_at - clock.now()).total_seconds()
        assert 295 < waits <= 301


async def test_blocked_goes_at_once_to_the_next_address_and_once_only(any_database: Database) -> None:
    (who,) = raised(any_database, 1, "telegram", "zalo")
    telegram, zalo = road.LedgerChannel(), road.LedgerChannel("zalo")
    telegram.faults[f"telegram-{who}"] = [ChannelError("blocked", permanent=True)]
    async with road.moving(any_database, [telegram, zalo]):
        await road.until(road.all_done(any_database))
    assert (telegram.ledger, zalo.ledger) == ([], [(f"zalo-{who}", f"e:{who}")])
    assert [(d.lane, d.state, d.error) for d in road.deliveries(any_database)] == [
        ("telegram:7", "refused", "blocked"),
        ("zalo:7", "sent", ""),
    ]
    with any_database.reading() as session:
        address = session.get_one(Address, road.deliveries(any_database)[0].address_id)
    assert address.blocked_at is not None
    assert address.blocked_reason == "blocked"


async def test_a_bad_request_leaves_the_address_open_for_other_messages(database: Database) -> None:
    (who,) = raised(database, 1, "telegram", "zalo")
    telegram, zalo = road.LedgerChannel(), road.LedgerChannel("zalo")
    telegram.faults[f"telegram-{who}"] = [ChannelError("bad_request", permanent=True)]
    async with road.moving(database, [telegram, zalo]):
        await road.until(road.all_done(database))
        with database.transaction() as session:
            road.raise_for(session, [who], "later")
        await road.until(road.all_done(database))
    assert (zalo.ledger, telegram.ledger) == ([(f"zalo-{who}", f"e:{who}")], [(f"telegram-{who}", f"later:{who}")])


def office(session: Session) -> tuple[int, int, int]:
    """Owner, head of the unit, admin: each on telegram."""
    owner, head, admin = road.people(session, 3)
    unit = road.appoint(session, owner, Role.OWNER)
    road.appoint(session, head, Role.HEAD, unit)
    road.appoint(session, admin, Role.ADMIN)
    return owner, head, admin


async def test_who_cannot_be_reached_at_all_is_told_of_to_head_and_admins(any_database: Database) -> None:
    with any_database.transaction() as session:
        owner, head, admin = office(session)
        road.raise_for(session, [owner])
    channel, clock = road.LedgerChannel(), road.Clock()
    channel.faults[f"telegram-{owner}"] = [ChannelError("gone", permanent=True)]
    async with road.moving(any_database, [channel], now=clock.now):
        await road.until(lambda: road.states(any_database)[f"e:{owner}"] == "failed")
        assert road.alerts(any_database) == sorted([(head, "unreachable"), (admin, "unreachable")])
        assert channel.ledger == []  # bundled: those of a quarter of an hour in one message
        clock.move(900)
        await road.until(lambda: len(channel.ledger) == 2)
    assert road.event(any_database, f"e:{owner}").last_error == "gone"


async def test_somebody_without_any_address_is_not_waited_for_in_silence(database: Database) -> None:
    with database.transaction() as session:
        owner, head, admin = office(session)
        session.exec(Address.__table__.delete().where(Address.person_id == owner))  # type: ignore[attr-defined, call-overload]
        road.raise_for(session, [owner])
    clock = road.Clock()
    async with road.moving(
        database, [road.LedgerChannel()], now=clock.now, windows=road.forward.Windows(sweep_seconds=0.1)
    ):
        clock.move(16 * 60)
        await road.until(lambda: road.states(database)[f"e:{owner}"] == "failed")
    assert road.alerts(database) == sorted([(head, "unreachable"), (admin, "unreachable")])


async def test_a_lost_answer_is_sent_again_once_and_marked(any_database: Database) -> None:
    (who,) = raised(any_database, 1)
    channel, clock = road.LedgerChannel(), road.Clock()
    channel.lost_answers.add(f"telegram-{who}")
    async with road.moving(any_database, [channel], now=clock.now):
        await road.until(lambda: any(d.state == "ambiguous" for d in road.deliveries(any_database)))
        clock.move(60)
        await road.until(road.all_done(any_database))
    assert len(channel.ledger) == 2
    assert [(d.state, d.ambiguous_times, d.tries) for d in road.deliveries(any_database)] == [("sent", 1, 2)]


async def test_a_second_lost_answer_goes_to_the_admins_and_not_out_a_third_time(any_database: Database) -> None:
    with any_database.transaction() as session:
        owner, _head, admin = office(session)
        road.raise_for(session, [owner])
    channel, clock = road.LedgerChannel(), road.Clock()
    chat = f"telegram-{owner}"
    channel.lost_answers.add(chat)
    async with road.moving(any_database, [channel], now=clock.now):
        await road.until(lambda: any(d.state == "ambiguous" for d in road.deliveries(any_database)))
        channel.lost_answers.add(chat)
        clock.move(60)
        await road.until(lambda: road.states(any_database)[f"e:{owner}"] == "failed")
        clock.move(300)
    assert [c for c, _ in channel.ledger].count(chat) == 2
    assert (admin, "unreachable") in road.alerts(any_database)
    assert [(d.state, d.ambiguous_times) for d in road.deliveries(any_database)][:1] == [("ambiguous", 2)]


async def test_what_is_no_longer_true_is_skipped(any_database: Database) -> None:
    with any_database.transaction() as session:
        (who,) = road.people(session, 1)
        made = road.NewEvent("done", road.EventKind.URGED, person_id=who, data={"gone": True})
        road.raise_many(session, road.utcnow(), [made])
    channel = road.LedgerChannel()
    async with road.moving(any_database, [channel]):
        await road.until(road.all_done(any_database))
    assert channel.ledger == []
    assert [d.state for d in road.deliveries(any_database)] == ["skipped"]


async def test_an_event_that_cannot_be_said_ends_after_five_tries_and_holds_nobody_up(database: Database) -> None:
    with database.transaction() as session:
        who, *others = road.people(session, 30)
        bad = road.NewEvent("bad", road.EventKind.URGED, person_id=who, data={"crash": True})
        road.raise_many(session, road.utcnow(), [bad])
        road.raise_for(session, others)
    channel, clock = road.LedgerChannel(), road.Clock()
    async with road.moving(database, [channel], now=clock.now):
        await road.until(lambda: len(channel.ledger) == 29)
        for attempts in range(1, 6):
            await road.until(lambda least=attempts: waits_again(database, "bad") == least)
            clock.move(3600)
        await road.until(lambda: road.event(database, "bad").state == "failed")
    assert road.event(database, "bad").last_error == "poison"


async def test_a_group_that_moved_is_followed(database: Database) -> None:
    (who,) = raised(database, 1)
    channel = road.LedgerChannel()
    channel.faults[f"telegram-{who}"] = [ChannelError("migrated", permanent=False, migrated_to="-100999")]
    async with road.moving(database, [channel]):
        await road.until(road.all_done(database))
    assert channel.ledger == [("-100999", f"e:{who}")]


@pytest.mark.parametrize("reason", ["vendor", "network"])
async def test_known_unsent_for_half_an_hour_takes_the_next_address(database: Database, reason: str) -> None:
    (who,) = raised(database, 1, "telegram", "zalo")
    telegram, zalo, clock = road.LedgerChannel(), road.LedgerChannel("zalo"), road.Clock()
    telegram.faults[f"telegram-{who}"] = [ChannelError(reason, permanent=False) for _ in range(20)]
    async with road.moving(database, [telegram, zalo], now=clock.now):
        for tries in range(1, 8):
            await road.until(lambda least=tries: tried(database) == ("waiting", least))
            clock.move(1000)
        await road.until(road.all_done(database))
    assert zalo.ledger == [(f"zalo-{who}", f"e:{who}")]
    assert [(d.tries, d.state) for d in road.deliveries(database)] == [(8, "refused"), (1, "sent")]


def waits_again(database: Database, key: str) -> int:
    """Claims without an outcome of an Event that waits; 0 while it is claimed."""
    found = road.event(database, key)
    return found.attempts if found.state == "waiting" else 0


def tried(database: Database) -> tuple[str, int]:
    """State of the only Event, and how often its first address was tried."""
    found = road.deliveries(database)
    return next(iter(road.states(database).values())), found[0].tries if found else 0


async def test_a_database_that_goes_away_between_claim_and_words_costs_a_moment(
    any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was claimed is given back, with its count of tries begun anew; a claim that runs out would take 90 s."""
    raised(any_database, 3)
    channel, preparing = road.LedgerChannel(), group.prepare
    away = [OperationalError("", None, Exception("server closed the connection"))] * 4

    def prepare(*args: Any) -> Prepared:
        if away:
            raise away.pop()
        return preparing(*args)

    monkeypatch.setattr(group, "prepare", prepare)
    async with road.moving(any_database, [channel]):
        await road.until(road.all_done(any_database))
    assert not away
    assert len(channel.ledger) == 3
