"""The frame of our few pages: plain HTML for a phone, no script, nothing loaded from elsewhere, readable aloud."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse

from web.words import Language

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --line: #767680; --bad: #a3160f; }
:root { --act: #0b57b0; --on-act: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf1; --paper: #17171b; --line: #8e8e98; --bad: #ffb4ab; --act: #9cc7ff; --on-act: #0a2240; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 34rem; padding: 1.25rem; font: 1.0625rem/1.5 system-ui, sans-serif; }
body { color: var(--ink); background: var(--paper); }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .75rem; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
input, textarea { width: 100%; font: inherit; color: inherit; background: transparent; padding: .6rem; }
input, textarea { border: 1px solid var(--line); border-radius: .5rem; }
button { width: 100%; min-height: 3rem; margin-top: 1.25rem; font: inherit; font-weight: 600; }
button { color: var(--on-act); background: var(--act); border: 0; border-radius: .5rem; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.bad { color: var(--bad); font-weight: 600; }
.small { font-size: .9375rem; }
"""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",  # the address is the credential
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(title: str, body: str, language: Language, status: int = 200) -> HTMLResponse:
    """A whole page. `title` is escaped here; `body` is HTML whose words its maker has escaped."""
    html = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(html, status, headers=HEADERS)


def paragraph(words: str, look: str = "") -> str:
    """One paragraph of plain words."""
    return f'<p class="{look}">{escape(words)}</p>' if look else f"<p>{escape(words)}</p>"
