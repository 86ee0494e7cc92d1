"""Where a body's name ends and its order begins, in offices, schools, rescue and sites; who only tells. Invented letters."""

from __future__ import annotations

import pytest

from letters import read
from models.reading import Reading

HEAD = """ỦY BAN NHÂN DÂN
TỈNH MẪU SƠN
Số: 215/UBND-TH
V/v triển khai một số nhiệm vụ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mẫu Sơn, ngày 10 tháng 3 năm 2026

Kính gửi:
- Các sở, ban, ngành tỉnh;
- UBND các xã, phường.

"""
OPENS = "Thực hiện Nghị quyết số 11/NQ-CP ngày 05/3/2026 của Chính phủ, UBND tỉnh yêu cầu:\n"
FOOT = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNgô Văn Mẫu\n"


def letter(body: str) -> Reading:
    return read(HEAD + body + FOOT)


def leads(reading: Reading) -> list[tuple[str, ...]]:
    return [task.lead for task in reading.tasks]


BEGINNINGS = """
Các doanh nghiệp xây lắp | lồng ghép nội dung an toàn vào hợp đồng thi công.
Báo và Phát thanh, Truyền hình Hoa Lư | dành thời lượng phản ánh các cách làm hay.
Các tổ chức thành viên | kết hợp tuyên truyền với giúp đỡ hộ nghèo.
Các chủ hồ chứa | tích nước sớm, chấm dứt việc xả nước tùy tiện.
Công an các xã, phường | túc trực tại các ngầm, tràn.
Lực lượng xung kích | chằng chống nhà cửa cho hộ già yếu.
Các chủ tàu cá | neo đậu tại nơi tránh trú.
Các trường trung học phổ thông | ôn luyện cho học sinh lớp 12.
Trường THPT Lê Văn Mẫu | ôn tập cho học sinh lớp 12.
Bưu điện tỉnh Hòa Lạc | nhận trả hồ sơ tại nhà.
Công ty Cổ phần Môi trường và Công trình đô thị Hòa Lạc | phun nước rửa đường mỗi đêm.
Ngân hàng Chính sách Hòa Lạc | phát vốn vay cho các hộ ở vùng bãi ngang.
Trung tâm Y tế dự phòng tỉnh | truy vết các trường hợp tiếp xúc gần.
Các nhà thầu | tháo dỡ lán trại ngoài hành lang an toàn.
Các ban quản lý chợ | niêm phong quầy hàng vi phạm.
Ủy ban bầu cử các xã, phường | trưng bày tiểu sử người ứng cử.
Thủ trưởng các cơ quan, đơn vị | quán triệt nội dung này.
Công an cấp xã | cấp căn cước cho học sinh.
Phòng Công tác sinh viên | thống kê số liệu.
Các doanh nghiệp viễn thông | bảo đảm đường truyền.
Các cơ sở kinh doanh dịch vụ lưu trú | khai báo tạm trú.
Các hộ kinh doanh trong chợ | ký cam kết.
Tiểu ban Hậu cần | lo nơi ăn nghỉ.
Hội đồng Phổ biến, giáo dục pháp luật tỉnh | ban hành hướng dẫn.
Quỹ Đầu tư phát triển tỉnh | thẩm định hồ sơ vay.
Khối thi đua các sở, ngành | bình xét cuối năm.
Các hợp tác xã nông nghiệp | nạo vét kênh.
Các trường học | trực 24/24 giờ.
Cơ quan thường trực Ban Chỉ đạo tỉnh | họp giao ban.
Ngân hàng Nông nghiệp và Phát triển nông thôn chi nhánh tỉnh | cho vay.
Ban Quản lý dự án | chỉ đạo nhà thầu tăng ca.
Phòng Tài chính kế toán | tổng hợp số liệu.
Các chủ đầu tư, nhà thầu, tư vấn giám sát | chịu trách nhiệm về chất lượng.
"""


def test_the_order_begins_at_its_verb_whatever_is_ordered() -> None:
    pairs = [line.split(" | ") for line in BEGINNINGS.strip().splitlines()]
    reading = letter(OPENS + "\n".join(f"{i}. {a} {b}" for i, (a, b) in enumerate(pairs, 1)))
    assert leads(reading) == [(name,) for name, _ in pairs]


def test_a_name_keeps_the_words_that_look_like_orders() -> None:
    bodies = (
        "Trung tâm Phục vụ hành chính công tỉnh",
        "Ban Quản lý bảo trì đường bộ tỉnh",
        "Ban Chỉ huy Bộ đội Biên phòng tỉnh",
        "Bệnh viện Y dược cổ truyền - Phục hồi chức năng tỉnh",
        "Trung tâm Khuyến nông tỉnh",
        "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh",
        "Hội đồng Giáo dục Quốc phòng và An ninh tỉnh",
    )
    reading = letter(OPENS + "\n".join(f"{i}. {name} rà soát nhân lực." for i, name in enumerate(bodies, 1)))
    assert leads(reading) == [(name,) for name in bodies]


