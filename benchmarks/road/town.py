"""A province in PostgreSQL: 10,000 units, 100,000 owners with a chat, N open assignments, of which some come due."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from models.database import Database
from models.schema import migrate
from models.wakeups import CHANNEL

NOW = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)  # a Wednesday, 09:00 in the office

FILL = """
INSERT INTO unit (code, name, kind, short_name, aliases, address_as, source)
  SELECT 'u' || n, 'Đơn vị số ' || n, 'xã', '', '[]', 'đồng chí', '' FROM generate_series(1, :units) n;
INSERT INTO person (name, title, language, consent_at, created_at)
  SELECT 'Người ' || n, '', 'vi', now(), now() FROM generate_series(1, :people) n;
INSERT INTO address (person_id, channel, token, chat_id, thread_id, position, verified_at, blocked_reason)
  SELECT n, 'telegram', '7', n::text, '', 0, now(), '' FROM generate_series(1, :people) n;
INSERT INTO membership (person_id, unit_id, role, is_default)
  SELECT n, (n - 1) / 10 + 1, 'owner', n % 10 = 1 FROM generate_series(1, :people) n;
INSERT INTO directive (number, issued_on, issuer, subject, recipients, text, content_hash, contact_written, loaded_by,
                       loaded_at, history, state, signer_title, signer_name)
  SELECT n || '/UBND', '2026-11-02', 'UBND tỉnh', 'V/v triển khai nhiệm vụ số ' || n, '[]', 'x', n::text, '', 1, now(),
         false, 'active', '', '' FROM generate_series(1, 100) n;
INSERT INTO task (directive_id, position, clause, text, product, report_to, span_start, span_end, deadline_kind, due_on,
                  relative_working, phrase, state)
  SELECT (n - 1) % 100 + 1, n, n::text, 'Rà soát, báo cáo kết quả thực hiện nhiệm vụ số ' || n, '', '', 0, 0, 'date',
         '2026-12-11', false, 'trước ngày 12/12/2026', 'active' FROM generate_series(1, 100) n;
INSERT INTO assignment (task_id, unit_id, part, period, owner_id, note, opened_on, baseline_due_on, due_on, state,
                        next_reminder_at, last_step, opened_late, sub)
  SELECT t, u, 'lead', '', (u - 1) * 10 + t % 10 + 1, '', '2026-11-03', '2026-12-11', '2026-12-11', 'open',
         CAST(:far AS timestamptz), 'new', false, 0
  FROM generate_series(1, :units) u, generate_series(1, :tasks) t;
INSERT INTO shortnumber (person_id, n, assignment_id, use, opened_at)
  SELECT owner_id, row_number() OVER (PARTITION BY owner_id ORDER BY id), id, 'act', now() FROM assignment
  WHERE unit_id <= 1100;
"""
DUE = """
UPDATE assignment SET next_reminder_at = CAST(:now AS timestamptz)
WHERE id IN (SELECT min(id) FROM assignment WHERE owner_id <= :people GROUP BY owner_id)
"""
REST = """
UPDATE assignment SET next_reminder_at = CAST(:far AS timestamptz), last_step = 'new', last_step_on = NULL
WHERE next_reminder_at IS DISTINCT FROM CAST(:far AS timestamptz)
"""
CLEAR = "TRUNCATE sent, delivery, reminder, event, heartbeat, lease CASCADE"


def fill(url: str, tasks: int = 100, units: int = 10_000) -> None:
    """`units` × `tasks` assignments (1,000,000 by default), none of them due. A town that is there stays as it is."""
    database = Database(url)
    migrate(database)
    with database.engine.connect() as connection:
        if connection.execute(text("SELECT 1 FROM unit LIMIT 1")).first():
            return
    values = {"units": units, "people": units * 10, "tasks": tasks, "far": NOW + timedelta(days=30)}
    with database.engine.begin() as connection:
        for statement in FILL.split(";"):
            if statement.strip():
                names = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(text(statement), names)
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    database.close()


def clear(url: str) -> None:
    """Empty the outbox; nothing is due."""
    database = Database(url)
    with database.engine.begin() as connection:
        connection.execute(text(CLEAR))
        connection.execute(text(REST), {"far": NOW + timedelta(days=30)})
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE event, delivery, sent, reminder, assignment"))
    database.close()


def make_due(url: str, people: int, at: datetime = NOW) -> None:
    """One assignment of each of the first `people` comes due at this business instant."""
    database = Database(url)
    with database.engine.begin() as connection:
        connection.execute(text(DUE), {"people": people, "now": at})
        connection.execute(text(f"NOTIFY {CHANNEL}"))  # else a scheduler looks again after ten seconds only
    database.close()
