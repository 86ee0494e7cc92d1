"""Letters read whole: the samples of the product against their gold, and the rules of docs/domain.md one by one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.reading import score
from letters import read
from models.reading import Reading, from_json, to_json, to_schema

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "dondoc" / "data" / "letters"

HEAD = """UBND TỈNH BẮC NINH                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ                                  Độc lập - Tự do - Hạnh phúc
Số: {number}                          Bắc Ninh, {date}
V/v triển khai nhiệm vụ mẫu

Kính gửi:
- Các sở, ban, ngành;
- UBND các xã, phường.

Thực hiện Công văn số 99/UBND-NC ngày 02/11/2026 của UBND tỉnh, Sở Nội vụ đề nghị các cơ quan, đơn vị:

"""
FOOT = """
Nơi nhận:
- Như trên;
- UBND tỉnh (để b/c);
- Lưu: VT.

GIÁM ĐỐC
Ngô Thị Minh Họa
"""


def letter(body: str, number: str = "877/SNV-CCHC", date: str = "ngày 16 tháng 11 năm 2026") -> Reading:
    return read(HEAD.format(number=number, date=date) + body + FOOT)


def test_every_sample_has_its_gold_and_reads_as_it_says(tmp_path: Path) -> None:
    for text in SAMPLES.glob("*.txt"):
        (tmp_path / text.name).write_text(text.read_text(encoding="utf-8"), encoding="utf-8")
        gold = (HERE / "gold" / f"{text.stem}.json").read_text(encoding="utf-8")
        (tmp_path / f"{text.stem}.json").write_text(gold, encoding="utf-8")
    total = score(tmp_path)
    assert total.files >= 8
    assert total.misses == []
    assert total.doubt_rate < 0.1


def test_invented_letters_of_every_kind_of_office_read_as_their_gold_says() -> None:
    total = score(HERE / "gold")
    assert total.files >= 12
    assert total.misses == []
    assert total.silent == 0


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("bai-bao", "not_directive", "article_ordering"),
        ("trich-luat", "not_directive", "law_ordering"),
        ("thu-tieng-anh", "not_directive", "foreign"),
        ("van-ban-mat", "classified", "classified"),
    ],
)
def test_what_is_no_letter_is_refused_with_its_reason_alone(name: str, kind: str, code: str) -> None:
    reading = read((HERE / "data" / f"{name}.txt").read_text(encoding="utf-8"))
    assert reading == Reading(kind=kind, reason_code=code)  # type: ignore[arg-type]
    assert reading.reason("vi")
    assert reading.reason("en")


@pytest.mark.parametrize("text", ["", "   \n\n", "\x00\x01\x02", "12345 67890", "����� " * 50])
def test_a_text_nobody_can_read_is_said_to_be_so(text: str) -> None:
    assert read(text).kind == "unreadable"


def test_the_number_is_the_headings_own_never_that_of_a_base_document() -> None:
    reading = letter("1. UBND các xã, phường rà soát hồ sơ.\n")
    assert reading.number == "877/SNV-CCHC"
    assert [b.number for b in reading.based_on] == ["99/UBND-NC"]


def test_a_blank_number_and_day_are_asked_for_never_invented() -> None:
    reading = letter(
        "1. UBND các xã, phường rà soát hồ sơ.\n", number="     /SNV-CCHC", date="ngày     tháng 01 năm 2026"
    )
    assert (reading.number, reading.date) == ("/SNV-CCHC", "2026-01")
    assert {d.code for d in reading.doubts} >= {"number_blank", "date_partial"}


def test_the_one_who_leads_and_those_who_coordinate() -> None:
    reading = letter(
        "1. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ, Công an tỉnh thẩm định dự toán.\n\n"
        "2. Giao Sở Y tế phối hợp với Sở Xây dựng kiểm tra các cơ sở.\n"
    )
    assert [(t.lead, t.coordinate) for t in reading.tasks] == [
        (("Sở Tài chính",), ("Sở Nội vụ", "Công an tỉnh")),
        (("Sở Y tế",), ("Sở Xây dựng",)),
    ]


def test_one_clause_may_hold_two_tasks() -> None:
    reading = letter(
        "1. Giao Sở Tài chính tham mưu thành lập Tổ công tác; tổng hợp kết quả, định kỳ hàng tháng báo cáo UBND tỉnh.\n"
    )
    assert [(t.clause, t.deadline.rrule) for t in reading.tasks] == [("1#1", None), ("1#2", "FREQ=MONTHLY")]
    assert {t.lead for t in reading.tasks} == {("Sở Tài chính",)}


def test_parts_with_a_time_limit_of_their_own_are_tasks_of_their_own() -> None:
    reading = letter(
        "1. Sở Tài chính:\na) Bố trí kinh phí thực hiện.\nb) Báo cáo UBND tỉnh trước ngày 20/12/2026.\n\n"
        "2. Sở Y tế:\na) Kiểm tra các cơ sở.\nb) Hướng dẫn người dân.\n"
    )
    assert [t.clause for t in reading.tasks] == ["1.a", "1.b", "2"]
    assert reading.tasks[1].report_to == "UBND tỉnh"


def test_consents_courtesies_and_contacts_are_no_tasks() -> None:
    reading = letter(
        "1. Đồng ý với đề nghị của Sở Tài chính.\n\n2. Sở Y tế kiểm tra các cơ sở.\n\n"
        "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về Sở Nội vụ.\n\n"
        "Thông tin xin liên hệ: đ/c Nguyễn Thị Hoa Mai, ĐT: 0900 000 002.\n\n"
        "Yêu cầu các sở, ban, ngành nghiêm túc triển khai thực hiện./.\n"
    )
    assert [t.clause for t in reading.tasks] == ["2"]
    assert reading.contact is not None
    assert (reading.contact.name, reading.contact.phone) == ("Nguyễn Thị Hoa Mai", "+84900000002")


def test_a_deadline_on_the_issue_day_is_a_doubt() -> None:
    reading = letter("1. UBND các xã, phường gửi báo cáo trước ngày 17/11/2026.\n")
    assert str(reading.tasks[0].deadline.due) == "2026-11-16"
    assert "deadline_not_after_issue" in {d.code for d in reading.doubts_of("tasks[0].deadline")}


def test_a_clause_that_names_nobody_is_of_those_addressed() -> None:
    reading = letter("1. Rà soát, báo cáo kết quả thực hiện về Sở Nội vụ trước ngày 20/12/2026.\n")
    assert reading.tasks[0].lead == ("các cơ quan, đơn vị",)


def test_copies_for_information_are_kept_apart() -> None:
    assert letter("1. UBND các xã, phường rà soát hồ sơ.\n").notify == ("UBND tỉnh",)


def test_spans_point_at_the_words_in_the_text_as_it_came() -> None:
    reading = letter("1. UBND các xã, phường gửi báo cáo\n\ntrước   ngày 20/12/2026.\n")
    task = reading.tasks[0]
    start, end = task.span
    assert " ".join(reading.text[start:end].split()) == task.text
    assert task.deadline.span is not None
    start, end = task.deadline.span
    assert " ".join(reading.text[start:end].split()) == task.deadline.phrase == "trước ngày 20/12/2026"
    start, end = reading.spans["number"]
    assert reading.text[start:end] == "877/SNV-CCHC"


def test_a_reading_survives_storage() -> None:
    reading = letter("1. Giao Sở Y tế báo cáo trong thời hạn 10 ngày làm việc kể từ ngày nhận được văn bản này.\n")
    assert from_json(to_json(reading)) == reading
    assert reading.tasks[0].deadline.relative_days == 10
    assert reading.tasks[0].deadline.working_days


def test_the_printed_form_has_the_schemas_keys() -> None:
    printed = to_schema(letter("1. Sở Y tế kiểm tra trước ngày 20/12/2026.\n"), "mau.txt")
    assert json.loads(json.dumps(printed)) == printed
    assert set(printed) == {
        *("file", "kind", "reason", "number", "date", "issuer", "subject", "urgency", "recipients", "based_on"),
        *("contact", "signer", "tasks", "doubts"),
    }
    assert set(printed["tasks"][0]["deadline"]) == {"kind", "due", "time", "rrule", "phrase"}
    assert to_schema(read("MẬT"), "x.txt").keys() == {"file", "kind", "reason"}


def test_a_sheet_of_a_plan_is_one_task() -> None:
    reading = letter(
        "1. Xây dựng cơ sở dữ liệu dùng chung\na) Nhiệm vụ: Rà soát, chuẩn hóa dữ liệu.\nb) Cơ quan thực hiện:\n"
        "- Đơn vị chủ trì: Sở Nội vụ.\n- Đơn vị phối hợp: Sở Y tế, Công an tỉnh.\n"
        "c) Thời gian thực hiện: Hoàn thành trong quý I năm 2027.\n"
    )
    [task] = reading.tasks
    assert (task.clause, task.lead, task.coordinate) == ("1", ("Sở Nội vụ",), ("Sở Y tế", "Công an tỉnh"))
    assert str(task.deadline.due) == "2027-03-31"


def test_digits_of_other_scripts_break_nothing() -> None:
    reading = letter("1. UBND các xã, phường rà soát hồ sơ.\n", date="ngày 1⒐ tháng 1⒐ năm 2026")
    assert reading.date == "2026"
