"""What the reader is not sure of is said, at the very place: one story for each structural sign. All text is invented."""

from __future__ import annotations

from time import process_time

from dondoc.cli_screen import screen
from letters import read
from models.reading import Reading
from tests.letters.test_reading import FOOT, HEAD, letter


def marked(reading: Reading, code: str) -> list[str]:
    """The words of the letter that doubts of this code lie on."""
    return [" ".join(reading.text[d.span[0] : d.span[1]].split()) for d in reading.doubts if d.code == code and d.span]


def split_of(reading: Reading) -> set[str]:
    """Clauses of the tasks whose splitting is in doubt."""
    return {
        t.clause
        for i, t in enumerate(reading.tasks)
        if any(d.code == "split_unsure" for d in reading.doubts_of(f"tasks[{i}]"))
    }


ACTS = ("Rà soát các tuyến đê mẫu", "Lập danh sách hộ dân mẫu", "Kiểm tra bến bãi mẫu", "Củng cố hồ sơ mẫu")


def test_dashes_parted_for_an_actor_that_few_of_them_name_are_in_doubt() -> None:
    dashes = "".join(f"- {act} trên địa bàn được giao quản lý.\n" for act in ACTS)
    one = letter(
        f"1. UBND các xã, phường\n- Công an tỉnh chỉ đạo lực lượng tuần tra ban đêm.\n{dashes}2. Sở Y tế báo cáo.\n"
    )
    assert split_of(one) == {f"1 -{i}" for i in range(1, 6)}
    each = letter(
        "1. Phân công thực hiện\n- Sở Y tế kiểm tra kho thuốc.\n- Sở Nội vụ rà soát biên chế.\n- Công an tỉnh tuần tra.\n"
    )
    assert len(each.tasks) == 3
    assert split_of(each) == set()


def test_a_doubt_that_many_tasks_share_is_shown_once() -> None:
    dashes = "".join(f"- {act} trên địa bàn được giao quản lý.\n" for act in ACTS)
    reading = letter(f"1. UBND các xã, phường\n- Công an tỉnh chỉ đạo lực lượng tuần tra.\n{dashes}")
    lines = [line for line, _ in screen("mau.txt", reading, "vi") if "Cách tách" in line]
    assert lines == ["? Nhiệm vụ 1, 2, 3, 4, 5: Cách tách nhiệm vụ cần xem lại."]


def test_dashes_parted_by_one_date_are_in_doubt_only_where_nobody_is_named() -> None:
    dashes = f"- {ACTS[0]} trước ngày 20/12/2026.\n- {ACTS[1]}.\n- {ACTS[2]}.\n"
    assert split_of(letter(f"1. Khẩn trương triển khai công việc\n{dashes}")) == {"1 -1", "1 -2", "1 -3"}
    assert split_of(letter(f"1. Sở Nội vụ:\n{dashes}")) == set()


def test_a_clause_left_whole_with_orders_in_two_paragraphs_and_a_date_is_in_doubt() -> None:
    held = "1. Sở Nội vụ thực hiện.\nXây dựng kế hoạch về cải cách mẫu{}.\nChỉ đạo rà soát các hồ sơ chậm giải quyết mẫu.\n"
    assert "1" in split_of(letter(held.format(" trước ngày 20/12/2026")))
    assert split_of(letter(held.format(""))) == set()


def test_a_number_missing_between_clauses_puts_the_one_before_in_doubt() -> None:
    two = "1. Sở Y tế kiểm tra kho thuốc.\n2. Sở Nội vụ rà soát biên chế.\n{}. Công an tỉnh tuần tra ban đêm.\n"
    assert split_of(letter(two.format(4))) == {"2"}
    assert split_of(letter(two.format(3))) == set()


def test_an_order_in_no_task_is_pointed_at() -> None:
    reading = letter(
        "1. Sở Y tế kiểm tra kho thuốc trước ngày 20/12/2026.\n"
        "2. Đối với đội ngũ giáo viên nhà trường\nTăng cường giáo dục kỹ năng sống cho học sinh mẫu trong giờ sinh hoạt.\n"
        "3. Sở Nội vụ rà soát biên chế.\n"
    )
    covered = " ".join(t.text for t in reading.tasks) + " ".join(marked(reading, "passage_unread"))
    assert "Tăng cường giáo dục kỹ năng sống" in covered


