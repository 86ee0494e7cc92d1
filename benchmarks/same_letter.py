"""The same letter in other forms: `python -m benchmarks.same_letter FOLDER [--seeds N] [--forms worn,width] [--fields]`.

Reads every NNN.txt of a folder as it is and in each form (wrapped at a width, doubled empty lines, page numbers and
headers inside, NFD, tones moved, one accent in a hundred lost, TCVN3, VNI) and prints one row a letter: `.` reads the
same, `?` differs and says so by a doubt, `X` differs in silence. Ends with 1 when anything was silent.

The heading, the set of tasks, their leads and deadlines are compared. A doubt counts for its own field; a task that is
gone or new counts as doubted only when the reading doubts the set of tasks.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from letters import read
from letters.formats import plain
from models.reading import Reading
from tests.letters.distort import FORMS, Form, worn
from tests.letters.same import differences


def main() -> int:
    """Prints the table; 1 when a form changed something in silence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=6, help="how many times accents are lost at random")
    parser.add_argument("--forms", default="", help="only forms whose names begin so; commas between them")
    parser.add_argument("--fields", action="store_true", help="name every field that changed in silence")
    options = parser.parse_args()
    forms = chosen(options.seeds, tuple(filter(None, options.forms.split(","))))
    paths = sorted(options.folder.glob("*.txt"))
    totals: Counter[str] = Counter()
    silent_letters = 0
    for path in paths:
        row = compared(plain.clean(path.read_bytes().decode("utf-8", "replace")), forms)
        marks = {name: mark_of(found) for name, found in row.items()}
        totals.update(marks.values())
        silent_letters += "X" in marks.values()
        print(f"{path.stem:>24}  {''.join(marks.values())}", flush=True)
        if options.fields:
            for name, (silent, _) in row.items():
                if silent:
                    print(f"{'':>26}{name}: {', '.join(silent)}")
    print("forms, in order:", " · ".join(forms))
    print(f"{len(paths)} letters × {len(forms)} forms: {totals['.']} same, {totals['?']} doubted, {totals['X']} silent")
    print(f"letters with any silent change: {silent_letters}")
    return bool(totals["X"])


def chosen(seeds: int, only: tuple[str, ...]) -> dict[str, Form]:
    forms = FORMS | {f"worn {seed}": _worn(seed) for seed in range(seeds)}
    return {name: form for name, form in forms.items() if not only or name.startswith(only)}


def _worn(seed: int) -> Callable[[str], str]:
    return lambda text: worn(text, 0.01, seed)


def compared(text: str, forms: dict[str, Form]) -> dict[str, tuple[list[str], list[str]]]:
    """Form → (fields that changed in silence, fields that changed with a doubt)."""
    before: Reading = read(text)
    return {name: differences(before, read(form(text))) for name, form in forms.items()}


def mark_of(found: tuple[list[str], list[str]]) -> str:
    silent, doubted = found
    return "X" if silent else "?" if doubted else "."


if __name__ == "__main__":
    raise SystemExit(main())
