"""A secrecy stamp is found on paper: red or copied black, straight or tilted, in a scan, a photo or a PDF's picture."""

from functools import cache
from io import BytesIO

import pytest
from PIL import Image

from letters.extract import ClassifiedLetter, Limits, extract
from letters.formats import ink, scan, stamps
from letters.formats.pdf import open_pdf
from letters.formats.sniff import sniff
from tests.letters.formats import paper

pytestmark = pytest.mark.usefixtures("tesseract")
SECRET = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
URGENT = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")


@cache
def stamped(mark: str, tilt: float) -> Image.Image:
    """A small page with a heading, a stamp under it and one line of text."""
    letter = paper.Letter(stamp=mark, body=("Kính gửi: Sở Y tế.",), height=330)
    return paper.as_scan(letter, stamp_tilt=tilt)[0]


def grey(page: Image.Image) -> Image.Image:
    return page.convert("L").convert("RGB")


@pytest.mark.parametrize(
    ("mark", "tilt"),
    [*zip(SECRET, (10.0, -7.0, 0.0), strict=True), *zip(URGENT, (-6.0, 0.0, 9.0), strict=True), ("MẬT", -4.0)],
)
def test_red_marks_are_read(mark: str, tilt: float) -> None:
    assert mark in scan.red_stamps(stamped(mark, tilt), "a.png")


@pytest.mark.parametrize("mark", SECRET)
def test_marks_that_a_copier_made_black_are_cut_out_of_their_frame(mark: str) -> None:
    page = grey(stamped(mark, 0.0))

    assert stamps.red_marks(page) == []
    assert mark in scan.black_stamps(page, "a.png")


def test_under_a_warm_lamp_paper_is_not_taken_for_red_ink() -> None:
    lamp = zip(stamped("MẬT", -4.0).split(), (255, 205, 150), strict=True)
    warm = Image.merge("RGB", [band.point([value * share // 255 for value in range(256)]) for band, share in lamp])
    assert scan.red_stamps(warm, "a.png") == ("MẬT",)


def test_a_seal_and_the_stamp_of_arrival_are_no_mark() -> None:
    assert scan.red_stamps(paper.as_scan(paper.Letter())[0], "a.png") == ()
    assert not {*SECRET, *URGENT} & {*scan.red_stamps(stamped("CÔNG VĂN ĐẾN", 3.0), "a.png")}


@pytest.mark.parametrize("how", ["grey scan", "photo", "picture in a PDF"])
def test_a_stamped_letter_comes_back_as_a_verdict_only(how: str) -> None:
    letter = paper.Letter(stamp="TỐI MẬT", body=("Kính gửi: Sở Y tế.",), height=420)
    page = paper.as_scan(letter)[0]
    data = {
        "grey scan": lambda: paper.scan_pdf([grey(page)]),
        "photo": lambda: paper.saved(page.resize((page.width // 2, page.height // 2)), "JPEG", quality=80),
        "picture in a PDF": lambda: paper.as_pdf(letter),
    }[how]()

    with pytest.raises(ClassifiedLetter) as caught:
        extract(data, "riêng.pdf")
    assert "riêng" not in repr(vars(caught.value))


def test_an_urgent_stamp_is_added_to_the_text() -> None:
    letter = paper.Letter(stamp="HỎA TỐC", body=("Kính gửi: Sở Y tế.",), height=420)
    assert extract(paper.as_pdf(letter), "a.pdf").text.splitlines()[0] == "HỎA TỐC"

    assert "KHẨN" in scan.recognise(stamped("KHẨN", 0.0), "a.png").text.splitlines()


def test_without_a_recogniser_a_pdf_with_red_ink_is_read_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    letter = paper.Letter(stamp="HỎA TỐC", body=("Kính gửi: Sở Y tế.",), height=420)

    extracted = extract(paper.as_pdf(letter), "a.pdf")
    assert "Kính gửi" in extracted.text
    assert "dấu chỉ độ mật" in extracted.warnings[0]
    assert extract(paper.as_pdf(paper.Letter()), "a.pdf").warnings == ()


def test_a_scanner_s_own_hidden_text_gives_way_to_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = paper.Letter(body=("Kính gửi: Sở Y tế.",), height=420)
    wrong = paper.Letter(body=("Kinh gui: So Y te. " * 10,), height=420)
    searchable = paper.as_searchable_scan(letter, wrong)
    assert sniff(searchable, "a.pdf") == "pdf"

    (page,) = open_pdf(searchable, "a.pdf", Limits()).pages
    assert (page.how, "Kính gửi: Sở Y tế." in page.text) == ("ocr", True)

    monkeypatch.setenv("PATH", "")
    (page,) = open_pdf(searchable, "a.pdf", Limits()).pages
    assert (page.how, "Kinh gui" in page.text, len(page.warnings)) == ("pdf", True, 1)


def test_a_sheet_on_a_dark_table_is_cut_out() -> None:
    table = Image.new("RGB", (3000, 3000), (60, 50, 40))
    table.paste(Image.new("RGB", (1600, 2200), "white"), (500, 300))
    sheet = ink.sheet_of(table)

    assert abs(sheet.width - 1600) < 60
    assert abs(sheet.height - 2200) < 60
    whole = Image.open(BytesIO(paper.saved(stamped("MẬT", 3.0), "PNG")))
    assert ink.sheet_of(whole) is whole
