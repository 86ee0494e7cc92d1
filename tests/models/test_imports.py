"""An office's sheets come in whole or not at all, each mistake by its line, the same sheet twice changing nothing."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import Session, col, select

from dondoc.people_sheet import sheet
from models.calendar_file import load_calendar_csv
from models.database import Database
from models.following import house_calendar
from models.imports import HEADINGS, ImportResult, import_calendar, import_people, people_rows, people_template
from models.people import Address, Membership, Person
from models.register import Register, import_units, resolve, seed_register
from models.sheets import SheetError
from models.units import Role, Unit
from models.upkeep import CalendarDay
from models.whois import in_charge
from tests.models.letters_of_ours import NOW, someone, unit_id

HEAD = ",".join(HEADINGS)


@pytest.fixture
def session(town: Database) -> Iterator[Session]:
    with town.transaction() as opened:
        yield opened


def people(session: Session, *lines: str) -> ImportResult:
    content = "\n".join([HEAD, *lines]).encode()
    return import_people(session, NOW, people_rows(content))


def xlsx(rows: list[list[object]]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def counts(result: ImportResult) -> tuple[int, int, int]:
    assert not result.problems
    return result.created, result.updated, result.unchanged


def test_people_come_in_and_the_same_sheet_changes_nothing(session: Session) -> None:
    lines = (
        "SYT,Sở Y tế,Trần Thị Mẫu,Chuyên viên,0912 000 001,mau@syt.example,đầu mối",
        "SYT,Sở Y tế,Lê Văn Trưởng,Giám đốc,,,thủ trưởng",
        "09313,UBND xã Chi Lăng,,,,,",
    )
    assert counts(people(session, *lines)) == (2, 0, 0)
    assert counts(people(session, *lines)) == (0, 0, 2)
    person = session.exec(select(Person).where(Person.name == "Trần Thị Mẫu")).one()
    assert (person.phone, person.title, person.email) == ("+84912000001", "Chuyên viên", "mau@syt.example")
    assert in_charge(session, NOW, [unit_id(session, "SYT")]) == {unit_id(session, "SYT"): person.id}
    mailbox = session.exec(select(Address)).one()
    assert (mailbox.channel, mailbox.chat_id, mailbox.position) == ("email", "mau@syt.example", 100)


def test_a_person_is_known_again_and_brought_up_to_date(session: Session) -> None:
    people(session, "SYT,,Trần Thị Mẫu,Chuyên viên,0912000001,,")
    assert counts(people(session, "SYT,,Trần Thị Mẫu,Phó phòng,+84912000001,,")) == (0, 1, 0)
    assert counts(people(session, "SYT,,Trần Thị Mẫu,,0912000002,,")) == (0, 1, 0)
    assert counts(people(session, "CAT,,Trần Thị Mẫu,,0912000002,,")) == (0, 1, 0)
    person = session.exec(select(Person)).one()
    assert (person.title, person.phone) == ("Phó phòng", "+84912000002")
    units = session.exec(select(Membership.unit_id).where(Membership.person_id == person.id)).all()
    assert set(units) == {unit_id(session, "SYT"), unit_id(session, "CAT")}


def test_the_first_owner_of_a_sheet_is_the_units_default(session: Session) -> None:
    people(session, "SYT,,Người thứ nhất,,,,", "SYT,,Người thứ hai,,,,")
    unit = unit_id(session, "SYT")
    first, second = session.exec(select(Person).order_by(col(Person.id))).all()
    assert in_charge(session, NOW, [unit]) == {unit: first.id}
    people(session, "SYT,,Người thứ hai,,,,")
    assert in_charge(session, NOW, [unit]) == {unit: second.id}
    assert len(session.exec(select(Membership).where(Membership.role == Role.OWNER)).all()) == 2


def test_one_person_in_two_units_of_a_sheet_is_one_person(session: Session) -> None:
    result = people(session, "SYT,,Trần Thị Mẫu,,0912000001,,", "STC,,Trần Thị Mẫu,,0912000001,,")
    assert counts(result) == (1, 1, 0)
    assert len(session.exec(select(Person)).all()) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("KHONGCO,,Một Người,,,,", "không có đơn vị mã “KHONGCO”"),
        ("SYT,,Một Người,,12345,,", "số điện thoại “12345” không đúng"),
        ("SYT,,Một Người,,,khong-phai-thu,", "thư điện tử “khong-phai-thu” không đúng"),
        ("SYT,,Một Người,,,,giám sát", "vai trò “giám sát” phải là một trong"),
        (f"SYT,,{'Dài ' * 60},,,,", "“Họ và tên” dài quá 200 ký tự"),
        ("SYT,,Hoàng Văn Khác,,0912000001,,", "số điện thoại đã có ở dòng 2"),
        ("SYT,,Hoàng Văn Khác,,0912000009,,", "số điện thoại này đã của người khác"),
        ("SYT,,Hoàng Văn Khác,,,cu@syt.example,", "thư điện tử này là của người khác"),
    ],
)
def test_a_mistake_is_named_by_its_line_and_nothing_is_imported(session: Session, line: str, said: str) -> None:
    people(session, "SYT,,Người Cũ,,0912000009,cu@syt.example,")
    result = people(session, "CAT,,Trần Thị Mẫu,,0912000001,,", line)
    assert [problem.line for problem in result.problems] == [3]
    assert said in result.problems[0].sentence("vi")
    assert result.problems[0].sentence("vi").startswith("Dòng 3: ")
    assert result.problems[0].sentence("en").startswith("Line 3: ")
    assert (result.created, result.updated) == (0, 0)
    assert [person.name for person in session.exec(select(Person))] == ["Người Cũ"]


def test_the_template_comes_back_filled(session: Session) -> None:
    someone(session, "Đã Có Sẵn", "STC", phone="+84912000005")
    rows = people_template(session, NOW)
    by_code = {row[0]: row for row in rows[1:]}
    assert "STTTT" not in by_code
    assert by_code["STC"][2:5] == ["Đã Có Sẵn", "", "+84912000005"]
    book = load_workbook(io.BytesIO(sheet(people_template(session, NOW))))
    page = book.active
    assert page is not None
    for line in range(2, page.max_row + 1):
        if page.cell(line, 1).value == "09313":
            page.cell(line, 3).value = "Nguyễn Văn Điền"
            page.cell(line, 5).value = 912000006  # as a spreadsheet keeps a number without its zero
    out = io.BytesIO()
    book.save(out)
    assert counts(import_people(session, NOW, people_rows(out.getvalue()))) == (1, 0, 1)
    filled = session.exec(select(Person).where(Person.name == "Nguyễn Văn Điền")).one()
    assert filled.phone == "+84912000006"


@pytest.mark.parametrize("name", ["=1+1", "+Tên", "-Tên", "@Tên"])
def test_cells_that_look_like_formulas_stay_text(session: Session, name: str) -> None:
    unit = Unit(code="TX", name=name, kind="phòng")
    session.add(unit)
    session.flush()
    book = load_workbook(io.BytesIO(sheet(people_template(session, NOW))))
    assert book.active is not None
    cells = [row[1] for row in book.active.iter_rows() if row[0].value == "TX"]
    assert [(cell.value, cell.data_type) for cell in cells] == [(name, "s")]
    people(session, f"TX,,{name} Người,,,,")
    assert session.exec(select(Person.name)).one() == f"{name} Người"


def test_a_file_that_is_no_table_is_refused(session: Session) -> None:
    for content, said in (
        (b"\xff\xfe\x00x", "UTF-8"),
        (b"PK\x03\x04nonsense", "XLSX"),
        (b"", "thiếu cột “Mã đơn vị”, “Họ và tên”"),
        (b"a,b\n1,2\n", "thiếu cột “Mã đơn vị”, “Họ và tên”"),
    ):
        with pytest.raises(SheetError, match=said):
            people_rows(content)


def test_units_import_from_csv_and_from_xlsx_alike(session: Session) -> None:
    rows: list[list[object]] = [
        ["Mã đơn vị", "Tên", "Loại", "Tên khác", "Từ ngày", "Đơn vị kế thừa", "Đến ngày"],
        ["TTKN", "Trung tâm Khuyến nông", "đơn vị trực thuộc", "TT KN;TTKN tỉnh", date(2025, 3, 1), "", ""],
        ["TTGCT", "Trung tâm Giống cây trồng", "đơn vị trực thuộc", "", "", "TTKN", "28/02/2025"],
        ["90001", "Mẫu Xã", "xã", "", "", "", ""],
    ]
    made = import_units(session, xlsx(rows))
    assert (made.created, made.updated, made.unchanged) == (3, 0, 0)
    as_csv = (
        "code;name;kind;valid_from;successor;valid_to\n"
        "TTKN;Trung tâm Khuyến nông;đơn vị trực thuộc;01/03/2025;;\n"
        "TTGCT;Trung tâm Giống cây trồng;đơn vị trực thuộc;;TTKN;2025-02-28\n"
        "90001;Mẫu Xã;xã;;;\n"
    )
    again = import_units(session, as_csv.encode())
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    found = resolve(session, "Trung tâm Giống cây trồng", on=date(2026, 1, 1))
    assert found.unit_ids == (unit_id(session, "TTKN"),)
    assert resolve(session, "UBND xã Mẫu Xã", on=date(2026, 1, 1)).unit_ids == (unit_id(session, "90001"),)


def test_the_official_list_of_names_imports_over_the_shipped_register(session: Session) -> None:
    """Bare names and kinds, and former bodies' names among the aliases: as such lists are published."""
    listed = "code,name,kind\n09313,Chi Lăng,xã\n09190,Võ Cường,phường\n"
    offices = (
        "code,name,kind,short_name,aliases,status\n"
        "SKHCN,Sở Khoa học và Công nghệ,sở,Sở KH&CN,SKHCN;Sở TT&TT;Sở Thông tin và Truyền thông,confirmed\n"
    )
    assert import_units(session, listed.encode()).created == 0
    assert import_units(session, offices.encode()).created == 0
    assert import_units(session, offices.encode()).unchanged == 1
    register = Register.load(session)
    before = resolve(session, "Sở TT&TT", on=date(2025, 2, 24), register=register)
    after = resolve(session, "Sở TT&TT", on=date(2026, 2, 24), register=register)
    assert before.unit_ids == (unit_id(session, "STTTT"),)
    assert (after.unit_ids, bool(after.units[0].note)) == ((unit_id(session, "SKHCN"),), True)
    assert resolve(session, "UBND phường Võ Cường", on=NOW.date()).unit_ids == (unit_id(session, "09190"),)


