"""What every road does, over both databases."""

from broker.base import Broker
from models.claims import claim
from models.clock import utcnow
from models.database import Database
from scheduler.forward import forward
from tests import road

LANE = "telegram:7"


async def put(broker: Broker, database: Database, count: int) -> list[int]:
    """Events in the outbox, and on the road where there is one."""

    def write(session):
        return road.raise_for(session, road.people(session, count))

    ids = await database.write(write)
    if broker.carries:
        assert await forward(database, broker, utcnow()) == (count, True)
    return sorted(ids)


async def take(subscription, count: int) -> list:
    taken = []
    while len(taken) < count:
        some = await subscription.take(count - len(taken), 5.0)
        assert some, f"only {len(taken)} of {count} came"
        taken += some
    return taken


async def test_every_event_arrives_once(broker: Broker, any_database: Database) -> None:
    ids = await put(broker, any_database, 50)
    subscription = await broker.subscribe(LANE, 100)
    taken = await take(subscription, 50)
    assert sorted(parcel.event_id for parcel in taken) == ids
    claims = await any_database.write(claim, ids, LANE, "me", utcnow())
    assert sorted(claims.claimed) == ids
    await subscription.done(taken)
    assert await subscription.take(10, 0.3) == []
    await subscription.close()


async def test_what_is_not_done_comes_again(broker: Broker, any_database: Database) -> None:
    ids = await put(broker, any_database, 6)
    first = await broker.subscribe(LANE, 100)
    taken = await take(first, 6)
    done, left = taken[:2], taken[2:]
    settled = [parcel.event_id for parcel in done]
    await any_database.write(claim, settled, LANE, "me", utcnow())
    await first.done(done)
    await first.close()
    second = await broker.subscribe(LANE, 100)
    again = await take(second, 4)
    assert sorted(parcel.event_id for parcel in again) == sorted(parcel.event_id for parcel in left)
    assert set(settled) | {parcel.event_id for parcel in again} == set(ids)
    await second.close()


async def test_nothing_in_hand_is_more_than_asked_for(broker: Broker, any_database: Database) -> None:
    await put(broker, any_database, 20)
    subscription = await broker.subscribe(LANE, 5)
    assert len(await subscription.take(3, 5.0)) in (1, 2, 3)
    await subscription.close()


async def test_a_lane_gets_only_its_own(broker: Broker, any_database: Database) -> None:
    await put(broker, any_database, 3)
    other = await broker.subscribe("zalo:9", 10)
    assert await other.take(10, 0.3) == []
    await other.close()


async def test_depth_counts_what_nobody_has_in_hand(broker: Broker, any_database: Database) -> None:
    await put(broker, any_database, 7)
    assert await broker.depth(LANE) == 7
    assert await broker.depth("zalo:9") == 0


async def test_a_waiting_consumer_is_woken(broker: Broker, any_database: Database) -> None:
    import asyncio

    subscription = await broker.subscribe(LANE, 10)
    taking = asyncio.create_task(subscription.take(1, 10.0))
    await asyncio.sleep(0.1)
    before = asyncio.get_running_loop().time()
    ids = await put(broker, any_database, 1)
    assert [parcel.event_id for parcel in await taking] == ids
    assert asyncio.get_running_loop().time() - before < 0.9
    await subscription.close()
