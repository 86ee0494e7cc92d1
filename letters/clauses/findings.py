"""What is found in a body, each thing once: deadlines by place, who leads a stretch, who coordinates in it."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import replace

from letters.bodies import actors
from letters.bodies.actors import Actors
from letters.bodies.expansion import Name
from letters.bodies.handed import handed_on
from letters.bodies.names import names
from letters.bodies.partners import coordinates
from letters.clauses.drafts import initials
from letters.clauses.orders import order_in
from letters.clauses.paragraphs import Body
from letters.text.compare import fold
from letters.times.deadlines import deadlines
from letters.times.periods import Found
from letters.times.unsaid import agreed_year, with_year


class Findings:
    """Answers about ranges of one body. `issued` gives deadlines their year; `speaker` orders and so never acts."""

    def __init__(self, body: Body, issued: dt.date | None, speaker: str | None) -> None:
        self.body = body
        self._speaker = office_off(fold(speaker or ""))
        self._times = self._limits(issued)
        year = agreed_year(body, self._times) if issued is None else None
        if year:
            self._times = with_year(self._times, year, self._limits)
        quoted = _quotes(body)
        self._times = [f for f in self._times if not any(a < f.start < b for a, b in quoted)]
        self._time_starts = [f.start for f in self._times]
        self._told: set[int] = set()
        self._leads: dict[tuple[int, int, bool], Actors] = {}

    def _limits(self, issued: dt.date | None) -> list[Found]:
        """All deadlines of the body."""
        return [f for p in self.body.paragraphs for f in deadlines(self.body, p.start, p.end, issued)]

    def times(self, start: int, end: int) -> list[Found]:
        """Deadlines that begin in the range."""
        return self._times[bisect_left(self._time_starts, start) : bisect_left(self._time_starts, end)]

    def lead(self, start: int, end: int, *, own: bool = False) -> Actors:
        """Who leads in the range; the speaker of the letter never does. `own` as in `actors.lead`."""
        key = (start, end, own)
        if key not in self._leads:
            found = self._handed_on(start, end) or actors.lead(self.body, start, end, own=own)
            found = self._requires(found, start) or found
            speaks = bool(found.how) and self._speaks(found)
            if speaks:
                self._told.add(start)
            self._leads[key] = Actors() if speaks else found
        return self._leads[key]

    def _handed_on(self, start: int, end: int) -> Actors | None:
        named, after = handed_on(self.body, start, end)
        handed = Actors(tuple(named), "order", after)
        return handed if named and not self._speaks(replace(handed, how="subject")) else None

    def _requires(self, found: Actors, start: int) -> Actors | None:
        """A body below the speaker that is to ask others itself: "2. Ban Quản lý các khu công nghiệp yêu cầu doanh nghiệp …"
        in a letter of the province. A doubt."""
        if found.how != "order":
            return None
        named, after = names(self.body, actors.skip(self.body, start, found.end), found.leads[0].start)
        low = _BELOW if _HIGH.match(self._speaker) else _GIVES_ON
        if (
            not named
            or not all(low.match(fold(n.text)) for n in named)
            or not _ASKS_OTHERS.match(self.body.f, after)
            or self._speaks(Actors(tuple(named), "subject", after))
        ):
            return None
        return Actors(tuple(replace(n, sure=False) for n in named), "subject", after)

    def told(self, start: int) -> bool:
        """Whether the words from here on tell what the speaker itself does: no order to anybody."""
        return start in self._told

    def promises(self, start: int, end: int) -> bool:
        """Whether the speaker says what it will do itself: "…, Sở Công Thương sẽ tổng hợp …"."""
        if len(self._speaker) < 5:
            return False
        told = office_off(fold(self.body.s[start:end]))
        own = self._speaker.split()
        short = [" ".join(own[:k]) for k in range(2, len(own) + 1)]
        return any(told[: match.start()].endswith(name) for match in re.finditer(r" se ", told) for name in short)

    def begins_promising(self, start: int, end: int) -> bool:
        """Whether a clause begins with what the speaker will do by then: "UBND tỉnh sẽ tổ chức kiểm tra trong tháng 6"."""
        will = self.body.f.find(" se ", start, min(end, start + len(self._speaker) + 12))
        return will > 0 and self.promises(start, will + 9)

    def lead_anywhere(self, start: int, end: int) -> Actors:
        """Who leads, or failing that whom an order further on in the sentence addresses."""
        found = self.lead(start, end)
        if found.how == "subject":
            return self._asked(found, end) or found
        return found if found.how else order_in(self.body, start, end)

    def _asked(self, found: Actors, end: int) -> Actors | None:
        """Whom a body asks that a long apposition parts from its "đề nghị": "Sở A - cơ quan thường trực của … đề nghị B"."""
        order = _ASKS.match(self.body.f, found.end, end)
        if not order or "thuong truc" not in self.body.f[max(0, found.leads[0].start) : order.end()]:
            return None
        asked = order_in(self.body, order.start(1), end)
        return asked if asked.how else None

    def coordinates(self, start: int, end: int) -> list[Name]:
        """Who coordinates in the range, "Sở A cùng Sở B …" too."""
        return coordinates(self.body, start, end, behind=self.lead(start, end).end)

    def _speaks(self, found: Actors) -> bool:
        if found.how != "subject" or len(found.leads) != 1 or len(self._speaker) < 5:
            return False
        named = office_off(fold(found.leads[0].text))
        known = re.sub(r"(?: \w{1,2}){1,3}$", "", self._speaker)  # without what a scan put behind it
        return (
            self._speaker.startswith(named)
            or (len(known.split()) > 3 and named.startswith(f"{known} "))
            or initials(self._speaker) == named.replace(" ", "")
            or named.startswith(f"{self._speaker} tinh")
            or (named.startswith(self._speaker) and len(named.split()) - len(self._speaker.split()) == 2)
        )


_HIGH = re.compile(r"(?:uy ban nhan dan (?:tinh|thanh pho)|chinh phu|thu tuong|van phong chinh phu)\b")
_BELOW = re.compile(
    r"(?:(?:pho )?giam doc )?(?:so|ban quan ly|chi cuc|trung tam|cong an (?:tinh|cac)|chu dau tu|cong ty|phong|benh vien)\b"
    r"|(?:chu tich )?(?:ubnd|uy ban nhan dan) (?:cac|xa|phuong|cap|\d|huyen|thi|quan)"
)
_GIVES_ON = re.compile(
    r"(?:cac )?(?:phong|truong phong|chi cuc|trung tam|ban quan ly|chu dau tu|cong ty|benh vien|truong|doi|tram|hat)\b"
)
_ASKS_OTHERS = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?,?\s*(?:(?:khan truong|kip thoi|chu dong|truc tiep),?\s+)*"
    r"(?:yeu cau|chi dao|don doc|phan cong|giao(?!\s+(?:ban|luu|dich|tiep|nhan|thong)\b))\b"
)


def _quotes(body: Body) -> list[tuple[int, int]]:
    """What is quoted of another text: "dự thảo quy định UBND cấp xã “báo cáo … trước ngày 15/12 hằng năm”"."""
    return [m.span() for m in re.finditer(r"“[^“”\n]{0,600}”", body.s)]


_ASKS = re.compile(r"[^.;:,]{0,140}?\b(de nghi|yeu cau)\s")


def office_off(folded: str) -> str:
    """ "chu tich ubnd tinh" and "ubnd tinh" speak alike."""
    return re.sub(r"^(?:pho )?chu tich (?=uy ban)", "", folded.replace("ubnd", "uy ban nhan dan"))
