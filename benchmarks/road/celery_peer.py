"""Celery as one usually writes it, with publisher confirms and late acknowledgement."""

from celery import Celery

from benchmarks.road import peer

app = Celery("peer", broker=peer.BROKER)
app.conf.update(
    broker_transport_options={"confirm_publish": True},
    task_acks_late=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=4,
    broker_connection_retry_on_startup=True,
)


@app.task
def deliver(assignment_id: int) -> None:
    peer.deliver(assignment_id)


@app.task
def nothing(number: int) -> None:
    """For measuring publishing alone."""
