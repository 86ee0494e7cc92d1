"""dondoc import units, people, calendar: an agency's own lists from CSV or XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from dondoc.cli_house import business_now, house, read_bytes, write_bytes
from dondoc.terminal import fail, language, say, settings_or_fail, tell

if TYPE_CHECKING:
    from models.imports import ImportResult
    from models.register_file import ImportedUnits
    from models.sheets import Problem

importing = typer.Typer(help="Nhập danh sách từ CSV hoặc XLSX · load lists from CSV or XLSX.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put the commands into the application."""
    app.add_typer(importing, name="import")


@importing.command("units")
def units(
    file: Path | None = typer.Argument(None, help="Cột · columns: code, name, kind, short_name, aliases, parent …"),
    shipped: bool = typer.Option(False, "--shipped", help="Danh mục Bắc Ninh kèm theo · the register that comes along"),
) -> None:
    """Đơn vị · Units of the register; the same file twice changes nothing."""
    from models.register import import_units, seed_register
    from models.sheets import SheetError

    if (file is None) == (not shipped):
        fail(say("Nêu một tệp, hoặc --shipped", "Give a file, or --shipped"), 2)
    content = read_bytes(file) if file else b""
    with house() as database, database.transaction() as session:
        if file is None:
            made = seed_register(session)
            return tell(
                say(f"Đã tạo {made} đơn vị", f"{made} units created")
                if made
                else say("Đã có danh mục đơn vị; không đổi gì", "There are units already; nothing changed")
            )
        try:
            found = import_units(session, content)
        except SheetError as error:
            mistakes(error.problems)
    return tell(_counted(say("Đơn vị", "Units"), found))


@importing.command("people")
def people(
    file: Path | None = typer.Argument(None, help="Tệp đã điền · the filled sheet, CSV or XLSX"),
    template: Path | None = typer.Option(
        None, "--template", help="Ghi mẫu, mỗi đơn vị một dòng · write the sheet to fill"
    ),
) -> None:
    """Người phụ trách của các đơn vị · Who acts for which unit; nobody is removed."""
    from models.imports import import_people, people_rows
    from models.sheets import SheetError

    if (file is None) == (template is None):
        fail(say("Nêu một tệp, hoặc --template TỆP.xlsx", "Give a file, or --template FILE.xlsx"), 2)
    if template is not None:
        return _write_template(template)
    content = read_bytes(file or Path())
    settings = settings_or_fail()
    try:
        rows = people_rows(content)
    except SheetError as error:
        mistakes(error.problems)
    with house(settings) as database, database.transaction() as session:
        result = import_people(session, business_now(session, settings), rows)
        if result.problems:
            mistakes(result.problems)
    return tell(_counted(say("Người", "People"), result))


def _write_template(path: Path) -> None:
    from dondoc.people_sheet import sheet
    from models.imports import people_template

    settings = settings_or_fail()
    with house(settings) as database, database.reading() as session:
        rows = people_template(session, business_now(session, settings))
    if len(rows) < 2:
        fail(
            say(
                "Chưa có đơn vị nào. Chạy trước: dondoc import units TỆP (hoặc --shipped)",
                "There is no unit yet. First run: dondoc import units FILE (or --shipped)",
            )
        )
    write_bytes(path, sheet(rows))
    tell(
        say(
            f"{path}: {len(rows) - 1} đơn vị. Điền rồi chạy: dondoc import people {path}",
            f"{path}: {len(rows) - 1} units. Fill it in, then run: dondoc import people {path}",
        )
    )


@importing.command("calendar")
def calendar(
    file: Path = typer.Argument(help="Cột · columns: date, kind (off/work), note"),
) -> None:
    """Ngày nghỉ, làm bù của cơ quan · An agency's own days off and worked Saturdays, over the shipped calendar."""
    from models.calendar_file import SHOWN, CalendarFileError, load_calendar_csv
    from models.imports import import_calendar

    read_bytes(file)  # a file that cannot be read is told like everywhere
    settings = settings_or_fail()
    try:
        days = load_calendar_csv(file)
    except CalendarFileError as error:
        lines = [line.split(" · ")[say("0", "1") == "1"] for line in error.problems[:SHOWN]]
        _refuse(lines, len(error.problems) - SHOWN)
    with house(settings) as database, database.transaction() as session:
        result = import_calendar(session, business_now(session, settings), days)
    return tell(_counted(say("Ngày", "Days"), result))


def _counted(what: str, result: ImportResult | ImportedUnits) -> str:
    return say(
        f"{what}: {result.created} mới, {result.updated} sửa, {result.unchanged} như cũ",
        f"{what}: {result.created} created, {result.updated} updated, {result.unchanged} unchanged",
    )


def mistakes(problems: Sequence[Problem]) -> NoReturn:
    """Every line with a mistake, and that nothing was imported; exit code 2."""
    from models.sheets import SHOWN

    _refuse([problem.sentence(language()) for problem in problems[:SHOWN]], len(problems) - SHOWN)


def _refuse(lines: list[str], more: int) -> NoReturn:
    head = say("Tệp có chỗ chưa đúng, chưa nhập gì:", "The file has mistakes; nothing was imported:")
    fail("\n".join([head, *lines, *([f"… (+{more})"] if more > 0 else [])]), 2)
