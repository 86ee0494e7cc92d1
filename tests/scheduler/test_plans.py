"""A tick costs what is due, not what exists: each of its queries goes by an index, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from models.assignments import Assignment, Reminder
from models.database import Database
from models.directives import Task
from models.units import Role
from scheduler.digests import waiting_query
from scheduler.periodic import expire, raise_period_reports
from scheduler.planning import due_query
from scheduler.tick import anything_due_query, next_due, tick_all
from tests.town import MONDAY, Town, at

NOW = at(MONDAY)
ROWS = 10_000
QUERIES: dict[str, tuple[Callable[[], Any], str]] = {
    "due assignments": (lambda: due_query(NOW), "ix_assignment_next_reminder_at"),
    "anything due, periods": (lambda: anything_due_query(NOW), "ix_task_next_opening_at"),
    "anything due, assignments": (lambda: anything_due_query(NOW), "ix_assignment_next_reminder_at"),
    "anything due, lines": (lambda: anything_due_query(NOW), "ix_reminder_untold"),
    "somebody still planning": (
        lambda: select(Assignment.id).where(col(Assignment.next_reminder_at) <= NOW).limit(1),
        "ix_assignment_next_reminder_at",
    ),
    "people with untold lines": (lambda: waiting_query(NOW, 0), "ix_reminder_untold"),
    "periods to open": (
        lambda: select(Task.id).where(col(Task.next_opening_at) <= NOW).order_by(col(Task.next_opening_at)).limit(100),
        "ix_task_next_opening_at",
    ),
}


def fill(session: Session) -> None:
    """Many assignments and tasks of later days, many told lines, a handful that is due."""
    town = Town(session, now=NOW)
    person = town.person("Chuyên viên")
    other = town.person("Người có nhiều việc")
    letter = town.letter(person)
    unit = town.unit("Sở Xây dựng")
    numbers = f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {ROWS})"
    later = "'2027-06-01 01:00:00.000000'"
    statements = [
        f"""{numbers} INSERT INTO task (id, directive_id, position, clause, text, product, report_to, span_start, span_end,
            deadline_kind, relative_working, phrase, state, next_opening_at)
            SELECT 1000 + n, {letter}, n, 'k' || n, '', '', '', 0, 0, 'none', false, '', 'active', {later} FROM s""",
        f"""{numbers} INSERT INTO assignment (id, task_id, unit_id, part, period, sub, owner_id, note, opened_on, state,
            last_step, next_reminder_at, opened_late)
            SELECT 1000 + n, 1000 + n, {unit}, 'lead', '', 0, {person}, '', '2026-11-01', 'open', '', {later}, false
            FROM s""",
        f"""INSERT INTO event (id, key, kind, person_id, data, business_date, lane, priority, created_at, due_at,
            available_at, state, claimed_by, attempts, last_error) VALUES
            (1, 'old', 'digest', {person}, '{{}}', '2026-11-01', '', 5, {later}, {later}, {later}, 'settled', '', 0, '')""",
        f"""{numbers} INSERT INTO event (id, key, kind, person_id, data, business_date, lane, priority, created_at, due_at,
            available_at, state, claimed_by, attempts, last_error)
            SELECT 1000 + n, 'old' || n, 'alert', {person}, '{{}}', '2026-11-01', '', 5, {later}, {later}, {later},
            'settled', '', 0, '' FROM s""",
        f"""{numbers} INSERT INTO shortnumber (person_id, n, assignment_id, use, opened_at)
            SELECT {other}, n, 1000 + n, 'act', {later} FROM s""",
        f"""{numbers} INSERT INTO reminder (assignment_id, step, day, person_id, audience, due_at, event_id, created_at)
            SELECT 1000 + n, 'd0', '2026-11-01', {person}, 'owner', '2026-11-01 01:00:00.000000', 1, {later} FROM s""",
        "ANALYZE",
    ]
    for statement in statements:
        session.connection().execute(text(statement))


@pytest.fixture
def filled(any_database: Database) -> Database:
    with any_database.transaction() as session:
        fill(session)
    return any_database


def test_every_query_of_a_tick_goes_by_an_index(filled: Database) -> None:
    dialect = sqlite.dialect() if filled.is_sqlite else postgresql.dialect()
    explain = "EXPLAIN QUERY PLAN " if filled.is_sqlite else "EXPLAIN "
    with filled.reading() as session:
        for name, (query, index) in QUERIES.items():
            sql = str(query().compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
            rows = session.connection().exec_driver_sql(explain + sql.replace("%", "%%"))
            plan = "\n".join(str(row[-1]) for row in rows)
            assert index in plan, f"{name}:\n{plan}"
            assert f"Seq Scan on {index.split('_')[1]}" not in plan, f"{name}:\n{plan}"
            assert f"SCAN {index.split('_')[1]}\n" not in plan + "\n", f"{name}:\n{plan}"


BIG = ("assignment", "task", "reminder", "event", "shortnumber")


def make_due(session: Session) -> None:
    """A morning with everything in it: new, late and escalated lines, an urgent letter, a period to open, a stand-in."""
    town = Town(session, now=at(MONDAY - timedelta(days=14)), made=50_000)
    office = town.unit("Văn phòng", "văn phòng")
    contact = town.person("Đầu mối", office, Role.HEAD)
    admin = town.person("Văn thư", office, Role.ADMIN)
    units = [town.unit(f"Xã {n}", "xã") for n in range(6)]
    for unit in units:
        town.person(f"Chuyên viên {unit}", unit, Role.OWNER, linked=unit != units[0])
        town.person(f"Chủ tịch {unit}", unit, Role.HEAD)
    for due in (-10, -3, -1, 0, 3):
        letter = town.letter(admin, contact_id=contact, issuer_unit_id=office)
        for row in town.opened(letter, units, due_on=MONDAY + timedelta(days=due)):
            row.next_reminder_at, row.last_step_on = NOW, MONDAY - timedelta(days=13)
            session.add(row)
    town.opened(town.letter(admin, urgency="hỏa tốc", contact_id=contact), units, due_on=MONDAY + timedelta(days=3))
    monthly = town.task(letter, units, deadline_kind="recurring", rrule="FREQ=MONTHLY;BYMONTHDAY=24")
    monthly.next_opening_at = NOW
    session.add(monthly)
    session.flush()


@pytest.mark.servers
def test_whatever_a_pass_asks_of_a_big_table_goes_by_an_index(postgresql: Database) -> None:
    with postgresql.transaction() as session:
        fill(session)
        make_due(session)
        session.connection().execute(text("ANALYZE"))
    asked: dict[str, Any] = {}

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            asked.setdefault(statement, parameters[0] if many else parameters)

    event.listen(postgresql.engine, "before_cursor_execute", keep)
    assert tick_all(postgresql, NOW) > len(BIG)
    assert next_due_of(postgresql)
    with postgresql.transaction() as session:
        expire(session, NOW)
        raise_period_reports(session, NOW)
    event.remove(postgresql.engine, "before_cursor_execute", keep)
    read = {table: sum(f"FROM {table}" in sql or f"UPDATE {table} " in sql for sql in asked) for table in BIG}
    assert all(read.values()), read
    with postgresql.reading() as session:
        # 10,000 rows are a few pages: weigh a look into an index as for the million they stand for.
        session.connection().execute(text("SET LOCAL random_page_cost = 1.1"))
        for statement, parameters in asked.items():
            rows = session.connection().exec_driver_sql("EXPLAIN " + statement, parameters)
            plan = "\n".join(str(row[0]) for row in rows)
            for table in BIG:
                assert f"Seq Scan on {table} " not in plan + " ", f"{statement}\n{plan}"


def next_due_of(database: Database) -> object:
    with database.reading() as session:
        return next_due(session, NOW)


def test_the_check_would_notice_a_missing_index(filled: Database) -> None:
    with filled.transaction() as session:
        session.connection().execute(text("DROP INDEX ix_assignment_next_reminder_at"))
    with pytest.raises(AssertionError, match="due assignments"):
        test_every_query_of_a_tick_goes_by_an_index(filled)


def test_the_rows_are_there(filled: Database) -> None:
    with filled.reading() as session:
        assert len(session.exec(select(Assignment.id)).all()) == len(session.exec(select(Reminder.id)).all()) == ROWS
