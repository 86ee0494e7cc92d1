"""A monthly quota: digests first when it runs short, another way for the rest, and the admins told in time."""

import dataclasses
from datetime import date

import pytest

from consumers.budget import Budget
from models.budget import Use
from models.clock import local_date, utcnow
from models.database import Database
from models.events import EventKind, Priority
from models.outbox import NewEvent, raise_many
from models.units import Role
from tests import road


@pytest.mark.parametrize(
    ("used", "today", "kind", "priority", "verdict"),
    [
        (100, date(2026, 12, 2), EventKind.CONFIRMED, Priority.DIGEST, "send"),
        (2500, date(2026, 12, 5), EventKind.CONFIRMED, Priority.DIGEST, "hold"),
        (2500, date(2026, 12, 5), EventKind.DIGEST, Priority.DIGEST, "send"),
        (2500, date(2026, 12, 5), EventKind.ASSIGNED, Priority.URGENT, "send"),
        (2500, date(2026, 12, 30), EventKind.CONFIRMED, Priority.DIGEST, "send"),
        (3000, date(2026, 12, 30), EventKind.DIGEST, Priority.URGENT, "none"),
    ],
)
def test_what_the_rest_of_a_month_is_for(used: int, today: date, kind: str, priority: int, verdict: str) -> None:
    assert Budget(3000, Use(used, 50), today).decide(kind, priority, 0) == verdict


def test_messages_sent_since_the_count_are_counted() -> None:
    budget = Budget(3000, Use(2990, 1), date(2026, 12, 31))
    assert budget.decide(EventKind.DIGEST, Priority.DIGEST, 9) == "send"
    assert budget.decide(EventKind.DIGEST, Priority.DIGEST, 10) == "none"


@pytest.mark.parametrize(
    ("used", "day", "warning"), [(1400, 5, ""), (1600, 5, "short"), (1600, 25, ""), (3000, 31, "empty")]
)
def test_the_forecast_warns_in_time(used: int, day: int, warning: str) -> None:
    budget = Budget(3000, Use(used, 50), date(2026, 12, day))
    assert budget.warning() == warning
    assert Budget(3000, Use(1500, 50), date(2026, 12, 15)).forecast == 3100


async def test_when_it_is_used_up_messages_go_another_way_or_somebody_is_told(any_database: Database) -> None:
    limits = dataclasses.replace(road.UNLIMITED, monthly=3)
    with any_database.transaction() as session:
        first = road.people(session, 3, "zalo")
        road.raise_for(session, first, priority=Priority.URGENT)
        both, only = *road.people(session, 1, "zalo", "telegram"), *road.people(session, 1, "zalo")
        (admin,) = road.people(session, 1, "telegram")
        road.appoint(session, admin, Role.ADMIN)
        late = [NewEvent(f"late:{p}", EventKind.DIGEST, person_id=p, lane="zalo:7") for p in (both, only)]
        raise_many(session, utcnow(), late)
    zalo, telegram = road.LedgerChannel("zalo", limits=limits), road.LedgerChannel()
    async with road.moving(any_database, [zalo, telegram]):
        await road.until(lambda: f"telegram-{both}" in {chat for chat, _ in telegram.ledger})
        await road.until(lambda: road.states(any_database)[f"late:{only}"] == "failed")
    assert {chat for chat, _ in zalo.ledger} == {f"zalo-{p}" for p in first}
    assert (admin, "unreachable") in road.alerts(any_database)
    assert road.event(any_database, f"late:{only}").last_error == "quota"


async def test_short_of_it_a_notice_waits_and_a_digest_goes(database: Database) -> None:
    limits = dataclasses.replace(road.UNLIMITED, monthly=10)
    with database.transaction() as session:
        persons = road.people(session, 30, "zalo")
        road.raise_for(session, persons[:9], priority=Priority.URGENT)
    zalo = road.LedgerChannel("zalo", limits=limits)
    async with road.moving(database, [zalo]):
        await road.until(lambda: len(zalo.ledger) == 9)
        with database.transaction() as session:
            who, other = persons[20:22]
            raise_many(
                session,
                utcnow(),
                [NewEvent("notice", EventKind.CONFIRMED, who), NewEvent("digest", EventKind.DIGEST, other)],
            )
        await road.until(lambda: (f"zalo-{other}", "digest") in zalo.ledger)
        await road.until(lambda: road.event(database, "notice").last_error == "quota")
    assert len(zalo.ledger) == 10
    assert local_date(road.event(database, "notice").available_at) >= local_date(utcnow())
