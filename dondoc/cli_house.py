"""What several commands share: the database opened and checked, the time, files in and out, refusals as sentences."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dondoc.terminal import fail, language, say, settings_or_fail

if TYPE_CHECKING:
    from sqlmodel import Session

    from dondoc.settings import Settings
    from models.database import Database
    from models.errors import Refused


@contextmanager
def house(settings: Settings | None = None, *, any_schema: bool = False) -> Generator[Database]:
    """The database, its schema up to date unless `any_schema`. What a person can meet is one sentence and exit code 1."""
    from sqlalchemy.exc import SQLAlchemyError

    from dondoc.doctor import check_database
    from models.database import Database
    from models.errors import Refused

    settings = settings or settings_or_fail()
    found = check_database(settings, any_schema=any_schema)
    if not found.ok:
        fail(found.sentence)
    database = Database(settings.database, info=settings.for_verbs)
    try:
        yield database
    except Refused as why:
        fail(refusal(why))
    except SQLAlchemyError as error:
        fail(say("Cơ sở dữ liệu báo lỗi: ", "The database answered with an error: ") + reason_of(error))
    finally:
        database.close()


def business_now(session: Session, settings: Settings) -> datetime:
    """The office's present instant, moved where the clock is simulated."""
    from datetime import timedelta

    from models import clock
    from models.business_clock import read_offset

    return clock.business_now(read_offset(session) if settings.simulated_clock else timedelta())


def reason_of(error: Exception) -> str:
    """The first line of what a server or driver said; never a statement or its parameters."""
    said = str(getattr(error, "orig", None) or type(error).__name__).strip()
    return said.splitlines()[0] if said else type(error).__name__


def read_bytes(path: Path) -> bytes:
    """The file's content, or one sentence and exit code 2."""
    try:
        return path.read_bytes()
    except OSError as error:
        fail(unreadable(path, error), 2)


def write_bytes(path: Path, content: bytes) -> None:
    """Write the file, or say why not."""
    try:
        path.write_bytes(content)
    except OSError as error:
        fail(say(f"Không ghi được {path}: ", f"Cannot write {path}: ") + str(error.strerror))


def unreadable(path: Path, error: OSError) -> str:
    """Why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return say(f"Không có tệp {path}", f"There is no file {path}")
    why = say(*UNREADABLE.get(type(error), (str(error.strerror), str(error.strerror))))
    return say(f"Không đọc được {path}: ", f"Cannot read {path}: ") + why


UNREADABLE: dict[type[OSError], tuple[str, str]] = {
    IsADirectoryError: ("đây là thư mục, không phải tệp", "it is a folder, not a file"),
    PermissionError: ("không có quyền đọc tệp", "no permission to read it"),
}


REFUSALS = {
    "name_ambiguous": (
        "Có {count} người cùng tên; nêu thêm số điện thoại",
        "{count} people have this name; give the phone number instead",
    ),
}
"""What is said otherwise than in chat: here a command cures it."""


def refusal(why: Refused) -> str:
    """The sentence of a verb that was not carried out."""
    if why.code in REFUSALS:
        return say(*REFUSALS[why.code]).format_map(why.data)
    from bot.refusals import sentence
    from bot.texts import say_for

    return sentence(say_for(language()), why)
