"""Where a name ends and its order begins: words that name in one place and order in another, or only meet by chance."""

from __future__ import annotations

import pytest

from letters.bodies.actors import lead
from letters.text.lines import repair

MEETING = [
    # last word of a name and first of an order that together look like a third
    ("UBND tỉnh Nghệ An", "tăng cường kiểm tra"),
    ("Trường THCS Tân An", "tăng cường quản lý học sinh"),
    ("Trường THPT Nguyễn Du", "bảo đảm an ninh"),
    ("Ủy ban nhân dân phường Đông Kinh", "đề xuất phương án"),
    ("Chi cục Dân số - Kế hoạch hóa gia đình", "hướng dẫn các đơn vị"),
    ("Chi cục Dân số - Kế hoạch hóa gia đình", "cử cán bộ tham gia"),
    ("Đội Quản lý trật tự đô thị", "tuyên truyền nội dung Kế hoạch"),
    ("Đội Quản lý trật tự đô thị", "công bố danh mục"),
    ("Phòng Khoáng sản", "lập danh sách các điểm mỏ"),
    ("Cục Thủy lợi và Phòng, chống thiên tai", "có trách nhiệm theo dõi"),
    ("Trung tâm Phục vụ hành chính công", "bố trí kinh phí"),
    ("Trung tâm Phục vụ hành chính công", "lập danh sách"),
    ("Phòng Tiếp công dân", "vận hành hệ thống ổn định"),
    ("Trung tâm Văn hóa, Thể thao và Truyền thanh", "lập kế hoạch"),
    ("Tòa án nhân dân khu vực 3", "bố trí phòng họp"),
]
NAMED = [
    ("Cục Việc làm", "xây dựng mẫu báo cáo"),
    ("Trung tâm Dịch vụ việc làm tỉnh", "kiện toàn mạng lưới"),
    ("Trung tâm Dịch vụ tổng hợp phường", "phối hợp với Sở Nội vụ rà soát"),
    ("Trung tâm Xúc tiến đầu tư, thương mại và du lịch", "tổ chức hội nghị"),
    ("Phòng Lao động, Việc làm và Giáo dục nghề nghiệp", "rà soát hồ sơ"),
    ("Phòng Quản lý chất lượng giáo dục", "tổng hợp kết quả"),
    ("Phòng Cảnh sát quản lý hành chính về trật tự xã hội", "chủ trì kiểm tra"),
    ("Trung tâm Giám sát, điều hành đô thị thông minh", "kết nối dữ liệu"),
    ("Phòng Người có công", "hoàn thiện hồ sơ"),
    ("Cục Đổi mới sáng tạo", "tham mưu ban hành Kế hoạch"),
    ("Vụ Các định chế tài chính", "nghiên cứu, đề xuất"),
    ("Vụ Pháp chế", "thẩm định dự thảo"),
    ("Tổ Công nghệ số cộng đồng", "hỗ trợ người dân"),
]
WHOLE = [
    ("Thống kê tỉnh", "tổ chức hội nghị tập huấn"),
    ("Ban Thường vụ Tỉnh đoàn", "tổ chức hội nghị tập huấn"),
    ("Chánh Văn phòng", "tổ chức hội nghị tập huấn"),
    ("Các cơ sở giáo dục", "thường xuyên cập nhật dữ liệu"),
]
TELLING = [
    ("Báo và Phát thanh, Truyền hình Nam Hải", "thông tin kịp thời kết quả"),
    ("Trung tâm Công nghệ thông tin", "thông tin cho các đơn vị về lịch bảo trì"),
    ("Đài Khí tượng Thủy văn tỉnh", "thông báo cấp dự báo cháy rừng trên các phương tiện thông tin"),
    ("Công ty Điện lực Nam Hải", "thông báo lịch ngừng cấp điện"),
    ("Sở Y tế", "ban hành văn bản hướng dẫn các cơ sở khám bệnh"),
]


@pytest.mark.parametrize(("name", "order"), MEETING + NAMED + WHOLE + TELLING)
@pytest.mark.parametrize("opening", ["", "Giao "])
def test_the_name_ends_where_its_order_begins(opening: str, name: str, order: str) -> None:
    text = repair(f"{opening}{name} {order}.")
    assert lead(text, 0, len(text.s)).texts == (name,)


@pytest.mark.parametrize(
    "words",
    [
        "Sở Y tế thông báo để các cơ quan, đơn vị biết, thực hiện.",
        "Sở Y tế thông báo kết luận cuộc họp như sau.",
        "Sở Y tế ban hành Công văn số 12/SYT-NV về việc phòng bệnh.",
    ],
)
def test_what_only_announces_orders_nobody(words: str) -> None:
    text = repair(words)
    assert not lead(text, 0, len(text.s)).how


def test_a_scan_s_slip_in_the_marks_of_a_word_ends_a_name_all_the_same() -> None:
    text = repair("Phòng Giáo dục và Đảo tạo thành lập đoàn kiểm tra.")
    assert lead(text, 0, len(text.s)).texts == ("Phòng Giáo dục và Đảo tạo",)
