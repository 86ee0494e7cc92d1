"""Who helps, where tables, sheets and worn words say so, and what is said of it when nobody could be read. All is invented."""

from __future__ import annotations

import pytest

from letters import read
from models.reading import Reading, ReadTask
from tests.letters.test_actors import FOOT, HEAD


def letter(words: str) -> Reading:
    return read(HEAD + words + FOOT)


def table(head: str, *rows: str) -> list[ReadTask]:
    body = "\n".join(row.replace(" | ", "\t") for row in (head, *rows))
    return [task for task in letter(f"Triển khai các nhiệm vụ theo bảng.\n\n{body}").tasks if task.deadline.due]


@pytest.mark.parametrize(
    "head",
    [
        "TT | Nội dung | Phòng, ban phụ trách | Phòng, ban phối hợp | Tiến độ",
        "TT | Hoạt động | Cơ quan thực hiện chính | Thành phần tham gia | Thời gian",
        "No | Nhiệm vụ | Đầu mối | Tham gia | Thời gian",
        "TT | Nhiệm vụ | Cơ quan tham mưu | Cơ quan liên quan | Thời gian trình",
    ],
)
def test_the_columns_of_a_table_may_bear_many_names(head: str) -> None:
    tasks = table(
        head,
        "1 | Xây dựng kế hoạch mẫu | Sở Y tế | Sở Tài chính; Sở Nội vụ | Trước 30/11/2026",
        "2 | Rà soát thủ tục mẫu | Công an tỉnh | Các đơn vị liên quan | Tháng 12/2026",
    )
    assert [t.lead for t in tasks] == [("Sở Y tế",), ("Công an tỉnh",)]
    assert [t.coordinate for t in tasks] == [("Sở Tài chính", "Sở Nội vụ"), ("Các đơn vị liên quan",)]


def test_a_table_without_numbers_counts_its_rows_and_nt_is_the_cell_above() -> None:
    tasks = table(
        "Nhiệm vụ | Chủ trì | Phối hợp | Thời gian",
        "Xây dựng kế hoạch mẫu | Sở Y tế | Sở Tài chính | Tháng 12/2026",
        "Viết tin bài mẫu | Báo Mẫu | nt | -nt-",
    )
    assert [(t.clause, t.lead, t.coordinate, str(t.deadline.due)) for t in tasks] == [
        ("1", ("Sở Y tế",), ("Sở Tài chính",), "2026-12-31"),
        ("2", ("Báo Mẫu",), ("Sở Tài chính",), "2026-12-31"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "Cơ quan chủ trì tham mưu: Sở Y tế;\nCơ quan phối hợp tham mưu: Sở Tài chính, Sở Nội vụ;\nThời gian trình: 15/12/2026.",
        "Chủ trì thực hiện: Sở Y tế; tham gia thực hiện: Sở Tài chính, Sở Nội vụ; hoàn thành: 15/12/2026.",
        "Cơ quan chủ trì, tham mưu: Sở Y tế. Các cơ quan phối hợp gồm: Sở Tài chính, Sở Nội vụ. Hoàn thành: 15/12/2026.",
        "Đơn vị chủ trì: Sở Y tế. Các đơn vị cùng thực hiện: Sở Tài chính, Sở Nội vụ. Hạn hoàn thành: 15/12/2026.",
        "Đơn vị thực hiện: Sở Y tế chủ trì, phối hợp Sở Tài chính, Sở Nội vụ. Thời hạn: 15/12/2026.",
    ],
)
def test_the_lines_of_a_sheet_may_bear_many_names(lines: str) -> None:
    [task] = letter(f"Xây dựng kế hoạch cải cách mẫu.\n{lines}").tasks
    assert (task.lead, task.coordinate) == (("Sở Y tế",), ("Sở Tài chính", "Sở Nội vụ"))
    assert task.deadline.kind == "date" or "trình" in lines


@pytest.mark.parametrize(
    "words",
    [
        "Sở Y tế chủ trì cùng các cở quan liên quan tập huấn.",
        "Sở Y tế phối hợp tốt với phía đối tác.",
        "Sở Y tế có trách nhiệm phối hợp với: (1) Sở Tài chính; (2) Sở Nội vụ xây dựng đề án.",
        "Sở Y tế tổ chức kiểm tra với sự tham gia của nhiều bên.",
    ],
)
def test_a_partner_that_could_not_be_read_is_in_doubt(words: str) -> None:
    reading = letter(words)
    assert reading.tasks[0].coordinate == ()
    assert [d.code for d in reading.doubts_of("tasks[0].coordinate")] == ["coordinate_unsure"]


NAMED = (
    *("Sở Tài chính", "Tỉnh đoàn", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "chính quyền các xã, phường", "người dân"),
    *(
        "các cơ quan, đơn vị, địa phương có liên quan",
        "các lực lượng chức năng",
        "các cơ sở giáo dục",
        "nhà thầu thi công",
    ),
    *("Hội đồng bồi thường, hỗ trợ, tái định cư", "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh", "gia đình học sinh"),
    *("các trường trung học phổ thông", "Chi cục Quản lý thị trường số 5", "Bảo hiểm xã hội tỉnh", "VNPT Mẫu"),
    *("Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch tỉnh", "Chi nhánh Văn phòng đăng ký đất đai khu vực I"),
)
ACTS = (
    *(
        "thu gom rác thải.",
        "bảo đảm an ninh, trật tự.",
        "kiểm tra, xử lý nghiêm các vi phạm.",
        "lập danh sách gửi về Sở.",
    ),
    *("trong việc quản lý đất đai.", "hướng dẫn, đôn đốc các xã thực hiện.", "mở lớp tập huấn.", "rà soát số liệu."),
)


