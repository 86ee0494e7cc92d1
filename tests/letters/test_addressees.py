"""Whom a letter means by its addressees: in one cell of a table, as "quý Sở", and before "có trách nhiệm:"."""

from datetime import date

from letters import read

HEAD = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 415/UBND-KGVX
V/v báo cáo tiến độ đề án mẫu
Mẫu Sơn, ngày 05 tháng 11 năm 2026

"""
FOOT = """

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Mẫu
"""


def test_addressees_in_one_cell_are_each_one() -> None:
    cell = "| Kính gửi: | - Sở Y tế; - Sở Lao động - Thương binh và Xã hội; - Sở Tài chính. |\n\n"
    text = HEAD + cell + "Đề nghị các đơn vị báo cáo kết quả trước ngày 20/12/2026." + FOOT
    reading = read(text)
    assert reading.recipients == ("Sở Y tế", "Sở Lao động - Thương binh và Xã hội", "Sở Tài chính")
    start, end = reading.spans["recipients[1]"]
    assert text[start:end].strip(" ;") == "Sở Lao động - Thương binh và Xã hội"


def test_quy_so_is_the_addressee_and_an_earlier_order_is_told_not_given() -> None:
    reading = read(
        HEAD
        + "Kính gửi: Sở Y tế\n\n"
        + "Ngày 09 tháng 9 năm 2026, Ủy ban nhân dân tỉnh có Văn bản số 219/UBND-KGVX yêu cầu quý Sở chủ trì xây dựng đề án"
        + " mẫu, báo cáo trước ngày 30 tháng 9 năm 2026.\n\n"
        + "Đề nghị quý Sở khẩn trương báo cáo tiến độ đề án mẫu trước ngày 20/12/2026."
        + FOOT
    )
    assert [(task.lead, task.deadline.due) for task in reading.tasks] == [(("Sở Y tế",), date(2026, 12, 19))]


def test_who_is_obliged_before_the_colon_leads_what_follows() -> None:
    reading = read(
        HEAD
        + "Kính gửi: Sở Y tế; Sở Nội vụ\n\n"
        + "Thời gian qua, tỉnh đã đề nghị Công ty Mẫu hoàn thiện hồ sơ.\n\nGiám đốc Sở Y tế có trách nhiệm:\n\n"
        + "- Phối hợp với Công ty Mẫu hoàn thiện đề án mẫu.\n"
        + "- Tăng cường kiểm tra việc cấp phát mẫu tại các xã.\n"
        + FOOT
    )
    assert [task.lead for task in reading.tasks] == [("Giám đốc Sở Y tế",), ("Giám đốc Sở Y tế",)]
