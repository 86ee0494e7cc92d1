"""Letters of 2009–2013 as a scan gives them: two-column heads, worn signs, notices and invitations. All is invented."""

from __future__ import annotations

import pytest

from letters import read
from models.reading import Reading

FOOT = "\nNơi nhận: GIÁM ĐỐC\n- Như trên;\n- Lưu: VT.\n\nNgô Thị Minh Họa\n"


def old(
    body: str,
    *,
    serial: str = "Số: 12/SXD-QLN",
    about: str = "V/v rà soát nhà mẫu",
    to: str = "Kính gửi: - Giám đốc các sở, cơ quan thuộc UBND tỉnh;\n- Chủ tịch UBND các huyện, thành phố.",
    above: str = "",
    foot: str = FOOT,
) -> Reading:
    head = f"{above}UBND TỈNH MẪU CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSỞ XÂY DỰNG Độc lập - Tự do - Hạnh phúc\n"
    return read(f"{head}{serial} Mẫu, ngày 16 tháng 3 năm 2012\n{about}\n\n{to}\n\n{body}\n{foot}")


ASKS = "Sở Xây dựng đề nghị Giám đốc các sở, cơ quan thuộc UBND tỉnh, Chủ tịch UBND các huyện, thành phố "


def test_a_letter_that_asks_many_for_a_report_is_no_report() -> None:
    reading = old(f"{ASKS}báo cáo kết quả rà soát nhà mẫu về Sở Xây dựng.\n", about="V/v báo cáo kết quả rà soát nhà")
    assert reading.kind == "directive"
    report = "Sở Xây dựng báo cáo kết quả rà soát nhà mẫu như sau: đã rà soát 12 nhà.\n"
    to = "Kính gửi: Ủy ban nhân dân tỉnh Mẫu."
    assert old(report, about="V/v báo cáo kết quả rà soát nhà", to=to).kind == "not_directive"


def test_a_courtesy_on_receipt_of_this_letter_does_not_make_it_an_answer() -> None:
    ask = "Đề nghị Phòng Quản lý đô thị huyện Một lập danh sách nhà mẫu gửi về Sở Xây dựng.\n"
    courtesy = "Nhận được công văn này, đề nghị Phòng Quản lý đô thị huyện Một triển khai thực hiện.\n"
    to = "Kính gửi: Phòng Quản lý đô thị huyện Một"
    assert old(ask + courtesy, to=to).kind == "directive"
    answer = "Sở Xây dựng nhận được Công văn số 05/QLĐT ngày 02/3/2012 của Phòng.\n"
    answer += "Sở Xây dựng giải thích như sau: nhà mẫu là nhà ở.\n"
    assert old(answer, to=to).kind == "not_directive"


def test_whom_an_order_names_stands_in_its_own_sentence() -> None:
    reading = old(
        "Thực hiện ý kiến chỉ đạo của Chủ tịch UBND tỉnh tại cuộc họp ngày 02/3/2012, Công điện số 05/CĐ-UBND của UBND "
        f"tỉnh. {ASKS}báo cáo kết quả rà soát.\n"
    )
    assert [task.lead for task in reading.tasks] == [
        ("Giám đốc các sở, cơ quan thuộc UBND tỉnh", "Chủ tịch UBND các huyện, thành phố")
    ]


@pytest.mark.parametrize("serial", ["Só449/SXD-QLN", "Số 449/SXD-QLN", "Số:449/SXD - QLN", "S0: 449/SXD-QLN"])
def test_a_worn_sign_of_the_number_is_still_one(serial: str) -> None:
    reading = old(f"{ASKS}rà soát nhà mẫu.\n", serial=serial)
    assert (reading.number, reading.issuer) == ("449/SXD-QLN", "SỞ XÂY DỰNG")


@pytest.mark.parametrize(
    "about", ["J⁄%w rà soát nhà mẫu", "⁄w rà soát nhà mẫu", "V/v rà soát nhà mẫu", "Y/v rà soát nhà mẫu"]
)
def test_a_worn_sign_of_the_subject_is_no_part_of_it(about: str) -> None:
    assert old(f"{ASKS}rà soát nhà mẫu.\n", about=about).subject == "rà soát nhà mẫu"


def test_a_subject_with_signs_no_office_writes_is_in_doubt() -> None:
    for about, sure in (("V/v rà soát nhà mẫu (khoá XI)", True), ("V/v rà soát nhà m}u $Ú kho[á", False)):
        reading = old(f"{ASKS}rà soát nhà mẫu.\n", about=about)
        assert ("subject_unsure" not in {d.code for d in reading.doubts_of("subject")}) is sure, reading.subject


def test_a_greeting_worn_by_a_stamp_still_parts_the_subject_from_the_addressees() -> None:
    reading = old(f"{ASKS}rà soát nhà mẫu.\n", to="— ————mk ửi: - Giám đốc các sở;\n- Chủ tịch UBND các huyện.")
    assert reading.subject == "rà soát nhà mẫu"
    assert reading.recipients == ("Giám đốc các sở", "Chủ tịch UBND các huyện")


def test_dashes_on_which_a_letter_rests_are_its_bases_and_no_addressees() -> None:
    reading = old(
        "- Căn cứ Nghị định số 12/2011/NĐ-CP ngày 02/3/2011 của Chính phủ về nhà mẫu;\n"
        "- Căn cứ Thông tư số 05/2011/TT-BXD ngày 05/4/2011 của Bộ Xây dựng;\n\n"
        "Sở Xây dựng thông báo như sau:\n\n1. Hồ sơ nhà mẫu đã được xây dựng theo quy định.\n"
        "2. Đề nghị Công ty TNHH Mẫu Một sửa chữa nhà mẫu theo hồ sơ.\n",
        to="Kính gửi: Công ty TNHH Mẫu Một\n",
    )
    assert reading.recipients == ("Công ty TNHH Mẫu Một",)
    assert [base.number for base in reading.based_on] == ["12/2011/NĐ-CP", "05/2011/TT-BXD"]


