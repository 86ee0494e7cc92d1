"""The same letter as text, Word, PDF and scan gives the same text, in reading order."""

import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from letters.extract import Limits, extract, extract_many
from tests.letters.formats import paper

LETTER = paper.Letter()
LONG = paper.Letter(
    body=tuple(f"{at}. Giao Sở Tài chính báo cáo nội dung thứ {at} trước ngày 20/3/2026." for at in range(1, 70))
)

SHORT = paper.Letter(body=LONG.body[:9], height=310)


def test_a_pdf_reads_left_block_right_block_body_and_the_end_in_two_blocks() -> None:
    extracted = extract(paper.as_pdf(LETTER), "công văn.pdf")

    assert unwrapped(extracted.text) == unwrapped(LETTER.text)
    assert extracted.text.splitlines()[:7] == [*LETTER.left, *LETTER.right]
    assert (extracted.how, extracted.pages, extracted.warnings) == ("pdf", 1, ())


def test_a_word_file_reads_its_heading_table_cell_by_cell() -> None:
    extracted = extract(paper.as_docx(LETTER), "công văn.docx")

    lines = extracted.text.splitlines()
    assert [line for line in lines if line] == [
        *LETTER.left[:2],
        *LETTER.right[:2],
        *LETTER.left[2:],
        *LETTER.right[2:],
        *LETTER.body,
        *LETTER.end_left,
        *filter(None, LETTER.end_right),
    ]
    assert extracted.how == "docx"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"], ids=lambda encoding: str(encoding)
)
def test_a_text_file_in_any_unicode_encoding(encoding: str) -> None:
    assert extract(LETTER.text.replace("\n", "\r\n").encode(encoding), "a.txt").text == LETTER.text


def test_the_name_of_a_file_decides_nothing() -> None:
    assert extract(paper.as_docx(LETTER), "scan.pdf").how == "docx"
    assert extract(LETTER.text.encode(), "photo.jpg").how == "text"


def test_invisible_signs_and_direction_marks_are_dropped() -> None:
    dirty = LETTER.text.replace("Sở", "\u202eSở\u202c\u200b").replace(" ", "\u00a0")

    assert extract(dirty.encode(), "a.txt").text == LETTER.text


def test_a_long_pdf_tells_how_far_it_is_and_goes_on_over_page_ends() -> None:
    told: list[tuple[int, int]] = []
    extracted = extract(paper.as_pdf(LONG), "dài.pdf", progress=lambda page, of: told.append((page, of)))

    assert extracted.pages == len(told) - 1 > 1
    assert told == [(page, extracted.pages) for page in range(extracted.pages + 1)]
    assert [f"{at}. Giao" in extracted.text for at in range(1, 70)] == [True] * 69


@pytest.mark.usefixtures("tesseract")
def test_a_scan_with_a_seal_over_the_signature_is_recognised() -> None:
    extracted = extract(paper.scan_pdf(paper.as_scan(LETTER, noise=50, tilt=-1.3)), "quét.pdf")

    assert extracted.how == "ocr"
    assert errors(extracted.text, LETTER.text) < 0.015
    assert extracted.text.splitlines()[-3:] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"]


@pytest.mark.usefixtures("tesseract")
def test_a_photo_shrunk_by_the_chat_and_lying_on_its_side_is_recognised() -> None:
    lying = paper.as_photo(LETTER).rotate(90, expand=True)
    extracted = extract(paper.saved(lying, "JPEG", quality=85), "ảnh.jpg")

    assert errors(extracted.text, LETTER.text) < 0.02


@pytest.mark.usefixtures("tesseract")
def test_several_photos_are_the_pages_of_one_letter_turned_as_the_camera_says() -> None:
    first, second = (page.resize((page.width // 2, page.height // 2)) for page in paper.as_scan(SHORT))
    exif = Image.Exif()
    exif[0x0112] = 6  # "turn 90° clockwise to view"
    lying = paper.saved(second.rotate(90, expand=True), "JPEG", exif=exif, quality=90)
    told: list[tuple[int, int]] = []

    extracted = extract_many(
        [(paper.saved(first, "PNG"), "1.png"), (lying, "2.jpg")], progress=lambda page, of: told.append((page, of))
    )

    assert told == [(0, 2), (1, 2), (2, 2)]
    assert errors(extracted.text, SHORT.text) < 0.02
    assert extracted.text.index("Số: 417") < extracted.text.index("9. Giao") < extracted.text.index("Nơi nhận")


def test_a_limit_given_is_the_limit_kept() -> None:
    assert extract(b"a" * 100, "a.txt", limits=Limits(size=100)).text == "a" * 100


def errors(read: str, written: str) -> float:
    """Wrong characters as a share of all."""
    return Levenshtein.distance(unwrapped(read), unwrapped(written)) / len(unwrapped(written))


def unwrapped(text: str) -> str:
    return " ".join(text.split())
