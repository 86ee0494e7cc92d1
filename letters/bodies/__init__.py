"""Who: names of bodies in running text, who leads, who coordinates, who receives.

`names` where a name begins and ends · `extent` its noun's end, and when it is complete · `parts`, `trades` what still
belongs to it · `narrowing` which of them is meant · `lists` whether a list goes on · `expansion` "các Bộ: A, B" ·
`actors` who must act · `charged` who is named further on · `handed` to whom a matter goes · `partners` who coordinates
· `receivers` who gets the result · `given` where those two stand · `openings` what stands before an actor · `headings`
a title that names one · `whichever` "đơn vị nào" · `anyone` short words for those meant · `unheard` nouns no list
knows (a doubt) · `telling` words that order nothing · `rank` who stands above whom.
"""
