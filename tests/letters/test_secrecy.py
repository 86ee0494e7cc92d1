"""Secrecy marks first: nothing of a marked text is kept (docs/domain.md, rule 7)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from letters import is_classified, read
from letters.formats.plain import clean
from models.reading import Reading
from tests.letters.formats.legacy import to_tcvn3, to_vni

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
    *("M  Ậ  T", "M-Ậ-T", "M.Ậ.T", "M@T", "MẶT", "MÃT", "M/\\T", "IVIẬT", "M ẬT", "MẬ T", "ＭẬＴ", "ТỐI МẬТ", "ΜẬΤ"),
    *("TOI MAT", "T0I MAT", "TỐIMẬT", "TUYỆT-MẬT", "TUYỆTMẬT", "_MẬT_", "★ MẬT ★", "MẬT (B)", "MẬT - HỎA TỐC"),
    *(
        "M\tẬ\tT",
        "UBND XÃ MẪU\tM\tẬ\tT",
        "M\tẬ\tT\tBản số: 01",
        "T\tỐ\tI\t\tM\tẬ\tT",
        "M      Ậ      T      Số: 3",
        "M\nẬ\nT",
    ),
    *("Bản số 01 - MẬT", "HỎA TỐC  MẬT", "M\u200bẬ\u200bT", "Độ mật: A", "Mức độ mật: Tối mật"),
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
    *("B\tẢ\tO\tM\tẬ\tT", "B Ả O   M Ậ T   T H Ô N G   T I N", "BẢO\tMẬT", "STT\tM\tA\tT\tGhi chú", "M Ậ T   K H Ẩ U"),
    *("mật ong", "MẬT ONG RỪNG", "ĐỔI MẬT KHẨU", "mật khẩu", "MẶT BẰNG", "GIẢI PHÓNG MẶT BẰNG", "CÓ MẶT", "BỀ MẶT"),
    *(
        "BỆNH VIỆN MẮT",
        "MẮT",
        "TIỀN MẶT",
        "GẶP MẶT",
        "RA MẮT",
        "thân mật, gặp mặt",
        "văn bản mật đi, đến",
        "thông tin mật",
    ),
    *("tài liệu tối mật phải lưu riêng", "không soạn thảo văn bản mật trên máy nối mạng", "xác định độ mật", "túi mật"),
    *(
        "độ mật của văn bản do người ký quyết định",
        "Danh mục bí mật nhà nước độ Tuyệt mật, Tối mật",
        "Ông Nguyễn Văn Mật",
    ),
    *(
        "phường Mật Sơn",
        "MẬT THIẾT",
        "MÃ SỐ MẶT HÀNG",
        "CHẤT LƯỢNG NƯỚC MẶT",
        "Chủ tịch Mặt trận",
        "BAN CƠ YẾU, BẢO MẬT",
    ),
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


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_in_the_head_of_a_later_page_is_found(mark: str) -> None:
    assert is_classified(HEAD.format(mark="") + "Nội dung tiếp theo.\n" * 60 + f"\n2\n\n{mark}\nNội dung.\n" * 2)


def test_a_mark_on_a_later_page_is_found() -> None:
    pages = HEAD.format(mark="") + "\nTrang 2\n" + "Nội dung tiếp theo.\n" * 60 + "TUYỆT MẬT\n" + "Hết.\n"
    assert is_classified(pages)


@pytest.mark.parametrize("mark", ["M  Ậ  T", "T  Ố  I   M  Ậ  T", "T  U  Y  Ệ  T    M  Ậ  T", "M   Ậ   T"])
@pytest.mark.parametrize("spelled", [str, to_tcvn3, to_vni])
def test_letters_set_wide_apart_are_a_mark_in_any_font_and_column(mark: str, spelled: Callable[[str], str]) -> None:
    beside = HEAD.format(mark="").replace("CỘNG HÒA", f"{mark}   CỘNG HÒA", 1)
    for text in (HEAD.format(mark=mark), beside):
        assert is_classified(clean(spelled(text)))
    assert not is_classified(clean(spelled(HEAD.format(mark="M  Ấ  T   T  Ấ  M"))))
