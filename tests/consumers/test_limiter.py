"""The pace of a token, its chats and its groups."""

from bisect import bisect_left
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.base import Limits
from consumers.limiter import LONGEST_WAIT, Limiter
from models.takeover import PastSend

LIMITS = Limits(
    per_second=25, seconds_per_chat=1.05, per_group_minute=20, text_length=4096, buttons=True, edits=True, files=True,
    pictures=True,
)  # fmt: skip
chats = st.sampled_from(["a", "b", "c", "d", *map(str, range(60))])
asked = st.lists(st.tuples(st.floats(0, 0.2), chats, st.booleans()), min_size=1, max_size=400)


@settings(deadline=None, max_examples=60)
@given(asked)
def test_no_limit_is_ever_passed(wishes: list[tuple[float, str, bool]]) -> None:
    limiter, now = Limiter(LIMITS), 1000.0
    sends: list[tuple[float, str, bool]] = []
    for pause, chat, is_group in wishes:
        now += pause
        wait = limiter.reserve(now, chat, is_group)
        if wait is not None:
            assert 0 <= wait <= LONGEST_WAIT + 0.26
            sends.append((now + wait, chat, is_group))
    times = sorted(at for at, _, _ in sends)
    assert all(bisect_left(times, at + 0.999) - i <= 26 for i, at in enumerate(times))
    for chat in {chat for _, chat, _ in sends}:
        own = sorted(at for at, c, _ in sends if c == chat)
        assert all(b - a >= 1.0499 for a, b in pairwise(own))
        grouped = sorted(at for at, c, is_group in sends if c == chat and is_group)
        assert all(bisect_left(grouped, at + 59.9) - i <= 20 for i, at in enumerate(grouped))


def test_nothing_is_wasted() -> None:
    limiter, now = Limiter(LIMITS), 50.0
    for n in range(100):
        now += limiter.until_free(now)
        assert limiter.released(now, 100) >= 1
        assert limiter.reserve(now, str(n)) is not None
    assert now - 50.0 <= 100 / 25


def test_released_counts_only_the_slots_of_the_next_quarter_second() -> None:
    limiter = Limiter(LIMITS)
    assert limiter.released(10.0, 100) == 7
    assert limiter.released(10.0, 3) == 3
    for n in range(7):
        limiter.reserve(10.0, str(n))
    assert limiter.released(10.0, 100) == 0


def test_a_chat_that_must_rest_takes_no_slot_and_holds_up_nobody() -> None:
    limiter = Limiter(LIMITS)
    assert not limiter.refused(5.0, "a", 30)
    assert limiter.reserve(5.0, "a") is None
    assert 29 < limiter.wait_for(5.0, "a") <= 30
    assert limiter.reserve(5.0, "b") == 0


def test_many_refused_chats_are_the_tokens_own_limit() -> None:
    limiter = Limiter(LIMITS)
    assert not limiter.refused(5.0, "a", 3)
    assert not limiter.refused(5.1, "a", 3)
    assert not limiter.refused(5.2, "b", 3)
    assert limiter.refused(5.3, "c", 3)
    assert limiter.released(5.4, 10) == 0
    assert limiter.reserve(5.4, "z") is None
    assert limiter.released(8.3, 10) > 0


def test_who_takes_over_counts_what_was_sent_before() -> None:
    limiter = Limiter(LIMITS)
    limiter.fill([PastSend(99.5, "a", False), *(PastSend(60.0 + n, "group", True) for n in range(20))])
    assert 0.5 <= (limiter.reserve(100.0, "a") or 0) <= 0.6
    assert limiter.reserve(100.0, "group", True) is None
    assert 19.9 < limiter.wait_for(100.0, "group", True) <= 20.1


def test_after_a_hitch_not_all_leave_at_once() -> None:
    limiter, starts, now = Limiter(LIMITS), list[float](), 10.0
    while len(starts) < 60:
        wait = limiter.start(now)
        starts += [now] if not wait else []
        now += wait
    assert max(bisect_left(starts, at + 0.999) - i for i, at in enumerate(starts)) <= 27
    assert starts[-1] <= 10.0 + 60 / 25


def test_a_chat_rests_from_when_the_vendor_took_its_message() -> None:
    limiter = Limiter(LIMITS)
    assert limiter.reserve(10.0, "a") == 0
    limiter.sent(10.8, "a")
    assert 1.84 < limiter.wait_for(10.0, "a") < 1.86
    for n in range(20):
        assert limiter.reserve(20.0 + 2 * n, "group", True) is not None
        limiter.sent(20.4 + 2 * n, "group", True)
    assert 20.3 < limiter.wait_for(60.0, "group", True) < 20.5


def test_a_slow_database_makes_it_look_farther_ahead() -> None:
    limiter = Limiter(LIMITS)
    for _ in range(40):
        limiter.lagged(0.4)
    assert 19 <= limiter.released(10.0, 100) <= 21
    for _ in range(40):
        limiter.lagged(5.0)
    assert limiter.released(10.0, 100) <= 26
    for _ in range(60):
        limiter.lagged(0.01)
    assert limiter.released(10.0, 100) == 7
