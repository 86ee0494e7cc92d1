"""Letters whose frame is not where it should be: captions of law data bases, signatures on one line, lost "Nơi nhận"."""

from __future__ import annotations

from time import process_time

from letters import read
from tests.letters.test_orders import FOOT, HEAD

CAPTION = """CHỈ THỊ
CỦA BỘ TÀI CHÍNH SỐ 05/2009/CT-BTC
NGÀY 12 THÁNG 6 NĂM 2009
VỀ TĂNG CƯỜNG QUẢN LÝ TÀI SẢN CÔNG
Để chấn chỉnh công tác quản lý tài sản công, Bộ trưởng Bộ Tài chính chỉ thị:
1. Các đơn vị chuyên trách về quản lý công sản (QLCS) của các Bộ, cơ quan ngang Bộ tổ chức kiểm kê, báo cáo trước ngày 30/9/2009.
2. Vụ Kế hoạch - Tài chính theo dõi, đôn đốc việc thực hiện.
BỘ TRƯỞNG
Trần Văn Mẫu
"""


def test_caption_of_a_law_data_base_is_a_heading() -> None:
    reading = read(CAPTION)
    assert (reading.number, reading.date, reading.issuer) == ("05/2009/CT-BTC", "2009-06-12", "BỘ TÀI CHÍNH")
    assert reading.subject == "TĂNG CƯỜNG QUẢN LÝ TÀI SẢN CÔNG"
    lead = "Các đơn vị chuyên trách về quản lý công sản (QLCS) của các Bộ, cơ quan ngang Bộ"
    assert reading.tasks[0].lead == (lead,)


def test_title_and_name_on_one_line_sign() -> None:
    text = f"{HEAD}1. Giao Sở Y tế báo cáo trước ngày 20/3/2026.\n2. Giao Sở Nội vụ theo dõi.\n"
    signer = read(f"{text}KT. GIÁM ĐỐC - PHÓ GIÁM ĐỐC Nguyễn Thị Mẫu (đã ký)\n").signer
    assert signer is not None
    assert (signer.title, signer.name) == ("KT. GIÁM ĐỐC - PHÓ GIÁM ĐỐC", "Nguyễn Thị Mẫu")


def test_copies_without_their_title_are_no_tasks() -> None:
    text = f"{HEAD}1. Giao Sở Y tế báo cáo trước ngày 20/3/2026.\n2. Giao Sở Nội vụ theo dõi việc thực hiện.\n"
    for copies in (
        ".Vơi nhận:\n- Như trên;\n- Lưu: VT.\n",
        "- Văn phòng Chính phủ;\n- Công ty Điện lực Mẫu Sơn;\n- Lưu: VT.\n",
    ):
        assert [task.clause for task in read(text + copies).tasks] == ["1", "2"]


def test_last_appeal_with_partners_is_no_task() -> None:
    text = f"{HEAD}1. Giao Sở Y tế báo cáo trước ngày 20/3/2026.\n2. Giao Sở Nội vụ theo dõi việc thực hiện.\n"
    appeal = "Đề nghị Sở Y tế, Sở Nội vụ phối hợp với các cơ quan, đơn vị liên quan triển khai thực hiện./.\n"
    assert [task.clause for task in read(text + appeal + FOOT).tasks] == ["1", "2"]


def test_what_the_speaker_will_do_is_no_task() -> None:
    told = "2. Xử lý trường hợp chậm\nQuá thời hạn mà không có báo cáo, UBND tỉnh sẽ xem xét, xử lý theo quy định.\n"
    reading = read(f"{HEAD}1. Giao Sở Y tế báo cáo trước ngày 20/3/2026.\n{told}{FOOT}")
    assert [task.clause for task in reading.tasks] == ["1"]


def test_a_district_division_asks_its_department() -> None:
    letter = """UBND HUYỆN MẪU HẠ
PHÒNG NỘI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 23/NV
Mẫu Hạ, ngày 17 tháng 5 năm 2012
V/v giải quyết chế độ
Kính gửi: Sở Nội vụ tỉnh Mẫu Sơn
Phòng Nội vụ kính đề nghị Sở Nội vụ tỉnh Mẫu Sơn giải quyết chế độ cho ông Trần Văn Thử.
Kính đề nghị Sở Nội vụ xem xét giải quyết.
Nơi nhận:
- Như trên;
- Lưu VT.
TRƯỞNG PHÒNG
Nguyễn Văn Mẫu
"""
    assert read(letter).kind == "not_directive"


def test_a_number_to_ring_without_a_name_is_kept() -> None:
    text = f"{HEAD}1. Giao Sở Y tế báo cáo trước ngày 20/3/2026.\n2. Giao Sở Nội vụ theo dõi.\n"
    contact = read(
        f"{text}Vướng mắc phản ánh về Sở Nội vụ (qua Phòng Công chức, điện thoại: 02043 855 201).{FOOT}"
    ).contact
    assert contact is not None
    assert contact.name is None
    assert "855201" in (contact.phone or "").replace(" ", "")


