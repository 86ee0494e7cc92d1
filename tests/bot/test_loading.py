"""An admin loads a letter in chat: the screen, the corrections, what is refused and leaves no trace."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from models.assignments import Assignment
from models.directives import Directive, Draft, Task
from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.letters import ARTICLE, SECRET, WHOLE
from tests.bot.town import Said, Town, document, photo


@pytest.fixture
def office(folk: Folk) -> Folk:
    """Two sở that the letter names, one with somebody in it."""
    finance = folk.town.unit("STC", "Sở Tài chính", parent=folk.province)
    folk.town.person("Đỗ Tài Chính", finance, Role.OWNER, chat="50")
    return folk


def tasks(town: Town) -> list[Task]:
    with town.db.reading() as session:
        return list(
            session.exec(select(Task).join(Directive).where(Directive.number == "812/UBND-VX").order_by(Task.id))
        )  # type: ignore[arg-type]


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def stored_nowhere(town: Town, words: str) -> bool:
    """Neither in the database's file nor in the data folder."""
    whole = Path(str(town.db.url.database))
    files = [*whole.parent.glob(whole.name + "*"), *kept(town.folder)]
    return all(words.encode() not in file.read_bytes() for file in files)


async def shown(folk: Folk) -> Said:
    [screen] = await folk.town.says("10", WHOLE)
    return screen


async def test_pasted_text_is_read_shown_and_created_by_one_press(office: Folk) -> None:
    town = office.town
    screen = await shown(office)
    assert "Văn bản 812/UBND-VX, ngày 20/11/2026" in screen.text
    assert "1) khoản 1: Sở Y tế" in screen.text
    assert "hạn 14/12/2026 “trước ngày 15/12/2026”" in screen.text
    assert "Đầu mối theo dõi: Lê Theo Dõi (+8491***222)" in screen.text or "***222" in screen.text
    assert tasks(town) == []
    await town.presses(screen, "Tạo tất cả")
    assert "Đã tạo 2 nhiệm vụ" in screen.text
    assert [task.clause for task in tasks(town)] == ["1", "2"]
    [mine] = await town.says("50", "/viec")
    assert "812/UBND-VX, khoản 2" in mine.text
    [again] = await town.says("10", WHOLE)
    assert "đã được nạp" in again.text
    assert "Tạo tất cả" not in str(again.message.buttons)


async def test_a_press_twice_creates_once(office: Folk) -> None:
    screen = await shown(office)
    data = screen.data[0]
    await office.town.presses(screen, data)
    [second] = await office.town.says("10", "", kind="button", button_data=data)
    assert "đã được tạo" in second.text
    assert len(tasks(office.town)) == 2


async def test_two_things_are_corrected_by_buttons(office: Folk) -> None:
    town = office.town
    screen = await shown(office)
    await town.presses(screen, "Sửa một nhiệm vụ")
    await town.presses(screen, "1")
    assert "Nhiệm vụ 1, khoản 1" in screen.text
    [ask] = await town.presses(screen, "Thời hạn")
    assert "Thời hạn của nhiệm vụ 1" in ask.text
    [after] = await town.says("10", "17h 20/12/2026")
    assert "hạn 17:00 20/12/2026" in after.text
    await town.presses(after, "Sửa một nhiệm vụ")
    await town.presses(after, "2")
    [who] = await town.presses(after, "Chủ trì")
    assert "chủ trì nhiệm vụ 2" in who.text
    [named] = await town.says("10", "Sở Y tế")
    assert "2) khoản 2: Sở Y tế" in named.text
    await town.presses(named, "Tạo tất cả")
    made = tasks(town)
    assert (made[0].due_on, made[0].due_time) == (date(2026, 12, 20), "17:00")
    with town.db.reading() as session:
        leads = session.exec(select(Assignment.unit_id).where(Assignment.task_id == made[1].id)).all()
    assert leads == [office.department]


async def test_tasks_are_dropped_joined_and_the_load_taken_back(office: Folk) -> None:
    town = office.town
    screen = await shown(office)
    await town.presses(screen, "Sửa một nhiệm vụ")
    await town.presses(screen, "2")
    await town.presses(screen, "Gộp với nhiệm vụ trước")
    assert "1 nhiệm vụ" in screen.text
    await town.presses(screen, "Tạo tất cả")
    assert len(tasks(town)) == 1
    await town.presses(screen, "Huỷ nạp")
    assert "đã huỷ nạp" in screen.text
    [mine] = await town.says("50", "/viec")
    assert "812" not in mine.text


