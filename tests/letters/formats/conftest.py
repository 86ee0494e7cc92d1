"""The programs that some formats need: missing locally they skip with one loud line, on CI they fail."""

import os
import shutil

import pytest


def _needed(program: str, package: str) -> None:
    if shutil.which(program) is None:
        line = f"NOT TESTED: {program} is not installed; sudo apt-get install {package}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(line)


@pytest.fixture(scope="session")
def tesseract() -> None:
    """The recogniser of scans."""
    _needed("tesseract", "tesseract-ocr tesseract-ocr-vie")


@pytest.fixture(scope="session")
def catdoc() -> None:
    """The reader of old Word files."""
    _needed("catdoc", "catdoc")
