"""An admin gives a task of a loaded letter another deadline: in a letter's words, as a period, or ending a period."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models import settings_store
from models.assignments import Assignment
from models.opening import open_periods
from tests.bot.desk import LETTER, Desk
from tests.bot.town import Town


@pytest.fixture
async def loaded(desk: Desk) -> Desk:
    await desk.says(LETTER, "1")
    return desk


def of_task(town: Town, task: int | None) -> list[Assignment]:
    with town.read() as session:
        found = select(Assignment).where(Assignment.task_id == task).order_by(Assignment.due_on)  # type: ignore[arg-type]
        return list(session.exec(found))


def months_later(desk: Desk, days: int) -> None:
    desk.town.now += timedelta(days=days)
    with desk.town.db.transaction() as session:
        while open_periods(session, desk.town.now):
            pass


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("trước ngày 20/12/2026", "Thời hạn: 19/12/2026"),
        ("truoc ngay 20/12", "Thời hạn: 19/12/2026"),
        ("before 20/12/2026", "Thời hạn: 19/12/2026"),
        ("20/12/2026", "Thời hạn: 20/12/2026"),
        ("trước 17h ngày 20/12/2026", "Thời hạn: 17:00 20/12/2026"),
        ("hết quý I/2027", "Thời hạn: 31/03/2027"),
        ("10 ngày kể từ ngày ký", "Thời hạn: 30/11/2026"),
        ("5 ngày làm việc", "Thời hạn: 01/12/2026"),  # 24/11 is a day off
        ("10 ngày làm việc nữa", "Thời hạn: 08/12/2026"),
        ("5 ngày", "Thời hạn: 28/11/2026"),
        ("không", "Thời hạn: không có thời hạn"),
    ],
)
async def test_a_new_deadline_is_taken_as_in_a_draft(loaded: Desk, typed: str, understood: str) -> None:
    assert understood in await loaded.says("/sua 812 khoản 2", "1", typed)


@pytest.mark.parametrize(
    "typed", ["khi nào xong thì xong", "trong 10 ngày kể từ ngày nhận được văn bản", "6 tháng", "31/02/2027"]
)
async def test_what_names_no_day_is_asked_again(loaded: Desk, typed: str) -> None:
    asked = await loaded.says("/sua 812 khoản 2", "1", typed)
    assert "Chưa rõ ngày" in asked
    assert "Thời hạn: 19/12/2026" in await loaded.says("trước ngày 20/12/2026")


@pytest.mark.parametrize(
    ("typed", "rule", "due"),
    [
        ("hằng tháng trước ngày 25", "FREQ=MONTHLY;BYMONTHDAY=24", date(2026, 11, 24)),
        ("trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=24", date(2026, 11, 24)),
        ("hằng quý", "FREQ=MONTHLY;INTERVAL=3", date(2026, 12, 14)),
        ("hang tuan", "FREQ=WEEKLY", date(2026, 11, 27)),
        ("25 hằng tháng, đến hết năm 2026", "FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20261231", date(2026, 11, 25)),
    ],
)
async def test_one_task_becomes_a_period(loaded: Desk, typed: str, rule: str, due: date) -> None:
    """What is open is the first period under the number its owner knows; the next one opens by itself."""
    task = loaded.made()[1]
    [before] = of_task(loaded.town, task.id)
    told = await loaded.says("/sua 812 khoản 2", "1", typed)
    assert f"định kỳ, “{typed}”, kỳ gần nhất {due:%d/%m/%Y}" in told
    [first] = of_task(loaded.town, task.id)
    assert (first.id, first.due_on, first.baseline_due_on) == (before.id, due, before.baseline_due_on)
    assert first.period != ""
    assert loaded.made()[1].rrule == rule
    months_later(loaded, 35)
    later = of_task(loaded.town, task.id)
    assert later[0].id == before.id
    assert later[1].due_on is not None
    assert later[1].due_on > due
    assert [one.due_on for one in later] == sorted({one.due_on for one in later}, key=str)


async def test_a_period_that_begins_later_is_not_guessed(loaded: Desk) -> None:
    assert "Chưa rõ ngày" in await loaded.says("/sua 812 khoản 2", "1", "hằng tháng từ 01/01/2027 đến 31/12/2027")
    assert "trước hạn của kỳ đầu tiên" in await loaded.says("trước ngày 20 hằng tháng, đến hết ngày 10/12/2026")
    assert loaded.made()[1].rrule is None


async def test_periods_end_on_the_day_that_is_named(loaded: Desk) -> None:
    asked = await loaded.says("/sua 812", "4", "1")
    assert "việc định kỳ (khoản 3 (ý 2))" in asked
    assert "“đến hết ngày 31/12/2026”" in asked
    told = await loaded.says("đến hết ngày 31/01/2027")
    assert "“trước ngày 20 hằng tháng, đến hết ngày 31/01/2027”, kỳ gần nhất 19/12/2026" in told
    months_later(loaded, 120)
    assert [one.due_on for one in of_task(loaded.town, loaded.made()[3].id)] == [date(2026, 12, 19), date(2027, 1, 19)]
    again = await loaded.says("/sua 812", "4", "1", "đến 20/05/2027")
    assert "“trước ngày 20 hằng tháng, đến hết ngày 20/05/2027”" in again
    months_later(loaded, 60)
    assert [one.due_on for one in of_task(loaded.town, loaded.made()[3].id)][2:] == [
        date(2027, 4, 19),
        date(2027, 5, 19),
    ]


@pytest.mark.parametrize("typed", ["không định kỳ nữa", "Thôi định kỳ.", "khong lap lai nua", "chỉ kỳ này thôi"])
async def test_the_period_that_runs_is_the_last(loaded: Desk, typed: str) -> None:
    told = await loaded.says("/sua 812", "4", "1", typed)
    assert "đến hết ngày 19/12/2026" in told
    months_later(loaded, 120)
    [last] = of_task(loaded.town, loaded.made()[3].id)
    assert (last.due_on, last.state) == (date(2026, 12, 19), "open")


async def test_what_does_not_recur_cannot_stop_recurring(loaded: Desk) -> None:
    assert "không phải việc định kỳ" in await loaded.says("/sua 812 khoản 2", "1", "không định kỳ nữa")


async def test_a_period_without_deadline_is_no_period(loaded: Desk) -> None:
    told = await loaded.says("/sua 812", "4", "1", "không")
    assert "Thời hạn: không có thời hạn" in told
    months_later(loaded, 60)
    [only] = of_task(loaded.town, loaded.made()[3].id)
    assert only.due_on is None


async def test_another_day_of_the_month_holds_for_the_period_that_runs(loaded: Desk) -> None:
    told = await loaded.says("/sua 812", "4", "1", "17h ngày 25 hằng tháng")
    assert "kỳ gần nhất 25/12/2026" in told
    [running] = of_task(loaded.town, loaded.made()[3].id)
    assert (running.due_on, running.due_time, running.baseline_due_on) == (
        date(2026, 12, 25),
        "17:00",
        date(2026, 12, 19),
    )
    months_later(loaded, 35)
    assert [one.due_on for one in of_task(loaded.town, running.task_id)] == [date(2026, 12, 25), date(2027, 1, 25)]


async def test_one_day_instead_of_a_period_leaves_what_is_late_as_late_as_it_is(loaded: Desk) -> None:
    task = loaded.made()[3].id
    months_later(loaded, 35)
    await loaded.says("/sua 812", "4", "1", "28/02/2027")
    assert [one.due_on for one in of_task(loaded.town, task)] == [date(2026, 12, 19), date(2027, 2, 28)]
    await loaded.says("/sua 812", "4", "1", "trước ngày 20 hằng tháng")
    assert len({one.period for one in of_task(loaded.town, task)}) == 2


async def test_those_concerned_are_told_the_period_in_words(loaded: Desk) -> None:
    town = loaded.town
    with town.read() as session:
        owner = session.exec(select(Assignment).where(Assignment.task_id == loaded.made()[0].id)).one().owner_id
        assert owner is not None
    await loaded.says("/sua 812 khoản 1", "1", "trước ngày 25 hằng tháng, đến hết ngày 31/03/2027")
    [told] = [said for said in await town.deliver() if said.chat_id == "30" and "điều chỉnh" in said.text]
    assert "812/UBND-VX, khoản 1" in told.text
    assert "hạn ngày mai 24/11/2026" in told.text
    assert "Làm định kỳ: trước ngày 25 hằng tháng, đến hết ngày 31/03/2027." in told.text


async def test_a_draft_takes_the_same_words(desk: Desk) -> None:
    screen = await desk.says(LETTER, "sửa 4", "1", "đến hết ngày 31/12/2026")
    assert "4) khoản 3 (ý 2): Sở Y tế – định kỳ, kỳ này 19/12/2026" in screen
    assert "“trước ngày 20 hằng tháng, đến hết ngày 31/12/2026”" in screen
    assert "trước hạn của kỳ đầu tiên" in await desk.says("sửa 4", "1", "đến hết ngày 01/12/2026")
    await desk.says("thôi", "quay lại", "tạo tất cả")
    months_later(desk, 90)
    assert [one.due_on for one in of_task(desk.town, desk.made()[3].id)] == [date(2026, 12, 19)]


async def test_a_clause_of_two_acts_lists_those_two(loaded: Desk) -> None:
    listed = await loaded.says("/sua 812 khoản 3")
    assert "1. khoản 3 (ý 1): Sở Y tế tổng hợp" in listed
    assert "2. khoản 3 (ý 2): báo cáo" in listed
    assert "khoản 1:" not in listed
    assert "812/UBND-VX, khoản 3 (ý 2)" in await loaded.says("2")
    for named in ("khoản 3 (ý 2)", "khoan 3 y 2", "khoản 3#2"):
        assert "812/UBND-VX, khoản 3 (ý 2)" in await loaded.says(f"/sua 812 {named}")
    assert "không có khoản 3" in (await loaded.says("/sua 812 khoản 3 ý 9")).casefold()


async def test_every_task_of_a_long_letter_can_be_reached(desk: Desk) -> None:
    extra = "".join(f"{n}. Sở Nội vụ triển khai nội dung mẫu thứ {n} trong tháng 12/2026.\n\n" for n in range(3, 40))
    await desk.says(LETTER.replace("3. Sở Y tế tổng hợp", f"{extra}40. Sở Y tế tổng hợp"), "đủ", "tạo tất cả")
    first = await desk.says("/sua 812")
    assert "khoản 30:" in first
    assert "khoản 31:" not in first
    assert "khoản 31:" in await desk.says("trang sau")
    assert "812/UBND-VX, khoản 32" in await desk.says("2")


async def test_the_office_that_moves_days_off_moves_a_new_deadline_too(loaded: Desk) -> None:
    town = loaded.town
    with town.db.transaction() as session:
        settings_store.write(session, settings_store.ROLLS_FORWARD, True)
    task = loaded.made()[1].id
    await loaded.says("/sua 812 khoản 2", "1", "20/12/2026")  # a Sunday
    assert [one.due_on for one in of_task(town, task)] == [date(2026, 12, 21)]
