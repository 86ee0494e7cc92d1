"""`dondoc read`: the screen for a person, the JSON for machines, exit codes for scripts."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.bot.letters import WHOLE
from tests.dondoc.conftest import Run

SAMPLE = Path(__file__).parents[2] / "dondoc" / "data" / "letters" / "ke-hoach-chuyen-doi-so.txt"
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "reading.schema.json").read_text(encoding="utf-8"))
ARTICLE = "Sáng ngày 12/11, tại Hội trường tỉnh đã diễn ra lễ khai mạc ngày hội văn hóa. " * 8


def test_the_screen_shows_heading_then_tasks_on_two_lines(bare: Run) -> None:
    answer = bare("read", str(SAMPLE))
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert "1246/SKHCN-CĐS · 16/11/2026" in lines
    first = lines.index("Tasks: 5") + 1
    assert lines[first].startswith("1) Clause 1: UBND các xã, phường – due 04/12/2026 “trước ngày 05/12/2026”")
    assert lines[first + 1].startswith("   UBND các xã, phường xây dựng Kế hoạch")
    assert lines[first + 2].startswith("2) ")


def test_doubts_stand_before_the_tasks(bare: Run, tmp_path: Path) -> None:
    blank = SAMPLE.read_text(encoding="utf-8").replace("Số: 1246/SKHCN-CĐS", "Số:      /SKHCN-CĐS")
    (tmp_path / "draft.txt").write_text(blank, encoding="utf-8")
    out = bare("read", str(tmp_path / "draft.txt")).out
    assert "The number is blank" in out
    assert out.index("To look at") < out.index("The number is blank") < out.index("Tasks: 5")


def test_the_screen_speaks_as_the_chat_does(bare: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clauses, days and numbers as an office writes them; a letter ends before the next begins; a folder is no letter."""
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    text = WHOLE.replace("Số: 812/UBND-VX", "Số:      /UBND-VX")
    text = text.replace("chỉ đạo của Chính phủ", "Công văn số 77/UBND-KT ngày 05/11/2026 của UBND tỉnh")
    acts = "3. Sở Y tế tổng hợp; báo cáo UBND tỉnh trước ngày 20 hằng tháng.\n\nYêu cầu các đơn vị"
    text = text.replace("Yêu cầu các đơn vị", acts)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    out = bare("read", str(tmp_path / "a.txt"), str(tmp_path)).out
    assert "(chưa có số)/UBND-VX · 20/11/2026" in out
    assert "Căn cứ: 77/UBND-KT 05/11/2026" in out
    assert "4) Khoản 3 (ý 2): Sở Y tế" in out
    assert "#" not in out
    assert "2026-11" not in out
    assert f"\n\n{tmp_path.name}: Không đọc được {tmp_path}: đây là thư mục, không phải tệp" in out


def test_json_is_one_line_for_each_file_and_as_the_schema_says(bare: Run, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("MẬT\n" + SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    names = [str(SAMPLE), str(tmp_path / "news.txt"), str(tmp_path / "secret.txt"), str(tmp_path / "none.txt")]
    answer = bare("read", "--json", *names)
    objects = [json.loads(line) for line in answer.out.splitlines()]
    for one in objects:
        Draft202012Validator(SCHEMA).validate(one)
    assert [one["file"] for one in objects] == names
    assert [one["kind"] for one in objects] == ["directive", "not_directive", "classified", "unreadable"]
    assert set(objects[2]) == {"file", "kind", "reason"}
    assert answer.code == 4
    assert len(objects[0]["tasks"]) == 5


@pytest.mark.parametrize(("content", "code"), [(ARTICLE, 3), ("TUYỆT MẬT\nSố: 1/X-Y\nKính gửi: Sở A", 4), ("", 2)])
def test_exit_codes_tell_what_it_was(bare: Run, tmp_path: Path, content: str, code: int) -> None:
    (tmp_path / "file.txt").write_text(content, encoding="utf-8")
    assert bare("read", str(tmp_path / "file.txt")).code == code


def test_a_classified_letter_shows_nothing_of_its_text(bare: Run, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("TỐI MẬT\nKế hoạch phòng thủ khu vực Hòn Vắng", encoding="utf-8")
    answer = bare("read", str(tmp_path / "file.txt"))
    assert "Hòn Vắng" not in answer.out + answer.err
    assert "secrecy mark" in answer.out


def test_a_file_that_is_not_there_is_one_sentence(bare: Run, tmp_path: Path) -> None:
    answer = bare("read", str(tmp_path / "none.pdf"))
    assert answer.code == 2
    assert "There is no file" in answer.out
    assert "Traceback" not in answer.out + answer.err


def test_reading_writes_nothing(bare: Run, settings_env: Path) -> None:
    bare("read", str(SAMPLE))
    assert list(settings_env.iterdir()) == []
