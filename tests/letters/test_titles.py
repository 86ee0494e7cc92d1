"""Titles over orders, dashes before the clauses, and names of many kinds: small letters of our own."""

from __future__ import annotations

import pytest

from letters import read
from letters.text.compare import fold

HEAD = """ỦY BAN NHÂN DÂN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ SƠN         Độc lập - Tự do - Hạnh phúc
Số: 214/UBND-KGVX        Hà Sơn, ngày 10 tháng 3 năm 2026
V/v phòng, chống dịch

Kính gửi:
- Các sở, ban, ngành tỉnh;
- UBND các xã, phường.

Thực hiện Công văn số 88/BYT-DP ngày 02/3/2026 của Bộ Y tế, Chủ tịch UBND tỉnh yêu cầu:

"""
FOOT = """

Nơi nhận:                TM. ỦY BAN NHÂN DÂN
- Như trên;                  CHỦ TỊCH
- Lưu: VT.
                          Trần Văn Kha
"""
AROUND = "1. Sở Nội vụ tổng hợp báo cáo UBND tỉnh.\n\n2. {}\n\n3. Sở Tư pháp thẩm định văn bản theo quy định."


@pytest.mark.parametrize(
    ("sentence", "leads"),
    [
        ("Các đơn vị có tên trong Phụ lục I gửi kết quả về Sở Y tế.", "Các đơn vị có tên trong Phụ lục I"),
        ("Các chủ đầu tư có dự án chậm tiến độ báo cáo giải trình.", "Các chủ đầu tư có dự án chậm tiến độ"),
        ("Đề nghị các Tập đoàn, Tổng công ty nhà nước cung cấp số liệu.", "các Tập đoàn, Tổng công ty nhà nước"),
        ("Yêu cầu các Cục, Vụ, Viện thuộc Bộ rà soát danh mục.", "các Cục, Vụ, Viện thuộc Bộ"),
        ("Các Sở, Ban, Ngành chủ động phòng dịch.", "Các Sở, Ban, Ngành"),
        ("Các Hội, Đoàn thể vận động hội viên tham gia.", "Các Hội, Đoàn thể"),
        ("Trưởng 14 khu vực vận động mỗi hộ cử 01 người tham gia.", "Trưởng 14 khu vực"),
        ("Mọi cơ quan, đơn vị trên địa bàn chấp hành nghiêm.", "Mọi cơ quan, đơn vị trên địa bàn"),
        ("Trách nhiệm chủ trì thuộc về Sở Y tế.", "Sở Y tế"),
        ("Về phía Sở Y tế: khẩn trương hoàn thiện đề án.", "Sở Y tế"),
        ("Nhiệm vụ của Sở Y tế: bảo đảm thuốc.", "Sở Y tế"),
        ("Trường hợp vượt thẩm quyền, Sở Y tế đề xuất UBND tỉnh xem xét.", "Sở Y tế"),
        (
            "Yêu cầu Giám đốc các sở: Y tế, Tài chính, Nội vụ báo cáo tiến độ.",
            "Giám đốc Sở Y tế | Giám đốc Sở Tài chính | Giám đốc Sở Nội vụ",
        ),
        ("Đến ngày 30/4/2026, Sở Y tế hoàn thành tiêm mũi 2.", "Sở Y tế"),
        ("Sở Y tế, chậm nhất ngày 20/3/2026, trình phương án.", "Sở Y tế"),
        ("Đối với Sở Y tế\nKiểm tra các cơ sở.", "Sở Y tế"),
        ("Trưởng các thôn, tổ dân phố thông báo đến từng hộ.", "Trưởng các thôn, tổ dân phố"),
        ("Bí thư chi bộ, trưởng thôn vận động nhân dân.", "Bí thư chi bộ | trưởng thôn"),
        ("Các bệnh viện tuyến tỉnh, tuyến huyện kích hoạt phương án.", "Các bệnh viện tuyến tỉnh, tuyến huyện"),
        ("Đội Quản lý trật tự đô thị vớt lục bình trên rạch.", "Đội Quản lý trật tự đô thị"),
        ("Hội đồng thi đua - khen thưởng tỉnh xét khen thưởng.", "Hội đồng thi đua - khen thưởng tỉnh"),
        (
            "Trung tâm Giống cây trồng, vật nuôi tỉnh đăng ký nhu cầu.",
            "Trung tâm Giống cây trồng, vật nuôi tỉnh",
        ),
        (
            "Báo Hà Sơn, Đài Phát thanh\n- Truyền hình tỉnh: phát các thông điệp.",
            "Báo Hà Sơn | Đài Phát thanh - Truyền hình tỉnh",
        ),
    ],
)
def test_a_clause_names_its_leads(sentence: str, leads: str) -> None:
    reading = read(HEAD + AROUND.format(sentence) + FOOT)
    [task] = [t for t in reading.tasks if t.clause.startswith("2")]
    assert [fold(name) for name in task.lead] == [fold(name) for name in leads.split(" | ")]


def test_a_section_without_clauses_is_read_with_the_paragraph_under_it() -> None:
    reading = read(
        HEAD
        + """I. Đối với các sở
1. Sở Y tế chuẩn bị đủ thuốc.
2. Sở Tài chính bố trí kinh phí.
II. Công ty cổ phần Môi trường Hà Sơn có trách nhiệm khắc phục tồn tại, vận hành lò đốt trước ngày 30/4/2026.
Xử lý rác thải là việc thường xuyên, liên quan trực tiếp đến sức khỏe nhân dân."""
        + FOOT
    )
    task = reading.tasks[-1]
    assert (task.clause, task.lead, str(task.deadline.due)) == (
        "II",
        ("Công ty cổ phần Môi trường Hà Sơn",),
        "2026-04-29",
    )


