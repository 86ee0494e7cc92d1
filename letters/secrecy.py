"""Standing secrecy marks: MẬT, TỐI MẬT, TUYỆT MẬT (Luật Bảo vệ bí mật nhà nước, Điều 7; Thông tư 24/2020/TT-BCA).

A mark stands by itself: a stamp, a cell of the letterhead, "Độ mật: Mật". The words "bảo mật", "bí mật nhà nước",
"văn bản mật" inside a sentence or a title are no mark. When in doubt inside a letterhead, it is a mark.
"""

from __future__ import annotations

import re
import unicodedata

from letters.lines import repair

HEAD = 40
"""Lines of a page in which a mark may share its line with other words."""

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
_SPACED = re.compile(r"(?<!\w)(?:\w[ .·]){1,8}\w(?!\w)")


def is_classified(text: str) -> bool:
    """Whether this text, a whole letter or one page of it, carries a secrecy mark. Keeps and logs nothing."""
    page = repair(text)
    for i, line in enumerate(page.lines):
        written = unicodedata.normalize("NFC", page.text(line))
        if len(written) > 400:
            continue
        if _marks(_together(written), i < HEAD):
            return True
    return False


def _together(text: str) -> str:
    """Letters set apart put together: "T Ố I  M Ậ T" → "TỐI MẬT"."""
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
