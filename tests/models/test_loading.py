"""An approved reading becomes the letter, its tasks and one assignment per unit; nothing twice, nothing lost."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from operator import itemgetter

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from models.assignments import Assignment, AssignmentState, Reminder, ShortNumber
from models.clock import start_of_day
from models.database import Database
from models.directives import Directive, DirectiveBase, DirectiveState, Draft, Part, Task, TaskState, TaskUnit
from models.errors import Refused
from models.events import Event, EventKind
from models.life import report
from models.loading import create, plan, set_contact, set_history, set_start, undo
from models.outbox import raise_event
from models.people import Person
from models.reading import BaseDocument, Contact, Doubt, ReadDeadline
from models.register import seed_register
from models.settings_store import ROLLS_FORWARD, write
from models.units import Role, Unit
from tests.models.letters_of_ours import FRIDAY, NOW, at, by, drafted, letter, someone, task, unit_id
from tests.one_by_one import open_task

COMMUNES = 99


@pytest.fixture
def session(town: Database) -> Iterator[Session]:
    with town.transaction() as opened:
        yield opened


@pytest.fixture
def admin(session: Session) -> int:
    return someone(session, "Văn thư Mẫu", "VPUBND", Role.ADMIN)


def assignments(session: Session, directive: Directive, part: Part = Part.LEAD) -> list[Assignment]:
    query = select(Assignment).join(Task, col(Task.id) == col(Assignment.task_id))
    where = (Task.directive_id == directive.id, Assignment.part == part)
    return list(session.exec(query.where(*where).order_by(col(Assignment.id))))


def codes(session: Session, rows: list[Assignment]) -> list[str]:
    return [session.get_one(Unit, row.unit_id).code for row in rows]


def test_a_task_for_a_group_is_one_assignment_for_each_of_its_units(session: Session, admin: int) -> None:
    """Trap 7: a group is never one task."""
    owner = someone(session, "Đầu mối Chi Lăng", "09313")
    head = someone(session, "Chủ tịch Quế Võ", "09247", Role.HEAD)
    draft = drafted(session, admin, letter(task("1", "UBND các xã, phường", deadline=by(date(2026, 12, 10)))))
    planned = plan(session, NOW, draft)
    assert planned.tasks[0].groups == (("UBND các xã, phường", COMMUNES),)
    assert planned.assignments == COMMUNES
    directive = create(session, NOW, draft, admin)
    rows = assignments(session, directive)
    assert len({row.unit_id for row in rows}) == COMMUNES
    owners = {row.unit_id: row.owner_id for row in rows if row.owner_id}
    assert owners == {unit_id(session, "09313"): owner, unit_id(session, "09247"): head}
    assert {(r.state, r.due_on, r.baseline_due_on, r.opened_on) for r in rows} == {
        ("open", date(2026, 12, 10), date(2026, 12, 10), FRIDAY)
    }
    assert {row.next_reminder_at for row in rows} == {at(date(2026, 11, 23), 8)}
    named = session.exec(select(TaskUnit.named_as)).all()
    assert set(named) == {"UBND các xã, phường"}
    numbers = session.exec(select(ShortNumber)).all()
    assert {(n.person_id, n.n) for n in numbers} == {(owner, 1), (head, 1)}


def test_coordinators_are_informed_and_never_the_lead_itself(session: Session, admin: int) -> None:
    draft = drafted(
        session, admin, letter(task("1", "Sở Y tế", coordinate=("các sở, ban, ngành", "các đơn vị liên quan")))
    )
    directive = create(session, NOW, draft, admin)
    others = assignments(session, directive, Part.COORDINATE)
    assert codes(session, assignments(session, directive)) == ["SYT"]
    assert len(others) == 20
    assert "SYT" not in codes(session, others)
    assert {row.state for row in others} == {AssignmentState.INFORMED}
    assert all(row.next_reminder_at == at(date(2026, 11, 23), 8) for row in others)


def test_vague_words_inform_nobody(session: Session, admin: int) -> None:
    coordinate = ("Công an tỉnh", "các sở, ngành có liên quan", "các đơn vị liên quan")
    draft = drafted(session, admin, letter(task("1", "Sở Y tế", coordinate=coordinate)))
    assert plan(session, NOW, draft).doubts == ()
    directive = create(session, NOW, draft, admin)
    assert codes(session, assignments(session, directive, Part.COORDINATE)) == ["CAT"]


def test_a_lead_never_coordinates_with_itself_after_a_merger(session: Session, admin: int) -> None:
    """Trap 8: of February 2025, still running: Sở TT&TT is Sở KH&CN by now."""
    monthly = ReadDeadline(kind="recurring", rrule="FREQ=MONTHLY", phrase="định kỳ hàng tháng")
    reading = letter(
        task("1", "Sở Khoa học và Công nghệ", coordinate=("Sở Thông tin và Truyền thông",), deadline=monthly),
        task("2", "Sở Thông tin và Truyền thông", deadline=monthly),
        date="2025-02-24",
    )
    draft = drafted(session, admin, reading)
    planned = plan(session, NOW, draft)
    assert planned.history
    assert planned.tasks[1].leads[0].note == "Sở Thông tin và Truyền thông → Sở Khoa học và Công nghệ"
    directive = create(session, NOW, draft, admin)
    assert codes(session, assignments(session, directive)) == ["SKHCN", "SKHCN"]
    assert assignments(session, directive, Part.COORDINATE) == []


def test_an_old_letter_is_history_and_reminds_nobody(session: Session, admin: int) -> None:
    """Trap 9: no storm; and the bodies are those of its day."""
    someone(session, "Đầu mối Sở KH&CN", "SKHCN")
    reading = letter(
        task("1", "Sở Thông tin và Truyền thông"),
        task("2", "Công an tỉnh", deadline=by(date(2025, 2, 24))),
        task("3", "Các sở, ngành, địa phương", deadline=by(date(2025, 3, 30))),
        number="790/UBND-TH",
        date="2025-02-24",
        urgency="khẩn",
    )
    draft = drafted(session, admin, reading)
    planned = plan(session, NOW, draft)
    assert {d.code for d in planned.doubts} == {"deadline_past"}
    directive = create(session, NOW, draft, admin)
    rows = assignments(session, directive)
    assert directive.history
    assert codes(session, rows)[:2] == ["STTTT", "CAT"]
    assert len(rows) == 2 + 25 + 8
    assert all(row.next_reminder_at is None and row.opened_late for row in rows)
    assert session.exec(select(Event.id)).all() == []


def test_an_old_letter_with_a_date_to_come_is_followed_from_here_on(session: Session, admin: int) -> None:
    reading = letter(
        task("1", "Sở TN&MT", deadline=by(date(2025, 6, 1))),
        task("2", "Sở TN&MT", deadline=by(date(2026, 12, 31))),
        date="2025-02-10",
    )
    draft = drafted(session, admin, reading)
    planned = plan(session, NOW, draft)
    assert not planned.history
    directive = create(session, NOW, draft, admin)
    past, coming = assignments(session, directive)
    assert codes(session, [past, coming]) == ["STNMT", "SNNMT"]
    assert (past.next_reminder_at, past.opened_late) == (None, True)
    assert coming.next_reminder_at is not None


def test_the_admin_says_whether_it_is_history(session: Session, admin: int) -> None:
    draft = drafted(session, admin, letter(task("1", "Sở Y tế"), date="2025-02-24"))
    set_history(session, NOW, draft, False)
    directive = create(session, NOW, draft, admin)
    assert assignments(session, directive)[0].next_reminder_at is not None


def test_a_deadline_of_the_day_itself_is_not_overdue_at_once(session: Session, admin: int) -> None:
    """Trap 2."""
    draft = drafted(session, admin, letter(task("1", "Sở Y tế", deadline=by(FRIDAY)), date=FRIDAY.isoformat()))
    row = assignments(session, create(session, NOW, draft, admin))[0]
    assert not row.opened_late
    assert row.next_reminder_at == NOW


def test_a_recurring_task_opens_the_period_that_runs_and_knows_the_next(session: Session, admin: int) -> None:
    quarterly = ReadDeadline(
        kind="recurring", rrule="FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", phrase="trước ngày 15 của tháng cuối quý"
    )
    draft = drafted(session, admin, letter(task("1", "Sở Y tế", coordinate=("Công an tỉnh",), deadline=quarterly)))
    directive = create(session, NOW, draft, admin)
    row = assignments(session, directive)[0]
    assert (row.period, row.due_on) == ("2026-Q4", date(2026, 12, 14))
    made = session.exec(select(Task)).one()
    assert (made.due_on, made.rrule) == (None, quarterly.rrule)
    assert made.next_opening_at == start_of_day(date(2026, 12, 15))
    assert [r.period for r in assignments(session, directive, Part.COORDINATE)] == ["2026-Q4"]


@pytest.mark.parametrize(
    "deadline",
    [
        ReadDeadline(),
        by(date(2026, 12, 25)),
        by(date(2026, 11, 30), time="17:00"),
        by(date(2026, 11, 2)),
        ReadDeadline(kind="recurring", rrule="FREQ=MONTHLY;BYMONTHDAY=24"),
        ReadDeadline(kind="recurring", rrule="FREQ=DAILY", time="18:00"),
        ReadDeadline(kind="recurring", rrule="FREQ=WEEKLY;BYDAY=FR", time="10:00"),
        ReadDeadline(kind="relative", relative_days=5, working_days=True, start=date(2026, 11, 19)),
    ],
)
def test_loading_in_bulk_opens_what_the_scheduler_would_open(
    session: Session, admin: int, deadline: ReadDeadline
) -> None:
    someone(session, "Đầu mối", "SYT")
    draft = drafted(session, admin, letter(task("1", "Sở Y tế", coordinate=("Sở Tài chính",), deadline=deadline)))
    directive = create(session, NOW, draft, admin)
    made = session.exec(select(Task)).one()
    opening = made.next_opening_at
    apart = {"id", "review_on", "opened_late"}
    bulk = [row.model_dump(exclude=apart) for part in Part for row in assignments(session, directive, part)]
    for number in session.exec(select(ShortNumber)).all():
        session.delete(number)
    for row in session.exec(select(Assignment)).all():
        session.delete(row)
    session.flush()
    one_by_one = [row.model_dump(exclude=apart) for row in open_task(session, NOW, made.id or 0)]
    by_unit = itemgetter("part", "unit_id", "period")
    assert sorted(bulk, key=by_unit) == sorted(one_by_one, key=by_unit)
    assert made.next_opening_at == opening


def test_a_relative_deadline_waits_for_its_start(session: Session, admin: int) -> None:
    hundred = ReadDeadline(kind="relative", relative_days=10, working_days=True, phrase="trong 10 ngày làm việc")
    draft = drafted(session, admin, letter(task("1", "Sở Y tế", deadline=hundred)))
    assert [d.code for d in plan(session, NOW, draft).doubts] == ["relative_start"]
    set_start(session, NOW, draft, 0, date(2026, 11, 20))
    assert plan(session, NOW, draft).doubts == ()
    directive = create(session, NOW, draft, admin)
    assert assignments(session, directive)[0].due_on == date(2026, 12, 7)  # 24/11 is a day off


def test_an_untimed_task_gets_a_review_day_and_no_deadline(session: Session, admin: int) -> None:
    """Trap 3."""
    urgent_words = ReadDeadline(phrase="khẩn trương")
    draft = drafted(session, admin, letter(task("1", "Sở Y tế", deadline=urgent_words)))
    row = assignments(session, create(session, NOW, draft, admin))[0]
    assert (row.due_on, row.review_on) == (None, date(2026, 12, 14))
    assert session.exec(select(Task.phrase)).one() == "khẩn trương"


def test_a_day_off_moves_the_deadline_only_where_the_issuer_says_so(session: Session, admin: int) -> None:
    sunday = date(2026, 12, 6)
    draft = drafted(session, admin, letter(task("1", "Sở Y tế", deadline=by(sunday))))
    assert plan(session, NOW, draft).tasks[0].deadline.acts_by == sunday
    write(session, ROLLS_FORWARD, True, f"unit:{unit_id(session, 'UBNDT')}")
    assert plan(session, NOW, draft).tasks[0].deadline.acts_by == date(2026, 12, 7)
    row = assignments(session, create(session, NOW, draft, admin))[0]
    assert (row.due_on, session.exec(select(Task.due_on)).one()) == (date(2026, 12, 7), sunday)


def test_an_urgent_letters_first_notice_is_due_at_once_at_any_hour(session: Session, admin: int) -> None:
    night = at(FRIDAY, 22)
    reading = letter(
        task("1", "Sở Y tế", coordinate=("Công an tỉnh",), deadline=by(date(2026, 12, 1))),
        task("2", "Sở Y tế"),
        urgency="hỏa tốc",
    )
    directive = create(session, night, drafted(session, admin, reading, now=night), admin)
    assert [row.next_reminder_at for part in Part for row in assignments(session, directive, part)] == [night] * 3


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (Contact(name="Trần Văn Có", phone="0912 000 555"), "known"),
        (Contact(name="trần văn có"), "known"),
        (Contact(name="Ai Đó Khác", phone="0912000555; 0912000556"), "known"),
        (Contact(name="Người Mới", phone="0912 000 999"), "made"),
        (None, "admin"),
        (Contact(email="tonghop@bacninh.example"), "admin"),
    ],
)
def test_the_contact_is_found_made_or_the_admin(
    session: Session, admin: int, written: Contact | None, expected: str
) -> None:
    known = someone(session, "Trần Văn Có", "STC", phone="+84912000555")
    draft = drafted(session, admin, letter(task("1", "Sở Y tế"), contact=written))
    directive = create(session, NOW, draft, admin)
    contact = session.get_one(Person, directive.contact_id)
    if expected == "made":
        assert (contact.name, contact.phone) == ("Người Mới", "+84912000999")
        assert directive.contact_written == "Người Mới · 0912 000 999"
    else:
        assert contact.id == {"known": known, "admin": admin}[expected]


def test_the_admin_can_name_another_contact(session: Session, admin: int) -> None:
    other = someone(session, "Trần Văn Có", "STC")
    draft = drafted(session, admin, letter(task("1", "Sở Y tế")))
    set_contact(session, NOW, draft, person_id=other)
    assert create(session, NOW, draft, admin).contact_id == other


def test_the_same_letter_is_never_loaded_twice(session: Session, admin: int) -> None:
    reading = letter(task("1", "Sở Y tế"))
    first, again = drafted(session, admin, reading), drafted(session, admin, reading)
    directive = create(session, NOW, first, admin)
    same = plan(session, NOW, again).same
    assert same is not None
    assert (same.directive_id, same.how) == (directive.id, "duplicate")
    with pytest.raises(Refused) as refused:
        create(session, NOW, again, admin)
    assert (refused.value.code, refused.value.data) == ("already_loaded", {"directive": directive.id})
    with pytest.raises(Refused) as refused:
        create(session, NOW, first, admin)
    assert refused.value.code == "draft_gone"
    assert len(session.exec(select(Directive)).all()) == 1


@pytest.mark.parametrize(
    ("second", "how"),
    [
        (
            "Số 4321. Yêu cầu Sở Y tế hoan thành viec này trước ngày 10/12/2026 và báo cáo UBND tỉnh kết qủa.",
            "duplicate",
        ),
        (
            "Số 4321. Yêu cầu Sở Y tế hoàn thành việc này trước ngày 20/12/2026 và báo cáo UBND tỉnh kết quả.",
            "amendment",
        ),
        ("Số 4321. Yêu cầu Sở Y tế thôi làm việc này trước ngày 10/12/2026 và nộp lại hồ sơ đã nhận.", "amendment"),
    ],
)
def test_a_worse_photo_is_the_same_letter_and_another_day_is_not(
    session: Session, admin: int, second: str, how: str
) -> None:
    first = "Số 4321. Yêu cầu Sở Y tế hoàn thành việc này trước ngày 10/12/2026 và báo cáo UBND tỉnh kết quả."
    create(session, NOW, drafted(session, admin, letter(task("1", "Sở Y tế")), text=first), admin)
    again = drafted(session, admin, letter(task("1", "Sở Y tế"), issuer="UBND TỈNH BẮC NINH"), text=second)
    same = plan(session, NOW, again).same
    assert same is not None
    assert same.how == how


def test_a_known_phone_under_another_name_is_a_doubt(session: Session, admin: int) -> None:
    known = someone(session, "Trần Văn Có", "STC", phone="+84912000777")
    draft = drafted(session, admin, letter(task("1", "Sở Y tế")))
    planned = plan(session, NOW, draft)
    assert (planned.contact_id, [d.code for d in planned.doubts]) == (known, ["contact_other_name"])
    set_contact(session, NOW, draft, person_id=known)
    assert plan(session, NOW, draft).doubts == ()


def test_a_letter_with_the_number_of_another_year_is_another_letter(session: Session, admin: int) -> None:
    create(session, NOW, drafted(session, admin, letter(task("1", "Sở Y tế"), date="2025-11-18")), admin)
    other = drafted(session, admin, letter(task("1", "Công an tỉnh", text="Việc của năm nay")))
    assert plan(session, NOW, other).same is None
    blank = drafted(session, admin, letter(task("1", "Sở Y tế", text="Việc khác"), number="/UBND-TH"))
    assert plan(session, NOW, blank).same is None


def test_an_amendment_keeps_what_stands_and_withdraws_what_is_gone(session: Session, admin: int) -> None:
    owner = someone(session, "Đầu mối Công an", "CAT")
    stays, goes = task("1", "Sở Y tế"), task("2", "Công an tỉnh", deadline=by(date(2026, 12, 10)))
    first = create(session, NOW, drafted(session, admin, letter(stays, goes)), admin)
    changed = task("2", "Công an tỉnh", deadline=by(date(2026, 12, 20)))
    again = drafted(session, admin, letter(stays, changed), text="Bản sửa của văn bản")
    same = plan(session, NOW, again).same
    assert same is not None
    assert same.how == "amendment"
    second = create(session, NOW, again, admin)
    assert second.amends_id == first.id
    assert [(r.state, r.due_on) for r in assignments(session, first)] == [
        ("open", None),
        ("withdrawn", date(2026, 12, 10)),
    ]
    assert [row.due_on for row in assignments(session, second)] == [date(2026, 12, 20)]
    told = session.exec(select(Event).where(Event.kind == EventKind.AMENDED)).one()
    assert told.person_id == owner
    assert told.data["task"] == assignments(session, second)[0].task_id, "what the clause says now, not that it is gone"
    assert session.exec(select(Event).where(Event.kind == EventKind.WITHDRAWN)).all() == []


def test_a_letter_is_tied_to_the_one_it_rests_on_whichever_comes_first(session: Session, admin: int) -> None:
    resting = letter(
        task("1", "Sở Y tế", text="Việc A"),
        number="2/UBND-VX",
        based_on=(BaseDocument(number="1/KH-UBND", date="2026-11-01"),),
    )
    follower = create(session, NOW, drafted(session, admin, resting), admin)
    link = session.exec(select(DirectiveBase).where(DirectiveBase.directive_id == follower.id)).one()
    assert (link.number, link.issued_on, link.base_id) == ("1/KH-UBND", date(2026, 11, 1), None)
    base = create(session, NOW, drafted(session, admin, letter(task("1", "Sở Y tế"), number="1/KH-UBND")), admin)
    session.refresh(link)
    assert link.base_id == base.id
    third = letter(task("1", "Sở Y tế", text="B"), number="3/UBND-VX", based_on=(BaseDocument(number="1/KH-UBND"),))
    made = create(session, NOW, drafted(session, admin, third), admin)
    assert session.exec(select(DirectiveBase.base_id).where(DirectiveBase.directive_id == made.id)).one() == base.id


@pytest.mark.parametrize(("sent", "then"), [("waiting", "superseded"), ("settled", "settled")])
def test_undo_takes_everything_back_and_the_letter_can_come_again(
    session: Session, admin: int, sent: str, then: str
) -> None:
    """Who was told is told; who was not hears nothing."""
    owner = someone(session, "Đầu mối Sở Y tế", "SYT")
    reading = letter(task("1", "Sở Y tế"), urgency="khẩn")
    directive = create(session, NOW, drafted(session, admin, reading), admin)
    row = assignments(session, directive)[0]
    event = raise_event(session, NOW, key="urgent:x", kind=EventKind.URGENT, person_id=owner)
    session.add(
        Reminder(
            assignment_id=row.id or 0,
            step="new",
            day=FRIDAY,
            person_id=owner,
            due_at=NOW,
            event_id=event,
            created_at=NOW,
        )
    )
    session.get_one(Event, event).state = sent
    session.flush()
    undo(session, NOW + timedelta(hours=23), directive, admin)
    session.expire_all()
    assert directive.state == DirectiveState.UNDONE
    assert {(row.state, row.next_reminder_at) for row in assignments(session, directive)} == {("withdrawn", None)}
    assert session.exec(select(Task.state)).one() == TaskState.WITHDRAWN
    assert session.exec(select(ShortNumber.closed_at)).one() is not None
    assert session.get_one(Event, event).state == then
    told = session.exec(select(Event).where(Event.kind == EventKind.WITHDRAWN)).all()
    assert [(e.person_id, e.data["task"]) for e in told] == ([(owner, row.task_id)] if sent == "settled" else [])
    again = create(session, NOW + timedelta(hours=23), drafted(session, admin, reading), admin)
    assert again.id != directive.id


def test_undo_is_refused_once_somebody_answered_or_a_day_has_passed(session: Session, admin: int) -> None:
    owner = someone(session, "Đầu mối Sở Y tế", "SYT")
    directive = create(session, NOW, drafted(session, admin, letter(task("1", "Sở Y tế"))), admin)
    with pytest.raises(Refused) as refused:
        undo(session, NOW + timedelta(hours=24, seconds=1), directive, admin)
    assert refused.value.code == "undo_too_late"
    report(session, NOW, owner, assignments(session, directive)[0].id or 0, text="Đã xong")
    with pytest.raises(Refused) as refused:
        undo(session, NOW, directive, admin)
    assert refused.value.code == "undo_answered"


def test_a_unit_nobody_knows_is_a_doubt_and_its_task_waits_for_the_admin(session: Session, admin: int) -> None:
    draft = drafted(session, admin, letter(task("1", "Các doanh nghiệp viễn thông"), task("2", "Sở Y tế")))
    planned = plan(session, NOW, draft)
    assert [(d.field, d.code) for d in planned.doubts] == [("tasks[0].lead", "unit_unknown")]
    assert "Các doanh nghiệp viễn thông" in planned.doubts[0].sentence()
    directive = create(session, NOW, draft, admin)
    assert len(session.exec(select(Task)).all()) == 2
    assert codes(session, assignments(session, directive)) == ["SYT"]


def test_a_passage_that_became_no_task_is_quoted_to_the_admin(session: Session, admin: int) -> None:
    words = "Sở Y tế kiểm tra kho thuốc mẫu và lập danh sách các cơ sở chưa đủ điều kiện theo quy định."
    unread = Doubt(field="tasks", code="passage_unread", span=(4, 4 + len(words)))
    reading = letter(task("1", "Sở Nội vụ")).model_copy(update={"text": f"2.\n\n{words}", "doubts": (unread,)})
    [doubt] = plan(session, NOW, drafted(session, admin, reading)).doubts
    assert doubt.sentence().startswith("“Sở Y tế kiểm tra kho thuốc mẫu và lập danh sách")
    assert "…”: Đoạn này có thể là việc được giao" in doubt.sentence()


def test_the_issuer_of_a_letter_to_a_group_is_not_told_its_own_letter(session: Session, admin: int) -> None:
    draft = drafted(session, admin, letter(task("1", "Các sở"), issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ"))
    planned = plan(session, NOW, draft)
    assert planned.issuer_unit_id == unit_id(session, "SKHCN")
    assert planned.tasks[0].groups == (("Các sở", 10),)
    assert "SKHCN" not in codes(session, assignments(session, create(session, NOW, draft, admin)))


def test_two_clauses_of_one_label_stay_two_tasks(session: Session, admin: int) -> None:
    create(session, NOW, drafted(session, admin, letter(task("1", "Sở Y tế"), task("1", "Công an tỉnh"))), admin)
    assert session.exec(select(Task.clause).order_by(col(Task.position))).all() == ["1", "1#2"]


def test_ten_tasks_for_99_communes_take_no_statement_for_each(any_database: Database) -> None:
    """The admin waits for it."""
    with any_database.transaction() as session:
        seed_register(session)
        admin = someone(session, "Văn thư Mẫu", "VPUBND", Role.ADMIN)
        for unit in session.exec(select(Unit).where(col(Unit.kind).in_(["xã", "phường"]))).all():
            someone(session, f"Đầu mối {unit.name}", unit.code)
        tasks = [task(str(n), "UBND các xã, phường", deadline=by(date(2026, 12, n))) for n in range(1, 11)]
        draft = drafted(session, admin, letter(*tasks, urgency="khẩn"))
    with any_database.transaction() as session:
        executed: list[str] = []
        event.listen(any_database.engine, "before_cursor_execute", lambda _c, _u, said, *_: executed.append(said))
        create(session, NOW, session.get_one(Draft, draft.id), admin)
        assert len(session.exec(select(Assignment.id)).all()) == 990
    assert 0 < len(executed) < 990 / 4


def test_two_admins_with_one_letter_load_it_once(any_database: Database) -> None:
    with any_database.transaction() as session:
        seed_register(session)
        admin = someone(session, "Văn thư Mẫu", "VPUBND", Role.ADMIN)
        drafts = [drafted(session, admin, letter(task("1", "Sở Y tế"))).id for _ in range(2)]
    refused: list[str] = []

    def load(draft_id: int | None) -> None:
        try:
            with any_database.transaction() as session:
                create(session, NOW, session.get_one(Draft, draft_id), admin)
        except Refused as why:
            refused.append(why.code)

    threads = [threading.Thread(target=load, args=(draft_id,)) for draft_id in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["already_loaded"]
    with any_database.reading() as session:
        assert len(session.exec(select(Directive.id)).all()) == 1
