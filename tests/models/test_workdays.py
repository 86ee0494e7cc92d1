"""The working calendar: Tết, swapped Saturdays, office hours, and counting that can be undone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import public_holidays
from models.clock import at_local, local
from models.workdays import Calendar, CalendarRow, default_calendar, shipped_days

days = st.dates(date(2024, 12, 1), date(2027, 12, 31))
instants = st.datetimes(datetime(2024, 12, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
VN = default_calendar()


def weekdays_off(year: int) -> list[str]:
    return [f"{day:%d/%m}" for day in sorted(VN.days_off) if day.year == year and day.weekday() < 5]


def test_the_years_of_the_notices_day_by_day() -> None:
    tet_2025 = ["27/01", "28/01", "29/01", "30/01", "31/01"]
    assert weekdays_off(2025) == ["01/01", *tet_2025, "07/04", "30/04", "01/05", "02/05", "01/09", "02/09"]
    tet_2026 = ["16/02", "17/02", "18/02", "19/02", "20/02"]
    spring, autumn = ["27/04", "30/04", "01/05"], ["31/08", "01/09", "02/09", "24/11"]
    assert weekdays_off(2026) == ["01/01", "02/01", *tet_2026, *spring, *autumn]
    assert {"01/01", "16/04", "30/04", "03/05", "02/09", "24/11"} < set(weekdays_off(2027))


def test_swapped_saturdays_are_worked_and_the_others_are_not() -> None:
    worked = [day for n in range(1096) if VN.is_working(day := date(2025, 1, 1) + timedelta(days=n))]
    assert [day for day in worked if day.weekday() >= 5] == [
        date(2025, 4, 26),
        date(2026, 1, 10),
        date(2026, 8, 22),
    ]


def test_every_shipped_day_names_its_source_and_a_day_it_changes() -> None:
    assert len(shipped_days()) > 30
    for exception in shipped_days():
        assert exception.source, exception
        assert (exception.day.weekday() < 5) == (exception.kind == "off"), exception


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 2, 16), date(2026, 2, 13), date(2026, 2, 23)),  # nine days of Tết
        (date(2025, 1, 29), date(2025, 1, 24), date(2025, 2, 3)),
        (date(2026, 1, 2), date(2025, 12, 31), date(2026, 1, 5)),  # across the year, a swapped Friday
        (date(2026, 8, 30), date(2026, 8, 28), date(2026, 9, 3)),
        (date(2026, 1, 10), date(2026, 1, 9), date(2026, 1, 12)),  # the Saturday worked for it
    ],
)
def test_the_working_days_around_a_day(day: date, before: date, after: date) -> None:
    assert VN.working_day_before(day) == before
    assert VN.working_day_after(day) == after


def test_five_working_days_from_the_eve_of_tet_end_after_it() -> None:
    assert VN.add_working_days(date(2026, 2, 12), 5) == date(2026, 2, 26)
    assert VN.add_working_days(date(2026, 2, 25), -3) == date(2026, 2, 13)
    assert VN.count_between(date(2026, 2, 12), date(2026, 2, 26)) == 5


@given(days, st.integers(-30, 30).filter(bool))
def test_counting_undoes_adding(day: date, count: int) -> None:
    moved = VN.add_working_days(day, count)
    assert VN.is_working(moved)
    assert VN.count_between(day, moved) == count
    assert (moved > day) == (count > 0)


@given(days, st.integers(-30, 29))
def test_adding_one_day_more_never_goes_back(day: date, count: int) -> None:
    assert VN.add_working_days(day, count) < VN.add_working_days(day, count + 1)
    assert VN.add_working_days(day, 0) == day


@given(days)
def test_the_nearest_working_days_leave_none_out(day: date) -> None:
    before, after = VN.on_or_before(day), VN.on_or_after(day)
    assert before <= day <= after
    assert not any(VN.is_working(before + timedelta(days=n)) for n in range(1, (after - before).days))
    assert (before == day == after) == VN.is_working(day)


@pytest.mark.parametrize(
    ("wall", "opens"),
    [
        ((2026, 2, 13, 7, 59), (2026, 2, 13, 8, 0)),
        ((2026, 2, 13, 8, 0), (2026, 2, 13, 8, 0)),
        ((2026, 2, 13, 11, 30), (2026, 2, 13, 13, 30)),
        ((2026, 2, 13, 16, 59), (2026, 2, 13, 16, 59)),
        ((2026, 2, 13, 17, 0), (2026, 2, 23, 8, 0)),  # the last evening before Tết
        ((2026, 1, 10, 6, 0), (2026, 1, 10, 8, 0)),  # a Saturday worked
    ],
)
def test_the_next_opening(wall: tuple[int, ...], opens: tuple[int, ...]) -> None:
    def at(parts: tuple[int, ...]) -> datetime:
        return at_local(date(*parts[:3]), time(*parts[3:]))

    assert VN.next_open(at(wall)) == at(opens)
    assert VN.in_hours(at(wall)) == (wall == opens)


@given(instants)
def test_the_next_opening_is_in_hours_and_the_first(instant: datetime) -> None:
    opens = VN.next_open(instant)
    assert opens >= instant
    assert VN.in_hours(opens)
    assert opens == instant or not VN.in_hours(instant)
    assert opens == instant or not VN.in_hours(opens - timedelta(microseconds=1))
    assert VN.opening(local(opens).date()) <= opens < VN.closing(local(opens).date())


def test_an_office_is_not_open_on_a_day_off() -> None:
    with pytest.raises(ValueError, match="ngày nghỉ"):
        VN.opening(date(2026, 2, 17))
    with pytest.raises(ValueError, match="day off"):
        VN.closing(date(2026, 11, 22))


def test_an_agency_lays_its_own_days_over_the_official_ones() -> None:
    own = [CalendarRow(date(2026, 11, 23), "off"), CalendarRow(date(2026, 11, 28), "work")]
    agency = VN.with_days(own)
    assert agency.working_day_after(date(2026, 11, 20)) == date(2026, 11, 25)
    assert agency.is_working(date(2026, 11, 28))
    back = agency.with_days([CalendarRow(date(2026, 11, 23), "work"), CalendarRow(date(2026, 11, 28), "off")])
    assert back.is_working(date(2026, 11, 23))
    assert not back.is_working(date(2026, 11, 28))
    assert VN.is_working(date(2026, 11, 23))


def test_a_calendar_without_working_days_says_so_instead_of_running_on() -> None:
    closed = Calendar(frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(365)))
    with pytest.raises(ValueError, match="ngày làm việc"):
        closed.next_open(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize("hours", [(), ((time(13), time(8)),), ((time(8), time(12)), (time(11), time(17)))])
def test_hours_out_of_order_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="giờ làm việc"):
        Calendar(hours=hours)


def test_the_shipped_public_holidays_are_the_librarys() -> None:
    assert public_holidays.shipped() == public_holidays.computed()
