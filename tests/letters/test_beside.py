"""Orders beside others: over dashes, behind a consent, in a title; and words that close, tell or answer."""

from __future__ import annotations

import datetime as dt

import pytest

from letters import read
from letters.bodies.names import names
from letters.text.lines import repair
from letters.times.deadlines import find
from models.reading import Reading

HEAD = """UBND TỈNH NAM HẢI                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                                 Độc lập - Tự do - Hạnh phúc
Số: 123/UBND-TH                  Nam Hải, ngày 05 tháng 3 năm 2026
V/v tăng cường công tác quản lý

Kính gửi:
- Các sở, ban, ngành;
- UBND các xã, phường.

Thực hiện Công văn số 55/BTC-NS ngày 01/3/2026 của Bộ Tài chính, UBND tỉnh yêu cầu:
"""
FOOT = """
Nơi nhận:                        TM. ỦY BAN NHÂN DÂN
- Như trên;                      KT. CHỦ TỊCH
- Lưu: VT.                       PHÓ CHỦ TỊCH

                                 {signer}
"""


def letter(clauses: str, signer: str = "Nguyễn Văn Mẫu") -> Reading:
    return read(HEAD + clauses + "\n" + FOOT.format(signer=signer))


def test_a_paragraph_over_a_single_dash_orders_by_itself() -> None:
    tasks = letter(
        "1. Dự án Khu nhà ở A:\n\nVề nghĩa vụ tài chính: Giao Thuế tỉnh chủ trì xác định lại tiền sử dụng đất phải nộp.\n\n"
        "- Về đấu nối hạ tầng: UBND phường Tây Hải thống nhất vị trí đấu nối, hoàn thành trong tháng 11/2026.\n\n"
        "2. Giao Sở Xây dựng hướng dẫn chủ đầu tư hoàn thiện hồ sơ trước ngày 14/5/2026."
    ).tasks
    assert [(t.lead, t.deadline.due) for t in tasks] == [
        (("Thuế tỉnh",), None),
        (("UBND phường Tây Hải",), dt.date(2026, 11, 30)),
        (("Sở Xây dựng",), dt.date(2026, 5, 13)),
    ]


def test_an_order_behind_a_consent_is_a_task() -> None:
    tasks = letter(
        "1. Giao Sở Y tế rà soát thuốc, vật tư.\n\n2. Thống nhất chủ trương cho Trung tâm Y tế sử dụng trụ sở cũ. "
        "Văn phòng UBND tỉnh chuẩn bị nội dung cuộc họp lần sau.\n\n3. Thống nhất chủ trương mua sắm theo đề xuất của Sở Y tế."
    ).tasks
    assert [(t.clause, t.lead) for t in tasks] == [("1", ("Sở Y tế",)), ("2", ("Văn phòng UBND tỉnh",))]


def test_who_is_named_in_a_title_requires_it_of_others_and_reports() -> None:
    tasks = letter(
        "1. Ban Quản lý các khu công nghiệp tỉnh\n\nYêu cầu các doanh nghiệp hạ tầng bố trí khu vực lưu giữ chất thải; "
        "tổng hợp số liệu gửi Sở Nông nghiệp và Môi trường định kỳ hằng quý.\n\n2. Sở Y tế\n\nKiểm tra các cơ sở."
    ).tasks
    assert {t.lead for t in tasks if t.clause.startswith("1")} == {("Ban Quản lý các khu công nghiệp tỉnh",)}


def test_a_title_of_two_with_a_trade_is_whole() -> None:
    tasks = letter(
        "1. Công ty TNHH MTV Môi trường đô thị Nam Hải, các đơn vị cung ứng dịch vụ vệ sinh\n\n"
        "a) Đầu tư phương tiện thu gom.\n\nb) Quan trắc môi trường trước ngày 30/6/2026."
    ).tasks
    assert {t.lead for t in tasks} == {
        ("Công ty TNHH MTV Môi trường đô thị Nam Hải", "các đơn vị cung ứng dịch vụ vệ sinh")
    }


