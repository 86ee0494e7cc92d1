"""What divisions, centres and services are named after whose names hold a comma, an "và" or a word that could order:
"Phòng Quản lý chất lượng giáo dục", "Trung tâm Giám sát, điều hành đô thị thông minh". Data only, read into `FIELDS`.
"""

from __future__ import annotations

NAMED = """
kinh tế, hạ tầng và đô thị | hạ tầng và đô thị | văn hóa và xã hội | phục vụ hành chính công | cung ứng dịch vụ công |
cung ứng dịch vụ sự nghiệp công | dịch vụ sự nghiệp công | dịch vụ tổng hợp | dịch vụ công | dịch vụ việc làm | việc
làm | lao động, việc làm | lao động, việc làm và giáo dục nghề nghiệp | quản lý lao động, việc làm | quản lý lao động
ngoài nước | lao động - việc làm | người có công | bảo trợ xã hội và trẻ em | bảo trợ xã hội | trẻ em và bình đẳng
giới | xúc tiến đầu tư | xúc tiến thương mại | xúc tiến du lịch | xúc tiến đầu tư và thương mại | xúc tiến đầu tư,
thương mại và du lịch | xúc tiến đầu tư, thương mại, du lịch | thông tin và xúc tiến du lịch | thông tin xúc tiến du
lịch | khuyến công và xúc tiến thương mại | khuyến công và tư vấn phát triển công nghiệp | giám sát, điều hành đô thị
thông minh | giám sát, điều hành thông minh | điều hành thông minh | điều hành đô thị thông minh | giám sát điều hành
đô thị thông minh | quản lý và điều hành vận tải hành khách công cộng | quản lý vận tải công cộng | quản lý chất lượng
giáo dục | khảo thí và quản lý chất lượng giáo dục | khảo thí và đảm bảo chất lượng | quản lý chất lượng công trình |
quản lý xây dựng công trình | quản lý xây dựng | quản lý nhà và thị trường bất động sản | quản lý nhà và phát triển đô
thị | phát triển đô thị và hạ tầng kỹ thuật | quản lý vận tải và phương tiện | quản lý kết cấu hạ tầng giao thông |
quản lý đầu tư xây dựng | giám định xây dựng | kiểm định chất lượng công trình xây dựng | quy hoạch xây dựng | quản lý
đất đai | đo đạc, bản đồ và viễn thám | quản lý tài nguyên nước | tài nguyên nước và khí tượng thủy văn | biển và hải
đảo | bảo vệ môi trường | quan trắc tài nguyên và môi trường | kỹ thuật tài nguyên và môi trường | phát triển quỹ đất
| đăng ký đất đai | trồng trọt và bảo vệ thực vật | chăn nuôi và thú y | chăn nuôi, thú y và thủy sản | chăn nuôi, thú
y | thủy sản và kiểm ngư | thủy lợi và phòng, chống thiên tai | quản lý đê điều và phòng, chống thiên tai | quản lý
chất lượng nông, lâm sản và thủy sản | quản lý chất lượng nông lâm sản và thủy sản | quản lý chất lượng, chế biến và
phát triển thị trường | kinh tế hợp tác và phát triển nông thôn | phát triển nông thôn | nước sạch và vệ sinh môi
trường nông thôn | dân số và phòng, chống tệ nạn xã hội | dân số - kế hoạch hóa gia đình | dân số, trẻ em - phòng,
chống tệ nạn xã hội | phòng, chống tệ nạn xã hội | an toàn vệ sinh thực phẩm | kiểm soát bệnh tật | quản lý hành nghề
y dược tư nhân | nghiệp vụ y | nghiệp vụ dược | quản lý khám, chữa bệnh | quản lý y, dược cổ truyền | kiểm nghiệm
thuốc, mỹ phẩm, thực phẩm | vận chuyển cấp cứu | giám định y khoa | pháp y | tiêu chuẩn đo lường chất lượng | tiêu
chuẩn - đo lường - chất lượng | ứng dụng tiến bộ khoa học và công nghệ | đổi mới sáng tạo | khởi nghiệp và đổi mới
sáng tạo | quản lý công nghệ và đổi mới sáng tạo | bưu chính, viễn thông | công nghệ thông tin và truyền thông | công
nghệ số | công nghệ số cộng đồng | báo chí và xuất bản | quản lý văn hóa | quản lý văn hóa và gia đình | quản lý di
sản | quản lý du lịch | quản lý thể dục thể thao | huấn luyện và thi đấu thể dục thể thao | huấn luyện và thi đấu thể
thao | văn hóa, thông tin và thể thao | văn hóa, thể thao và truyền thanh | văn hóa, thông tin, thể thao và du lịch |
văn hóa, thể thao | văn hóa - thể thao và truyền thanh | văn hóa, thể thao, thông tin và truyền thông | quản lý thương
mại | quản lý công nghiệp | quản lý năng lượng | kỹ thuật an toàn và môi trường | quản lý xuất nhập khẩu | quản lý
ngân sách | quản lý giá và công sản | quản lý giá - công sản | quản lý nợ, thuế và tài chính | đăng ký kinh doanh |
quản lý doanh nghiệp | đầu tư công | kinh tế đối ngoại và hợp tác quốc tế | thẩm định và giám sát đầu tư | tổng hợp,
quy hoạch | tổng hợp - quy hoạch | các định chế tài chính | tổ chức, biên chế | tổ chức bộ máy và biên chế | công
chức, viên chức | xây dựng chính quyền | xây dựng chính quyền và công tác thanh niên | chính quyền địa phương | thi
đua - khen thưởng | thi đua, khen thưởng | văn thư, lưu trữ | văn thư - lưu trữ | lưu trữ lịch sử | quản lý văn thư,
lưu trữ | cải cách hành chính | kiểm soát thủ tục hành chính | bổ trợ tư pháp | hành chính và bổ trợ tư pháp | hành
chính tư pháp | trợ giúp pháp lý | trợ giúp pháp lý nhà nước | dịch vụ đấu giá tài sản | xây dựng và kiểm tra văn bản
quy phạm pháp luật | phổ biến, giáo dục pháp luật | xây dựng và phổ biến, giáo dục pháp luật | tiếp công dân | xử lý
đơn | giáo dục mầm non | giáo dục tiểu học | giáo dục trung học | giáo dục mầm non và tiểu học | giáo dục nghề nghiệp
- giáo dục thường xuyên | giáo dục nghề nghiệp và giáo dục thường xuyên | chính trị tư tưởng | chính trị, tư tưởng và
công tác học sinh, sinh viên | đăng kiểm xe cơ giới | quản lý đường bộ | quản lý trật tự đô thị | quản lý các khu công
nghiệp | quản lý di tích | quản lý rừng phòng hộ | bảo tồn di tích | cảnh sát giao thông | cảnh sát hình sự | cảnh sát
kinh tế | cảnh sát cơ động | cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ | cảnh sát phòng cháy, chữa cháy | cảnh
sát phòng cháy và chữa cháy | cảnh sát quản lý hành chính về trật tự xã hội | cảnh sát điều tra tội phạm về ma túy |
cảnh sát điều tra tội phạm về trật tự xã hội | cảnh sát phòng, chống tội phạm về môi trường | cảnh sát điều tra tội
phạm về tham nhũng, kinh tế, buôn lậu | cảnh sát thi hành án hình sự và hỗ trợ tư pháp | quản lý xuất nhập cảnh | an
ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao | an ninh mạng và phòng chống tội phạm sử dụng công nghệ cao
| an ninh kinh tế | an ninh chính trị nội bộ | an ninh đối nội | xây dựng phong trào bảo vệ an ninh tổ quốc | tham mưu
| hậu cần - kỹ thuật | tuyên giáo và dân vận | bảo vệ, chăm sóc sức khỏe cán bộ | quản lý thu và phát triển người tham
gia | chế độ bảo hiểm xã hội | giám định bảo hiểm y tế | quản lý thu - sổ, thẻ | quản lý, hỗ trợ doanh nghiệp | quản
lý, hỗ trợ cá nhân, hộ kinh doanh | nghiệp vụ, dự toán, pháp chế | thanh tra - kiểm tra
"""
"""Between bars; a dash may stand without blanks, "và" be left out."""
