"""The vendor's ledger beside the database: what was lost, doubled, said too late, forgotten or out of order."""

import os
import re
import signal
import statistics
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, select, text
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from benchmarks.faults.play import Play
from benchmarks.faults.town import Line, told_lines
from models.answers import Report
from models.assignments import Assignment
from models.clock import utcnow
from models.events import EVENTS, Delivery, Event, EventKind
from models.talk import Seen

MARK = re.compile(r"‹(\d+)\|(\d+)\|([\d,]*)›")
REPORTED = (
    "SELECT subject_id, extract(epoch from pg_xact_commit_timestamp(xmin)) FROM auditentry WHERE action = 'report'"
)
PERSONAL = (EventKind.DIGEST, EventKind.URGED, EventKind.URGENT, EventKind.ASSIGNED)
OVER = ("settled", "failed", "superseded")


class Finished(NamedTuple):
    """Seconds from the last fault until everything was settled, and how long at least somebody had to wait by design."""

    seconds: float
    built_in: float


@dataclass(frozen=True)
class Accepted:
    """One message in the ledger. `read`: since when its words are true; both in real seconds."""

    event: int
    at: float
    read: float
    items: tuple[int, ...]
    messenger: str


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def built_in(play: Play) -> float:
    """Seconds until the last of the leases and claims that hold up something now runs out."""
    e = EVENTS.c
    real = select(func.max(func.greatest(e.claimed_until, e.forwarded_until)))
    with play.database.reading() as session:
        until = session.connection().execute(real.where(e.state.in_(("claimed", "forwarded")))).scalar()
    return max(0.0, (until - utcnow()).total_seconds()) if until else 0.0


def read_ledger(entries: Iterable[dict[str, Any]]) -> list[Accepted]:
    """The messages that tell of an Event, in the order in which they were accepted."""
    found: list[Accepted] = []
    for entry in entries:
        if entry["method"].lower().startswith("send") and (mark := MARK.match(entry["text"])):
            items = tuple(int(item) for item in mark[3].split(",") if item)
            found.append(Accepted(int(mark[1]), entry["time"], int(mark[2]) / 1000, items, entry["messenger"]))
    return found


def report(play: Play, peace: set[Line], began: float, finished: Finished) -> bool:
    """Print everything; True when every invariant holds."""
    accepted = read_ledger(play.messenger.ledger())
    with play.database.reading() as session:
        events = {row.id or 0: row for row in session.exec(select_rows(Event))}
        sent: defaultdict[int, list[Delivery]] = defaultdict(list)
        for delivery in session.exec(select_rows(Delivery)):
            sent[delivery.event_id].append(delivery)
        said = answers(session, play)
        late = said_too_late(session, accepted, events)
        lines = told_lines(session, play.folk.silent)
    times = Counter(one.event for one in accepted)
    told = tellings(accepted, events)
    ambiguous = {id: sum(one.ambiguous_times for one in rows) for id, rows in sent.items()}
    unexplained = [id for id, count in times.items() if count > 1 + ambiguous.get(id, 0)]
    failed = [one for one in events.values() if one.state == "failed"]
    broken: dict[str, Any] = {
        "lost (settled, not in the ledger)": [
            (id, events[id].kind, [(one.state, one.tries, one.error, one.ambiguous_times) for one in sent[id]])
            for id in events
            if lost(events[id], sent[id], times)
        ],
        "given up and nobody told": untold(failed, events.values()),
        "still open": [one.key for one in events.values() if one.state not in OVER],
        "duplicates unexplained": unexplained,
        "out of order": out_of_order(accepted, events, ambiguous),
        "sent for what was done before": late,
        "due and never planned": sorted(peace - lines.keys()),
        "planned and never told": [line for line, id in lines.items() if forgotten(line, id, told)],
        **said,
    }
    figures = {
        "kills": play.killed, "events": len(events), "digests": sum(e.kind == EventKind.DIGEST for e in events.values()),
        "accepted": len(accepted), "settled": sum(e.state == "settled" for e in events.values()),
        "superseded by a newer digest": sum(e.state == "superseded" for e in events.values()),
        "given up and told": len(failed), "/done said": len(play.said), "lines owed to who never answers": len(peace),
        "duplicates, each marked ambiguous": sum(count > 1 for count in times.values()) - len(unexplained),
        "ambiguous deliveries": sum(count > 0 for count in ambiguous.values()),
        "429 of the vendor's limits": play.messenger.get("/limits")["refused"],
        "longest from read to accepted, s": round(max((one.at - one.read for one in accepted), default=0), 1),
        "last fault to all settled, s": round(finished.seconds, 1),
        "of it leases and claims at most, s": round(finished.built_in, 1),
        "storm, s": round(play.ends[-1][1] - began if play.ends else 0),
    }  # fmt: skip
    table("faults", sorted(play.faults.items()))
    table("first message after a trouble's end, s: times, median, longest", recoveries(play, accepted))
    table("figures", figures.items())
    table("broken promises", ((name, len(found)) for name, found in broken.items()))
    for name, found in broken.items():
        if found:
            print(name, found[:12])
    return not any(broken.values())


