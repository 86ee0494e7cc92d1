"""Where the name of a body begins and ends in running text, and how lists fall apart."""

from __future__ import annotations

import pytest

from letters.bodies.names import names
from letters.text.lines import repair

LISTS = [
    (
        "các cơ quan, đơn vị, trường học, doanh nghiệp đóng trên địa bàn treo cờ",
        ["các cơ quan, đơn vị, trường học, doanh nghiệp đóng trên địa bàn"],
    ),
    ("Sở Khoa học và Công nghệ chủ trì, phối hợp với", ["Sở Khoa học và Công nghệ"]),
    ("Sở Xây dựng xây dựng kế hoạch", ["Sở Xây dựng"]),
    ("Phòng Tổng hợp tổng hợp số liệu", ["Phòng Tổng hợp"]),
    ("Sở Nội vụ nâng cấp phần mềm", ["Sở Nội vụ"]),
    ("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế phối hợp", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"]),
    ("Các sở, ban, ngành, cơ quan, đơn vị bám sát", ["Các sở, ban, ngành, cơ quan, đơn vị"]),
    (
        "các sở, ban, ngành, UBND các xã, phường và các đơn vị liên quan thực hiện",
        ["các sở, ban, ngành", "UBND các xã, phường", "các đơn vị liên quan"],
    ),
    ("UBND các xã, phường bố trí kinh phí", ["UBND các xã, phường"]),
    ("Các xã, phường Quế Võ, Phương Liễu, Bồng Lai khẩn trương", ["Các xã, phường Quế Võ, Phương Liễu, Bồng Lai"]),
    ("Đảng ủy, UBND xã Chi Lăng chỉ đạo", ["Đảng ủy", "UBND xã Chi Lăng"]),
    ("các Bộ: Công an, Tài chính, Tư pháp có ý kiến", ["Bộ Công an", "Bộ Tài chính", "Bộ Tư pháp"]),
    (
        "các Tập đoàn: Công nghiệp - Năng lượng Quốc gia Việt Nam, Bưu chính Viễn thông Việt Nam tổ chức",
        ["Tập đoàn Công nghiệp - Năng lượng Quốc gia Việt Nam", "Tập đoàn Bưu chính Viễn thông Việt Nam"],
    ),
    (
        "lãnh đạo các sở, ban, ngành, Chủ tịch Ủy ban nhân dân các huyện, thị xã tập trung",
        ["lãnh đạo các sở, ban, ngành", "Chủ tịch Ủy ban nhân dân các huyện, thị xã"],
    ),
    (
        "Mặt trận Tổ quốc tỉnh và các tổ chức chính trị - xã hội",
        ["Mặt trận Tổ quốc tỉnh", "các tổ chức chính trị - xã hội"],
    ),
    ("Trung tâm phát triển quỹ đất tập trung cao", ["Trung tâm phát triển quỹ đất"]),
    ("Công ty TNHH MTV Khai thác công trình thủy lợi vận hành", ["Công ty TNHH MTV Khai thác công trình thủy lợi"]),
    ("các cơ quan quản lý nhà nước về đất đai rà soát", ["các cơ quan quản lý nhà nước về đất đai"]),
    ("Sở KH&CN, Sở NN&MT rà soát", ["Sở KH&CN", "Sở NN&MT"]),
    ("Quý cơ quan, đơn vị có ý kiến", ["Quý cơ quan, đơn vị"]),
    ("Hiệu trưởng các trường trung học cơ sở tổ chức", ["Hiệu trưởng các trường trung học cơ sở"]),
    ("Sơ Tài chính chủ trì", ["Sơ Tài chính"]),
    ("Các sơ, ban, ngành thực hiện", ["Các sơ, ban, ngành"]),
]

NONE = [
    "Tổ chức thực hiện nghiêm túc",
    "Báo cáo kết quả thực hiện",
    "Trường hợp có vướng mắc",
    "Doanh nghiệp có thu nhập từ nước ngoài",
    "rà soát các nội dung",
    "Hội nghị trực tuyến",
    "Giáo dục pháp luật",
]


@pytest.mark.parametrize(("words", "expected"), LISTS)
def test_a_list_of_bodies_falls_apart_into_names(words: str, expected: list[str]) -> None:
    text = repair(words)
    found, end = names(text, 0, len(text.s))
    assert [name.text for name in found] == expected
    assert end <= len(text.s)


@pytest.mark.parametrize("words", NONE)
def test_what_only_looks_like_a_body_is_none(words: str) -> None:
    text = repair(words)
    assert names(text, 0, len(text.s)) == ([], 0)


def test_a_name_cut_off_after_a_preposition_ends_there() -> None:
    text = repair("Sở Y tế, các đơn vị trên")
    assert [name.text for name in names(text, 0, len(text.s))[0]] == ["Sở Y tế", "các đơn vị trên"]
