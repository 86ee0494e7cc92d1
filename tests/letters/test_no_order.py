"""What stands in a letter beside its orders and is none: forms, calls for proposals, what only may happen, quotations; and
orders in the guise of courtesy. Invented letters."""

from __future__ import annotations

from letters import read
from models.reading import Reading
from tests.letters.test_first_words import HEAD, OPENS, leads, letter


def clauses(reading: Reading) -> list[str]:
    return [task.clause for task in reading.tasks]


def test_blanks_to_fill_in_are_a_form() -> None:
    reading = letter(
        "UBND tỉnh đề nghị UBND các xã, phường báo cáo các nội dung sau trước ngày 20/3/2026:\n"
        "1. Khái toán kinh phí: .............. triệu đồng, trong đó:\n"
        "+ Quỹ bảo trì đường bộ: .............. triệu đồng;\n+ Ngân sách xã: ……… triệu đồng.\n"
    )
    assert all("triệu" not in task.text for task in reading.tasks)


def test_what_a_call_for_proposals_is_about_is_no_order() -> None:
    reading = letter(
        "Sở Khoa học và Công nghệ kính mời các cơ quan, đơn vị đề xuất nhiệm vụ năm 2027, cụ thể như sau:\n"
        "1. Yêu cầu đối với nhiệm vụ đề xuất\n- Có tính cấp thiết, không trùng lặp;\n- Sản phẩm có địa chỉ ứng dụng.\n"
        "2. Lĩnh vực ưu tiên: Nông nghiệp công nghệ cao, chế biến sau thu hoạch; y dược cổ truyền.\n"
        "3. Hồ sơ đề xuất gồm: Phiếu đặt hàng; tổng hợp danh mục của đơn vị.\n"
        "4. Đề nghị các cơ quan, đơn vị gửi hồ sơ về Sở Khoa học và Công nghệ trước ngày 15/4/2026.\n"
    )
    assert clauses(reading) == ["4"]


def test_what_is_due_only_if_something_happens_is_no_task_of_its_own() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế rà soát nhân lực.\n"
        "2. UBND các xã, phường kiện toàn Ban Chỉ đạo xong trong tháng 5/2026. "
        "Khi xảy ra sự cố phải báo cáo ngay về Sở Y tế trong vòng 24 giờ.\n"
    )
    assert clauses(reading) == ["1", "2"]


def test_a_limit_quoted_from_a_draft_is_nobodys() -> None:
    text = (
        HEAD.replace("triển khai một số nhiệm vụ", "tham gia ý kiến dự thảo Quyết định")
        .replace("- Các sở, ban, ngành tỉnh;\n- UBND các xã, phường.", "Sở Xây dựng.")
        .replace("ỦY BAN NHÂN DÂN\nTỈNH MẪU SƠN", "UBND TỈNH MẪU SƠN\nSỞ TƯ PHÁP")
        + "Sở Tư pháp có ý kiến như sau:\n1. Về nội dung\na) Khoản 2 Điều 4 quy định UBND cấp xã “báo cáo Sở Xây dựng "
        "trước ngày 15/12 hằng năm” là phù hợp.\nb) Đề nghị cơ quan chủ trì soạn thảo rà soát, chỉnh lý Điều 6.\n"
    )
    assert read(text).kind == "not_directive"


def test_what_is_worth_saying_or_who_pays_is_no_order() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế rà soát nhân lực.\n2. Kinh phí điều tra lấy từ dự toán của Sở Nội vụ năm 2026.\n"
        "3. Sở Nội vụ kiểm tra công vụ.\n- Nội dung gồm: phần chào hỏi, phần kể chuyện, phần trò chơi dân gian.\n"
    )
    assert leads(reading) == [("Sở Y tế",), ("Sở Nội vụ",)]