async def test_a_letter_in_parts_is_gathered_until_enough(office: Folk) -> None:
    town = office.town
    [ask] = await town.says("10", "/nap")
    assert "đủ" in ask.text
    half = len(WHOLE) // 2
    [first] = await town.says("10", WHOLE[:half])
    assert "Đã nhận 1 phần" in first.text
    await town.says("10", WHOLE[half:])
    [screen] = await town.says("10", "đủ")
    assert "812/UBND-VX" in screen.text


async def test_a_file_is_read_and_kept_only_as_a_letter(office: Folk) -> None:
    town = office.town
    [screen] = await town.says("10", "", attachments=(document(WHOLE.encode(), "cv812.txt"),))
    assert "812/UBND-VX" in screen.text
    assert len(kept(town.folder)) == 1
    await town.presses(screen, "Tạo tất cả")
    [letter] = await town.says("50", "/vanban 812")
    assert letter.message.files[0].content == WHOLE.encode()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (SECRET.encode(), "a.txt", "dấu chỉ độ mật"),
        (ARTICLE.encode(), "b.txt", "Không lưu nội dung nào"),
        (b"", "c.pdf", "không có nội dung"),
        (b"\x00\x01\x02" * 500, "d.docx", ""),
        (b"PK\x03\x04" + b"\x00" * 2000, "e.docx", ""),
        (b"%PDF-1.7\nbroken", "f.pdf", ""),
    ],
)
async def test_what_is_no_letter_gets_one_sentence_and_leaves_nothing(
    office: Folk, content: bytes, name: str, sentence: str
) -> None:
    town = office.town
    said = await town.says("10", "", attachments=(document(content, name),))
    assert len(said) == 1
    assert sentence in said[0].text
    assert 0 < len(said[0].text) < 500
    assert kept(town.folder) == []
    assert stored_nowhere(town, "tiêm chủng")
    with town.db.reading() as session:
        assert session.exec(select(Draft)).first() is None


async def test_a_secret_letter_pasted_is_refused_and_not_stored_anywhere(office: Folk) -> None:
    town = office.town
    [no] = await town.says("10", SECRET)
    assert "dấu chỉ độ mật" in no.text
    assert stored_nowhere(town, "tiêm chủng")


async def test_a_file_over_the_limit_is_refused_before_it_is_fetched(office: Folk) -> None:
    huge = document(b"x", "to.pdf")
    attachment = type(huge)("file", "to.pdf", "application/pdf", 50 * 2**20, huge.fetch)
    [no] = await office.town.says("10", "", attachments=(attachment,))
    assert "vượt giới hạn 20 MB" in no.text


async def test_only_admins_load_and_only_their_own_drafts(office: Folk) -> None:
    town = office.town
    [no] = await town.says("30", "/nap")
    assert "không có quyền" in no.text
    screen = await shown(office)
    other = town.person("Quản Trị Hai", office.province, Role.ADMIN, chat="11")
    [theirs] = await town.says("11", "", kind="button", button_data=screen.data[0])
    assert "của người khác" in theirs.text
    [owner] = await town.says("30", "", kind="button", button_data=screen.data[0])
    assert "của người khác" in owner.text
    assert tasks(town) == []
    assert other


async def test_an_old_letter_sets_the_simulated_clock_only_in_an_empty_town(town: Town) -> None:
    unit = town.unit("UBNDT", "UBND tỉnh Bắc Ninh", kind="ubnd tỉnh")
    town.unit("SYT", "Sở Y tế", parent=unit)
    town.unit("STC", "Sở Tài chính", parent=unit)
    town.person("Quản Trị", unit, Role.ADMIN, chat="10")
    moved: list[datetime] = []

    async def set_clock(instant: datetime) -> None:
        moved.append(instant)
        town.now = instant

    old = WHOLE.replace("2026", "2024")
    [real] = await town.says("10", old)
    assert not any(data.startswith("clock") for data in real.data)
    town.context.simulated, town.context.set_clock = True, set_clock
    [screen] = await town.says("10", old)
    await town.presses(screen, "Đặt ngày mô phỏng 20/11/2024")
    assert [instant.date() for instant in moved] == [date(2024, 11, 20)]
    assert "Đồng hồ mô phỏng đặt về ngày 20/11/2024" in screen.text
    await town.presses(screen, "Tạo tất cả")
    [late] = await town.says("10", "", kind="button", button_data="clock:2")
    assert len(moved) == 1
    assert late.text
    # Beside the one letter the first start's story loads, a second one makes it a town that is at work.
    [second] = await town.says("10", old.replace("2024", "2023").replace("4321", "77"))
    assert any(data.startswith("clock") for data in second.data)
    await town.presses(second, "Tạo tất cả")
    [third] = await town.says("10", old.replace("2024", "2022").replace("4321", "78"))
    assert not any(data.startswith("clock") for data in third.data)


