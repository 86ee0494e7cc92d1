"""Words behind a body's name that order nothing: what is told of it, and whom of its own people it sets to work."""

from __future__ import annotations

import re

from letters.bodies.names import names
from letters.text import words
from letters.text.views import Text
from letters.text.vocabulary import ENDS_1, pair_at

_TELLS = re.compile(
    r"\s*(?:đã|dã|đa|đang|(?:được|đuợc)(?!\s+(?:đề nghị|yêu cầu|mời|giao|phân công|chỉ định|ủy quyền)\s)|chưa|thì|cũng"
    r"|vừa|hoặc|nào|nếu|mà|vốn|từng|bị)(?!\w)"
)
"""Words after a body's name with which something is told of it, with their accents: "cũng" is not "cung cấp"."""
_NO_ORDER = re.compile(
    r"\s*(?:nhan duoc|xin (?!loi)|(?:bao )?gom\b"
    r"|thong bao(?= (?:de|y kien|ket luan|ket qua|noi dung|nhu sau|mot so|viec|va|cac noi dung)\b|\W*$|\s*[:,])"
    r"|ban hanh (?:(?:cong van|van ban|chi thi)(?=\W*$| (?:so|nay|gui)\b| \d)|thong bao|quyet dinh so)"
    r"|truyen dat (?:y kien|ket luan|noi dung|chi dao)"
    r"|ghi nhan|bieu duong|danh gia cao|la\b(?!\s+(?:dau moi|don vi|co quan|thanh vien|chu dau tu|thuong truc))"
    r"|khong\b(?=\s+(?:co|thuoc)\b|[^.;]{0,200}\b(?:se|thi|bi)\b)"
    r"|co\b(?!\s+(?:trach nhiem|y kien|bao cao|cao|ke hoach|giai phap|bien phap|van ban|hinh thuc"
    r"|nhiem vu|phuong an|huong dan|cong van)))\b"
)
STAFF = re.compile(
    r"(?:\d{1,3}\s|(?:mot|it nhat|tung|cac|doi ngu) )*(?:can bo|cong chuc|vien chuc|nhan vien|nguoi"
    r"|luc luong|lanh dao|giao vien)\b"
)
"""One's own people: "Phân công cán bộ trực …" is what the addressee does."""
GIVES_OWN = re.compile(
    r"\s*(?:giao|phan cong|huy dong)\s+(?:nhiem vu (?:cho )?)?"
    + STAFF.pattern
    + r"|\s*(?:yeu cau|de nghi|giao) (?:\d|toan bo|tat ca|moi|tung|hoc sinh|phu huynh|nguoi"
    r"|chu (?!tich|nhiem|truong)|ho |nha thau|doi tuong)"
)
""" "UBND các xã phân công công chức theo dõi": they act, by their own people."""


_OTHERS = re.compile(
    r"(?:(?:cac|nhung|moi|toan bo|tat ca|tung)\s+)*(?:(?:to chuc|ca nhan|co so|cong ty|don vi|nguoi),?\s+(?:va\s+)?)*"
    r"(?:chu (?!tich|nhiem|truong)|nha (?:thau|dau tu|may|thuoc|xe|phan phoi|san xuat|cung cap)"
    r"|hang (?:tau|hang khong|van tai|bay|xe|lu hanh)|dai ly"
    r"|thi sinh|sinh vien|hoc vien|benh nhan|ban quan tri|doanh (?:nghiep|nhan)|ho |thuong nhan|hop tac xa|tieu thuong"
    r"|lang nghe|ca nhan|nguoi |khach|hanh khach|nhan dan|to chuc,? ca nhan|hoc sinh|phu huynh|gia dinh|phong kham|cua hang"
    r"|tram kiem dinh|don vi (?:thi cong|tu van|van tai|truc thuoc|van hanh|kinh doanh|san xuat|cung (?:ung|cap)|giam sat"
    r"|quan ly van hanh|duoc kiem tra)"
    r"|co so (?:san xuat|kinh doanh|kham|y te|giao duc|luu tru|che bien|chan nuoi|dao tao|nuoi|dich vu|cung cap|ton giao"
    r"|tro|karaoke))"
)


def asks_own(text: Text, order: re.Match[str]) -> bool:
    """Whether a body named above is itself to require something of those it looks after: under "1. Sở Xây dựng:" the
    point "- Yêu cầu chủ đầu tư các dự án hoàn trả …"."""
    if not order[0].startswith(("yeu cau", "de nghi", "huy dong")) or not _OTHERS.match(text.f, order.end()):
        return False
    return text.s[order.end()].islower() or text.s.startswith("Các ", order.end())


_ASKS_OWN = re.compile(
    r"\W{0,8}(?:yeu cau|giao|de nghi|chi dao|phan cong)\s+(?:cho\s+)?(?:(?:cac|tung|moi|toan bo|tat ca|nhung|100%)\s+)*"
    r"(?:truong (?:hoc|mam non|tieu hoc|thcs|thpt|trung hoc)|truong(?=\s+(?!phong|ban|cong|doan|thon|ap|khoa))|nha truong"
    r"|hieu truong|giao vien|giang vien|hoc sinh|phu huynh|tram y te|tram|thon|ap|ban(?= (?:lang|thon))|to (?:dan pho|chuyen mon)"
    r"|truong (?:thon|ap|ban|khu|xom)|can bo|cong chuc|nhan vien|nha thau|don vi (?:thi cong|tu van|truc thuoc)|ho (?:dan|gia)"
    r"|nguoi (?:dan|lao dong|nuoi)|tieu thuong|co so(?= (?:kinh|san|che|giet|luu|an|dich|mam|giao))"
    r"|chu (?:ho|co so|rung|tau|dap))\b"
)


def asks_below(text: Text, start: int, end: int) -> bool:
    """Whether those named above are to ask others below them: "4. Sở Giáo dục và Đào tạo: … Yêu cầu các trường …"."""
    return bool(_ASKS_OWN.match(text.f, start, end))


def told(text: Text, at: int, end: int) -> bool:
    """Whether the words after a body's name tell something of it instead of ordering."""
    if _TELLS.match(text.n, at, end):
        return True
    match = _NO_ORDER.match(text.f, at, end)
    return bool(match) and not text.n.startswith(("cơ", "cô", "cổ"), word_at(text, at, end))


def word_at(text: Text, at: int, end: int) -> int:
    while at < end and not text.s[at].isalnum():
        at += 1
    return at


def acted(text: Text, start: int, end: int) -> bool:
    """Whether these words begin with an order: "Mua sắm thuốc: Sở Y tế.", not "Địa điểm: Phòng họp số 1"."""
    tokens = text.words(start, end, 2)
    return bool(tokens) and (pair_at(tokens, 0) in words.ENDS_2 or tokens[0].n in ENDS_1)


def narrates(text: Text, at: int, end: int) -> bool:
    """ "…, Ngân hàng Nhà nước đã yêu cầu …": from there on a story is told."""
    found, after = names(text, at, end)
    return bool(found) and bool(re.match(r"\s*(?:da|vua|dang)\b", text.f[after : after + 8]))