def test_courtesy_may_begin_an_order_by_a_day() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế rà soát nhân lực.\n2. Sở Nội vụ kiểm tra công vụ.\n\n"
        "Nhận được Công điện này, Giám đốc các sở triển khai ngay và báo cáo UBND tỉnh trước ngày 30/3/2026.\n"
    )
    assert leads(reading)[-1] == ("Giám đốc các sở",)
    assert str(reading.tasks[-1].deadline.due) == "2026-03-29"


def test_who_is_asked_for_more_is_read_with_what_stands_between() -> None:
    reading = letter(
        "UBND tỉnh đề nghị UBND các xã, phường gửi báo cáo trước ngày 20/3/2026.\n"
        "Riêng Sở Y tế, ngoài phần góp ý, đề nghị thống kê số lượt khám chữa bệnh.\n"
    )
    assert leads(reading)[-1] == ("Sở Y tế",)


def test_a_section_named_report_is_no_title_of_the_paper() -> None:
    reading = read(
        "V. PHÂN CÔNG THỰC HIỆN\n\n1. Sở Y tế rà soát nhân lực các trạm, báo cáo UBND tỉnh.\n\n"
        "2. Sở Nội vụ kiểm tra công vụ tại các phường.\n\nVI. THÔNG TIN,\nBÁO CÁO\n\n"
        "Trước ngày 05/12 hằng năm, các sở, ngành gửi kết quả về Sở Nội vụ.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNgô Văn Mẫu\n"
    )
    assert reading.kind == "directive"
    assert leads(reading)[:2] == [("Sở Y tế",), ("Sở Nội vụ",)]


def test_a_dispatch_whose_subject_stands_on_the_line_of_its_title() -> None:
    reading = read(
        "CÔNG ĐIỆN: Về việc phòng, chống rét đậm cho vật nuôi\nChủ tịch Ủy ban nhân dân tỉnh Mẫu Sơn điện:\n"
        "- Các sở: Y tế, Công Thương;\n- Ủy ban nhân dân các xã, phường.\n"
        "Để giảm thiệt hại, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n"
        "1. Ủy ban nhân dân các xã, phường che chắn chuồng trại.\n2. Sở Y tế chuẩn bị giường bệnh.\nCHỦ TỊCH\nNgô Văn Mẫu\n"
    )
    assert reading.subject == "phòng, chống rét đậm cho vật nuôi"
    assert reading.recipients == ("Các sở: Y tế, Công Thương", "Ủy ban nhân dân các xã, phường")
    assert clauses(reading) == ["1", "2"]


def test_assessments_before_an_order_are_left_and_an_assessment_may_be_the_order() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế rà soát nhân lực.\n2. Đánh giá kết quả đào tạo năm 2025; nêu rõ khó khăn, vướng mắc.\n"
        "3. Việc ổn định đời sống người dân là nhiệm vụ cấp bách. Tỉnh ghi nhận tinh thần của lực lượng dân quân. "
        "Hằng ngày, UBND các xã, phường báo cáo về Sở Y tế.\n"
    )
    assert clauses(reading) == ["1", "2", "3"]
    assert leads(reading)[2] == ("UBND các xã, phường",)


def test_the_result_is_to_be_sent_though_no_day_is_named() -> None:
    clause = OPENS + "1. Sở Y tế rà soát nhân lực.\n2. Sở Nội vụ kiểm tra công vụ.\n\n"
    reading = letter(clause + "Báo cáo bằng văn bản kết quả thực hiện gửi về Sở Nội vụ (Phòng Công chức).\n")
    assert (reading.tasks[-1].clause, reading.tasks[-1].report_to) == ("p1", "Sở Nội vụ")
    reading = letter("UBND tỉnh đề nghị các sở rà soát hồ chứa.\n\nKết quả thực hiện báo cáo về UBND tỉnh.\n")
    assert clauses(reading) == ["p1"]
    assert reading.tasks[0].report_to == "UBND tỉnh"


def test_hope_put_in_those_addressed_is_an_order() -> None:
    reading = letter("Để bảo đảm tiến độ, rất mong Quý cơ quan, đơn vị nghiên cứu, gửi ý kiến trước ngày 20/3/2026.\n")
    assert leads(reading) == [("Quý cơ quan, đơn vị",)]


