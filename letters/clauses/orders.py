"""Which words order, and which only introduce, thank, approve or close. Patterns over the flat text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.bodies.actors import Actors, lead
from letters.bodies.names import names
from letters.clauses.paragraphs import Body, Paragraph
from letters.text.compare import flat
from letters.text.views import Text

NO_TASKS = re.compile(
    r"\W{0,8}(?:noi dung,? (?:va )?(?:yeu cau|the le|hinh thuc|quy dinh)(?: (?:doi voi|ve|cua|du thi|thi))?\b(?= (?!giao)[^:;]*$)|muc dich|nguyen tac\b|muc tieu|yeu cau\s*\W*$|quan diem|can cu(?![^.;]{0,100},)|danh gia|ket qua (?:dat duoc|thuc hien|kiem tra|ra soat|giam sat|lam viec|hoat dong)|tinh hinh|thuc trang|(?:mot so )?(?:ton tai|han che|kho khan)|nguyen nhan"
    r"|doi tuong|pham vi|co so phap ly|thanh phan|thoi gian,? dia diem|dia diem|su can thiet|nhan dinh|uu diem|bai hoc|dac diem|noi dung danh gia|co so\b|boi canh|thong tin chung|khai niem|giai thich|noi dung (?:hoi nghi|cuoc hop|buoi|lam viec)"
    r"|hien trang|du kien (?:hieu qua|ket qua|kinh phi|nguon)|hieu qua (?:cua|kinh te|du kien)|ly do|(?:nhung|cac|mot so) (?:ket qua|kho khan|ton tai|han che|thuan loi))"
)
"""Titles of sections that hold no orders."""

DESCRIBES = re.compile(
    r"\W{0,8}(?:linh vuc uu tien|(?:thanh phan )?ho so(?: [^\W\d]+){0,5} (?:bao )?gom\b|doi tuong (?:tham gia|du thi|ap dung|tham du|thu huong)"
    r"|tieu (?:chi|chuan)|dieu kien (?:tham gia|du thi|ho tro|dang ky)|muc (?:ho tro|thuong|chi|thu|hoc phi)\b|co cau giai|giai thuong"
    r"|quyen loi|le phi|the le\b|che do (?:uu dai|ho tro)|yeu cau (?:chung|ky thuat|(?:doi voi|ve|cua) (?:nhiem vu|ho so|noi dung"
    r"|de tai|san pham|tac pham|bai|bao cao|the thuc|chat luong|hinh thuc|thi sinh|hoc vien)))"
)
"""Points of a call for proposals, a contest, a course: what it is about, who may come, what it pays."""
DUTIES = re.compile(
    r"\W{0,8}(?:to chuc thuc hien|phan cong (?:nhiem vu|trach nhiem|thuc hien)|trach nhiem (?:thuc hien|cua cac)|nhiem vu cu the)"
)
"""Titles under which a manual too says who is to do what."""

FUNDS = re.compile(
    r"\W{0,8}(?:(?:tong |du toan |nguon )?(?:kinh phi|von)(?: (?:thuc hien|hoat dong|dau tu|to chuc))?|tong muc dau tu)\s*\W*$"
)
"""The title of a whole part about money: sums and sources, no orders unless somebody is named."""
CONSENT = re.compile(
    r"\W{0,8}(?:dong y|thong nhat (?:voi|chu truong|noi dung|de xuat|ve)|ghi nhan|bieu duong|danh gia cao|co ban thong nhat|chap thuan|cho phep|nhat tri|hoan nghenh|cam on|khong dong y)\b"
    r"|\W{0,8}(?:bai bo|huy bo) (?!va\b)(?:(?!theo\b)[^.;]){0,140}?\b(?:cong van|van ban|thong bao|ke hoach|quyet dinh|chi thi|huong dan|cong dien)"
    r"(?: nay)? (?:so )?\d"
)
"""A clause that approves orders nobody."""
ORDERED_TOO = re.compile(
    r"[;.:,]\s+(?:dong thoi,?\s+|va\s+)?(?:giao|yeu cau|de nghi)\s+(?!cua\b)"
    r"|[;.]\s+(?:so|ubnd|uy ban|bo|ban|cong an|cac|thanh tra|van phong)\s[^.;:]{2,70}?\s"
    r"(?:chiu trach nhiem|co trach nhiem|chu tri|khan truong|hoan thien|hoan thanh|to chuc|trien khai)\b"
)
""" "Nhất trí chủ trương …; giao UBND phường …": after the consent an order."""
STATE_OF_THINGS = re.compile(
    r"\W{0,8}(?:khai quat |danh gia )?(?:ve )(?:tinh hinh|ket qua|thuc trang|(?:nhung )?(?:ton tai|han che|uu diem|kho khan))\b"
)
"""The title of a part that tells how things are: "I. VỀ TÌNH HÌNH KINH TẾ - XÃ HỘI"; only who is named in it is ordered."""
NARRATES = re.compile(
    r"\W{0,8}(?:(?:tuy nhien|tuy vay|mac du|ben canh nhung ket qua|thoi gian toi du bao),? |(?:cong van|chi thi|van ban|ke hoach|thong bao|cong dien|huong dan) nay (?:thay the|co hieu luc)\b|thoi gian (?:qua|gan day|vua qua)|hien nay|tinh hinh|trong thoi gian qua|vua qua|ket qua\b|theo (?:bao cao|phan anh|thong tin) cua|qua (?:kiem tra|theo doi|ra soat|thuc te)|(?:nguon )?kinh phi(?: [^\W\d]+){0,6}?\s*:?\s*(?:tu|do|duoc|su dung|lay|trich|chi tu|bao dam tu|thuc hien theo)\b|day la\b"
    r"|viec [^.;]{3,140}? la (?:mot |nhiem vu|yeu cau|trach nhiem|viec|noi dung|giai phap|dieu kien|co so|su)"
    r"|(?:giai thuong|hoi thi|hoi dien|hoi giao luu|cuoc thi|du thao|de an|chuong trinh)(?: [^\W\d]+){0,8}? gom\b)"
)
"""What begins like this tells how things are."""
VALUES = re.compile(
    r"\W{0,8}(?:viec|day|cong tac) [^.;]{3,140}? la (?:mot |nhiem vu|yeu cau|trach nhiem|viec|noi dung|giai phap|dieu kien|co so|su)"
    r"|\W{0,8}[^.;,:]{0,50}?\b(?:ghi nhan|bieu duong|danh gia cao|hoan nghenh|cam on)\s"
)
""" "Việc … là nhiệm vụ cấp bách": says what the matter is worth."""
CITES = re.compile(
    r"\W{0,8}(?:(?:diem|khoan|dieu) \w{1,3},? ){1,3}(?:cua )?(?:thong tu|nghi dinh|luat|quyet dinh|nghi quyet)\b[^.;]{0,120}?(?:quy dinh|dieu khoan)\b"
)
"""A dash that quotes what the law says."""
ANSWERS = re.compile(
    r"\s*(?:(?:phai|hoan toan|truc tiep|toan dien|se) )*chiu (?:hoan toan )?trach nhiem (?:hoan toan |toan dien )?"
    r"(?:thi hanh\b|truoc\b|ca nhan\b|ve (?:tinh (?:chinh xac|trung thuc|phap ly|hop)|moi hau qua|viec (?:cham|de|khong))"
    r"|(?:neu|khi) (?:de|khong|xay))"
    r"(?![^.;]{0,300}\b(?:bao cao ket qua|gui ve|truoc ngay)\b)"
)
""" "Người đứng đầu chịu trách nhiệm trước pháp luật nếu …", "… chịu trách nhiệm thi hành": who answers for it, no act."""
SPANS = re.compile(
    r"\W{0,8}(?:thoi gian|dia diem|thoi diem)(?: [^\W\d]+){0,9}\s*:\s*(?:du kien\s+)?(?:tu|vao|ngay|luc|tai)\b"
    r"(?!.{0,200}\b(?:hoan thanh|xong|cham nhat|gui|bao cao|nop)\b)"
)
"""A sentence that only says from when to when something lasts, or where."""
SOURCES = re.compile(
    r"\W{0,8}(?:nguon )?(?:kinh phi|von)(?: [^\W\d]+){0,7}? (?:bao )?gom\b(?!.{0,500}\b(?:giao|yeu cau|de nghi|truoc ngay)\s)",
    re.DOTALL,
)
""" "Kinh phí thực hiện Kế hoạch gồm: …": where the money comes from, semicolon by semicolon."""
GUIDES = re.compile(
    r"\bhuong dan\b(?![^:]*\b(?:co y kien|yeu cau|de nghi|chi dao|phan cong|giao nhiem vu)\b)"
    r"[^:]{0,260}(?:(?:nhu|diem|noi dung|van de) sau|sau day|cu the)\W*$"
)
"""A lead-in of a manual, that orders nobody."""
DATA = re.compile(
    r"\W{0,8}(?:thoi gian|dia diem|thanh phan|trang phuc|hinh thuc)(?: (?:tham du|lam viec|kiem tra|tham gia|hop|to chuc(?: [^\W\d]+){0,4}))?\s*:"
    r"|\W{0,8}(?:noi dung|doi tuong|thanh phan|quy mo|the le|co cau)(?: [^\W\d]+){0,3} (?:bao )?gom\b"
)
"""Where, when and with whom something takes place."""
EVENT = re.compile(
    r"\W{0,8}(?:thoi gian|dia diem)(?: [^\W\d]+){0,6}\s*:\s*(?:du kien|tu|vao|ngay|luc|\d|tai)\b"
    r"(?!.{0,200}\b(?:hoan thanh|xong|truoc|cham nhat|gui|bao cao|nop)\b)"
)
"""When something takes place, in a clause of its own: no time limit."""
LABELS = re.compile(
    r"\W{0,8}(?:doi tuong|pham vi|hinh thuc|phuong thuc|dia diem|dia ban|quy mo|so luong|thanh phan|thoi luong|co cau|noi dung thi"
    r"|ngon ngu|ban to chuc|giai thuong|le phi|hoc phi|chi phi)(?: [^\W\d]+){0,5}\s*:"
)
"""What a plan lays down in a sentence of its own: "Đối tượng: …", "Hình thức thi: …"."""
ACTS = re.compile(
    r"\b(?:giao|yeu cau|de nghi|bao cao|gui|nop|hoan thanh|chu tri|truoc ngay|cham nhat|co trach nhiem|dam bao|bao dam)\b"
)
BASES = re.compile(
    r"(?:can cu|xet|theo)\s+(?:\w+ ){0,3}(?:luat|bo luat|nghi|quyet|thong|chi thi|cong van|van ban|ke hoach)\b"
    r"|theo (?:quy dinh tai|de nghi cua)\b"
    r"|(?:cac )?(?:can cu|co so)(?: phap ly)?(?: (?:lap|xay dung|de lap|ban hanh)(?: \w+){0,5})?\W*$"
)
"""A dash, or a part, that only names what the letter rests on."""
STATES = re.compile(r"[^\W\d_][^.;:,]{3,110}?\s(?:đã|đang|được|có thể)\s(?!(?:\w+ )?(?:giao|phân công))")
"""What is told of a thing: "Quy chế của Công ty đã được xây dựng …"."""
REPEATS = re.compile(
    r"\b(?:thuc hien|trien khai)(?: (?:tot|nghiem tuc|day du|kip thoi|dong bo|co hieu qua|,|va|nghiem))* "
    r"(?:(?:cac|nhung) )?(?:noi dung|nhiem vu|yeu cau|y kien|cong viec)(?: (?:tren|neu tren|noi tren|nay))\W*$"
)
"""The end of a last appeal: "thực hiện tốt các nội dung trên"."""
ASK_US = re.compile(r"\bde nghi (?:cac don vi )?(?:phan anh|lien he|trao doi truc tiep)\b")
"""Whom to ask in case of difficulty."""
FORM = re.compile(r"(?:\.{6,}|…{2,}|_{5,})")
"""Blanks to fill in: a form, no order."""
AGENDA = re.compile(
    r"\W{0,8}(?:chu tri|chu toa|noi dung|thoi gian|dia diem|thanh phan|hinh thuc|trang phuc|phuong tien|dai bieu|khach moi|kinh moi|tran trong kinh moi|moi\b)"
)
"""Points of an invitation: who presides, where, when."""
CONVENES = re.compile(
    r"\bto chuc (?:(?:phien|cuoc|buoi) )?(?:hoi nghi|hop|lam viec|hoi thao|le|toa dam|hoi thi|tap huan)\b"
)
"""What the convener itself does in an invitation."""
MEETING = re.compile(
    r"\b(?:moi|tham du|du|trieu tap)\b.{0,40}\b(?:hop|hoi nghi|hoi thao|tap huan|buoi lam viec|le|dai hoi|toa dam)\b|\bgiay moi\b"
)
"""Subjects of letters that call people together."""

OPENS = re.compile(r"\b(?:ket luan|y kien chi dao|chi dao|nhu sau|sau day)\b[^.;:]{0,60}:\s*$")
"""The end of the words behind which a notice of conclusions begins to order."""

_POLITE = re.compile(
    r"(?:nghiem tuc|nghiem chinh|kip thoi|khan truong|quan tam|phoi hop|dong bo|hieu qua|to chuc|chi dao|trien khai|,|va|thuc hien|chap hanh|tot|day du|dung|yeu cau|noi dung"
    r"|chi thi|cong van|ke hoach|van ban|cong dien|thong bao|nay|tren|neu|nhung|cac|nhiem vu|qu[iy] dinh|huong dan|tai|theo|tinh than|chat luong|tien do|cua|ket luan|noi tren"
    r"|thoi gian|thoi han|han|bao dam|dam bao|quan triet|\s|biet|de|duoc|\(|\)|nhu|cho|can cu|hien)*\W*$"
)
_WITH_ALL = re.compile(
    r"\bphoi hop (?:chat che )?(?:voi |cung )?(?:cac )?(?:(?:so|ban|nganh|co quan|don vi|dia phuong|to chuc|phong)(?:,| va)? )+"
    r"(?:co )?lien quan"
)
""" "phối hợp với các cơ quan, đơn vị liên quan" in a last appeal: nobody is named."""
_CLOSING = re.compile(
    r"(?:trong qua trinh|qua trinh|neu co|neu gap|truong hop).{0,120}(?:vuong mac|kho khan|phat sinh|can thong tin|chua ro|bat cap|chua phu hop|neu can\b|can (?:thiet )?(?:phai )?(?:sua doi|bo sung|dieu chinh|thay doi))|moi (?:vuong mac|thong tin|y kien|chi tiet|thac mac)"
    r"|^\W{0,8}(?:cac )?(?:don vi|co quan|dia phuong|co so|so|nganh)(?:, (?:don vi|dia phuong))*(?: nao)? (?:gap|co|con) (?:kho khan|vuong mac)"
    r"|\b(?:xin|vui long|de nghi|don vi) lien (?:he|lac)|^\W{0,8}(?:thong tin (?:xin )?(?:chi tiet|lien he)|chi tiet xin|rat mong|tran trong|nhan duoc|xin cam on|kinh trinh"
    r"|van phong \S+.{0,60}thong bao|dau moi (?:lien he|phoi hop)|(?:thong bao|cong van|ke hoach|chi thi|van ban|huong dan) nay)"
)
_FORMULA = re.compile(r"\W{0,8}(?:rat mong|tran trong|nhan duoc)")
"""Words of courtesy that an order by a day may begin with too: "Nhận được Công điện này, X báo cáo … trước ngày …"."""
_ASKS = re.compile(r"\b(?:yeu cau|de nghi|giao)\b")
_DELIVERS = re.compile(r"\b(?:gui|bao cao|nop|hoan thanh|dang ky|tong hop|xong)\b")
_LEAD_IN = re.compile(
    r"\b(?:yeu cau|de nghi|giao(?:\s+nhiem vu)?(?:\s+cho)?|chi dao|luu y|phan cong(?:\s+nhiem vu)?(?:\s+(?:cu the\s+)?cho)?|chi thi(?:\s+cho)?|huong dan|dien khan|rat mong(?=\s+(?:quy|cac)\b))\s+"
)
_NOT_GIVEN = ("giáo", "giào", "giảo", "giáp", "yêu cầu của", "đề nghị của", "giao thông")


def courteous(text: str) -> bool:
    """What follows the addressee only asks to carry out this letter."""
    return len(text) < 400 and bool(_POLITE.match(_WITH_ALL.sub(" ", text)))


def exhorts(lead: str, rest: str) -> bool:
    """After the clauses, a last appeal to all: "Yêu cầu các sở, UBND các xã khẩn trương thực hiện đồng bộ …"."""
    if _ANSWERS_FOR.match(rest) and not re.search(r"\b(?:bao cao|gui|tong hop|nop)\b", rest):
        return True
    everybody = re.match(
        r"(?:cac|thu truong|nguoi dung dau|(?:tong )?giam doc cac|chu tich u|ubnd cac|uy ban nhan dan cac|lanh dao cac"
        r"|(?:(?:hieu|vien|cuc|chi cuc|vu)? ?truong|chanh van phong,? truong|chu nhiem) cac)\b|chu tich",
        flat(lead),
    )
    return bool(everybody) and not re.search(
        r"\bso \d+\s?/|\b(?:bao cao|gui|theo doi|don doc|tong hop|dang ky|cu can bo|nop)\b", rest
    )


_ANSWERS_FOR = re.compile(
    r"\W{0,4}(?:phai )?chiu (?:hoan toan |hoan toan moi |moi )?trach nhiem (?:(?:toan dien|chinh|ca nhan|truc tiep|hoan toan) )?(?:truoc|thi hanh)\b"
)
""" "Giám đốc các sở chịu trách nhiệm trước UBND tỉnh về kết quả": a warning at a letter's end."""


