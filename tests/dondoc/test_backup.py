"""Backup and restore: the house goes on where it stood, on either database; nothing twice, nothing forgotten."""

import io
import json
import tarfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlmodel import Session

from dondoc.backup import backup
from dondoc.backup_rows import kept_tables
from dondoc.restore import RestoreError, restore
from models import audit, files
from models.claims import Start, begin, claim
from models.clock import utcnow
from models.database import Database
from models.events import EVENTS, EventKind, Priority
from models.forwarding import lease
from models.heartbeat import beat
from models.leases import acquire
from models.outbox import NewEvent, raise_many
from models.schema import downgrade
from models.units import Unit
from tests import road
from tests.dondoc.conftest import Run
from tests.scene import build

PAIRS = [
    "sqlite to sqlite",
    pytest.param("sqlite to postgresql", marks=pytest.mark.servers),
    pytest.param("postgresql to sqlite", marks=pytest.mark.servers),
]


@pytest.fixture
def second(migrated_template: Path, tmp_path: Path):
    """Another empty SQLite database."""
    path = tmp_path / "second.sqlite3"
    path.write_bytes(migrated_template.read_bytes())
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture(params=PAIRS)
def pair(request: pytest.FixtureRequest, database: Database, second: Database) -> tuple[Database, Database]:
    """Where the house stood and where it is brought back."""
    old, _, new = request.param.partition(" to ")
    old_one = database if old == "sqlite" else request.getfixturevalue("postgresql")
    return old_one, second if new == "sqlite" else request.getfixturevalue("postgresql")


def rows_of(database: Database) -> dict[str, list[object]]:
    with database.engine.connect() as connection:
        return {t.name: sorted(map(repr, connection.execute(select(t)).all())) for t in kept_tables()}


def lived_in(session: Session, data_dir: Path) -> None:
    """A letter with a report and its evidence, units that point at one another, an audit chain."""
    scene = build(session)
    old, new = Unit(code="X1", name="Sở Cũ", kind="sở"), Unit(code="X2", name="Sở Mới", kind="sở")
    session.add_all([old, new])
    session.flush()
    old.successor_id = new.id  # points forward: the successor's row comes later
    report = scene.report(text="Đã làm xong “đúng hạn” = 100%")
    sha256 = files.put(data_dir, b"%PDF-1.4 evidence")
    made = files.record(
        session, scene.town.now, sha256=sha256, size=17, media_type="application/pdf", name="a.pdf", uploaded_by=None
    )
    from models.evidence import add

    add(session, scene.town.now, scene.owner, report.id or 0, file_ids=[made])


def test_every_row_and_file_comes_back_on_either_database(pair: tuple[Database, Database], tmp_path: Path) -> None:
    old, new = pair
    with old.transaction() as session:
        lived_in(session, tmp_path / "old")
    made = backup(old, tmp_path / "old", tmp_path / "b.tar.gz", utcnow())
    back = restore(new, tmp_path / "new", tmp_path / "b.tar.gz")
    assert rows_of(new) == rows_of(old)
    assert (back.rows, back.files) == (made.rows, made.files)
    assert made.files == 1
    with new.transaction() as session:
        assert audit.verify(session) is None
        session.add(Unit(code="NEXT", name="Sở Sau", kind="sở"))  # sequences go on after the last id
        session.flush()
    if not new.is_sqlite:  # the planner knows what came back: the first big tick is as fast as later ones
        with new.reading() as session:
            known = session.connection().execute(text("SELECT count(*) FROM pg_stats WHERE tablename = 'assignment'"))
            assert known.scalar_one() > 0
    assert [p.read_bytes() for p in (tmp_path / "new").rglob("*") if p.is_file()] == [b"%PDF-1.4 evidence"]
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o077 == 0


