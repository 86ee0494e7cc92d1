"""Who speaks behind a list of receivers, what the speaker will do itself, partners named in a part of a clause: invented."""

from __future__ import annotations

import pytest

from letters import read
from tests.letters.test_openings import FOOT, HEAD, letter


@pytest.mark.parametrize("asks", ["đề nghị", "yêu cầu", "giao"])
@pytest.mark.parametrize("why", ["Để có cơ sở tổng hợp báo cáo", "Để kịp thời trình"])
def test_the_speaker_behind_a_receiver_is_no_receiver_and_all_it_asks_are_asked(asks: str, why: str) -> None:
    reading = read(
        f"{HEAD}{why} Bộ Nội vụ, UBND tỉnh {asks} Sở Y tế, Sở Tài chính, UBND các xã báo cáo kết quả thực hiện.\n\n"
        f"Báo cáo gửi về Sở Nội vụ trước ngày 10/12/2026.\n\n{FOOT}"
    )
    [task] = reading.tasks
    assert task.lead == ("Sở Y tế", "Sở Tài chính", "UBND các xã")
    assert task.report_to == "Sở Nội vụ"


@pytest.mark.parametrize(
    "told",
    [
        "UBND tỉnh sẽ tổ chức kiểm tra việc thực hiện trong tháng 12/2026.",
        "Công văn này thay thế Công văn số 11/UBND-TH ngày 05/01/2026.",
        "Các đơn vị có thể tham khảo mẫu tại Phụ lục kèm theo.",
    ],
)
def test_a_clause_that_tells_what_will_be_or_may_be_is_no_task(told: str) -> None:
    reading = letter(f"1. Sở Nội vụ rà soát bộ máy.\n\n2. {told}\n\n3. Sở Tài chính bố trí kinh phí.\n")
    assert [task.clause for task in reading.tasks] == ["1", "3"]


def test_partners_named_over_the_dashes_of_a_part_help_with_each() -> None:
    reading = letter(
        "1. Sở Nội vụ:\n\na) Chủ trì, phối hợp với Sở Tài chính, Sở Tư pháp:\n\n- Ban hành quy chế trước ngày 15/12/2026.\n\n"
        "- Ban hành quy định phân cấp trước ngày 20/12/2026.\n\nb) Hướng dẫn các xã kiện toàn tổ chức.\n"
    )
    assert [task.coordinate for task in reading.tasks] == [("Sở Tài chính", "Sở Tư pháp")] * 2 + [()]


def test_one_of_those_named_above_with_a_sentence_of_its_own_is_a_doubt() -> None:
    reading = letter(
        "1. Ủy ban nhân dân các xã:\n\na) Lập các điểm cấp nước. Ủy ban nhân dân các xã Mẫu, Thử phối hợp với quân đội.\n\n"
        "b) Báo cáo trước ngày 15/12/2026.\n"
    )
    assert ("tasks[0]", "split_unsure") in {(d.field, d.code) for d in reading.doubts}