def test_thanks_aims_and_consents_are_not_pointed_at() -> None:
    reading = letter(
        "1. Mục đích: để các sở, ban, ngành nâng cao chất lượng công việc mẫu.\n2. Sở Y tế kiểm tra kho thuốc.\n"
        "3. Đồng ý chủ trương theo đề nghị của Sở Nội vụ về cải cách mẫu.\n"
        "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Sở Nội vụ để được hướng dẫn.\n"
    )
    assert marked(reading, "passage_unread") == []


def test_a_table_of_duties_behind_the_signature_is_pointed_at() -> None:
    heads = (
        "Phụ lục\nTT\nNội dung công việc\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian hoàn thành\nRà soát kho\nSở Y tế\n"
    )
    body = (
        HEAD.format(number="877/SNV-CCHC", date="ngày 16 tháng 11 năm 2026") + "1. Sở Y tế kiểm tra kho thuốc.\n" + FOOT
    )
    [table] = marked(read(body + "\n" + heads), "annex_unread")
    assert table.endswith("Rà soát kho Sở Y tế")
    assert marked(read(body), "annex_unread") == []


def test_a_worn_or_cut_issuer_is_in_doubt() -> None:
    for name, sure in (("SỞ NỘI VỤ", True), ("SỞ NỘỊI VỤ", False), ("CÔNG VĂN SỐ 12", False)):
        text = HEAD.replace("SỞ NỘI VỤ", name).format(number="877/SNV-CCHC", date="ngày 16 tháng 11 năm 2026")
        reading = read(f"{text}1. Sở Y tế kiểm tra kho thuốc.\n{FOOT}")
        assert reading.kind == "directive"
        assert ("issuer_unsure" not in {d.code for d in reading.doubts_of("issuer")}) is sure, reading.issuer


def test_a_reply_that_orders_somebody_is_refused_with_a_warning() -> None:
    text = HEAD.replace("- Các sở, ban, ngành;\n- UBND các xã, phường.", "Công ty Cổ phần Mẫu Một").format(
        number="877/SNV-CCHC", date="ngày 16 tháng 11 năm 2026"
    )
    text = text[: text.index("Thực hiện")] + (
        "Sở Nội vụ nhận được Văn bản số 12/MM ngày 02/11/2026 của Công ty Cổ phần Mẫu Một.\n"
        "Sở Nội vụ đề nghị Công ty Cổ phần Mẫu Một nộp bổ sung bản vẽ về Sở Nội vụ.\n"
    )
    reading = read(text + FOOT)
    assert (reading.kind, reading.reason_code) == ("not_directive", "reply_ordering")
    assert "đọc lại" in (reading.reason() or "")


def test_a_letter_whose_clauses_name_nobody_may_be_no_directive() -> None:
    explains = "1. Về khái niệm mẫu: áp dụng cách hiểu thông thường của từ ngữ.\n"
    explains += "2. Về hồ sơ mẫu: thành phần như đã quy định trước đây.\n"
    text = HEAD.replace("Sở Nội vụ đề nghị các cơ quan, đơn vị:", "Sở Nội vụ có ý kiến như sau:")
    reading = read(text.format(number="877/SNV-CCHC", date="ngày 16 tháng 11 năm 2026") + explains + FOOT)
    assert [d.code for d in reading.doubts_of("kind")] == ["kind_unsure"]


def test_a_name_that_ends_in_mid_air_is_in_doubt() -> None:
    for lead, sure in (
        ("Sở Y tế", True),
        ("Các cơ quan quản lý, các đơn vị", True),
        ("Sở Y tế, chính quyền địa phương và cơ quan liên quan", True),
        ("Trung tâm Tin học và Công", False),
    ):
        reading = letter(f"1. Sở Nội vụ chủ trì, phối hợp với {lead} kiểm tra kho thuốc.\n2. Sở Xây dựng báo cáo.\n")
        doubts = {d.code for d in reading.doubts_of("tasks[0].coordinate")}
        assert ("coordinate_unsure" not in doubts) is sure, reading.tasks[0].coordinate


