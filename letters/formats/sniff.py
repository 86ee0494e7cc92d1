"""What a file is, by its first bytes: its name is only ever shown, never trusted."""

from __future__ import annotations

from typing import Literal

from letters.formats.errors import ExtractionError

Kind = Literal["text", "docx", "pdf", "image", "doc", "rtf"]

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"Rar!", "tệp nén RAR", "a RAR archive"),
    (b"7z\xbc\xaf", "tệp nén 7z", "a 7z archive"),
    (b"\x1f\x8b", "tệp nén gzip", "a gzip archive"),
    (b"\x7fELF", "tệp chương trình", "a program"),
    (b"MZ", "tệp chương trình", "a program"),
    (b"OggS", "tệp âm thanh", "a sound file"),
    (b"ID3", "tệp âm thanh", "a sound file"),
    (b"<!doctype html", "trang web", "a web page"),
    (b"<html", "trang web", "a web page"),
)


def sniff(data: bytes, name: str) -> Kind:
    """The kind of a file that is not empty.

    Raises ExtractionError: heic, unsupported, password (of an encrypted Office file).
    """
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data, name)
    if head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "image"
    if head[4:8] == b"ftyp":
        raise _film_or_photo(head, name)
    for magic, found, found_en in _FOREIGN:
        if head.lstrip().lower().startswith(magic.lower()):
            raise ExtractionError("unsupported", name=name, found=found, found_en=found_en)
    return "text"


def _compound(data: bytes, name: str) -> Kind:
    """Old Office files and encrypted new ones are one container; its directory names say which."""
    if _utf16("EncryptedPackage") in data:
        raise ExtractionError("password", name=name)
    if _utf16("WordDocument") in data:
        return "doc"
    raise ExtractionError(
        "unsupported", name=name, found="tệp Office kiểu cũ không phải Word", found_en="an old Office file, not Word"
    )


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _film_or_photo(head: bytes, name: str) -> ExtractionError:
    if head[8:12] in _HEIC_BRANDS:
        return ExtractionError("heic", name=name)
    return ExtractionError("unsupported", name=name, found="tệp video", found_en="a video")
