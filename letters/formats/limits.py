"""What a file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one letter. Sizes in bytes, times in seconds; the defaults suit a server with two cores."""

    size: int = 20 * MEGABYTE  # of all its files together
    files: int = 40
    pages: int = 300
    scanned_pages: int = 60
    characters: int = 2_000_000  # about 700 pages
    cells: int = 20_000  # of all tables of a .docx
    unpacked: int = 32 * MEGABYTE  # one part of a .docx
    unpacked_total: int = 300 * MEGABYTE
    ratio: int = 250  # unpacked to packed, of one part over 1 MB; ordinary text packs 5 to 40 times
    pixels: int = 120_000_000
    memory: int = 512 * MEGABYTE  # address space of the child process
    seconds: int = 600  # the whole letter
    stall_seconds: int = 150  # without finishing a page: one of 5 s takes so long where ten processes work beside it


DEFAULT = Limits()
