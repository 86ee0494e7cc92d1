"""What both peers do for one reminder, as one usually writes it: load the row, say it, POST it, record it."""

import logging
import os
from functools import cache

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlmodel import select

from models.assignments import Assignment
from models.database import normalise_url
from models.directives import Directive, Task
from models.people import Person
from models.units import Unit

logging.getLogger("httpx").setLevel(logging.WARNING)
DATABASE, BROKER = os.environ.get("BENCH_DATABASE", ""), os.environ.get("BENCH_BROKER", "")
VENDOR = os.environ.get("BENCH_VENDOR", "")
TABLE = """
CREATE TABLE IF NOT EXISTS peer_delivery (
  id serial PRIMARY KEY, assignment_id int UNIQUE, message_id text, sent_at timestamptz)
"""
RECORD = "INSERT INTO peer_delivery (assignment_id, message_id, sent_at) VALUES (:id, :message, now())"
CLAIM = """
UPDATE assignment SET next_reminder_at = NULL WHERE id IN (
  SELECT id FROM assignment WHERE next_reminder_at <= :now ORDER BY next_reminder_at LIMIT 500 FOR UPDATE SKIP LOCKED)
RETURNING id
"""


@cache
def engine():
    return create_engine(normalise_url(DATABASE), pool_size=100, max_overflow=20)


@cache
def client() -> httpx.Client:
    return httpx.Client()


def deliver(assignment_id: int) -> None:
    """One reminder to its owner."""
    with Session(engine()) as session:
        row = session.execute(
            select(Assignment, Task, Directive, Unit, Person)
            .join(Task, Task.id == Assignment.task_id)
            .join(Directive, Directive.id == Task.directive_id)
            .join(Unit, Unit.id == Assignment.unit_id)
            .join(Person, Person.id == Assignment.owner_id)
            .where(Assignment.id == assignment_id)
        ).one()
        assignment, task, directive, unit, person = row
        words = (
            f"{person.name}, {unit.name}: {directive.number}, {task.clause}. {task.text}. {assignment.due_on:%d/%m/%Y}"
        )
        answer = client().post(f"{VENDOR}/bot7:bench/sendMessage", data={"chat_id": person.id, "text": words})
        values = {"id": assignment_id, "message": str(answer.json()["result"]["message_id"])}
        session.execute(text(RECORD), values)
        session.commit()


def dispatch(send, now) -> int:
    """Claim what is due and hand each row to the queue."""
    count = 0
    while True:
        with Session(engine()) as session:
            ids = [row.id for row in session.execute(text(CLAIM), {"now": now})]
            for id in ids:
                send(id)
            session.commit()
        count += len(ids)
        if not ids:
            return count
