"""Text files, whatever they were encoded with; and the cleaning every extracted text passes."""

from __future__ import annotations

import codecs
import re
import unicodedata

from letters.formats.errors import ExtractionError
from letters.text import fonts
from letters.text.syllables import share_of_vietnamese

# Direction marks, zero-width signs and controls: invisible, and they break words for the reader.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_NEWLINES = re.compile("\r\n?|\x85|\u2028|\u2029|\x0b")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SAMPLE = 200_000  # bytes enough to judge an encoding


def decode(data: bytes, name: str) -> str:
    """The text of a .txt: UTF-8, UTF-16, windows-1258, TCVN3 or VNI. Raises ExtractionError unsupported."""
    text = _by_mark(data)
    if text is None:
        text = _by_content(data)
    if text is None or _looks_binary(text):
        raise ExtractionError("unsupported", name=name, found="dữ liệu không rõ loại", found_en="of an unknown kind")
    return clean(text)


def clean(text: str) -> str:
    """NFC Unicode with \\n line ends, ordinary spaces and no invisible signs; legacy fonts converted."""
    text = fonts.to_unicode(_NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _INVISIBLE.sub("", text)))


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return None


def _by_content(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    if sum(zeros) > len(sample) // 5:
        return data.decode("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > _SAMPLE or _nearly_utf8(sample):
            return data.decode("utf-8", "replace")
    return _eight_bits(data, sample)


def _nearly_utf8(sample: bytes) -> bool:
    """A few bytes lost in transit do not make another encoding."""
    text = sample.decode("utf-8", "replace")
    marked = sum(letter > "\x7f" for letter in text)
    return text.count("\ufffd") * 20 < marked


def _eight_bits(data: bytes, sample: bytes) -> str | None:
    windows = unicodedata.normalize("NFC", sample.decode("cp1258", "replace"))
    latin = sample.decode("cp1252", "replace")
    as_windows = share_of_vietnamese(windows)
    as_legacy = share_of_vietnamese(fonts.to_unicode(latin))
    if max(as_windows, as_legacy) < 0.5:
        return None
    if as_windows >= as_legacy:
        return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    return data.decode("cp1252", "replace")


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(letter) in {"Cc", "Co", "Cn"} and letter not in "\t\n\r\f\v" for letter in sample)
    return odd + sample.count("\ufffd") > max(8, len(sample) // 50)
