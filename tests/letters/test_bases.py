"""Which numbers before the first order are documents a letter rests on. All are invented."""

from __future__ import annotations

import pytest

from letters import read
from tests.letters.test_actors import FOOT, HEAD

STOCK = "Thực hiện Công văn số 99/UBND-NC ngày 02/11/2026 của UBND tỉnh, Sở"


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Tiếp theo Công văn số: 345/SNV-CCVC, ngày 05/9/2026 của Sở Nội vụ.", ["345/SNV-CCVC"]),
        ("Căn cứ Công văn số 4432BTC/HCSN; Công văn số 99/2026/CV-HH của Hiệp hội;", ["4432BTC/HCSN", "99/2026/CV-HH"]),
        ("Theo Tờ trình số 12/TTr-SNV ngày 02/10/2026 (gửi kèm hồ sơ số 05/HS).", ["12/TTr-SNV"]),
        ("Theo Thông tư 01/2011/TT-BNV; xét thửa đất số 15/QH, tờ bản đồ số 12/BĐ.", ["01/2011/TT-BNV"]),
        ("Theo Quyết định 18/QĐ-UBND và Hợp đồng số 07/HĐ-XD.", ["18/QĐ-UBND"]),
    ],
)
def test_only_documents_are_bases(words: str, numbers: list[str]) -> None:
    reading = read(HEAD.replace(STOCK, f"{words}\nSở") + "Sở Y tế rà soát." + FOOT)
    assert [base.number for base in reading.based_on] == numbers
