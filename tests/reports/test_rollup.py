"""The figures: five buckets, a past period that stays as it was, and who may see what."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models import extensions, life
from models.amending import amend, withdraw_task
from models.answers import Report
from models.assignments import Assignment
from models.database import Database
from models.extension_decisions import approve
from models.periods import Period, parse_period
from models.units import Role
from models.verdicts import confirm, record_answer, send_back
from reports.rollup import rollup
from reports.summary import Bucket, Note, Row, Summary
from tests.scene import Scene, build, refused
from tests.town import at

CUT_OFF = date(2026, 12, 14)
PERIOD = parse_period("2026-Q4", CUT_OFF)
AFTER = at(date(2026, 12, 20))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def scene(session: Session) -> Scene:
    """Opened on 30 November; the one task is due on 11 December."""
    return build(session)


def figures(scene: Scene, period: Period = PERIOD, now: Any = AFTER, viewer: int | None = None) -> Summary:
    return rollup(scene.session, now, viewer, period)


def row_of(scene: Scene, assignment: int | None = None, **more: Any) -> Row:
    wanted = assignment or scene.assignment
    return next(row for row in figures(scene, **more).rows if row.assignment_id == wanted)


def done(scene: Scene, day: date, confirmed_on: date | None, assignment: int | None = None) -> Report:
    """Reported on a day and (unless None) confirmed on another."""
    made = life.report(scene.session, at(day, 10), scene.owner, assignment or scene.assignment, text="đã làm")
    if confirmed_on:
        confirm(scene.session, at(confirmed_on, 11), scene.contact, made.id or 0)
    return made


def another(scene: Scene, **more: Any) -> Assignment:
    return scene.town.opened(scene.letter, [scene.unit], **more)[0]


DEC = [date(2026, 12, day) for day in range(1, 31)]


@pytest.mark.parametrize(
    ("reported", "confirmed", "bucket"),
    [
        (DEC[10], DEC[11], Bucket.DONE_IN_TIME),  # on the last day, confirmed the day after: in time
        (DEC[11], DEC[12], Bucket.DONE_LATE),
        (DEC[10], None, Bucket.OPEN_IN_TIME),  # reported in time and not yet judged: the owner is not late
        (DEC[11], None, Bucket.OPEN_LATE),
        (None, None, Bucket.OPEN_LATE),
    ],
)
def test_a_dated_task_falls_into_its_bucket(
    scene: Scene, reported: date | None, confirmed: date | None, bucket: Bucket
) -> None:
    if reported:
        done(scene, reported, confirmed)
    row = row_of(scene)
    assert row.bucket == bucket
    assert (Note.WAITING in row.notes) is (reported is not None and confirmed is None)


def test_an_untimed_task_is_never_late_and_done_in_time_when_done(scene: Scene) -> None:
    open_one, done_one = another(scene), another(scene)
    done(scene, DEC[12], DEC[12], done_one.id)
    assert row_of(scene, open_one.id).bucket == Bucket.UNTIMED
    assert row_of(scene, done_one.id).bucket == Bucket.DONE_IN_TIME


def test_before_its_deadline_an_open_task_is_in_time(scene: Scene) -> None:
    assert row_of(scene, now=at(DEC[10], 23)).bucket == Bucket.OPEN_IN_TIME
    assert row_of(scene, now=at(DEC[11], 0, 5)).bucket == Bucket.OPEN_LATE


def test_an_hour_counts_where_the_letter_gave_one(scene: Scene) -> None:
    timed = another(scene, due_on=DEC[10], due_time="17:00")
    assert row_of(scene, timed.id, now=at(DEC[10], 17, 0)).bucket == Bucket.OPEN_IN_TIME
    assert row_of(scene, timed.id, now=at(DEC[10], 17, 1)).bucket == Bucket.OPEN_LATE


def test_a_past_period_does_not_change_by_what_comes_later(scene: Scene) -> None:
    """Confirmed, extended, sent back and reported after the cut-off: December's figures stay December's."""
    waiting, asked = another(scene, due_on=DEC[9]), another(scene, due_on=DEC[9])
    done(scene, DEC[8], None, waiting.id)
    request = extensions.ask(scene.session, at(DEC[8], 9), scene.owner, asked.id or 0, DEC[24], "chờ số liệu")
    before = figures(scene)
    assert before.counts == {
        **dict.fromkeys(Bucket, 0),
        Bucket.OPEN_IN_TIME: 1,
        Bucket.OPEN_LATE: 2,
    }

    done(scene, DEC[15], DEC[16])
    confirm(scene.session, at(DEC[16]), scene.contact, _pending(scene, waiting.id or 0))
    approve(scene.session, at(DEC[15]), scene.contact, request.id or 0, document_number="99/UBND")
    after = figures(scene, now=at(date(2027, 2, 1)))
    assert after.rows == before.rows
    following = figures(scene, PERIOD.next, at(date(2027, 2, 1)))
    assert {row.assignment_id: row.bucket for row in following.rows} == {
        scene.assignment: Bucket.DONE_LATE,
        waiting.id: Bucket.DONE_IN_TIME,
        asked.id: Bucket.OPEN_LATE,
    }


def _pending(scene: Scene, assignment: int) -> int:
    found = scene.session.exec(select(Report).where(Report.assignment_id == assignment, Report.verdict == "pending"))
    return found.one().id or 0


def test_what_is_withdrawn_or_given_another_day_later_was_as_it_was(scene: Scene) -> None:
    gone, moved, disputed = (another(scene, due_on=DEC[9]) for _ in range(3))
    reported = another(scene, due_on=DEC[9])
    done(scene, DEC[8], None, reported.id)
    before = figures(scene)
    assert len(before.rows) == 5
    withdraw_task(scene.session, at(DEC[15]), scene.admin, gone.task_id, "đã có văn bản khác")
    withdraw_task(scene.session, at(DEC[15]), scene.admin, reported.task_id, "đã có văn bản khác")
    amend(scene.session, at(DEC[15]), scene.admin, moved.task_id, due_on=DEC[24])
    amend(scene.session, at(DEC[16]), scene.admin, moved.task_id, due_on=DEC[28])
    life.not_ours(scene.session, at(DEC[15]), scene.owner, disputed.id or 0, "của Sở khác")
    assert figures(scene).rows == before.rows
    following = {row.assignment_id: row for row in figures(scene, PERIOD.next, at(DEC[20])).rows}
    assert following.keys() == {scene.assignment, moved.id, disputed.id}
    assert (following[moved.id or 0].baseline, following[moved.id or 0].due) == (DEC[9], DEC[28])
    assert Note.DISPUTED in following[disputed.id or 0].notes


def test_what_was_confirmed_stays_though_its_task_is_withdrawn(scene: Scene) -> None:
    done(scene, DEC[2], DEC[3])
    task = scene.session.get_one(Assignment, scene.assignment).task_id
    withdraw_task(scene.session, at(DEC[4]), scene.admin, task, "không cần nữa")
    assert row_of(scene).bucket == Bucket.DONE_IN_TIME


def test_a_report_taken_back_after_the_cut_off_stood_at_it(scene: Scene) -> None:
    done(scene, DEC[10], None)
    before = figures(scene)
    life.withdraw_report(scene.session, at(DEC[15]), scene.owner, scene.assignment)
    assert figures(scene).rows == before.rows


def test_what_was_finished_before_the_period_is_not_of_it(scene: Scene) -> None:
    done(scene, DEC[2], DEC[3])
    assert [row.assignment_id for row in figures(scene).rows] == [scene.assignment]
    assert figures(scene, PERIOD.next, at(date(2027, 1, 5))).rows == ()


def test_what_opened_after_the_cut_off_is_not_of_the_period(scene: Scene) -> None:
    scene.town.now = at(DEC[15])
    late = another(scene)
    assert late.id not in {row.assignment_id for row in figures(scene).rows}
    assert late.id in {row.assignment_id for row in figures(scene, PERIOD.next, at(DEC[20])).rows}


def test_an_extension_shows_both_deadlines(scene: Scene) -> None:
    request = extensions.ask(scene.session, at(DEC[1]), scene.owner, scene.assignment, DEC[17], "chờ số liệu")
    approve(scene.session, at(DEC[2]), scene.contact, request.id or 0)
    row = row_of(scene)
    assert (row.baseline, row.due, row.bucket) == (DEC[10], DEC[17], Bucket.OPEN_IN_TIME)
    assert Note.EXTENDED in row.notes


def test_what_was_sent_back_is_open_under_its_old_deadline(scene: Scene) -> None:
    report = done(scene, DEC[8], None)
    send_back(scene.session, at(DEC[9]), scene.contact, report.id or 0, "thiếu số liệu")
    row = row_of(scene)
    assert (row.bucket, row.result, row.reported_at) == (Bucket.OPEN_LATE, "", None)
    assert Note.RETURNED in row.notes


def test_an_answer_that_came_by_document_says_so(scene: Scene) -> None:
    record_answer(
        scene.session, at(DEC[11]), scene.contact, scene.assignment, document_number="55/BC-SXD", document_date=DEC[9]
    )
    row = row_of(scene)
    assert (row.bucket, "55/BC-SXD" in row.result) == (Bucket.DONE_IN_TIME, True)
    assert Note.RECORDED in row.notes


def test_a_coordinator_is_in_no_bucket(scene: Scene) -> None:
    other = scene.town.unit("Sở Ánh Sáng")
    lead, _ = scene.town.opened(scene.letter, [scene.unit], [other], due_on=DEC[4])
    rows = [row for row in figures(scene).rows if row.task_id == lead.task_id]
    assert [(row.unit, row.coordinators) for row in rows] == [("Sở Xây dựng", ("Sở Ánh Sáng",))]


def test_everyone_sees_what_is_theirs(scene: Scene) -> None:
    town = scene.town
    office = town.unit("UBND tỉnh", "ubnd tỉnh")
    leader = town.person("Chủ tịch", office, Role.LEADER)
    elsewhere_unit = town.unit("Sở Khác")
    elsewhere = town.person("Giám đốc khác", elsewhere_unit, Role.HEAD)
    colleague_contact = town.person("Đầu mối khác", office, Role.OWNER)
    theirs = town.letter(scene.admin, contact_id=colleague_contact, issuer_unit_id=office)
    other = town.opened(theirs, [elsewhere_unit], due_on=DEC[4])[0].id
    seen = {
        name: {row.assignment_id for row in figures(scene, viewer=who).rows}
        for name, who in {
            "house": None,
            "admin": scene.admin,
            "contact": scene.contact,
            "deputy": scene.deputy,
            "head": scene.head,
            "other head": elsewhere,
            "leader of the issuer": leader,
            "other contact": colleague_contact,
        }.items()
    }
    mine, both = {scene.assignment}, {scene.assignment, other}
    assert seen == {
        "house": both,
        "admin": both,
        "contact": mine,
        "deputy": mine,
        "head": mine,
        "other head": {other},
        "leader of the issuer": {other},
        "other contact": {other},
    }
    refused("not_allowed", figures, scene, viewer=scene.owner)
    refused("not_allowed", figures, scene, viewer=town.person("Người lạ"))


def test_units_stand_in_the_order_of_the_vietnamese_alphabet(scene: Scene) -> None:
    names = ["Sở Ý", "Sở Ổ", "Sở Đá", "Sở Dạ", "Sở Ân", "Sở Ăn", "Sở An", "Sở Ẩn", "Sở Ớt", "Sở Oi", "Ban Đ", "Ban D"]
    units = [scene.town.unit(name) for name in names]
    scene.town.opened(scene.letter, units, due_on=DEC[9])
    shown = [line.name for line in figures(scene).by_unit if line.name != "Sở Xây dựng"]
    assert shown == [
        "Ban D", "Ban Đ", "Sở An", "Sở Ăn", "Sở Ân", "Sở Ẩn", "Sở Dạ", "Sở Đá", "Sở Oi", "Sở Ổ", "Sở Ớt", "Sở Ý",
    ]  # fmt: skip


def test_a_task_of_many_counts_who_has_answered(scene: Scene) -> None:
    units = [scene.town.unit(f"Xã {n}", "xã") for n in range(3)]
    owners = [scene.town.person(f"Đầu mối {n}", unit, Role.OWNER) for n, unit in enumerate(units)]
    made = scene.town.opened(scene.letter, units, due_on=DEC[9])
    life.report(scene.session, at(DEC[3]), owners[0], made[0].id or 0)
    lines = {one.task_id: (one.reported, one.units) for one in figures(scene).by_task}
    assert lines[made[0].task_id] == (1, 3)
    by_name = {line.name: line for line in figures(scene).by_unit}
    assert by_name["Xã 0"].awaits_verdict
    assert by_name["Xã 1"].unanswered == 1


def test_history_nobody_is_asked_about_is_left_out(scene: Scene) -> None:
    old = another(scene, due_on=date(2026, 3, 1))
    row = scene.session.get_one(Assignment, old.id)
    row.opened_late = True
    scene.session.flush()
    assert old.id not in {row.assignment_id for row in figures(scene).rows}


def test_the_figures_are_as_of_the_cut_off_or_of_now_before_it() -> None:
    from reports.summary import as_of

    early = at(DEC[0])
    assert as_of(PERIOD, early) == early
    assert as_of(PERIOD, AFTER) == at(DEC[14], 0) - timedelta(microseconds=1)
