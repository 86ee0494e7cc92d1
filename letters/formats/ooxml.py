"""The bits of Word's XML that its readers share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element  # pyright: ignore[reportPrivateUsage]  lxml has no public name for it

    Element: TypeAlias = _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value(element: Element, path: str) -> str | None:
    """The w:val of the descendant at this path."""
    found = element.find(path)
    return None if found is None else found.get(W + "val")
