"""Leases: who may do what only one may do at a time. Kept on the database's real clock."""

import hashlib
import os
import secrets
from pathlib import Path

from sqlalchemy import Table, or_, select, update
from sqlmodel import Session

from models.real_time import real_instant
from models.tables import metadata
from models.upsert import upsert

LEASES: Table = metadata.tables["lease"]
c = LEASES.c


def new_holder() -> str:
    """A name for this process and one thing in it: machine, process, start of the process, and a random part."""
    return f"{_machine()}:{os.getpid()}:{_started(os.getpid())}:{secrets.token_hex(4)}"


def acquire(session: Session, name: str, holder: str, seconds: float) -> bool:
    """Take or renew the lease for `seconds` from now. False while somebody else's runs.

    A holder whose process is known to have ended (same machine, so we can look) does not have to be waited for.
    """
    connection = session.connection()
    fresh = upsert(session, LEASES).values(name=name, holder=holder, until=real_instant(session, seconds), data={})
    if connection.execute(fresh.on_conflict_do_nothing().returning(c.name)).first() is not None:
        return True
    free = [c.holder == holder, c.until < real_instant(session)]
    current = connection.execute(select(c.holder).where(c.name == name)).scalar_one_or_none()
    if current is not None and current != holder and has_ended(current):
        free.append(c.holder == current)
    take = update(LEASES).where(c.name == name, or_(*free))
    return connection.execute(take.values(holder=holder, until=real_instant(session, seconds))).rowcount > 0


def release(session: Session, name: str, holder: str) -> None:
    """Give the lease back, so that another need not wait for its end. Harmless when it is not ours any more."""
    session.connection().execute(LEASES.delete().where(c.name == name, c.holder == holder))


def holder_of(session: Session, name: str) -> str | None:
    """Who holds the lease now; None when nobody does."""
    query = select(c.holder).where(c.name == name, c.until >= real_instant(session))
    return session.connection().execute(query).scalar_one_or_none()


def has_ended(holder: str) -> bool:
    """Whether the holder's process is gone for certain. On another machine or in another container: unknown, so no."""
    machine, _, rest = holder.partition(":")
    pid, _, rest = rest.partition(":")
    return machine == _machine() and pid.isdigit() and _started(int(pid)) != rest.partition(":")[0]


def _machine() -> str:
    """One boot of one machine, as seen from one process namespace: only there does a process id mean anything."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    try:
        seen = f"{boot.read_text().strip()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        seen = secrets.token_hex(16)  # no /proc: no other holder can be looked at
    return hashlib.sha256(seen.encode()).hexdigest()[:12]


def _started(pid: int) -> str:
    """The process's start in clock ticks since boot; "" when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
