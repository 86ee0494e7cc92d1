"""Names as letters write them become units of the register, by date, and what is not sure is said."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from models.database import Database
from models.names import key
from models.register import Register, Resolution, Via, resolve
from models.register_index import is_valid
from models.register_phrases import resolve_phrase
from models.units import Unit
from tests.models.spellings import SPELLINGS

NOW = date(2026, 11, 20)
BEFORE = date(2025, 2, 24)
DEPARTMENTS_AND_BRANCHES = 21
COMMUNES = 99


WORDS = [
    "các", "sở", "Sở Y tế", "ban", "ngành", ",", "và", ";", "UBND", "xã", "phường", "Chi Lăng", "Quế Võ", "tỉnh", "Bộ",
    "Giám đốc", "liên quan", "các đơn vị", "huyện", "thành phố", "Bắc Ninh", "KH&CN", "\n", "(", ")", "đoàn thể", ":",
]  # fmt: skip
FORMS: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: "  ".join(name.split()),
    lambda name: f"{name} tỉnh Bắc Ninh" if not name.endswith(("tỉnh", "Bắc Ninh")) else name,
    lambda name: name.replace("UBND", "Uỷ ban nhân dân"),
    lambda name: name.replace(" và ", " & "),
    lambda name: f"{name};",
    lambda name: name.replace("òa", "oà").replace("ụy", "uỵ"),
]


@pytest.fixture(scope="module")
def register(seeded_template: Path) -> Register:
    opened = Database(f"sqlite:///{seeded_template}")
    with opened.reading() as session:
        loaded = Register.load(session)
        session.expunge_all()
    opened.close()
    return loaded


@pytest.fixture
def session(town: Database) -> Iterator[Session]:
    with town.transaction() as opened:
        yield opened


def codes(session: Session, found: Resolution) -> list[str]:
    """Codes of the units found, in order."""
    by_id = {unit.id: unit.code for unit in session.exec(select(Unit)).all()}
    return [by_id[unit_id] for unit_id in found.unit_ids]


def unit_id(session: Session, code: str) -> int:
    found = session.exec(select(Unit.id).where(Unit.code == code)).one()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Sở KH&CN", "SKHCN"),
        ("SKHCN", "SKHCN"),
        ("sở KHCN", "SKHCN"),
        ("Sở Khoa học và Công nghệ", "SKHCN"),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH BẮC NINH", "SKHCN"),
        ("Sở Văn hoá, Thể thao và Du lịch", "SVHTTDL"),
        ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
        ("Sở VH,TT&DL", "SVHTTDL"),
        ("Sở Nông nghiệp và Môi trường", "SNNMT"),
        ("UBND p. Võ Cường", "09190"),
        ("UBND phường Võ Cường", "09190"),
        ("Uỷ ban nhân dân phường Võ Cường", "09190"),
        ("UBND xã Chi Lăng", "09313"),
        ("UBND xã Phúc Hoà", "07330"),
        ("Chi Lăng", "09313"),
        ("Giám đốc Sở Y tế", "SYT"),
        ("Chánh Văn phòng UBND tỉnh", "VPUBND"),
        ("Chánh Thanh tra tỉnh", "TTT"),
        ("CA tỉnh", "CAT"),
        ("Ngân hàng nhà nước khu vực XII", "NHNN"),
        ("Báo và Phát thanh, Truyền hình tỉnh", "BPTTH"),
        ("Ban Quản lý khu công nghiệp tỉnh", "BQLKCN"),
        ("UBMTTQ Việt Nam tỉnh", "MTTQ"),
        ("Đoàn TNCS Hồ Chí Minh tỉnh", "TD"),
        ("TTTT tỉnh", "TTTT"),
    ],
)
def test_one_written_name_is_one_unit(session: Session, written: str, code: str) -> None:
    found = resolve(session, written, on=NOW)
    assert codes(session, found) == [code]
    assert found.units[0].via is Via.ALIAS
    assert not found.doubts


def test_officers_spellings_name_their_unit_without_a_doubt(session: Session) -> None:
    register = Register.load(session)
    wrong = {
        written: (code, codes(session, found))
        for code, row in SPELLINGS.items()
        for written in row.split("|")
        if codes(session, found := resolve(session, written, on=NOW, register=register)) != [code] or found.doubts
    }
    assert wrong == {}
    assert sum(len(row.split("|")) for row in SPELLINGS.values()) >= 150


def test_every_shipped_name_finds_its_own_unit_and_no_other(register: Register) -> None:
    for unit in register.units.values():
        on = unit.valid_to or NOW
        for name in (unit.name, unit.short_name, unit.name.upper()):
            found = resolve_phrase(register, name, on, None)
            assert (found.unit_ids, found.doubts) == ((unit.id,), ()), name


@pytest.mark.parametrize(
    ("written", "count", "group"),
    [
        ("các sở, ban, ngành", DEPARTMENTS_AND_BRANCHES, "Các sở, ban, ngành"),
        ("Thủ trưởng các sở, ban, ngành", DEPARTMENTS_AND_BRANCHES, "Các sở, ban, ngành"),
        ("Thủ trưởng các sở", 11, "Các sở"),
        ("Các sở, cơ quan thuộc UBND tỉnh", 14, "Các cơ quan thuộc UBND tỉnh"),
        ("UBND các xã, phường", COMMUNES, "UBND các xã, phường"),
        ("UBND xã, phường", COMMUNES, "UBND các xã, phường"),
        ("UBND các phường, xã trên địa bàn tỉnh", COMMUNES, "UBND các xã, phường"),
        ("Chủ tịch UBND các xã, phường", COMMUNES, "UBND các xã, phường"),
        ("UBND các xã", 66, "UBND các xã"),
        ("UBND các phường", 33, "UBND các phường"),
        ("các đoàn thể", 7, "Các đoàn thể"),
        (
            "các sở, ban, ngành, UBND các xã, phường",
            DEPARTMENTS_AND_BRANCHES + COMMUNES,
            "Các sở, ban, ngành; UBND các xã, phường",
        ),
        (
            "các Sở, ban, ngành, cơ quan, đơn vị, địa phương",
            DEPARTMENTS_AND_BRANCHES + COMMUNES,
            "Các sở, ban, ngành; UBND các xã, phường",
        ),
    ],
)
def test_a_group_is_expanded_with_its_count(session: Session, written: str, count: int, group: str) -> None:
    found = resolve(session, written, on=NOW)
    assert (len(found.units), found.group, found.doubts) == (count, group, ())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Bộ CHQS tỉnh, Công an tỉnh", ["BCHQS", "CAT"]),
        ("Sở Khoa học và Công nghệ và Sở Tài chính", ["SKHCN", "STC"]),
        ("Sở Tài chính, Nội vụ, Xây dựng", ["STC", "SNV", "SXD"]),
        ("Các sở: Tài chính; Nội vụ; KH&CN", ["STC", "SNV", "SKHCN"]),
        ("Các xã, phường Quế Võ, Phương Liễu, Bồng Lai", ["09247", "09265", "09295"]),
        ("UBND các xã, phường: Chi Lăng, Quế Võ", ["09313", "09247"]),
    ],
)
def test_a_list_is_taken_apart(session: Session, written: str, expected: list[str]) -> None:
    found = resolve(session, written, on=NOW)
    assert codes(session, found) == expected
    assert not found.doubts


def test_a_dissolved_department_is_its_successor_and_says_so(session: Session) -> None:
    """Trap 8: nobody chases a dissolved sở."""
    found = resolve(session, "Sở TT&TT", on=NOW)
    assert codes(session, found) == ["SKHCN"]
    assert found.units[0].via is Via.SUCCESSOR
    assert found.units[0].note == "Sở Thông tin và Truyền thông → Sở Khoa học và Công nghệ"


def test_a_letter_of_before_the_merge_means_the_body_of_then(session: Session) -> None:
    assert codes(session, resolve(session, "Sở TT&TT", on=BEFORE)) == ["STTTT"]
    assert codes(session, resolve(session, "Sở KH&ĐT, Sở LĐ-TB&XH", on=BEFORE)) == ["SKHDT", "SLDTBXH"]
    old = codes(session, resolve(session, "các sở", on=BEFORE))
    assert {"STTTT", "SGTVT"} <= set(old)
    assert "SNNMT" not in old


def test_districts_are_history(session: Session) -> None:
    assert len(resolve(session, "UBND các huyện, thị xã, thành phố", on=BEFORE).units) == 8
    today = resolve(session, "UBND các huyện, thị xã, thành phố", on=NOW)
    assert not today.units
    assert [(d.code, d.found) for d in today.doubts] == [("group_ended", "30/06/2025")]
    one = resolve(session, "UBND huyện Tiên Du", on=NOW)
    assert not one.units
    assert one.doubts[0].code == "unit_ended"
    assert one.candidates == (unit_id(session, "09319"),)


def test_a_town_that_became_a_ward_is_not_confused_with_it(session: Session) -> None:
    found = resolve(session, "UBND thành phố Bắc Giang", on=NOW)
    assert not found.units
    assert found.candidates == (unit_id(session, "07210"),)


@pytest.mark.parametrize(
    ("written", "vague", "count"),
    [
        ("các đơn vị liên quan", True, 0),
        ("các cơ quan, đơn vị có liên quan", True, 0),
        ("các sở, ngành có liên quan", True, DEPARTMENTS_AND_BRANCHES),
        ("Sở Y tế và các sở, ngành liên quan", False, 1),
    ],
)
def test_vague_words_name_nobody(session: Session, written: str, vague: bool, count: int) -> None:
    found = resolve(session, written, on=NOW)
    assert (found.vague, len(found.units)) == (vague, count)
    assert ("unit_vague" in {doubt.code for doubt in found.doubts}) is vague


@pytest.mark.parametrize(
    "written",
    ["Bộ Tài chính", "Sở Ngoại vụ", "Ủy ban nhân dân tỉnh Thanh Hóa", "Sở Y tế tỉnh Hải Dương", "Công an xã, phường"],
)
def test_a_body_that_is_not_in_the_register_is_a_doubt_never_its_neighbour(session: Session, written: str) -> None:
    found = resolve(session, written, on=NOW)
    assert not found.units
    assert {doubt.code for doubt in found.doubts} == {"unit_unknown"}
    assert "danh bạ" in found.doubts[0].sentence("vi")


def test_an_unknown_name_in_a_list_leaves_the_others_whole(session: Session) -> None:
    found = resolve(session, "Các sở: Y tế; Văn hóa và Thể thao, Khoa học và Công nghệ và Bộ Công an", on=NOW)
    assert codes(session, found) == ["SYT", "SKHCN"]
    assert [(d.code, d.words) for d in found.doubts] == [
        ("unit_unknown", "Văn hóa và Thể thao"),
        ("unit_unknown", "Bộ Công an"),
    ]
    assert unit_id(session, "SVHTTDL") in found.candidates


def test_a_page_of_text_is_no_list_of_names(session: Session) -> None:
    found = resolve(session, "Sở Y tế, " * 1000, on=NOW)
    assert not found.units
    assert found.doubts[0].code == "unit_unknown"


def test_localities_of_the_whole_country_are_not_our_communes(session: Session) -> None:
    assert not resolve(session, "Các Bộ, cơ quan, địa phương", on=NOW).units
    assert len(resolve(session, "các cơ quan, địa phương", on=NOW).units) == COMMUNES


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_words_break_it_and_no_unit_comes_twice(register: Register, words: str) -> None:
    found = resolve_phrase(register, words, NOW, None)
    assert len(set(found.unit_ids)) == len(found.units)
    assert all(unit_id in register.units for unit_id in (*found.unit_ids, *found.candidates))
    assert all(doubt.sentence("vi") and doubt.sentence("en") for doubt in found.doubts)
    if words.strip(" .;:,-+\n\t") and not found.units:
        assert found.doubts or not key(words)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_form_of_accents_capitals_and_spaces_changes_nothing(register: Register, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from([u for u in register.units.values() if is_valid(u, NOW)]))
    form = data.draw(st.sampled_from(FORMS))
    plain = resolve_phrase(register, unit.name, NOW, None)
    assert plain.unit_ids == (unit.id,)
    assert resolve_phrase(register, form(unit.name), NOW, None).unit_ids == plain.unit_ids


def test_a_slip_of_the_scanner_is_understood_and_doubted(session: Session) -> None:
    found = resolve(session, "Sở Nòng nghiêp và Môi trườmg", on=NOW)
    assert codes(session, found) == ["SNNMT"]
    assert found.units[0].via is Via.FUZZY
    assert found.doubts[0].code == "unit_fuzzy"


def test_a_near_tie_is_a_choice_not_a_guess(session: Session) -> None:
    session.add(Unit(code="T1", name="Trung tâm Khuyến nông Đông", kind="trung tâm"))
    session.add(Unit(code="T2", name="Trung tâm Khuyến nông Đồng", kind="trung tâm"))
    session.flush()
    tied = resolve(session, "Trung tâm Khuyến nông Dongg", on=NOW)
    assert not tied.units
    assert set(tied.candidates) == {unit_id(session, "T1"), unit_id(session, "T2")}
    exact = resolve(session, "Trung tâm Khuyến nông Đồng", on=NOW)
    assert codes(session, exact) == ["T2"]
    bare = resolve(session, "Trung tam Khuyen nong Dong", on=NOW)
    assert not bare.units
    assert bare.doubts[0].code == "unit_near_tie"


def test_divisions_are_those_of_the_office_that_wrote(session: Session) -> None:
    office = unit_id(session, "VPUBND")
    phrase = "Trưởng các phòng, ban, trung tâm trực thuộc"
    own = resolve(session, phrase, on=NOW, issuer_unit_id=office)
    assert set(codes(session, own)) == {"TTTT", "TTTHCB", "VPUBND-HCQT"}
    nobody = resolve(session, phrase, on=NOW)
    assert not nobody.units
    assert nobody.doubts[0].code == "group_empty"


def test_the_same_name_in_two_offices_is_the_issuers_own(session: Session) -> None:
    finance, office = unit_id(session, "STC"), unit_id(session, "VPUBND")
    session.add(Unit(code="STC-HCQT", name="Phòng Hành chính - Quản trị", kind="phòng", parent_id=finance))
    session.flush()
    assert codes(session, resolve(session, "Phòng Hành chính – Quản trị", on=NOW, issuer_unit_id=finance)) == [
        "STC-HCQT"
    ]
    assert codes(session, resolve(session, "Phòng HC-QT", on=NOW, issuer_unit_id=office)) == ["VPUBND-HCQT"]
    assert resolve(session, "Phòng Hành chính – Quản trị", on=NOW).doubts[0].code == "unit_near_tie"
