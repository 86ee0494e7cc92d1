"""The story of one letter, told by real people's phones over real HTTP: what `dondoc run` shows and the tests expect.

Letter → tasks → reminder → /xong → confirmed or returned → the leader's picture. Nothing here reaches into the product:
every step is something a person says, presses or hears, a link followed, or the simulated clock moved on the page. Each
may use either messenger: where there are no buttons the choice's number is said, where there are no files a link is opened.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from dondoc.town import ADMIN, CONTACT, LEADER, OTHER, OWNER, Resident
from dondoc.town import STORY_LETTER as LETTER
from models.clock import TIMEZONE
from sandbox.client import Heard, NotHeard, Person, Refused, Town

MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=TIMEZONE)
PNG = b"\x89PNG"
PATIENCE = 45.0  # seconds for anything that has to travel the road, on a busy machine too
SOON = timedelta(hours=12)
FIRST_PICTURE = 90.0  # seconds: drawing for the first time on a machine, its fonts are looked through
Show = Callable[[str, str], None]
"""Called with a kind ("step", "says", "hears", "clock") and a line."""


class StoryFailed(Exception):
    """A step did not happen; the text says which and what was heard instead."""


class Story:
    """Walks the story in a served town. `codes`: link code by name; `messengers`: by name, where not their usual one."""

    def __init__(
        self,
        town: Town,
        codes: dict[str, str],
        letter: bytes,
        show: Show,
        messengers: Mapping[str, str] | None = None,
    ) -> None:
        self._town = town
        self._messengers = messengers or {}
        self._codes = codes
        self._letter = letter
        self._show = show
        self._people: dict[str, Person] = {}
        self._step = ""

    async def tell(self) -> None:
        """From the first /start to the leader's picture. Raises StoryFailed."""
        try:
            await self._join()
            await self._load()
            await self._remind()
            await self._report_and_confirm()
            await self._report_and_return()
            await self._picture()
        except (NotHeard, Refused) as error:
            raise StoryFailed(f"{self._step}: {error}") from error

    async def _join(self) -> None:
        self._begin("Mọi người kết nối bằng mã mời dùng một lần")
        await self._clock({"to": MORNING.isoformat()})
        for resident in (ADMIN, CONTACT, LEADER, OWNER, OTHER):
            await self.join(resident)

    async def join(self, resident: Resident) -> Person:
        """Give somebody a phone; they come in by their code and agree."""
        person = await self._phone(resident)
        await self._says(person, f"/start {self._codes[resident.name]}")
        await self._agrees(person, await self._hears(person, "đồng ý"))
        return person

    async def _load(self) -> None:
        self._begin("Văn thư nạp văn bản chỉ đạo, xem kết quả đọc và duyệt")
        admin = self._people[ADMIN.name]
        if self._has_files(admin):
            self._show("says", f"{ADMIN.name}: /nap  [tệp {LETTER}.txt]")
            await admin.sends_file(f"{LETTER}.txt", self._letter, "/nap")
        else:
            await self._says(admin, "/nap")
            (link,) = links_of((await self._hears(admin, "http")).text)
            self._show("says", f"{ADMIN.name}: [{link} ← {LETTER}.txt]")
            await self._town.uploads(link, (f"{LETTER}.txt", self._letter))
        screen = await self._hears(admin, "1246/SKHCN-CĐS")
        await self._chooses(admin, screen, "Tạo")
        await self._hears(admin, "Đã tạo")

    async def _remind(self) -> None:
        self._begin("Đến giờ làm việc: mỗi người nhận một bản nhắc việc")
        owner = self._people[OWNER.name]
        await self._until(owner, "1.", within=timedelta(days=4))
        await self._hears(self._people[OTHER.name], "1.")

    async def _report_and_confirm(self) -> None:
        self._begin("Phường báo cáo; đầu mối xác nhận hoàn thành")
        owner, contact = self._people[OWNER.name], self._people[CONTACT.name]
        await self._says(owner, "/xong 1 Kế hoạch số 12/KH-UBND ngày 17/11/2026 gửi kèm")
        await self._hears(owner, "đã ghi nhận")
        asked = await self._until(contact, "Võ Cường")
        await self._says(contact, f"/xacnhan {number_of(asked.text, 'Võ Cường')}")
        await self._hears(contact, "ác nhận")
        await self._until(owner, "xác nhận hoàn thành")

    async def _report_and_return(self) -> None:
        self._begin("Xã báo cáo qua Zalo; đầu mối đề nghị bổ sung")
        other, contact = self._people[OTHER.name], self._people[CONTACT.name]
        await self._says(other, "xong 1")
        await self._hears(other, "đã ghi nhận")
        asked = await self._until(contact, "Chi Lăng")
        await self._says(contact, f"/bosung {number_of(asked.text, 'Chi Lăng')} Chưa gửi kèm Kế hoạch đã ký")
        await self._hears(contact, "ổ sung")
        await self._until(other, "Chưa gửi kèm Kế hoạch")

    async def _picture(self) -> None:
        self._begin("Lãnh đạo xem bức tranh chung")
        leader = self._people[LEADER.name]
        await self._says(leader, "/tonghop")
        heard = await self._hears(leader, "oàn thành", FIRST_PICTURE)
        if not self._has_files(leader):
            given = [await self._town.opens(link) for link in links_of(heard.text)]
            if not any(one.startswith(PNG) for one in given):
                raise NotHeard(f"no link gives the picture: {heard.text}")
            return
        if not heard.files:
            heard = await leader.hears("", timeout=FIRST_PICTURE)
        if not heard.files:
            raise NotHeard("the picture did not come with the figures")

    def _begin(self, step: str) -> None:
        self._step = step
        self._show("step", step)

    async def _phone(self, resident: Resident) -> Person:
        person = await self._town.person(
            resident.name,
            phone=resident.phone,
            messenger=self._messengers.get(resident.name, resident.messenger),
            role=resident.part,
        )
        self._people[resident.name] = person
        return person

    async def _agrees(self, person: Person, asked: Heard) -> None:
        await self._chooses(person, asked, "Đồng ý")
        await self._hears(person, "đã kết nối")

    async def _chooses(self, person: Person, asked: Heard, wanted: str) -> None:
        """Press the button that begins with these words, or say the number of the choice that does."""
        if label := next((label for label in asked.buttons if label.startswith(wanted)), ""):
            self._show("says", f"{person.name}: [{label}]")
            await person.presses(label, asked)
            return
        choice = re.search(rf"^(\d+)\. {wanted}", asked.text, re.MULTILINE)
        if choice is None:
            raise NotHeard(f"{person.name} was given no choice {wanted!r} in: {asked.text}")
        await self._says(person, choice.group(1))

    def _has_files(self, person: Person) -> bool:
        return person.raw["messenger"] != "zalo"

    async def _says(self, person: Person, text: str) -> None:
        self._show("says", f"{person.name}: {text}")
        await person.says(text)

    async def _hears(self, person: Person, text: str, seconds: float = PATIENCE) -> Heard:
        heard = await person.hears(text, timeout=seconds)
        self._show("hears", f"{person.name}: {heard.text}")
        return heard

    async def _until(self, person: Person, text: str, *, within: timedelta = SOON, moves: int = 6) -> Heard:
        """Move the clock to the next thing due until the person hears `text`: never further than `within`.

        What is only slow to come is waited for instead: days of reminders would come in between.
        """
        for _ in range(moves):
            try:
                heard = await person.hears(text, timeout=2.5)
            except NotHeard:
                if not await self._is_due(within) or not await self._clock({"to_next": True}):
                    break
            else:
                self._show("hears", f"{person.name}: {heard.text}")
                return heard
        return await self._hears(person, text)

    async def _is_due(self, within: timedelta) -> bool:
        state = await self._town.get("/control/clock")
        coming = [datetime.fromisoformat(one["at"]) for one in state["next"]]
        return bool(coming) and coming[0] - datetime.fromisoformat(state["now"]) <= within

    async def _clock(self, where: dict[str, Any]) -> bool:
        try:
            state = await self._town.post("/control/clock", where)
        except Refused:
            return False
        self._show("clock", f"{datetime.fromisoformat(state['now']):%H:%M %d/%m/%Y}")
        return True


def links_of(text: str) -> list[str]:
    """The addresses in a message. Raises NotHeard when there is none."""
    if found := re.findall(r"https?://\S+", text):
        return found
    raise NotHeard(f"no link in: {text}")


def number_of(text: str, name: str) -> int:
    """The short number of the line that names `name`. Raises NotHeard when there is none."""
    for line in text.splitlines():
        if name in line and (found := re.match(r"\s*(\d+)\.", line)):
            return int(found.group(1))
    numbers = re.findall(r"^\s*(\d+)\.", text, re.MULTILINE)
    if len(numbers) == 1:
        return int(numbers[0])
    raise NotHeard(f"no numbered line names {name!r} in: {text}")
