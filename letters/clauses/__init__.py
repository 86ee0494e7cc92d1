"""What is ordered: paragraphs → the tree of clauses → tasks.

`paragraphs`, `headlines` lines joined · `points` counted inside a paragraph · `tree` sections, numbers, letters,
dashes · `orders` which words order · `findings` limits and actors by place · `sentences` stretches of a clause ·
`tasks` a clause with parts · `leaves` a clause without · `above` orders above the first sign · `bracketed` acts led
from brackets · `inner` paragraphs under a clause · `asides` orders below what is none · `loose` paragraphs without a
number · `tables`, `cells`, `wrapped`, `sheets`, `labelled` plans laid out as tables · `beside` orders beside what a
clause is about · `criteria` points that only describe · `counting` lists that only count · `drafts` a task while it
is read · `captions` titles without a number · `parting` parts with actors of their own · `thin` where little speaks
for how it was parted · `passage` words an admin says are a task.
"""
