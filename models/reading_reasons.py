"""Why a document is not read, and what the reader is not sure of: sentences by stable code."""

from __future__ import annotations

_PLAIN: dict[str, tuple[str, str]] = {
    "empty": ("Văn bản không có chữ nào đọc được.", "The document holds no readable text."),
    "garbled": (
        "Văn bản hỏng phông chữ hoặc không phải văn bản; không đọc được.",
        "The text is garbled or is no text at all; it cannot be read.",
    ),
    "too_long": ("Văn bản quá dài để đọc.", "The text is too long to be read."),
    "foreign": ("Văn bản không viết bằng tiếng Việt.", "The document is not in Vietnamese."),
    "classified": (
        "Văn bản có dấu chỉ độ mật. Đề nghị gửi qua kênh dành cho văn bản mật.",
        "The document carries a secrecy mark. Please use the channel for classified letters.",
    ),
    "law": (
        "Văn bản quy phạm pháp luật hoặc quyết định, không phải văn bản giao việc.",
        "A law or decision.",
    ),
    "article": ("Bài báo hoặc trang tin, không phải văn bản chỉ đạo.", "A news article or web page."),
    "reply": ("Văn bản trả lời, đề nghị hoặc báo cáo, không giao việc.", "A reply, proposal or report."),
    "invitation": ("Giấy mời, không phải văn bản giao việc.", "An invitation."),
    "form": ("Biểu mẫu hoặc danh sách, không phải văn bản giao việc.", "A form or a list."),
    "no_order": ("Không tìm thấy nội dung giao việc nào.", "Nothing in it orders anybody to do anything."),
}
ORDERING = "_ordering"
_LOOKS_LIKE = {
    "law": ("văn bản quy phạm pháp luật hoặc quyết định", "a law or decision"),
    "article": ("bài báo hoặc trang tin", "a news article or web page"),
    "reply": ("văn bản trả lời, đề nghị hoặc báo cáo", "a reply, proposal or report"),
    "invitation": ("giấy mời", "an invitation"),
    "form": ("biểu mẫu hoặc danh sách", "a form or a list"),
}
KIND_REASONS = _PLAIN | {
    code + ORDERING: (
        f"Có vẻ là {vi}, nhưng có câu giao hoặc đề nghị làm việc; xin đọc lại trước khi bỏ qua.",
        f"It looks like {en}, but a sentence in it orders or asks for work: please read it before leaving it.",
    )
    for code, (vi, en) in _LOOKS_LIKE.items()
}
"""Why a document is not read, by code: Vietnamese, English. With `_ordering` something in it orders somebody all the same,
which is for a person to decide."""

