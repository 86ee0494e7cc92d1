"""Kinds of bodies: what "Tổ chức" with a capital behind it is, and two kinds under one sign ("Khoa/Viện")."""

from __future__ import annotations

SLASHED = (
    *("khoa/viện", "viện/khoa", "khoa/phòng", "phòng/khoa", "phòng/ban", "sở/ngành", "sở/ban/ngành", "bộ/ngành"),
    *("khoa/trường", "trường/khoa", "khoa/bộ môn", "khoa/trung tâm", "viện/trung tâm", "phòng/trung tâm"),
    *("khoa/phòng/trung tâm", "khoa/viện/trung tâm", "phòng/khoa/trung tâm", "phòng/ban/trung tâm"),
)
"""Nouns that a school or an office joins: one name."""
_SOCIETIES = frozenset(
    ("đảng", "công", "đoàn", "hội", "y", "lao", "thương", "liên", "nông", "cơ", "hàng", "khí", "di", "mặt")
)
_HELD = frozenset(
    (
        *("hoi nghi", "hoi thao", "hoi thi", "hoi dien", "hoi cho", "hoi trai", "hoi hop", "hoi dam", "hoi xuan"),
        *("hoi dong", "hoi truong", "hoi sach", "hoi bao", "hoi thoai", "cong bo", "cong nhan", "cong khai"),
        *("doan kiem", "doan cong", "doan giam", "doan khao", "doan lien", "doan di", "doan tham", "doan dai"),
        *("doan van", "lien hoan", "thuong truc", "di dan"),
    )
)


def society(word: str, pair: str) -> bool:
    """ "Tổ chức Đảng", "Tổ chức Y tế Thế giới" are bodies; "Tổ chức Hội nghị", "Tổ chức 03 đoàn", "Tổ chức Lễ …" acts.

    `word` is the next word with its marks, `pair` that and the one after it, flat.
    """
    return word in _SOCIETIES and pair not in _HELD
