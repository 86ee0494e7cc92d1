"""The fixtures themselves: each test gets an empty, migrated database of its own on either server."""

from sqlalchemy import text

from models.clock import utcnow
from models.database import Database
from models.people import Person


def test_a_row_written_here_is_read_back_with_its_time(any_database: Database) -> None:
    now = utcnow()
    with any_database.transaction() as session:
        session.add(Person(name="Nguyễn Văn Thử", created_at=now))
    with any_database.reading() as session:
        row = session.connection().execute(text("SELECT count(*), min(name) FROM person")).one()
        person = session.get(Person, 1)
    assert tuple(row) == (1, "Nguyễn Văn Thử")
    assert person is not None
    assert person.created_at == now
