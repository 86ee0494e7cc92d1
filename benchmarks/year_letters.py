"""The letters of a simulated year: the same for every run, in the words of the sample letters, with invented people."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from models.periods import PeriodKind, period_of
from models.workdays import default_calendar

ISSUERS = {
    "UBND": ("ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH", "UBND-TH"),
    "SKHCN": ("UBND TỈNH BẮC NINH\nSỞ KHOA HỌC VÀ CÔNG NGHỆ", "SKHCN-CĐS"),
    "SNV": ("UBND TỈNH BẮC NINH\nSỞ NỘI VỤ", "SNV-CCHC"),
    "STC": ("UBND TỈNH BẮC NINH\nSỞ TÀI CHÍNH", "STC-NS"),
}
SUBJECTS = (
    "cải cách hành chính",
    "chuyển đổi số",
    "an toàn thông tin",
    "phòng, chống thiên tai",
    "giải ngân vốn đầu tư",
)
CONTACTS = ("Nguyễn Thị Hoa Mai", "Trần Văn Thử", "Lê Thị Mẫu", "Phạm Văn Ví Dụ", "Hoàng Thị Giả", "Vũ Văn Tưởng")
LOCAL = (
    "UBND các xã, phường rà soát, báo cáo kết quả thực hiện {about} trước ngày {date}.",
    "UBND các xã, phường xây dựng kế hoạch {about} của địa phương, gửi về {to} chậm nhất ngày {date}.",
)
RECURRING = (
    "UBND các xã, phường báo cáo kết quả {about} về {to} trước ngày 25 hàng tháng.",
    "UBND các xã, phường báo cáo kết quả {about} về {to} trước ngày 15 của tháng cuối quý.",
)
SINGLE = (
    "{a} chủ trì, phối hợp với {b} tham mưu UBND tỉnh về {about}; hoàn thành chậm nhất ngày {date}.",
    "{a} tổng hợp, báo cáo kết quả {about} trước ngày {date}.",
    "{a} thường xuyên theo dõi, đôn đốc việc thực hiện {about} theo quy định.",
)
DEPARTMENTS = ("Sở Tài chính", "Sở Nội vụ", "Sở Y tế", "Sở Xây dựng", "Sở Công Thương", "Sở Tư pháp", "Thanh tra tỉnh")


@dataclass(frozen=True, slots=True)
class Letter:
    """A text and the day it is loaded."""

    day: date
    text: str


def letters(start: date, days: int, count: int, seed: int = 1) -> list[Letter]:
    """`count` letters on the working days of the year."""
    chance = random.Random(seed)
    calendar = default_calendar()
    working = [day for n in range(days) if calendar.is_working(day := start + timedelta(days=n))]
    chosen = sorted(chance.choice(working) for _ in range(count))
    return [Letter(day, _text(chance, day, number)) for number, day in enumerate(chosen, 1)]


def _text(chance: random.Random, day: date, number: int) -> str:
    heading, sign = chance.choice(list(ISSUERS.values()))
    others = [name for name in DEPARTMENTS if name.upper() not in heading]
    about = f"{chance.choice(SUBJECTS)} đợt {number}"
    clauses = [_clause(chance, chance.choice(SINGLE), day, about, others) for _ in range(chance.randint(1, 3))]
    kind = chance.random()
    if kind < 0.30:
        clauses.append(_clause(chance, chance.choice(LOCAL), day, about, others))
    elif kind < 0.32:
        clauses.append(_clause(chance, chance.choice(RECURRING), day, about, others))
    mark = "\nHỎA TỐC" if chance.random() < 0.03 else ""
    who = chance.randrange(len(CONTACTS))
    numbered = "\n\n".join(f"{n}. {clause}" for n, clause in enumerate(clauses, 1))
    return f"""{heading}

Số: {number}/{sign}{mark}
V/v {about}

Bắc Ninh, ngày {day.day:02} tháng {day.month:02} năm {day.year}

Kính gửi:
- Các sở, ban, ngành;
- UBND các xã, phường.

Để triển khai {about}, đề nghị các cơ quan, đơn vị, địa phương thực hiện một số nội dung sau:

{numbered}

Thông tin xin liên hệ: đ/c {CONTACTS[who]}, ĐT: 0900 000 1{who:02}.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC


Nguyễn Văn Ký
"""


def _clause(chance: random.Random, form: str, day: date, about: str, departments: list[str]) -> str:
    """A letter binds others than its issuer: what an office says of itself alone is no order."""
    a, b = chance.sample(departments, 2)
    due = day + timedelta(days=chance.randint(10, 60))
    return form.format(a=a, b=b, about=about, to="Sở Nội vụ", date=f"{due:%d/%m/%Y}")


def month_of(day: date) -> str:
    """Label of the report month a day lies in."""
    return period_of(day, PeriodKind.MONTH).label
