"""Whatever is sent, the answer is a sentence that says what to do; nothing crashes, hangs or eats the machine."""

import hashlib
import os
import random
import subprocess
import time
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from PIL import Image

from letters.extract import ExtractionError, Limits, MissingPackage, extract, extract_many
from letters.formats import render
from tests.letters.formats import paper

LETTER = paper.Letter()
MEGABYTE = 1024 * 1024


def refused(data: bytes, name: str = "thư.bin", limits: Limits | None = None) -> ExtractionError:
    with pytest.raises(ExtractionError) as caught:
        extract(data, name, limits=limits or Limits())
    assert name in caught.value.vi
    assert caught.value.vi.endswith((".", "vie", "catdoc"))
    assert caught.value.en
    return caught.value


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\0" * 5000])
def test_an_empty_file(data: bytes) -> None:
    assert refused(data).code == "empty"


def test_fifty_megabytes() -> None:
    error = refused(b"%PDF-1.7" + b"x" * 50 * MEGABYTE)

    assert error.code == "too_big"
    assert "51 MB" in error.vi
    assert "20 MB" in error.vi


def test_ten_megabytes_of_one_letter() -> None:
    assert refused(b"A" * 10 * MEGABYTE).code == "too_long"


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"MZ\x90\x00", "chương trình"),
        (b"<!DOCTYPE HTML><html>", "trang web"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "không phải Word"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(head: bytes, word: str) -> None:
    error = refused(head + bytes(range(256)) * 8, "thư.pdf")

    assert error.code == "unsupported"
    assert word in error.vi


def test_an_iphone_photo() -> None:
    assert refused(b"\x00\x00\x00\x18ftypheic" + bytes(100)).code == "heic"


def test_random_bytes_under_any_name() -> None:
    dice = random.Random(11)
    assert {refused(dice.randbytes(3000), "a.txt").code for _ in range(50)} == {"unsupported"}


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\x00"])
def test_random_bytes_with_a_good_beginning(head: bytes) -> None:
    assert refused(head + random.Random(5).randbytes(4000)).code == "broken"


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_half_a_file(share: float) -> None:
    for data in (paper.as_docx(LETTER), paper.saved(Image.new("RGB", (900, 900), "white"), "PNG")):
        assert refused(data[: int(len(data) * share)]).code == "broken"


def test_a_truncated_pdf_is_read_or_refused() -> None:
    data = paper.as_pdf(LETTER)
    assert refused(data[: len(data) // 3]).code in {"broken", "no_text"}


def test_a_pdf_whose_pages_are_their_own_parents() -> None:
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>endobj\n"
        b"3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 9>>endobj\n"
        b"trailer<</Root 1 0 R/Size 4>>\n%%EOF"
    )
    started = time.monotonic()
    assert refused(loop).code in {"broken", "no_text"}
    assert time.monotonic() - started < 15


def test_a_pdf_with_a_password() -> None:
    assert refused(locked_pdf(b"")).code == "no_text"  # the lock itself is sound: with no password it opens
    assert refused(locked_pdf(b"bi mat")).code == "password"


def test_an_encrypted_office_file() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert refused(container, "thư.docx").code == "password"


def test_a_zip_bomb_named_docx() -> None:
    assert refused(zipped({"word/document.xml": b"<a/>", "word/media/x.bin": b"\0" * 60 * MEGABYTE})).code == "zip_bomb"


def test_a_zip_that_lies_about_its_sizes() -> None:
    honest = zipped({"word/document.xml": b"<!-- " + random.Random(2).randbytes(8) * 500_000 + b"-->"})
    lying = honest.replace((4_000_008).to_bytes(4, "little"), (800).to_bytes(4, "little"))
    assert lying != honest
    assert refused(lying).code == "broken"


def test_a_billion_laughs() -> None:
    lol = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
    assert refused(zipped({"word/document.xml": lol})).code == "broken"


def test_a_million_cells() -> None:
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    row = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 100 + "</w:tr>"
    body = f"<w:document {ns}><w:body><w:tbl>{row * 10_000}</w:tbl></w:body></w:document>".encode()
    started = time.monotonic()

    assert refused(zipped({"word/document.xml": body}, zipfile.ZIP_STORED)).code == "too_many_cells"
    assert time.monotonic() - started < 10


def test_deep_nesting_does_not_overflow() -> None:
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p><w:r><w:t>đáy</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 60
    assert refused(zipped({"word/document.xml": f"<w:document {ns}>{deep}</w:document>".encode()})).code == "no_text"


@pytest.mark.parametrize(("inside", "word"), [("xl/workbook.xml", "Excel"), ("readme.txt", "ZIP")])
def test_another_zip(inside: str, word: str) -> None:
    assert word in refused(zipped({inside: b"x"}), "thư.docx").vi


def test_too_many_pages() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(12):
        document.new_page(595, 842)
    out = BytesIO()
    document.save(out)
    assert refused(out.getvalue(), limits=Limits(pages=10)).code == "too_many_pages"
    assert refused(out.getvalue(), limits=Limits(scanned_pages=1)).code == "too_many_scans"


def test_blank_pages() -> None:
    document = docx.Document()
    assert refused(paper.saved_docx(document)).code == "no_text"


def test_a_picture_declared_larger_than_memory() -> None:
    vast = paper.saved(Image.new("1", (20_000, 20_000)), "PNG")
    assert refused(vast).code == "image_too_large"


def test_too_many_files_and_none() -> None:
    with pytest.raises(ExtractionError, match="nhiều nhất 40 tệp"):
        extract_many([(b"a", "a.txt")] * 41)
    with pytest.raises(ExtractionError) as caught:
        extract_many([])
    assert caught.value.code == "empty"


def test_a_worker_that_takes_too_long_is_stopped_with_all_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = tmp_path / "tesseract"
    endless.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/begun\nmv {tmp_path}/begun {tmp_path}/pid\nexec sleep 120\n")
    endless.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    small = paper.as_scan(paper.Letter(body=("Kính gửi: Sở Y tế.",), height=330))[0]
    error = refused(paper.saved(small, "PNG"), limits=Limits(seconds=40, stall_seconds=14))

    assert error.code == "timed_out"
    assert not lives(int((tmp_path / "pid").read_text()))


@pytest.mark.usefixtures("tesseract")
def test_a_worker_short_of_memory_says_so() -> None:
    error = refused(paper.saved(paper.as_scan(LETTER)[0], "PNG"), limits=Limits(memory=150 * MEGABYTE))
    assert error.code == "out_of_memory"


def test_without_the_recogniser_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingPackage) as caught:
        extract(paper.saved(paper.as_scan(LETTER)[0], "PNG"), "ảnh.png")
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in caught.value.vi

    with pytest.raises(MissingPackage) as caught:
        extract(b"{\\rtf1 Kinh gui}", "cũ.doc")
    assert "apt-get install catdoc" in caught.value.vi


def test_the_worker_is_given_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "1:secret")
    spy = subprocess.Popen
    given: list[dict[str, str]] = []

    def popen(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        given.append(options["env"])
        return spy(*args, **options)

    monkeypatch.setattr(subprocess, "Popen", popen)
    assert extract(paper.as_docx(LETTER), "a.docx").how == "docx"
    assert [set(environment) & {"PATH", "DONDOC_TELEGRAM_TOKEN"} for environment in given] == [{"PATH"}]


def lives(pid: int) -> bool:
    """Whether the process still runs; one that waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except FileNotFoundError:
        return False


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for path, content in parts.items():
            file.writestr(path, content)
    return out.getvalue()


def locked_pdf(password: bytes) -> bytes:
    """A PDF closed with the oldest of its locks (RC4, 40 bits; ISO 32000-1, 7.6.3)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded, number = (password + pad)[:32], b"\x01" * 16
    owner = rc4(md5(padded)[:5], padded)
    user = rc4(md5(padded + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + number)[:5], pad)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<"
        + owner.hex().encode()
        + b">/U<"
        + user.hex().encode()
        + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 4 0 R/Size 5/ID[<"
        + number.hex().encode()
        + b"><"
        + number.hex().encode()
        + b">]>>\n%%EOF"
    )


def md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def rc4(key: bytes, data: bytes) -> bytes:
    state, at = list(range(256)), 0
    for index in range(256):
        at = (at + state[index] + key[index % len(key)]) % 256
        state[index], state[at] = state[at], state[index]
    out, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        out.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(out)


def test_a_long_document_is_read_piece_by_piece() -> None:
    """As one tree its 12 MB of XML would take 300 MB."""
    document = docx.Document()
    for paragraph in LETTER.body:
        document.add_paragraph(paragraph)
    wide = "<w:p><w:pPr><w:jc w:val='both'/></w:pPr>" + "<w:r><w:rPr><w:b/></w:rPr><w:t>mẫu </w:t></w:r>" * 8 + "</w:p>"
    source = BytesIO()
    document.save(source)
    packed = BytesIO()
    with zipfile.ZipFile(source) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "word/document.xml":
                dice = random.Random(1)
                more = "".join(wide.replace("mẫu", str(dice.randrange(10**9))) for _ in range(28_000))
                content = content.replace(b"<w:sectPr", more.encode() + b"<w:sectPr", 1)
                assert len(content) > 11 * MEGABYTE
            made.writestr(part, content)

    found = extract(packed.getvalue(), "dài.docx", limits=Limits(memory=200 * MEGABYTE, characters=5_000_000))

    assert LETTER.body[2] in found.text
    assert found.text.count("\n") > 28_000


def test_a_page_with_more_on_it_than_a_letter_has_is_not_parsed_thing_by_thing() -> None:
    content = b"BT /A 8 Tf 30 700 Td " + b"(a) Tj " * 31_000 + b"ET"
    pages = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</A 5 0 R>>>>/Contents 4 0 R>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    crowded = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", pages,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content), font,
    )  # fmt: skip

    assert render.is_crowded(crowded, 0, "a.pdf")
    assert not render.is_crowded(paper.as_pdf(LETTER), 0, "a.pdf")


def pdf_of(*objects: bytes) -> bytes:
    """A file of these objects, numbered from 1."""
    made, places = b"%PDF-1.7\n", list[int]()
    for number, thing in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n%strailer<</Size %d/Root 1 0 R>>\n" % (len(places) + 1, table, len(places) + 1)
    return made + head + b"startxref\n%d\n%%%%EOF" % len(made)


def test_a_picture_is_decoded_only_as_large_as_it_can_be_held() -> None:
    colour = Image.new("RGB", (6000, 6000), "white")
    assert "vượt giới hạn 30" in refused(paper.saved(colour, "PNG"), "a.png").vi
    assert refused(paper.saved(colour, "JPEG"), "a.jpg").code == "no_text"  # decoded at half its size
    assert refused(paper.saved(colour.convert("L"), "PNG"), "a.png").code == "no_text"
