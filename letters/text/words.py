"""The words a letter is made of: nouns that begin a body's name, words that end it, fields of government.

Data only. Forms are flat (no accents) where two or more words make them safe, accented where one word stands alone.
"""

from __future__ import annotations

from letters.text import verbs


def _listed(text: str) -> tuple[str, ...]:
    """Phrases between bars."""
    return tuple(phrase.strip() for phrase in " ".join(text.split()).split("|"))


def _pairs(text: str) -> frozenset[str]:
    """Pairs of words, a hyphen between the two."""
    return frozenset(pair.replace("-", " ") for pair in text.split())


DETERMINERS = _listed(
    """
đội ngũ | cac | các | mọi | những | từng | mỗi | một số | toàn thể | tất cả | tất cả các | quý | toàn bộ
"""
)
"""Words of number before a noun."""
OFFICES = _listed("""
đồng chí | đ/c | ông | bà | ông ( bà ) | ông , bà | ông / bà | thầy | cô | thầy ( cô ) | thầy giáo |
cô giáo | bộ trưởng bộ | tổng bí thư | tổng cục phó | phó trưởng phòng | phó ban | chỉ huy phó | chính ủy | chính trị
viên | tư lệnh | tham mưu trưởng | tổ phó | đội trưởng | trưởng thôn | trưởng khu | trưởng ấp | trưởng bản | trưởng
đoàn | trưởng trạm | trạm trưởng | kế toán trưởng | quản đốc | lãnh đạo | ban lãnh đạo | tập thể lãnh đạo | thủ trưởng
| người đứng đầu | giám đốc | phó giám đốc | tổng giám đốc | chủ tịch | phó chủ tịch | bí thư | phó bí thư | bộ trưởng
| thứ trưởng | chánh văn phòng | cục trưởng | phó chánh văn phòng | tổng cục trưởng | chi cục trưởng | viện trưởng |
hiệu trưởng | chỉ huy trưởng | trưởng | phó trưởng | trưởng ban | trưởng phòng | phó thủ tướng | thủ tướng | tổng thanh
tra | thống đốc | chủ nhiệm | bộ trưởng các | chánh thanh tra | thường trực | ban thường vụ | ban chấp hành | đoàn chủ
tịch | đại diện | tổng biên tập | chánh án | cá nhân | tổ trưởng
""")
"""Titles of office holders: what follows ("Giám đốc các sở") belongs to the name."""
PEOPLE = _listed("""
kế toán | thủ quỹ | thủ kho | thư ký | giáo viên | giảng viên | nhân viên | công chức | viên chức | người lao động |
học sinh | sinh viên | học viên | nghiên cứu sinh | phụ huynh | chuyên viên | phóng viên | bác sĩ | bác sỹ | điều
dưỡng | dược sĩ | kỹ sư | chủ công trình | chủ hồ chứa | chủ sở hữu | chủ hộ | chủ hồ | chủ đập | chủ tàu |
chủ phương tiện | chủ cửa hàng | chủ trang trại | chủ
nguồn thải | chủ dự án | tiểu thương | thương nhân | hộ kinh doanh | hộ dân | nhân dân | ngư dân | nông dân | thí sinh
| người sử dụng lao động | cha mẹ học sinh | phụ huynh học sinh | già làng | trưởng bon |
người có uy tín | giáo vụ khoa | giáo vụ | trợ giảng | văn thư |
 cộng tác viên | tình nguyện viên | luật sư | ấp | buôn | khu phố | tổ dân phố | đoàn viên
""")
"""People and small bodies that letters of schools, communes and sites give work to; plain lists hold them too."""
AGENTS = _listed("""
ban đại diện cha mẹ học sinh | y tế thôn bản | y tế thôn, bản | gia trại |
bộ phận tiếp nhận và trả kết quả | bếp ăn tập thể | căng tin |
nhà hàng | quán ăn | cơ sở giết mổ | trang trại |
gia đình học sinh | liên hiệp các hội khoa học và kỹ thuật | liên hiệp hội | liên hiệp các tổ chức hữu nghị | nhà khoa học |
hội đồng bồi thường, hỗ trợ, tái định cư | hội đồng bồi thường, hỗ trợ và tái định cư | hội đồng bồi thường, hỗ trợ tái
định cư | hội đồng bồi thường, giải phóng mặt bằng | cơ quan tham mưu, giúp việc | cơ quan tham mưu giúp việc | cơ quan
chuyên trách tham mưu, giúp việc | lực lượng tham gia bảo vệ an ninh trật tự ở cơ sở | lực lượng tham gia bảo vệ antt ở
cơ sở | lực lượng bảo vệ an ninh, trật tự ở cơ sở | lực lượng an ninh cơ sở | lực lượng an ninh, trật tự cơ sở | ban
qlda đầu tư xây dựng công trình | ban qlda đầu tư xây dựng | ban qlda đtxd công trình | ban quản lý dự án đầu tư xây
dựng công trình | ban quản lý dự án đtxd công trình | ncs | kiểm lâm viên | thẩm phán | điều tra viên | kiểm sát viên |
chấp hành viên | chủ doanh nghiệp | ban giám hiệu | ban giám đốc | ban lãnh đạo | ban chủ nhiệm | ban biên tập | nhóm
nghiên cứu | nhóm công tác | đơn vị tư vấn giám sát | đơn vị giám sát | đơn vị thiết kế | đơn vị tư vấn | đơn vị thi
công | đơn vị vận hành | đơn vị quản lý | đơn vị cung cấp | đơn vị thẩm định | đơn vị tổ chức | đơn vị đào tạo | đơn vị
sử dụng | cơ quan thường trực | cơ quan chủ trì | cơ quan quản lý | cơ quan đầu mối | tư vấn giám sát | nhà thầu thi
công | nhà thầu tư vấn | bộ phận một cửa | lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở | lực lượng dân quân tự
vệ | dân quân tự vệ | quân đoàn |
sư đoàn | trung đoàn | lữ đoàn | quân chủng | binh chủng | lớp | chi đoàn | liên đội | trợ lý | người hướng dẫn | cơ
sở đào tạo | cơ sở giáo dục | cơ sở khám bệnh, chữa bệnh | cơ sở y tế | cơ sở kinh doanh | cơ sở sản xuất | tổ hợp tác
| tổng thư ký | ủy viên | công chứng viên | hội đồng chấm thi | hội đồng coi thi | hội đồng ra đề thi
| ban chấm thi | ban coi thi | ban ra đề thi | hội đồng thi đua | khối thi đua | cụm thi đua | lực lượng chức năng | lực lượng
xung kích | đội xung kích | tổ xung kích | tổ bảo vệ an ninh,
trật tự | lực lượng vũ trang | dân quân | cảnh sát | hải đội | hệ thống thông tin cơ sở | hệ thống truyền thanh cơ sở |
nhà hát | nhà khách | bến xe | cảng | sân bay | nhà ga | siêu thị | chợ | khách sạn | cửa hàng | đại lý | agribank |
vietcombank | bidv | vietinbank | petrolimex | fpt | ttyt | tyt | lđlđ | nhà mạng | bqlda | ban qlda | bcđ | hđqt | hđtv | tctd |
nhtm | qtdnd | dnnn | dnnvv | dnvvn | dntn | htx | ctcp | csgd | cskcb | csyt | cssxkd | cđt | nđt | đvsn | đvsncl | llvt |
vpđk | vpđkđđ | ttgdtx | ttgdnn | bqt | đoàn công tác
| đoàn kiểm tra | đoàn thanh tra | đoàn giám sát | tổ kiểm tra | tổ soạn thảo | ban soạn thảo | tổ biên tập | ban giám
khảo | hội đồng thi | hội đồng thẩm định | điểm trường | thống kê tỉnh | thống kê thành phố | thống kê cơ sở | thuế cơ
sở | đội thuế | hội chữ thập đỏ | bảo hiểm xã hội | ban liên lạc | chủ nhiệm đề tài
""")
"""Bodies and offices known by two words or by their letters."""
HEADS = (
    PEOPLE
    + AGENTS
    + _listed("""
văn phòng đăng ký đất đai các chi nhánh | văn phòng đăng ký đất đai | cơ quan truyền thông | ban quản lý dự án đầu tư
xây dựng | ban quản lý dự án | ban quản lý các khu công nghiệp | ban quản lý khu công nghiệp | văn phòng hđnd và ubnd
| văn phòng hội đồng nhân dân và ủy ban nhân dân | văn phòng đoàn đbqh và hđnd | văn phòng đoàn đại biểu quốc hội và
hội đồng nhân dân | văn phòng ubnd | văn phòng ủy ban nhân dân | văn phòng hđnd-ubnd | sở | bộ | ban | ngành | ubnd |
ub | ủy ban | hđnd | hội đồng | công an | cục | chi cục | tổng cục | vụ | văn phòng | phòng | trung tâm | trường |
bệnh viện | trạm | viện | học viện | đoàn | tỉnh đoàn | thành đoàn | huyện đoàn | hội | liên đoàn | tổng liên đoàn |
công đoàn | liên minh | hiệp hội | mặt trận | ngân hàng | kho bạc | bảo hiểm | bhxh | thuế | hải quan | tập đoàn |
tổng công ty | công ty | doanh nghiệp | báo | đài | thông tấn xã | tòa án | viện kiểm sát | thanh tra | kiểm toán |
đảng ủy | tỉnh ủy | thành ủy | huyện ủy | thị ủy | đảng bộ | chi bộ | cấp ủy | bộ chỉ huy | ban chỉ huy | bộ tư lệnh |
ban quản lý | ban chỉ đạo | ban tổ chức | tổ công tác | tổ | đội | hạt | quân khu | lực lượng | cơ quan | đơn vị | tổ
chức | địa phương | huyện | thị xã | thành phố | xã | phường | đặc khu | thị trấn | quận | tỉnh | chủ đầu tư | chủ
rừng | chính quyền | nhà thầu | hợp tác xã | hộ | hộ gia đình | cơ sở | nhà trường | thôn | khu | quỹ | cổng | khối |
khoa | bưu điện | viễn thông | điện lực | mttq | ubmttq | quản lý thị trường | chi nhánh | doanh trại | nhà máy | nhà
xuất bản | hãng | quân sự | biên phòng | bộ đội | kiểm lâm | cảng vụ | đoàn thể | nhà đầu tư | chủ cơ sở | hội đồng
nhân dân | ủy ban nhân dân | ủy ban mặt trận tổ quốc | mặt trận tổ quốc | cấp | tổng hội | phân viện | người dân | cán
bộ | thi hành án | bên | bch | btv | tttu | vp | vpcp | ktnn | tandtc | vksndtc | evn | vnpt | viettel |
mobifone | thành viên |
cộng đồng | các bên | nhà khoa học | tổ chuyên gia | tổ giúp việc | bảo tàng | thư viện | nhà văn hóa | chi hội | phân
hiệu | đại học | phòng khám | ban điều hành | hội cựu chiến binh | nhóm | hội viên | đảng viên | bộ phận | thường trực
| tổng đài | tiểu ban | ban bí thư | chính phủ | quốc hội | nhà nước | trung ương | thủ đô | hạt kiểm lâm | đồn | đồn
biên phòng | kho bạc nhà nước | kbnn | nhcsxh | nhnn | vksnd | tand | bql | kiểm ngư | trại | vườn quốc gia
""")
)
"""Nouns a body's name begins with."""
PLAIN = PEOPLE + _listed("""
cán bộ | cấp ủy | chính quyền | tổ chức đảng | sở | bộ | ban | ngành | huyện | quận | tỉnh | xã | phường | thôn | khối
| đoàn | hội | cơ quan | đơn vị | tổ chức | địa phương | thị xã | thành phố | đặc khu | thị trấn | đoàn thể | doanh
nghiệp | phòng | trung tâm | cục | vụ | viện | trường | hiệp hội | tập đoàn | tổng công ty | công ty | cá nhân | hộ
gia đình | chủ rừng | cơ sở | hợp tác xã | chi cục | tổng cục | nhà trường | hộ | bệnh viện | các cấp | tp | tx | ban
ngành | sở ngành | tổ | trạm | khoa | chi nhánh | học viện | trường học | nhà máy | khu phố | tổ dân phố
""")
"""Words of plain lists: "các sở, ban, ngành, cơ quan, đơn vị, địa phương" is one name."""
NOT_BODIES = _listed("""
phòng, chống |
trường hợp | hội nghị | hội thảo | báo cáo | tổ chức thực hiện | ban hành | đội ngũ | khu vực | khối lượng | cơ sở dữ
liệu | cơ sở hạ tầng | cơ sở vật chất | cơ sở pháp lý | cục bộ | phòng chống | phòng ngừa | phòng cháy | bộ chỉ số |
bộ tiêu chí | bộ thủ tục | bộ máy | bộ luật | quỹ đất | quỹ thời gian | ngành nghề | hộ chiếu | hộ khẩu | báo động |
viện dẫn | đài thọ | trạm thu phí | khu dân cư | đoàn kết | hội nhập | hội tụ | thuế suất | đơn vị tính | đơn vị hành
chính | tổ dân phố | công đoạn | đoàn viên | hội thi | hội chợ | hội diễn | huyện đảo | vụ việc | vụ án | viên chức |
báo giá | bên cạnh | trạm bơm | bảo hiểm thất nghiệp | bảo hiểm y tế toàn dân | thanh tra, kiểm tra
""")
"""What begins like a body and is none."""
FIELDS = _listed("""
kiểm soát chi | kiểm tra kiểm soát nội bộ | kiểm soát nội bộ | kiểm toán nội bộ |
kế hoạch tổng hợp | kế hoạch - tổng hợp | kế hoạch nghiệp vụ | kế hoạch - nghiệp vụ | hành chính quản trị | hành chính
- quản trị | hành chính tổng hợp | hành chính - tổng hợp | tổ chức hành chính | tổ chức - hành chính | tài chính kế
toán | vật tư thiết bị y tế | vật tư - thiết bị y tế | quản lý chất lượng | kiểm soát nhiễm khuẩn | chỉ đạo tuyến |
công tác xã hội | công tác sinh viên | quản trị thiết bị | thanh tra - pháp chế | kiểm soát thủ tục hành chính | cải
cách hành chính | an toàn thực phẩm | y tế dự phòng | y tế công cộng | giáo dục nghề nghiệp | giáo dục thường xuyên |
văn hóa nghệ thuật | tài chính - kế toán | lao động - tiền lương | kinh tế đối ngoại | kinh tế - hạ tầng | dịch vụ
nông nghiệp | công an | công nghiệp | công thương | công thương nghiệp | dân tộc | dân tộc và tôn giáo | du lịch | địa
chính | giao thông vận tải | giao thông công chánh | giáo dục và đào tạo | khoa học và công nghệ | khoa học - công
nghệ | kế hoạch và đầu tư | kế hoạch - tài chính | kinh tế | kinh tế và hạ tầng | kinh tế, hạ tầng và đô thị | lao
động - thương binh và xã hội | lao động, thương binh và xã hội | lao động thương binh và xã hội | ngoại giao | ngoại
vụ | nội vụ | nông nghiệp và môi trường | nông nghiệp và phát triển nông thôn | nông nghiệp | quốc phòng | quy hoạch -
kiến trúc | quy hoạch và kiến trúc | tài chính | tài chính - kế hoạch | tài nguyên và môi trường | thông tin và truyền
thông | thương mại | tư pháp | văn hóa và thể thao | văn hóa, thể thao và du lịch | văn hóa - thể thao và du lịch |
văn hóa thể thao và du lịch | văn hóa, khoa học và thông tin | văn hóa - thông tin | văn hóa và thông tin | văn hóa -
xã hội | văn hóa | văn hóa, xã hội | xây dựng | y tế | thể dục thể thao | thủy sản | khoa học, công nghệ và môi trường
| bưu chính viễn thông | hành chính - quản trị | tổ chức cán bộ | tổ chức - hành chính | chuyển đổi số | quản lý đô
thị | tài nguyên - môi trường | lao động | thông tin | môi trường
""")
"""What ministries, departments and divisions are named after."""
ENDS_1 = frozenset(
    _listed("""
biết | bám | bằng | bố | bổ | bởi | chưa | chấm | chậm | chỉ | coi | còn | cùng | cũng | cần | cử | do | duyệt | dé |
dừng | giao | giúp | giữ | góp | gửi | hiệp | hết | họp | hỗ | khi | không | khắc | ký | kịp | luôn | là | làm | lưu |
lấy | lập | mà | mời | mở | nay | ngay | nghiêm | như | nhận | nhằm | nắm | nếu | nộp | phải | phấn | rà | rồi | soạn
| sẵn | sẽ | sớm | sửa | theo | thu | thì | tiến | treo | trong | trình | trước | trả | tính | tạo | từ | tự | vào |
vì | vẫn | vận | những | về | với | xem | xong | đang | đã | đóng | đưa | đều | để | định | mặc | chọn | mua | bán | đón | đọc
| viết | ghi | gắn | gọi | tìm | tải | đẩy | cấm | quét | siết | nâng
""")
    + _listed(verbs.ONE)
)
"""Lower-case words that cannot stand inside a body's name: with them the order begins."""
ENDS_2 = _pairs("""
han-che cap-tai cap-ma cap-the cap-chung cap-bu tap-hop van-dong ky-cam mac-trang hoan-chinh hoan-tat kich-hoat cai-dat
cai-thien cap-phep cap-kinh don-dep phat-quang phun-thuoc tiem-chung tiem-phong dieu-tiet cach-ly cam-ket tiet-kiem
tan-dung khoanh-vung khai-giang khai-mac ghi-hinh ghi-nho thi-diem thi-tuyen trich-lap truc-24 tu-kiem tu-danh tu-chiu
tu-bao tu-xay khu-trung xuat-cap xuat-trinh nhac-nho nhan-rong nhap-lieu ngung-cap phong-toa san-sang so-tan so-duyet
tao-lap tham-vieng tham-hoi dong-vien thuyet-minh tiep-don tim-kiem tong-ra tong-duyet tra-soat trang-tri treo-co
trong-cay tuyen-duong xac-lap xet-duyet xet-tuyen xoa-bo thu-nop thu-nhan chi-dinh chia-lam cho-phep cho-y chon-cu
chot-so chuan-hoa chung-minh dang-bai dat-hang dau-noi doi-thoai don-tiep don-nhan du-kien dua-don duyet-chi gan-ket
giai-thich gop-phan hieu-chinh huong-ung khoi-cong ky-hop ky-so lan-toa lam-thu lam-chu lap-bien lap-phuong lap-thu
lap-tien neu-ro nghiem-khac dieu-dong nhan-dien cung-ung doc-thuoc quan-sat ra-quan rut-ngan siet-chat tang-thoi
tham-nhap toa-dam phan-luong cam-trai ra-thong cham-diem coi-thi cham-thi chan-chinh lam-sach khan-cap quyen-gop
ung-ho tri-an tang-qua khuyen-cao khuyen-nghi nang-cap rut-ra tang-them giam-thieu ngan-ngua phong-tranh cung-co
gin-giu giu-gin giu-vung bao-ton tu-bo tu-sua sua-chua lap-dat quet-don thay-the vay-von khai-bao ke-khai dang-tai
niem-yet phat-song phat-hanh in-an gioi-thieu gioi-han dinh-huong dinh-gia tham-du thao-luan tiep-xuc tiep-dan
doi-thoai giai-dap lang-nghe ghi-chep luu-tru luu-giu bao-mat ma-hoa sao-luu khoi-phuc cuu-tro cuu-nan ung-cuu bat-giu
xu-phat dieu-tra truy-to khoi-to xet-xu thi-hanh thi-cong giai-the hop-nhat chia-tach chuyen-tiep chuyen-huong
van-chuyen phan-phoi tieu-thu thu-mua du-tru binh-on khoi-dong chao-mung ky-niem thi-dua de-cu mien-nhiem luan-chuyen
dieu-dong biet-phai huan-luyen giang-day thu-nghiem kiem-nghiem quan-trac giam-dinh tham-tra hoi-y bieu-quyet
thong-qua phe-chuan tuyen-bo dam-nhan dam-trach dam-nhiem tiep-can tiep-cong cham-dut dinh-chi tam-dung gia-han
rut-giay cap-moi cap-doi doi-chieu ra-quyet ra-van trinh-du chi-dao phan-cap uy-quyen tu-choi khieu-nai to-cao
giai-toa cuong-che di-doi tai-co co-cau lam-chu lam-nong xung-kich tien-phong di-dau guong-mau neu-guong tu-giac chu-y
luu-y ghi-ro nhap-du cap-du ap-dung bam-sat ban-giao ban-hanh bao-cao bao-dam bao-gom bao-quan bao-ve bien-soan
bien-tap bieu-duong binh-xet bo-nhiem bo-sung bo-tri boi-duong cai-cach can-cu can-doi canh-bao cap-giay cap-nhat
cap-phat cat-giam cham-lo chap-hanh chi-tra chia-se chiu-trach cho-den chu-dong chu-tri chu-trong chuan-bi chuyen-doi
chuyen-giao chuyen-ho co-bao co-bien co-giai co-ke co-nhiem co-trach co-van co-y coi-trong cong-bo cong-khai cong-nhan
cu-can cu-the cung-cap da-duoc dam-bao dan-dat dang-ky danh-gia dao-tao dat-muc dau-tu day-lui day-manh day-nhanh
de-nghi de-xuat den-het den-ngay dien-bien dien-tap dieu-chinh dieu-hanh dieu-phoi dinh-ky doi-moi don-doc dong-bo
dong-thoi du-bao du-hop dua-noi dua-tin duoc-phan duoc-yeu duy-tri ghi-nhan giai-ngan giai-phong giai-quyet giai-trinh
giam-sat gom-co gop-y gui-bao gui-ket gui-ve hang-gio hang-nam hang-ngay hang-quy hang-thang hang-tuan ho-tro
hoan-thanh hoan-thien hop-tac huong-dan huy-dong ket-noi ket-qua keu-goi khac-phuc khai-thac khan-truong khao-sat
khen-thuong khuyen-khich kiem-dem kiem-diem kiem-ke kiem-soat kiem-tra kien-nghi kien-toan kinh-de kip-thoi ky-ket
ky-luat la-co la-dau la-don lam-co lam-dau lam-ro lam-sach lam-tot lam-viec lap-danh lap-du lap-ho lap-ke lay-y len-ke
lien-he lua-chon mo-rong mo-so moi-don mua-sam nam-bat nang-cao neu-cao ngan-chan nghiem-cam nghiem-chinh nghiem-thu
nghiem-tuc nghien-cuu ngiem-tuc ngoai-ra nhan-duoc nhan-thuc nhanh-chong nhu-sau no-luc pha-bo phan-anh phan-bo
phan-cong phan-dau phan-dinh phan-loai phan-tich phat-dong phat-hien phat-huy phat-trien phe-duyet pho-bien phoi-hop
phong-chong phong-ngua phu-trach quan-ly quan-tam quan-triet quang-ba quyet-dinh quyet-liet quyet-toan ra-soat
rai-soat rut-kinh rut-ngan sang-loc sap-nhap sap-toi sap-xep sau-day se-duoc so-hoa so-ket su-dung sua-doi suu-tam
tang-cuong tang-toc tao-dieu tap-huan tap-trung tham-dinh tham-gia tham-khao tham-muu tham-van thanh-lap thanh-tra
theo-chuc theo-doi thong-bao thong-ke thong-nhat thu-hoi thu-thap thu-tuc-va thuc-day thuc-hien thuc-thi
thuong-truc-24 thuong-truc-theo thuong-xuyen tich-cuc tich-hop tien-hanh tiep-nhan tiep-thu tiep-tuc tim-hieu
tinh-gian tinh-hinh tinh-toan to-chuc toi-uu tong-hop tong-ket tra-cuu tra-loi tra-no tran-trong trang-bi trao-doi
tren-co tri-hoan trien-khai trinh-bay trinh-ubnd trong-do trong-nam trong-qua trong-quy trong-thang trong-thoi
truc-ban truc-tiep truy-cap tu-chu tu-ra tu-to tu-van tuan-thu tuan-tra tung-buoc tuy-theo tuyen-chon tuyen-dung
tuyen-truyen ung-dung ung-pho uu-tien va-cac-don van-dong van-hanh xac-dinh xac-minh xac-nhan xay-dung xem-xet xin-y
xu-ly yeu-cau
""") | _pairs(verbs.PAIRS)
"""Flat pairs of words an order begins with; a lower-case pair of these ends a body's name."""
WHOLE = frozenset(_listed(verbs.WHOLE))
"""Pairs, accented, that stand whole inside names and begin no order."""
COMPOUNDS = _pairs("""
lien-hiep thuong-truc giup-viec dao-tao chu-nhiem chu-quan van-hoa tu-van quan-tri tai-tro bao-tro tham-muu-giup
dau-moi dac-biet cap-cuu tu-phap tu-tuong giao-vien giang-vien hoc-vien dan-van tuyen-giao cong-lap doc-lap dan-lap
cong-trinh chuong-trinh quy-trinh qua-trinh lo-trinh tien-trinh may-tinh tai-dinh quy-dinh tu-thien tu-nhien tu-quan
giao-thong giao-dich giao-duc van-tai hiep-hoi chi-huy dinh-cu thu-nhap thu-ngan thu-thue cung-cap bo-tuc cung-nganh
bau-cu ung-cu lam-nghiep hang-khong ngan-hang chinh-tri tai-san co-dinh thu-do nuoc-ve ve-tinh cong-tu tu-nhan tu-thuc
thu-phi mat-bang nguoi-nop xuc-tien trat-tu
""")
"""Flat pairs in which a word of ENDS_1 is only half a word."""
PLURAL_AFTER = _pairs("""
ban-buon ban-le quan-ly dao-tao nghien-cuu cung-cap kinh-doanh san-xuat hoat-dong bao-chi su-dung dau-tu tu-van
khai-thac van-hanh thong-tin che-bien xuat-khau dich-vu chuyen-mon tham-dinh giao-duc xay-dung chuyen-giao ung-dung
tiep-nhan chi-dao kiem-dinh giam-dinh
""")
"""The same after a plural noun ("các cơ quan quản lý"), where most pairs are the order itself."""
COMMA_WORDS = _pairs("""
trong-vat tan-bao tin-bao hinh-bao bao-dai kham-chua phong-chong thanh-truyen chay-chua nan-cuu kiem-cuu bao-lut lut-bao ben-bai
thi-tuyen bien-giao dua-khen nhung-lang phi-tieu tam-nha ninh-trat bao-chi-xuat buu-vien cham-bao thu-mien truc-ung hoc-cong
""")
"""The words around a comma inside a name: "Khám, chữa bệnh", "Phát thanh, truyền hình"."""
ACTIVITIES = _pairs("""
ban-buon ban-le san-xuat kinh-doanh su-dung bao-quan van-chuyen khai-thac che-bien hoat-dong cung-cap cung-ung luu-tru
xuat-khau nhap-khau mua-ban phan-phoi tham-do thu-gom xu-ly tu-van dau-tu tai-che buon-ban nuoi-trong giet-mo che-tao
quan-ly van-hanh dich-vu xay-dung nghien-cuu dao-tao boi-duong tieu-thu sua-chua
""")
"""What a plural of bodies is narrowed by, in lists: "các đơn vị sản xuất, kinh doanh, sử dụng hóa chất"."""
EITHER = _pairs("""
xay-dung to-chuc huong-dan kiem-tra tuyen-truyen nghien-cuu su-dung ho-tro bao-ve phat-trien tham-gia tham-dinh thanh-tra
tiep-nhan ung-dung chuyen-doi chi-dao cong-tac cung-cap van-hanh khai-thac
""")
"""Pairs that after a plural are the order where an object follows, and part of the name where none does."""
HAVE_TO = _pairs("""
co-trach co-y co-bao co-cao co-ke co-giai co-bien co-van co-hinh co-nhiem co-phuong co-huong co-cong co-the co-su
co-to co-quyen
""")
""" "có" with these orders ("có kế hoạch", "có văn bản"); with other nouns it narrows a plural: "các xã có rừng"."""
QUALIFIERS = frozenset(
    _listed("""
và | các | có | liên | thuộc | trực | tại | trên | nơi | khu | cấp | đặc | thị | quận | xã | phường | huyện | tỉnh |
thành | phố | nêu | khác | được | của | đóng | hội | vực | phía | biên | đảo | miền | vùng | bị | ven | ủy | đoàn | biệt |
khó | trọng | giáp | mới | lân | cận | cũ | cùng | còn | số | thôn | bản | tổ | địa | dọc | hoặc | tương | điện | ở
""")
)
"""Lower-case words that may follow "tỉnh", "xã", "Sở Tài chính" and still belong to the name; any other begins the order."""
NAMED_AFTER = _pairs("""
bao-chi bao-tro bao-ve boi-duong cham-soc che-bien chi-dao chi-huy chuyen-doi chuyen-giao chuyen-mon cong-tac cung-cap
cung-ung dao-tao dau-tu dich-vu dieu-hanh giai-phong giam-dinh giao-duc ho-tro hoat-dong hoc-tap huong-dan khai-thac
kiem-dinh kiem-soat kiem-tra kinh-doanh nghien-cuu phat-trien quan-ly quan-trac san-xuat su-dung tham-dinh tham-gia
thanh-tra thong-tin thuc-thi tiep-nhan to-chuc tu-van tuyen-truyen ung-dung van-hanh xay-dung xuat-khau xuc-tien
""")
"""Pairs that may follow a noun at once and still belong to the name: "Trung tâm phát triển quỹ đất"."""
SURNAMES = frozenset(
    """ an au bach ban be bo bui ca cam cao cham chao chau chu cu cung dam dang danh dao dau deo diem dieu dinh do doan dong
duong giang giap h ha hang hau ho hoang hua huynh hy kha khong khuat khuc kieu kim kpa ksor la lai lam lang le lieu lo
loc lu luc luong luu luyen ly ma mac mai mau mong mua ngan nghiem ngo nguy nguyen nhu nie ninh nong on pham phan phi
phu phung po quach quan quang rah rmah ro sam siu son sung ta tan tang tao thach thai than thap thi thieu tien tieu to
ton tong tra tran trieu trinh truong tu ung uong van vang vi vo vu vuong y
""".strip()
    .replace("\n", " ")
    .split(" ")
)
"""First words of Vietnamese personal names, flat."""
RANKS = _listed("""
dsckii | dscki | bsck2 | bsck1 | bs.ckii | bs.cki | ds.ckii | ds.cki | thiếu tướng | trung tướng | thượng tướng | đại
tướng | đại tá | thượng tá | trung tá | thiếu tá | đại úy | thượng úy | trung úy | thiếu úy | pgs | gs | ts | ths | bs
| bác sĩ | bác sỹ | thạc sĩ | thạc sỹ | tiến sĩ | tiến sỹ | kỹ sư | ks | bsckii | bscki | cn | cử nhân | ds | dược sĩ
| đồng chí | đ/c | d/c | d/e | đ/c: | ông | bà | anh | chị | ông/bà | đ.c | đc | đồng chí: | luật sư | ckii | cki
""")
"""Titles before a person's name."""
LINKS = frozenset(
    _listed("""
theo | để | nhằm | trong | về | từ | vào | vì | với | bằng | bởi | do | khi | nếu | như | trước | còn | mà | là | rồi
| nay | hết | xong | đã | đang | sẽ | cũng | không | chưa | tại | trên | có
""")
)
"""Words that link a name to what stands before it, and order nothing."""
THINGS = frozenset(
    _listed("""
chế | kết | kinh | nội | công | thời | việc | hồ | sổ | số | kế | văn | quá | trường | tình | báo | chương | đề | hình | địa
| thành | mục | yêu | nguyên | quy | danh | biên | biện | tài | tiến | chất | tổng | mỗi | một | đối | theo | trên |
trong | ngoài | sau | trước | khi | nếu | nhằm | đảm | bảo | bám | tăng | đẩy | nâng | cử | xây | về | và | từ | tự |
nghị | quyết | luật | thông | chỉ | tỷ | toàn | giá | lý | hướng | phương | nhiệm | vụ | giải | mẫu | phần | diện |
hoạt | phòng | hàng | nguồn
""")
)
"""First words of what is no actor: results, funds, contents, times."""
CERTAIN = _pairs("""
chu-tri phoi-hop tham-muu bao-cao thuc-hien xay-dung ra-soat tong-hop huong-dan kiem-tra chuan-bi bo-tri thong-bao
chiu-trach co-trach phu-trach hoan-thien theo-doi tu-van cung-cap
""")
"""Orders that show that a person or a body stands before them."""