def test_the_number_of_a_form_is_no_base() -> None:
    reading = old(
        f"Thực hiện Công văn số 05/BXD-QLN ngày 02/3/2012 của Bộ Xây dựng (mẫu 4c-AH), {ASKS}rà soát nhà mẫu.\n"
    )
    assert [base.number for base in reading.based_on] == ["05/BXD-QLN"]


def test_an_archives_note_above_the_letterhead_does_not_hide_the_issuer() -> None:
    reading = old(f"{ASKS}rà soát nhà mẫu.\n", above="Quyết định\n28/4/2010\n\nThị trấn Mẫu\n\n")
    assert (reading.issuer, reading.number) == ("SỞ XÂY DỰNG", "12/SXD-QLN")


def test_a_signature_ends_where_the_annex_begins_and_is_found_beside_a_worn_list_of_copies() -> None:
    annex = "\nUBND TỈNH MẪU CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHỂ LỆ\nHội thi mẫu\n"
    signer = old(f"{ASKS}rà soát nhà mẫu.\n", foot="\nNơi nhận: GIÁM ĐỐC\n- Như trên.\n" + annex).signer
    assert signer is not None
    assert signer.title == "GIÁM ĐỐC"
    beside = old(
        f"{ASKS}rà soát nhà mẫu.\n", foot="\nTớ KT.GIÁM ĐỐC\n- Như trên; H Ă Ầ\n- Lưu: VT; PHÓ GIÁM ĐỐC\n"
    ).signer
    assert beside is not None
    assert beside.title == "KT.GIÁM ĐỐC PHÓ GIÁM ĐỐC"


INVITES = "Ủy ban nhân dân tỉnh tổ chức Hội nghị mẫu.\n\n1. Thành phần:\n- Lãnh đạo các sở, cơ quan thuộc UBND tỉnh;\n"
INVITES += "- Chủ tịch UBND các huyện, thành phố.\n2. Thời gian: Từ 7 giờ 30 ngày 11/4/2012.\n"
INVITES += "3. Địa điểm: Hội trường lớn tỉnh Mẫu.\n"


def test_an_invitation_is_told_by_its_symbol_where_its_title_is_lost() -> None:
    bare = old(f"{INVITES}Đề nghị các đại biểu đến dự đầy đủ, đúng giờ.\n", serial="Số: 12/GM-UBND", about="")
    assert (bare.kind, bare.reason_code) == ("not_directive", "invitation")
    orders = old(
        f"{INVITES}(Giao Sở Nội vụ chuẩn bị các điều kiện tổ chức Hội nghị)\n", serial="Số: 12/GM-UBND", about=""
    )
    assert [task.lead for task in orders.tasks] == [("Sở Nội vụ",)]
    assert [d.code for d in orders.doubts_of("kind")] == ["kind_invitation"]


PLAN = """KẾ HOẠCH
Ứng dụng công nghệ mẫu

Căn cứ Nghị quyết số 12/2010/NQ-HĐND ngày 02/12/2010 của HĐND tỉnh, Sở Xây dựng xây dựng Kế hoạch như sau:

I. HIỆN TRẠNG
1. Các cơ quan thuộc UBND tỉnh có 87 phòng mẫu, 12 kho mẫu.
2. Sở Y tế kiểm tra 12 kho trong năm vừa qua.
II. GIẢI PHÁP
1. Sở Y tế kiểm tra các kho mẫu.
{third}. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
Tham mưu bố trí nhân sự quản lý kho mẫu.
2. Sở Tài chính
Tham mưu bố trí kinh phí sửa chữa kho mẫu.
"""


@pytest.mark.parametrize("third", ["III", "II"])
def test_a_part_whose_number_lost_a_stroke_keeps_its_place_and_how_things_are_is_no_task(third: str) -> None:
    head = "UBND TỈNH MẪU CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ XÂY DỰNG Độc lập - Tự do - Hạnh phúc\n"
    reading = read(f"{head}Số: 12/KH-SXD — Mẫu, ngày 16 tháng 3 năm 2012\n\n{PLAN.format(third=third)}{FOOT}")
    assert reading.number == "12/KH-SXD"
    assert [(task.clause, task.lead) for task in reading.tasks] == [
        ("II.1", ("Sở Y tế",)),
        ("III.1", ("Sở Nội vụ",)),
        ("III.2", ("Sở Tài chính",)),
    ]


def test_sums_of_money_are_no_tasks() -> None:
    head = "UBND TỈNH MẪU CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ XÂY DỰNG Độc lập - Tự do - Hạnh phúc\n"
    money = "IV. KINH PHÍ THỰC HIỆN\nTổng kinh phí dự kiến:\n- Nguồn ngân sách tỉnh: 31 tỷ đồng.\n- Nguồn khác: 2 tỷ đồng.\n"
    reading = read(f"{head}Số: 12/KH-SXD\nMẫu, ngày 16 tháng 3 năm 2012\n\n{PLAN.format(third='III')}{money}{FOOT}")
    assert [task.clause for task in reading.tasks] == ["II.1", "III.1", "III.2"]


def test_a_title_under_a_page_number_is_still_a_title() -> None:
    reading = read(
        "UBND TỈNH MẪU CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ XÂY DỰNG Độc lập - Tự do - Hạnh phúc\n"
        f"Số: 12/KH-SXD Mẫu, ngày 16 tháng 3 năm 2012\n\n42... {PLAN.format(third='III')}{FOOT}"
    )
    assert reading.subject == "Ứng dụng công nghệ mẫu"
