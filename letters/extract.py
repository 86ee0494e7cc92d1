"""From the bytes of a letter, as it exists in an office, to its text.

Parsers, renderers and the recogniser run in a child process with bounds on memory and time, so no file can
take the system down; only plain text is decoded here. The text of a classified letter never leaves here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from letters.formats import child, plain
from letters.formats.child import end_all
from letters.formats.errors import ClassifiedLetter, ExtractionError, MissingPackage
from letters.formats.limits import DEFAULT, MEGABYTE, Limits
from letters.formats.sniff import Kind, sniff
from letters.frame.secrecy import is_classified

__all__ = [
    "ClassifiedLetter", "Extracted", "ExtractionError", "Limits", "MissingPackage", "end_all", "extract", "extract_many",
]  # fmt: skip

How = Literal["text", "docx", "pdf", "ocr", "doc"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """A letter's text in reading order: NFC, \\n between lines, the left heading block before the right one.

    `how` is the way most in need of checking that any page came by; `warnings` are sentences in Vietnamese.
    """

    text: str
    pages: int
    how: How
    warnings: tuple[str, ...] = ()


def extract(
    data: bytes, filename: str, *, progress: Callable[[int, int], None] | None = None, limits: Limits = DEFAULT
) -> Extracted:
    """The text of one file. `progress(page, of)` is called in our thread: with 0 when reading begins, as pages get done.

    Raises ExtractionError (its `vi` and `en` tell the sender what to do), ClassifiedLetter, MissingPackage.
    """
    return extract_many([(data, filename)], progress=progress, limits=limits)


def extract_many(
    files: Sequence[tuple[bytes, str]],
    *,
    progress: Callable[[int, int], None] | None = None,
    limits: Limits = DEFAULT,
) -> Extracted:
    """The text of several files, photos mostly, that are the pages of one letter, in this order; as `extract`."""
    kinds = _checked(files, limits)
    if all(kind == "text" for kind in kinds):
        return _decoded(files, limits)
    answer = child.run(files, limits, progress)
    return Extracted(answer["text"], answer["pages"], answer["how"], tuple(answer["warnings"]))


def _checked(files: Sequence[tuple[bytes, str]], limits: Limits) -> list[Kind]:
    if not files:
        raise ExtractionError("empty")
    if len(files) > limits.files:
        raise ExtractionError("too_many_files", name=files[0][1], limit=limits.files)
    size = sum(len(data) for data, _ in files)
    if size > limits.size:
        megabytes = -(-size // MEGABYTE)
        raise ExtractionError("too_big", name=files[0][1], size=megabytes, limit=limits.size // MEGABYTE)
    for data, name in files:
        if not data.strip(b"\0 \t\r\n"):
            raise ExtractionError("empty", name=name)
    return [sniff(data, name) for data, name in files]


def _decoded(files: Sequence[tuple[bytes, str]], limits: Limits) -> Extracted:
    text = "\n".join(plain.decode(data, name) for data, name in files)
    if len(text) > limits.characters:
        raise ExtractionError("too_long", name=files[0][1], limit=limits.characters)
    if not text.strip():
        raise ExtractionError("empty", name=files[0][1])
    if is_classified(text):
        raise ClassifiedLetter
    return Extracted(text, len(files), "text")
