"""The upload form and what comes out of it, bounded while it is still arriving."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive

from bot.channels.base import Attachment
from models.files import LARGEST, sniffed_type
from web.page import page, paragraph
from web.words import WORDS, Language

MOST_FILES = 10
FILE_MEGABYTES = LARGEST // 2**20
TOTAL_MEGABYTES = 2 * FILE_MEGABYTES
LONGEST_WORDS = 2000


class TooMuch(Exception):
    """Too many files, or too many bytes in one or all of them; or no form at all."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What a person sent: words (perhaps none) and files."""

    words: str
    files: tuple[Attachment, ...]


def upload_form(language: Language, trouble: str = "", status: int = 200) -> Response:
    """The page; with `trouble` it says first what to correct."""
    words = WORDS[language]
    told = f'<p class="bad" role="alert">{escape(trouble)}</p>' if trouble else ""
    limits = words["limits"].format(files=MOST_FILES, megabytes=FILE_MEGABYTES)
    body = (
        f"{told}{paragraph(words['upload_what'])}"
        '<form method="post" enctype="multipart/form-data">'
        f'<label for="files">{escape(words["files"])}</label>'
        '<input id="files" name="files" type="file" multiple required aria-describedby="limits" '
        'accept=".pdf,.doc,.docx,.xlsx,.txt,.zip,image/*">'
        f'<p class="small" id="limits">{escape(limits)}</p>'
        f'<label for="words">{escape(words["words"])}</label>'
        f'<textarea id="words" name="words" rows="3" maxlength="{LONGEST_WORDS}"></textarea>'
        f"<button>{escape(words['send'])}</button></form>{paragraph(words['once'], 'small')}"
    )
    return page(words["upload"], body, language, status)


async def form_of(request: Request) -> Uploaded:
    """Words and files; empty files are left out. Raises TooMuch as soon as the bounds are passed."""
    bounded = Request(request.scope, _bounded(request.receive))
    try:
        async with bounded.form(max_files=MOST_FILES, max_fields=4, max_part_size=8 * LONGEST_WORDS) as form:
            words = form.get("words", "")
            parts = [part for part in form.getlist("files") if isinstance(part, UploadFile)]
            files = [_attachment(part.filename or "", await part.read()) for part in parts]
    except (MultiPartException, HTTPException) as error:  # the latter inside an application
        raise TooMuch from error
    kept = tuple(file for file in files if file.size)
    if any(file.size and file.size > LARGEST for file in kept):
        raise TooMuch
    return Uploaded(words[:LONGEST_WORDS].strip() if isinstance(words, str) else "", kept)


def _attachment(name: str, content: bytes) -> Attachment:
    async def fetch() -> bytes:
        return content

    media_type = sniffed_type(content)
    kind = "photo" if media_type.startswith("image/") else "file"
    return Attachment(kind, name, media_type, len(content), fetch)


def _bounded(receive: Receive) -> Receive:
    """Counts what arrives: the browser's word for the length is not relied on."""
    left = TOTAL_MEGABYTES * 2**20 + 2**16

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooMuch
        return message

    return counted
