"""Around the orders: what kind of paper it is, letterhead, addressees, bases, contact, foot, secrecy marks.

`zones` the parts of a letter · `titles` "CÔNG ĐIỆN", "KẾ HOẠCH" · `kind` directive or not · `letterhead` its two
columns · `heading` number, date, issuer, subject · `recipients` Kính gửi · `speaker` the issuer where there is no
letterhead · `standing` names of bodies that stand alone · `bases` Căn cứ · `contacts`, `phones` whom to ask · `foot`
signer · `secrecy` MẬT.
"""
