"""The admin corrects a draft in two presses: units, dates, clauses; doubts follow, settled ones go."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from models.database import Database
from models.directives import Directive, Draft, Task
from models.drafts import MOST_TASKS, content_hash
from models.errors import Refused
from models.loading import (
    cancel_draft,
    create,
    drop_task,
    merge_tasks,
    plan,
    reading_of,
    set_contact,
    set_coordinators,
    set_date,
    set_deadline,
    set_issuer,
    set_lead,
    set_number,
    set_start,
    split_points,
    split_task,
    start_draft,
)
from models.reading import Contact, Doubt, ReadDeadline, Reading
from models.units import Role
from tests.models.letters_of_ours import NOW, by, drafted, letter, someone, task, unit_id


@pytest.fixture
def session(town: Database) -> Iterator[Session]:
    with town.transaction() as opened:
        yield opened


@pytest.fixture
def admin(session: Session) -> int:
    return someone(session, "Văn thư Mẫu", "VPUBND", Role.ADMIN)


@pytest.fixture
def draft(session: Session, admin: int) -> Draft:
    doubts = (
        Doubt(field="number", code="number_blank"),
        Doubt(field="tasks[0].deadline", code="deadline_unsure"),
        Doubt(field="tasks[1]", code="split_unsure"),
        Doubt(field="tasks[1].lead", code="lead_assumed"),
        Doubt(field="tasks[2].deadline", code="period_cutoff"),
    )
    reading = letter(
        task("1", "Sở Y tế", text="Việc thứ nhất"),
        task("2", "Các sở", text="Lập tổ công tác; báo cáo kết quả", deadline=by(date(2026, 12, 5))),
        task("3", "Công an tỉnh", coordinate=("Sở Y tế",), text="Việc thứ ba"),
        number="/UBND-TH",
        doubts=doubts,
    )
    return drafted(session, admin, reading)


def fields(draft: Draft) -> list[tuple[str, str]]:
    return [(doubt.field, doubt.code) for doubt in reading_of(draft).doubts]


def clauses(draft: Draft) -> list[str]:
    return [task.clause for task in reading_of(draft).tasks]


def refusal(call: object, *args: object, **kwargs: object) -> str:
    assert callable(call)
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_only_a_directive_is_kept(session: Session, admin: int) -> None:
    for reading in (Reading(kind="classified", reason_code="classified"), Reading(kind="not_directive")):
        assert refusal(start_draft, session, NOW, admin, reading, "…") == "not_a_directive"
    assert session.exec(select(Draft)).all() == []


def test_the_heading_is_completed(session: Session, draft: Draft, admin: int) -> None:
    set_number(session, NOW, draft, " 812 /UBND-TH ")
    set_date(session, NOW, draft, date(2026, 11, 19))
    set_issuer(session, NOW, draft, "Sở Y tế")
    set_contact(session, NOW, draft, name="Lê Thị Gọi", phone="0912 000 333")
    assert ("number", "number_blank") not in fields(draft)
    directive = create(session, NOW, draft, admin)
    assert (directive.number, directive.issued_on) == ("812/UBND-TH", date(2026, 11, 19))
    assert directive.issuer_unit_id == unit_id(session, "SYT")
    assert directive.contact_written == "Lê Thị Gọi · 0912 000 333"
    assert refusal(set_number, session, NOW, draft, "1") == "draft_gone"


def test_a_new_deadline_settles_its_doubt_and_keeps_the_letters_words(session: Session, draft: Draft) -> None:
    set_deadline(session, NOW, draft, 1, by(date(2026, 12, 9), phrase="không dùng"))
    changed = reading_of(draft).tasks[1].deadline
    assert (changed.due, changed.phrase) == (date(2026, 12, 9), "trước ngày 05/12/2026")
    set_deadline(session, NOW, draft, 0, ReadDeadline(kind="relative", relative_days=30))
    assert ("tasks[0].deadline", "deadline_unsure") not in fields(draft)
    set_start(session, NOW, draft, 0, date(2026, 12, 1))
    assert plan(session, NOW, draft).tasks[0].deadline.due == date(2026, 12, 31)
    assert refusal(set_start, session, NOW, draft, 2, date(2026, 12, 1)) == "not_relative"


def test_chosen_units_stand_whatever_the_words_say(session: Session, draft: Draft) -> None:
    finance, science = unit_id(session, "STC"), unit_id(session, "SKHCN")
    set_lead(session, NOW, draft, 1, [finance, science, finance], ["Sở Tài chính", "Sở Khoa học và Công nghệ"])
    set_coordinators(session, NOW, draft, 1, [science], ["Sở Khoa học và Công nghệ"])
    planned = plan(session, NOW, draft).tasks[1]
    assert [unit.unit_id for unit in planned.leads] == [finance, science]
    assert planned.coordinators == ()
    assert reading_of(draft).tasks[1].lead == ("Sở Tài chính", "Sở Khoa học và Công nghệ")
    assert ("tasks[1].lead", "lead_assumed") not in fields(draft)
    assert ("tasks[1]", "split_unsure") in fields(draft)


def test_a_dropped_clause_takes_its_doubts_and_the_others_move_up(session: Session, draft: Draft) -> None:
    set_lead(session, NOW, draft, 2, [unit_id(session, "TTT")], ["Thanh tra tỉnh"])
    drop_task(session, NOW, draft, 1)
    assert clauses(draft) == ["1", "3"]
    assert fields(draft)[1:] == [("tasks[0].deadline", "deadline_unsure"), ("tasks[1].deadline", "period_cutoff")]
    assert [u.unit_id for u in plan(session, NOW, draft).tasks[1].leads] == [unit_id(session, "TTT")]
    assert refusal(drop_task, session, NOW, draft, 2) == "task_unknown"


def test_a_clause_is_split_where_its_acts_part(session: Session, draft: Draft, admin: int) -> None:
    parts = split_points(reading_of(draft).tasks[1].text)
    assert parts == ["Lập tổ công tác", "báo cáo kết quả"]
    split_task(session, NOW, draft, 1, parts)
    assert clauses(draft) == ["1", "2#1", "2#2", "3"]
    assert fields(draft)[2:] == [("tasks[1].lead", "lead_assumed"), ("tasks[3].deadline", "period_cutoff")]
    assert refusal(split_task, session, NOW, draft, 0, ["một"]) == "split_unclear"
    create(session, NOW, draft, admin)
    due = session.exec(select(Task.clause, Task.due_on).where(Task.deadline_kind == "date")).all()
    assert due == [("2#1", date(2026, 12, 5)), ("2#2", date(2026, 12, 5))]


def test_merged_clauses_are_one_task_whose_lead_does_not_coordinate(session: Session, draft: Draft) -> None:
    merge_tasks(session, NOW, draft, 0, 2)
    merged = reading_of(draft).tasks[0]
    assert clauses(draft) == ["1", "2"]
    assert merged.text == "Việc thứ nhất; Việc thứ ba"
    assert merged.lead == ("Sở Y tế", "Công an tỉnh")
    assert merged.coordinate == ()
    assert ("tasks[1].lead", "lead_assumed") in fields(draft)
    merge_tasks(session, NOW, draft, 0, 1)
    assert reading_of(draft).tasks[0].deadline.due == date(2026, 12, 5)
    assert refusal(merge_tasks, session, NOW, draft, 0, 0) == "task_unknown"


def test_a_draft_ends(session: Session, draft: Draft, admin: int) -> None:
    assert refusal(create, session, NOW + timedelta(days=7), draft, admin) == "draft_gone"
    cancel_draft(session, NOW, draft)
    assert refusal(create, session, NOW, draft, admin) == "draft_gone"
    assert refusal(cancel_draft, session, NOW, draft) == "draft_gone"
    assert session.exec(select(Directive)).all() == []


def test_the_same_words_are_the_same_letter_however_they_are_wrapped() -> None:
    assert content_hash("Số: 12/UBND\nGiao Sở Hoà  Bình") == content_hash("số 12/ubnd giao sở Hòa Bình")
    assert content_hash("Số: 12/UBND") != content_hash("Số: 13/UBND")


def test_a_person_of_the_register_can_be_the_contact(session: Session, draft: Draft, admin: int) -> None:
    set_contact(session, NOW, draft, person_id=admin)
    planned = reading_of(draft)
    assert planned.contact == Contact(name="Đỗ Thị Thử", phone="0912 000 777")
    assert create(session, NOW, draft, admin).contact_id == admin


def test_a_letter_of_thousands_of_tasks_is_refused_in_words(session: Session, admin: int) -> None:
    """Everybody waits while one is put together; the longest plans have some hundreds."""
    tasks = tuple(task(str(n), "Sở Y tế") for n in range(1, MOST_TASKS + 2))
    with pytest.raises(Refused) as refused:
        start_draft(session, NOW, admin, letter(*tasks), "x")
    assert (refused.value.code, refused.value.data["n"], refused.value.data["most"]) == (
        "too_many_tasks",
        MOST_TASKS + 1,
        MOST_TASKS,
    )


def test_the_doubts_of_a_task_are_those_of_its_number_alone(session: Session, admin: int) -> None:
    tasks = tuple(task(str(n), "Sở Y tế") for n in range(1, 13))
    doubts = tuple(Doubt(field=f"tasks[{n}].lead", code="lead_unsure") for n in (1, 11))
    draft = start_draft(session, NOW, admin, letter(*tasks, doubts=doubts), "x")
    doubted = [one.index for one in plan(session, NOW, draft).tasks if one.doubts]
    assert doubted == [1, 11]
