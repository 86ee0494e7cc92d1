"""Words of the roll-up that people read."""

from datetime import date

from models.periods import parse_period
from reports.words import period_name


def test_a_period_that_begins_the_year_before_says_so() -> None:
    today = date(2026, 12, 1)
    assert period_name(parse_period("2026", today), "vi") == "Năm 2026 (15/12/2025 – 14/12/2026)"
    assert period_name(parse_period("2026-Q4", today), "vi") == "Quý IV/2026 (15/09 – 14/12/2026)"
