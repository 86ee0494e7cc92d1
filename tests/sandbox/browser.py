"""The chat page in Chromium, driven step by step."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By

ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


class Page:
    """The page as somebody uses it; Selenium blocks, so every step runs in a thread."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    async def opens(self, url: str, width: int = 1440, height: int = 900) -> None:
        await asyncio.to_thread(self.driver.set_window_size, width, height)
        await asyncio.to_thread(self.driver.get, url)
        await self.sees("html[data-live]")

    async def sees(self, selector: str, text: str = "") -> Any:
        """The first element that matches and shows the text, within 20 seconds."""
        return await self.until(lambda: self.find(selector, text), f"{selector} with {text!r}")

    async def until(self, look: Callable[[], Any], what: str) -> Any:
        for _ in range(400):
            if found := await asyncio.to_thread(look):
                return found
            await asyncio.sleep(0.05)
        pytest.fail(f"the page never showed {what}: {await asyncio.to_thread(self.text)}")

    async def writes(self, selector: str, text: str) -> None:
        field = await self.sees(selector)
        await asyncio.to_thread(field.send_keys, text)

    async def clicks(self, selector: str, text: str = "") -> None:
        await asyncio.to_thread((await self.sees(selector, text)).click)

    def find(self, selector: str, text: str) -> Any:
        try:
            found = self.driver.find_elements(By.CSS_SELECTOR, selector)
            return next((one for one in found if text in (one.text or one.get_attribute("textContent"))), None)
        except StaleElementReferenceException:
            return None

    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]


def launch() -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    for argument in ARGUMENTS:
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium") or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def narrow(driver: webdriver.Chrome) -> None:
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
