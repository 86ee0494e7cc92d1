"""Names of the gazetteer: where they end, however a letter writes them, and what it costs to know them."""

from __future__ import annotations

import pytest

from letters import read
from letters.text.gazetteer import Gazetteer, known, listed
from letters.text.lines import repair
from models.reading import ReadTask

HEAD = """ỦY BAN NHÂN DÂN
TỈNH MẪU

Số: 77/UBND-TH

Mẫu, ngày 12 tháng 5 năm 2026

Kính gửi: Các sở, ban, ngành tỉnh.

Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị thực hiện:

1. """
FOOT = """

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Ngô Văn Mẫu
"""


def task(sentence: str) -> ReadTask:
    return read(HEAD + sentence + FOOT).tasks[0]


def doubted(sentence: str) -> set[str]:
    return {doubt.field for doubt in read(HEAD + sentence + FOOT).doubts}


@pytest.mark.parametrize(
    "sentence",
    [
        "Quỹ Hỗ trợ phụ nữ phát triển | rà soát các khoản vay quá hạn.",
        "Phòng Quản lý thu | chủ trì đối chiếu số phải thu.",
        "Trung tâm Dịch vụ việc làm | tổ chức phiên giao dịch tại các xã.",
        "Trung tâm Kiểm soát bệnh tật tỉnh | giám sát ca bệnh.",
        "Vụ Kiểm soát chi | thường xuyên theo dõi tiến độ giải ngân.",
        "Ban Công nghệ, chuyển đổi số và tự động hóa | nâng cấp hệ thống hóa đơn.",
        "Trung tâm Dịch vụ tổng hợp phường | thu gom rác tại các chợ.",
        "Ban Quản lý các khu công nghiệp và khu kinh tế tỉnh | rà soát các doanh nghiệp.",
        "Báo và Phát thanh, Truyền hình Cà Mau | thông tin kịp thời về mưa lũ.",
        "Cục Việc làm | làm đầu mối tổng hợp.",
        "Phòng Kinh tế, Hạ tầng và Đô thị | cắm biển tại các điểm ngập.",
        "Phòng Kinh tế - Hạ tầng - Đô thị | cắm biển tại các điểm ngập.",
        "Ban Điều hành Quỹ Hỗ trợ nông dân tỉnh | giải ngân theo tiến độ.",
        "Chi cục Thuế khu vực XV | đối chiếu số nộp.",
        "Xí nghiệp Thủy nông | mở cống lấy nước.",
    ],
)
def test_a_known_name_ends_where_it_does(sentence: str) -> None:
    name, order = sentence.split(" | ")
    assert task(f"{name} {order}").lead == (name,)


def test_known_names_of_a_list_keep_their_ends() -> None:
    found = task(
        "Phòng Tổ chức - Hành chính chủ trì, phối hợp với Trung tâm Kiểm soát bệnh tật, Quỹ Đầu tư phát triển tỉnh, "
        "Phòng Văn hóa - Xã hội và UBND các xã tổng hợp số liệu, gửi về Vụ Tổ chức cán bộ trước ngày 20/6/2026."
    )
    assert found.coordinate == (
        "Trung tâm Kiểm soát bệnh tật",
        "Quỹ Đầu tư phát triển tỉnh",
        "Phòng Văn hóa - Xã hội",
        "UBND các xã",
    )
    assert found.report_to == "Vụ Tổ chức cán bộ"


def match(text: str) -> str:
    tokens = repair(text).tokens
    end = known().match(tokens, 0)[0]
    return text[: tokens[end - 1].end] if end else ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Phòng Kế hoạch-Tài chính lập dự toán", "Phòng Kế hoạch-Tài chính"),
        ("Phòng Kế hoạch và Tài chính lập dự toán", "Phòng Kế hoạch và Tài chính"),
        ("Sở Nông nghiệp và Mỗi trường báo cáo", "Sở Nông nghiệp và Mỗi trường"),
        ("Trung tâm Kiêm soát bênh tật báo cáo", "Trung tâm Kiêm soát bênh tật"),
        ("Phòng Nội vụ, Tư pháp", "Phòng Nội vụ"),
        ("Vụ Kiểm soát chỉ đạo các đơn vị", ""),
        ("Phòng Nội vụ: Tư pháp", "Phòng Nội vụ"),
    ],
)
def test_a_name_is_known_however_it_is_parted_or_worn(text: str, name: str) -> None:
    assert match(text) == name


