"""More days, as people ask for them: which task, and which day that is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.more_time import take_longer
from bot.understand import understand
from models.answers import Extension
from models.assignments import Assignment
from models.workdays import default_calendar
from tests.bot.conftest import Folk

TODAY, DUE = date(2026, 11, 16), date(2026, 11, 20)
OWN = frozenset({3, 5})


@pytest.mark.parametrize(
    ("said", "numbers", "rest"),
    [
        ("cho em xin thêm 3 ngày việc 5", (5,), "thêm 3 ngày"),
        ("dạ việc 5 cho em xin thêm 3 ngày ạ vì chờ số liệu", (5,), "thêm 3 ngày vì chờ số liệu"),
        ("đề nghị thêm 2 tuần cho nhiệm vụ số 3 do chờ thẩm định", (3,), "thêm 2 tuần do chờ thẩm định"),
        ("xin thêm 5 ngày làm việc", (), "thêm 5 ngày làm việc"),
    ],
)
def test_days_are_no_numbers_of_tasks(said: str, numbers: tuple[int, ...], rest: str) -> None:
    intent = understand(said, OWN)
    assert (intent.kind, intent.name, intent.numbers, intent.rest) == ("order", "extend", numbers, rest)


@pytest.mark.parametrize("said", ["đơn vị có thêm 3 ngày việc 5", "hội nghị thêm 3 ngày", "còn thêm 3 ngày"])
def test_who_asks_for_nothing_is_given_nothing(said: str) -> None:
    assert understand(said, OWN).name != "extend"


def test_a_task_that_is_not_on_the_list_is_asked_back() -> None:
    assert understand("cho em xin thêm 3 ngày việc 9", OWN).doubt == "unknown"


@pytest.mark.parametrize(
    ("said", "due", "day", "why"),
    [
        ("thêm 3 ngày vì chờ số liệu", DUE, date(2026, 11, 23), "vì chờ số liệu"),
        ("thêm 3 ngày làm việc chờ", DUE, date(2026, 11, 26), "chờ"),  # over a weekend and the holiday of 24/11
        ("1 tuần", DUE, date(2026, 11, 27), ""),
        ("thêm 3 ngày", date(2026, 11, 2), date(2026, 11, 19), ""),
        ("thêm 3 ngày", None, date(2026, 11, 19), ""),
        ("5 ngày nữa", DUE, date(2026, 11, 21), "nữa"),
        ("đến 30/11 vì cần 3 ngày họp", DUE, date(2026, 11, 30), "3 ngày vì cần họp"),
    ],
)
def test_days_count_from_the_deadline(said: str, due: date | None, day: date, why: str) -> None:
    assert take_longer(said, due, TODAY, default_calendar()) == (day, why)


async def test_the_request_stands_beyond_the_deadline(folk: Folk) -> None:
    town = folk.town
    [asked] = await town.says("30", "cho em xin thêm 3 ngày việc 1")
    assert "lý do" in asked.text
    await town.says("30", "chờ số liệu của Sở Y tế")
    with town.db.reading() as session:
        extension = session.exec(select(Extension)).one()
        due = session.get_one(Assignment, extension.assignment_id).due_on
        assert due is not None
        assert extension.wanted_on - due == timedelta(days=3)
