"""Tasks put into a draft: at their place, with their own doubts; everything behind them moves along."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from models.database import Database
from models.draft_changes import reading_of
from models.draft_passages import add_task, leave_out, left_out, settle_heading, settle_task
from models.drafts import set_lead, start_draft
from models.errors import Refused
from models.people import Person
from models.reading import Doubt, Reading, ReadTask

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def session(town: Database) -> Iterator[Session]:
    with town.transaction() as opened:
        yield opened


def draft_of(session: Session, *doubts: Doubt):
    person = Person(name="Văn thư Mẫu", created_at=NOW)
    session.add(person)
    session.flush()
    tasks = tuple(ReadTask(clause=str(n), text=f"Việc {n}", span=(100 * n, 100 * n + 50)) for n in (1, 2, 3))
    reading = Reading(kind="directive", number="1/A-B", tasks=tasks, doubts=doubts, text="x" * 500)
    return start_draft(session, NOW, person.id or 0, reading, reading.text)


def unread(start: int) -> Doubt:
    return Doubt(field="tasks", code="passage_unread", span=(start, start + 20))


def test_a_passage_becomes_a_task_where_it_stands(session: Session) -> None:
    draft = draft_of(session, unread(260), unread(170), Doubt(field="tasks[1].lead", code="lead_unsure"))
    set_lead(session, NOW, draft, 2, [7], ["Sở Y tế"])
    at = add_task(
        session, NOW, draft, ReadTask(clause="", text="Việc thêm", span=(170, 190)), [("lead", "lead_assumed")]
    )
    reading = reading_of(draft)
    assert at == 1
    assert [task.clause for task in reading.tasks] == ["1", "bs1", "2", "3"]
    assert {(d.field, d.code) for d in reading.doubts} == {
        ("tasks", "passage_unread"), ("tasks[1].lead", "lead_assumed"), ("tasks[2].lead", "lead_unsure"),
    }  # fmt: skip
    assert [doubt.span for doubt in left_out(reading)] == [(260, 280)]
    assert [entry.get("lead") for entry in draft.choices["tasks"]] == [None, None, None, [7]]


def test_a_typed_task_stands_last_with_a_label_of_its_own(session: Session) -> None:
    draft = draft_of(session, unread(0))
    for n in (1, 2):
        assert add_task(session, NOW, draft, ReadTask(clause="", text=f"Việc {n}", span=(0, 0)), []) == 2 + n
    reading = reading_of(draft)
    assert [task.clause for task in reading.tasks] == ["1", "2", "3", "bs1", "bs2"]
    assert len(left_out(reading)) == 1  # a passage at the very beginning is not dealt with by a typed task
    with pytest.raises(Refused, match="task_empty"):
        add_task(session, NOW, draft, ReadTask(clause="", text=" ", span=(0, 0)), [])


def test_a_passage_is_left_out_once(session: Session) -> None:
    draft = draft_of(session, unread(170), unread(260))
    leave_out(session, NOW, draft, 170)
    assert [doubt.span for doubt in left_out(reading_of(draft))] == [(260, 280)]
    with pytest.raises(Refused, match="passage_gone"):
        leave_out(session, NOW, draft, 170)


def test_what_was_seen_is_no_longer_asked(session: Session) -> None:
    doubts = (
        Doubt(field="number", code="number_unsure"),
        Doubt(field="tasks[0].lead", code="lead_unsure"),
        Doubt(field="tasks[1]", code="split_unsure"),
        unread(170),
    )
    draft = draft_of(session, *doubts)
    settle_task(session, NOW, draft, 1)
    settle_heading(session, NOW, draft)
    assert [d.code for d in reading_of(draft).doubts] == ["lead_unsure", "passage_unread"]
