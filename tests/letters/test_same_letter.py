"""The same letter in any form reads the same: heading, deadlines and leads unchanged, or doubted; never silently different."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters import read
from letters.compare import fold
from models.reading import Reading
from tests.letters import distort

SAMPLES = sorted((Path(__file__).parent.parent.parent / "dondoc" / "data" / "letters").glob("*.txt"))
HEADER = "UBND TỈNH BẮC NINH - Văn bản điện tử"


def silently_different(before: Reading, after: Reading) -> list[str]:
    """The fields that differ and carry no doubt."""
    found = [
        name
        for name in ("kind", "number", "date", "issuer", "subject", "urgency")
        if fold(getattr(before, name) or "") != fold(getattr(after, name) or "") and not after.doubts_of(name)
    ]
    if [fold(r) for r in before.recipients] != [fold(r) for r in after.recipients]:
        found.append("recipients")
    if [t.clause for t in before.tasks] != [t.clause for t in after.tasks]:
        return [*found, "tasks"]
    for i, (old, new) in enumerate(zip(before.tasks, after.tasks, strict=True)):
        if [fold(x) for x in old.lead] != [fold(x) for x in new.lead] and not after.doubts_of(f"tasks[{i}].lead"):
            found.append(f"{old.clause} lead")
        a, b = old.deadline, new.deadline
        if (a.kind, a.due, a.rrule, a.time) != (b.kind, b.due, b.rrule, b.time):
            found += [] if after.doubts_of(f"tasks[{i}].deadline") else [f"{old.clause} deadline"]
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_forms_of_one_letter_read_the_same(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    before = read(text)
    assert before.kind == "directive"
    forms = {
        "doubled": distort.doubled(text),
        "decomposed": distort.decomposed(text),
        "tones": distort.moved_tones(text),
        "pages": distort.paged(text, 20),
        "headers": distort.paged(text, 25, HEADER),
        "carriage returns": text.replace("\n", "\r\n"),
        **{f"width {w}": distort.rewrap(text, w) for w in (40, 55, 64, 72, 80, 100, 140)},
        **{f"worn {seed}": distort.worn(text, 0.01, seed) for seed in range(6)},
    }
    different = {form: silently_different(before, read(other)) for form, other in forms.items()}
    assert {form: fields for form, fields in different.items() if fields} == {}
