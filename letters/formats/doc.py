"""Old Word files (.doc) and RTF, through a converter when the machine has one: LibreOffice, else catdoc.

catdoc is small and quick, but leaves out pieces of some files (fields, frames, what was saved in haste) and says
nothing of it, so what it reads carries a warning.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from letters.formats.errors import ExtractionError, MissingPackage
from letters.formats.limits import Limits
from letters.formats.page import Page, Pages
from letters.formats.plain import clean
from letters.text import fonts

_SECONDS = 40
INCOMPLETE = (
    "Tệp .doc đọc bằng catdoc có thể sót chữ: đề nghị đối chiếu với bản gốc, "
    "hoặc lưu lại thành .docx hay PDF rồi gửi lại."
)
"""What is said of a file that LibreOffice did not read."""
_DOS = {ord(bytes([code]).decode("cp437")): chr(code) for code in range(128, 256)}


def open_doc(data: bytes, name: str, limits: Limits) -> Pages:
    """Raises ExtractionError: password, broken, timed_out; MissingPackage without a converter."""
    del limits  # catdoc keeps within the child's own
    return Pages(1, _one(data, name))


def _one(data: bytes, name: str) -> Iterator[Page]:
    catdoc, office = shutil.which("catdoc"), shutil.which("soffice")
    if not catdoc and not office:
        raise MissingPackage("catdoc", name)
    text = None
    if office:
        try:
            text = _by_office(office, data, name)
        except ExtractionError as error:  # the suite does not start within the child's memory, or refuses the file
            if not catdoc or error.code == "password":
                raise
    if text is not None or not catdoc:
        yield Page(clean(text or ""), "doc")
    else:
        yield Page(clean(_by_catdoc(catdoc, data, name)), "doc", warnings=(INCOMPLETE,))


def _by_catdoc(catdoc: str, data: bytes, name: str) -> str:
    """catdoc drops what Windows calls the soft hyphen, which in TCVN3 is the letter ư.

    So a TCVN3 file is read once more, as if it were of a code page that has a visible sign there.
    """
    text = _run([catdoc, "-w", "-s", "cp1252", "-d", "utf-8"], data, name)
    if not fonts.mostly_tcvn3(text):
        return text
    return _run([catdoc, "-w", "-s", "cp437", "-d", "utf-8"], data, name).translate(_DOS)


def _by_office(office: str, data: bytes, name: str) -> str:
    """LibreOffice reads and writes files only; they live in a folder that is gone when this returns."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        (Path(folder) / "letter.doc").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        _run(
            [
                office,
                "--headless",
                profile,
                "--convert-to",
                "txt:Text (encoded):UTF8",
                "--outdir",
                folder,
                f"{folder}/letter.doc",
            ],
            b"",
            name,
        )
        written = Path(folder) / "letter.txt"
        if not written.exists() or not written.stat().st_size:
            raise ExtractionError("broken", name=name)
        return written.read_text("utf-8", "replace")


def _run(command: list[str], data: bytes, name: str) -> str:
    """The program's output. Its input is a file in memory: catdoc goes back and forth in it, which a pipe forbids."""
    with open(os.memfd_create("letter"), "r+b") as file:
        file.write(data)
        file.seek(0)
        try:
            done = subprocess.run(command, stdin=file, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603  fixed programs
        except subprocess.TimeoutExpired as error:
            raise ExtractionError("timed_out", name=name, seconds=_SECONDS) from error
    if b"encrypted" in done.stderr:
        raise ExtractionError("password", name=name)
    if done.returncode:
        raise ExtractionError("broken", name=name)
    return done.stdout.decode("utf-8", "replace")
