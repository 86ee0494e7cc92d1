"""What Word shows and stores in odd places: list numbers, tracked changes, boxes, controls, headers, old fonts."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from letters.extract import ClassifiedLetter, Limits, extract
from letters.formats.word import open_docx
from tests.letters.formats import paper
from tests.letters.formats.legacy import to_tcvn3, to_vni

NUMBERS = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
  <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
  <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
</w:numbering>"""


def read(document: Document) -> list[str]:
    """The lines, read without the child process."""
    page = next(iter(open_docx(paper.saved_docx(document), "a.docx", Limits()).pages))
    return [line for line in page.text.splitlines() if line]


def with_xml(*paragraphs: str) -> list[str]:
    document = docx.Document()
    add_xml(document, *paragraphs)
    return read(document)


def add_xml(document: Document, *paragraphs: str) -> None:
    for xml in paragraphs:
        spaces = nsdecls("w", "wp", "a") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        whole = parse_xml(f'<w:body {spaces} xmlns:wps="wps" xmlns:v="v">{xml}</w:body>')
        for child in list(whole):
            document.element.body.insert(len(document.element.body) - 1, child)


def listed(number: int, level: int, text: str) -> str:
    where = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{where}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_list_numbers_are_drawn_as_word_draws_them() -> None:
    document = docx.Document()
    document.part.numbering_part._element = parse_xml(NUMBERS)
    add_xml(
        document,
        listed(2, 0, "Nhiệm vụ chung"),
        *(listed(1, level, str(at)) for at, level in enumerate((0, 0, 1, 1, 2, 3, 4, 0, 1))),
        listed(2, 0, "Tổ chức thực hiện"),
        listed(3, 0, "bốn"),
        listed(3, 0, "năm"),
        listed(1, 0, "tiếp"),
        listed(0, 0, "không đánh số"),
    )

    assert read(document) == [
        *("I. Nhiệm vụ chung", "1. 0", "2. 1", "a) 2", "b) 3", "2.2.1 4", "- 5", "- 6", "3. 7", "a) 8"),
        *("II. Tổ chức thực hiện", "4. bốn", "5. năm", "4. tiếp", "không đánh số"),
    ]


def test_list_numbers_that_come_with_a_style() -> None:
    document = docx.Document()
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("chấm", style="List Bullet")

    assert read(document) == ["1. một", "2. hai", "- chấm"]


def test_tracked_changes_read_as_accepted() -> None:
    assert with_xml(
        "<w:p><w:r><w:t>trước ngày </w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>20</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>bỏ</w:t></w:r></w:moveFrom>"
        "<w:hyperlink><w:r><w:t>/3/2026</w:t></w:r></w:hyperlink></w:p>"
    ) == ["trước ngày 20/3/2026"]


def test_content_controls_fields_and_signs() -> None:
    assert with_xml(
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Số: </w:t></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t>12/UBND</w:t><w:noBreakHyphen/><w:t>KT</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        "</w:sdtContent></w:sdt>",
        "<w:p><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>ngày</w:t><w:tab/><w:t>05</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>",
    ) == ["Số: 12/UBND-KT", "ngày\t05"]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    assert with_xml(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + box.format("Số: 5/UBND")
        + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        + box.format("Số: 5/UBND")
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Kính gửi</w:t></w:r></w:p>"
    ) == ["Số: 5/UBND", "Kính gửi"]


def test_a_list_table_keeps_who_and_when_beside_what() -> None:
    document = docx.Document()
    paper.fill(
        document.add_table(2, 4),
        (("TT",), ("Nhiệm vụ",), ("Đơn vị",), ("Thời hạn",)),
        (("1",), ("Rà soát", "kinh phí"), ("Sở Tài chính",), ("20/3/2026",)),
    )

    assert read(document) == ["TT | Nhiệm vụ | Đơn vị | Thời hạn", "1 | Rà soát kinh phí | Sở Tài chính | 20/3/2026"]


def test_a_heading_table_with_a_spacer_column_and_merged_cells() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    paper.fill(
        table, (("SỞ Y TẾ",), ("",), ("Độc lập - Tự do - Hạnh phúc",)), (("Số: 9/SYT",), ("",), ("Mây, ngày 2/3/2026",))
    )
    table.cell(0, 1).merge(table.cell(0, 2))

    assert read(document) == ["SỞ Y TẾ", "Độc lập - Tự do - Hạnh phúc", "Số: 9/SYT", "Mây, ngày 2/3/2026"]


def test_headers_and_footers_stand_at_the_ends_without_page_numbers() -> None:
    document = docx.Document()
    document.add_paragraph("Kính gửi: Sở Y tế")
    document.sections[0].header.paragraphs[0].text = "DỰ THẢO"
    document.sections[0].footer.paragraphs[0].text = "Địa chỉ: 1 phố Mới"
    document.sections[0].footer.add_paragraph("Trang 2")

    assert read(document) == ["DỰ THẢO", "Kính gửi: Sở Y tế", "Địa chỉ: 1 phố Mới"]


@pytest.mark.parametrize("place", ["header", "footer", "box", "cell", "spaced"])
def test_a_secrecy_mark_anywhere_and_only_the_verdict_comes_back(place: str) -> None:
    document = docx.Document()
    document.add_paragraph("Kính gửi: Sở Y tế. Nội dung riêng tư.")
    if place in {"header", "footer"}:
        getattr(document.sections[0], place).paragraphs[0].text = "TỐI MẬT"
    elif place == "box":
        add_xml(
            document,
            "<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent>"
            "</v:textbox></w:pict></w:r></w:p>",
        )
    elif place == "cell":
        document.add_table(1, 2).cell(0, 0).text = "Số: 5/UBND\nMẬT"
    else:
        document.add_paragraph("T U Y Ệ T  M Ậ T")

    with pytest.raises(ClassifiedLetter) as caught:
        extract(paper.saved_docx(document), "riêng.docx")
    assert "riêng" not in f"{caught.value.vi}{caught.value.en}{caught.value.details}"


def test_words_about_secrecy_are_no_mark() -> None:
    document = docx.Document()
    document.add_paragraph("Thực hiện công tác bảo mật, bảo vệ bí mật nhà nước và bí mật kinh doanh.")

    assert extract(paper.saved_docx(document), "a.docx").how == "docx"


@pytest.mark.parametrize(("font", "typed"), [(".VnTime", to_tcvn3), ("VNI-Times", to_vni)])
def test_runs_in_an_old_font_beside_unicode_ones(font: str, typed: type[str]) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Sở Y tế, ")
    paragraph.add_run(typed("Độc lập")).font.name = font
    paragraph.add_run(", Lê Hà")

    assert read(document) == ["Sở Y tế, Độc lập, Lê Hà"]


def test_a_document_whose_style_has_the_old_font_and_a_capital_one() -> None:
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph(to_tcvn3("Kính gửi"))
    document.add_paragraph().add_run(to_tcvn3("ủy ban nhân dân")).font.name = ".VnTimeH"

    assert read(document) == ["Kính gửi", "ỦY BAN NHÂN DÂN"]


def test_strict_namespaces() -> None:
    out = BytesIO()
    with ZipFile(BytesIO(paper.as_docx(paper.Letter()))) as source, ZipFile(out, "w") as strict:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
            strict.writestr(entry, content)

    assert "Số: 417/UBND-KGVX" in extract(out.getvalue(), "a.docx").text
