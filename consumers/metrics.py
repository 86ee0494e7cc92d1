"""What one sees of the road, as Prometheus metrics."""

from datetime import datetime

from prometheus_client import Counter, Gauge, Histogram
from sqlalchemy import func, select
from sqlmodel import Session

from models.events import DELIVERIES, EVENTS, EventState, in_state

SECONDS = (0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3600)
OPEN = (EventState.WAITING, EventState.FORWARDED, EventState.CLAIMED, EventState.FAILED)

settled = Counter("dondoc_deliveries", "Outcomes of claimed events", ["lane", "outcome"])
latency = Histogram("dondoc_due_to_sent_seconds", "From due to accepted by the vendor", ["lane"], buckets=SECONDS)
ambiguous = Counter("dondoc_ambiguous", "Sends of which nobody knows whether they arrived", ["lane"])
rate_refusals = Counter("dondoc_rate_refusals", "429 answers of the vendor", ["lane"])
circuit_open = Gauge("dondoc_circuit_open", "1 while the vendor of a lane does not get through", ["lane"])
sending = Gauge("dondoc_sending", "Sends under way in this process", ["lane"])
events = Gauge("dondoc_events", "Events in the outbox that are not done, by lane", ["state", "lane"])
oldest = Gauge(
    "dondoc_oldest_waiting_seconds", "How long the longest-waiting due event of a lane has been due", ["lane"]
)
twice = Gauge("dondoc_ambiguous_deliveries", "Deliveries that may have arrived twice or not at all")


def observe(session: Session, now: datetime) -> None:
    """Set the gauges that show what stands in the database; called when metrics are asked for. `now`: business time."""
    e, d = EVENTS.c, DELIVERIES.c
    connection = session.connection()
    events.clear()
    oldest.clear()
    for state in OPEN:
        query = select(e.lane, func.count(), func.min(e.due_at)).where(in_state(state)).group_by(e.lane)
        for lane, count, first in connection.execute(query):
            events.labels(state, lane).set(count)
            if state == EventState.WAITING and first is not None:
                oldest.labels(lane).set(max(0.0, (now - first).total_seconds()))
    twice.set(connection.execute(select(func.count()).where(d.ambiguous_times > 0)).scalar_one())
