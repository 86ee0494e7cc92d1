"""Words for whoever is meant: short words under a heading, whoever heads a body, whom the law binds."""

from __future__ import annotations

import re

from letters.text.compare import fold

ANAPHORS = frozenset(
    (
        "cong ty",
        "don vi",
        "cac don vi",
        "co quan",
        "so",
        "cac so",
        "dia phuong",
        "cac dia phuong",
        "nha truong",
        "chu dau tu",
        "cac cong ty",
    )
)
"""Short words under a heading for the bodies that it names."""

ANY_HEAD = re.compile(
    r"(?:nguoi dung dau|thu truong|lanh dao|tap the lanh dao|tung|moi)(?: \w+){0,3}? "
    r"(?:co quan|don vi|dong chi|ca nhan|dia phuong|can bo)\b"
)
"""Whoever heads a body that the clause names: "Người đứng đầu cơ quan, đơn vị", "từng đồng chí"."""
ANYBODY = re.compile(
    r"(?:cac |moi )?(?:to chuc|ca nhan|doanh nghiep|co so)(?: ca nhan)? (?:hoat dong|khai thac|san xuat|kinh doanh|su dung)\b"
)
"""Whom the law binds ("Tổ chức, cá nhân hoạt động khoáng sản thực hiện …"): in a letter to one firm that firm."""

PLACES = frozenset(("xa", "phuong", "thi xa", "huyen", "tinh", "quan", "thanh pho", "thi tran", "thon", "to", "khoi"))
"""Lone words that name no body: a stray line of a scan, "Xã"."""
SCOPE = re.compile(
    r"(?:cac |nhung )?(?:co so|nha may|doanh nghiep|ho|cong trinh|tuyen|khu|du an|truong hop|to chuc|ca nhan|don vi|cho)\b"
)
"""Under a clause of another's these are whom the actor deals with: "Đối với các nhà máy xi măng: tăng cường …"."""


def shortened(text: str, own: str) -> bool:
    """Whether a name is but the noun of the one before it (`own`, folded), with the first words of the order: "Công ty Cấp
    nước A …; đề nghị Công ty miễn, giảm tiền nước"."""
    words, before = text.split(), own.split()
    shared = next((k for k, word in enumerate(words) if before[k : k + 1] != [fold(word)]), len(words))
    noun = shared > 1 or (shared == 1 and before[0] in _ONE_WORD)
    return noun and text[:1].isupper() and all(word.islower() for word in words[shared:]) and len(words) < shared + 3


_ONE_WORD = ("so", "cuc", "vu", "truong", "vien", "ban", "phong", "hoi")