def closing(text: str, timed: bool) -> bool:
    """A sentence that closes a letter: whom to ask, thanks, "Trong quá trình thực hiện, nếu có vướng mắc …"."""
    text = re.sub(r"\([^()]{0,300}\)", "", text)
    if not timed and REPEATS.search(text):
        return True
    found = _CLOSING.search(text)
    if found and timed and _FORMULA.match(found[0]):
        return not (_ASKS.search(text[:200]) or delivers(text))
    return bool(found) and not (timed and _ASKS.search(text[:200]))


def delivers(text: str) -> bool:
    """A sentence that asks for something to be sent or finished, without saying who."""
    return bool(_DELIVERS.search(text))


def lead_in(body: Body, paragraphs: Sequence[Paragraph]) -> Actors:
    """Whom the words before the clauses order: the last "yêu cầu X" of the preamble, or "X có trách nhiệm:" at its end."""
    for paragraph in reversed(paragraphs):
        best = order_in(body, paragraph.start, paragraph.end, last=True)
        if best.how:
            return best
        if paragraph is paragraphs[-1] and _OBLIGED.search(body.f, paragraph.start, paragraph.end):
            best = lead(body, paragraph.start, paragraph.end)
            if best.how:
                return best
    return Actors()


def order_in(body: Text, start: int, end: int, *, last: bool = False) -> Actors:
    """The first "yêu cầu X", "giao X" of a stretch of text; `last`: the last, or else "chỉ đạo X", "hướng dẫn X"."""
    best = weak = Actors()
    for match in _LEAD_IN.finditer(body.f, start, end):
        if (
            body.n.startswith(_NOT_GIVEN, match.start())
            or _QUOTED.search(body.f, max(start, match.start() - 7), match.start())
            or _BY_LAW.search(body.s, max(start, match.start() - 40), match.start())
            or _BY_PAPER.search(body.n, max(start, match.start() - 220), match.start())
        ):
            continue
        strong = not match[0].startswith(("chi dao", "huong dan", "luu y"))
        if match[0].startswith("chi dao") and body.f.startswith("ban ", max(0, match.start() - 4)):
            continue  # "Ban Chỉ đạo Trung ương"
        if not strong and not last:
            continue
        found, after = names(body, match.end(), end)
        if not found or re.match(r"\s*(?:tai|o)\s+(?:cong van|van ban|to trinh)", body.f[after : after + 30]):
            continue
        if not strong:
            weak = Actors(tuple(found), "order", after)
            continue
        best = Actors(tuple(found), "order", after)
        if not last:
            return best
    return best if best.how else weak


_OBLIGED = re.compile(r"\bco trach nhiem[^.;:]{0,40}:\s*$")
_BY_LAW = re.compile(r"(?:Quyết định|Nghị quyết|Nghị định|Luật|Thông tư|Hiến pháp)(?: này| số \S{1,24})?\s+$")
""" "Quyết định giao Ngân hàng A cho vay": what a law gave to somebody, told on the way."""
_BY_PAPER = re.compile(
    r"\bđã\s+(?:kịp thời\s+)?(?:có|ban hành|gửi|ký)\s+(?:\d{1,2} |nhiều |các |một số )?"
    r"(?:công điện|công văn|văn bản|kế hoạch|chỉ thị|thông báo|kết luận|ý kiến|nghị quyết)\b"
    r"(?:(?!\b(?:tuy nhiên|nay|để|nhưng|song|vì vậy|do đó|do vậy)\b|,\s*(?:đề nghị|yêu cầu|giao)\b)[^;:]){0,200}$"
)
""" "UBND tỉnh đã có Công điện số 03/… yêu cầu các đơn vị …": an earlier paper's order, told on the way."""
_QUOTED = re.compile(r"(?:duoc|theo|xet|da)\s+$")
