"""Words that an admin calls a task: who and by when are read as in a clause."""

from datetime import date

from letters import read
from letters.clauses.passage import as_tasks
from tests.bot.letters import ANSWER

ISSUED = date(2026, 11, 20)


def test_a_sentence_names_its_units_and_its_day() -> None:
    [(task, doubts)] = as_tasks(
        "- Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính\nrà soát, báo cáo UBND tỉnh trước ngày 15/12.",
        (10, 90),
        speaker="UBND tỉnh",
        issued=ISSUED,
    )
    assert (task.lead, task.coordinate, task.report_to) == (("Sở Y tế",), ("Sở Tài chính",), "UBND tỉnh")
    assert task.deadline.due == date(2026, 12, 14)
    assert task.text.startswith("Giao Sở Y tế")
    assert task.span == (10, 90)
    assert "lead" not in dict(doubts)


def test_who_is_not_named_is_the_addressee_and_a_doubt() -> None:
    [(task, doubts)] = as_tasks("Rà soát hồ sơ mẫu", (0, 0), addressed=["Sở Nội vụ"], issued=ISSUED)
    assert (task.lead, doubts) == (("Sở Nội vụ",), (("lead", "lead_assumed"),))
    [(_, doubts)] = as_tasks("Rà soát hồ sơ mẫu", (0, 0), issued=ISSUED)
    assert doubts == (("lead", "lead_missing"),)


def test_two_bodies_are_two_tasks_and_signs_are_none() -> None:
    made = as_tasks("Sở Y tế tổng hợp; Sở Tài chính bố trí kinh phí trong tháng 12/2026.", (0, 0), issued=ISSUED)
    assert [task.lead for task, _ in made] == [("Sở Y tế",), ("Sở Tài chính",)]
    assert as_tasks("… /.", (0, 0)) == []


def test_a_reply_that_orders_is_read_when_asked_to() -> None:
    assert read(ANSWER).may_order
    reading = read(ANSWER, anyway=True)
    assert (reading.kind, reading.number, len(reading.tasks)) == ("directive", "877/SYT-NVY", 1)
    assert [doubt.code for doubt in reading.doubts_of("kind")] == ["kind_anyway"]
    plain = ANSWER.replace(
        "Sở Y tế đề nghị Sở Tài chính nộp bổ sung bản vẽ mẫu về Sở Y tế.", "Sở Y tế đã nhận đủ hồ sơ mẫu."
    )
    assert read(plain, anyway=True).kind == "not_directive"


DECISION = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 911/QĐ-UBND
Mẫu Sơn, ngày 05 tháng 11 năm 2026

QUYẾT ĐỊNH
Về việc phê duyệt danh mục hồ sơ mẫu

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
QUYẾT ĐỊNH:
Điều 1. Phê duyệt danh mục hồ sơ mẫu kèm theo Quyết định này.
Điều 2. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát, báo cáo kết quả trước ngày 20/12/2026.
Điều 3. Quyết định này có hiệu lực kể từ ngày ký.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Mẫu
"""


def test_a_decision_that_gives_a_task_is_for_a_person_to_decide() -> None:
    refused = read(DECISION)
    assert (refused.kind, refused.reason_code, refused.may_order) == ("not_directive", "law_ordering", True)
    reading = read(DECISION, anyway=True)
    assert [(task.lead, task.deadline.due) for task in reading.tasks if task.deadline.due] == [
        (("Sở Nội vụ",), date(2026, 12, 19))
    ]
    plain = DECISION.replace("Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát", "Danh mục được niêm yết")
    assert not read(plain, anyway=True).may_order
