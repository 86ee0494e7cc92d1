"""From an empty machine to the first tasks, by commands alone: what docs/operate.md tells an operator to type."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import Session, col, func, select
from typer.testing import CliRunner

from dondoc.cli import app
from models.assignments import Assignment
from models.database import Database
from models.directives import Directive, Draft
from models.people import Membership, Person
from models.upkeep import CalendarDay
from tests.bot.letters import ANSWER
from tests.dondoc.conftest import Run
from tests.dondoc.test_read import SAMPLE

LETTER = str(SAMPLE)


@pytest.fixture
def office(dondoc: Run) -> Run:
    """A register and an admin."""
    dondoc("import", "units", "--shipped")
    dondoc("invite", "Trần Thử Một", "--admin")
    return dondoc


def test_a_letter_is_shown_and_on_yes_loaded_once(office: Run, db: Database) -> None:
    answer = office("load", LETTER, "--yes")
    assert answer.code == 0
    assert "Loaded 1246/SKHCN-CĐS: 5 tasks" in answer.out
    assert answer.out.index("1)") < answer.out.index("Loaded")
    again = office("load", LETTER, "--yes")
    assert again.code == 1
    assert "loaded" in again.err
    with db.reading() as session:
        assert session.exec(select(func.count()).select_from(Directive)).one() == 1
        communes = select(func.count()).select_from(Assignment).where(col(Assignment.sub) == 0)
        assert session.exec(communes).one() > 100
        assert session.exec(select(Draft.state)).all() == ["created"]


@pytest.mark.parametrize(("typed", "made"), [("y\n", 1), ("n\n", 0), ("\n", 0)])
def test_without_yes_it_asks(office: Run, db: Database, typed: str, made: int) -> None:
    result = CliRunner().invoke(app, ["load", LETTER], input=typed)
    assert result.exit_code == 0
    with db.reading() as session:
        assert session.exec(select(func.count()).select_from(Directive)).one() == made
        assert session.exec(select(Draft.state)).all() == ["created" if made else "cancelled"]


def test_the_letter_is_kept_as_a_file_and_loaded_in_an_admins_name(
    office: Run, db: Database, settings_env: Path
) -> None:
    office("invite", "Lê Thử Hai", "--admin")
    assert office("load", LETTER, "--yes", "--as", "Lê Thử Hai").code == 0
    assert "Không Ai" in office("load", LETTER, "--as", "Không Ai").err
    with db.reading() as session:
        directive = session.exec(select(Directive)).one()
        assert session.get_one(Person, directive.loaded_by).name == "Lê Thử Hai"
    assert [path.read_bytes() for path in (settings_env / "files").rglob("*") if path.is_file()] == [
        SAMPLE.read_bytes()
    ]


def test_loading_needs_an_admin(dondoc: Run) -> None:
    dondoc("import", "units", "--shipped")
    answer = dondoc("load", LETTER, "--yes")
    assert answer.code == 1
    assert "dondoc invite NAME --admin" in answer.err


@pytest.mark.parametrize(
    ("content", "code"), [("Bài báo về lễ hội mùa xuân. " * 20, 3), ("MẬT\nSố: 1/A-B", 4), ("", 2)]
)
def test_what_is_no_letter_is_not_kept(
    office: Run, db: Database, settings_env: Path, tmp_path: Path, content: str, code: int
) -> None:
    (tmp_path / "x.txt").write_text(content, encoding="utf-8")
    assert office("load", str(tmp_path / "x.txt"), "--yes").code == code
    assert not (settings_env / "files").exists()
    with db.reading() as session:
        assert session.exec(select(Draft)).first() is None


def test_a_reply_that_orders_is_loaded_only_when_told_so(office: Run, db: Database, tmp_path: Path) -> None:
    (tmp_path / "reply.txt").write_text(ANSWER, encoding="utf-8")
    refused = office("load", str(tmp_path / "reply.txt"), "--yes")
    assert refused.code == 3
    assert "--anyway" in refused.out
    loaded = office("load", str(tmp_path / "reply.txt"), "--yes", "--anyway")
    assert loaded.code == 0
    assert "? It looks like no letter that orders" in loaded.out
    with db.reading() as session:
        assert session.exec(select(Directive.number)).all() == ["877/SYT-NVY"]


def test_the_people_sheet_goes_out_and_comes_back(office: Run, db: Database, tmp_path: Path) -> None:
    sheet = tmp_path / "people.xlsx"
    assert "136 units" in office("import", "people", "--template", str(sheet)).out
    book = load_workbook(sheet)
    page = book.worksheets[0]
    row = next(r for r in page.iter_rows(min_row=2) if r[1].value == "Sở Y tế")
    row[2].value, row[4].value = "Phạm Thử Ba", "0900000003"
    book.save(sheet)
    assert "1 created" in office("import", "people", str(sheet)).out
    assert "1 unchanged" in office("import", "people", str(sheet)).out
    with db.reading() as session:
        person = session.exec(select(Person).where(Person.phone == "+84900000003")).one()
        role = session.exec(select(Membership.role).where(Membership.person_id == person.id)).one()
    assert (person.name, role) == ("Phạm Thử Ba", "owner")


def test_mistakes_in_lists_are_named_by_line_and_nothing_is_imported(office: Run, db: Database, tmp_path: Path) -> None:
    bad = tmp_path / "people.csv"
    bad.write_text("mã,họ và tên,điện thoại\nSYT,Phạm Thử Ba,12\nKHONG,Lê Thử Tư,\n", encoding="utf-8")
    answer = office("import", "people", str(bad))
    assert answer.code == 2
    assert "Line 2: phone “12” is not valid" in answer.err
    assert "Line 3: no unit has the code “KHONG”" in answer.err
    days = tmp_path / "days.csv"
    days.write_text("date,kind\n2027-01-02,off\n31/02/2027,off\n2027-03-01,lễ\n", encoding="utf-8")
    answer = office("import", "calendar", str(days))
    assert answer.code == 2
    assert "Line 3" in answer.err
    assert "Line 4" in answer.err
    assert "Dòng" not in answer.err
    with db.reading() as session:
        assert session.exec(select(func.count()).select_from(Person)).one() == 1
        assert session.exec(select(CalendarDay)).first() is None


@pytest.mark.parametrize("what", ["units", "people", "calendar"])
def test_a_list_without_its_columns_or_that_is_no_table(office: Run, tmp_path: Path, what: str) -> None:
    (tmp_path / "x.csv").write_text("một,hai\n1,2\n", encoding="utf-8")
    assert "no column" in office("import", what, str(tmp_path / "x.csv")).err
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 not a book")
    answer = office("import", what, str(tmp_path / "x.xlsx"))
    assert (answer.code, "XLSX" in answer.err) == (2, True)
    assert "There is no file" in office("import", what, str(tmp_path / "none.csv")).err


def test_an_agencys_own_days_are_taken(office: Run, db: Database, tmp_path: Path) -> None:
    days = tmp_path / "days.csv"
    days.write_text("ngày,loại,ghi chú\n02/01/2027,nghỉ,nghỉ bù\n09/01/2027,làm bù,\n", encoding="utf-8")
    assert "2 created" in office("import", "calendar", str(days)).out
    with db.reading() as session:
        assert _days(session) == [("2027-01-02", "off"), ("2027-01-09", "work")]


def _days(session: Session) -> list[tuple[str, str]]:
    return [(str(row.day), row.kind) for row in session.exec(select(CalendarDay).order_by(col(CalendarDay.day)))]
