"""One letter, whatever form it comes in: the reader gives the same heading, deadlines and leads, or says it doubts."""

from pathlib import Path
from typing import Any

import pytest

from letters import read
from letters.extract import extract
from models.reading import Reading
from tests.letters.formats import paper
from tests.letters.formats.legacy import to_tcvn3, to_vni

SAMPLES = sorted(Path("dondoc/data/letters").glob("*.txt"))
TEXTS = {path.stem: path.read_text("utf-8") for path in SAMPLES}
# The usual layout; the product's samples hold others too, such as a Công điện without "Kính gửi".
LETTERS = {name: text for name, text in TEXTS.items() if "\nKính gửi" in text and "\nNơi nhận:" in text}


def essence(reading: Reading) -> dict[str, Any]:
    """What must not change with the form."""
    return {
        "kind": reading.kind,
        "number": reading.number,
        "date": reading.date,
        "issuer": reading.issuer,
        "subject": reading.subject,
        "signer": reading.signer,
        "contact": reading.contact,
        "tasks": [
            (task.clause, task.lead, task.coordinate, task.deadline.due, task.deadline.rrule) for task in reading.tasks
        ],
    }


def lowered(fields: dict[str, Any]) -> str:
    return repr(fields).lower()


@pytest.mark.parametrize("name", LETTERS)
def test_there_is_something_to_compare(name: str) -> None:
    reading = read(LETTERS[name])
    assert reading.kind == "directive"
    assert reading.number
    assert len(reading.tasks) > 2


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("form", ["docx", "pdf", "tcvn3", "vni", "utf-16"])
def test_a_letter_in_another_form_reads_the_same(name: str, form: str) -> None:
    text = LETTERS[name]
    letter = paper.from_text(text)
    data = {
        "docx": lambda: paper.as_docx(letter),
        "pdf": lambda: paper.as_pdf(letter),
        "tcvn3": lambda: to_tcvn3(text).encode("latin-1", "replace"),
        "vni": lambda: to_vni(text).encode("latin-1", "replace"),
        "utf-16": lambda: text.encode("utf-16"),
    }[form]()

    again = essence(read(extract(data, "thư").text))
    if form == "tcvn3":  # has no accented capitals
        assert lowered(again) == lowered(essence(read(text)))
    else:
        assert again == essence(read(text))


@pytest.mark.usefixtures("tesseract")
def test_a_scan_reads_the_same_or_doubts() -> None:
    text = next(iter(LETTERS.values()))
    wanted = essence(read(text))
    wanted.pop("signer")  # a slip in a title changes nothing that the system does
    reading = read(extract(paper.scan_pdf(paper.as_scan(paper.from_text(text))), "quét.pdf").text)

    doubted = {doubt.field.split("[")[0].split(".")[0] for doubt in reading.doubts}
    different = {field for field, value in wanted.items() if value != essence(reading)[field]}
    assert different <= doubted
    assert essence(reading)["tasks"] == wanted["tasks"]
