"""Report periods: from the 15th to the 14th, and the words people use for them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.periods import MONTHS, Period, PeriodKind, UnknownPeriod, parse_period, period_of
from models.workdays import default_calendar

kinds = st.sampled_from(list(PeriodKind))
days = st.dates(date(2010, 1, 1), date(2090, 12, 31))
TODAY = date(2026, 11, 21)
VN = default_calendar()


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2026-12", date(2026, 11, 15), date(2026, 12, 14)),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-Q4", date(2026, 9, 15), date(2026, 12, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-H2", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_the_days_of_the_decree(label: str, start: date, end: date) -> None:
    period = parse_period(label, TODAY)
    assert (period.label, period.start, period.end) == (label, start, end)


@given(days, kinds)
def test_periods_of_a_kind_cover_every_day_once(day: date, kind: PeriodKind) -> None:
    period = period_of(day, kind)
    assert day in period
    assert day not in period.previous
    assert day not in period.next
    assert period.previous.end + timedelta(days=1) == period.start
    assert period.next.previous == period
    assert 28 * MONTHS[kind] <= (period.end - period.start).days + 1 <= 31 * MONTHS[kind]


@given(days, kinds)
def test_a_label_reads_back_as_its_period(day: date, kind: PeriodKind) -> None:
    period = period_of(day, kind)
    assert parse_period(period.label, TODAY) == period


def test_the_report_is_due_two_working_days_after_the_cut_off() -> None:
    assert parse_period("2026-11", TODAY).report_due(VN) == date(2026, 11, 17)  # cut off on a Saturday
    assert parse_period("2026-02", TODAY).report_due(VN) == date(2026, 2, 24)  # the first week after Tết
    assert parse_period("2026-02", TODAY).told_on(VN) == date(2026, 2, 23)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("", "2026-12"),
        ("tháng 11", "2026-11"),
        ("Tháng 12", "2026-12"),
        ("tháng 1", "2026-01"),
        ("T11/2025", "2025-11"),
        ("tháng 11 năm 2025", "2025-11"),
        ("11/2025", "2025-11"),
        ("2025 / 3", "2025-03"),
        ("quý 4/2026", "2026-Q4"),
        ("quý IV năm 2026", "2026-Q4"),
        ("Quý II", "2026-Q2"),
        ("q3 2026", "2026-Q3"),
        ("2026Q4", "2026-Q4"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("sáu tháng cuối năm", "2026-H2"),
        ("nửa đầu năm 2025", "2025-H1"),
        ("h2/2025", "2025-H2"),
        ("năm 2026", "2026"),
        ("cả năm 2025", "2025"),
        ("2025", "2025"),
        ("tháng này", "2026-12"),
        ("tháng trước", "2026-11"),
        ("kỳ trước", "2026-11"),
        ("quý trước", "2026-Q3"),
        ("năm ngoái", "2025"),
        ("this quarter", "2026-Q4"),
        ("last month", "2026-11"),
        ("quarter 2 of 2026", "2026-Q2"),
        ("first half 2026", "2026-H1"),
    ],
)
def test_the_words_people_use(text: str, label: str) -> None:
    assert parse_period(text, TODAY).label == label


def test_a_month_without_year_is_the_latest_that_has_begun() -> None:
    assert parse_period("tháng 12", date(2027, 1, 10)).label == "2026-12"
    assert parse_period("tháng 1", date(2026, 12, 20)).label == "2027-01"
    assert parse_period("quý 4", date(2026, 9, 14)).label == "2025-Q4"


def test_nothing_said_is_the_current_period_of_the_wanted_kind() -> None:
    assert parse_period(" ", date(2026, 12, 14), PeriodKind.QUARTER).label == "2026-Q4"
    assert parse_period("", date(2026, 12, 15), PeriodKind.QUARTER).label == "2027-Q1"


@pytest.mark.parametrize("text", ["quý 5/2026", "tháng 13", "hôm qua", "2026-Q", "1999", "13/2026", "quý", "0/2026"])
def test_what_is_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UnknownPeriod, match="ví dụ: tháng 11/2026"):
        parse_period(text, TODAY)


def test_no_year_has_five_quarters() -> None:
    with pytest.raises(UnknownPeriod):
        Period(PeriodKind.QUARTER, 2026, 5)
