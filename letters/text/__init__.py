"""The text itself: its views and places, repaired lines, accents, old fonts, and the words the reader knows.

`views` one text in three views of equal length · `lines` line repair · `wrapped` signs that stand alone · `running`
page numbers and headers · `shape` how lines break · `compare` accents and tone places · `worn` accents a scan lost ·
`fonts` TCVN3 and VNI · `syllables` is it Vietnamese · `words`, `verbs` the word lists · `vocabulary` their lookups ·
`marks` "1.", "a)", "-".

Besides: `phrases` lists of them looked up, `spelled` words known by their marks, `offices` what divisions are named after,
`kinds` what "Tổ chức …" is, `gazetteer` with `known/*.txt` whole names of bodies.

A new noun of a body or a new verb of ordering belongs into `words` or `verbs`, a body's whole name into `known`.
"""
