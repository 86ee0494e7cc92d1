"""Points counted inside a paragraph are clauses of their own where they order. All text is invented."""

from __future__ import annotations

import pytest

from tests.letters.test_reading import letter

ACTS = ("rà soát hồ sơ mẫu", "gửi danh sách mẫu về Sở Nội vụ trước ngày 20/12/2026", "hướng dẫn các trạm mẫu")


@pytest.mark.parametrize(
    ("signs", "labels"),
    [
        (("(a)", "(b)", "(c)"), ["1.a", "1.b", "1.c"]),
        (("a)", "b)", "c)"), ["1.a", "1.b", "1.c"]),
        (("(1)", "(2)", "(3)"), ["1.1", "1.2", "1.3"]),
        (("(i)", "(ii)", "(iii)"), ["1.i", "1.ii", "1.iii"]),
        (("(a)", "(b)", "(d)"), ["1.a", "1.b", "1.d"]),
        (("Một là,", "Hai là,", "Ba là,"), ["1.1", "1.2", "1.3"]),
        (("thứ nhất,", "thứ hai,", "thứ ba,"), ["1.1", "1.2", "1.3"]),
    ],
)
def test_each_point_is_a_task_where_one_has_a_time_limit(signs: tuple[str, ...], labels: list[str]) -> None:
    listed = "; ".join(f"{sign} {act}" for sign, act in zip(signs, ACTS, strict=True))
    reading = letter(f"1. Giao Sở Tài chính: {listed}.\n2. Sở Y tế kiểm tra kho thuốc mẫu.\n")
    assert [task.clause for task in reading.tasks] == [*labels, "2"]
    assert {task.lead for task in reading.tasks[:3]} == {("Sở Tài chính",)}
    assert [task.deadline.kind for task in reading.tasks] == ["none", "date", "none", "none"]


def test_dashes_that_run_on_in_one_line_are_parted() -> None:
    listed = "; ".join(f"- {act[0].upper()}{act[1:]}" for act in ACTS)
    reading = letter(f"1. Giao Sở Tài chính các nhiệm vụ sau: {listed}.\n")
    assert [task.clause for task in reading.tasks] == ["1 -1", "1 -2", "1 -3"]


def test_points_with_actors_of_their_own() -> None:
    reading = letter("1. Giao các đơn vị: (1) Sở Tài chính rà soát hồ sơ mẫu; (2) Sở Y tế kiểm tra kho thuốc mẫu.\n")
    assert [(task.clause, task.lead) for task in reading.tasks] == [("1.1", ("Sở Tài chính",)), ("1.2", ("Sở Y tế",))]


def test_points_below_a_letter_and_in_a_letter_without_clauses() -> None:
    listed = "; ".join(f"({i}) {act}" for i, act in enumerate(ACTS, 1))
    below = letter(f"1. Việc chung:\na) Giao Sở Tài chính: {listed}.\nb) Sở Y tế kiểm tra kho thuốc mẫu.\n")
    assert [task.clause for task in below.tasks] == ["1.a.1", "1.a.2", "1.a.3", "1.b"]
    bare = letter(f"Sở Nội vụ đề nghị Sở Tài chính: {listed}.\n")
    assert [(task.clause, task.lead) for task in bare.tasks] == [(str(i), ("Sở Tài chính",)) for i in (1, 2, 3)]


def test_lists_of_things_and_points_without_a_limit_stay_one_task() -> None:
    things = letter("1. Sở Tài chính gửi hồ sơ mẫu gồm: (1) Tờ trình mẫu; (2) Dự thảo mẫu trước ngày 20/12/2026.\n")
    assert [task.clause for task in things.tasks] == ["1"]
    acts = letter("1. Giao Sở Tài chính: (a) rà soát hồ sơ mẫu; (b) hướng dẫn các trạm mẫu.\n")
    assert [task.clause for task in acts.tasks] == ["1"]
    assert "hướng dẫn các trạm mẫu" in acts.tasks[0].text
