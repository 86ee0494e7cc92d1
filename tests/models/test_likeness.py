"""Whether two texts say the same: a .docx and the signed scan of it do, a changed day or unit does not."""

import pytest

from models.likeness import say_the_same
from tests.bot.letters import WHOLE

BODY = WHOLE[WHOLE.index("Kính gửi") : WHOLE.index("Nơi nhận")]
AS_PDF = (
    "ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\nSố: 812/UBND-VX\nV/v tăng cường công tác tiêm chủng\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBắc Ninh, ngày 20 tháng 11 năm 2026\n"
    + BODY
    + "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn Mẫu\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
)


def test_the_columns_of_letterhead_and_signature_may_come_in_another_order() -> None:
    moved = AS_PDF.replace("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn Mẫu\nNơi nhận:", "Nơi nhận:\nKT. CHỦ TỊCH")
    moved += "PHÓ CHỦ TỊCH\nNguyễn Văn Mẫu\n"
    assert say_the_same(WHOLE, moved)
    assert say_the_same(moved.replace("Sở Tài chính", "Sở Tài chinh"), WHOLE)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("15/12/2026", "16/12/2026"),
        ("Số: 812", "Số: 813"),
        ("ngày 20 tháng 11", "ngày 21 tháng 11"),
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính", "Sở Nội vụ chủ trì, phối hợp với Sở Nông nghiệp và Môi trường"),
        ("1. Giao Sở Y tế", "1. Giao Sở Y tế khẩn trương phối hợp chặt chẽ với các đơn vị liên quan"),
    ],
)
def test_a_change_is_a_change(said: str, instead: str) -> None:
    assert said in WHOLE
    assert not say_the_same(WHOLE, WHOLE.replace(said, instead))


def test_what_stands_behind_the_signature_keeps_its_order() -> None:
    rows = "".join(f"Xã mẫu {chr(65 + n)} nộp hồ sơ loại {chr(90 - n)} về cơ quan tiếp nhận mẫu\n" for n in range(24))
    assert len(rows) > 900
    assert say_the_same(WHOLE + rows, AS_PDF[: AS_PDF.index("Kính gửi")] + WHOLE[WHOLE.index("Kính gửi") :] + rows)
    swapped = "".join(reversed(rows.splitlines(keepends=True)))
    assert not say_the_same(WHOLE + rows, WHOLE + swapped)


@pytest.mark.parametrize(
    ("unit", "instead"),
    [("Sở Y tế", "Sở Nội vụ"), ("Sở Tài chính", "Sở Tư pháp"), ("Sở Tài chính", "Công an tỉnh"), ("tháng", "quý")],
)
def test_one_other_word_in_a_long_letter_is_a_change(unit: str, instead: str) -> None:
    """A copy that is taken for a duplicate is not loaded: the change would be lost."""
    clauses = "".join(
        f"{n}. Đơn vị mẫu số {n} triển khai nội dung theo kế hoạch chung của tỉnh.\n" for n in range(3, 90)
    )
    long = WHOLE.replace("Yêu cầu các đơn vị", clauses + "Yêu cầu các đơn vị trong tháng")
    at = long.rindex(unit)
    assert not say_the_same(long, long[:at] + instead + long[at + len(unit) :])
    assert say_the_same(long, long.replace("triển khai nội", "triênkhal nôi").replace("chung của", "chung cúa"))
