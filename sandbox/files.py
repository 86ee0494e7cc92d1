"""Files as a vendor keeps them: ids, paths, the sizes a photo is scaled to."""

from __future__ import annotations

import hashlib
import io
import mimetypes
import re
from dataclasses import dataclass

from sandbox.errors import bad
from sandbox.town import StoredFile, Town

MEGABYTE = 1024 * 1024
DOWNLOAD_LIMIT = 20 * MEGABYTE  # core.telegram.org/bots/api#getfile
UPLOAD_LIMIT = 50 * MEGABYTE  # core.telegram.org/bots/api#sending-files
PHOTO_LIMIT = 10 * MEGABYTE
PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
PHOTO_SIDES = (320, 1280, 2560)  # Telegram keeps a photo in several sizes, none longer than the last


@dataclass(slots=True)
class Upload:
    """A file as it came in a request."""

    name: str
    mime: str
    data: bytes


def store_document(town: Town, upload: Upload) -> list[str]:
    """Keep a file; returns its id (a list of one)."""
    mime = upload.mime
    if mime in ("", "application/octet-stream"):
        mime = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    return [_keep(town, "document", upload.name, mime, upload.data)]


def store_photo(town: Town, upload: Upload) -> list[str]:
    """Keep a photo as Telegram does: JPEG in several sizes, smallest first. Refusal 400 if no picture."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(upload.data), formats=PICTURES) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise bad("IMAGE_PROCESS_FAILED") from error
    longest = max(picture.size)
    sides = [side for side in PHOTO_SIDES if side < longest] + [min(longest, PHOTO_SIDES[-1])]
    ids: list[str] = []
    for side in dict.fromkeys(sides):
        scaled = picture.copy()
        scaled.thumbnail((side, side))
        data = io.BytesIO()
        scaled.save(data, "JPEG", quality=87)
        ids.append(_keep(town, "photo", "photo.jpg", "image/jpeg", data.getvalue(), scaled.size))
    return ids


def as_new_message(town: Town, file_id: str) -> StoredFile:
    """A file already known to the vendor, by its id. Refusal 400 when there is none."""
    if file_id not in town.files:
        raise bad("wrong file identifier/HTTP URL specified")
    return town.files[file_id]


def by_path(town: Town, path: str) -> StoredFile | None:
    """The file at a vendor's path."""
    return next((file for file in town.files.values() if file.path == path), None)


def _keep(town: Town, kind: str, name: str, mime: str, data: bytes, size: tuple[int, int] = (0, 0)) -> str:
    town.last_file += 1
    digest = hashlib.sha256(data).hexdigest()
    ending = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    file = StoredFile(
        id=f"BQACAgUAAx{digest[:24]}{town.last_file:06d}",
        unique_id=f"AgAD{digest[:14]}",
        path=f"{kind}s/file_{town.last_file}{ending.group() if ending else ''}",
        name=name,
        mime=mime,
        kind=kind,
        data=data,
        width=size[0],
        height=size[1],
    )
    town.files[file.id] = file
    return file.id
