"""Many people at once on PostgreSQL: whatever they do in whatever order, nobody is rolled back to end a deadlock."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from models import amending, extensions, life
from models.answers import Report, Verdict
from models.assignments import Assignment, NumberUse, ShortNumber
from models.audit import verify
from models.database import Database
from models.directives import Task
from models.errors import Refused
from models.numbers import assign_numbers
from models.replacing import replace
from models.units import Role
from scheduler.tick import tick_all
from tests.town import MONDAY, Town, at

UNITS, TASKS, ROUNDS, PEOPLE = 6, 6, 15, 8
NOW = at(MONDAY)


def crowd(session: Session) -> dict[str, list[int]]:
    """Owners who are contacts of each other's letters: every lock is wanted from two sides."""
    town = Town(session, now=NOW)
    office = town.unit("Văn phòng", "văn phòng")
    admin = town.person("Văn thư", office, Role.ADMIN)
    units = [town.unit(f"Đơn vị {n}", "xã") for n in range(UNITS)]
    owners = [town.person(f"Chuyên viên {n}", unit, Role.OWNER) for n, unit in enumerate(units)]
    spares = [town.person(f"Dự phòng {n}", unit, Role.DEPUTY) for n, unit in enumerate(units)]
    for n in range(TASKS):
        letter = town.letter(admin, contact_id=owners[n], contact_deputy_id=owners[(n + 1) % UNITS])
        town.opened(letter, units, due_on=MONDAY)
    return {"admin": [admin], "owners": owners, "spares": spares}


def one_message(session: Session, dice: random.Random, people: dict[str, list[int]]) -> None:
    """What one person says in one message: some verbs on several items, in no order."""
    rows = list(session.exec(select(Assignment.id, Assignment.owner_id, Assignment.task_id)))
    dice.shuffle(rows)
    admin = people["admin"][0]
    acts: list[Callable[[int, int, int], object]] = [
        lambda id, owner, _: life.report(session, NOW, owner, id),
        lambda id, owner, _: life.report(session, NOW, owner, id),
        lambda id, owner, _: life.withdraw_report(session, NOW, owner, id),
        lambda id, _owner, _: _judge(session, id),
        lambda id, _owner, _: life.record_answer(session, NOW, admin, id, "1/BC", MONDAY),
        lambda id, owner, _: life.hand_over(session, NOW, owner, id, dice.choice(people["spares"])),
        lambda id, owner, _: extensions.ask(session, NOW, owner, id, MONDAY.replace(month=12, day=20), "x"),
        lambda _id, _owner, task: amending.amend(session, NOW, admin, task, product=str(dice.random())),
        lambda _id, owner, _: replace(session, NOW, admin, owner, dice.choice(people["spares"])),
    ]
    act = dice.choice(acts)
    for id, owner, task in rows[: dice.randint(1, 5)]:
        try:
            with session.begin_nested():
                act(id or 0, owner or 0, task)
        except Refused:
            continue


def _judge(session: Session, assignment_id: int) -> None:
    waiting = select(Report).where(Report.assignment_id == assignment_id, Report.verdict == Verdict.PENDING)
    if (report := session.exec(waiting).first()) is None:
        return
    numbers = select(ShortNumber.person_id).where(
        ShortNumber.assignment_id == assignment_id, ShortNumber.use == NumberUse.CONFIRM
    )
    if (judge := session.exec(numbers).first()) is not None:
        life.confirm(session, NOW, judge, report.id or 0)


@pytest.mark.servers
def test_whatever_people_do_at_once_nobody_is_the_victim_of_a_deadlock(postgresql: Database) -> None:
    with postgresql.transaction() as session:
        people = crowd(session)
        session.connection().execute(text("UPDATE assignment SET next_reminder_at = :now"), {"now": NOW})
    start = Barrier(PEOPLE + 1)

    def talk(seed: int) -> None:
        dice = random.Random(seed)
        start.wait()
        for _ in range(ROUNDS):
            with postgresql.transaction() as session:  # not `write`, which would hide a deadlock by doing it again
                one_message(session, dice, people)

    def schedule() -> None:
        start.wait()
        for _ in range(ROUNDS):
            tick_all(postgresql, NOW)

    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        jobs = [pool.submit(talk, seed) for seed in range(PEOPLE)] + [pool.submit(schedule)]
        for job in jobs:
            job.result(timeout=120)
    with postgresql.reading() as session:
        assert verify(session) is None
        pending = list(session.exec(select(Report.assignment_id).where(Report.verdict == Verdict.PENDING)))
        reported = select(Assignment.id).where(Assignment.state == "reported")
        assert sorted(pending) == sorted(id or 0 for id in session.exec(reported))
        open_numbers = select(ShortNumber.person_id, ShortNumber.n).where(col(ShortNumber.closed_at).is_(None))
        held = list(session.exec(open_numbers))
        assert len(held) == len(set(held))
        assert session.exec(select(Task.id)).first() is not None


@pytest.mark.servers
async def test_a_message_that_had_to_give_way_is_done_again(postgresql: Database) -> None:
    with postgresql.transaction() as session:
        town = Town(session, now=NOW)
        unit = town.unit("Sở Xây dựng")
        owner = town.person("Chuyên viên", unit, Role.OWNER)
        row = town.opened(town.letter(owner), [unit])[0].id or 0
    tries: list[int] = []

    def give_way_once(session: Session) -> int:
        assign_numbers(session, NOW, owner, [row], NumberUse.DECIDE)
        tries.append(1)
        if len(tries) == 1:
            session.connection().execute(text("DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40P01'; END $$"))
        return len(tries)

    assert await postgresql.write(give_way_once) == 2
    with postgresql.reading() as session:
        given = select(ShortNumber.n).where(ShortNumber.use == NumberUse.DECIDE)
        assert len(session.exec(given).all()) == 1


@pytest.mark.servers
async def test_other_trouble_is_not_tried_again(postgresql: Database) -> None:
    tries: list[int] = []

    def fail(session: Session) -> None:
        tries.append(1)
        session.connection().execute(text("DO $$ BEGIN RAISE EXCEPTION SQLSTATE '57014'; END $$"))

    with pytest.raises(Exception, match="57014") as caught:
        await postgresql.write(fail)
    assert isinstance(caught.value.__cause__, psycopg.errors.QueryCanceled)
    assert tries == [1]
