"""A letter that comes in several files: its halves, its annex, one after the other or together, loses nothing."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models import drafts
from models.answers import StoredFile
from models.directives import Draft
from models.talk import Dialogue
from tests.bot.desk import LETTER, Desk
from tests.bot.letters import SECRET, WHOLE
from tests.bot.town import Said, document

AT = LETTER.index("2. Giao Sở Tài chính")
FIRST, REST = LETTER[:AT], LETTER[AT:]
ANNEX = "PHỤ LỤC\nBiểu mẫu tổng hợp số liệu\nTT\tĐơn vị\tSố trẻ\n1\tXã mẫu A\t\n2\tXã mẫu B\t\n"


async def sends(desk: Desk, text: str, name: str = "vb.txt") -> Said:
    *_, said = await desk.town.says("10", "", attachments=(document(text.encode(), name),))
    return said


def pending(desk: Desk) -> list[Draft]:
    with desk.town.db.reading() as session:
        return drafts.waiting_drafts(session, desk.town.now, 1, 9)


async def test_the_second_half_is_joined_to_the_first(desk: Desk) -> None:
    first = await sends(desk, FIRST)
    assert "văn bản có thể thiếu phần cuối" in first.text
    rest = await sends(desk, REST, "phan2.txt")
    assert "(chưa có số)" in rest.text
    await desk.town.presses(rest, "Nối vào 812/UBND-VX")
    assert "Văn bản 812/UBND-VX" in rest.text
    assert "4 nhiệm vụ" in rest.text
    assert "thiếu phần cuối" not in rest.text
    [only] = pending(desk)
    assert len(only.choices["files"]) == 2
    await desk.town.presses(rest, "Tạo tất cả")
    assert [task.clause for task in desk.made()] == ["1", "2", "3#1", "3#2"]


async def test_a_part_is_asked_for_where_the_end_is_missing(desk: Desk) -> None:
    screen = await sends(desk, FIRST)
    asked = (await desk.town.presses(screen, "Gửi thêm phần"))[-1]
    assert "phụ lục của 812/UBND-VX" in asked.text
    [nothing] = await desk.town.says("10", "đủ")
    assert "Chưa nhận được" in nothing.text
    part = await sends(desk, REST, "phan2.txt")
    assert "Đã nhận 2 phần" in part.text
    [whole] = await desk.town.says("10", "đủ")
    assert "4 nhiệm vụ" in whole.text
    assert len(pending(desk)) == 1


async def test_on_zalo_the_rest_is_pasted(desk: Desk) -> None:
    await desk.says(FIRST)
    assert "Gửi tệp qua liên kết" in await desk.says("gửi thêm phần")
    assert "Đã nhận 2 phần" in await desk.says(REST)
    assert "4 nhiệm vụ" in await desk.says("đủ")
    await desk.says("tạo tất cả")
    assert len(desk.made()) == 4


async def test_thinking_better_of_it_leads_back_to_the_letter(desk: Desk) -> None:
    before = await desk.says(FIRST)
    await desk.says("gửi thêm phần")
    assert await desk.says("thôi") == before


async def test_an_annex_alone_is_told_where_it_belongs(desk: Desk) -> None:
    await sends(desk, WHOLE)
    refused = await sends(desk, ANNEX, "phu-luc.txt")
    assert "phụ lục hoặc phần tiếp theo của 812/UBND-VX" in refused.text
    assert "vừa gửi" in refused.text
    before = replace(refused)
    await desk.town.presses(before, "Gửi thêm phần")
    await sends(desk, ANNEX, "phu-luc.txt")
    [whole] = await desk.town.says("10", "đủ")
    assert "Văn bản 812/UBND-VX" in whole.text
    [only] = pending(desk)
    assert "Xã mẫu B" in only.text


async def test_an_annex_of_nothing_is_only_refused(desk: Desk) -> None:
    refused = await sends(desk, ANNEX, "phu-luc.txt")
    assert "vừa gửi" not in refused.text


@pytest.mark.parametrize("by_file", [True, False])
async def test_a_secret_annex_takes_the_letter_with_it(desk: Desk, by_file: bool) -> None:
    screen = await sends(desk, FIRST)
    await desk.town.presses(screen, "Gửi thêm phần")
    said = await sends(desk, SECRET, "mat.txt") if by_file else (await desk.town.says("10", SECRET))[-1]
    assert "dấu chỉ độ mật" in said.text
    assert pending(desk) == []
    with desk.town.db.reading() as session:
        assert not any(draft.text for draft in session.exec(select(Draft)))
        assert not any(asked.data.get("parts") for asked in session.exec(select(Dialogue)))
        assert session.exec(select(StoredFile)).all() == []


async def test_pages_gathered_before_a_secret_one_are_not_kept(desk: Desk) -> None:
    await desk.town.says("10", "/nap")
    await desk.town.says("10", FIRST)
    said = await sends(desk, SECRET, "mat.txt")
    assert "dấu chỉ độ mật. Không lưu nội dung nào" in said.text
    with desk.town.db.reading() as session:
        assert not any(asked.data.get("parts") for asked in session.exec(select(Dialogue)))


async def test_what_was_corrected_is_said_to_be_lost(desk: Desk) -> None:
    await desk.says(FIRST, "sửa 1", "thời hạn", "20/12/2026")
    assert "phải sửa lại" in await desk.says("sửa một nhiệm vụ", "gửi thêm phần")


async def test_the_signed_scan_of_a_letter_that_was_loaded_from_its_docx_is_no_amendment(desk: Desk) -> None:
    """Each format puts the two columns of the letterhead into another order."""
    await desk.says(LETTER, "tạo tất cả")
    body = LETTER[LETTER.index("Kính gửi") :]
    head = "TỈNH BẮC NINH\nSố: 812/UBND-VX\nV/v tăng cường công tác tiêm chủng\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    scan = "ỦY BAN NHÂN DÂN\n" + head + "Độc lập - Tự do - Hạnh phúc\nBắc Ninh, ngày 20 tháng 11 năm 2026\n" + body
    again = await desk.says(scan.replace("Sở Y tế rà soát", "Sở Y tê rà soát"))
    assert "Văn bản này đã được nạp." in again
    assert "bản sửa đổi" not in again


@pytest.mark.parametrize("how", ["thôi", "huỷ", "press"])
async def test_of_a_letter_that_is_given_up_nothing_is_kept(desk: Desk, how: str) -> None:
    await desk.town.says("10", "/nap")
    [part] = await desk.town.says("10", FIRST)
    assert "Đã nhận 1 phần" in part.text
    said = await (desk.town.presses(part, "Huỷ") if how == "press" else desk.town.says("10", how))
    assert "Đã huỷ. Không lưu nội dung nào." in (said[-1] if said else part).text
    with desk.town.db.reading() as session:
        assert not any(asked.data.get("parts") for asked in session.exec(select(Dialogue)))


async def test_giving_up_a_further_part_leaves_the_letter_its_file(desk: Desk) -> None:
    screen = await sends(desk, FIRST)
    await desk.town.presses(screen, "Gửi thêm phần")
    await sends(desk, ANNEX, "phu-luc.txt")
    [again] = await desk.town.says("10", "thôi")
    assert "Văn bản 812/UBND-VX" in again.text
    with desk.town.db.reading() as session:
        assert [kept.name for kept in session.exec(select(StoredFile))] == ["vb.txt"]
    await desk.town.presses(again, "Tạo tất cả")
    assert len(desk.made()) == 1
