"""What a failed send means, and when the vendor itself is down."""

import pytest

from bot.channels.base import ChannelError
from consumers.circuit import FAILURES_OPEN, LONGEST_PROBE, Circuit
from consumers.policy import GIVE_UP_AFTER, backoff, judge
from models.settling import Result


@pytest.mark.parametrize(
    ("error", "tries", "result", "lane"),
    [
        (ChannelError("network", permanent=False, unknown=True), 1, Result.UNKNOWN, "failing"),
        (ChannelError("network", permanent=False), 1, Result.RETRY, "failing"),
        (ChannelError("vendor", permanent=False), GIVE_UP_AFTER - 1, Result.RETRY, "failing"),
        (ChannelError("vendor", permanent=False), GIVE_UP_AFTER, Result.REFUSED, "failing"),
        (ChannelError("rate", permanent=False, retry_after=7), 50, Result.RETRY, ""),
        (ChannelError("blocked", permanent=True), 1, Result.REFUSED, ""),
        (ChannelError("bad_request", permanent=True), 1, Result.REFUSED, ""),
        (ChannelError("token", permanent=False), 1, Result.PUT_BACK, "shut"),
        (ChannelError("quota", permanent=False), 1, Result.HELD, ""),
        (ChannelError("migrated", permanent=False, migrated_to="-100"), 1, Result.RETRY, ""),
    ],
)
def test_each_kind_of_failure_has_its_way(error: ChannelError, tries: int, result: Result, lane: str) -> None:
    verdict = judge(error, tries, 0.5)
    assert (verdict.result, verdict.lane) == (result, lane)


def test_the_vendors_own_word_on_waiting_is_kept() -> None:
    assert 7 <= judge(ChannelError("rate", permanent=False, retry_after=7), 1, 0.9).delay <= 8
    assert judge(ChannelError("rate", permanent=False), 1, 0.0).delay == 5
    assert judge(ChannelError("migrated", permanent=False, migrated_to="-100"), 1, 0.9).delay == 0


def test_waiting_doubles_with_jitter_up_to_a_limit() -> None:
    assert [backoff("network", tries, 0.5) for tries in (1, 2, 3, 20)] == [5, 10, 20, 300]
    assert backoff("vendor", 1, 0.0) == 7.5
    assert backoff("vendor", 1, 0.999) < 22.5
    assert backoff("vendor", 50, 0.5) == 600


def test_three_time_outs_in_a_row_open_and_an_answer_between_them_does_not() -> None:
    circuit = Circuit()
    assert [circuit.failed(0, "a", "network", timed_out=True) for _ in range(2)] == [False, False]
    circuit.succeeded()
    assert [circuit.failed(0, "a", "network", timed_out=True) for _ in range(3)] == [False, False, True]
    assert circuit.is_open
    assert not circuit.failed(0, "a", "network", timed_out=True)
    circuit.close()
    assert not circuit.is_open


def test_one_chat_alone_does_not_open_the_circuit_with_refused_sends() -> None:
    circuit = Circuit()
    assert not any(circuit.failed(0, "a", "vendor", timed_out=False) for _ in range(FAILURES_OPEN * 2))
    assert circuit.failed(0, "b", "vendor", timed_out=False)


def test_probes_become_rarer() -> None:
    circuit = Circuit()
    circuit.open(100, "vendor")
    waits = []
    for _ in range(8):
        now = circuit.probe_at
        circuit.probe_failed(now)
        waits.append(circuit.probe_at - now)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_PROBE