def test_who_carries_it_out_may_stand_behind_the_work() -> None:
    reading = letter(
        OPENS
        + "1. Tổ chức hội thi. Phụ trách: đồng chí Chánh Văn phòng.\n2. Là cơ quan thường trực, Sở Y tế tổng hợp kết quả.\n"
        "3. Riêng các tuyến bị sạt lở, Ban Quản lý bảo trì đường bộ tỉnh kiểm tra thực địa.\n"
    )
    assert leads(reading) == [("đồng chí Chánh Văn phòng",), ("Sở Y tế",), ("Ban Quản lý bảo trì đường bộ tỉnh",)]


def test_an_actor_behind_an_opening_phrase() -> None:
    openings = (
        "Nếu chưa đủ điều kiện",
        "Cùng với việc rà soát",
        "Kể từ ngày 01/4/2026",
        "Tại các chốt",
        "Trên địa bàn xã",
    )
    reading = letter(OPENS + "\n".join(f"{i}. {o}, UBND các xã báo cáo tình hình." for i, o in enumerate(openings, 1)))
    assert leads(reading) == [("UBND các xã",)] * len(openings)
    reading = letter(
        OPENS + "1. Sở Y tế kiểm tra.\n2. Ngoài các nhiệm vụ trên, Công an tỉnh còn có trách nhiệm quản lý vũ khí.\n"
    )
    assert leads(reading)[1] == ("Công an tỉnh",)


@pytest.mark.parametrize("own", ["phân công công chức", "phân công cán bộ", "giao nhân viên", "phân công một người"])
def test_who_gives_work_to_its_own_people_acts_itself(own: str) -> None:
    reading = letter(OPENS + f"1. UBND các xã, phường {own} theo dõi trạm bơm.\n2. Sở Y tế rà soát nhân lực.")
    assert leads(reading) == [("UBND các xã, phường",), ("Sở Y tế",)]


def test_the_people_to_be_set_to_work_are_nobodys_lead() -> None:
    reading = letter(OPENS + "1. Phân công cán bộ trực đường dây nóng.\n2. Bố trí kinh phí mua vật tư.")
    assert leads(reading) == [("Các sở, ban, ngành tỉnh", "UBND các xã, phường")] * 2


def test_a_body_that_demands_something_of_everyone_under_it_acts() -> None:
    reading = letter(
        OPENS + "1. Sở Giáo dục và Đào tạo yêu cầu 100% cơ sở bán trú ký cam kết an toàn thực phẩm.\n"
        "2. Ban Quản lý các khu công nghiệp tỉnh đề nghị chủ cơ sở lưu mẫu thức ăn.\n"
    )
    assert leads(reading) == [("Sở Giáo dục và Đào tạo",), ("Ban Quản lý các khu công nghiệp tỉnh",)]


def test_each_of_those_below_is_no_other_actor() -> None:
    reading = letter(
        OPENS + "1. UBND các xã, phường ra quân nạo vét kênh mương; mỗi thôn huy động ít nhất 02 đợt.\n"
        "2. Sở Y tế tổ chức hội thao; mỗi đội gồm 06 người.\n"
    )
    assert leads(reading) == [("UBND các xã, phường",), ("Sở Y tế",)]


def test_whoever_is_ordered_by_what_he_did_not_do_and_whoever_is_only_threatened() -> None:
    reading = letter(
        "Sở Tài chính đề nghị UBND các xã, phường gửi báo cáo quyết toán trước ngày 20/3/2026.\n"
        "Riêng xã nào còn nợ chứng từ của năm 2024 thì phải nộp bổ sung chậm nhất ngày 31/3/2026.\n"
        "Đơn vị nào để xảy ra sai phạm thì bị xem xét trách nhiệm theo quy định.\n"
    )
    assert leads(reading) == [("UBND các xã, phường",), ("xã nào còn nợ chứng từ của năm 2024",)]


def test_what_a_body_says_it_will_kindly_do_is_no_order() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế rà soát nhân lực.\n2. Sở Nội vụ kiểm tra công vụ.\n\n"
        "Văn phòng UBND tỉnh xin gửi kèm dự thảo để các cơ quan nghiên cứu.\n"
    )
    assert leads(reading) == [("Sở Y tế",), ("Sở Nội vụ",)]


def test_a_name_that_took_its_charge_for_itself_is_in_doubt() -> None:
    reading = letter(OPENS + "1. Sở Y tế được giao làm đầu mối tổng hợp báo cáo.\n2. Sở Nội vụ kiểm tra công vụ.")
    assert reading.doubts_of("tasks[0].lead")
    assert not reading.doubts_of("tasks[1].lead")
