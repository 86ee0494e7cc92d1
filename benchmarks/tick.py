"""What a tick costs: nothing due and 10,000 people due, with 10,000 to 1,000,000 open assignments in PostgreSQL.

    python benchmarks/tick.py [--rows 10000,100000,1000000] [--people 10000] [--rounds 5]
                              [--url postgresql://…/{name}] [--only fill|measure]

Starts a private PostgreSQL (durable, as installed) unless a URL of a server is given. Aims (issue 6, Speed c):
nothing due at most 3 ms; 10,000 people due at most 2 s from tick to all events committed; at most 1.5 times as long
with a hundred times the rows.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dondoc.loop import keep_imports
from models.database import Database
from models.schema import migrate
from scheduler.tick import next_due, tick_all
from tests import servers

PEOPLE_PER_UNIT = 10
UNITS_PER_TASK = 100
HISTORY = 100_000
DAY = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # Tuesday, 08:00 in Vietnam
NIGHT = DAY - timedelta(hours=10)


def main() -> None:
    """Fill and measure, or one of the two (a table of a million takes minutes to fill, which is not measured)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="10000,100000,1000000")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--url", default="", help="of a server, with {name} in the place of the database's name")
    parser.add_argument("--only", choices=("fill", "measure"), help="one of the two steps; needs --url")
    options = parser.parse_args()
    keep_imports()  # as every role does
    server = None if options.url else servers.Postgres(durable=True)
    if server:
        server.start()
    url = options.url or server.url("{name}")  # type: ignore[union-attr]
    sizes = [int(rows) for rows in options.rows.split(",")]
    try:
        if options.only != "measure":
            for size in sizes:
                fill(url, size, 2 * options.people)
        if options.only != "fill":
            measure(url, sizes, options.people, options.rounds)
    finally:
        if server:
            server.remove()


def opened(url: str, size: int) -> Database:
    """The database with so many open assignments."""
    return Database(url.format(name=f"tick_{size}"))


def fill(url: str, size: int, people: int) -> None:
    """A new database with so many open assignments and the history of a house that has run for a while."""
    with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS tick_{size}".encode())
        connection.execute(f"CREATE DATABASE tick_{size}".encode())
    database = opened(url, size)
    migrate(database)
    fill_register(database, people)
    fill_assignments(database, size, people)
    fill_history(database, people)
    vacuum(database)
    database.close()


def measure(url: str, sizes: list[int], people: int, rounds: int) -> None:
    """One line per size; the sizes in turn in each round, so that a busy moment of the machine meets all of them."""
    databases = {size: opened(url, size) for size in sizes}
    idle: dict[int, list[float]] = {size: [] for size in sizes}
    aims: dict[int, list[float]] = {size: [] for size in sizes}
    busy: dict[int, list[float]] = {size: [] for size in sizes}
    events = 0
    for n in range(rounds):
        for size, database in databases.items():
            idle[size] += [timed(tick_all, database, NIGHT) for _ in range(30)]
            with database.reading() as session:
                aims[size] += [timed(next_due, session, NIGHT) for _ in range(30)]
            make_due(database, people, n)
            started = time.perf_counter()
            events = tick_all(database, DAY + timedelta(days=7 * n))
            busy[size].append(time.perf_counter() - started)
            assert events == people, f"{events} messages for {people} people"
            reset(database)
    print(
        f"{'open':>10} {'nothing due ms':>16} {'next due ms':>12} {people:>8} people due s (median, min–max) {'events':>8}"
    )
    first = statistics.median(busy[sizes[0]])
    for size in sizes:
        middle = statistics.median(busy[size])
        spread = f"{middle:.2f} ({min(busy[size]):.2f}–{max(busy[size]):.2f})"
        print(
            f"{size:>10} {statistics.median(idle[size]) * 1000:>16.2f} {statistics.median(aims[size]) * 1000:>12.2f}"
            f" {spread:>38} {events:>8}   ×{middle / first:.2f}"
        )
        databases[size].close()


def timed(call, *arguments: object) -> float:
    """Seconds."""
    started = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - started


def fill_register(database: Database, people: int) -> None:
    """Units of ten owners each, everybody linked."""
    run(
        database,
        f"""INSERT INTO unit (id, code, name, kind, short_name, aliases, address_as, source)
            SELECT n, 'U' || n, 'Đơn vị ' || n, 'xã', '', '[]', 'đồng chí', ''
            FROM generate_series(1, {people // PEOPLE_PER_UNIT}) n""",
        f"""INSERT INTO person (id, name, title, language, created_at, consent_at)
            SELECT n, 'Cán bộ ' || n, '', 'vi', '{NIGHT}', '{NIGHT}' FROM generate_series(1, {people}) n""",
        f"""INSERT INTO membership (person_id, unit_id, role, is_default)
            SELECT n, 1 + (n - 1) / {PEOPLE_PER_UNIT}, 'owner', n % {PEOPLE_PER_UNIT} = 0
            FROM generate_series(1, {people}) n""",
        f"""INSERT INTO address (person_id, channel, token, chat_id, thread_id, position, verified_at, blocked_reason)
            SELECT n, 'telegram', '1', n::text, '', 0, '{NIGHT}', '' FROM generate_series(1, {people}) n""",
        f"""INSERT INTO directive (id, number, issuer, subject, signer_title, signer_name, recipients, text,
                                   content_hash, contact_written, loaded_by, loaded_at, history, state)
            SELECT n, n || '/UBND', '', '', '', '', '[]', '', n::text, '', 1, '{NIGHT}', false, 'active'
            FROM generate_series(1, 1000) n""",
        "ANALYZE",
    )


