"""Vietnam's public holidays, 2015 to 2050, as the library `holidays` computes them: kept in a file beside this.

Asking the library itself loads the calendars of two hundred countries: a second of start-up and 15 MB in every role.
`python -m models.public_holidays` writes the file anew; a test holds it to the library.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

FIRST_YEAR, LAST_YEAR = 2015, 2050
FILE = Path(__file__).parent / "data" / "public_holidays.csv"
OFF, ON = "off", "on"


def shipped() -> tuple[frozenset[date], frozenset[date]]:
    """Days off, and week-end days that are worked instead, from the file."""
    rows = [line.split(",") for line in FILE.read_text(encoding="ascii").splitlines()[1:]]
    days = {kind: frozenset(date.fromisoformat(day) for day, one in rows if one == kind) for kind in (OFF, ON)}
    return days[OFF], days[ON]


def computed() -> tuple[frozenset[date], frozenset[date]]:
    """The same from the library."""
    from holidays import country_holidays

    vietnam = country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1))
    worked: set[date] = getattr(vietnam, "weekend_workdays", set())
    return frozenset(vietnam.keys()), frozenset(worked)


def write() -> None:
    """Write the file anew."""
    off, on = computed()
    rows = sorted([*((day, OFF) for day in off), *((day, ON) for day in on)])
    FILE.write_text("day,kind\n" + "".join(f"{day.isoformat()},{kind}\n" for day, kind in rows), encoding="ascii")


if __name__ == "__main__":
    write()