def test_who_is_named_in_the_title_requires_it_of_others_with_a_doubt() -> None:
    reading = read(
        HEAD
        + AROUND.format("Sở Nông nghiệp và Môi trường\nYêu cầu các chủ hồ cắm biển cảnh báo, xong trong tháng 6/2026.")
        + FOOT
    )
    [task] = [t for t in reading.tasks if t.clause.startswith("2")]
    assert (task.clause, task.lead, str(task.deadline.due)) == (
        "2",
        ("Sở Nông nghiệp và Môi trường",),
        "2026-06-30",
    )
    assert [d.code for d in reading.doubts_of(f"tasks[{reading.tasks.index(task)}].lead")] == ["lead_unsure"]


def test_a_title_of_a_kind_of_bodies_gives_way_to_the_one_asked() -> None:
    reading = read(
        HEAD
        + AROUND.format("Các tổ chức chính trị - xã hội\nĐề nghị Hội Nông dân tỉnh vận động hội viên tiêm phòng.")
        + FOOT
    )
    [task] = [t for t in reading.tasks if t.clause.startswith("2")]
    assert task.lead == ("Hội Nông dân tỉnh",)


def test_what_the_actor_of_the_title_is_names_nobody_new() -> None:
    body = """1. Sở Du lịch
1.1. Cơ quan giúp UBND tỉnh điều phối chung; thành lập Tổ giúp việc xong trong quý II/2026.
1.2. Xây dựng bộ nhận diện thương hiệu, trình UBND tỉnh trước ngày 30/9/2026."""
    reading = read(HEAD + body + FOOT)
    assert {task.lead for task in reading.tasks} == {("Sở Du lịch",)}


def test_dashes_that_tell_of_the_matter_stand_before_the_clauses() -> None:
    letter = HEAD.replace("Chủ tịch UBND tỉnh yêu cầu:", "Ủy ban nhân dân tỉnh thông tin một số điểm:")
    body = """+ Liều lượng, đường tiêm: theo nhà sản xuất, giữ lạnh liên tục;

+ Đối tượng tiêm: trâu, bò khỏe mạnh từ 02 tháng tuổi, không tiêm cho gia súc đang ốm.

Các đơn vị thực hiện những việc sau:

1. Chi cục Thú y cấp phát vắc xin trước ngày 20/3/2026.

2. UBND các xã, phường lập danh sách hộ chăn nuôi."""
    assert [task.clause for task in read(letter + body + FOOT).tasks] == ["1", "2"]


def test_a_form_below_a_clause_does_not_take_its_order_away() -> None:
    body = AROUND.format(
        """Căn cứ số lớp dự kiến, đối chiếu danh mục để lập Biểu 01; ưu tiên xã đặc biệt khó khăn:
+ Điểm trường: ........ ; số lớp: ........ ;
+ Thiết bị hiện có: ........ bộ; đề nghị cấp mới: ........ bộ."""
    )
    assert [task.clause for task in read(HEAD + body + FOOT).tasks] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Tiếp tục duy trì công tác giám sát (Sở Y tế).", "Sở Y tế"),
        ("Mua sắm thuốc: Sở Y tế.", "Sở Y tế"),
        (
            "Ban Quản lý các khu công nghiệp tỉnh yêu cầu doanh nghiệp khai báo.",
            "Ban Quản lý các khu công nghiệp tỉnh",
        ),
    ],
)
def test_who_is_named_in_an_odd_place_leads_with_a_doubt(sentence: str, lead: str) -> None:
    reading = read(HEAD + AROUND.format(sentence) + FOOT)
    assert reading.tasks[1].lead == (lead,)
    assert "lead_unsure" in {d.code for d in reading.doubts_of("tasks[1].lead")}


def test_who_helps_behind_a_colon_is_no_task_of_its_own() -> None:
    reading = read(HEAD + AROUND.format("Sở Y tế: chủ trì; Công an tỉnh, Sở Công Thương: phối hợp.") + FOOT)
    [task] = [t for t in reading.tasks if t.clause.startswith("2")]
    assert (task.lead, task.coordinate) == (("Sở Y tế",), ("Công an tỉnh", "Sở Công Thương"))


def test_who_receives_ends_before_the_number_of_what_is_told() -> None:
    reading = read(HEAD + AROUND.format("Sở Y tế báo cáo Ban Chỉ đạo tỉnh số ca mắc trước ngày 20/3/2026.") + FOOT)
    assert reading.tasks[1].report_to == "Ban Chỉ đạo tỉnh"


def test_a_stamp_of_haste_under_the_subject_is_no_part_of_it() -> None:
    text = (
        "UBND TỈNH MẪU\nSỞ Y TẾ\nSố: 12/SYT-NVY\nBắc Ninh, ngày 16 tháng 11 năm 2026\nV/v phòng, chống dịch mẫu Dengue\n"
        "KHẨN\n\nKính gửi: Các bệnh viện.\n\n1. Các bệnh viện rà soát giường bệnh.\n"
    )
    assert read(text).subject == "phòng, chống dịch mẫu Dengue"