@pytest.mark.parametrize(
    "closing",
    [
        "Trong quá trình triển khai thực hiện, nếu cần sửa đổi, bổ sung nội dung của Kế hoạch, các cơ quan, đơn vị, địa phương "
        "chủ động đề xuất, gửi Sở Tài chính tổng hợp, báo cáo UBND tỉnh xem xét, quyết định./.",
        "Quá trình thực hiện, trường hợp có nội dung chưa phù hợp, các cơ quan, đơn vị phản ánh về Sở Tài chính./.",
        "Văn phòng UBND tỉnh truyền đạt ý kiến chỉ đạo của Chủ tịch UBND tỉnh để các cơ quan, đơn vị biết, thực hiện./.",
    ],
)
def test_closing_words_are_no_task(closing: str) -> None:
    assert [t.clause for t in letter(f"1. Giao Sở Y tế rà soát thuốc.\n\n{closing}").tasks] == ["1"]


@pytest.mark.parametrize("name", ["H’Lim Niê Kđăm", "Y Bhiông Niê", "K’Brơi Ayun", "Rơ Châm Thái"])
def test_a_signer_s_name_may_be_of_the_highlands(name: str) -> None:
    signer = letter("1. Giao Sở Y tế rà soát thuốc.", name).signer
    assert signer is not None
    assert signer.name == name


def test_the_chairman_above_his_province_is_the_issuer() -> None:
    head = HEAD.replace("UBND TỈNH NAM HẢI     ", "CHỦ TỊCH ỦY BAN NHÂN DÂN", 1).replace(
        "                                 Độc lập", "TỈNH NAM HẢI                     Độc lập", 1
    )
    assert read(head + "1. Giao Sở Y tế rà soát thuốc.\n" + FOOT.format(signer="Lê Văn Mẫu")).issuer == (
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NAM HẢI"
    )


def test_an_answer_to_one_is_no_directive_though_it_names_days() -> None:
    answer = HEAD.replace("V/v tăng cường công tác quản lý", "V/v trả lời kiến nghị của cử tri").replace(
        "- Các sở, ban, ngành;\n- UBND các xã, phường.", "Văn phòng Đoàn ĐBQH và HĐND tỉnh."
    )
    answer = answer[: answer.index("Thực hiện")] + (
        "Sở Xây dựng nhận được Công văn số 13/VP ngày 01/3/2026, sau khi rà soát, có ý kiến trả lời như sau:\n\n"
        "1. Cử tri xã A kiến nghị sửa chữa cầu.\n\nSở Xây dựng đã giao Ban Quản lý dự án giao thông lập hồ sơ. "
        "Dự kiến hoàn thành trước ngày 30/4/2026.\n"
    )
    assert read(answer + FOOT.format(signer="Lê Văn Mẫu")).kind == "not_directive"


def test_the_days_of_an_event_in_brackets_are_no_limit() -> None:
    issued = dt.date(2026, 3, 5)
    assert not find(
        "phân luồng giao thông trong thời gian diễn ra Lễ hội (từ ngày 03/4/2026 đến ngày 05/4/2026)", issued
    )
    assert find("ra quân từ ngày 03/4/2026 đến hết ngày 05/4/2026", issued)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            "UBND các xã, phường có khu, điểm du lịch, di tích bố trí thùng",
            "UBND các xã, phường có khu, điểm du lịch, di tích",
        ),
        ("UBND các xã có rừng, Sở Tài chính rà soát", "UBND các xã có rừng"),
        (
            "Các sở được phân công nhiệm vụ tại Kế hoạch này gửi báo cáo",
            "Các sở được phân công nhiệm vụ tại Kế hoạch này",
        ),
        ("Thủ trưởng các cơ quan, đơn vị tổ chức hội nghị", "Thủ trưởng các cơ quan, đơn vị"),
        ("Thủ trưởng các cơ quan, đơn vị quản lý chặt chẽ hồ sơ", "Thủ trưởng các cơ quan, đơn vị"),
        ("Các chủ đầu tư đầu tư trang thiết bị", "Các chủ đầu tư"),
        ("Các chủ rừng cung cấp số liệu", "Các chủ rừng"),
        ("Các chủ đầu tư quản lý chặt chẽ hồ sơ", "Các chủ đầu tư"),
        ("Các cơ quan, đơn vị sử dụng ngân sách báo cáo", "Các cơ quan, đơn vị sử dụng ngân sách"),
    ],
)
def test_a_plural_ends_where_something_is_done(words: str, name: str) -> None:
    text = repair(words)
    assert names(text, 0, len(text.s))[0][0].text == name
