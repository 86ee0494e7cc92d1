"""From the outbox to the vendor's ledger, over both databases and both roads."""

from collections import Counter

import pytest
from sqlmodel import select

from broker.base import Broker
from models.database import Database
from models.talk import Sent
from tests import road


@pytest.fixture(params=["embedded", pytest.param("rabbitmq", marks=pytest.mark.servers)])
def broker(request: pytest.FixtureRequest) -> Broker | None:
    """None: the embedded one."""
    if request.param == "embedded":
        return None
    from broker.rabbitmq import RabbitBroker

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