def test_a_bad_list_of_units_changes_nothing(session: Session) -> None:
    bad = (
        "code,name,kind,successor,valid_from\n"
        "A1,Đơn vị tốt,sở,,\n"
        "A2,,sở,,\n"
        "A1,Trùng mã,sở,,\n"
        "A3,Kế thừa sai,sở,KHONGCO,\n"
        "A4,Ngày sai,sở,,31/02/2025\n"
        "A5,Tự kế thừa,sở,A5,\n"
    )
    with pytest.raises(SheetError) as refused:
        import_units(session, bad.encode())
    assert [(p.line, p.vi) for p in refused.value.problems] == [
        (3, "thiếu “Tên”"),
        (4, "mã A1 đã có ở dòng 2"),
        (5, "không có đơn vị mã KHONGCO"),
        (6, "“31/02/2025” không phải là ngày"),
        (7, "“Đơn vị kế thừa” là chính đơn vị đó"),
    ]
    assert session.exec(select(Unit).where(Unit.code == "A1")).first() is None


def test_an_admin_says_whom_a_group_means_and_since_when(session: Session) -> None:
    head = "cụm từ,cách viết khác,loại,mã,trừ mã,từ ngày,đến ngày\n"
    text = (
        head + '"Các sở, ban, ngành",Các ngành,sở,TTT,SDTTG,2026-01-01,\nCác cụm công nghiệp,,,SCT;STC,,,31/12/2026\n'
    )
    assert (made := import_units(session, text.encode())).created == 2
    assert import_units(session, text.encode()).unchanged == made.created
    changed = import_units(session, text.replace("SCT;STC", "SCT").encode())
    assert (changed.created, changed.updated, changed.unchanged) == (0, 1, 1)
    day = date(2026, 11, 20)
    assert resolve(session, "các cụm công nghiệp", on=day).unit_ids == (unit_id(session, "SCT"),)
    assert resolve(session, "các cụm công nghiệp", on=date(2027, 1, 1)).doubts[0].code == "group_ended"
    both = resolve(session, "các ngành", on=day)
    assert unit_id(session, "SDTTG") not in both.unit_ids
    assert len(both.units) == 11


