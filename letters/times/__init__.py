"""By when: a time limit's words → the last day allowed (docs/domain.md, "Deadlines").

`deadlines` finds them all, in order of strength · `dates` days · `recurring` days that come again · `periods` "hàng
tháng" without a day · `yearly` parts of a year · `counted` days from or to an event ·
`terms` "trong quý IV" · `events` days that are none · `soon` told by the day of issue ·
`unsaid` a year that nothing says · `phases` limits of parts.

A new way to put a limit belongs into the module of its kind; `deadlines` asks them all.
"""
