"""RabbitMQ's own troubles: cut connections, wiped and deleted queues, messages nobody can read."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from pika import BasicProperties
from sqlalchemy import text

import scheduler.forward
from broker import rabbitmq_lane
from broker.base import BrokerError
from broker.rabbitmq import RabbitBroker, declare_queue, open_channel, split_url
from consumers.pulse import Pulse
from models.clock import utcnow
from models.database import Database
from models.events import EventKind
from models.forwarding import lease_due
from models.heartbeat import beats
from models.outbox import NewEvent, raise_many
from scheduler.forward import Windows, forward, forward_again, run
from tests import road
from tests.proxy import Proxy, proxied

pytestmark = pytest.mark.servers
LANE = "telegram:7"


@pytest.fixture
async def proxy(rabbitmq_url: str) -> AsyncIterator[Proxy]:
    parts = urlsplit(rabbitmq_url)
    async with proxied(parts.hostname or "", parts.port or 0) as made:
        yield made


@pytest.fixture
async def broker(rabbitmq_url: str, proxy: Proxy) -> AsyncIterator[RabbitBroker]:
    """Connected through the proxy."""
    parts = urlsplit(rabbitmq_url)
    through = parts._replace(netloc=f"guest:guest@127.0.0.1:{proxy.port}").geturl()
    made = RabbitBroker(through)
    await made.start()
    assert await made.ready(20)
    yield made
    await made.close()


@pytest.fixture
async def direct(rabbitmq_url: str) -> AsyncIterator[RabbitBroker]:
    """A second connection, not through the proxy."""
    made = RabbitBroker(rabbitmq_url)
    await made.start()
    assert await made.ready(20)
    yield made
    await made.close()


def events(database: Database, count: int) -> list[int]:
    with database.transaction() as session:
        return sorted(road.raise_for(session, road.people(session, count)))


def let_lapse(database: Database) -> None:
    with database.transaction() as session:
        session.connection().execute(text("UPDATE event SET forwarded_until = '2020-01-01 00:00:00'"))


async def purge(broker: RabbitBroker, queue: str, delete: bool = False) -> None:
    channel = await open_channel(broker._connection)  # type: ignore[arg-type]
    done = asyncio.Event()
    act = channel.queue_delete if delete else channel.queue_purge
    act(queue, callback=lambda _frame: done.set())
    await asyncio.wait_for(done.wait(), 10)
    channel.close()


async def test_what_nobody_can_read_ends_in_the_dead_letter_queue(database: Database, direct: RabbitBroker) -> None:
    ids = events(database, 2)
    subscription = await direct.subscribe(LANE, 10)
    channel = await open_channel(direct._connection)  # type: ignore[arg-type]
    for body in (b"\xff\xfe", b"[]", b'{"event": "1"}', b"{}"):
        channel.basic_publish("", direct.queue(LANE), body, BasicProperties(delivery_mode=2))
    await forward(database, direct, utcnow())
    taken = []
    while len(taken) < 2:
        taken += await subscription.take(10, 10)
    assert sorted(p.event_id for p in taken) == ids
    dead = 0
    for _ in range(100):
        dead = await declare_queue(channel, direct.dead_queue, {"x-queue-type": "quorum"})
        if dead == 4:
            break
        await asyncio.sleep(0.1)
    assert dead == 4
    await subscription.close()


async def test_a_wiped_broker_gets_everything_again(database: Database, direct: RabbitBroker) -> None:
    ids = events(database, 30)
    assert await forward(database, direct, utcnow()) == (30, True)
    await purge(direct, direct.queue(LANE))
    assert await forward_again(database, direct) == 0  # three minutes have not passed
    let_lapse(database)
    assert await forward_again(database, direct) == 30
    assert await direct.depth(LANE) == 30
    subscription = await direct.subscribe(LANE, 100)
    taken = []
    while len(taken) < 30:
        taken += await subscription.take(30, 5)
    assert sorted(p.event_id for p in taken) == ids
    await subscription.close()


async def test_what_waits_in_the_queue_is_not_published_again(database: Database, direct: RabbitBroker) -> None:
    events(database, 30)
    await forward(database, direct, utcnow())
    for _ in range(3):
        let_lapse(database)
        assert await forward_again(database, direct) == 0
    assert await direct.depth(LANE) == 30


async def test_a_message_that_cannot_be_routed_is_not_confirmed(direct: RabbitBroker) -> None:
    assert await direct.publish(LANE, [1, 2]) == {1, 2}
    await purge(direct, direct.queue(LANE), delete=True)
    assert await direct.publish(LANE, [3, 4]) == set()
    assert await direct.publish(LANE, [3, 4]) == {3, 4}
    assert await direct.depth(LANE) == 2


async def test_a_queue_that_vanishes_is_consumed_anew(direct: RabbitBroker) -> None:
    subscription = await direct.subscribe(LANE, 10)
    await purge(direct, direct.queue(LANE), delete=True)
    await asyncio.sleep(0.2)
    for _ in range(50):
        if await direct.publish(LANE, [9]):
            break
        await asyncio.sleep(0.1)
    assert [p.event_id for p in await subscription.take(1, 10)] == [9]
    await subscription.close()


async def test_a_broker_that_is_away_confirms_nothing_and_is_found_again(
    database: Database, broker: RabbitBroker, proxy: Proxy
) -> None:
    events(database, 5)
    proxy.refuse = True
    proxy.cut()
    await asyncio.sleep(0.2)
    assert not await broker.ready(0)
    assert await broker.publish(LANE, [1]) == set()
    with pytest.raises(BrokerError):
        await broker.depth(LANE)
    assert await forward(database, broker, utcnow()) == (0, True)
    assert set(road.states(database).values()) == {"waiting"}
    proxy.refuse = False
    assert await broker.ready(20)
    assert await forward(database, broker, utcnow()) == (5, True)


async def test_cut_again_and_again_everything_arrives_once(
    database: Database, broker: RabbitBroker, proxy: Proxy
) -> None:
    channel = road.LedgerChannel(slow=0.002)
    windows = Windows(lane=60, batch=20, sweep_seconds=0.2)
    async with road.moving(database, [channel], broker, windows=windows, pace=road.Pace(group=10, at_once=20)):
        total = 0
        for _ in range(6):
            total += len(events(database, 40))
            await asyncio.sleep(0.25)
            proxy.cut()
        let_lapse_now = asyncio.create_task(_lapse_until_done(database))
        await road.until(road.all_done(database), 60)
        let_lapse_now.cancel()
    assert proxy.connections >= 4
    assert len(channel.ledger) == total
    assert max(Counter(channel.ledger).values()) == 1


async def _lapse_until_done(database: Database) -> None:
    """Three minutes pass quickly: what was lost with a connection's confirms goes out again."""
    while True:
        await asyncio.sleep(1.0)
        await asyncio.to_thread(let_lapse, database)


