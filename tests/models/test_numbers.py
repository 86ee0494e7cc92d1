"""Short numbers: yesterday's "xong 2" means today what it meant yesterday."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.assignments import NumberUse
from models.database import Database
from models.errors import Refused
from models.numbers import (
    QUARANTINE,
    Item,
    assign_many,
    assign_numbers,
    by_number,
    close_numbers,
    free_numbers,
    listing,
    number_of,
)
from tests.town import MONDAY, Town, at

ACT, CONFIRM = NumberUse.ACT, NumberUse.CONFIRM


def some_assignments(town: Town, count: int) -> tuple[int, list[int]]:
    """A person who owns nothing yet and `count` assignments that nobody owns, so that no numbers exist."""
    loader = town.person("Người nạp")
    units = [town.unit(f"Đơn vị {n}") for n in range(count)]
    letter = town.letter(loader)
    made = town.opened(letter, units)
    return town.person("Người nhận"), [a.id or 0 for a in made]


def test_numbers_are_the_lowest_free_in_order_and_stay_when_others_close(database: Database) -> None:
    now = at(MONDAY)
    with database.transaction() as session:
        person, items = some_assignments(Town(session), 4)
        assign_numbers(session, now, person, items[:3], ACT)
        close_numbers(session, now, items[1], ACT)
        assign_numbers(session, now, person, [items[3]], ACT)
        assert listing(session, now, person, ACT) == [
            Item(1, items[0], ACT),
            Item(3, items[2], ACT),
            Item(4, items[3], ACT),
        ]


def test_a_closed_number_rests_for_30_days_and_is_free_after(database: Database) -> None:
    now = at(MONDAY)
    with database.transaction() as session:
        person, items = some_assignments(Town(session), 3)
        assign_numbers(session, now, person, items[:1], ACT)
        close_numbers(session, now, items[0])
        assign_numbers(session, now + QUARANTINE - timedelta(seconds=1), person, items[1:2], ACT)
        assert number_of(session, person, items[1], ACT) == 2
        assign_numbers(session, now + QUARANTINE, person, items[2:], ACT)
        assert number_of(session, person, items[2], ACT) == 1


def test_own_tasks_and_reports_to_confirm_share_one_list_of_numbers(database: Database) -> None:
    now = at(MONDAY)
    with database.transaction() as session:
        person, items = some_assignments(Town(session), 2)
        assign_numbers(session, now, person, [items[0]], ACT)
        assign_numbers(session, now, person, items, CONFIRM)
        assert [item.n for item in listing(session, now, person)] == [1, 2, 3]
        assert by_number(session, now, person, 2, CONFIRM).assignment_id == items[0]
        with pytest.raises(Refused, match="wrong_use"):
            by_number(session, now, person, 2, ACT)
        with pytest.raises(Refused, match="no_such_number"):
            by_number(session, now, person, 99)


def test_a_closed_number_is_named_as_closed_and_comes_back_with_its_item(database: Database) -> None:
    now = at(MONDAY)
    with database.transaction() as session:
        person, items = some_assignments(Town(session), 2)
        assign_numbers(session, now, person, items, CONFIRM)
        close_numbers(session, now, items[0], CONFIRM)
        with pytest.raises(Refused) as refused:
            by_number(session, now, person, 1)
        assert (refused.value.code, refused.value.data["assignment"]) == ("number_closed", items[0])
        assign_numbers(session, now, person, [items[0]], CONFIRM)
        assert by_number(session, now, person, 1, CONFIRM).assignment_id == items[0]


def test_an_item_that_comes_back_late_takes_another_number_when_its_own_is_taken(database: Database) -> None:
    now = at(MONDAY)
    with database.transaction() as session:
        person, items = some_assignments(Town(session), 2)
        assign_numbers(session, now, person, [items[0]], ACT)
        close_numbers(session, now, items[0])
        later = now + QUARANTINE
        assign_numbers(session, later, person, [items[1]], ACT)
        assign_numbers(session, later, person, [items[0]], ACT)
        assert [(i.n, i.assignment_id) for i in listing(session, later, person)] == [(1, items[1]), (2, items[0])]


@given(st.sets(st.integers(1, 30)))
def test_free_numbers_are_ascending_and_never_taken(taken: set[int]) -> None:
    found = [n for n, _ in zip(free_numbers(taken), range(20), strict=False)]
    assert found == sorted(set(range(1, found[-1] + 1)) - taken)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["give", "close"]), st.integers(0, 5)), max_size=25))
def test_no_two_open_items_ever_share_a_number(steps: list[tuple[str, int]]) -> None:
    database = shared_database()
    now = at(MONDAY)
    with database.reading() as session:  # rolled back at the end
        person, items = some_assignments(Town(session), 6)
        for n, (what, index) in enumerate(steps):
            when = now + timedelta(days=7 * n)
            if what == "give":
                assign_numbers(session, when, person, [items[index]], ACT)
            else:
                close_numbers(session, when, items[index], ACT)
            numbers = [item.n for item in listing(session, when, person)]
            assert len(numbers) == len(set(numbers))
            assert all(n <= len(steps) for n in numbers)


_shared: list[Database] = []


@pytest.fixture(autouse=True)
def _one_database(database: Database) -> None:
    _shared[:] = [database]


def shared_database() -> Database:
    """Hypothesis runs many examples in one test: they share its database and roll back."""
    return _shared[0]


def test_two_claimants_get_different_numbers(any_database: Database) -> None:
    now = at(MONDAY)
    with any_database.transaction() as session:
        person, items = some_assignments(Town(session), 2)
    barrier = Barrier(2)

    def claim(item: int) -> None:
        barrier.wait()
        with any_database.transaction() as session:
            assign_many(session, now, {person: [item]}, ACT)

    threads = [Thread(target=claim, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with any_database.reading() as session:
        assert sorted(i.n for i in listing(session, now, person)) == [1, 2]
