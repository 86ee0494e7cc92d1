"""The admin's Zalo, for stories of correcting: one line after the other."""

from dataclasses import dataclass

from sqlmodel import select

from models.directives import Directive, Task
from tests.bot.letters import WHOLE
from tests.bot.town import Said, Town

LETTER = WHOLE.replace(
    "Yêu cầu các đơn vị",
    "3. Sở Y tế tổng hợp; báo cáo UBND tỉnh trước ngày 20 hằng tháng.\n\nYêu cầu các đơn vị",
).replace("chủ trì, phối hợp với Sở Tài chính rà soát", "rà soát")


@dataclass
class Desk:
    """The admin's Zalo, one line after the other."""

    town: Town

    async def says(self, *lines: str) -> str:
        """The last answer's text."""
        said: list[Said] = []
        for one in lines:
            said = await self.town.says("z1", one, channel=self.town.zalo)
        return "\n".join(one.text for one in said)

    def made(self) -> list[Task]:
        with self.town.read() as session:
            found = select(Task).join(Directive).where(Directive.number == "812/UBND-VX")
            return list(session.exec(found.order_by(Task.position)))  # type: ignore[arg-type]
