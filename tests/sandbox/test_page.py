"""The chat page in a real browser: people talk with a bot, press, send files, in either messenger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import telegram
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.app import Running, start
from sandbox.client import Town

from .browser import Page, narrow
from .conftest import TOKEN, picture

pytestmark = pytest.mark.browser
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
DANGEROUS = '<img src=x onerror="document.title=1">'


@pytest.fixture
async def echo(bot: telegram.Bot) -> AsyncIterator[telegram.Bot]:
    """A bot that repeats what it hears and marks what is pressed."""
    task = asyncio.create_task(_echo(bot))
    yield bot
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_person_talks_presses_and_sees_a_file(
    served: Running, town: Town, echo: telegram.Bot, page: Page, tmp_path: Path
) -> None:
    owner = await town.person("Nguyễn Thị Hoa", role="owner")
    other = await town.person("Lê Hoàng Sơn", role="leader", started=True, bot=TOKEN)
    await echo.set_my_commands([("viec", "Việc của tôi"), ("xong", "Báo cáo hoàn thành")])
    await page.opens(served.url)
    first, second = (f"[data-person='{person.id}']" for person in (owner, other))

    await page.clicks(f"{first} .begin")
    await page.sees(f"{first} .message:not(.mine)", "Đã nghe: /start")
    await page.writes(f"{first} textarea", f"{DANGEROUS} & <b>chữ</b>{Keys.ENTER}")
    await page.sees(f"{first} .message:not(.mine)", f"Đã nghe: {DANGEROUS} & <b>chữ</b>")
    assert await asyncio.to_thread(page.driver.find_elements, By.CSS_SELECTOR, ".chat img") == []

    await page.writes(f"{first} textarea", "/x")
    await page.sees(f"{first} .offers [aria-selected=true]", "/xong")
    await page.writes(f"{first} textarea", f"{Keys.TAB}2{Keys.ENTER}")
    await page.sees(f"{first} .mine", "/xong 2")
    await page.clicks(f"{first} .buttons button", "Xác nhận")
    await page.sees(f"{first} .notice", "Đã nhận")
    await page.sees(f"{first} .message:not(.mine)", "đã sửa")

    photo = tmp_path / "anh.png"
    photo.write_bytes(picture(60, 40))
    await page.sees(f"{first} .composer")
    picker = await asyncio.to_thread(page.driver.find_element, By.CSS_SELECTOR, f"{first} input[type=file]")
    await asyncio.to_thread(picker.send_keys, str(photo))
    await page.sees(f"{first} .parcel", "anh.png")
    await page.writes(f"{first} textarea", f"minh chứng{Keys.ENTER}")
    await page.sees(f"{first} .mine .photo img")

    await echo.send_document(other.chat_id, b"TT,a", filename="tong-hop.csv", caption="Bảng tổng hợp")
    await page.sees(f"{second} .file", "tong-hop.csv")
    await page.sees(f"{second} .count", "1")
    await page.clicks(f"{second} .chat")
    await page.until(lambda: not page.find(f"{second} .count:not([hidden])", ""), "no unread mark")


async def test_files_are_dropped_and_pasted(served: Running, town: Town, bot: telegram.Bot, page: Page) -> None:
    owner = await town.person("Nguyễn Thị Hoa", started=True, bot=TOKEN)
    await page.opens(served.url)
    phone = f"[data-person='{owner.id}']"
    await page.sees(f"{phone} textarea")
    for event, target in (("drop", ".screen"), ("paste", "textarea")):
        await asyncio.to_thread(page.driver.execute_script, BRING, f"{phone} {target}", event, f"{event}.txt")
        await page.sees(f"{phone} .parcel", f"{event}.txt")
    await page.clicks(f"{phone} .parcel button[aria-label='Bỏ drop.txt']")
    await page.writes(f"{phone} textarea", f"gửi kèm{Keys.ENTER}")
    await page.sees(f"{phone} .mine .file", "paste.txt")
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.document is not None
    assert (update.message.document.file_name, update.message.caption) == ("paste.txt", "gửi kèm")


async def test_zalo_beside_telegram_faults_and_another_person(
    served: Running, town: Town, echo: telegram.Bot, page: Page
) -> None:
    await town.call("POST", "/zalo/bot880001:abc/getMe", json={})
    nam = await town.person("Trần Văn Nam", messenger="zalo")
    await page.opens(served.url)
    phone = f"[data-person='{nam.id}']"
    await page.writes(f"{phone} textarea", f"viec{Keys.ENTER}")
    await page.sees(f"{phone} .zalo .mine", "viec")
    await page.clicks("#panel-toggle")
    await page.clicks(".panel [role=switch]", "Zalo không liên lạc được")
    await page.sees(f"{phone}.off")
    assert [rule["kind"] for rule in (await town.get("/faults"))["faults"]] == ["down"]
    await page.clicks(".alarm button")
    await page.until(lambda: not page.find(f"{phone}.off", ""), "Zalo back")
    await page.clicks(".panel [role=tab]", "Người")
    await page.writes(".form input[required]", f"Đỗ Minh Châu{Keys.ENTER}")
    await page.sees(".phone h2", "Đỗ Minh Châu")


async def test_one_phone_at_a_time_on_a_narrow_screen_and_in_english(
    served: Running, town: Town, echo: telegram.Bot, page: Page
) -> None:
    hoa = await town.person("Nguyễn Thị Hoa", started=True, bot=TOKEN)
    son = await town.person("Lê Hoàng Sơn", started=True, bot=TOKEN)
    await asyncio.to_thread(narrow, page.driver)
    await page.opens(served.url)
    await page.sees(".tab[aria-selected=true]", "Thị Hoa")
    await echo.send_message(son.chat_id, "Nhắc việc")
    await page.sees(".tab .count", "1")
    await page.clicks(".tab", "Hoàng Sơn")
    await page.sees(f"[data-person='{son.id}'].current .message", "Nhắc việc")
    assert not await asyncio.to_thread(lambda: page.find(f"[data-person='{hoa.id}']", "").is_displayed())
    wide = await asyncio.to_thread(page.driver.execute_script, "return document.documentElement.scrollWidth")
    assert wide <= 390
    await page.clicks("#language")
    await page.sees(".current .app-bar", "bot")
    await page.sees("[placeholder='Message']")


async def test_who_reads_further_up_is_not_pulled_away(
    served: Running, town: Town, bot: telegram.Bot, page: Page
) -> None:
    owner = await town.person("Nguyễn Thị Hoa", started=True, bot=TOKEN)
    for number in range(30):
        await bot.send_message(owner.chat_id, f"Tin {number}\n\n\n.")
    await page.opens(served.url)
    await page.sees(".message", "Tin 29")
    run = page.driver.execute_script
    await asyncio.to_thread(run, "document.querySelector('.chat').scrollTop = 200")
    await page.sees(".below:not([hidden])")
    await bot.send_message(owner.chat_id, "Tin mới")
    await bot.send_chat_action(owner.chat_id, "typing")
    await page.sees(".below .count", "1")
    await page.sees(".app-bar small", "đang soạn tin")
    assert await asyncio.to_thread(run, "return document.querySelector('.chat').scrollTop") == 200
    await page.clicks(".below")
    await page.until(lambda: not page.find(".below:not([hidden])", ""), "the newest message")


async def test_a_server_that_stops_is_told_and_nothing_written_is_lost(page: Page) -> None:
    running = await start()
    port = int(running.url.rpartition(":")[2])
    async with Town(running.url) as town:
        await town.person("Nguyễn Thị Hoa", started=True, bot=TOKEN)
        await page.opens(running.url)
        await page.writes(".phone textarea", "xong 3")
        await running.stop()
        await page.sees("#lost:not([hidden])", "Mất kết nối với máy chủ")
        await page.writes(".phone textarea", Keys.ENTER)
        await page.sees(".toast.shown", "Không kết nối được")
        field = await page.sees(".phone textarea")
        assert await asyncio.to_thread(field.get_attribute, "value") == "xong 3"
    again = await start(port=port)
    await page.until(lambda: not page.find("#lost:not([hidden])", ""), "the server found again")
    await asyncio.to_thread(page.driver.get, "about:blank")  # else it complains of the last stop too
    await asyncio.to_thread(page.complaints)  # the browser's own lines about the connection
    await again.stop()


async def _echo(bot: telegram.Bot) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Xác nhận", callback_data="ok")]])
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=20):
            offset = update.update_id + 1
            if update.message is not None:
                await update.message.reply_text(f"Đã nghe: {update.message.text}", reply_markup=keyboard)
            if (query := update.callback_query) is not None:
                await query.answer("Đã nhận")
                await query.edit_message_text("Đã xác nhận")


async def test_everything_has_a_name_and_the_keyboard_reaches_it(
    served: Running, town: Town, echo: telegram.Bot, page: Page
) -> None:
    owner = await town.person("Nguyễn Thị Hoa", phone="+84900000001", started=True, bot=TOKEN)
    await page.opens(served.url)
    await owner.says("xin chào")
    phone = f"[data-person='{owner.id}']"
    await page.sees(f"{phone} .buttons button", "Xác nhận")
    await page.clicks("#panel-toggle")
    await page.clicks(".panel [role=tab]", "Người")
    await page.sees(".form input")
    assert await asyncio.to_thread(page.driver.execute_script, NAMELESS) == []

    reached = await asyncio.to_thread(_tab_through, page.driver, 60)
    for wanted in ("Tùy chọn", "Viết tin cho", "Gửi", "Xác nhận", "Trả lời", "Họ và tên"):
        assert any(wanted in one for one in reached), f"{wanted} in {reached}"
    await page.clicks(f"{phone} .app-bar .round")
    await page.sees(f"{phone} .menu", "Chia sẻ số điện thoại của tôi")
    await asyncio.to_thread(lambda: page.driver.switch_to.active_element.send_keys(Keys.ESCAPE))
    await page.until(lambda: not page.find(f"{phone} .menu", ""), "the menu closed")


# A file dropped on an element or pasted into it: its selector, drop or paste, the file's name.
BRING = """
const [selector, kind, name] = arguments;
const carried = new DataTransfer();
carried.items.add(new File(['nội dung'], name, {type: 'text/plain'}));
const event = kind === 'drop' ? new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true})
  : new ClipboardEvent('paste', {clipboardData: carried, bubbles: true, cancelable: true});
document.querySelector(selector).dispatchEvent(event);
"""

# Buttons, links, fields and pictures that a screen reader could not name.
NAMELESS = """
const name = (one) => one.getAttribute('aria-label') || one.textContent.trim() || one.alt || one.labels?.[0]?.textContent;
return [...document.querySelectorAll('button, a, input:not([type=file]), textarea, select, section, main, [role]')]
  .filter((one) => one.offsetParent && !name(one)).map((one) => one.outerHTML.slice(0, 200));
"""


def _tab_through(driver: webdriver.Chrome, times: int) -> list[str]:
    """What has the focus after each press of the tabulator."""
    script = (
        "const one = document.activeElement; return one.ariaLabel || one.labels?.[0]?.textContent || one.textContent"
    )
    reached: list[str] = []
    for _ in range(times):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(driver.execute_script(script))
    return reached