def test_clauses_counted_in_words() -> None:
    first = "UBND tỉnh yêu cầu các sở, ngành thực hiện một số nội dung sau:\n"
    reading = letter(
        first + "Một là, rà soát biển báo, xong trước ngày 30/4/2026.\nHai là, kiểm tra các bãi đỗ xe.\n"
        "Ba là, Công an tỉnh bố trí lực lượng điều tiết giao thông.\n"
    )
    assert clauses(reading) == ["1", "2", "3"]
    assert leads(reading) == [("các sở, ngành",), ("các sở, ngành",), ("Công an tỉnh",)]
    reading = letter(
        OPENS
        + "1. Sở Y tế tập trung các việc sau:\nThứ nhất, rà soát nhân lực trước ngày 20/3/2026.\nThứ hai, cấp phát "
        "thuốc.\n2. Sở Nội vụ kiểm tra công vụ.\n"
    )
    assert clauses(reading) == ["1.1", "1.2", "2"]


def test_a_clause_may_begin_with_a_share_or_a_count() -> None:
    reading = letter(
        OPENS + "1. 100% cơ quan, đơn vị treo cờ Tổ quốc.\n2. 05 xã vùng cao sắp xếp dân cư trước ngày 30/4/2026.\n"
        "3. Sở Y tế cấp phát thuốc.\n"
    )
    assert clauses(reading) == ["1", "2", "3"]


def test_the_title_of_a_section_in_capitals_is_not_read_on_into_its_paragraph() -> None:
    reading = letter(
        OPENS + "I. VỀ Y TẾ\n1. Sở Y tế\n1.1. Rà soát nhân lực.\n1.2. Cấp phát thuốc trước ngày 30/3/2026.\n"
        "II. CHẾ ĐỘ BÁO CÁO\nCác cơ quan báo cáo kết quả về UBND tỉnh trước ngày 25 hằng tháng.\n"
    )
    assert leads(reading) == [("Sở Y tế",), ("Sở Y tế",), ("Các cơ quan",)]


def test_stars_are_bullets_above_dashes() -> None:
    reading = letter(
        OPENS + "* Sở Y tế: rà soát nhân lực.\n* Sở Nội vụ: kiểm tra công vụ, báo cáo trước ngày 20/3/2026.\n"
        "* UBND các xã, phường:\n- Lập danh sách trước ngày 25/3/2026.\n- Công khai tại nhà văn hóa.\n"
    )
    assert clauses(reading) == ["-1", "-2", "-3 -1", "-3 -2"]
    assert leads(reading)[0] == ("Sở Y tế",)
    assert leads(reading)[3] == ("UBND các xã, phường",)


def test_the_duty_to_report_names_its_actor_behind_its_title_and_day() -> None:
    reading = letter(
        OPENS
        + "1. Sở Y tế rà soát nhân lực.\n2. Các nhiệm vụ hoàn thành trước ngày 30/4/2026:\na) Sở Nội vụ: kiểm tra.\n"
        "b) Công an tỉnh: tuần tra.\n"
        "3. Chế độ báo cáo: định kỳ trước ngày 25 hằng tháng, các đơn vị gửi báo cáo về Sở Nội vụ.\n"
    )
    assert leads(reading)[-1] == ("các đơn vị",)
    assert not [d for d in reading.doubts if d.code == "passage_unread"]


def test_the_units_of_a_letter_in_prose_are_not_the_last_one_named() -> None:
    reading = letter(
        "UBND tỉnh đề nghị UBND các xã, phường thống kê đàn chó. Sở Y tế bảo đảm huyết thanh. Các đơn vị báo cáo kết quả về Sở "
        "Y tế trước ngày 30/4/2026.\n"
    )
    assert leads(reading) == [("UBND các xã, phường",), ("Sở Y tế",), ("Các đơn vị",)]