def fill_history(database: Database, people: int) -> None:
    """What a house that has run for a while holds: settled events and the reminders they told."""
    run(
        database,
        f"""INSERT INTO event (id, key, kind, person_id, data, business_date, lane, priority, created_at, due_at,
                               available_at, state, claimed_by, attempts, settled_at, last_error)
            SELECT n, 'old:' || n, 'digest', 1 + n % {people}, '{{}}', '2026-10-01', 'telegram:1', 5, '{NIGHT}', '{NIGHT}',
                   '{NIGHT}', 'settled', '', 1, '{NIGHT}', ''
            FROM generate_series(1, {HISTORY}) n""",
        f"""INSERT INTO reminder (id, assignment_id, step, day, person_id, audience, due_at, event_id, created_at)
            SELECT n, 1 + n % 10000, 'old' || n, '2026-10-01', 1 + n % {people}, 'owner', '{NIGHT}', n,
                   '{NIGHT}'
            FROM generate_series(1, {HISTORY}) n""",
        f"SELECT setval('event_id_seq', {HISTORY})",
        f"SELECT setval('reminder_id_seq', {HISTORY})",
        "ANALYZE",
    )


def fill_assignments(database: Database, want: int, people: int) -> None:
    """A hundred units to a task; the next reminder of each is some later morning."""
    first, last = 1, want // UNITS_PER_TASK
    units = people // PEOPLE_PER_UNIT
    run(
        database,
        f"""INSERT INTO task (id, directive_id, position, clause, text, product, report_to, span_start, span_end,
                              deadline_kind, relative_working, phrase, state)
            SELECT n, 1 + n % 1000, n, n::text, 'làm', '', '', 0, 0, 'date', false, '', 'active'
            FROM generate_series({first}, {last}) n""",
        f"""INSERT INTO assignment (task_id, unit_id, part, period, sub, owner_id, note, opened_on, baseline_due_on,
                                    due_on, state, last_step, last_step_on, next_reminder_at, opened_late)
            SELECT t, u, 'lead', '', 0, (u - 1) * {PEOPLE_PER_UNIT} + 1 + (t / 20 + k) % {PEOPLE_PER_UNIT}, '',
                   '2026-11-01', '2027-06-01', '2027-06-01', 'open', 'new', '2026-11-02',
                   timestamptz '2027-03-01 01:00+00' + ((t * 7 + k) % 60) * interval '1 day', false
            FROM generate_series({first}, {last}) t, generate_series(0, {UNITS_PER_TASK - 1}) k,
                 LATERAL (SELECT 1 + (t * {UNITS_PER_TASK} + k) % {units} AS u) x""",
        """INSERT INTO shortnumber (person_id, n, assignment_id, use, opened_at)
           SELECT owner_id, id, id, 'act', now() FROM assignment ON CONFLICT DO NOTHING""",
        "ANALYZE",
    )


def make_due(database: Database, people: int, n: int) -> None:
    """One assignment of each of `people` owners comes due this morning: three working days before its deadline."""
    day = DAY + timedelta(days=7 * n)
    run(
        database,
        f"""UPDATE assignment SET next_reminder_at = '{day}', due_on = '{(day + timedelta(days=3)).date()}'
            WHERE id IN (SELECT min(id) FROM assignment GROUP BY owner_id ORDER BY owner_id LIMIT {people})""",
    )


def reset(database: Database) -> None:
    """As it was before the round."""
    run(
        database,
        """UPDATE assignment SET next_reminder_at = '2027-03-01 01:00+00', due_on = '2027-06-01', last_step = 'new',
                  last_step_on = '2026-11-02'
           WHERE last_step_on > '2026-11-02'""",
        f"DELETE FROM reminder WHERE id > {HISTORY}",
        f"DELETE FROM event WHERE id > {HISTORY}",
    )
    vacuum(database)


def vacuum(database: Database) -> None:
    """As autovacuum leaves the tables a while after."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("reminder", "event", "assignment"):
            connection.execute(text(f"VACUUM ANALYZE {table}"))


def run(database: Database, *statements: str) -> None:
    """Plain SQL, each statement by itself."""
    for statement in statements:
        with database.transaction() as session:
            session.connection().execute(text(statement))


if __name__ == "__main__":
    main()
