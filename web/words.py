"""What our pages say, in both languages."""

from typing import Literal

Language = Literal["vi", "en"]
WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "file": "Tệp",
        "once": "Liên kết dùng một lần, trong 24 giờ. Không chuyển tiếp cho người khác.",
        "download": "Tải xuống",
        "sorry": "Chưa tải được",
        "gone": "Liên kết không còn dùng được",
        "upload": "Gửi tệp",
        "upload_what": "Gửi văn bản, minh chứng hoặc danh sách; trả lời sẽ có trong cuộc trò chuyện.",
        "files": "Tệp hoặc ảnh",
        "limits": "Tối đa {files} tệp, mỗi tệp không quá {megabytes} MB.",
        "words": "Lời nhắn (không bắt buộc), ví dụ: xong 3",
        "send": "Gửi",
        "too_much": "Quá nhiều hoặc quá lớn: tối đa {files} tệp, mỗi tệp {each} MB, tổng cộng {megabytes} MB.",
        "too_fast": "Chưa nhận: đang có quá nhiều tin cùng lúc. Đề nghị gửi lại sau một phút.",
        "no_file": "Chưa chọn tệp nào, hoặc tệp không có nội dung.",
        "received": "Đã nhận {n} tệp",
        "back_to_chat": "Đề nghị mở lại cuộc trò chuyện để xem trả lời.",
    },
    "en": {
        "file": "File",
        "once": "For one use, within 24 hours. Please do not pass the link on.",
        "download": "Download",
        "sorry": "Not available",
        "gone": "This link does not work any more",
        "upload": "Send files",
        "upload_what": "Send a letter, evidence or a list; the answer comes in the chat.",
        "files": "Files or photos",
        "limits": "At most {files} files of {megabytes} MB each.",
        "words": "Words to go with them (optional), for example: done 3",
        "send": "Send",
        "too_much": "Too many or too big: at most {files} files, {each} MB each, {megabytes} MB in all.",
        "too_fast": "Not received: too many messages at once. Please send again in a minute.",
        "no_file": "No file was chosen, or it is empty.",
        "received": "{n} files received",
        "back_to_chat": "Please go back to the chat to see the answer.",
    },
}
