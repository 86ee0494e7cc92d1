"""What each command is called: slash names in both languages, and the words people use instead (domain.md, "Language")."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """`key` is the English slash name and the name used in code; `phrases` are written with their accents."""

    key: str
    vi: str
    phrases: tuple[str, ...]
    also: tuple[str, ...] = ()
    plain: bool = True
    """False: too common a word to be taken as a command unless it stands alone, with a slash or (of ONE) before a number."""


NAMES: tuple[Name, ...] = (
    Name("start", "start", ("bắt đầu", "start"), ("batdau",)),
    Name(
        "tasks",
        "viec",
        (
            "việc", "việc của tôi", "nhiệm vụ của tôi", "nhiệm vụ", "danh sách việc", "danh sách nhiệm vụ", "xem việc",
            "xem nhiệm vụ", "tôi có việc gì", "tôi còn việc gì", "còn việc gì", "có việc gì", "hôm nay có việc gì",
            "em còn việc gì", "em có việc gì", "việc cần làm", "tasks", "my tasks", "task list", "what do i have to do",
            "list tasks", "show tasks",
        ),
    ),
    Name(
        "done",
        "xong",
        (
            "xong", "đã xong", "xong rồi", "làm xong", "đã làm xong", "vừa xong", "hoàn thành", "đã hoàn thành",
            "hoàn tất", "đã hoàn tất", "báo cáo hoàn thành", "báo cáo đã hoàn thành", "báo cáo xong", "báo cáo",
            "đã báo cáo", "đã thực hiện xong", "thực hiện xong", "done", "finished", "completed", "complete",
            "all done", "report done",
        ),
        ("baocao", "hoanthanh"),
    ),
    Name(
        "received",
        "danhan",
        (
            "đã nhận", "nhận việc", "đã nhận việc", "đã tiếp nhận", "tiếp nhận", "đã nhận được", "nhận được", "đã rõ",
            "rõ", "nhận", "received", "got it", "acknowledged",
        ),
    ),
    Name(
        "withdraw",
        "rutlai",
        (
            "rút lại", "rút báo cáo", "rút lại báo cáo", "thu hồi báo cáo", "rút gia hạn", "rút đề nghị",
            "rút đề nghị gia hạn", "rút lại đề nghị", "rút lại đề nghị gia hạn", "thôi gia hạn", "thôi xin gia hạn",
            "không xin gia hạn nữa", "withdraw", "take back",
        ),
    ),
    Name(
        "notours",
        "khongthuoc",
        (
            "không thuộc", "không thuộc thẩm quyền", "không thuộc nhiệm vụ", "không phải việc của", "không phải của",
            "không phải việc", "không đúng thẩm quyền",
            "not ours", "not our competence",
        ),
    ),
    Name(
        "handover",
        "bangiao",
        ("bàn giao", "bàn giao việc", "chuyển giao", "chuyển việc", "hand over", "handover"),
    ),
    Name(
        "extend",
        "giahan",
        (
            "gia hạn", "xin gia hạn", "đề nghị gia hạn", "xin lùi hạn", "lùi hạn", "xin thêm thời gian", "xin lùi",
            "xin chậm", "xin nộp chậm", "không kịp", "không làm kịp", "làm không kịp", "chưa kịp", "ko kịp", "ko làm kịp",
            "làm ko kịp",
            "k kịp", "extend", "need more time", "extension",
        ),
    ),
    Name(
        "snooze",
        "nhacsau",
        ("nhắc sau", "nhắc lại sau", "nhắc tôi sau", "nhắc em sau", "nhắc em", "nhắc tôi", "nhắc lại", "để sau", "snooze",
        "remind me later", "later"),
    ),
    Name("pending", "choxacnhan", ("chờ xác nhận", "đang chờ xác nhận", "chờ tôi xác nhận", "pending", "what waits for me")),
    Name("look", "xem", ("xem", "xem minh chứng", "xem báo cáo", "look at", "show evidence"), plain=False),
    Name("confirm", "xacnhan", ("xác nhận", "đồng ý xác nhận", "xác nhận hoàn thành", "xác nhận xong", "confirm")),
    Name(
        "return",
        "bosung",
        (
            "bổ sung", "đề nghị bổ sung", "yêu cầu bổ sung", "trả lại", "hoàn thiện", "đề nghị hoàn thiện", "return",
            "send back",
        ),
    ),
    Name(
        "deputy",
        "uyquyen",
        (
            "ủy quyền", "ủy quyền cho", "ủy quyền theo dõi", "theo dõi thay", "nhờ theo dõi thay", "nhờ theo dõi giúp",
            "người theo dõi thay", "thôi ủy quyền", "thôi theo dõi thay", "deputy", "stand in",
        ),
        ("theodoithay",),
    ),
    Name("record", "ghinhan", ("ghi nhận", "ghi nhận thay", "record")),
    Name(
        "approve",
        "duyetgiahan",
        ("duyệt gia hạn", "đồng ý gia hạn", "chấp thuận gia hạn", "cho gia hạn", "duyệt", "nhất trí", "nhất trí gia hạn",
         "approve", "agree"),
    ),
    Name(
        "refuse",
        "tuchoi",
        (
            "từ chối", "từ chối gia hạn", "không duyệt", "không đồng ý gia hạn", "không nhất trí",
            "không nhất trí gia hạn", "đề xuất", "đề xuất ngày", "đề xuất ngày khác", "propose", "refuse", "reject",
            "disagree",
        ),
    ),
    Name("urge", "dondoc", ("đôn đốc", "nhắc các đơn vị", "đôn đốc các đơn vị", "urge", "remind them")),
    Name("load", "nap", ("nạp", "nạp văn bản", "nạp công văn", "tải văn bản", "thêm văn bản", "load", "load letter")),
    Name(
        "directives",
        "vanban",
        ("văn bản", "các văn bản", "danh sách văn bản", "xem văn bản", "directives", "letters"),
    ),
    Name("assign", "giao", ("giao", "giao việc", "phân công", "giao cho", "assign")),
    Name("amend", "sua", ("sửa", "điều chỉnh", "sửa nhiệm vụ", "amend", "change task")),
    Name("leadless", "chuagiao", ("chưa giao", "việc chưa giao", "chưa có đơn vị chủ trì", "chưa rõ đơn vị", "without a lead")),
    Name("invite", "ketnoi", ("kết nối", "mời kết nối", "mã kết nối", "mời", "invite")),
    Name("people", "nguoi", ("người", "danh sách người", "ai đã kết nối", "people"), plain=False),
    Name("overdue", "quahan", ("quá hạn", "việc quá hạn", "nhiệm vụ quá hạn", "trễ hạn", "overdue")),
    Name("report", "tonghop", ("tổng hợp", "báo cáo tổng hợp", "bảng tổng hợp", "report", "summary")),
    Name("help", "trogiup", ("trợ giúp", "giúp", "hướng dẫn", "giúp tôi", "help"), ("help",)),
    Name("mydata", "dulieucuatoi", ("dữ liệu của tôi", "xem dữ liệu của tôi", "my data")),
    Name(
        "forgetme",
        "xoadulieucuatoi",
        ("xóa dữ liệu của tôi", "xóa dữ liệu", "quên tôi", "forget me", "delete my data"),
    ),
    Name("settings", "caidat", ("cài đặt", "settings")),
    Name("deliveries", "loigui", ("lỗi gửi", "nhật ký gửi", "deliveries")),
    Name("replay", "guilai", ("gửi lại", "replay", "resend")),
    Name("link", "noinhom", ("nối nhóm", "kết nối nhóm", "link group")),
)  # fmt: skip

BY_KEY = {name.key: name for name in NAMES}

MANY = frozenset({"done", "received", "confirm", "withdraw"})
"""Take several numbers, also with only spaces between."""

ONE = frozenset({"notours", "handover", "extend", "snooze", "look", "return", "approve", "refuse", "assign"})
"""Take a number and then words; several only when joined by a comma, a dash or "và"."""

ACTS = frozenset({"done", "received", "confirm", "withdraw", "approve"})
"""Say that something is so: never done on a negated, future or questioning sentence."""


def slash_names() -> dict[str, str]:
    """Every slash name, lower case and without accents → key."""
    return {written: name.key for name in NAMES for written in (name.key, name.vi, *name.also)}
