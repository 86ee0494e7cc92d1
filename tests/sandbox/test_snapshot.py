"""A town given a folder is the same town after a restart."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
import telegram

from sandbox import snapshot
from sandbox.app import create_app, start
from sandbox.client import Town

from .conftest import TOKEN


async def test_phones_files_and_waiting_updates_survive(tmp_path: Path) -> None:
    first = await start(data_dir=tmp_path)
    async with Town(first.url) as town, telegram.Bot(TOKEN, base_url=f"{first.url}/bot") as bot:
        owner = await town.person("Hoa", phone="+84900000001", role="owner")
        boss = await town.person("Sơn", messenger="telegram", started=True, bot=TOKEN)
        await owner.says("/start abc")
        sent = await bot.send_document(owner.chat_id, b"noi dung", filename="a.txt", caption="Văn bản")
        await bot.set_my_commands([("viec", "Việc")])
        group = await town.group("Tổ", owner, boss)
        await owner.blocks()
        await town.clock(3600)
    await first.stop()

    second = await start(data_dir=tmp_path)
    async with Town(second.url) as town, telegram.Bot(TOKEN, base_url=f"{second.url}/bot") as bot:
        hoa, _ = await town.residents()
        assert (hoa.name, hoa.raw["phone"], hoa.raw["role"]) == ("Hoa", "+84900000001", "owner")
        heard = await hoa.hears("Văn bản")
        assert (heard.id, await hoa.reads(heard.files[0])) == (sent.message_id, b"noi dung")
        assert [one["command"] for one in await hoa.commands()] == ["viec"]
        updates = await bot.get_updates()
        assert updates[0].message is not None
        assert updates[0].message.text == "/start abc"
        with pytest.raises(telegram.error.Forbidden):
            await bot.send_message(hoa.chat_id, "x")
        await hoa.unblocks()
        again = await bot.send_message(hoa.chat_id, "tiếp")
        assert again.message_id > sent.message_id
        assert again.date > sent.date
        await bot.send_message(group.chat_id, "chào nhóm")
    await second.stop()


async def test_what_changes_is_kept_without_a_proper_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "EVERY", 0.02)
    running = await start(data_dir=tmp_path)
    async with Town(running.url) as town:
        await town.person("Hoa")
        async with asyncio.timeout(30):
            while not (tmp_path / "town.json").exists():
                await asyncio.sleep(0.01)
    assert json.loads((tmp_path / "town.json").read_text())["people"][0]["name"] == "Hoa"
    await running.stop()


async def test_a_folder_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "town.json").write_text('{"form": 99}')
    with pytest.raises(ValueError, match="another version"):
        create_app(data_dir=tmp_path)