async def test_a_broker_that_answers_late_has_no_consumer_with_nobody_behind_it(
    database: Database, direct: RabbitBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The channel given up on would be the queue's single active consumer, and hold every message for ever."""
    monkeypatch.setattr(rabbitmq_lane, "ANSWER_SECONDS", 0.0)
    subscription = await direct.subscribe(LANE, 10)
    try:
        await road.until(lambda: direct.last_error == "TimeoutError")
        monkeypatch.setattr(rabbitmq_lane, "ANSWER_SECONDS", 10.0)
        ids = events(database, 3)
        assert await direct.publish(LANE, ids) == set(ids)
        taken: list[int] = []
        for _ in range(40):
            taken += [parcel.event_id for parcel in await subscription.take(10, 0.5)]
            if len(taken) == 3:
                break
        assert sorted(taken) == ids
    finally:
        await subscription.close()


async def test_a_backlog_is_published_once(database: Database, direct: RabbitBroker) -> None:
    published: Counter[int] = Counter()
    original = direct.publish

    async def counting(lane: str, ids: list[int]) -> set[int]:
        taken = await original(lane, ids)
        published.update(taken)  # a nack of a queue just declared is not a publication; what it held goes again
        return taken

    direct.publish = counting  # type: ignore[method-assign]
    ids = events(database, 2000)
    channel = road.LedgerChannel()
    async with road.moving(database, [channel], direct, windows=Windows(lane=200, sweep_seconds=0.2)):
        await road.until(road.all_done(database), 60)
    assert published == Counter(ids)
    assert len(channel.ledger) == 2000


async def test_events_are_leased_together_before_their_instants_and_published_each_at_its_own(
    database: Database, direct: RabbitBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = [utcnow() + timedelta(seconds=seconds) for seconds in (3.0, 3.2, 3.4)]
    with database.transaction() as session:
        given = zip(road.people(session, 3), due, strict=True)
        new = [NewEvent(f"e{n}", EventKind.URGED, n, available_at=at) for n, at in given]
        raise_many(session, utcnow(), new)
    leased: list[datetime] = []
    published: dict[int, datetime] = {}
    write, publish = database.write, direct.publish

    async def noting(work: Callable[..., Any], *given: Any) -> Any:
        result = await write(work, *given)
        if work is lease_due and any(result.by_lane.values()):
            leased.append(utcnow())
        return result

    async def publishing(lane: str, ids: list[int]) -> set[int]:
        published.update(dict.fromkeys(ids, utcnow()))
        return await publish(lane, ids)

    monkeypatch.setattr(database, "write", noting)
    monkeypatch.setattr(direct, "publish", publishing)
    stop = asyncio.Event()
    windows = Windows(ahead_seconds=1.9, early_seconds=1.4, poll_seconds=10.0)  # only the instants wake it
    running = asyncio.create_task(run(database, direct, utcnow, stop, windows=windows))
    try:
        await road.until(lambda: len(published) == 3)
    finally:
        stop.set()
        await running
    assert len(leased) == 1
    assert leased[0] < due[0]
    assert all(at <= published[id] for id, at in zip(sorted(published), due, strict=True))
    assert len(set(published.values())) > 1, "the first did not wait for the others"


async def test_a_sweep_that_hangs_holds_up_nobody_and_is_seen(
    database: Database, direct: RabbitBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*_: Any) -> int:
        await asyncio.Event().wait()
        return 0

    monkeypatch.setattr(scheduler.forward, "forward_again", hang)
    monkeypatch.setattr(scheduler.forward, "LAST_CONFIRMS_SECONDS", 0.1)
    monkeypatch.setattr(scheduler.forward, "LONGEST_SWEEP", 0.3)
    monkeypatch.setattr(scheduler.forward, "EVERY_SECONDS", 0.1)
    stop = asyncio.Event()
    running = asyncio.create_task(run(database, direct, utcnow, stop, windows=Windows(poll_seconds=0.05)))
    try:
        await asyncio.sleep(1.0)
        events(database, 3)
        await road.until(lambda: set(road.states(database).values()) == {"forwarded"})
        with database.reading() as session:
            (beat,) = beats(session)
        assert beat.at < utcnow() - timedelta(seconds=0.5), "it does not count as at work"
    finally:
        stop.set()
        await running


async def test_no_more_is_on_the_road_than_the_sender_sends_in_four_seconds(
    database: Database, direct: RabbitBroker
) -> None:
    """An urgent one waits behind what stands in the queue, whatever its priority."""
    pulse = Pulse(database, LANE, per_second=10)
    await pulse.beat(busy=False, circuit="")
    events(database, 200)
    stop = asyncio.Event()
    running = asyncio.create_task(run(database, direct, utcnow, stop))
    try:
        await road.until(lambda: Counter(road.states(database).values())["forwarded"] > 0)
        await asyncio.sleep(1.0)
        assert Counter(road.states(database).values()) == {"forwarded": 40, "waiting": 160}
    finally:
        stop.set()
        await running


def test_the_prefix_is_ours_and_the_rest_of_the_url_is_pikas() -> None:
    url = "amqps://u:p@host:5671/vh?heartbeat=10&queue_prefix=north"
    assert split_url(url) == ("amqps://u:p@host:5671/vh?heartbeat=10", "north")
    assert split_url("amqp://host")[1] == "dondoc"
