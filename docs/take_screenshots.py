"""Take the pictures of the documentation anew: python docs/take_screenshots.py (needs Chromium and its driver).

Starts `dondoc run` in an empty folder, waits until the story is told, and photographs the chat page as a person sees it.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PATIENCE = 240.0
VIEWS = {
    "page.png": (1600, 1000, False, ""),
    "page-dark.png": (1600, 1000, True, ""),
    "reminders.png": (1600, 1000, False, "Lịch nhắc"),
    "phone.png": (390, 844, False, ""),
}
"""Width, height, dark, and the tab of the side panel to open."""


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, told_town(Path(folder)) as address:
        (PICTURES / "picture.png").write_bytes(fetch(f"{address}control/picture.png"))
        for name, (width, height, dark, tab) in VIEWS.items():
            photograph(address, PICTURES / name, width, height, dark=dark, tab=tab)
            print(PICTURES / name)  # noqa: T201 - a script says what it made


@contextmanager
def told_town(folder: Path) -> Iterator[str]:
    """The address of a chat page on which the story has been told."""
    log = folder / "run.log"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "DONDOC_HTTP_ADDR": "127.0.0.1:0"}
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "dondoc", "run"], cwd=ROOT, env=environment, stdout=out)
    try:
        end = time.monotonic() + PATIENCE
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text())):
            if process.poll() is not None or time.monotonic() > end:
                sys.exit(f"dondoc run did not open its page:\n{log.read_text()}")
            time.sleep(0.3)
        yield found.group()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def photograph(address: str, path: Path, width: int, height: int, *, dark: bool, tab: str) -> None:
    """One picture of the page at this size, with this tab of the panel."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    for flag in ("--headless=new", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars", *sandbox):
        options.add_argument(flag)
    options.add_argument(f"--window-size={width},{height}")
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        # A window is never narrower than 500 pixels; a phone is.
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get(address)
        end = time.monotonic() + 20
        while not browser.find_elements(By.CSS_SELECTOR, ".bubble") and time.monotonic() < end:
            time.sleep(0.2)
        if tab:
            browser.find_element(By.ID, "panel-toggle").click()
            browser.find_element(By.XPATH, f"//button[@role='tab'][contains(., '{tab}')]").click()
        time.sleep(2)
        browser.save_screenshot(str(path))
    finally:
        browser.quit()


def fetch(address: str) -> bytes:
    """The body of an address of this machine."""
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own page
        return answer.read()


if __name__ == "__main__":
    main()
