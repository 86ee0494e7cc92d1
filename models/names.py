"""Names of bodies as letters write them, folded to one key each, so that equal names compare equal.

A key has no accents (so neither tone placement nor NFD matters), no capitals, no punctuation, no "các" and
"và", its abbreviations written out, and no "tỉnh Bắc Ninh" at its end. Rules are data; nothing here knows the
register.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SEPARATOR = r"[\s&,.\-–—]*(?:va\s+)?"
"""What may stand between the letters of an abbreviation: KH&CN, KHCN, KH-CN, VH,TT&DL, NN và MT."""

DEPARTMENTS = {
    "nnptnt": "nong nghiep va phat trien nong thon",
    "ldtbxh": "lao dong thuong binh va xa hoi",
    "vhttdl": "van hoa the thao va du lich",
    "khcn": "khoa hoc va cong nghe",
    "khdt": "ke hoach va dau tu",
    "nnmt": "nong nghiep va moi truong",
    "tnmt": "tai nguyen va moi truong",
    "gddt": "giao duc va dao tao",
    "gtvt": "giao thong van tai",
    "dttg": "dan toc va ton giao",
    "tttt": "thong tin va truyen thong",
    "tc": "tai chinh",
    "nv": "noi vu",
    "tp": "tu phap",
    "ct": "cong thuong",
    "xd": "xay dung",
    "yt": "y te",
}
"""Fields of the departments (sở) by initials, longest first."""

ONLY_AFTER_SO = {"tttt", "tc", "nv", "tp", "ct", "xd", "yt"}
"""Initials that mean something else when no "Sở" or "S" stands before them."""

PHRASES = (
    (r"uy ban nhan dan", "ubnd"),
    (r"hoi dong nhan dan", "hdnd"),
    (r"(?:uy ban |ub ?)?(?:mat tran to quoc|mttq)(?: viet nam)?", "mttq"),
    (r"doan (?:dai bieu quoc hoi|dbqh)|ddbqh", "doan dbqh"),
    (r"bo chqs|bchqs|bch quan su|bo chi huy quan su", "bo chi huy quan su"),
    (r"ca(?= tinh| xa| phuong)", "cong an"),
    (r"bhxh", "bao hiem xa hoi"),
    (r"bql|ban ql", "ban quan ly"),
    (r"kcn", "khu cong nghiep"),
    (r"vpubnd|vpub", "van phong ubnd"),
    (r"vptu", "van phong tinh uy"),
    (r"vp", "van phong"),
    (r"ttr", "thanh tra"),
    (r"lmhtx", "lien minh hop tac xa"),
    (r"htx", "hop tac xa"),
    (r"ldld", "lien doan lao dong"),
    (r"ccb", "cuu chien binh"),
    (r"lhpn", "lien hiep phu nu"),
    (r"nhnn", "ngan hang nha nuoc"),
    (r"pt[ &,-]*th", "phat thanh truyen hinh"),
    (r"tt ?pvhcc|ttpvhcc", "trung tam phuc vu hanh chinh cong"),
    (r"pvhcc|phuc vu hcc", "phuc vu hanh chinh cong"),
    (r"doan tncs(?: ho chi minh)?|doan thanh nien(?= tinh)|doan thanh nien cong san ho chi minh", "tinh doan"),
    (r"p\.\s*(?=\w)|(?<=ubnd )p", "phuong"),
    (r"x\.\s*(?=\w)|(?<=ubnd )x", "xa"),
    (r"tx\.?", "thi xa"),
    (r"tp\.?", "thanh pho"),
    (r"h\.\s*(?=\w)|(?<=ubnd )h", "huyen"),
    (r"tt(?= thong tin| tin hoc)", "trung tam"),
)
"""Abbreviations and long forms, and what the key holds in their place; matched as whole words, in order."""

HEADS = (
    r"(?:pho )?giam doc|thu truong|nguoi dung dau|lanh dao|(?:pho )?chu tich|chanh(?= van phong| thanh tra)|chanh an"
    r"|truong ban|chi huy truong|cuc truong|chi cuc truong|(?:pho )?bi thu|tong bien tap|vien truong|hieu truong"
    r"|truong(?= cac| phong| ban| cong an| thue| thong ke| bao hiem| don vi)|dong chi|d/c|dc"
)
"""Titles before a body's name: the head stands for the body."""

ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
         "x": "10", "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15"}  # fmt: skip