def test_a_group_of_nobody_known_is_a_mistake(session: Session) -> None:
    bad = "phrase,kinds,codes,parent,valid_to\nNhóm,lạ,KHONGCO,KHONG,hôm qua\n,sở,,,\n"
    with pytest.raises(SheetError) as refused:
        import_units(session, bad.encode())
    assert [(p.line, p.vi) for p in refused.value.problems] == [
        (2, "“hôm qua” không phải là ngày"),
        (2, "không có đơn vị mã KHONGCO"),
        (2, "không có loại đơn vị “lạ”"),
        (2, "không có đơn vị mã KHONG"),
        (3, "cụm từ trống hoặc dài quá 200 ký tự"),
    ]


def test_the_register_is_seeded_once(session: Session) -> None:
    assert seed_register(session) == 0
    assert len(session.exec(select(Unit).where(col(Unit.kind).in_(["xã", "phường"]))).all()) == 99
    assert all(unit.source for unit in session.exec(select(Unit)))


def test_an_agencys_days_lie_over_the_shipped_calendar(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("ngày,loại,ghi chú\n07/12/2026,nghỉ,ngày truyền thống\n12/12/2026,làm bù,\n", encoding="utf-8")
    assert house_calendar(session).is_working(date(2026, 12, 7))
    days = load_calendar_csv(file)
    assert counts(import_calendar(session, NOW, days)) == (2, 0, 0)
    assert counts(import_calendar(session, NOW, days)) == (0, 0, 2)
    assert not house_calendar(session).is_working(date(2026, 12, 7))
    assert house_calendar(session).is_working(date(2026, 12, 12))
    assert len(session.exec(select(CalendarDay)).all()) == 2