DOUBT_REASONS: dict[str, tuple[str, str]] = {
    "number_blank": ("Số văn bản để trống; có thể là dự thảo.", "The number is blank: perhaps a draft."),
    "number_missing": ("Không tìm thấy số văn bản.", "No document number was found."),
    "number_unsure": ("Số văn bản có thể nhận dạng sai.", "The document number may be misread."),
    "date_partial": ("Ngày ban hành để trống một phần.", "Part of the issue date is blank."),
    "date_missing": ("Không tìm thấy ngày ban hành.", "No issue date was found."),
    "date_unsure": ("Ngày ban hành có thể nhận dạng sai.", "The issue date may be misread."),
    "issuer_missing": ("Không rõ cơ quan ban hành.", "The issuing body is not clear."),
    "issuer_unsure": ("Tên cơ quan ban hành cần xem lại.", "The issuing body's name needs a look."),
    "subject_missing": ("Không tìm thấy trích yếu.", "No subject was found."),
    "subject_unsure": ("Trích yếu cần xem lại.", "The subject needs a look."),
    "recipients_missing": ("Không tìm thấy nơi nhận để thực hiện.", "No addressees were found."),
    "recipients_unsure": ("Danh sách nơi nhận cần xem lại.", "The addressees need a look."),
    "contact_unsure": ("Thông tin đầu mối liên hệ cần xem lại.", "The contact needs a look."),
    "signer_missing": (
        "Không tìm thấy người ký: văn bản có thể thiếu phần cuối.",
        "No signer was found: the end may be missing.",
    ),
    "signer_unsure": ("Người ký cần xem lại.", "The signer needs a look."),
    "lead_missing": ("Chưa rõ đơn vị chủ trì.", "The lead unit is not clear."),
    "lead_unsure": ("Đơn vị chủ trì cần xem lại.", "The lead unit needs a look."),
    "lead_assumed": (
        "Khoản này không nêu đơn vị; lấy theo nơi nhận chung.",
        "The clause names nobody; the general addressees were taken.",
    ),
    "lead_cut": (
        "Tên đơn vị chủ trì có thể còn tiếp: chữ đi liền sau có thể thuộc về tên.",
        "The lead's name may go on: the words right after it may belong to it.",
    ),
    "lead_from_above": (
        "Các khoản bên cạnh đều nêu đơn vị, khoản này không: lấy theo câu dẫn.",
        "The clauses beside this one name their units, this one does not: taken from the lead-in.",
    ),
    "coordinate_cut": (
        "Tên đơn vị phối hợp có thể còn tiếp: chữ đi liền sau có thể thuộc về tên.",
        "A coordinating unit's name may go on: the words right after it may belong to it.",
    ),
    "coordinate_unsure": ("Đơn vị phối hợp cần xem lại.", "The coordinating units need a look."),
    "deadline_unsure": ("Thời hạn cần xem lại.", "The deadline needs a look."),
    "deadline_whole_year": (
        "“Trong năm …” có thể chỉ nêu năm của việc, chưa chắc là thời hạn.",
        "“In the year …” may only say which year the work is for, and be no deadline.",
    ),
    "deadline_not_after_issue": (
        "Thời hạn không sau ngày ban hành.",
        "The deadline is on or before the issue date.",
    ),
    "deadline_past": ("Thời hạn đã qua.", "The deadline has passed already."),
    "deadline_year_assumed": (
        "Thời hạn không ghi năm; lấy theo năm ban hành.",
        "No year given; taken from the issue date.",
    ),
    "deadline_before_at_latest": (
        "“Chậm nhất trước ngày”: hiểu là ngày liền trước.",
        "“At the latest before”: read as the day before.",
    ),
    "deadline_impossible": ("Ngày trong thời hạn không có thật.", "The day named does not exist."),
    "deadline_by_reference": (
        "Thời hạn lấy theo khoản khác.",
        "The deadline is taken from another clause.",
    ),
    "period_cutoff": (
        "Định kỳ không nêu ngày; dùng ngày chốt kỳ báo cáo.",
        "Recurring without a day; the report period's cut-off is used.",
    ),
    "relative_start": (
        "Thời hạn tính theo số ngày; chưa rõ ngày bắt đầu.",
        "Counted in days; the day it starts is not known.",
    ),
    "split_unsure": ("Cách tách nhiệm vụ cần xem lại.", "How this clause was split needs a look."),
    "order_unsure": ("Chưa chắc khoản này là nhiệm vụ.", "It is not sure that this is a task."),
    "kind_unsure": (
        "Chưa chắc đây là văn bản giao việc: không khoản nào nêu rõ ai phải làm gì.",
        "It is not sure that this letter orders anything: no clause says clearly who must do what.",
    ),
    "task_astray": (
        "Chỗ này có thể lẫn hai việc vào một hoặc tách nhầm một việc; đề nghị đối chiếu với văn bản.",
        "Two tasks may have run into one here, or one was cut; please compare with the letter.",
    ),
    "kind_invitation": (
        "Giấy mời có kèm việc phải chuẩn bị; xem có cần theo dõi như nhiệm vụ không.",
        "An invitation that also gives something to prepare: see whether that is to be followed up.",
    ),
    "kind_anyway": (
        "Có vẻ không phải văn bản giao việc; được nạp theo lựa chọn của người nạp.",
        "It looks like no letter that orders; it is loaded because the loader chose so.",
    ),
    "text_worn": (
        "Chữ nhận dạng kém: có thể sót hoặc đọc sai nhiệm vụ; đề nghị đối chiếu với bản gốc.",
        "The text was poorly recognised: tasks may be missing or misread; please compare with the original.",
    ),
    "annex_unread": (
        "Phần sau chữ ký có nội dung giao việc (bảng phân công hoặc câu đề nghị) chưa được đọc thành nhiệm vụ.",
        "What stands behind the signature gives work (a table of duties, or a request) that was not read as tasks.",
    ),
    "passage_unread": (
        "Đoạn này có thể là việc được giao mà chưa được đọc thành nhiệm vụ.",
        "This passage may order something, but was not read as a task.",
    ),
    "accents_dropped": ("Đoạn này mất dấu; cần xem lại.", "Accents were lost here."),
}
"""What the reader is not sure of, by stable code: Vietnamese, English."""
