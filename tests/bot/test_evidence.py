"""Evidence: with the report, right after it, before it, in albums; shown to the contact and to nobody else."""

from pathlib import Path

from sqlmodel import select

from models.answers import Evidence, Report, StoredFile
from models.events import EventKind
from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.town import document, photo


def evidence(folk: Folk) -> list[StoredFile]:
    with folk.town.db.reading() as session:
        return list(session.exec(select(StoredFile).join(Evidence).join(Report).order_by(StoredFile.id)))  # type: ignore[arg-type]


async def test_a_photo_with_its_caption_is_the_report_and_its_evidence(folk: Folk) -> None:
    town = folk.town
    [answer] = await town.says("30", "xong 1", attachments=(photo(),))
    assert "Đã lưu 1 tệp minh chứng" in answer.text
    [stored] = evidence(folk)
    assert (stored.media_type, stored.size) == ("image/jpeg", 7)
    [asked] = await town.deliver(EventKind.REPORTED)
    assert "1 tệp" in asked.text
    [seen] = await town.presses(asked, "Xem minh chứng")
    assert seen.message.files[0].content == b"\xff\xd8\xff\xe0anh"


async def test_files_and_numbers_sent_right_after_join_the_report(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "xong 1")
    [added] = await town.says("30", "", attachments=(document(b"%PDF-1.7 bien ban", "biên bản.pdf"),))
    assert "Đã thêm 1 tệp" in added.text
    [number] = await town.says("30", "CV 12/BC-SYT ngày 22/11/2026")
    assert "12/BC-SYT" in number.text
    with town.db.reading() as session:
        [report] = session.exec(select(Report)).all()
    assert report.document_number == "12/BC-SYT"
    assert [f.name for f in evidence(folk)] == ["biên bản.pdf"]


async def test_an_album_is_one_report_answered_once(folk: Folk) -> None:
    town = folk.town
    said = await town.says("30", "xong 1", attachments=(photo(),), media_group="g1")
    for n in range(3):
        said += await town.says("30", "", attachments=(photo(b"\xff\xd8\xff\xe0" + bytes([n])),), media_group="g1")
    assert len(evidence(folk)) == 4
    assert len(said) == 2  # the report, and one word about what was added


async def test_photos_before_the_words_wait_for_the_number(folk: Folk) -> None:
    town = folk.town
    [which] = await town.says("30", "", attachments=(photo(),), media_group="g2")
    assert "minh chứng của nhiệm vụ số nào" in which.text
    assert await town.says("30", "", attachments=(photo(b"\xff\xd8\xff\xe0b"),), media_group="g2") == []
    [done] = await town.says("30", "1")
    assert "Đã lưu 2 tệp" in done.text
    assert len(evidence(folk)) == 2


async def test_a_photo_in_reply_to_a_reminder_of_one_task_is_its_report(folk: Folk) -> None:
    town = folk.town
    await town.says("20", "đôn đốc 709")
    [reminder] = await town.deliver(EventKind.URGED)
    [done] = await town.says("30", "", attachments=(photo(),), reply_to=reminder.message_id)
    assert "đã ghi nhận báo cáo" in done.text


async def test_on_a_channel_without_files_evidence_is_a_one_time_link(folk: Folk) -> None:
    town = folk.town
    await town.says("z2", f"/start {town.code(folk.contact)}", channel=town.zalo)
    await town.says("30", "xong 1", attachments=(photo(),))
    [looked] = await town.says("z2", "", channel=town.zalo, kind="button", button_data=f"look:{folk.task}")
    assert "https://dondoc.example/tep/" in looked.text


async def test_without_buttons_a_report_is_looked_at_by_its_number(folk: Folk) -> None:
    town = folk.town
    await town.says("z2", f"/start {town.code(folk.contact)}", channel=town.zalo)
    await town.says("30", "xong 1")
    [listed] = await town.says("z2", "chờ xác nhận", channel=town.zalo)
    assert "xem <số>" not in listed.text
    await town.says("30", "", attachments=(photo(),))
    [listed] = await town.says("z2", "chờ xác nhận", channel=town.zalo)
    assert "xem <số>" in listed.text
    number = listed.text.splitlines()[1].split(".")[0]
    [seen] = await town.says("z2", f"xem {number} giúp", channel=town.zalo)
    assert "https://dondoc.example/tep/" in seen.text
    assert "1. Xác nhận" in seen.text
    [unclear] = await town.says("z2", "xem giúp mình văn bản này với", channel=town.zalo)
    assert "tep/" not in unclear.text


