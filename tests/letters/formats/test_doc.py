"""Old Word files and RTF through catdoc, in Unicode and in the old fonts of their time."""

import shutil
import struct
from pathlib import Path

import pytest

from letters.extract import ClassifiedLetter, ExtractionError, MissingPackage, extract
from tests.letters.formats import paper
from tests.letters.formats.legacy import to_tcvn3

pytestmark = pytest.mark.usefixtures("catdoc_alone")
TEXT = paper.Letter().text


@pytest.fixture
def catdoc_alone(catdoc: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which no other converter is installed; the folder of its programs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "catdoc").symlink_to(str(shutil.which("catdoc")))
    monkeypatch.setenv("PATH", str(programs))
    return programs


def office(folder: Path, does: str) -> None:
    """A stand-in that keeps to LibreOffice's command line; the real one was tried by hand."""
    program = folder / "soffice"
    program.write_text(
        f'#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = --outdir ] && out="$2"; shift; done\n[ -s "$1" ] && {does}\n'
    )
    program.chmod(0o755)


def test_a_doc_in_unicode() -> None:
    extracted = extract(word_97(TEXT, unicode=True), "cũ.doc")

    assert (lines(extracted.text), extracted.how) == (lines(TEXT), "doc")


def test_a_doc_typed_in_an_old_font() -> None:
    extracted = extract(word_97(to_tcvn3(TEXT), unicode=False), "cũ.doc")

    assert [line.lower() for line in lines(extracted.text)] == [line.lower() for line in lines(TEXT)]


def test_a_lone_odd_sign_does_not_make_the_file_an_old_one() -> None:
    extracted = extract(word_97(f"¾\n{TEXT}", unicode=True), "thư.doc")

    assert lines(extracted.text)[1:] == lines(TEXT)


@pytest.mark.parametrize("beside_catdoc", [True, False])
def test_the_office_suite_is_asked_first(catdoc_alone: Path, beside_catdoc: bool) -> None:
    office(catdoc_alone, 'printf "Kính gửi: Sở Y tế. Cung cấp máy mẫu." > "$out/letter.txt"')
    if not beside_catdoc:
        (catdoc_alone / "catdoc").unlink()

    extracted = extract(word_97(TEXT, unicode=True), "thư.doc")
    assert (extracted.text.strip(), extracted.how) == ("Kính gửi: Sở Y tế. Cung cấp máy mẫu.", "doc")
    assert extracted.warnings == ()


@pytest.mark.parametrize("fails", ["false", "true"], ids=["with an error", "without a word"])
def test_where_the_office_suite_fails_catdoc_reads_and_says_that_words_may_be_missing(
    catdoc_alone: Path, fails: str
) -> None:
    office(catdoc_alone, fails)
    extracted = extract(word_97(TEXT, unicode=True), "thư.doc")
    assert lines(extracted.text) == lines(TEXT)
    assert ["sót chữ" in warning for warning in extracted.warnings] == [True]


def test_what_catdoc_reads_may_lack_words_and_says_so() -> None:
    extracted = extract(word_97(TEXT, unicode=True), "thư.doc")
    assert [warning for warning in extracted.warnings if "sót chữ" in warning] == list(extracted.warnings) != []


def test_without_any_converter_the_sender_is_told_what_to_install(catdoc_alone: Path) -> None:
    (catdoc_alone / "catdoc").unlink()
    with pytest.raises(MissingPackage):
        extract(word_97(TEXT, unicode=True), "thư.doc")


def test_rtf() -> None:
    body = "".join(f"\\u{ord(letter)}?" if ord(letter) > 126 else letter for letter in TEXT.replace("\n", "\\par "))
    extracted = extract(b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times;}}\\f0 " + body.encode() + b"}", "thư.doc")

    assert "".join(extracted.text.split()) == "".join(TEXT.split())


def test_a_locked_doc_and_a_classified_one() -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(word_97(TEXT, unicode=True, flags=0x0100), "khóa.doc")
    assert caught.value.code == "password"

    with pytest.raises(ClassifiedLetter):
        extract(word_97(TEXT.replace("Kính gửi", "TỐI MẬT\nKính gửi"), unicode=True), "mật.doc")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def word_97(text: str, *, unicode: bool, flags: int = 0) -> bytes:
    """The least that is a Word 97 file ([MS-DOC] 2.5, [MS-CFB]): a file information block and the text after it."""
    content = (text + "\n").replace("\n", "\r").encode("utf-16-le" if unicode else "latin-1", "replace")
    start = 0x600
    block = bytearray(start)
    struct.pack_into("<HH", block, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", block, 0x0A, flags | (0x1000 if unicode else 0))
    struct.pack_into("<II", block, 0x18, start, start + len(content))
    struct.pack_into("<I", block, 0x4C, len(text) + 1)
    stream = bytes(block) + content
    return compound("WordDocument", stream + bytes(max(0, 4096 - len(stream))))


def compound(name: str, stream: bytes) -> bytes:
    """A compound file of one stream: header, allocation table, directory, then the stream's sectors."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sectors = -(-len(stream) // 512)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + b"\xff" * 432
    chain = [table, end, *range(3, sectors + 2), end]
    allocation = struct.pack(f"<{len(chain)}I", *chain) + struct.pack("<I", free) * (128 - len(chain))
    root = entry("Root Entry", 5, 1, end, 0)
    directory = root + entry(name, 2, free, 2, len(stream)) + bytes(256)
    return header[:512] + allocation + directory + stream.ljust(sectors * 512, b"\0")


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    typed = name.encode("utf-16-le")
    head = typed.ljust(64, b"\0") + struct.pack("<HBBIII", len(typed) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