def test_a_worn_or_cut_subject_is_in_doubt() -> None:
    for subject, sure in (
        ("triển khai nhiệm vụ mẫu theo Quyết định 12/QĐ-UBND", True),
        ("triển khai nhiệm vụ mẫu trong thời gian qua và trong", False),
        ("triển khai nhiệmvụ mẫu", False),
    ):
        text = HEAD.replace("triển khai nhiệm vụ mẫu", subject)
        text = text.format(number="877/SNV-CCHC", date="ngày 16 tháng 11 năm 2026")
        reading = read(f"{text}1. Sở Y tế kiểm tra kho thuốc.\n{FOOT}")
        assert bool(reading.doubts_of("subject")) is not sure, reading.subject


def astray(text: str) -> list[str]:
    return marked(letter(text), "task_astray")


def test_a_lettered_clause_that_is_missing_is_pointed_at() -> None:
    clauses = "1. Sở Nội vụ:\na) Rà soát biên chế mẫu.\nb) Lập danh sách mẫu.\n{}) Gửi báo cáo trước ngày 20/12/2026.\n"
    assert astray(clauses.format("c")) == []
    [place] = astray(clauses.format("d"))
    assert "Lập danh sách mẫu" in place


def test_dashes_before_the_first_task_are_pointed_at() -> None:
    told = "- Về tình hình chung: số liệu mẫu của quý trước đã được tổng hợp đầy đủ.\n"
    task = "- Sở Y tế kiểm tra kho thuốc mẫu trước ngày 20/12/2026.\n"
    text = HEAD.format(number="877/SNV-CCHC", date="ngày 16 tháng 11 năm 2026")
    assert marked(read(text + task + task.replace("Y tế", "Nội vụ") + FOOT), "task_astray") == []
    skipped = marked(read(text + told + told.replace("chung", "riêng") + task + FOOT), "task_astray")
    assert all("số liệu mẫu" in place for place in skipped)


def test_an_order_to_others_inside_a_task_is_pointed_at() -> None:
    assert astray("1. Sở Y tế kiểm tra kho thuốc mẫu.\n2. Sở Nội vụ rà soát biên chế mẫu.\n") == []
    ordered = "1. Sở Y tế kiểm tra kho thuốc mẫu trước ngày 20/12/2026. (Có đề cương mẫu kèm theo) "
    [place] = astray(f"{ordered}Sở Nội vụ đề nghị cơ quan, đơn vị chuẩn bị nội dung mẫu.\n2. Công an tỉnh tuần tra.\n")
    assert place.startswith("Sở Nội vụ đề nghị cơ quan")


def test_addressees_that_swallowed_the_preamble_or_lost_their_noun_are_in_doubt() -> None:
    plain = "- Các sở, ban, ngành;\n- UBND các xã, phường."
    for to, sure in (
        (plain, True),
        ("- Các sở: Y tế, Nội vụ;\n- Các hội: Hội Luật gia, Hội Nhà báo.", True),
        ("- Các sở: Y tế, Nội vụ;\nTài chính, Xây dựng.", False),
        ("- UBND các xã, phường Thực hiện Công văn số 12/UBND ngày 02/11/2026", False),
    ):
        text = HEAD.replace(plain, to).format(number="877/SNV-CCHC", date="ngày 16 tháng 11 năm 2026")
        reading = read(f"{text}1. Sở Y tế kiểm tra kho thuốc.\n{FOOT}")
        assert (reading.doubts_of("recipients") == ()) is sure, reading.recipients


def test_a_thousand_clauses_take_ten_times_as_long_as_a_hundred() -> None:
    clause = "1. Giao Sở Y tế báo cáo trước ngày 15/12/2026.\n"
    read(clause)

    def taken(times: int) -> float:
        start = process_time()
        read(clause * times)
        return process_time() - start

    few = min(taken(300) for _ in range(2))
    assert taken(3000) < 20 * few + 0.2


def test_a_limit_that_only_an_event_gives_is_in_doubt() -> None:
    for event in ("Tết Nguyên đán", "mùa mưa bão", "kỳ họp thứ hai", "khi kết thúc năm học"):
        reading = letter(f"1. Sở Tài chính rà soát, sửa chữa các công trình mẫu trước {event}.\n")
        assert [d.code for d in reading.doubts_of("tasks[0].deadline")] == ["deadline_unsure"], event
    assert not letter("1. Sở Tài chính rà soát, sửa chữa các công trình mẫu.\n").doubts_of("tasks[0].deadline")
