"""Who leads, who coordinates, who receives the report: one invented sentence each, in the grammar of official Vietnamese."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters import read
from letters.text.compare import fold

HEAD = """UBND TỈNH MẪU                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ                                  Độc lập - Tự do - Hạnh phúc
Số: 877/SNV-CCHC                          Mẫu, ngày 16 tháng 11 năm 2026
V/v triển khai nhiệm vụ mẫu

Kính gửi:
- Các sở, ban, ngành;
- UBND các xã, phường.

Thực hiện Công văn số 99/UBND-NC ngày 02/11/2026 của UBND tỉnh, Sở Nội vụ đề nghị các cơ quan, đơn vị thực hiện:

1. """
FOOT = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\nNgô Thị Minh Họa\n"
SENTENCES = [
    tuple(part.strip() for part in line.split("‖"))
    for line in (Path(__file__).parent / "data" / "actors.txt").read_text(encoding="utf-8").splitlines()
]
"""Sentence; leads; coordinators; receiver of the report, each list parted by bars."""


@pytest.mark.parametrize(("sentence", "leads", "helpers", "report_to"), SENTENCES)
def test_a_sentence_names_its_actors(sentence: str, leads: str, helpers: str, report_to: str) -> None:
    task = read(HEAD + sentence + FOOT).tasks[0]
    assert [fold(n) for n in task.lead] == [fold(n) for n in leads.split(" | ")]
    assert [fold(n) for n in task.coordinate] == [fold(n) for n in helpers.split(" | ") if n]
    assert fold(report_to) in {fold(task.report_to or ""), fold(task.report_via or "")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Thời gian gần đây tình hình vi phạm có chiều hướng gia tăng.",
        "Sở Nội vụ sẽ tổ chức kiểm tra đột xuất việc chấp hành tại các đơn vị.",
        "Kinh phí thực hiện từ nguồn ngân sách nhà nước.",
    ],
)
def test_what_only_tells_is_no_task(sentence: str) -> None:
    reading = read(HEAD + sentence + "\n\n2. Sở Y tế kiểm tra các cơ sở." + FOOT)
    assert [task.clause for task in reading.tasks] == ["2"]


def test_an_actor_unheard_of_is_named_with_a_doubt() -> None:
    reading = read(HEAD + "Cố vấn học tập tư vấn, duyệt kết quả đăng ký của sinh viên." + FOOT)
    assert reading.tasks[0].lead == ("Cố vấn học tập",)
    assert {d.code for d in reading.doubts_of("tasks[0].lead")} == {"lead_unsure"}