def lost(event: Event, sent: list[Delivery], times: Counter[int]) -> bool:
    """Settled as if it had arrived or were no longer true, and neither is so."""
    if event.state != "settled" or times[event.id or 0]:
        return False
    untrue = any(one.state == "skipped" or one.error == "no longer true" for one in sent)
    return not untrue or any(one.state == "sent" for one in sent)


def untold(failed: list[Event], events: Iterable[Event]) -> list[str]:
    """Given up, and no admin was told of that quarter of an hour. A message about a failure is only listed."""
    windows = [
        (one.data["since"], one.data["until"])
        for one in events
        if one.kind == EventKind.ALERT and one.data.get("code") == "unreachable"
    ]
    return [
        one.key
        for one in failed
        if one.kind != EventKind.ALERT
        and not any(one.settled_at and since <= one.settled_at.isoformat() < until for since, until in windows)
    ]


def out_of_order(
    accepted: list[Accepted], events: dict[int, Event], ambiguous: dict[int, int]
) -> list[tuple[int, int]]:
    """Pairs of a person's messages of one priority of which the later came first. An ambiguous one may have come twice."""
    wrong: list[tuple[int, int]] = []
    before: defaultdict[tuple[int | None, int], list[int]] = defaultdict(list)
    for id in dict.fromkeys(one.event for one in accepted):
        mine = events[id]
        for other in before[mine.person_id, mine.priority]:
            earlier = events[other]
            if mine.due_at < earlier.due_at and id < other and not ambiguous.get(id):
                wrong.append((id, other))
        before[mine.person_id, mine.priority].append(id)
    return wrong


def said_too_late(session: Session, accepted: list[Accepted], events: dict[int, Event]) -> list[tuple[int, int]]:
    """Owners told of a task whose report had been committed before the message's words were read."""
    done = {subject: float(at) for subject, at in session.connection().execute(text(REPORTED))}
    owners = dict(session.connection().execute(select(col(Assignment.id), col(Assignment.owner_id))).tuples().all())
    return [
        (one.event, item)
        for one in accepted
        if events[one.event].kind in PERSONAL
        for item in one.items
        if owners.get(item) == events[one.event].person_id and done.get(item, one.read) < one.read
    ]


def answers(session: Session, play: Play) -> dict[str, list[Any]]:
    """What people said, and how often it counted."""
    texts = session.exec(select_rows(Report.text, Report.assignment_id)).all()
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    known = {one.token: one for one in play.said}
    for words, assignment in texts:
        for token in re.findall(r"VB\d{5}", words):
            counted[token] += 1
            wrong += [token] if known[token].assignment != assignment else []
    owed = session.exec(select_rows(Seen.id).where(col(Seen.answered_at).is_(None))).all()
    return {
        "/done lost": [one.token for one in play.said if not counted[one.token]],
        "/done counted twice": [token for token, count in counted.items() if count > 1],
        "/done counted for another task": wrong,
        "answers still owed": list(owed),
    }


def tellings(accepted: list[Accepted], events: dict[int, Event]) -> dict[tuple[int, int], int]:
    """By person and assignment: the newest Event that told of it, or that was given up with it."""
    newest: dict[tuple[int, int], int] = {}
    for one in accepted:
        for item in one.items:
            key = (events[one.event].person_id or 0, item)
            newest[key] = max(newest.get(key, 0), one.event)
    for id, event in events.items():
        if event.state == "failed" and event.kind == EventKind.DIGEST:
            for item in event.data["items"]:
                key = (event.person_id or 0, item["assignment"])
                newest[key] = max(newest.get(key, 0), id)
    return newest


def forgotten(line: Line, id: int | None, told: dict[tuple[int, int], int]) -> bool:
    """A line that neither arrived, nor stands on the admins' list, nor was taken in by a newer digest that did."""
    assignment, _, _, person = line
    return id is None or told.get((person, assignment), 0) < id


def recoveries(play: Play, accepted: list[Accepted]) -> list[tuple[str, str]]:
    """How long it took after each trouble's end until the next message was accepted."""
    arrivals = [one.at for one in accepted]
    waits: defaultdict[str, list[float]] = defaultdict(list)
    for name, end in play.ends:
        place = bisect_left(arrivals, end)
        if place < len(arrivals):
            waits[name].append(arrivals[place] - end)
    return [
        (name, f"{len(found):4} {statistics.median(found):7.1f} {max(found):7.1f}")
        for name, found in sorted(waits.items())
    ]


def table(title: str, rows: Iterable[tuple[str, Any]]) -> None:
    print(f"\n{title}")
    for name, value in rows:
        print(f"  {name:48} {value!s:>6}")
