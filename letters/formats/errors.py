"""Why a file could not be read: each reason is a code with its sentence, what to do included, in two languages."""

from __future__ import annotations

from typing import Final

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "empty": (
        "Tệp “{name}” không có nội dung. Đề nghị kiểm tra và gửi lại.",
        "The file “{name}” is empty. Please check it and send it again.",
    ),
    "too_big": (
        "Tệp “{name}” lớn {size} MB, vượt giới hạn {limit} MB. Đề nghị gửi bản nhẹ hơn hoặc chỉ gửi phần văn bản chính.",
        "The file “{name}” has {size} MB, over the limit of {limit} MB. Send a lighter copy or the main part only.",
    ),
    "too_long": (
        "Tệp “{name}” dài quá {limit} ký tự. Đề nghị chỉ gửi phần văn bản chính, không kèm phụ lục dữ liệu.",
        "The file “{name}” is over {limit} characters long. Send the letter itself without its data annexes.",
    ),
    "too_many_pages": (
        "Tệp “{name}” có {pages} trang, vượt giới hạn {limit} trang. Đề nghị tách và chỉ gửi phần văn bản chính.",
        "The file “{name}” has {pages} pages, over the limit of {limit}. Split it and send the letter itself.",
    ),
    "too_many_scans": (
        "Tệp “{name}” có hơn {limit} trang ảnh quét, quá mức nhận dạng một lần. Đề nghị tách và gửi phần văn bản chính.",
        "The file “{name}” has over {limit} scanned pages, too many to recognise at once. Send the letter itself.",
    ),
    "too_many_cells": (
        "Bảng trong tệp “{name}” có hơn {limit} ô, quá lớn với một văn bản chỉ đạo. Đề nghị bỏ bảng dữ liệu và gửi lại.",
        "The tables in “{name}” have over {limit} cells, too many for a letter. Remove the data tables and resend.",
    ),
    "too_many_files": (
        "Một văn bản gồm nhiều nhất {limit} tệp. Đề nghị ghép ảnh thành một tệp PDF rồi gửi lại.",
        "A letter can have {limit} files at most. Join the photos into one PDF and send it again.",
    ),
    "image_too_large": (
        "Ảnh “{name}” có kích thước {pixels} triệu điểm ảnh, vượt giới hạn {limit}. Đề nghị chụp lại ở cỡ nhỏ hơn.",
        "The image “{name}” has {pixels} megapixels, over the limit of {limit}. Take it again in a smaller size.",
    ),
    "unsupported": (
        "Tệp “{name}” là {found}, chưa đọc được. Đề nghị gửi .docx, .pdf, .doc, .txt hoặc ảnh .jpg, .png.",
        "The file “{name}” is {found_en}, which cannot be read. Send .docx, .pdf, .doc, .txt, or a .jpg or .png photo.",
    ),
    "heic": (
        "Ảnh “{name}” ở định dạng HEIC của iPhone, chưa đọc được. Đề nghị gửi dạng JPG "
        "(Cài đặt › Camera › Định dạng › Tương thích nhất) hoặc gửi ảnh qua trò chuyện thay vì gửi tệp.",
        "The photo “{name}” is in the iPhone's HEIC format. Send it as JPG (Settings › Camera › Formats › Most "
        "Compatible), or as a photo in the chat instead of a file.",
    ),
    "password": (
        "Tệp “{name}” có mật khẩu nên không mở được. Đề nghị bỏ mật khẩu rồi gửi lại.",
        "The file “{name}” is protected by a password. Remove the password and send it again.",
    ),
    "zip_bomb": (
        "Tệp “{name}” nở ra quá lớn khi giải nén nên bị từ chối. Đề nghị mở bằng Word, lưu lại rồi gửi.",
        "The file “{name}” unpacks to an unreasonable size and is refused. Open it in Word, save it and send that.",
    ),
    "broken": (
        "Tệp “{name}” bị hỏng hoặc tải lên chưa trọn. Đề nghị mở thử trên máy, lưu lại rồi gửi lại.",
        "The file “{name}” is damaged or was not sent completely. Open it, save it again and resend.",
    ),
    "no_text": (
        "Không tìm thấy chữ nào trong tệp “{name}”. Nếu là ảnh chụp, đề nghị chụp lại rõ và đủ sáng.",
        "No text was found in “{name}”. If it is a photo, take it again, sharp and well lit.",
    ),
    "needs_package": (
        "Để đọc tệp “{name}” máy chủ cần gói phần mềm {package}. Người quản trị chạy lệnh: {command}",
        "To read “{name}” the server needs the package {package}. The administrator runs: {command}",
    ),
    "timed_out": (
        "Đọc tệp “{name}” quá {seconds} giây nên đã dừng. Đề nghị tách nhỏ tệp hoặc gửi bản .docx.",
        "Reading “{name}” was stopped after {seconds} seconds. Split the file or send the .docx.",
    ),
    "out_of_memory": (
        "Tệp “{name}” cần quá nhiều bộ nhớ (giới hạn {limit} MB) nên đã dừng đọc. Đề nghị tách nhỏ hoặc gửi bản .docx.",
        "Reading “{name}” needs too much memory (limit {limit} MB) and was stopped. Split it or send the .docx.",
    ),
    "classified": (
        "Văn bản có dấu chỉ độ mật. Hệ thống từ chối, không lưu nội dung. Đề nghị chuyển qua kênh dành cho văn bản mật.",
        "The letter bears a secrecy mark. It is refused and nothing of it is kept. Use the channel for classified letters.",
    ),
}

CODES: Final = frozenset(_SENTENCES)


class ExtractionError(Exception):
    """The file gives no text. `vi` and `en` are whole sentences for the sender; `code` is one of CODES.

    `details` are what the sentence was filled with (name, limit, package, command, …).
    """

    def __init__(self, code: str, **details: str | int) -> None:
        sentence_vi, sentence_en = _SENTENCES[code]
        details.setdefault("name", "")
        self.code = code
        self.details = details
        self.vi = sentence_vi.format_map(details)
        self.en = sentence_en.format_map(details)
        super().__init__(self.vi)


class ClassifiedLetter(ExtractionError):
    """A secrecy mark stands on the letter. Carries nothing of the text: not even the file's name."""

    def __init__(self) -> None:
        super().__init__("classified")


class MissingPackage(ExtractionError):
    """The machine lacks a system package; `details` has `package` and `command`, the line that installs it."""

    def __init__(self, package: str, name: str = "") -> None:
        super().__init__("needs_package", package=package, command=f"apt-get install {package}", name=name)


def from_details(code: str, details: dict[str, str | int]) -> ExtractionError:
    """The error again, on this side of the pipe from the child process."""
    if code == "classified":
        return ClassifiedLetter()
    if code == "needs_package":
        return MissingPackage(str(details["package"]), str(details["name"]))
    return ExtractionError(code, **details)
