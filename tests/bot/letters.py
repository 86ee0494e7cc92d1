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

SECRET = "MẬT\n" + WHOLE

ARTICLE = """Bắc Ninh: Khai mạc hội chợ sản phẩm nông nghiệp năm 2026

Sáng nay, hội chợ sản phẩm nông nghiệp tiêu biểu đã khai mạc tại trung tâm thành phố với hơn một trăm gian hàng.
Phát biểu tại lễ khai mạc, đại diện ban tổ chức cho biết hội chợ kéo dài năm ngày và dự kiến đón hàng nghìn lượt khách.
Người dân và du khách có dịp thưởng thức nhiều đặc sản của các địa phương trong vùng.
Bên cạnh các gian hàng, ban tổ chức còn chuẩn bị chương trình văn nghệ phục vụ nhân dân vào các buổi tối.
Theo ghi nhận của phóng viên, ngay từ sáng sớm đã có đông đảo người dân tới tham quan, mua sắm.
(Nguồn: Báo địa phương)
"""
