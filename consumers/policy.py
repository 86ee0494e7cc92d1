"""What a failed send means for its message. Pure decisions; every time is in seconds."""

from dataclasses import dataclass
from typing import Literal

from bot.channels.base import ChannelError
from models.settling import Result

GIVE_UP_AFTER = 8  # known-unsent tries at one address; with these delays about half an hour
LONGEST = {"network": 300.0, "vendor": 600.0, "rate": 3600.0, "render": 300.0}
FIRST = {"network": 5.0, "vendor": 15.0, "rate": 5.0, "render": 10.0}
LANE_WIDE = ("token", "conflict")  # nothing can be sent by this lane at all, whoever it is for
HELD_BACK = 30.0
QUOTA_REST = 12 * 3600.0
AMBIGUOUS_REST = 20.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to write, when it may go again, and what it says of the lane."""

    result: Result
    reason: str
    delay: float = 0.0
    lane: Literal["", "failing", "shut"] = ""
    """"failing": one more sign that the vendor fails for everybody. "shut": nothing passes, at once."""


def judge(error: ChannelError, tries: int, chance: float) -> Verdict:
    """`tries`: sends of this message to this address so far, this one included; `chance`: in [0, 1), for the jitter."""
    if error.unknown:
        return Verdict(Result.UNKNOWN, error.reason, AMBIGUOUS_REST * (0.5 + chance), "failing")
    if error.migrated_to:
        return Verdict(Result.RETRY, "migrated")
    if error.permanent:
        return Verdict(Result.REFUSED, error.reason)
    if error.reason in LANE_WIDE:
        return Verdict(Result.PUT_BACK, error.reason, HELD_BACK, "shut")
    if error.reason == "quota":
        # The vendor counts otherwise than we do: another way at once, else half a day later.
        return Verdict(Result.HELD, "quota", QUOTA_REST)
    if error.reason == "rate":
        # The vendor's own word; not a failure of this message, so it is never given up for it.
        wait = error.retry_after if error.retry_after is not None else FIRST["rate"]
        return Verdict(Result.RETRY, "rate", min(LONGEST["rate"], wait) + chance)
    if tries >= GIVE_UP_AFTER:
        return Verdict(Result.REFUSED, error.reason, lane="failing")
    return Verdict(Result.RETRY, error.reason, backoff(error.reason, tries, chance), "failing")


def backoff(kind: str, tries: int, chance: float) -> float:
    """Doubling from the kind's first delay to its longest, each between half and one and a half of that."""
    first, longest = FIRST.get(kind, FIRST["network"]), LONGEST.get(kind, LONGEST["network"])
    return min(longest, first * 2.0 ** (tries - 1)) * (0.5 + chance)
