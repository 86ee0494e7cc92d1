"""Shapes of tasks for which little speaks: they are read, and the admin is asked to look. All text is invented."""

from __future__ import annotations

from models.reading import Reading
from tests.letters.test_reading import letter


def codes(reading: Reading) -> dict[str, set[str]]:
    """The doubts of each task's lead and of the task itself, by its clause."""
    return {
        t.clause: {d.code for d in reading.doubts if d.field in (f"tasks[{i}]", f"tasks[{i}].lead")}
        for i, t in enumerate(reading.tasks)
    }


def test_a_clause_that_names_nobody_and_begins_as_no_order_does() -> None:
    reading = letter(
        "1. Sở Y tế:\na) Kinh phí mẫu do các đơn vị tự cân đối, gửi về Sở Tài chính trước ngày 20/12/2026.\n"
        "b) Rà soát kho thuốc mẫu, báo cáo trước ngày 22/12/2026.\n"
    )
    assert "lead_unsure" in codes(reading)["1.a"]
    assert codes(reading)["1.b"] == set()


def test_a_paragraph_without_a_number_that_only_tells_who_does_what() -> None:
    told = letter(
        "Để chuẩn bị lễ hội mẫu, Sở Y tế kiểm tra kho thuốc của các trạm.\nSở Tài chính rà soát hồ sơ trước ngày 20/12/2026.\n"
    )
    assert codes(told) == {"p1": {"order_unsure"}, "p2": set()}


def test_a_part_of_a_sentence_without_a_time_limit_of_its_own() -> None:
    reading = letter(
        "1. Sở Y tế kiểm tra kho thuốc mẫu trước ngày 20/12/2026; Sở Tài chính rà soát biên chế mẫu của các trạm.\n"
    )
    assert codes(reading) == {"1#1": set(), "1#2": {"split_unsure"}}