def test_a_plain_day_in_a_table_is_a_limit() -> None:
    head = "STT\tNội dung công việc\tCơ quan chủ trì\tCơ quan phối hợp\tThời hạn\n"
    table = f"{head}1\tRà soát quy hoạch\tSở Xây dựng\tSở Tài chính\t30/4/2026\n"
    tasks = read(f"{HEAD}1. Các sở, ngành thực hiện nhiệm vụ theo bảng sau:\n{table}{FOOT}").tasks
    assert [str(task.deadline.due) for task in tasks if task.lead == ("Sở Xây dựng",)] == ["2026-04-30"]


def test_duties_in_a_manual_are_tasks() -> None:
    manual = HEAD.replace("UBND tỉnh có ý kiến như sau:", "Ủy ban nhân dân tỉnh hướng dẫn một số nội dung như sau:")
    told = "I. NỘI DUNG\n1. Hồ sơ gồm đơn và bản sao giấy tờ.\nII. TỔ CHỨC THỰC HIỆN\n"
    duties = "1. Sở Y tế: Chủ trì, phối hợp với Sở Nội vụ tập huấn.\n2. Sở Nội vụ: Theo dõi, tổng hợp kết quả.\n"
    assert [task.lead for task in read(f"{manual}{told}{duties}{FOOT}").tasks] == [("Sở Y tế",), ("Sở Nội vụ",)]


def test_a_missed_day_of_an_earlier_order_is_no_limit() -> None:
    told = "Tại Công văn số 8/UBND-VX ngày 05/01/2026, UBND tỉnh đã giao Sở Y tế báo cáo trước ngày 30/01/2026.\n"
    reading = read(f"{HEAD.split('Thực hiện')[0]}{told}UBND tỉnh yêu cầu Sở Y tế báo cáo trước ngày 30/3/2026.\n{FOOT}")
    assert [str(task.deadline.due) for task in reading.tasks] == ["2026-03-29"]


def test_marks_without_a_blank_behind_them_are_marks() -> None:
    body = "1.Sở Y tế:\n-Rà soát nhân lực;\n-Báo cáo UBND tỉnh trước ngày 20/3/2026.\n"
    body += "2.UBND các xã,phường:\n-Tuyên truyền;\n-Lập danh sách.\n"
    assert {task.lead for task in read(HEAD + body + FOOT).tasks} == {("Sở Y tế",), ("UBND các xã,phường",)}


def codes(clause: str) -> set[str]:
    """Codes of the doubts on the tasks of four clauses, of which this is the third."""
    four = f"1. Sở Y tế báo cáo.\n2. Sở Nội vụ tổng hợp.\n3. {clause}\n4. Sở Tài chính bố trí vốn.\n5. Công an tỉnh tuần tra.\n"
    return {d.code for d in read(HEAD + four + FOOT).doubts if d.field.startswith("tasks[2]")}


def test_a_clause_that_alone_names_nobody_is_in_doubt() -> None:
    assert "lead_from_above" in codes("Rà soát, thống kê các điểm có nguy cơ sạt lở trên địa bàn.")
    assert "lead_from_above" not in codes("Sở Xây dựng rà soát, thống kê các điểm có nguy cơ sạt lở.")


def test_a_name_with_words_right_behind_it_may_be_cut() -> None:
    assert "lead_cut" in codes("Các cơ quan thường trú về khí tượng tại tỉnh theo dõi thời tiết.")
    assert "lead_cut" not in codes("Các cơ quan khí tượng tại tỉnh theo dõi thời tiết.")


def test_a_year_that_may_only_name_a_plan_is_in_doubt() -> None:
    assert "deadline_whole_year" in codes("Sở Xây dựng đề xuất kế hoạch thực hiện sắp xếp trụ sở trong năm 2026.")
    assert "deadline_whole_year" not in codes("Sở Xây dựng hoàn thành việc sắp xếp trụ sở trong năm 2026.")


def test_many_who_are_to_send_figures_are_not_answered() -> None:
    """ "V/v cung cấp số liệu" to three provinces asks, whatever the same subject would be to one superior."""
    letter = HEAD.replace("triển khai một số nhiệm vụ trọng tâm", "cung cấp số liệu").split("Thực hiện")[0]
    letter = letter.replace("ỦY BAN NHÂN DÂN\nTỈNH MẪU SƠN", "SỞ NỘI VỤ")
    asked = "Để có số liệu tổng hợp, các sở, ban, ngành cung cấp số liệu theo biểu mẫu kèm theo.\n"
    assert read(letter + asked + FOOT).kind == "directive"


def test_one_long_list_is_read_once() -> None:
    """A text that is but a list of bodies: twice the list must not cost four times the time."""

    def seconds(times: int) -> float:
        began = process_time()
        read("các sở, ban, ngành, " * times)
        return process_time() - began

    seconds(50)
    assert min(seconds(800) for _ in range(2)) < 12 * min(seconds(200) for _ in range(3)) + 0.05
    assert min(seconds(200) for _ in range(3)) < 0.5
