"""Throws damaged letters at the extractor and counts what comes back; none may crash, hang or pass the limits.

    python -m benchmarks.fuzz_extract [INPUTS] [--only docx,utf-8] [--whole]

Parsers run in this process, so that many inputs go through, and a crash is this process's end; pictures are
decoded but not recognised, as tesseract is a program of its own. With --whole each input goes through the child
process as in life: a crash is then anything but a text or a sentence.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import resource
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO

from letters.extract import Extracted, ExtractionError, Limits, extract
from letters.formats import scan, worker
from letters.formats.page import Page
from letters.formats.sniff import sniff
from tests.letters.formats import paper
from tests.letters.formats.legacy import to_tcvn3, to_vni

LIMITS = Limits(pages=20, scanned_pages=5)
MEGABYTE = 1024 * 1024


def seeds() -> dict[str, bytes]:
    """Sound letters to damage."""
    letter = paper.Letter()
    return {
        "utf-8": letter.text.encode(),
        "utf-16": letter.text.encode("utf-16"),
        "tcvn3": to_tcvn3(letter.text).encode("latin-1", "replace"),
        "vni": to_vni(letter.text).encode("latin-1", "replace"),
        "docx": paper.as_docx(letter),
        "pdf": paper.as_pdf(letter),
        "jpeg": paper.saved(paper.as_photo(letter).resize((300, 420)), "JPEG"),
    }


def damaged(data: bytes, dice: random.Random) -> bytes:
    """A copy with bytes flipped, cut, doubled, moved or replaced."""
    copy = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5, 30))):
        at, length = dice.randrange(len(copy) or 1), dice.choice((1, 1, 4, 40, 400))
        match dice.randrange(6):
            case 0:
                copy[at : at + length] = dice.randbytes(length)
            case 1:
                del copy[at : at + length]
            case 2:
                copy[at:at] = copy[at : at + length] * dice.choice((1, 2, 20))
            case 3:
                del copy[at:]
            case 4:
                copy[at : at + 4] = dice.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x80\x00\x00\x00", b"9999"))
            case _:
                copy[at : at + length] = "\u202eẬ\u0301\ufeff".encode() * (length // 8 + 1)
    return bytes(copy)


def damaged_inside(data: bytes, dice: random.Random) -> bytes:
    """A .docx whose zip is sound and whose XML is not."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            content = source.read(entry)
            hit = entry.filename in {"word/document.xml", "word/numbering.xml", "word/styles.xml"}
            copy.writestr(entry.filename, _broken_xml(content, dice) if hit else content)
    return out.getvalue()


def _broken_xml(content: bytes, dice: random.Random) -> bytes:
    """Elements swapped, dropped and repeated at tag borders, so that it often stays well-formed."""
    parts = content.split(b"<")
    for _ in range(dice.choice((1, 3, 10))):
        at = dice.randrange(len(parts))
        if dice.random() < 0.4:
            parts[at] = parts[dice.randrange(len(parts))]
        else:
            parts[at] = parts[at].replace(b'"1"', dice.choice((b'"-1"', b'"99999999"', b'"x"', b'""')))
    return b"<".join(parts)


def in_process(data: bytes) -> Extracted | None:
    if sniff(data, "thư") == "text":
        return extract(data, "thư", limits=LIMITS)
    worker.read_files([(data, "thư")], LIMITS, lambda message: None)
    return None


def whole(data: bytes) -> Extracted:
    return extract(data, "thư", limits=LIMITS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=int, nargs="?", default=10_000)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--only", help="formats, comma between them")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    good = {name: data for name, data in seeds().items() if name in (options.only or name).split(",")}
    if not options.whole:
        scan.recognise = lambda picture, name: Page(f"{picture.width} × {picture.height}", "ocr")
        logging.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries written in C complain of
    run(list(good.items()), options.inputs, whole if options.whole else in_process, random.Random(options.seed))


def run(
    good: list[tuple[str, bytes]], inputs: int, read: Callable[[bytes], Extracted | None], dice: random.Random
) -> None:
    outcomes: Counter[str] = Counter()
    worst = (0.0, "", "")
    for at in range(inputs):
        name, data = good[at % len(good)]
        bad = damaged_inside(data, dice) if name == "docx" and dice.random() < 0.5 else damaged(data, dice)
        started = time.perf_counter()
        outcome = attempt(read, bad)
        spent = time.perf_counter() - started
        outcomes[outcome] += 1
        worst = max(worst, (spent, name, outcome))
        if outcome.startswith("CRASH"):
            print(f"input {at} ({name}): {outcome}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    crashes = sum(count for outcome, count in outcomes.items() if outcome.startswith("CRASH"))
    print(f"{inputs} inputs, {crashes} crashes; slowest {worst[0]:.2f} s ({worst[1]}, {worst[2]});", end=" ")
    print(f"memory of this process {memory:.0f} MB, of the largest child {children:.0f} MB")
    for outcome, count in outcomes.most_common():
        print(f"  {count:7}  {outcome}")


def attempt(read: Callable[[bytes], Extracted | None], data: bytes) -> str:
    try:
        read(data)
    except ExtractionError as error:
        return error.code
    except Exception as error:
        return f"CRASH {type(error).__name__}: {error}"[:120]
    return "text"


if __name__ == "__main__":
    main()
