"""Throws broken input at the reader: `python benchmarks/fuzz_reader.py [--inputs N] [--seed S] [FOLDER]`.

Half letters, shuffled lines, random bytes, right-to-left marks, English, repeated markers. Counts inputs, crashes and the
slowest answer; ends with 1 when anything crashed or took more than a second for its length.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from letters import read
from models.reading import Reading, from_json, to_json, to_schema

ROOT = Path(__file__).resolve().parent.parent
SLOW = 1.0
"""Seconds of CPU one input of at most 20,000 characters may take."""

PIECES = (
    *(
        "1. ",
        "a) ",
        "- ",
        "+ ",
        "(i) ",
        "I. ",
        "8.1. ",
        "§. ",
        "Kính gửi: ",
        "Số: ",
        "V/v ",
        "Nơi nhận:",
        "KT. GIÁM ĐỐC",
        "\n",
        "\n\n",
    ),
    *(
        "trước ngày 31/02/2027",
        "hàng tháng ",
        "ngày 99/99/9999 ",
        "trong vòng 999 ngày làm việc ",
        "Giao ",
        "phối hợp với ",
        "Sở ",
    ),
    *(
        "các sở, ban, ngành, ",
        "; ",
        ": ",
        "(((",
        ")))",
        "\u202e",
        "\u200f",
        "\u0301" * 9,
        "\x00",
        "\ufffd",
        "|",
        "*",
        "....",
        "đ/c ",
    ),
)


def letters(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def half(text: str, rng: random.Random) -> str:
    a, b = sorted(rng.randrange(len(text)) for _ in range(2))
    return text[a:b]


def shuffled(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


def noisy(text: str, rng: random.Random) -> str:
    chars = list(text)
    for _ in range(rng.randrange(1, 60)):
        chars[rng.randrange(len(chars))] = chr(
            rng.choice((rng.randrange(32, 127), rng.randrange(0x300, 0x370), rng.randrange(1, 0xD800)))
        )
    return "".join(chars)


def pieced(text: str, rng: random.Random) -> str:
    """A letter with signs and phrases thrown in, or nothing but these."""
    parts = [rng.choice(PIECES) for _ in range(rng.randrange(1, 60))]
    if rng.random() < 0.5:
        return "".join(parts)
    at = rng.randrange(len(text))
    return text[:at] + "".join(parts) + text[at:]


def bytes_of(text: str, rng: random.Random) -> str:
    return rng.randbytes(rng.randrange(1, 600)).decode(rng.choice(("latin-1", "utf-16-le", "cp1258")), errors="replace")


def repeated(text: str, rng: random.Random) -> str:
    piece = rng.choice((*PIECES, " ", "a", "Sở Y tế, ", "1.1.1.1.", "A" * 7 + " "))
    return piece * rng.randrange(1, 4000 // len(piece) + 2)


def misread(text: str, rng: random.Random) -> str:
    """A font read with the wrong table."""
    return text.encode("utf-8", errors="ignore").decode(rng.choice(("latin-1", "cp1252")), errors="replace")


MAKERS: tuple[Callable[[str, random.Random], str], ...] = (half, shuffled, noisy, pieced, bytes_of, repeated, misread)


def inputs(corpus: list[str], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """(what was done, the text)."""
    rng = random.Random(seed)
    for i in range(count):
        maker = MAKERS[i % len(MAKERS)]
        yield maker.__name__, maker(rng.choice(corpus), rng)


def check(reading: Reading) -> None:
    """A reading keeps its promises whatever it read: storable, printable, spans inside the text."""
    assert from_json(to_json(reading)) == reading
    to_schema(reading, "x")
    if reading.kind != "directive":
        assert reading == Reading(kind=reading.kind, reason_code=reading.reason_code)
    for task in reading.tasks:
        assert 0 <= task.span[0] < task.span[1] <= len(reading.text)
    for doubt in reading.doubts:
        assert doubt.reason("vi")
        assert doubt.reason("en")


def main() -> int:
    """Prints the counts; 1 when there was a crash or an answer too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "dondoc" / "data" / "letters")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20261121)
    options = parser.parse_args()
    kinds: Counter[str] = Counter()
    faults: list[str] = []
    slowest = 0.0
    for i, (maker, text) in enumerate(inputs(letters(options.folder), options.inputs, options.seed)):
        began = time.process_time()
        try:
            reading = read(text)
            check(reading)
            kinds[reading.kind] += 1
        except Exception as error:  # whatever it is, it is what this program looks for
            faults.append(f"input {i} ({maker}): {type(error).__name__}: {error}")
        took = time.process_time() - began
        slowest = max(slowest, took)
        if i % 5000 == 4999:
            print(f"{i + 1} inputs, {len(faults)} faults", file=sys.stderr, flush=True)
        if took > SLOW:
            faults.append(f"input {i} ({maker}): {took:.1f} s for {len(text)} characters")
    print(f"{options.inputs} inputs: {dict(kinds)}; slowest {slowest * 1000:.0f} ms; {len(faults)} faults")
    print("\n".join(faults[:50]))
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main())
