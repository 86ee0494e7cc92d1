"""The child process: reads files from standard input, writes their text to standard output (see child.py).

It binds itself before it looks at a single byte, keeps everything in memory, and answers "classified" in place
of the text when any page bears a secrecy mark.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from errno import ENOMEM
from typing import IO, Any

from letters.formats.errors import ClassifiedLetter, ExtractionError
from letters.formats.limits import MEGABYTE, Limits
from letters.formats.page import Page, Pages
from letters.formats.sniff import Kind, sniff
from letters.frame.secrecy import is_classified

File = tuple[bytes, str]
_NEED_OF_CHECKING = ("ocr", "doc", "pdf", "docx", "text")  # the first of these that occurs is the answer's `how`


def main() -> None:
    """Answers one request and ends. Whatever goes wrong becomes one line with a code."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not write into the answer
    head = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**head["limits"])
    _bind(limits)
    name = head["files"][0][0]
    try:
        answer = read_files(_received(head["files"]), limits, lambda message: _send(answers, message))
    except ExtractionError as error:
        answer = {"error": error.code, "details": error.details}
    except MemoryError:
        answer = {"error": "out_of_memory", "details": {"name": name, "limit": limits.memory // MEGABYTE}}
    _send(answers, answer)
    os._exit(0)  # a library's clean-up of a damaged file is not worth waiting for


def _bind(limits: Limits) -> None:
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would put the letter on the disk
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


def _received(files: list[tuple[str, int]]) -> list[File]:
    return [(sys.stdin.buffer.read(size), name) for name, size in files]


def read_files(files: list[File], limits: Limits, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """The answer's text, pages, how and warnings; `tell` hears of each page. Raises ExtractionError, MemoryError."""
    try:
        return _read(files, limits, tell)
    except (ExtractionError, MemoryError):
        raise
    except ModuleNotFoundError:
        raise
    except (ImportError, OSError) as error:
        if isinstance(error, ImportError) or error.errno == ENOMEM:  # a library that has no room to be loaded
            raise MemoryError from error
        raise ExtractionError("broken", name=files[0][1]) from error
    except Exception as error:  # parsers raise anything on a damaged file; recorded as its sentence
        raise ExtractionError("broken", name=files[0][1]) from error


def _read(files: list[File], limits: Limits, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    opened = [_open(sniff(data, name), data, name, limits) for data, name in files]
    count = sum(part.count for part in opened)
    name = files[0][1]
    if count > limits.pages:
        raise ExtractionError("too_many_pages", name=name, pages=count, limit=limits.pages)
    tell({"page": 0, "of": count})
    pages: list[Page] = []
    length = 0
    for part in opened:
        for page in part.pages:
            _refuse_classified(page)
            pages.append(page)
            length += len(page.text)
            if length > limits.characters:
                raise ExtractionError("too_long", name=name, limit=limits.characters)
            tell({"page": len(pages), "of": count})
    return _answer(pages, name)


def _answer(pages: list[Page], name: str) -> dict[str, Any]:
    text = "\n".join(page.text.strip("\n") for page in pages)
    if not text.strip():
        raise ExtractionError("no_text", name=name)
    if is_classified(text):
        raise ClassifiedLetter
    how = next(how for how in _NEED_OF_CHECKING if any(page.how == how for page in pages))
    warnings = dict.fromkeys(warning for page in pages for warning in page.warnings)
    return {"text": text, "pages": len(pages), "how": how, "warnings": list(warnings)}


def _refuse_classified(page: Page) -> None:
    if is_classified(page.text) or any(map(is_classified, page.marks)):
        raise ClassifiedLetter


def _open(kind: Kind, data: bytes, name: str, limits: Limits) -> Pages:
    """Each format's parser is imported when a file needs it: text of a .docx wants no PDF library."""
    if kind == "docx":
        from letters.formats.word import open_docx as opener
    elif kind == "pdf":
        from letters.formats.pdf import open_pdf as opener
    elif kind == "image":
        from letters.formats.scan import open_image as opener
    elif kind == "text":
        return Pages(1, _plain(data, name))
    else:
        from letters.formats.doc import open_doc as opener
    return opener(data, name, limits)


def _plain(data: bytes, name: str) -> Iterator[Page]:
    from letters.formats.plain import decode

    yield Page(decode(data, name), "text")


def _send(answers: IO[bytes], message: dict[str, Any]) -> None:
    answers.write(json.dumps(message).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
