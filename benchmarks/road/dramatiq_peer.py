"""dramatiq as one usually writes it, with publisher confirms."""

import dramatiq
from dramatiq.brokers.rabbitmq import RabbitmqBroker

from benchmarks.road import peer

broker = RabbitmqBroker(url=peer.BROKER, confirm_delivery=True)
dramatiq.set_broker(broker)


@dramatiq.actor(max_retries=3)
def deliver(assignment_id: int) -> None:
    peer.deliver(assignment_id)


@dramatiq.actor(queue_name="nothing")
def nothing(number: int) -> None:
    """For measuring publishing alone."""
