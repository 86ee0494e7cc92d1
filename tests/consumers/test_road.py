"""From the outbox to the vendor's ledger, over both databases and both roads."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from bot.channels.base import Outgoing
from broker.base import Broker
from broker.rabbitmq import RabbitBroker
from models.database import Database
from models.events import Event
from models.people import Address
from models.talk import Sent
from tests import road


@pytest.fixture(params=["embedded", pytest.param("rabbitmq", marks=pytest.mark.servers)])
def broker(request: pytest.FixtureRequest) -> Broker | None:
    """None: the embedded one."""
    if request.param == "embedded":
        return None
    return RabbitBroker(request.getfixturevalue("rabbitmq_url"))


async def test_two_hundred_reminders_arrive_once_each(any_database: Database, broker: Broker | None) -> None:
    with any_database.transaction() as session:
        persons = road.people(session, 200)
        road.raise_for(session, persons)
    channel = road.LedgerChannel()
    async with road.moving(any_database, [channel], broker):
        await road.until(road.all_done(any_database))
    assert Counter(channel.ledger) == Counter({(f"telegram-{p}", f"e:{p}"): 1 for p in persons})
    assert {d.state for d in road.deliveries(any_database)} == {"sent"}
    with any_database.reading() as session:
        kept = session.exec(select(Sent)).all()
    assert len(kept) == 200
    assert {(s.subject, s.lane) for s in kept} == {("event", "telegram:7")}


@pytest.mark.servers
async def test_a_sender_whose_clock_is_behind_sends_at_once_and_says_what_is_true_when_it_is_due(
    any_database: Database, rabbitmq_url: str
) -> None:
    asked: list[datetime] = []

    def say(session: Session, event: Event, address: Address, now: datetime) -> Outgoing | None:
        asked.append(now)
        return road.say_key(session, event, address, now)

    with any_database.transaction() as session:
        road.raise_for(session, road.people(session, 30))
        due = max(event.available_at for event in session.exec(select(Event)))
    channel = road.LedgerChannel()
    async with road.moving(any_database, [channel], RabbitBroker(rabbitmq_url), behind=timedelta(days=2), render=say):
        await road.until(road.all_done(any_database))
    assert len(channel.ledger) == 30
    assert {now >= due for now in asked} == {True}