def test_the_longest_name_wins_and_an_open_one_is_not_whole() -> None:
    names = Gazetteer(["Phòng Quản lý thu", "Phòng Quản lý thu - Sổ, Thẻ", "Trường Đại học …"])
    tokens = repair("Phòng Quản lý thu - sổ, thẻ rà soát").tokens
    assert names.match(tokens, 0) == (8, True)
    assert names.match(tokens, 1) == (1, False)
    assert names.match(repair("Trường Đại học Mẫu").tokens, 0) == (3, False)


def test_a_line_holds_names_or_nouns_with_their_fields() -> None:
    text = "# Ghi chú\n\nĐài Mẫu | Báo Mẫu\nVụ, Phòng: Kế hoạch | Pháp chế\n"
    assert list(listed(text)) == [
        *("Đài Mẫu", "Báo Mẫu", "Vụ Kế hoạch", "Vụ Pháp chế", "Phòng Kế hoạch", "Phòng Pháp chế"),
    ]


def test_an_order_behind_a_bare_noun_is_no_name() -> None:
    assert task("Phòng tổ chức hành chính công khai kết quả trước ngày 20/6/2026.").lead != ("Phòng",)
    assert task("Sở Y tế kiểm tra các trạm y tế xã.").lead == ("Sở Y tế",)


def test_some_thousands_of_names_are_known_and_all_begin_as_they_should() -> None:
    assert known().size > 2500


@pytest.mark.parametrize(
    "sentence",
    [
        "Phòng Quản lý thu phí đường bộ kiểm tra các trạm.",
        "Trung tâm Hòa nhập phát triển cộng đồng rà soát các hộ khó khăn.",
        "Ban Điều hành phát triển xanh tổng hợp kết quả.",
    ],
)
def test_an_end_that_is_only_guessed_is_a_doubt(sentence: str) -> None:
    assert "tasks[0].lead" in doubted(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ban Công nghệ, chuyển đổi số và tự động hóa nâng cấp hệ thống hóa đơn.",
        "Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng và công nghiệp tỉnh lập tiến độ thi công.",
        "Phòng Vật tư, thiết bị y tế trang bị máy tính bảng.",
    ],
)
def test_a_long_name_that_is_known_is_no_doubt(sentence: str) -> None:
    assert "tasks[0].lead" not in doubted(sentence)


ALONE = {
    "addressee": ("Kính gửi: Trung tâm Hòa nhập phát triển cộng đồng.", "", ""),
    "copy": ("Kính gửi: Các sở, ban, ngành tỉnh.", "", "- Trung tâm Hòa nhập phát triển cộng đồng tỉnh Mẫu;\n"),
    "heading": (
        "Kính gửi: Các sở, ban, ngành tỉnh.",
        "2. Trung tâm Bảo tồn vốn cổ:\n\n- Kiểm đếm hiện vật.\n- Bảo tồn vốn cổ.",
        "",
    ),
    "letters": (
        "Kính gửi: Các sở, ban, ngành tỉnh.",
        "2. Sở Y tế mời Trung tâm Hòa nhập phát triển cộng đồng (TTHNPTCĐ) dự họp.",
        "",
    ),
}


@pytest.mark.parametrize("where", ALONE)
def test_a_name_that_stands_alone_elsewhere_ends_there_too(where: str) -> None:
    addressed, clause, copy = ALONE[where]
    name = "Trung tâm Bảo tồn vốn cổ" if where == "heading" else "Trung tâm Hòa nhập phát triển cộng đồng"
    head = HEAD.replace("Kính gửi: Các sở, ban, ngành tỉnh.", addressed)
    letter = f"{head}{name} khảo nghiệm cách làm mới.\n\n{clause}{FOOT.replace('- Lưu', copy + '- Lưu')}"
    assert read(letter).tasks[0].lead == (name,)


def test_a_body_through_which_nothing_is_sent_receives_nothing() -> None:
    found = task("Sở Nội vụ giám sát việc thi hành công vụ (thông qua Ban Thanh tra nhân dân).")
    assert found.report_to is None
