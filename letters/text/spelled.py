"""How words of two syllables are spelled whose flat forms also arise by chance where a name ends and an order begins:
"Nghệ An tăng cường" holds no "an táng", "Chi cục Kế hoạch hóa gia đình hướng dẫn" no "định hướng".
"""

from __future__ import annotations

from collections.abc import Sequence

from letters.text import words
from letters.text.compare import flat, tone, worn
from letters.text.views import Token

_PAIRS = """
an bài | ấn định | an táng | áp dụng | bắc cầu | bãi bỏ | bài trí | bàn bạc | bàn giao | ban hành | bảo đảm | báo danh |
bao gồm | báo kịp | bảo lưu | báo ngay | bảo quản | bảo tồn | bảo trợ | bao vây | bảo vệ | biên soạn | biên tập | bình bầu |
bình chọn | bình ổn | bình xét | bố trí | bổ túc | cải cách | cải chính | cài đặt | cải tạo | cải tiến | cấp cứu | cấp đổi |
cấp đủ | cấp mới | cập nhập | cập nhật | cấp phát | cấp tài | che chắn | che phủ | chỉ đạo | chỉ định | chỉ huy | chi thưởng |
chi tiền | chi trả | chỉnh đốn | chỉnh sửa | chỉnh trang | chính trị | chính xác | chữa trị | cho đến | cơ cấu | có báo |
có biện | cố định | có giải | có kế | cô lập | có văn | công bố | công khai | công lập | công nhận | công tâm | công trình |
công tư | cử cán | cứu chữa | cứu đói | cứu trợ | đã được | đặc biệt | đàn áp | dẫn dắt | dân lập | dán nhãn | dân vận |
đăng bài | đăng ký | đăng tải | đào đắp | đào tạo | dập lửa | dập tắt | đặt hàng | đạt mức | điểm danh | điểm nhanh |
diễn biến | diễn tập | đình chỉ | định cư | định giá | định hướng | định kỳ | đối chiếu | đổi mới | đối soát | đồng bộ |
đóng góp | đột xuất | dự báo | dự họp | dự kiến | đưa đón | đưa nội | gia cố | gia hạn | giảng dạy | giao thông | giới hạn |
hành quân | hiệu chỉnh | hỗ trợ | hồi đáp | hỏi đáp | hợp nhất | hướng dẫn | hướng đến | hướng tới | hưởng ứng | kê khai |
khắc phục | khoán chi | khởi công | khởi động | khởi kiện | khôi phục | khởi tố | khởi xướng | khống chế | khử trùng |
kính đề | làm chủ | làm cơ | làm đầu | làm thủ | lắng nghe | lập biên | lập danh | lắp đặt | lập dự | lập hồ | lập kế |
lập thủ | lập tiến | lập tức | nắm bắt | nâng cấp | nâng mức | nâng tầm | nghe báo | noi gương | nói không | phản bác |
phản biện | phân bổ | phân cấp | phân chia | phân công | phấn đấu | phân định | phản hồi | phân kỳ | phân làn | phân loại |
phân phối | phân quyền | phân tích | phân tuyến | phê bình | phê chuẩn | phê duyệt | phê phán | phổ biến | phong tỏa |
phòng tránh | quá trình | quan tâm | quản trị | quán triệt | quy định | quy đổi | quy tập | quy trình | san lấp | sẵn sàng |
sao lưu | sơ duyệt | sơ kết | sơ tán | sử dụng | tái cơ | tái định | tài sản | tài trợ | tạm dừng | tăng cường | tạo điều |
tạo lập | thành lập | thanh tra | tháo dỡ | tháo gỡ | thảo luận | theo dõi | thi công | thí điểm | thi đua | thi hành |
thi tuyển | thiết lập | thông báo | thống kê | thống nhất | thủ đô | thu gom | thu hồi | thu mua | thu ngân | thử nghiệm |
thu nhận | thu nhập | thu nộp | thu thập | thu xếp | thương thảo | thường trực | tiễn đưa | tiến hành | tiên phong |
tiến trình | tra cứu | trả nợ | tra soát | trấn áp | trân trọng | trang trí | trên cơ | tri ân | trì hoãn | triển khai |
trình bày | trình chiếu | trình diễn | trình dự | trực ban | trực tiếp | tự bảo | tự chịu | tự chủ | tự đánh | tự kiểm |
tư nhân | tự quản | tự rà | tự sửa | tư thục | tự tổ | tự túc | tư vấn | tự xây | tuyên bố | tuyển chọn | tuyển dụng |
tuyên giáo | tuyên truyền | ủy quyền | vận chuyển | vận động | vận hành | vận tải | cấp chứng | cấp kinh | cấp mã
"""
"""Accented pairs between bars; two lines of one flat form are both right."""


def _spellings() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for phrase in _PAIRS.split("|"):
        first, second = tone(phrase).split()
        found.setdefault(flat(f"{first} {second}"), []).append((first, second))
    return found


SPELLED = _spellings()
"""Flat pair → how it may be spelled."""
_LONE = frozenset(tone(word) for word in words.ENDS_1)


def meet(tokens: Sequence[Token], i: int) -> bool:
    """Whether the two words at i, a flat pair of `SPELLED`, only meet: spelled otherwise, and an order begins with the
    second. A scan's slips in the marks of a word that nothing else speaks against do not count."""
    first, second = tokens[i], tokens[i + 1]
    spelled = SPELLED[f"{first.f} {second.f}"]
    if any(first.n in worn(a) and second.n in worn(b) for a, b in spelled):
        return False
    if i + 2 < len(tokens) and f"{second.f} {tokens[i + 2].f}" in words.ENDS_2:
        return True
    return second.n in _LONE and not any(second.n in worn(b) for _, b in spelled)  # no scan's "Đảo tạo"
