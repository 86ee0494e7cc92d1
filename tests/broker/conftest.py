"""The two roads: the outbox read directly, and RabbitMQ."""

from collections.abc import AsyncIterator

import pytest

from broker.base import Broker
from broker.embedded import EmbeddedBroker
from models.clock import utcnow
from models.database import Database


@pytest.fixture(params=["embedded", pytest.param("rabbitmq", marks=pytest.mark.servers)])
async def broker(request: pytest.FixtureRequest, any_database: Database) -> AsyncIterator[Broker]:
    """A started broker over a database of its own."""
    if request.param == "rabbitmq":
        from broker.rabbitmq import RabbitBroker

        made: Broker = RabbitBroker(request.getfixturevalue("rabbitmq_url"))
    else:
        made = EmbeddedBroker(any_database, utcnow)
    await made.start()
    assert await made.ready(20)
    yield made
    await made.close()