@pytest.mark.parametrize("name", NAMED)
def test_a_partner_s_name_ends_where_the_order_begins(name: str) -> None:
    for act in ACTS:
        for words in (f"Sở Y tế chủ trì, phối hợp với {name} {act}", f"Sở Y tế cùng {name} {act}"):
            assert letter(words).tasks[0].coordinate == (name,), words


@pytest.mark.parametrize("name", ["Sở Tài chính", "Văn phòng UBND tỉnh", "Đoàn trường", "Phòng Văn hóa - Xã hội"])
def test_to_organise_is_the_order_and_no_part_of_the_name(name: str) -> None:
    assert letter(f"Sở Y tế phối hợp với {name} tổ chức thực hiện.").tasks[0].coordinate == (name,)


def test_a_list_left_in_its_middle_is_in_doubt() -> None:
    reading = letter("Sở Y tế phối hợp với Công an thành phố, Chỉ cúc Thủy sản kiểm tra.")
    assert reading.tasks[0].coordinate == ("Công an thành phố",)
    assert [d.code for d in reading.doubts_of("tasks[0].coordinate")] == ["coordinate_cut"]


@pytest.mark.parametrize(
    "words",
    [
        "Sở Y tế rà soát danh mục, hoàn thành trước Tết Nguyên đán.",
        "Sở Y tế rà soát danh mục, báo cáo cùng thời hạn nêu trên.",
        "Sở Y tế rà soát danh mục, xong trước.",
    ],
)
def test_a_limit_without_a_day_is_in_doubt(words: str) -> None:
    reading = letter(words)
    assert reading.tasks[0].deadline.kind == "none"
    assert [d.code for d in reading.doubts_of("tasks[0].deadline")] == ["deadline_unsure"]


def test_a_worn_ngay_before_a_day_is_read() -> None:
    [task] = letter("Sở Y tế niêm yết danh sách chậm nhất là nigày 03/02/2027.").tasks
    assert str(task.deadline.due) == "2027-02-03"


def test_the_second_part_of_a_sentence_goes_to_the_same_body() -> None:
    tasks = letter(
        "Các đơn vị báo cáo kết quả về Sở Nội vụ trước ngày 05/12/2026 và định kỳ vào ngày cuối cùng của mỗi quý."
    ).tasks
    assert [t.deadline.kind for t in tasks] == ["date", "recurring"]
    assert [t.report_to for t in tasks] == ["Sở Nội vụ", "Sở Nội vụ"]


def test_the_second_of_two_rounds_goes_to_the_same_body() -> None:
    tasks = letter(
        "Báo cáo tình hình lương, thưởng về Sở Nội vụ theo 02 đợt: đợt 1 trước ngày 20/12/2026; đợt 2 trước ngày 15/01/2027."
    ).tasks
    assert [(str(t.deadline.due), t.report_to) for t in tasks] == [
        ("2026-12-19", "Sở Nội vụ"),
        ("2027-01-14", "Sở Nội vụ"),
    ]


def test_the_last_words_of_a_subject_are_no_place_and_an_office_no_part_of_its_ministry() -> None:
    head = "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG\nCỤC THÚ Y MẪU\nSố: 12/CTY-DT\nV/v phòng, chống bệnh Dịch tả lợn Châu Phi\n"
    reading = read(
        head + "Hà Nội, ngày 14 tháng 11 năm 2026\n\nKính gửi: Sở Y tế\n\n1. Sở Y tế rà soát danh mục." + FOOT
    )
    assert reading.subject == "phòng, chống bệnh Dịch tả lợn Châu Phi"
    assert (reading.parent, reading.issuer) == ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CỤC THÚ Y MẪU")


def test_specks_beside_addressees_are_no_part_of_them_and_the_chairman_speaks_for_himself() -> None:
    text = HEAD.replace("UBND TỈNH MẪU  ", "CHỦ TỊCH  ").replace("SỞ NỘI VỤ  ", "ỦY BAN NHÂN DÂN TỈNH MẪU  ")
    text = text.replace("Các sở, ban, ngành;", "Các sở, ban, ngành; ï").replace("xã, phường.", "xã, phường. r ị", 1)
    reading = read(text + "Sở Y tế rà soát danh mục." + FOOT)
    assert reading.recipients == ("Các sở, ban, ngành", "UBND các xã, phường")
    assert reading.issuer == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU"


def test_a_list_of_partners_ties_no_earlier_sentence_to_its_own() -> None:
    """The list's semicolons part nothing; those of the sentences before it do."""
    words = (
        "Sở Y tế rà soát danh sách, báo cáo trước ngày 20/12/2026; Sở Công Thương kiểm tra các chợ. "
        "Sở Tài chính chủ trì, phối hợp với: Sở Nội vụ; Sở Xây dựng bố trí kinh phí."
    )
    tasks = read(f"{HEAD}{words}{FOOT}").tasks
    assert [task.lead for task in tasks] == [("Sở Y tế",), ("Sở Công Thương",), ("Sở Tài chính",)]
    assert [task.coordinate for task in tasks] == [(), (), ("Sở Nội vụ", "Sở Xây dựng")]
