"""Whom to ask, in the ways letters name that person; people and numbers are invented."""

from __future__ import annotations

import pytest

from letters import read
from models.contacts import phones_of
from models.reading import Contact
from tests.letters.test_actors import FOOT, HEAD

FULL = ("Nguyễn Thị Mẫu", "+84900000001")


def _contact(sentence: str) -> Contact | None:
    return read(f"{HEAD}Sở Y tế gửi báo cáo trước ngày 20/12/2026.\n\n{sentence}{FOOT}").contact


@pytest.mark.parametrize(
    "sentence",
    [
        "Cần trao đổi thêm thì gọi cho cô Nguyễn Thị Mẫu, chuyên viên, di động 0900.000.001./.",
        "Báo cáo gửi về Sở (Vụ Tài chính, dong chí Nguyễn Thị Mẫu, điện thoại 0900.000.001).",
        "Gửi về Sở (qua Phòng Tổ chức, đ/c Nguyễn Thị Mẫu: 0900.000.001) để tổng hợp.",
        "Chuyên viên phụ trách: Nguyễn Thị Mẫu, ĐT 0900.000.001",
        "Phòng Tổ chức (Nguyễn Thị Mẫu - ĐT: 0900.000.001) là nơi tiếp nhận.",
        "Điện thoại liên hệ: 0900.000.001 (đ/c Nguyễn Thị Mẫu).",
        "Mọi thông tin liên quan đề nghị liên hệ ông (bà): Nguyễn Thị Mẫu, điện thoại 0900.000.001.",
    ],
)
def test_a_person_beside_a_number_is_the_contact(sentence: str) -> None:
    contact = _contact(sentence)
    assert contact is not None
    assert (contact.name, contact.phone) == FULL


def test_a_name_in_capitals_and_a_highlander_s_are_names() -> None:
    capitals, short = (
        _contact(f"Thông tin liên hệ: {name}, 0900.000.001.") for name in ("NGUYỄN THỊ MẪU", "Anh Y Mẫu Niê")
    )
    assert capitals
    assert capitals.name == "NGUYỄN THỊ MẪU"
    assert short
    assert short.name == "Y Mẫu Niê"


def test_a_last_name_alone_is_kept_with_a_doubt() -> None:
    reading = read(f"{HEAD}Sở Y tế gửi báo cáo.\n\nMọi vướng mắc liên hệ đ/c Mẫu, ĐT 0900000001.{FOOT}")
    assert reading.contact is not None
    assert (reading.contact.name, reading.contact.phone) == ("Mẫu", "+84900000001")
    assert [d.code for d in reading.doubts_of("contact")] == ["contact_unsure"]


def test_a_street_named_after_somebody_is_nobody() -> None:
    contact = _contact("Nộp tại số 12 Hai Bà Trưng, điện thoại: 0900.000.001.")
    assert contact is not None
    assert contact.name is None


@pytest.mark.parametrize(
    ("words", "phone"),
    [
        ("điện thoại 024.3800.0000 (máy lẻ 4127)", "+842438000000 máy lẻ 4127"),
        ("ĐT: 0222.3800.000, số máy lẻ: 12", "+842223800000 máy lẻ 12"),
        ("ĐT: 024 3800 0000 ext 7; 0900.000.001", "+842438000000 máy lẻ 7; +84900000001"),
    ],
)
def test_an_extension_is_kept_and_never_taken_for_somebody_s_own_number(words: str, phone: str) -> None:
    contact = _contact(f"Mọi vướng mắc liên hệ đồng chí Nguyễn Thị Mẫu, {words}.")
    assert contact is not None
    assert contact.phone == phone
    assert phones_of(contact) in ([], ["+84900000001"])


@pytest.mark.parametrize(
    ("sentence", "name", "phone"),
    [
        ("Mọi vướng mắc liên hệ Cục Mẫu, số trực ban: 0243.800.0000.", None, "+842438000000"),
        ("Báo cáo về Văn phòng (số điện thoại: 02923.800.000; anh Nguyễn Văn Mẫu).", "Nguyễn Văn Mẫu", "+842923800000"),
        ("Sở cử ông Trà Văn Mẫu, số điện thoại 0236.3800.000, di động 0900.000.001 làm đầu mối.", "Trà Văn Mẫu",
         "+842363800000; +84900000001"),
    ],
)  # fmt: skip
def test_more_ways_to_say_whom_to_ring(sentence: str, name: str | None, phone: str) -> None:
    contact = _contact(sentence)
    assert contact is not None
    assert (contact.name, contact.phone) == (name, phone)


@pytest.mark.parametrize("name", ["K’ Brơi Mẫu", "`Nguyễn Văn Mẫu"])
def test_a_signer_s_name_with_a_blank_or_a_speck_in_it(name: str) -> None:
    signer = read(f"{HEAD}Sở Y tế gửi báo cáo.\n\nNơi nhận:\n- Như trên.\n\nGIÁM ĐỐC\n{name}\n").signer
    assert signer is not None
    assert signer.name == name.strip("`")


def test_a_signer_beside_the_last_line_of_those_informed() -> None:
    text = f"{HEAD}Sở Y tế gửi báo cáo.\n\nNơi nhận: GIÁM ĐỐC\n- Như trên;\n- Lưu: VT, QLT. Nguyễn Văn Mẫu\n"
    signer = read(text).signer
    assert signer is not None
    assert (signer.title, signer.name) == ("GIÁM ĐỐC", "Nguyễn Văn Mẫu")
