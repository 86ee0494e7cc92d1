"""What every format hands to the worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

How = Literal["text", "docx", "pdf", "ocr", "doc"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page's text in reading order; `marks` are texts only to be searched for a secrecy mark."""

    text: str
    how: How
    marks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages a file has, and the pages, each made when it is asked for."""

    count: int
    pages: Iterator[Page]


class Word(NamedTuple):
    """A word's box on the page; y grows downward, units are the page's own (points or pixels)."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