async def test_restored_on_a_clean_machine_nothing_is_sent_twice_and_nothing_due_is_forgotten(
    pair: tuple[Database, Database], tmp_path: Path
) -> None:
    """Some were sent, some are forwarded, one is being sent, some are due, some come due tomorrow."""
    old, new = pair
    with old.transaction() as session:
        sent = road.people(session, 3)
        road.raise_for(session, sent, "sent")
    vendor = road.LedgerChannel()
    async with road.moving(old, [vendor]):
        await road.until(road.all_done(old))
    with old.transaction() as session:
        on_road, due, later = road.people(session, 3), road.people(session, 3), road.people(session, 2)
        road.raise_for(session, on_road, "road", Priority.URGENT)
        leased = [one.id for one in lease(session, vendor.lane, utcnow(), 1000, 3)]
        assert len(leased) == 3
        claimed = claim(session, leased[:2], vendor.lane, "gone", utcnow()).claimed
        under_way = _recipient(session, next(iter(claimed)))
        chat = f"telegram-{under_way}"
        address = _address(session, chat)
        assert begin(session, [Start(next(iter(claimed)), address, chat)], vendor.lane, "gone")
        road.raise_for(session, due, "due")
        tomorrow = utcnow() + timedelta(days=1)
        events = [NewEvent(f"later:{p}", EventKind.URGED, person_id=p, available_at=tomorrow) for p in later]
        raise_many(session, utcnow(), events)
        acquire(session, f"send:{vendor.lane}", "gone", 3600)
        beat(session, "consumer:gone")
    backup(old, tmp_path, tmp_path / "b.tar.gz", utcnow())

    back = restore(new, tmp_path, tmp_path / "b.tar.gz")
    assert back.in_flight == 1
    after = road.LedgerChannel()
    expected = {f"road:{p}" for p in on_road} | {f"due:{p}" for p in due}
    async with road.moving(new, [after]):
        await road.until(lambda: expected <= {text.split(" ")[-1] for _, text in after.ledger}, 10)
        await road.until(lambda: Counter(road.states(new).values())["settled"] == 9, 10)
    assert len(after.ledger) == len(expected)
    states = road.states(new)
    assert {states[f"later:{p}"] for p in later} == {"waiting"}
    marked = [one for one in road.deliveries(new) if one.ambiguous_times]
    assert [(one.chat_id, one.state) for one in marked] == [(f"telegram-{under_way}", "sent")]


def _recipient(session: Session, event: int) -> int:
    return session.connection().execute(select(EVENTS.c.person_id).where(EVENTS.c.id == event)).scalar_one()


def _address(session: Session, chat: str) -> int:
    from models.lanes import ADDRESSES

    return session.connection().execute(select(ADDRESSES.c.id).where(ADDRESSES.c.chat_id == chat)).scalar_one()


def test_a_database_with_something_in_it_is_not_overwritten_unasked(
    pair: tuple[Database, Database], tmp_path: Path
) -> None:
    old, new = pair
    for database in pair:
        with database.transaction() as session:
            lived_in(session, tmp_path)
    with new.transaction() as session:
        session.add(Unit(code="OWN", name="Sở Riêng", kind="sở"))
    backup(old, tmp_path, tmp_path / "b.tar.gz", utcnow())
    with pytest.raises(RestoreError, match="--force"):
        restore(new, tmp_path, tmp_path / "b.tar.gz")
    restore(new, tmp_path, tmp_path / "b.tar.gz", force=True)
    assert rows_of(new) == rows_of(old)


def test_a_database_processes_work_on_is_left_alone(database: Database, second: Database, tmp_path: Path) -> None:
    backup(database, tmp_path, tmp_path / "b.tar.gz", utcnow())
    with second.transaction() as session:
        beat(session, "scheduler:1")
    with pytest.raises(RestoreError, match="scheduler:1"):
        restore(second, tmp_path, tmp_path / "b.tar.gz", force=True)


