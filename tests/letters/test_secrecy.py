"""Secrecy marks first: nothing of a marked text is kept (docs/domain.md, rule 7)."""

from __future__ import annotations

import unicodedata

import pytest

from letters import is_classified, read
from models.reading import Reading

HEAD = """ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BẮC NINH                        Độc lập - Tự do - Hạnh phúc
{mark}
Số: 12/UBND-NC                  Bắc Ninh, ngày 02 tháng 11 năm 2026

Kính gửi: Công an tỉnh.

Giao Công an tỉnh chủ trì thực hiện, bảo mật thông tin, báo cáo trước ngày 20/11/2026./.
"""

MARKS = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "M Ậ T",
    "T Ố I  M Ậ T",
    "T U Y Ệ T   M Ậ T",
    "[MẬT]",
    "(TỐI MẬT)",
    "| MẬT |",
    "**MẬT**",
    "Độ mật: Mật",
    "ĐỘ MẬT: TỐI MẬT",
    "Mật",
    "MAT",
    "MẬT                    Bản số: 02",
    "Dấu chỉ độ mật: Tuyệt mật",
]

HARMLESS = [
    "V/v bảo mật thông tin",
    "V/v tăng cường bảo vệ bí mật nhà nước",
    "BAN CHỈ ĐẠO BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "V/v quản lý văn bản mật",
    "QUẢN LÝ VĂN BẢN MẬT",
    "Luật Bảo vệ bí mật nhà nước số 29/2018/QH14; bí mật kinh doanh",
    "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT",
    "Độ mật: Thường",
    "ĐÃ GIẢI MẬT",
    "AN TOÀN, BẢO MẬT DỮ LIỆU",
    "mật độ dân số; MẬT ĐỘ XÂY DỰNG",
    "nước mắt, mặt trận; MẶT TRẬN TỔ QUỐC",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_standing_mark_is_refused_and_nothing_is_kept(mark: str) -> None:
    text = HEAD.format(mark=mark)
    assert is_classified(text)
    assert is_classified(unicodedata.normalize("NFD", text))
    assert read(text) == Reading(kind="classified", reason_code="classified")


@pytest.mark.parametrize("words", HARMLESS)
def test_words_about_secrecy_are_no_mark(words: str) -> None:
    text = HEAD.format(mark=words)
    assert not is_classified(text)
    assert read(text).kind == "directive"


def test_a_mark_between_the_columns_of_one_line_is_found() -> None:
    assert is_classified("MẬT   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/UBND-NC")
    assert is_classified("UBND TỈNH BẮC NINH MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def test_a_mark_on_a_later_page_is_found() -> None:
    pages = HEAD.format(mark="") + "\nTrang 2\n" + "Nội dung tiếp theo.\n" * 60 + "TUYỆT MẬT\n" + "Hết.\n"
    assert is_classified(pages)
