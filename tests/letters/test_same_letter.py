"""The same letter in any form reads the same: heading, deadlines and leads unchanged, or doubted; never silently different."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from letters import read
from tests.letters import distort
from tests.letters.same import differences

SAMPLES = sorted((Path(__file__).parent.parent.parent / "dondoc" / "data" / "letters").glob("*.txt"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_forms_of_one_letter_read_the_same(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    before = read(text)
    assert before.kind == "directive"
    forms = distort.FORMS | {f"worn {seed}": partial(distort.worn, share=0.01, seed=seed) for seed in range(6)}
    different = {name: differences(before, read(form(text)))[0] for name, form in forms.items()}
    assert {form: fields for form, fields in different.items() if fields} == {}