FILLERS = {"cac", "va", "cung", "nhung", "quy", "toan"}
PROVINCE_TAIL = re.compile(
    r"(?: (?:tren|trong|thuoc|cua|o|cap))?(?: dia ban)?(?: (?:toan )?tinh(?: bac ninh)?| bac ninh)$"
)


def fold(text: str) -> str:
    """Lower case without accents, đ as d, white space single: "Sở Hoà  Bình" and "so hoa binh" are one."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower().replace("đ", "d"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def spelling(text: str) -> str:
    """Lower case, accents kept but the tone taken out of its place: hoà = hòa, yet hoa ≠ hòa.

    Breaks ties between names that differ only in their accents.
    """
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d\u0335"))
    words: list[str] = []
    for word in re.findall(r"[^\W_\u0300-\u036f][\w\u0300-\u036f]*", decomposed):
        tones = "".join(sorted(sign for sign in word if sign in "\u0300\u0301\u0303\u0309\u0323"))
        words.append("".join(sign for sign in word if sign not in tones) + tones)
    return " ".join(words)


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """The key of a name or of a group phrase; empty when nothing is left of it."""
    text = _expand(fold(name))
    text = " ".join(word for word in re.findall(r"[a-z0-9]+", text) if word not in FILLERS)
    text = re.sub(r"(?<=khu vuc )([ivx]+)\b", lambda found: ROMAN.get(found[1], found[1]), text)
    return _without_province(text)


def without_head(name: str) -> str:
    """The name without the title of its head ("Giám đốc Sở X" → "sở x", folded), the same name when none is there."""
    folded = fold(name)
    shorter = re.sub(rf"^(?:(?:cac )?(?:{HEADS})\b\s*)+", "", folded)
    return shorter or folded


def level_and_name(name_key: str) -> tuple[str, str] | None:
    """("xa", "chi lang") of the key of a locality's committee ("ubnd xa chi lang"); None for other bodies."""
    found = re.fullmatch(
        r"(?:ubnd )?(xa|phuong|dac khu|thi tran|huyen|thi xa|thanh pho) (?!xa\b|phuong\b)(.+)", name_key
    )
    return (found[1], found[2]) if found else None


def _expand(text: str) -> str:
    text = re.sub(r"[()\"“”'’*:]", " ", text)
    text = re.sub(r"\bkv ?(?=[0-9ivx])", "khu vuc ", text)
    for pattern, words in _PATTERNS:
        text = pattern.sub(words, text)
    return text


def _without_province(text: str) -> str:
    shorter = PROVINCE_TAIL.sub("", text)
    if shorter in {"ubnd", "hdnd"} and shorter != text:
        return f"{shorter} tinh"
    return text if shorter == "" or shorter.endswith("thanh pho") else shorter


def _patterns() -> list[tuple[re.Pattern[str], str]]:
    made: list[tuple[re.Pattern[str], str]] = []
    for initials, words in DEPARTMENTS.items():
        letters = SEPARATOR.join(initials)
        made.append((re.compile(rf"\b(?:so\s+|s){letters}\b"), f"so {words}"))
        if initials not in ONLY_AFTER_SO:
            made.append((re.compile(rf"\b{letters}\b"), words))
    for pattern, words in PHRASES:
        end = r"(?!\w)" if pattern.endswith((".", ".?")) else r"\b"
        made.append((re.compile(rf"\b(?:{pattern}){end}"), words + (" " if "." in pattern else "")))
    return made


_PATTERNS = _patterns()
