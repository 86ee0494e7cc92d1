"""docs/sandbox.md says which test holds which behaviour of the vendors: none may be lost or renamed away."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_behaviour_in_the_table_has_its_test() -> None:
    table = (HERE.parents[1] / "docs" / "sandbox.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", table))
    there = {
        name
        for file in HERE.glob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(named) > 40
    assert named <= there, f"the table names tests that are not there: {sorted(named - there)}"
