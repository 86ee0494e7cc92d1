"""A scan that takes minutes to read: nobody else waits for it, and a bot told to end does not wait for it either."""

import asyncio
import io
import os
import shutil
from pathlib import Path
from time import monotonic

import matplotlib
import pytest
from PIL import Image, ImageDraw, ImageFont

from dondoc.town import ADMIN, OWNER
from sandbox.client import Person, Town
from tests.story.office import office

PATIENCE = 30.0
FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"
LINES = (
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    "Số: 45/SKHCN-CĐS",
    "Bắc Ninh, ngày 02 tháng 11 năm 2026",
    "V/v rà soát hồ sơ công việc",
    "Kính gửi: Ủy ban nhân dân các xã, phường",
    "Sở Khoa học và Công nghệ đề nghị các đơn vị thực hiện:",
    "1. Ủy ban nhân dân phường Võ Cường rà soát hồ sơ, báo cáo",
    "kết quả về Sở Khoa học và Công nghệ trước ngày 30/11/2026.",
)


def scan() -> bytes:
    """A page of large print."""
    page = Image.new("L", (1700, 1100), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), 40)
    for number, line in enumerate(LINES):
        draw.text((80, 80 + 110 * number), line, fill=0, font=font)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """While this file is there the recogniser does not come to an end; "<file>.begun" tells that it has begun."""
    real = shutil.which("tesseract")
    if real is None:
        pytest.skip("NOT TESTED: tesseract is not installed") if os.environ.get("CI") != "true" else pytest.fail(
            "tesseract"
        )
    mark, folder = tmp_path / "slow", tmp_path / "bin"
    folder.mkdir()
    script = folder / "tesseract"
    script.write_text(f'#!/bin/sh\nif [ -e {mark} ]; then touch {mark}.begun; sleep 300; fi\nexec {real} "$@"\n')
    script.chmod(0o755)
    mark.touch()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return mark


async def joined(town: Town, codes: dict[str, str], name: str, phone: str) -> Person:
    person = await town.person(name, phone=phone)
    await person.says(f"/start {codes[name]}")
    await person.hears("đồng ý", timeout=PATIENCE)
    await person.says("đồng ý")
    await person.hears("Vai trò", timeout=PATIENCE)
    return person


async def test_nobody_waits_for_a_scan_and_the_end_comes_within_ten_seconds(tmp_path: Path, slow: Path) -> None:
    where = f"sqlite:///{tmp_path / 'data' / 'dondoc.sqlite3'}"
    async with office(where, "", tmp_path, ("run",)) as (made, codes), Town(made.page.url) as town:
        admin = await joined(town, codes, ADMIN.name, ADMIN.phone)
        owner = await joined(town, codes, OWNER.name, OWNER.phone)
        await admin.sends_file("cong-van.png", scan(), "/nap")
        async with asyncio.timeout(PATIENCE):
            while not slow.with_name("slow.begun").exists():
                await asyncio.sleep(0.05)
        await owner.says("/viec")
        await owner.hears("không có nhiệm vụ", timeout=PATIENCE)  # the scan would keep it for minutes
        asked_to_end = monotonic()
        assert set(made.end()) == {0}
        assert monotonic() - asked_to_end < 10
        await asyncio.to_thread(slow.unlink)
        await admin.forgets()
        made.begin("run", 0)
        await admin.hears("45/SKHCN", timeout=2 * PATIENCE)  # read from the beginning, though nobody sent it again
