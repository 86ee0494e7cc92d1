"""Recurring tasks: one period after the other, each with its own days; and relative deadlines."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clock import start_of_day
from models.deadlines import is_past
from models.recurrence import UnknownRule, next_occurrence, occurrences, resolve_relative
from models.workdays import default_calendar

VN = default_calendar()
CUT_OFFS = ["FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY"]
LETTERS = [
    *CUT_OFFS,
    "FREQ=DAILY",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=WEEKLY;BYDAY=SA,SU",
    "FREQ=MONTHLY;BYMONTHDAY=24",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYMONTHDAY=10,25",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;INTERVAL=2",
    "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14",
    "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=9",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
]
rules = st.sampled_from(LETTERS)
days = st.dates(date(2024, 12, 1), date(2027, 6, 30))


def told(rule: str, issued: date, number: int = 4) -> list[str]:
    found = islice(occurrences(rule, issued, issued, VN), number)
    return [f"{one.key} {one.opens:%d/%m}-{one.due:%d/%m/%y}" for one in found]


def test_the_quarterly_clause_of_a_letter_of_january() -> None:
    assert told("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", date(2026, 1, 20)) == [
        "2026-Q1 20/01-14/03/26",
        "2026-Q2 15/03-14/06/26",
        "2026-Q3 15/06-14/09/26",
        "2026-Q4 15/09-14/12/26",
    ]


@pytest.mark.parametrize(
    ("rule", "issued", "wanted"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=24", date(2026, 11, 24), ["2026-12 24/11-24/12/26", "2027-01 25/12-24/01/27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 1, 31), ["2026-02 31/01-28/02/26", "2026-03 01/03-31/03/26"]),
        ("FREQ=MONTHLY", date(2025, 2, 24), ["2025-03 24/02-14/03/25", "2025-04 15/03-14/04/25"]),
        ("FREQ=MONTHLY", date(2025, 3, 14), ["2025-04 14/03-14/04/25", "2025-05 15/04-14/05/25"]),
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 5, 4), ["2026-Q2 04/05-14/06/26", "2026-Q3 15/06-14/09/26"]),
        ("FREQ=MONTHLY;INTERVAL=6", date(2026, 7, 1), ["2026-H2 01/07-14/12/26", "2027-H1 15/12-14/06/27"]),
        ("FREQ=YEARLY", date(2026, 12, 20), ["2027 20/12-14/12/27", "2028 15/12-14/12/28"]),
        ("FREQ=YEARLY;INTERVAL=2", date(2026, 5, 4), ["2027 04/05-14/12/27", "2029 15/12-14/12/29"]),
        ("FREQ=YEARLY;BYMONTH=6", date(2026, 5, 4), ["2026-06 04/05-30/06/26", "2027-06 01/07-30/06/27"]),
        (
            "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=9",
            date(2026, 5, 4),
            ["2026-H1 04/05-09/06/26", "2026-H2 10/06-09/12/26"],
        ),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2027, 1, 4), ["2027-02 04/01-28/02/27", "2028-02 01/03-29/02/28"]),
        ("FREQ=WEEKLY;BYDAY=FR", date(2026, 2, 9), ["2026-W07 09/02-13/02/26", "2026-W09 14/02-27/02/26"]),  # Tết
        ("FREQ=WEEKLY", date(2026, 8, 17), ["2026-W34 17/08-22/08/26", "2026-W35 23/08-28/08/26"]),  # a Saturday worked
        ("FREQ=WEEKLY;BYDAY=MO,TH", date(2026, 6, 1), ["2026-06-04 01/06-04/06/26", "2026-06-08 05/06-08/06/26"]),
        ("FREQ=DAILY", date(2026, 2, 12), ["2026-02-13 12/02-13/02/26", "2026-02-23 14/02-23/02/26"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 5, 4), ["2026-05-29 04/05-29/05/26", "2026-06-26 30/05-26/06/26"]),
        ("RRULE:FREQ=DAILY;BYDAY=SU", date(2026, 5, 4), ["2026-05-10 04/05-10/05/26", "2026-05-17 11/05-17/05/26"]),
    ],
)
def test_the_rules_letters_have(rule: str, issued: date, wanted: list[str]) -> None:
    assert told(rule, issued, 2) == wanted


@given(rules, days)
def test_periods_follow_one_another_without_gap_or_twin(rule: str, issued: date) -> None:
    found = list(islice(occurrences(rule, issued, issued, VN), 9))
    assert found[0].opens == issued
    assert all(one.opens <= one.due and one.due > issued for one in found)
    for earlier, later in pairwise(found):
        told_by = VN.on_or_before(later.due)
        assert later.opens == max(issued, min(earlier.due + timedelta(days=1), told_by))
    assert len({one.key for one in found}) == 9
    assert max(len(one.key) for one in found) <= 10


@given(rules, days, st.integers(0, 400))
def test_a_period_keeps_its_key_whenever_it_is_asked_for(rule: str, issued: date, later: int) -> None:
    after = issued + timedelta(days=later)
    asked = next_occurrence(rule, issued, after, VN)
    assert asked
    assert asked.due > after
    whole = occurrences(rule, issued, issued, VN)
    assert asked == next(one for one in whole if one.due > after)


@given(rules, days, st.sampled_from([None, "06:00", "10:00", "17:00"]))
def test_there_are_office_hours_between_opening_and_deadline(rule: str, issued: date, due_time: str | None) -> None:
    for one in islice(occurrences(rule, issued, issued, VN, due_time), 1, 8):
        if one.opens > issued:
            assert not is_past(one.due, due_time, VN.next_open(start_of_day(one.opens)))


def test_every_day_before_six_is_opened_the_working_day_before() -> None:
    found = islice(occurrences("FREQ=DAILY", date(2026, 2, 10), date(2026, 2, 10), VN, "06:00"), 4)
    assert [(one.opens.day, one.due.day) for one in found] == [(10, 11), (11, 12), (12, 13), (13, 23)]


@given(st.sampled_from(CUT_OFFS), days)
def test_a_rule_without_day_ends_at_the_cut_off(rule: str, issued: date) -> None:
    assert {one.due.day for one in islice(occurrences(rule, issued, issued, VN), 5)} == {14}


@given(days)
def test_daily_and_weekly_duties_rest_when_the_office_does(issued: date) -> None:
    for rule in ("FREQ=DAILY", "FREQ=WEEKLY"):
        assert all(VN.is_working(one.due) for one in islice(occurrences(rule, issued, issued, VN), 8))


@pytest.mark.parametrize("end", ["UNTIL=20260531", "UNTIL=20260531T170000Z", "COUNT=2"])
def test_a_rule_with_an_end_ends(end: str) -> None:
    rule, issued = f"FREQ=MONTHLY;BYMONTHDAY=24;{end}", date(2026, 4, 1)
    assert [one.key for one in occurrences(rule, issued, issued, VN)] == ["2026-04", "2026-05"]
    assert next_occurrence(rule, issued, date(2026, 5, 24), VN) is None


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "hằng tháng",
        "FREQ=HOURLY",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO",
        "FREQ=MONTHLY;FREQ=DAILY",
        "FREQ=MONTHLY;UNTIL=mai",
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(rule: str) -> None:
    with pytest.raises(UnknownRule, match="Quy tắc lặp"):
        next_occurrence(rule, date(2026, 1, 1), date(2026, 1, 1), VN)


@pytest.mark.parametrize(
    ("length", "working", "start", "due"),
    [
        (5, True, date(2026, 2, 12), date(2026, 2, 26)),  # over Tết
        (5, False, date(2026, 2, 12), date(2026, 2, 17)),  # the first day of Tết: not moved silently
        (30, False, date(2026, 1, 31), date(2026, 3, 2)),
        (1, True, date(2026, 11, 23), date(2026, 11, 25)),
        (100, False, date(2026, 3, 1), date(2026, 6, 9)),
    ],
)
def test_the_first_day_of_a_relative_deadline_is_not_counted(
    length: int, working: bool, start: date, due: date
) -> None:
    assert resolve_relative(length, working, start, VN) == due


def test_no_deadline_lies_on_its_start() -> None:
    with pytest.raises(ValueError, match="lớn hơn 0"):
        resolve_relative(0, False, date(2026, 1, 1), VN)
