"""Accents that paper lost, put back for matching only: "thanh phố" beside "thành phố" is the same word.

OCR drops a mark here and there. A pair of words is taken for a better marked one when it differs by lost marks alone,
and the better one is a term of the field or what the letter itself writes elsewhere. What is shown stays as written.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from letters.text import words
from letters.text.compare import flat, tone, worn

_WORD = re.compile(r"[^\W\d_]+")
_AND = re.compile(r"\bva(?= (?!chạm|đập|quệt|vào|phải|li\b))")
_USUAL = 3
"""Times a letter must write a pair better marked, and as many times as often, before the worse is taken for it."""

_DIGITS = re.compile(
    r"(?<=ngay )(?:[lio]\d|\d[lio])(?=\s?(?:thang|/)\s?\d)|(?<=thang )(?:[lio]\d|\d[lio])(?=\s?(?:nam|/)\s?\d)"
)
_MEANT = str.maketrans("lio", "110")


def dated(f: str) -> str:
    """`f` (flat) with the digits of days and months that a scan took for letters ("ngày l5 tháng 02"); as long as it was."""
    return _DIGITS.sub(lambda match: match[0].translate(_MEANT), f)


def guessed(s: str, f: str) -> bool:
    """Whether digits of the flat words are not those that were written: the day was put back by `dated`."""
    return re.sub(r"\D", "", s) != re.sub(r"\D", "", f)


_TERMS = """
kính gửi | nơi nhận | thời hạn | thời gian | trước ngày | đến ngày | chậm nhất | hằng tháng | hàng tháng | hằng
quý | hàng quý | hằng năm | hàng năm | hằng tuần | hàng tuần | định kỳ | báo cáo | chủ trì | phối hợp | thực
hiện | triển khai | yêu cầu | đề nghị | hoàn thành | tổng hợp | tham mưu | hướng dẫn | kiểm tra | giám sát | đôn
đốc | chủ động | khẩn trương | tổ chức | chỉ đạo | xây dựng | ban hành | kết quả | nhiệm vụ | kế hoạch | gửi về
| ý kiến | liên quan | trách nhiệm | căn cứ | tiếp tục | rà soát | đơn vị | cơ quan | địa phương | địa bàn |
trực thuộc | chức năng | quản lý | các cấp | cấp huyện | cấp xã | cấp tỉnh | toàn tỉnh | các sở | các bộ | các
ban | các cơ | các đơn | các xã | các phường | các huyện | các tỉnh | các địa | các doanh | các tổ | các phòng |
ban nhân | nhân dân | tính đến | sở ban | ban ngành | xã phường | phường xã | hội nông dân | hội tin học | hội
cựu chiến binh | hội liên hiệp phụ nữ | hội chữ thập đỏ | hội luật gia | hội nhà báo | hội khuyến học | hội
người cao tuổi | hội đồng | liên đoàn lao động | mặt trận tổ quốc | đoàn thanh niên | tỉnh đoàn | thành đoàn |
liên minh hợp tác xã | bảo hiểm xã hội | kho bạc nhà nước | ngân hàng nhà nước | hiệp hội doanh nghiệp | tập
đoàn bưu chính | đài phát thanh | phát thanh và truyền hình | cổng thông tin | điện tử | truyền thông | thành
viên | dân các | dân tỉnh | dân thành | dân huyện | dân xã | của tỉnh | của thành | và các | liên hệ | số điện |
điện thoại | giao vụ
"""
"""Pairs beside those inside the names of bodies: what deadlines and orders are made of, and what another reads as well."""


def restored(n: str) -> str:
    """`n` (lower case, one placement of tones) with lost marks put back; as long as it was. Linear in its length."""
    n = _AND.sub("và", n)
    bare = flat(n)  # once: a character stands for a character
    found = list(_WORD.finditer(n))
    own, pairs = _own(found), _known()
    better: dict[int, str] = {}
    whole = -1  # where a word begins that ends a pair written as it should be: "Hải quan khu vực" is no "quân khu"
    for left, right in pairwise(found):
        if n[left.end() : right.start()] not in (" ", "\n", ", "):
            continue
        key = f"{bare[left.start() : left.end()]} {bare[right.start() : right.end()]}"
        known = pairs.get(key) or own.get(key)
        if known == (left[0], right[0]):
            whole = right.start()
        elif known and left[0] in worn(known[0]) and right[0] in worn(known[1]) and left.start() != whole:
            better[left.start()], better[right.start()] = known
    if not better:
        return n
    parts: list[str] = []
    last = 0
    for start, word in better.items():
        parts += (n[last:start], word)
        last = start + len(word)
    return "".join((*parts, n[last:]))


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Flat pair → the pair as it should be; pairs with two readings are left out."""
    phrases = (*words.HEADS, *words.OFFICES, *words.DETERMINERS, *words.PLAIN, *words.FIELDS, *_TERMS.split("|"))
    forms: dict[str, set[tuple[str, str]]] = {}
    for phrase in phrases:
        parts = _WORD.findall(tone(phrase))
        for pair in pairwise(parts):
            forms.setdefault(flat(" ".join(pair)), set()).add(pair)
    return {key: next(iter(pairs)) for key, pairs in forms.items() if len(pairs) == 1}


def _own(found: list[re.Match[str]]) -> dict[str, tuple[str, str]]:
    """Flat pair → how this letter nearly always writes it."""
    times = Counter((left[0], right[0]) for left, right in pairwise(found))
    usual: dict[str, tuple[str, str]] = {}
    for pair, count in times.most_common():
        if count < _USUAL:
            break
        usual.setdefault(flat(" ".join(pair)), pair)
    return usual