async def test_photos_are_pages_until_enough(office: Folk, monkeypatch: pytest.MonkeyPatch) -> None:
    from letters.extract import Extracted

    half = len(WHOLE) // 2
    pages = iter([WHOLE[:half], WHOLE[half:]])
    monkeypatch.setattr("letters.extract.extract_many", lambda files, progress: Extracted(next(pages), 1, "ocr"))
    town = office.town
    await town.says("10", "/nap")
    [first] = await town.says("10", "", attachments=(photo(),))
    assert "Đã nhận 1 phần" in first.text
    await town.says("10", "", attachments=(photo(b"\xff\xd8\xff\xe0hai"),))
    [screen] = await town.says("10", "đủ rồi ạ")
    assert "812/UBND-VX" in screen.text


async def test_an_admins_photo_is_a_page_of_a_letter_without_being_asked_for(
    office: Folk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.extract import Extracted

    monkeypatch.setattr("letters.extract.extract_many", lambda files, progress: Extracted(WHOLE, 1, "ocr"))
    town = office.town
    [first] = await town.says("10", "", attachments=(photo(),))
    assert "Đã nhận 1 phần" in first.text
    [screen] = await town.says("10", "đủ")
    assert "812/UBND-VX" in screen.text


async def test_on_zalo_the_screen_is_numbered_text(office: Folk) -> None:
    town = office.town
    [linked] = await town.says("z1", f"/start {town.code(office.admin)}", channel=town.zalo)
    assert "đã kết nối" in linked.text
    said = await town.says("z1", WHOLE, channel=town.zalo)
    text = "\n".join(one.text for one in said)
    assert "1. Tạo tất cả" in text
    [made] = await town.says("z1", "1", channel=town.zalo)
    assert "Đã tạo 2 nhiệm vụ" in made.text


async def test_an_amended_clause_is_told_as_it_stands_now_and_not_as_withdrawn(office: Folk) -> None:
    town = office.town
    await town.presses(await shown(office), "Tạo tất cả")
    await town.deliver()
    [again] = await town.says("10", WHOLE.replace("ngày 15/12/2026", "ngày 18/12/2026"))
    assert "bản sửa đổi" in again.text
    await town.presses(again, "Tạo tất cả")
    told = {one.chat_id: one.text for one in await town.deliver()}
    assert told["30"].startswith("Nội dung nhiệm vụ đã được điều chỉnh, nay là:\n")
    assert "hạn 17/12/2026" in told["30"]
    assert "thu hồi" not in told["30"]
    [listed] = await town.says("10", "văn bản 812")
    assert "2 văn bản" in listed.text
    newest = await town.presses(listed, listed.data[0])
    assert "Bản sửa đổi của văn bản cùng số" in newest[0].text


async def test_an_amendment_taken_back_leaves_the_first_letter_as_it_was(office: Folk) -> None:
    town = office.town
    await town.presses(await shown(office), "Tạo tất cả")
    [mine] = await town.says("30", "viec")
    [again] = await town.says("10", WHOLE.replace("ngày 15/12/2026", "ngày 18/12/2026"))
    await town.presses(again, "Tạo tất cả")
    await town.deliver()
    await town.presses(again, "Huỷ nạp")
    told = {one.chat_id: one.text for one in await town.deliver()}
    assert "nay là:" in told["30"]
    assert "hạn 14/12/2026" in told["30"]
    [back] = await town.says("30", "viec")
    assert back.text == mine.text
    [listed] = await town.says("10", "/vanban 812")
    assert "đã báo cáo 0/1, hạn 14/12/2026" in listed.text
    with town.read() as session:
        open_ones = session.exec(
            select(Assignment).where(Assignment.state == "open", Assignment.owner_id == office.owner)
        )
        assert all(one.next_reminder_at for one in open_ones if one.id != office.task)


async def test_a_clause_an_amendment_drops_is_withdrawn_with_the_reason(office: Folk) -> None:
    town = office.town
    await town.presses(await shown(office), "Tạo tất cả")
    await town.deliver()
    start, end = WHOLE.index("2. Giao Sở Tài chính"), WHOLE.index("Yêu cầu các đơn vị")
    [again] = await town.says("10", WHOLE[:start] + WHOLE[end:])
    await town.presses(again, "Tạo tất cả")
    told = {one.chat_id: one.text for one in await town.deliver()}
    assert "812/UBND-VX, khoản 2 đã được thu hồi" in told["50"]
    assert "văn bản có bản sửa đổi, không còn nhiệm vụ này" in told["50"]


async def test_letters_that_build_on_one_another_name_each_other(office: Folk) -> None:
    town = office.town
    await town.presses(await shown(office), "Tạo tất cả")
    later = WHOLE.replace("812/UBND-VX", "900/UBND-VX").replace("ngày 20 tháng 11", "ngày 22 tháng 11")
    later = later.replace("Thực hiện chỉ đạo của Chính phủ", "Thực hiện Công văn số 812/UBND-VX ngày 20/11/2026")
    [screen] = await town.says("10", later)
    assert "Thực hiện văn bản đã nạp: 812/UBND-VX" in screen.text
    await town.presses(screen, "Tạo tất cả")
    [above] = await town.says("10", "/vanban 900")
    assert "Thực hiện văn bản đã nạp: 812/UBND-VX" in above.text
    [below] = await town.says("10", "/vanban 812")
    assert "Văn bản triển khai tiếp: 900/UBND-VX" in below.text


async def test_the_same_number_of_another_year_is_another_letter(office: Folk) -> None:
    town = office.town
    await town.presses(await shown(office), "Tạo tất cả")
    other = WHOLE.replace("812/UBND-VX", "900/UBND-VX")
    other = other.replace("Thực hiện chỉ đạo của Chính phủ", "Thực hiện Công văn số 812/UBND-VX ngày 20/11/2025")
    [screen] = await town.says("10", other)
    assert "Thực hiện văn bản đã nạp" not in screen.text
    await town.presses(screen, "Tạo tất cả")
    [below] = await town.says("10", "/vanban 812")
    assert "Văn bản triển khai tiếp" not in below.text


async def test_a_question_about_a_draft_ends_with_it(office: Folk) -> None:
    town = office.town
    screen = await shown(office)
    draft = screen.data[0].split(":")[1]
    await town.presses(screen, f"d:{draft}:t:0")
    [asked] = await town.presses(screen, "Chủ trì")
    assert "Đơn vị nào chủ trì" in asked.text
    await town.presses(screen, f"d:{draft}:ok")
    [letter] = await town.says("10", "van ban 812")
    assert letter.text.startswith("812/UBND-VX ngày 20/11/2026")


@pytest.mark.parametrize("typed", ["812", "so 812/UBND-VX", "Số: 812 / UBND-VX", "CV 812/ubnd-vx"])
async def test_the_missing_number_is_taken_as_people_type_it_and_finds_the_same_letter(
    office: Folk, typed: str
) -> None:
    town = office.town
    await town.presses(await shown(office), "Tạo tất cả")
    [blank] = await town.says("10", WHOLE.replace("Số: 812/UBND-VX", "Số:       /UBND-VX"))
    [ask] = await town.presses(blank, "Ghi số văn bản")
    assert "Số, ký hiệu" in ask.text
    [unclear] = await town.says("10", "chưa biết")
    assert "Chưa rõ số văn bản" in unclear.text
    [same] = await town.says("10", typed)
    assert "Văn bản 812/UBND-VX" in same.text
    assert "Văn bản cùng số đã được nạp" in same.text


async def test_leads_are_named_without_accents_and_joined_by_va(office: Folk) -> None:
    town = office.town
    screen = await shown(office)
    draft = screen.data[0].split(":")[1]
    await town.presses(screen, f"d:{draft}:t:0")
    await town.presses(screen, "Chủ trì")
    [fixed] = await town.says("10", "so y te va so tai chinh")
    assert "khoản 1: Sở Y tế, Sở Tài chính (2 đơn vị)" in fixed.text
