"""Standing secrecy marks: MẬT, TỐI MẬT, TUYỆT MẬT (Luật Bảo vệ bí mật nhà nước, Điều 7; Thông tư 24/2020/TT-BCA).

A mark stands by itself: a stamp, a cell of the letterhead, "Độ mật: Mật". The words "bảo mật", "bí mật nhà nước",
"văn bản mật" inside a sentence or a title are no mark. When in doubt inside a letterhead, it is a mark.
"""

from __future__ import annotations

import re
import unicodedata

from letters.text.lines import repair

HEAD, PAGE_HEAD = 40, 3
"""Lines of the letter, and of each further page, in which a mark may share its line with other words."""

_LEVEL = r"(?:(?:TUY[ỆÊẸE]T|T[ỐÔÓO]I)\s*)?M[ẬÂẠA]T"
_ALONE = re.compile(rf"^\W*(?:D[ẤÂAÁ]U\s*|[ĐD][ỘÔOỌ]\s*(?:M[ẬÂẠA]T)?\s*:?\s*)?{_LEVEL}\W*(?:\(?\d+\)?\W*)?$")
_DEGREE = re.compile(
    r"(?:^|\s{2,}|\t|[|(\[])\s*(?:độ|mức độ|cấp độ|dấu chỉ độ|mức|độ bảo)\s*mật\s*[:\-–]\s*(?:tuyệt\s*mật|tối\s*mật|mật|[abc]\b)"
)
_SHARED = re.compile(rf"(?:^|[\s|(\[])(?P<mark>{_LEVEL})(?=$|[\s|)\].,;:])")
_NOT_BEFORE = re.compile(
    r"(?:B[ÍI]|B[ẢA]O|C[ƠO]|GI[ẢA]I|B[ẢA]N|LI[ỆE]U|TIN|[ĐD][ỘO]|TH[ÂA]N|N[ỘO]I|[ĐD][ƯU][ỜO]NG|VI[ỆE]C|KH[ÔO]NG|V[ÀA]|C[ÔO]NG T[ÁA]C|H[ÒO]A|C[ÓO]|SỐ|,)\s*$"
)
_NOT_AFTER = re.compile(
    r"^\s*(?:NH[ÀA]|KINH|C[ỦU]A|M[ÃA]\b|KH[ẨA]U|V[ÀA]\b|TRONG|[ĐD][ỐO]I|TR[ÊE]N|TH[ƯU]|[ĐD][ỘO]|ONG|,)"
)
_WIDE = re.compile(r"(?<!\w)\w(?:[ \t]{2,4}\w(?!\w)){2,}")
_APART = re.compile(
    r"(?<!\w)(?<!\W\w\s)(?:T\s+(?:U\s+Y\s+[ỆÊẸE]\s+T|[ỐÔÓO]\s+I)\s+)?M\s+[ẬÂẠ]\s+T(?!\w)(?!\s{1,8}\w(?!\w))"
)
""" "M", "Ậ", "T" set apart by any blanks or tabs, before and behind no other such letter ("B Ả O  M Ậ T")."""
_WORDS = re.compile(
    "|".join(
        r"(?<!\w)" + r"\s+".join(word) + r"(?!\w)"
        for word in ("BẢOMẬT", "BÍMẬT", "MẬTKHẨU", "MẬTĐỘ", "GIẢIMẬT", "MẬTMÃ")
    )
)
"""Words of which a mark is but a part, their letters set apart."""
_SPACED = re.compile(r"(?<!\w)(?:\w[ .·]){1,8}\w(?!\w)")


def is_classified(text: str) -> bool:
    """Whether this text, a whole letter or one page of it, carries a secrecy mark. Keeps and logs nothing."""
    page = repair(unicodedata.normalize("NFKC", text).translate(_ALIKE), headers=True, marks=False)
    top = 0
    column = ""  # letters that stand alone on their lines, one under the other
    for i, line in enumerate(page.lines):
        top = i if line.page_before else top
        written = unicodedata.normalize("NFC", page.text(line))
        if len(written) == 1:
            column += written
            continue
        if _is_mark(column):
            return True
        column = ""
        if len(written) > 400:
            continue
        if (i - top < HEAD and _stamped(written)) or _marks(_together(written), i < HEAD or i - top < PAGE_HEAD):
            return True
    return _is_mark(column)


