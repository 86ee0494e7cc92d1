"""Invented letters for the stories of loading."""

WHOLE = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BẮC NINH                           Độc lập - Tự do - Hạnh phúc
Số: 812/UBND-VX                    Bắc Ninh, ngày 20 tháng 11 năm 2026
V/v tăng cường công tác tiêm chủng

Kính gửi: Sở Y tế; Sở Tài chính.

Thực hiện chỉ đạo của Chính phủ, Chủ tịch UBND tỉnh yêu cầu:

1. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính rà soát số trẻ chưa tiêm chủng, báo cáo UBND tỉnh trước ngày 15/12/2026.

2. Giao Sở Tài chính bố trí kinh phí mua vắc xin trong tháng 12/2026.

Yêu cầu các đơn vị nghiêm túc thực hiện. Thông tin xin liên hệ: đ/c Lê Theo Dõi, ĐT 0912000222.

Nơi nhận:                                    KT. CHỦ TỊCH
- Như trên;                                  PHÓ CHỦ TỊCH
- Lưu: VT.
                                             Nguyễn Văn Mẫu
"""

_HEAD = """SỞ Y TẾ                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BẮC NINH                    Độc lập - Tự do - Hạnh phúc
Số: {number}                    Bắc Ninh, ngày 20 tháng 11 năm 2026
V/v bổ sung hồ sơ mẫu

Kính gửi: {to}

"""
_FOOT = """
Nơi nhận:                                    KT. GIÁM ĐỐC
- Như trên;                                  PHÓ GIÁM ĐỐC
- Lưu: VT.
                                             Nguyễn Văn Mẫu
"""

ANSWER = (
    _HEAD.format(number="877/SYT-NVY", to="Sở Tài chính")
    + "Sở Y tế nhận được Văn bản số 12/STC-NS ngày 02/11/2026 của Sở Tài chính.\n"
    + "Sở Y tế đề nghị Sở Tài chính nộp bổ sung bản vẽ mẫu về Sở Y tế.\n"
    + _FOOT
)
"""An answer, with something ordered in it."""

UNREAD = (
    _HEAD.format(number="812/SYT-NVY", to="Sở Tài chính")
    + "Thực hiện chỉ đạo của UBND tỉnh, Sở Y tế đề nghị:\n\n"
    + "1. Sở Tài chính kiểm tra kho thuốc mẫu; báo cáo kết quả về Sở Y tế trước ngày 15/12/2026.\n\n"
    + "Sở Y tế yêu cầu các sở, ban, ngành khẩn trương thực hiện đồng bộ, hiệu quả các giải pháp nhằm cải thiện chất lượng "
    + "mẫu thuộc ngành, lĩnh vực, địa bàn quản lý./.\n"
    + _FOOT
    + "\nPhụ lục\nTT\nNội dung công việc\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian hoàn thành\nRà soát kho\nSở Tài chính\n"
)
"""One task; a sentence and an annex that may order something and became no task."""

SECRET = "MẬT\n" + WHOLE

ARTICLE = """Bắc Ninh: Khai mạc hội chợ sản phẩm nông nghiệp năm 2026

Sáng nay, hội chợ sản phẩm nông nghiệp tiêu biểu đã khai mạc tại trung tâm thành phố với hơn một trăm gian hàng.
Phát biểu tại lễ khai mạc, đại diện ban tổ chức cho biết hội chợ kéo dài năm ngày và dự kiến đón hàng nghìn lượt khách.
Người dân và du khách có dịp thưởng thức nhiều đặc sản của các địa phương trong vùng.
Bên cạnh các gian hàng, ban tổ chức còn chuẩn bị chương trình văn nghệ phục vụ nhân dân vào các buổi tối.
Theo ghi nhận của phóng viên, ngay từ sáng sớm đã có đông đảo người dân tới tham quan, mua sắm.
(Nguồn: Báo địa phương)
"""