async def test_photos_one_by_one_end_with_enough(folk: Folk) -> None:
    """Zalo has no albums: each photo is a message, and "đủ" is said where a letter is gathered too."""
    town = folk.town
    await town.says("z3", f"/start {town.code(folk.owner)}", channel=town.zalo)
    for n in range(2):
        [which] = await town.says("z3", "", attachments=(photo(b"\xff\xd8\xff\xe0" + bytes([n])),), channel=town.zalo)
        assert f"Đã nhận {n + 1} tệp" in which.text
    [again] = await town.says("z3", "đủ", channel=town.zalo)
    assert "Đã nhận 2 tệp" in again.text
    assert "nhiệm vụ số nào" in again.text
    [done] = await town.says("z3", "1", channel=town.zalo)
    assert "Đã lưu 2 tệp" in done.text
    with town.db.reading() as session:
        assert session.exec(select(Report)).one().text == ""
    await town.says("z3", "", attachments=(photo(b"\xff\xd8\xff\xe0c"),), channel=town.zalo)
    [enough] = await town.says("z3", "đủ", channel=town.zalo)
    assert "3 tệp" in enough.text
    [bare] = await town.says("z3", "đủ", channel=town.zalo)
    assert "không có câu hỏi" in bare.text.lower()


async def test_a_photo_after_the_verdict_is_asked_about_and_not_lost(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "xong 1")
    [listed] = await town.says("20", "chờ xác nhận")
    await town.says("20", f"xác nhận {listed.text.splitlines()[1].split('.')[0]}")
    town.assignment(town.letter(folk.contact, folk.admin, number="710/UBND-TH"), folk.department, folk.owner)
    [which] = await town.says("30", "", attachments=(photo(),))
    assert "minh chứng của nhiệm vụ số nào" in which.text


async def test_what_was_said_of_a_report_shows_its_outcome(folk: Folk) -> None:
    town = folk.town
    [answer] = await town.says("30", "xong 1")
    await town.says("30", "", attachments=(photo(),))
    assert answer.data == [f"withdraw:{folk.task}"]
    [looked] = await town.says("20", "xem 1")
    await town.presses(looked, "Xác nhận")
    assert (answer.data, looked.data) == ([], [])
    assert "Đã xác nhận hoàn thành" in answer.text
    assert "Đã xác nhận hoàn thành" in looked.text


async def test_evidence_is_hidden_from_those_it_does_not_concern(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "xong 1", attachments=(photo(),))
    other = town.person("Người Ngoài", folk.commune, Role.OWNER, chat="91")
    [no] = await town.says("91", "", kind="button", button_data=f"look:{folk.task}")
    assert "không phải đầu mối" in no.text
    from models.files import may_download

    [stored] = evidence(folk)
    with town.db.reading() as session:
        allowed = [
            p
            for p in (folk.owner, folk.contact, folk.admin, folk.head)
            if may_download(session, town.now, p, stored.id or 0)
        ]
        assert allowed == [folk.owner, folk.contact, folk.admin, folk.head]
        assert not may_download(session, town.now, other, stored.id or 0)


async def test_names_and_types_are_never_trusted(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "xong 1", attachments=(document(b"MZ\x90\x00\x03 program", "../../etc/ảnh\u202egpj.exe"),))
    [stored] = evidence(folk)
    assert stored.media_type == "application/octet-stream"
    assert "/" not in stored.name
    assert "\u202e" not in stored.name
    assert all(town.folder in Path(p).parents for p in town.folder.rglob("*"))
    [empty] = await town.says("30", "", attachments=(photo(b""),))
    assert "không có nội dung" in empty.text


async def test_the_contact_reads_the_reporters_own_words_and_the_document_once(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "xong 1 Kế hoạch số 12/KH-UBND ngày 17/11/2026 gửi kèm")
    [asked] = await town.deliver(EventKind.REPORTED)
    assert "Kế hoạch số 12/KH-UBND ngày 17/11/2026 gửi kèm" in asked.text
    assert asked.text.count("12/KH-UBND") == 1
    with town.db.reading() as session:
        [report] = session.exec(select(Report)).all()
    assert report.document_number == "12/KH-UBND"
