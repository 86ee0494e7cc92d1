"""Who stands above whom: a letter to one's superior asks, a government's letter to its own office orders."""

from __future__ import annotations

import re

from letters.text.compare import fold

_ABOVE = (
    *("bo ", "thu tuong", "chinh phu", "van phong chinh phu", "tinh uy", "thuong truc tinh uy", "hdnd"),
    *("hoi dong nhan dan", "ban thuong vu tinh uy", "doan dai bieu", "doan dbqh"),
)
"""Whom a province asks."""
_BELOW = re.compile(
    r"(?:cac )?(?:so|ban quan ly|thanh tra tinh|ubnd (?:cac )?(?:huyen|thi xa|xa|phuong|quan|dac khu))\b"
)
"""Whom a province's government orders."""


def upward(speaker: str | None, above: str | None, recipients: list[str]) -> bool:
    """A letter to one's own superior asks; it orders nobody."""
    if len(recipients) != 1:
        return False
    to, own, parent = _plain(recipients[0]), _plain(speaker), _plain(above)
    if " cac " in f" {to} " or to.startswith(own[:40] or "-"):
        return False
    to = re.sub(r"^(?:thuong truc|chu tich|lanh dao|van phong) (?=hdnd|hoi dong|tinh uy|ubnd)", "", to)
    if parent and (to.startswith((parent, f"chu tich {parent}")) or (parent.startswith(to) and len(to) > 8)):
        return True
    if own.startswith(("ubnd tinh", "ubnd thanh pho")):
        return to.startswith(_ABOVE)
    if own.startswith(("phong ", "truong ", "trung tam ")) and own.split()[0] != to.split()[0]:
        return to.startswith(("so ", "phong ", *_ABOVE))
    local = ("ubnd xa", "ubnd phuong", "ubnd huyen", "ubnd thi")
    return own.startswith(local) and to.startswith(("so ", "ubnd tinh", "ubnd thanh pho", "ubnd huyen", *_ABOVE))


def downward(speaker: str | None, recipients: list[str]) -> bool:
    """Whether a province's government writes only to offices and governments under it."""
    own = re.sub(r"^(?:pho )?chu tich ", "", _plain(speaker))
    if not own.startswith(("ubnd tinh", "ubnd thanh pho")) or not recipients:
        return False
    return all(_BELOW.match(_plain(text)) for text in recipients)


def _plain(text: str | None) -> str:
    return fold(text or "").replace("uy ban nhan dan", "ubnd")