def test_dashes_of_bases_stand_before_the_letter_speaks() -> None:
    reading = letter(
        "- Căn cứ Luật Đất đai ngày 18/01/2024;\n- Theo đề nghị của Sở Tài chính.\n"
        "UBND tỉnh yêu cầu các sở, ngành thực hiện các nội dung sau:\n1. Rà soát quỹ đất.\n2. Kiểm kê tài sản.\n"
    )
    assert clauses(reading) == ["1", "2"]
    assert leads(reading) == [("các sở, ngành",)] * 2


def test_a_day_that_is_the_whole_title_stands_for_all_under_it() -> None:
    reading = letter(
        OPENS + "1. Trước ngày 20/3/2026:\n- Sở Y tế rà soát nhân lực.\n- Sở Nội vụ kiểm tra công vụ.\n"
        "2. Trong tháng 4/2026:\n- Sở Tài chính thẩm định giá.\n- Công an tỉnh kiểm kê.\n"
    )
    assert [str(task.deadline.due) for task in reading.tasks] == ["2026-03-19"] * 2 + ["2026-04-30"] * 2


def test_the_last_sentence_of_a_last_paragraph_may_order() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế rà soát nhân lực.\n2. Sở Nội vụ kiểm tra công vụ.\n"
        "Chỉ thị này có hiệu lực kể từ ngày ký. Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện. "
        "Giao Công an tỉnh theo dõi, đôn đốc việc thực hiện Chỉ thị này.\n"
    )
    assert leads(reading)[-1] == ("Công an tỉnh",)


def test_an_urgent_dispatch_that_is_sent_to_many() -> None:
    reading = read(
        "ỦY BAN NHÂN DÂN\nHUYỆN MẪU HẠ\nSố: 12/CĐ-UBND\nMẫu Hạ, ngày 10 tháng 3 năm 2026\nCÔNG ĐIỆN KHẨN\n"
        "Về việc phòng, chống dịch tả lợn\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN điện:\n\n- - Trưởng Công an huyện;\n"
        "- Chủ tịch UBND các xã, thị trấn.\n\nTrước tình hình trên, Chủ tịch Ủy ban nhân dân huyện điện khẩn Thủ trưởng các "
        "phòng, ban; Chủ tịch UBND các xã, thị trấn thực hiện:\n\n1. Chuẩn bị nhân lực, vật tư.\n\nò2 Chủ động trực 24/24 giờ, "
        "kịp thời báo cáo.\n\n3, Giao Phòng Y tế phun hóa chất.\n\nCHỦ TỊCH\n\nNgô Văn Mẫu\n"
    )
    assert reading.recipients == ("Trưởng Công an huyện", "Chủ tịch UBND các xã, thị trấn")
    assert clauses(reading) == ["1", "2", "3"]
    assert leads(reading)[1] == ("Thủ trưởng các phòng, ban", "Chủ tịch UBND các xã, thị trấn")


def test_specks_of_a_scan_hide_no_clause_and_no_name() -> None:
    reading = letter(
        OPENS + "1, Sở Nội vụ\na) Rà soát nhân lực, xong trước ngày 30/3/2026. ; ỹ\n; b) Trực đường dây nóng.\n"
        "2. Công an tỉnh Ì ˆ ,\nBảo đảm trật tự công cộng.\nˆ 3, Sở Y tế cấp phát thuốc cho các trạm.\n"
        "4. UBND các xã, phường\n4) Lập danh sách hộ nghèo trước ngày 20/3/2026.\nb) Rà soát nhà yếu.\n"
    )
    assert clauses(reading) == ["1.a", "1.b", "2", "3", "4.a", "4.b"]
    assert leads(reading)[2:4] == [("Công an tỉnh",), ("Sở Y tế",)]


def test_a_field_of_four_words_is_known_under_its_wrong_marks() -> None:
    reading = letter(OPENS + "1. Sở Nông nghiệp và Mỗi trường rà soát đê.\n2. Sở Y tế cấp phát thuốc.\n")
    assert leads(reading)[0] == ("Sở Nông nghiệp và Mỗi trường",)
