"""Orders in the words offices use (orders.txt): who leads, who helps, by when. Letters, places and names are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters import read
from letters.text.compare import fold
from models.reading import ReadTask

HEAD = """ỦY BAN NHÂN DÂN
TỈNH MẪU SƠN
Số: 215/UBND-TH
V/v triển khai một số nhiệm vụ trọng tâm
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mẫu Sơn, ngày 10 tháng 3 năm 2026

Kính gửi:
- Các sở, ban, ngành tỉnh;
- UBND các xã, phường.

Thực hiện Nghị quyết số 11/NQ-CP ngày 05/3/2026 của Chính phủ, UBND tỉnh có ý kiến như sau:
"""
LAST = "2. Giao Sở Nội vụ theo dõi, đôn đốc việc thực hiện văn bản này."
FOOT = """
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn Mẫu
"""
ORDERS = Path(__file__).with_name("orders.txt").read_text(encoding="utf-8").strip().split("\n\n")


def first(clause: str) -> ReadTask:
    """The one task of clause 1 of a letter whose clause 2 is another's."""
    tasks = [t for t in read(f"{HEAD}1. {clause}\n{LAST}{FOOT}").tasks if not t.clause.startswith("2")]
    assert len(tasks) == 1
    return tasks[0]


def limit(task: ReadTask) -> str:
    """A day with its hour, a rule, the days counted, or "-"."""
    found = task.deadline
    short = {"date": str(found.due), "recurring": found.rrule, "relative": f"relative {found.relative_days}"}
    return " ".join(filter(None, (short.get(found.kind, "-"), found.time)))


def names(listed: str) -> set[str]:
    return {fold(name) for name in listed.split("; ") if name.strip()}


@pytest.mark.parametrize("order", ORDERS, ids=[order.split(maxsplit=6)[0] for order in ORDERS])
def test_order_is_understood(order: str) -> None:
    clause, expected = order.split("\n=> ")
    leads, helpers, day = (part.strip() for part in expected.split("|"))
    task = first(clause)
    assert {fold(name) for name in task.lead} == names(leads)
    assert {fold(name) for name in task.coordinate} == names(helpers)
    assert limit(task) == day
