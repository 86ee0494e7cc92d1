"""What a new sender counts of the one before it, whatever that one's clock said."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from models.clock import utcnow
from models.database import Database
from models.events import Delivery, DeliveryState, Event, EventKind, EventState
from models.people import Address
from models.takeover import last_minute
from tests.bot.town import Town


def test_a_send_dated_ahead_by_a_wrong_clock_rests_its_chat_no_longer_than_one_just_begun(
    database: Database, tmp_path: Path
) -> None:
    town = Town(database, tmp_path)
    town.person("Trần Đầu Mối", town.unit("SYT", "Sở Y tế"), chat="30")
    now = utcnow()
    with database.transaction() as session:
        address = session.exec(select(Address)).one()
        for age in (timedelta(seconds=20), -timedelta(hours=1), timedelta(minutes=5)):
            event = Event(
                kind=EventKind.DIGEST, key=str(age), person_id=address.person_id,
                business_date=now.date(), lane=address.lane, created_at=now,
                due_at=now, available_at=now, state=EventState.SETTLED,
            )  # fmt: skip
            session.add(event)
            session.flush()
            assert event.id is not None
            assert address.id is not None
            session.add(
                Delivery(
                    event_id=event.id, address_id=address.id, lane=address.lane, chat_id="30",
                    state=DeliveryState.SENT, started_at=now - age,
                )
            )  # fmt: skip
    with database.reading() as session:
        ats = sorted(send.at for send in last_minute(session, address.lane, 1000.0))
    assert len(ats) == 2  # the one of five minutes ago is forgotten
    assert 975 < ats[0] <= 980
    assert ats[1] == 1000.0
