"""Which step comes next: the ladder walked through Tết, week-ends, standstills and clocks that jump."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.clock import at_local, local, local_date, start_of_day
from models.deadlines import is_past, last_chance, snooze_limit
from models.ladder import DEFAULT_LADDER, Ladder, Rung, ladder_from_json
from models.steps import Facts, Step, next_reminder_at, next_step, step_due
from models.workdays import default_calendar

VN = default_calendar()
L = DEFAULT_LADDER
TIMES = [None, "00:00", "06:00", "08:00", "10:00", "13:00", "17:00", "23:59"]
STANDSTILLS = [timedelta(hours=3), timedelta(days=3), timedelta(days=30)]


@st.composite
def assignments(draw: st.DrawFn, urgent: bool = True) -> Facts:
    opened = draw(st.dates(date(2025, 1, 1), date(2027, 6, 1)))
    length = st.integers(0, 3) | st.integers(0, 70)
    due = draw(st.none() | length.map(lambda n: opened + timedelta(days=n)))
    ahead = st.none() | st.integers(0, 90).map(lambda n: opened + timedelta(days=n))
    return Facts(
        opened_on=opened,
        due=due,
        due_time=draw(st.sampled_from(TIMES)) if due else None,
        urgency=draw(st.sampled_from([None, "khẩn", "hỏa tốc"])) if urgent else None,
        review_on=draw(ahead),
        snoozed_until=draw(ahead),
        coordinator=draw(st.booleans()),
    )


pauses = st.lists(st.sampled_from([timedelta(), timedelta(minutes=7), *STANDSTILLS]), min_size=30, max_size=30)
moments = st.integers(0, 24 * 60 - 1).map(lambda minutes: timedelta(minutes=minutes))


def walk(facts: Facts, now: datetime, waits: list[timedelta]) -> Iterator[tuple[Step, datetime]]:
    """Live through an assignment: what is told and when, the scheduler standing still for each wait in between."""
    for wait in waits:
        now += wait
        step = next_step(L, VN, facts, now)
        if step is None:
            return
        now = max(now, step.at)
        due = step_due(L, VN, facts, now)
        assert due is not None
        yield due, now
        facts = replace(facts, last_step_day=due.day)


def start(facts: Facts, moment: timedelta = timedelta(hours=9)) -> datetime:
    return start_of_day(facts.opened_on) + moment


def told(facts: Facts, number: int = 12) -> list[str]:
    steps = islice(walk(facts, start(facts), [timedelta()] * number), number)
    return [f"{step.name} {step.day:%d/%m}" for step, _ in steps]


@given(assignments(), moments, pauses)
def test_reminders_keep_office_hours_and_working_days_but_for_urgent_first_notices(
    facts: Facts, moment: timedelta, waits: list[timedelta]
) -> None:
    for step, now in walk(facts, start(facts, moment), waits):
        assert step.day == local_date(step.at)
        assert step.at.tzinfo is UTC
        if not (step.name == "new" and facts.urgency):
            assert VN.is_working(step.day), step
            assert VN.in_hours(step.at), step
            assert VN.in_hours(now), step


@given(assignments(), moments, pauses)
@example(Facts(date(2026, 2, 9), date(2026, 2, 18)), timedelta(hours=9), [timedelta(days=3)] * 30)
def test_what_is_meant_before_the_deadline_never_comes_after_it(
    facts: Facts, moment: timedelta, waits: list[timedelta]
) -> None:
    if facts.due is None or facts.coordinator:
        return
    for step, now in walk(facts, start(facts, moment), waits):
        overdue = is_past(facts.due, facts.due_time, now)
        assert overdue == (step.name.startswith("d+") or step.name == "weekly"), step
        assert overdue or {"head", "contact", "issuer"}.isdisjoint(step.audience), step


@given(assignments(), moments, pauses)
def test_steps_come_in_order_each_on_a_later_day(facts: Facts, moment: timedelta, waits: list[timedelta]) -> None:
    steps = [step for step, _ in walk(facts, start(facts, moment), waits)]
    assert all(earlier.day < later.day for earlier, later in pairwise(steps))
    order = [rung.name for rung in L.rungs]
    climbed = [order.index(step.name) for step in steps if step.name in order]
    assert climbed == sorted(set(climbed))
    names = [step.name for step in steps]
    assert "new" not in names[1:]
    assert "weekly" not in names or names[names.index("weekly") :] == ["weekly"] * (len(names) - names.index("weekly"))


@given(assignments(), moments)
def test_nothing_due_is_silent(facts: Facts, moment: timedelta) -> None:
    """Who can be told in office hours before the deadline is told before it, and afterwards that it is past."""
    if facts.due is None or facts.coordinator:
        return
    steps = list(walk(facts, start(facts, moment), [timedelta()] * 20))
    in_time = [step for step, now in steps if not is_past(facts.due, facts.due_time, now)]
    assert bool(in_time) or is_past(facts.due, facts.due_time, VN.next_open(start(facts, moment)))
    first_late = next(step for step, now in steps if is_past(facts.due, facts.due_time, now))
    assert first_late.name == "d+1"
    assert first_late.day == VN.working_day_after(facts.due)


@given(assignments(), moments, pauses, st.integers(0, 5), st.sampled_from(STANDSTILLS))
def test_after_a_standstill_there_is_one_message_and_then_none_until_a_later_day(
    facts: Facts, moment: timedelta, waits: list[timedelta], lived: int, off: timedelta
) -> None:
    lives = list(islice(walk(facts, start(facts, moment), waits), lived))
    if lives:
        facts = replace(facts, last_step_day=lives[-1][0].day)
    now = (lives[-1][1] if lives else start(facts, moment)) + off
    step = step_due(L, VN, facts, now)
    if step is None:
        return
    after = replace(facts, last_step_day=step.day)
    later = next_step(L, VN, after, now)
    assert later is None or (later.at > now and later.day > step.day)


@given(assignments(), moments, st.integers(0, 6), st.integers(1, 48))
def test_a_clock_that_jumps_back_tells_nothing_twice(facts: Facts, moment: timedelta, lived: int, hours: int) -> None:
    lives = list(islice(walk(facts, start(facts, moment), [timedelta()] * 8), lived + 1))
    if not lives:
        return
    step, now = lives[-1]
    again = replace(facts, last_step_day=step.day)
    assert step_due(L, VN, again, now) is None
    assert step_due(L, VN, again, now - timedelta(hours=hours)) is None


@given(assignments(), moments, pauses)
def test_the_stored_instant_is_the_one_at_which_the_step_is_due(
    facts: Facts, moment: timedelta, waits: list[timedelta]
) -> None:
    now = start(facts, moment)
    for step, _ in islice(walk(facts, now, waits), 1):
        at = next_reminder_at(L, VN, facts, now + waits[0])
        assert at is not None
        assert step_due(L, VN, facts, at) == step


@given(assignments(urgent=False), moments, pauses)
def test_a_coordinator_is_informed_once_and_never_chased(
    facts: Facts, moment: timedelta, waits: list[timedelta]
) -> None:
    informed = replace(facts, coordinator=True)
    steps = [step for step, _ in walk(informed, start(facts, moment), waits)]
    assert [(step.name, step.audience) for step in steps] == [("new", ("coordinator",))]


@given(assignments(), moments)
def test_an_old_letter_brings_no_storm(facts: Facts, moment: timedelta) -> None:
    for due in (None, facts.opened_on, facts.opened_on - timedelta(days=1)):
        past = replace(facts, due=due, history=True)
        assert next_step(L, VN, past, start(facts, moment)) is None
    unmarked = replace(facts, due=facts.opened_on - timedelta(days=1))
    assert next_step(L, VN, unmarked, start(facts, moment)) is None


def test_an_old_task_that_is_given_a_new_day_is_followed_up_again() -> None:
    old = Facts(date(2026, 10, 1), due=date(2026, 3, 30), history=True)
    assert told(old, 1) == []
    assert told(replace(old, due=date(2026, 10, 16)), 3) == ["new 02/10", "d-7 07/10", "d-3 13/10"]


@given(assignments(urgent=False), moments, st.integers(1, 120))
def test_a_reminder_is_put_off_to_the_last_working_day_before_the_deadline_at_most(
    facts: Facts, moment: timedelta, days: int
) -> None:
    if facts.coordinator or facts.due is None:
        return
    wanted = facts.opened_on + timedelta(days=days)
    put_off = replace(facts, snoozed_until=wanted, last_step_day=VN.working_day_after(facts.opened_on))
    limit = snooze_limit(facts.due, VN)
    if limit <= VN.working_day_after(facts.opened_on):
        return
    now = VN.opening(VN.working_day_after(facts.opened_on)) + timedelta(minutes=1)
    step = next_step(L, VN, put_off, now)
    assert step is not None
    assert step.day <= limit
    assert step.day >= min(VN.on_or_after(wanted), limit)
    assert not is_past(facts.due, None, step.at)


def test_a_task_of_a_month_from_the_first_word_to_the_weekly_line() -> None:
    facts = Facts(date(2026, 10, 20), due=date(2026, 11, 20))  # a Friday
    ladder = ["new 21/10", "d-7 11/11", "d-3 17/11", "d-1 19/11", "d0 20/11", "d+1 23/11", "d+3 26/11"]
    assert told(facts, 9) == [*ladder, "weekly 03/12", "weekly 10/12"]


def test_a_deadline_on_a_sunday_is_spoken_of_on_friday() -> None:
    """Clause 3 of the first example letter: by 30/3/2025."""
    facts = Facts(date(2025, 3, 17), due=date(2025, 3, 30))
    assert told(facts, 6) == ["new 18/03", "d-7 19/03", "d-3 25/03", "d-1 27/03", "d0 28/03", "d+1 31/03"]


def test_a_deadline_within_tet_is_spoken_of_before_it_and_chased_after_it() -> None:
    facts = Facts(date(2026, 2, 2), due=date(2026, 2, 18))
    assert told(facts, 7) == ["new 03/02", "d-7 04/02", "d-3 10/02", "d-1 12/02", "d0 13/02", "d+1 23/02", "d+3 25/02"]


def test_the_ladder_across_new_year_and_its_swapped_friday() -> None:
    facts = Facts(date(2025, 12, 22), due=date(2026, 1, 5))
    assert told(facts, 5) == ["new 23/12", "d-3 29/12", "d-1 31/12", "d0 05/01", "d+1 06/01"]


def test_a_deadline_on_the_issue_day_is_told_at_once_and_not_overdue_before_midnight() -> None:
    facts = Facts(date(2026, 11, 19), due=date(2026, 11, 19))
    loaded = at_local(date(2026, 11, 19), time(10, 5))
    step = next_step(L, VN, facts, loaded)
    assert step == Step("new", date(2026, 11, 19), ("owner",), loaded, at_once=True)
    assert not is_past(date(2026, 11, 19), None, at_local(date(2026, 11, 19), time(23, 59)))
    assert is_past(date(2026, 11, 19), None, at_local(date(2026, 11, 20), time(0)))
    assert told(facts, 2) == ["new 19/11", "d+1 20/11"]


@pytest.mark.parametrize(
    ("loaded", "opens"),
    [(time(6, 30), time(8)), (time(12), time(13, 30)), (time(16, 59), time(16, 59)), (time(17), None)],
)
def test_a_deadline_of_today_is_told_at_once_but_in_hours(loaded: time, opens: time | None) -> None:
    day = date(2026, 11, 19)
    step = next_step(L, VN, Facts(day, due=day), at_local(day, loaded))
    assert step is not None
    if opens is None:
        assert (step.name, step.day) == ("d+1", date(2026, 11, 20))
    else:
        assert (step.name, step.at, step.at_once) == ("new", at_local(day, opens), True)


def test_what_opens_tomorrow_is_not_told_today_though_it_is_urgent() -> None:
    facts = Facts(date(2026, 11, 21), due=date(2026, 11, 30), urgency="khẩn")
    assert next_reminder_at(L, VN, facts, at_local(date(2026, 11, 20), time(15))) == start_of_day(date(2026, 11, 21))


def test_weekly_lines_leave_out_the_weeks_of_tet() -> None:
    facts = Facts(date(2026, 1, 5), due=date(2026, 1, 30), last_step_day=date(2026, 2, 4))  # d+3 told
    steps = walk(facts, at_local(date(2026, 2, 4), time(9)), [timedelta()] * 4)
    assert [f"{step.name} {step.day:%d/%m}" for step, _ in steps] == [
        "weekly 11/02",
        "weekly 25/02",
        "weekly 04/03",
        "weekly 11/03",
    ]


def test_a_deadline_with_an_hour_is_past_after_that_minute() -> None:
    due = date(2026, 11, 20)
    assert not is_past(due, "17:00", at_local(due, time(17)))
    assert is_past(due, "17:00", at_local(due, time(17, 1)))
    assert last_chance(due, "17:00", VN) == due
    assert last_chance(due, "08:00", VN) == date(2026, 11, 19)
    assert last_chance(due, "08:01", VN) == due
    assert told(Facts(date(2026, 11, 16), due, "06:00"), 5) == [
        "new 17/11",
        "d-1 18/11",
        "d0 19/11",
        "d+1 23/11",
        "d+3 26/11",
    ]


def test_an_urgent_letter_goes_out_at_night_and_only_its_first_notice() -> None:
    facts = Facts(date(2026, 11, 21), due=date(2026, 11, 25), urgency="hỏa tốc")  # loaded on a Saturday night
    night = at_local(date(2026, 11, 21), time(22, 40))
    first = next_step(L, VN, facts, night)
    assert first == Step("new", date(2026, 11, 21), ("owner",), night, at_once=True)
    second = next_step(L, VN, replace(facts, last_step_day=first.day), night)
    assert second is not None
    assert (second.name, local(second.at)) == ("d-1", at_local(date(2026, 11, 23), time(8)))


def test_off_from_before_the_deadline_until_after_it_all_who_missed_theirs_are_told_once() -> None:
    facts = Facts(date(2026, 10, 1), due=date(2026, 10, 30), last_step_day=date(2026, 10, 27))
    back = at_local(date(2026, 11, 9), time(9, 20))
    step = step_due(L, VN, facts, back)
    assert step == Step("d+3", date(2026, 11, 9), ("owner", "head", "contact", "issuer"), back)
    following = next_step(L, VN, replace(facts, last_step_day=step.day), back)
    assert following is not None
    assert (following.name, following.day) == ("weekly", date(2026, 11, 11))


@pytest.mark.parametrize(
    ("back", "name"),
    [
        (at_local(date(2026, 10, 29), time(10)), "d-1"),  # the days -3 and -1 were missed
        (at_local(date(2026, 10, 30), time(16, 59)), "d0"),
        (at_local(date(2026, 10, 30), time(17, 30)), None),  # too late for "today", too early for "overdue"
        (at_local(date(2026, 10, 31), time(10)), None),
    ],
)
def test_the_latest_true_step_is_told_and_none_that_is_no_longer_true(back: datetime, name: str | None) -> None:
    facts = Facts(date(2026, 10, 1), due=date(2026, 10, 30), last_step_day=date(2026, 10, 21))
    step = step_due(L, VN, facts, back)
    assert (step.name if step else None) == name
    if name is None:
        later = next_step(L, VN, facts, back)
        assert later is not None
        assert (later.name, later.day) == ("d+1", date(2026, 11, 2))


def test_the_first_word_of_a_task_is_new_though_other_steps_have_come_meanwhile() -> None:
    facts = Facts(date(2026, 10, 1), due=date(2026, 10, 30))
    step = step_due(L, VN, facts, at_local(date(2026, 10, 28), time(9)))
    assert step is not None
    assert (step.name, step.audience) == ("new", ("owner",))
    untimed = step_due(L, VN, Facts(date(2026, 10, 1)), at_local(date(2026, 12, 28), time(9)))
    assert untimed is not None
    assert untimed.name == "new"


def test_an_untimed_task_has_a_line_at_each_cut_off_and_is_never_overdue() -> None:
    assert told(Facts(date(2026, 10, 20)), 5) == [
        "new 21/10",
        "review 13/11",
        "review 14/12",
        "review 14/01",
        "review 12/02",
    ]


def test_a_chosen_review_day_comes_first_and_then_the_cut_offs() -> None:
    facts = Facts(date(2026, 10, 20), review_on=date(2026, 12, 5))
    assert told(facts, 4) == ["new 21/10", "review 04/12", "review 14/12", "review 14/01"]


def test_an_extension_starts_the_ladder_again_before_the_new_day() -> None:
    overdue = Facts(date(2026, 10, 1), due=date(2026, 10, 30), last_step_day=date(2026, 11, 2))
    extended = replace(overdue, due=date(2026, 11, 13))
    step = next_step(L, VN, extended, at_local(date(2026, 11, 2), time(15)))
    assert step is not None
    assert (step.name, step.day) == ("d-7", date(2026, 11, 4))


def test_put_off_until_a_day_the_owner_hears_of_it_that_morning() -> None:
    facts = Facts(date(2026, 10, 1), due=date(2026, 10, 30), snoozed_until=date(2026, 10, 24))
    facts = replace(facts, last_step_day=date(2026, 10, 16))
    now = at_local(date(2026, 10, 16), time(9))
    steps = [f"{step.name} {step.day:%d/%m}" for step, _ in walk(facts, now, [timedelta()] * 4)]
    assert steps == ["snoozed 26/10", "d-3 27/10", "d-1 29/10", "d0 30/10"]


def test_an_issuer_with_other_steps_and_hours() -> None:
    ladder = ladder_from_json(
        {"steps": [{"days": -2, "audience": ["owner"]}, {"days": 2, "audience": ["head"]}], "weekly": [], "new": []}
    )
    ladder = replace(ladder, hours=((time(7), time(11)),))
    facts = Facts(date(2026, 10, 20), due=date(2026, 11, 20))
    first = next_step(ladder, VN, facts, start(facts))
    assert first is not None
    assert (first.name, first.at) == ("d-2", at_local(date(2026, 11, 18), time(7)))
    second = next_step(ladder, VN, replace(facts, last_step_day=first.day), first.at)
    assert second is not None
    assert (second.name, second.audience, second.day) == ("d+2", ("head",), date(2026, 11, 25))
    assert next_step(ladder, VN, replace(facts, last_step_day=second.day), second.at) is None


def test_a_ladder_without_late_steps_still_has_its_weekly_line() -> None:
    ladder = Ladder(rungs=(Rung(0, L.review),))
    facts = Facts(date(2026, 10, 20), due=date(2026, 11, 20), last_step_day=date(2026, 11, 20))
    step = next_step(ladder, VN, facts, at_local(date(2026, 11, 20), time(9)))
    assert step is not None
    assert (step.name, step.day) == ("weekly", date(2026, 11, 27))
