"""More words an order begins with, read into `words.ENDS_1` and `words.ENDS_2`: what offices, schools, sites, communes and
rescue forces are told to do. Data only: lone words accented, pairs without marks and with a hyphen.

Left out on purpose is what names of bodies are made of too (phục vụ, dự phòng, bảo trì, quy hoạch, cứu hộ, truyền thông).
"""

from __future__ import annotations

ONE = """
bày | vớt | bơm | dập | đốt | đuổi | nạo | phun | rào | tiêm | vá | vẽ | gieo | rải | bón | tắt |
cắm | cắt | chặt | chịu | dán | dành | dỡ | dọn | dựa | đặt | điền | đắp | gặp | gồm | gỡ | kéo | khép | khơi | khoanh |
lo | mang | mượn | nghỉ | ngừng | nhắc | nhắn | nhờ | nhường | rút | sắp | tặng | tận | thả | tháo | thắp | trao | trích | trực |
tuân | tăng | viếng | xem | xin
"""
"""Lone lower-case words, accented."""

PAIRS = """
an-bai ket-thuc thiet-lap thu-hut tranh-thu truy-cuu vinh-danh liet-ke cai-tao nam-chac dong-gop huy-bo
tao-thuan trao-tang dan-nhan bao-ngay bao-kip noi-khong cham-dut suc-rua
an-dinh an-tang an-ui bac-cau bai-bo bai-tri bai-tru ban-bac bao-chay bao-danh bao-lanh bao-luu bao-ten bao-tin
bao-toan bao-trum bao-vay bat-ngo bau-chon binh-bau binh-chon bo-khuyet boc-do boc-go boc-xoa boi-dap boi-hoan
bom-nuoc bom-tieu cach-chuc cai-cam cai-chinh cai-tien cai-ung cam-bien cam-doan cam-moc cam-tieu can-nhac canh-cao
canh-gac canh-giac canh-gioi canh-truc cap-bach cap-gao cap-nhap cap-toc cap-von cat-boc cat-cu cat-tia cau-sieu
cham-bon cham-chon cham-cong cham-giai chang-chong chao-hang chap-thuan chat-che chat-tia che-chan che-phu chen-chong
chi-thuong chi-tien chi-vien chia-buon chia-ca chia-nhom chia-to chieu-theo chinh-don chinh-ly chinh-sua chinh-trang
chinh-xac chot-danh chot-phuong chua-tri chuyen-cho chuyen-den chuyen-kinh chuyen-tien chuyen-tra co-lap co-vu
cong-tam cuu-chua cuu-doi cuu-te dam-phan dan-ap danh-dau danh-ma danh-so dao-dap dap-dich dap-lua dap-tat dau-tranh
day-bu day-duoi de-bat de-ra de-xuong di-chuyen di-dan di-tan diem-danh diem-nhanh diem-tin diet-bo diet-lang do-bo
do-tim doi-sanh doi-soat don-thuc dot-xuat duy-tu ganh-vac gap-rut gia-co giai-ma giam-lai giam-muc giam-phat
giam-thoi giam-ty gieo-cay gieo-sa giup-do go-bo go-kho go-vuong ha-muc ha-thap hanh-quan hau-kiem hau-thuan hien-ke
hoan-tra hoan-ung hoi-dap hua-hen huong-den huong-toi it-nhat ket-hop khai-bo khai-quat khai-truong khang-cao
khang-nghi khen-ngoi khich-le khoan-chi khoanh-dinh khoi-kien khoi-phuc khoi-xuong khong-che khu-khuan kich-cau
kich-thich kiem-chung kiem-duyet kiem-kho kiem-phieu kiem-quy kiem-sat kiem-thao kiem-tu kien-dinh kien-quyet kien-tri
lan-truyen lap-lai lap-tuc len-an len-danh len-lich len-phuong linh-hoat loai-bo loai-tru long-ghep luan-phien
luyen-tap manh-dan mau-chong minh-bach moi-ngay moi-thang moi-tuan mot-mat muc-dat nang-muc nang-tam nang-ty nao-vet
neo-buoc neo-dau neu-ten ngan-can ngan-lu ngan-man nghe-bao nhac-lai nhac-viec nhap-cac nhap-hoc nhap-kho nhap-may
nhap-so nhap-thong nhat-quan nhat-thiet nhuong-duong niem-phong noi-guong on-luyen on-tap pha-do phan-bac phan-bien
phan-ca phan-chia phan-hoi phan-ky phan-lan phan-lich phan-nhom phan-quyen phan-tuyen phan-vung phat-nguoi phat-phieu
phat-tien phat-tin phat-to phe-binh phe-phan phoi-ket phu-bat phuc-dap phuc-dung phuc-tra phun-hoa phun-khu quet-ma
quy-doi quy-tap quy-trach quyet-tam ra-pha ran-de ren-luyen rut-gon rut-ho san-gat san-lap san-ui sap-lich sau-sat
so-khop so-sanh soi-xet suy-ton tap-duot tap-ket tay-xoa tha-ca tha-giong tham-chieu tham-kham tham-luan tham-tang
than-trong thao-do thao-go that-chat thau-hieu thay-phien thoa-thuan thu-xep thuc-giuc thuong-luong thuong-thao
thuyet-phuc thuyet-trinh tich-nuoc tien-dua tiep-quan tiep-suc tiep-te tiep-ung tieu-doc tieu-huy tieu-nuoc tim-giai
tim-nguon toi-thieu ton-tao ton-vinh tong-kiem tong-ve tran-ap trang-hoang trao-giai treo-bang treo-bien trich-dan
trich-xuat triet-de triet-pha triet-tieu trinh-chieu trinh-dien tro-chuyen truc-chi truc-chien truc-dien truc-lanh
trung-bay trung-cau truy-bat truy-duoi truy-quet truy-thu truy-tim truy-vet truy-xuat truyen-dat truyen-tai tu-nguyen
tu-tuc tuan-de tuan-tieu tuc-thoi tuc-truc tuoc-quyen tuyet-doi ung-truc ung-truoc xac-thuc xep-do xep-hang xep-lich
xep-loai xep-thoi xin-loi xu-li xu-nghiem xu-tri xua-duoi xuat-quy xuong-giong chot-chan
tam-hoan tam-ngung tam-dinh tam-ung hoan-cac bao-dong chao-co dang-huong chung-tay chung-suc mien-giam gian-hoan
nhan-manh phan-khai phan-giao sao-gui sao-ke kinh-bao hoi-am ho-de xa-nuoc xa-lu tru-nuoc tiet-giam trung-dung
trung-mua trieu-tap truy-linh xet-chon xet-tang de-cao dang-cai phac-thao quay-phim mo-phong thoai-von thong-suot
thanh-quyet chi-ho gat-lua phat-tai phat-qua phat-thuoc phat-gao thu-gom van-hanh soat-xet cap-hoa cap-vat cap-thuoc
"""
"""Lower-case pairs, without marks."""

WHOLE = """
nghỉ dưỡng | nghỉ mát | còn lại | việc làm | gia đình | truyền thanh | phát thanh | viễn thông | lưu trú | lưu động |
lưu niệm | ký túc | giữ xe | giữ trẻ | gửi xe | không chuyên | cùng cấp | cùng ngành | hậu cần | tiếp công | tiếp dân
| bổ trợ | đón tiếp | xây lắp | cho thuê | nhận thầu | đóng tàu | chọn giống | mua sắm | gia tăng | bán trú | trợ giúp
| thu mua | nhập khẩu | trả góp | đo lường
"""
"""Pairs, accented, that stand whole inside names and begin no order: "Ban Quản lý ký túc xá", "Tiểu ban Hậu cần"."""
