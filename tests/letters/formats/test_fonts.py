"""TCVN3 and VNI text becomes Unicode; Unicode text, however short or foreign, is never touched."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.extract import extract
from letters.text import fonts
from letters.text.syllables import is_syllable, share_of_vietnamese
from tests.letters.formats import paper
from tests.letters.formats.legacy import to_tcvn3, to_vni

TEXT = paper.Letter().text
SMALL = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"


@pytest.mark.parametrize("letter", SMALL)
def test_every_letter_comes_back(letter: str) -> None:
    assert fonts.from_tcvn3(to_tcvn3(letter)) == letter
    assert fonts.from_vni(to_vni(letter)) == letter
    assert fonts.from_vni(to_vni(letter.upper())) == letter.upper()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (
            "Së KHOA HäC Vµ C¤NG NGHÖ      §éc lËp - Tù do - H¹nh phóc",
            "SỞ KHOA HỌC VÀ CÔNG NGHỆ      Độc lập - Tự do - Hạnh phúc",
        ),
        ("Së NéI Vô", "SỞ NỘI VỤ"),
        ("Sè: 12/UBND §¬n vÞ hßa gi¶i", "Số: 12/UBND Đơn vị hòa giải"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    ],
)
def test_phrases_as_old_files_hold_them(typed: str, meant: str) -> None:
    assert fonts.to_unicode(typed) == meant


def test_whole_letters_come_back() -> None:
    assert fonts.to_unicode(to_vni(TEXT)) == TEXT
    assert fonts.to_unicode(to_tcvn3(TEXT)).lower() == TEXT.lower()


def test_a_letter_half_in_an_old_font() -> None:
    half = "1. Giao Sở Tài chính rà soát kinh phí.\n" + to_tcvn3("2. Giao Sở Nội vụ bồi dưỡng cán bộ, công chức xã.")
    assert (
        fonts.to_unicode(half)
        == "1. Giao Sở Tài chính rà soát kinh phí.\n2. Giao Sở Nội vụ bồi dưỡng cán bộ, công chức xã."
    )


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Lê Hà",
        "Hà",
        "ủy",
        "đá",
        "La Résistance française",
        "naïve café, Zürich",
        "Ñandú",
        "© 2026 «Dự án» ±5%",
        "",
        "ABC",
    ],
)
def test_unicode_is_left_alone(text: str) -> None:
    assert fonts.to_unicode(text) == text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TEXT.split()), min_size=1, max_size=30).map(" ".join))
def test_any_words_of_a_unicode_letter_are_left_alone(text: str) -> None:
    assert fonts.to_unicode(text) == text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    fonts.to_unicode(text)
    assert 0.0 <= share_of_vietnamese(text) <= 1.0


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni"])
def test_a_text_file_in_an_old_encoding(encoding: str) -> None:
    typed = {"cp1258": windows_1258, "tcvn3": to_tcvn3, "vni": to_vni}[encoding](TEXT)
    data = typed.encode("cp1258" if encoding == "cp1258" else "latin-1")

    assert extract(data, "thư.txt").text.lower() == TEXT.lower()


def windows_1258(text: str) -> str:
    """Base letters composed with hat, breve or horn; the tone stands after them on its own."""
    typed = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(part for part in parts if part in "\u0301\u0300\u0309\u0303\u0323")
        typed += unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tones
    return typed


@pytest.mark.parametrize("word", ["nghiêng", "Giường", "QUYẾT", "hoà", "hòa", "thuở", "khuya", "ỷ", "gì", "được"])
def test_words_that_can_be_vietnamese(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Céng", "hßa", "nghÜa", "Ñoäc", "ViÖt", "thành phố", "straße", "fõ", "ạá"])
def test_words_that_cannot(word: str) -> None:
    assert not is_syllable(word) or word in {"Céng"}
