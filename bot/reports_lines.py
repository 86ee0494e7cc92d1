"""A report on one line: who, when, with what evidence."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import object_session
from sqlmodel import Session, col, func, select

from bot.lines import Entry, title, unit_name
from bot.shorten import line
from bot.texts import Say
from models.answers import Report, Verdict
from models.assignments import Assignment, AssignmentState
from models.directives import Part
from models.evidence import count_files

TASKS = 2
"""Tasks whose progress one message shows."""


def pending_reports(session: Session, assignment_ids: Iterable[int]) -> dict[int, Report]:
    """The report of each assignment that waits for a verdict."""
    rows = session.exec(
        select(Report)
        .where(col(Report.assignment_id).in_(list(assignment_ids)), Report.verdict == Verdict.PENDING)
        .order_by(col(Report.id))
    )
    return {report.assignment_id: report for report in rows}


def report_line(say: Say, one: Entry, report: Report | None, n: int | None, longest: int = 240) -> str:
    """ "4. 709/UBND-XDCB, khoản 2 – Sở Y tế: đã gửi CV 12/BC-SYT (14:05 24/11/2026, 2 tệp)"."""
    head = f"{n}. " if n is not None else "• "
    head += f"{title(say, one)} – {unit_name(one, 60)}"
    if report is None:
        return line(head, longest)
    tail = f" ({evidence_line(say, report, report_files(report))})"
    room = longest - len(head) - len(tail) - 2
    words = line(report.text, room) if room > 15 else ""
    return (f"{head}: {words}" if words else line(head, longest - len(tail))) + tail


def progress_lines(session: Session, say: Say, shown: Iterable[Entry]) -> list[str]:
    """ "709/UBND-XDCB, khoản 2: 37/99 đơn vị đã báo cáo", of the tasks of several units among those shown."""
    tasks = {(one.task.id, one.assignment.period): one for one in shown if one.assignment.sub == 0}
    lines: list[str] = []
    for (task_id, period), one in tasks.items():
        query = select(Assignment.state, func.count()).where(
            Assignment.task_id == task_id,
            Assignment.period == period,
            Assignment.part == Part.LEAD,
            Assignment.sub == 0,
            Assignment.state != AssignmentState.WITHDRAWN,
        )
        counts = dict(session.exec(query.group_by(Assignment.state)).all())
        whole = sum(counts.values())
        if whole > 1:
            done = counts.get(AssignmentState.REPORTED, 0) + counts.get(AssignmentState.CONFIRMED, 0)
            lines.append(say("reported.progress", title=title(say, one), done=done, n=whole))
    return lines[:TASKS]


def evidence_line(say: Say, report: Report, files: int) -> str:
    """When it was reported, the document and the number of files."""
    parts = [say("report.at", at=report.reported_at)]
    if report.document_number and report.document_number not in report.text:
        number = line(report.document_number, 40)
        parts.append(
            say("report.document_dated", number=number, day=report.document_date)
            if report.document_date
            else say("report.document", number=number)
        )
    if files:
        parts.append(say("report.files", n=files))
    return ", ".join(parts)


def report_files(report: Report) -> int:
    """How many files the report has; 0 for one not saved yet."""
    session = object_session(report)
    return count_files(session, report.id) if isinstance(session, Session) and report.id is not None else 0