def _stamped(text: str) -> bool:
    """Whether a line of a page's head is nothing but a mark, as a scanner may have misread it: "M-Ậ-T", "M@T", "T0I MAT".

    Beside it only an urgency mark, a copy's number or the like may stand.
    """
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if not any(_is_mark(part) for part in (text, *parts)):
        return False
    return _is_mark(text) or all(_is_mark(part) or _COMPANION.fullmatch(_key(part.upper())) for part in parts)


def _is_mark(text: str) -> bool:
    return _key(text) in _KEYS and not any(letter.islower() for letter in text)


def _key(text: str) -> str:
    """Letters and digits alone, the vowel of MẬT and look-alikes in one form."""
    plain = "".join(sign for sign in text.replace("/\\", "A").replace("IVI", "M") if sign.isalnum() or sign == "@")
    return plain.translate(_MISREAD)


_ALIKE = str.maketrans("ΜΑΤΟΙΕΥМАТОІЕУ", "MATOIEYMATOIEY")
"""Greek and Cyrillic capitals that look Latin."""
_MISREAD = str.maketrans("ẬÂẠẶẪẨẤẦÃ@4Ổ0ÔỐÓÕÒÊỆẸẾỂ1L", "AAAAAAAAAAAOOOOOOOEEEEEII")
_KEYS = frozenset(("MAT", "TOIMAT", "TUYETMAT"))
_PARTS = re.compile(r"[-–—()\[\]/|_,;:\t]+|\s{2,}")
_COMPANION = re.compile(
    r"(?:HOATOC|HỎATOC|HỎATỐC|HOẢTỐC|KHẨN|KHAN|THƯỢNGKHẨN|THUONGKHAN|BẢNSO\w{0,4}|BANSO\w{0,4}|[ABC]|\w?\d+|SỐ\w{0,4}|DẤU|DAU|HỎ.?TOC)"
)


def _together(text: str) -> str:
    """Letters set apart put together: "T Ố I  M Ậ T" → "TỐI MẬT"."""
    text = _WORDS.sub(lambda m: "".join(m[0].split()), text)
    text = re.sub(r"(?<!\w)(B[ẢA]O|B[ÍI])\s+(?=M[ẬÂẠA]T)", r"\1 ", text)
    text = _APART.sub(lambda m: f"   {''.join(m[0].split())}   ", text)
    text = _WIDE.sub(lambda m: re.sub(r"\s", "", m[0]), text)
    return _SPACED.sub(lambda m: re.sub(r"[ .·]", "", m[0]), re.sub(r"(?<=\w) {2,}(?=\w )", "  ", text))


def _marks(text: str, head: bool) -> bool:
    cells = [cell for cell in re.split(r"\t|\s{2,}|\|", text) if cell.strip()]
    if any(_ALONE.match(cell) for cell in cells) or _ALONE.match(text):
        return True
    if _DEGREE.search(text.lower()):
        return True
    if not head:
        return False
    if re.fullmatch(r"\W*(?:(?:tuyệt|tối)\s+)?mật\W*", text.lower()):
        return True
    return any(_stands(text, match) for match in _SHARED.finditer(text))


def _stands(text: str, match: re.Match[str]) -> bool:
    """A mark sharing its line: at its beginning or end, or between the two columns of a letterhead."""
    before, after = text[: match.start("mark")], text[match.end("mark") :]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after):
        return False
    letterhead = re.compile(
        r"C[ỘO]NG H|S[ỐO]\s*:|[ĐD][ỘO]C L[ẬA]P|UBND|[ỦU]Y BAN|S[ỞO] |B[ỘO] |T[ỈI]NH|HUY[ỆE]N|Số\s*:|\d+\s*/|ngày|HO?Ả? T[ỐO]C|KH[ẨA]N"
    )
    return (
        (not before.strip() and bool(letterhead.match(after.strip())))
        or (
            not after.strip(" .)]|")
            and bool(re.search(r"NAM|ph[úu]c|\d|[A-ZĐ]{2,}\s*$", before))
            and bool(letterhead.search(before))
        )
        or (bool(before.strip()) and bool(letterhead.match(after.strip())))
    )
