"""dondoc report: the roll-up of a report period."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dondoc.cli_house import business_now, house, write_bytes
from dondoc.cli_road import show_table
from dondoc.terminal import fail, language, say, settings_or_fail, tell

if TYPE_CHECKING:
    from reports.summary import Summary


def add_to(app: typer.Typer) -> None:
    """Put the command into the application."""
    app.command()(report)


def report(
    period: str = typer.Option("", help="Kỳ báo cáo · report period: 2026-11, 2026-Q4, 2026-H2, 2026, “quý 4/2026”"),
    xlsx: Path | None = typer.Option(None, "--xlsx", help="Ghi bảng theo mẫu · write the official table here"),
    picture: Path | None = typer.Option(None, "--picture", help="Ghi hình PNG · write the picture here"),
) -> None:
    """Tổng hợp tình hình thực hiện · The roll-up: five buckets by unit, over everything."""
    summary = _summary(period)
    if xlsx is not None:
        from reports.workbook import write

        write_bytes(xlsx, write(summary, language=language()))
    if picture is not None:
        from reports.picture import draw

        write_bytes(picture, draw(summary, language=language()))
    _show(summary)


def _summary(period: str) -> Summary:
    from models.clock import local_date
    from models.periods import UnknownPeriod, parse_period
    from reports.rollup import rollup

    settings = settings_or_fail()
    with house(settings) as database, database.reading() as session:
        now = business_now(session, settings)
        try:
            wanted = parse_period(period, local_date(now))
        except UnknownPeriod as error:
            vi, _, en = str(error).partition(" · ")
            fail(say(vi, en), 2)
        return rollup(session, now, None, wanted)


def _show(summary: Summary) -> None:
    from models.clock import local
    from reports.summary import Bucket
    from reports.words import BUCKETS, COLUMNS, period_name

    until = f"{local(summary.as_of):%H:%M %d/%m/%Y}"
    tell(f"{period_name(summary.period, language())} · {say('số liệu đến', 'as of')} {until}", "bold")
    if not summary.rows:
        return tell(say("Không có nhiệm vụ nào trong kỳ.", "No task in this period."))
    every = say("Tổng", "All")
    lines = [(unit.name, unit.counts) for unit in summary.by_unit]
    lines.append((every, tuple(summary.counts[bucket] for bucket in Bucket)))
    heads = (COLUMNS[language()][3], *(BUCKETS[language()][bucket] for bucket in Bucket), every)
    return show_table(heads, [(name, *map(str, counts), str(sum(counts))) for name, counts in lines])
