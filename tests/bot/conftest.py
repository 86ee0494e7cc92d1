"""A small town of a province, a sở and a commune, ready to talk."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from models.database import Database
from models.units import Role
from tests.bot.desk import Desk
from tests.bot.town import Town


@dataclass
class Folk:
    """Ids and chats of the usual people."""

    town: Town
    province: int
    department: int
    commune: int
    admin: int
    contact: int
    owner: int
    head: int
    letter: int
    task: int


@pytest.fixture
def town(database: Database, tmp_path: Path) -> Town:
    return Town(database, tmp_path / "data")


@pytest.fixture
def folk(town: Town) -> Folk:
    province = town.unit("UBNDT", "UBND tỉnh Bắc Ninh", kind="ubnd tỉnh")
    department = town.unit("SYT", "Sở Y tế", parent=province)
    commune = town.unit("PKB", "Phường Kinh Bắc", parent=province, kind="phường")
    admin = town.person("Nguyễn Quản Trị", province, Role.ADMIN, chat="10")
    contact = town.person("Lê Theo Dõi", province, Role.OWNER, chat="20")
    owner = town.person("Trần Đầu Mối", department, Role.OWNER, chat="30")
    head = town.person("Phạm Giám Đốc", department, Role.HEAD, chat="40")
    letter = town.letter(contact, admin, issuer=province)
    task = town.assignment(letter, department, owner, clause="2")
    return Folk(town, province, department, commune, admin, contact, owner, head, letter, task)


@pytest.fixture
async def desk(folk: Folk) -> Desk:
    town = folk.town
    for code, name in (("STC", "Sở Tài chính"), ("SNNMT", "Sở Nông nghiệp và Môi trường"), ("SNV", "Sở Nội vụ")):
        town.unit(code, name, parent=folk.province)
    town.person("Đỗ Tài Chính", folk.department, Role.DEPUTY, chat="50")
    await town.says("z1", f"/start {town.code(folk.admin)}", channel=town.zalo)
    return Desk(town)