def test_a_database_without_tables_gets_them(database: Database, second: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        lived_in(session, tmp_path)
    backup(database, tmp_path, tmp_path / "b.tar.gz", utcnow())
    downgrade(second)
    restore(second, tmp_path, tmp_path / "b.tar.gz")
    assert rows_of(second) == rows_of(database)


def rewritten(source: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The backup with members changed, or left out where `change` gives None."""
    with tarfile.open(source) as tar:
        members = [(member.name, (tar.extractfile(member) or io.BytesIO()).read()) for member in tar]
    with tarfile.open(source, "w:gz") as tar:
        for name, content in members:
            if (new := change(name, content)) is not None:
                info = tarfile.TarInfo(name)
                info.size = len(new)
                tar.addfile(info, io.BytesIO(new))


def newer(name: str, content: bytes) -> bytes:
    return json.dumps(json.loads(content) | {"revision": "9999"}).encode() if name == "manifest.json" else content


DAMAGES: dict[str, tuple[Callable[[str, bytes], bytes | None], str]] = {
    "a changed row": (lambda name, c: c.replace("Sở Mới".encode(), "Sở Mời".encode()), "damaged"),
    "a missing table": (lambda name, c: None if name == "tables/report.jsonl" else c, "damaged"),
    "a missing file": (lambda name, c: None if name.startswith("files/") else c, "damaged"),
    "a changed file": (lambda name, c: b"other" if name.startswith("files/") else c, "damaged"),
    "a cut table": (lambda name, c: c[: len(c) // 2] if name == "tables/unit.jsonl" else c, "damaged"),
    "no manifest": (lambda name, c: None if name == "manifest.json" else c, "no backup of dondoc"),
    "a newer version": (newer, "newer dondoc"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_restores_nothing(database: Database, second: Database, tmp_path: Path, damage: str) -> None:
    with database.transaction() as session:
        lived_in(session, tmp_path)
    source = tmp_path / "b.tar.gz"
    backup(database, tmp_path, source, utcnow())
    change, said = DAMAGES[damage]
    rewritten(source, change)
    with pytest.raises(RestoreError, match=said):
        restore(second, tmp_path / "new", source)
    with second.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(EVENTS)).scalar() == 0
        assert not any(connection.execute(select(t).limit(1)).first() for t in kept_tables())


@pytest.mark.parametrize("cut", [0, 10, 3000])
def test_a_backup_that_is_cut_off_or_no_backup_is_refused(
    database: Database, second: Database, tmp_path: Path, cut: int
) -> None:
    with database.transaction() as session:
        lived_in(session, tmp_path)
    source = tmp_path / "b.tar.gz"
    backup(database, tmp_path, source, utcnow())
    source.write_bytes(source.read_bytes()[:cut])
    with pytest.raises(RestoreError):
        restore(second, tmp_path, source)


def test_a_backup_is_one_instant_although_the_house_works_on(any_database: Database, tmp_path: Path) -> None:
    """A row written while the tables are dumped is in none of them, or its references would hang in the air."""
    with any_database.transaction() as session:
        road.raise_for(session, road.people(session, 2))

    def meanwhile(table: str) -> None:
        if table == "event":  # persons are dumped already
            with any_database.transaction() as session:
                road.raise_for(session, road.people(session, 1), "late")
                session.connection().execute(update(EVENTS).values(last_error="changed"))

    backup(any_database, tmp_path, tmp_path / "b.tar.gz", utcnow(), meanwhile)
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        content = tar.extractfile("tables/event.jsonl")
        assert content is not None
        rows = [json.loads(line) for line in content.read().splitlines()]
    assert [(row["last_error"], row["key"][:2]) for row in rows] == [("", "e:"), ("", "e:")]


def test_on_the_command_line(dondoc: Run, db: Database, settings_env: Path, tmp_path: Path) -> None:
    with db.transaction() as session:
        lived_in(session, settings_env)
    file = tmp_path / "b.tar.gz"
    assert "1 files" in dondoc("backup", str(file)).out
    again = dondoc("backup", str(file))
    assert again.code == 1
    assert "--force" in again.err
    assert "not empty" in dondoc("restore", str(file)).err
    answer = dondoc("restore", str(file), "--force")
    assert answer.code == 0
    assert "must be said again" in answer.out
    assert dondoc("restore", str(tmp_path / "none.tar.gz")).code == 2
    (tmp_path / "text").write_text("hello")
    assert "damaged" in dondoc("restore", str(tmp_path / "text"), "--force").err
    assert "Cannot write" in dondoc("backup", str(tmp_path / "no" / "b.tar.gz")).err


def test_evidence_that_is_gone_from_the_disk_is_told(dondoc: Run, db: Database, tmp_path: Path) -> None:
    with db.transaction() as session:
        lived_in(session, tmp_path / "elsewhere")
    answer = dondoc("backup", str(tmp_path / "b.tar.gz"))
    assert answer.code == 1
    assert "1 stored files were not found" in answer.err
