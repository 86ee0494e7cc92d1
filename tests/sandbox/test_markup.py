"""Telegram's HTML: what becomes an entity, what is refused and with which words."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import Refusal
from sandbox.markup import find_entities, parse_html, utf16


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>ab</b>", "ab", [("bold", 0, 2)]),
        ("😀 <i>x</i>", "😀 x", [("italic", 3, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("  <u> x </u>\n", "x", [("underline", 0, 1)]),
        ("1 &lt; 2 &amp;&#39;&#x41; & R&D", "1 < 2 &'A & R&D", []),
        ("<pre><code class='language-py'>x</code></pre>", "x", [("pre", 0, 1), ("code", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<s></s>x", "x", []),
    ],
)
def test_tags_become_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    found, marks = parse_html(source)
    assert found == text
    assert [(mark["type"], mark["offset"], mark["length"]) for mark in marks] == entities


def test_links_keep_their_address() -> None:
    assert parse_html('<a href="https://a.vn/?x=1&amp;y=2">đây</a>')[1][0]["url"] == "https://a.vn/?x=1&y=2"
    assert parse_html('<a title="1 > 0" href="https://a.vn">đây</a>') == (
        "đây",
        [{"type": "text_link", "offset": 0, "length": 3, "url": "https://a.vn"}],
    )
    assert parse_html("<a>https://a.vn</a>")[1][0]["url"] == "https://a.vn"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("ắ<x>", 'Unsupported start tag "x" at byte offset 3'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("1 <2> 3", 'Unsupported start tag "2" at byte offset 2'),
    ],
)
def test_what_is_refused(source: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"


def test_commands_mentions_and_addresses_are_found() -> None:
    text = "😀 /done@a_bot hỏi @binh_an #viec a@b.vn https://x.vn/y 1/2 a/b"
    found = [(one["type"], one["offset"], one["length"]) for one in find_entities(text)]
    assert found == [
        ("bot_command", 3, 11),
        ("mention", 19, 8),
        ("hashtag", 28, 5),
        ("email", 34, 6),
        ("url", 41, 14),
    ]


@given(st.text())
def test_escaped_text_always_passes_unchanged(text: str) -> None:
    found, entities = parse_html(f"<b>{html.escape(text)}</b>")
    assert found == text.strip()
    assert entities == ([{"type": "bold", "offset": 0, "length": utf16(text.strip())}] if text.strip() else [])


@given(st.text(alphabet="<>/&ab\" ='ắ😀;#1"))
def test_any_text_is_read_or_refused_with_a_reason(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except Refusal as caught:
        refusal = caught
    else:
        assert all(0 <= one["offset"] < one["offset"] + one["length"] <= utf16(text) for one in entities)
        return
    assert refusal.code == 400
    assert refusal.description.startswith("Bad Request: can't parse entities: ")
