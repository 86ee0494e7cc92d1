"""The person's side over HTTP (JSON): what tests and the chat page do in somebody's name.

POST /people {name, phone?, messenger?, role?, started?, bot?} · POST /people/crowd {count, messenger?, bot?}
POST /people/{id}/say {text, bot?, talk?, reply_to?, thread?, times?} (times: numbered ones before it, all at once)
POST /people/{id}/press {button, message_id?} · /forge {message_id, data}
POST /people/{id}/file (multipart: file…, photo?, caption?, bot?, talk?) · /contact {phone?, own?, user_id?}
POST /people/{id}/edit {message_id, text} · /block · /unblock · /deactivate
GET  /people · /people/{id}/messages?after=N&wait=seconds · /people/{id}/commands?talk= · /files/{id}
Errors: a JSON {"error": sentence} with status 400, 404 or 409.
"""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from sandbox import acts, registry, views
from sandbox.asking import Asked, asked, guarded, json_answer
from sandbox.errors import Misuse
from sandbox.files import Upload
from sandbox.keys import TOWN
from sandbox.town import Message, Person, Talk, Town

Json = dict[str, Any]
LONGEST_WAIT = 60.0


def add_routes(app: web.Application) -> None:
    routes = {
        "": add,
        "/crowd": crowd,
        "/{id}/say": say,
        "/{id}/press": press,
        "/{id}/forge": forge,
        "/{id}/file": send_file,
        "/{id}/contact": contact,
        "/{id}/edit": edit,
        "/{id}/block": block,
        "/{id}/unblock": block,
        "/{id}/deactivate": deactivate,
    }
    for path, handler in routes.items():
        app.router.add_post(f"/people{path}", guarded(handler))
    app.router.add_get("/people", guarded(everybody))
    app.router.add_get("/people/{id}/messages", guarded(messages))
    app.router.add_get("/people/{id}/commands", guarded(commands))
    app.router.add_get("/files/{file}", guarded(file))


async def everybody(request: web.Request) -> web.StreamResponse:
    town = request.app[TOWN]
    return json_answer(
        {
            "people": [views.person(town, person) for person in town.people.values()],
            "bots": [views.bot(bot) for bot in town.bots.values()],
            "seq": town.seq,
        }
    )


async def add(request: web.Request) -> web.StreamResponse:
    wish = await asked(request)
    town = request.app[TOWN]
    person = registry.new_person(
        town,
        wish.text("name", required=True),
        wish.messenger(),
        wish.text("phone"),
        wish.text("role"),
        wish.text("language") or "vi",
    )
    if wish.truth("started"):
        _start(town, person, wish.text("bot"))
    return json_answer(views.person(town, person), 201)


async def crowd(request: web.Request) -> web.StreamResponse:
    """Many people at once who have all started the bot: for measuring."""
    wish = await asked(request)
    town = request.app[TOWN]
    made = [registry.new_person(town, f"Người {n + 1}", wish.messenger()) for n in range(wish.number("count"))]
    for person in made:
        _start(town, person, wish.text("bot"))
    return json_answer({"people": [{"id": one.id, "chat_id": one.chat_id} for one in made]}, 201)


async def say(request: web.Request) -> web.StreamResponse:
    town, person, wish = await _act(request)
    talk = _talk(town, person, wish)
    text = wish.text("text", required=True)
    for count in range(wish.number("times") - 1):
        acts.say(town, person, talk, f"{text} {count + 1}")
    return _said(town, talk, acts.say(town, person, talk, text, wish.number("reply_to"), wish.number("thread")))


async def press(request: web.Request) -> web.StreamResponse:
    town, person, wish = await _act(request)
    wanted = wish.text("button") or wish.text("data")
    talk, said = acts.press(town, person, wanted, wish.number("message_id"), wish.text("talk"))
    return _said(town, talk, [said] if said else [])


async def forge(request: web.Request) -> web.StreamResponse:
    town, person, wish = await _act(request)
    acts.forge(town, person, wish.number("message_id"), wish.text("data"))
    return json_answer({"ok": True})


async def send_file(request: web.Request) -> web.StreamResponse:
    town, person, wish = await _act(request)
    if not wish.files:
        raise Misuse("no file came along")
    uploads = [Upload(one.filename, one.content_type, one.file.read()) for one in wish.files]
    talk, caption = _talk(town, person, wish), wish.text("caption")
    made = acts.send_files(town, person, talk, uploads, wish.truth("photo"), caption, wish.number("reply_to"))
    return _said(town, talk, made)


async def contact(request: web.Request) -> web.StreamResponse:
    town, person, wish = await _act(request)
    talk, user_id = _talk(town, person, wish), wish.number("user_id") or None
    own, name = wish.truth("own", True), wish.text("name")
    made = acts.share_contact(town, person, talk, wish.text("phone"), own, user_id, name)
    return _said(town, talk, [made])


async def edit(request: web.Request) -> web.StreamResponse:
    town, person, wish = await _act(request)
    text, number = wish.text("text", required=True), wish.number("message_id")
    talk, made = acts.edit(town, person, number, text, wish.text("talk"))
    return _said(town, talk, [made])


async def block(request: web.Request) -> web.StreamResponse:
    town, person, wish = await _act(request)
    acts.block(town, person, _talk(town, person, wish), request.path.endswith("/block"))
    return json_answer({"ok": True})


async def deactivate(request: web.Request) -> web.StreamResponse:
    """The account is closed: sends to it are refused with 403 "user is deactivated"."""
    town, person, _ = await _act(request)
    person.active = False
    town.publish({"type": "people"})
    return json_answer({"ok": True})


async def messages(request: web.Request) -> web.StreamResponse:
    """What is new or changed since `after`; waits up to `wait` seconds for the first."""
    town, person = request.app[TOWN], _person(request)
    after = int(request.query.get("after", 0))
    wait = min(float(request.query.get("wait", 0)), LONGEST_WAIT)
    found = views.changes(town, person, after)
    if not found and wait > 0:
        await _wait(person, wait)
        found = views.changes(town, person, after)
    return json_answer({"messages": found, "last": found[-1]["seq"] if found else after})


async def commands(request: web.Request) -> web.StreamResponse:
    town, person = request.app[TOWN], _person(request)
    talk = acts.talk_of(town, person, request.query.get("bot", ""), request.query.get("talk", ""))
    return json_answer({"commands": views.commands(town, person, talk)})


async def file(request: web.Request) -> web.StreamResponse:
    """The bytes; anything but a picture only as a download, so that no page of ours runs it."""
    found = request.app[TOWN].files.get(request.match_info["file"])
    if found is None:
        raise Misuse("there is no such file", 404)
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    if found.kind != "photo":
        headers["Content-Disposition"] = "attachment"
        return web.Response(body=found.data, content_type="application/octet-stream", headers=headers)
    return web.Response(body=found.data, content_type=found.mime, headers=headers)


async def _act(request: web.Request) -> tuple[Town, Person, Asked]:
    return request.app[TOWN], _person(request), await asked(request)


def _person(request: web.Request) -> Person:
    number = request.match_info["id"]
    person = request.app[TOWN].people.get(int(number)) if number.isdigit() else None
    if person is None:
        raise Misuse(f"nobody has the number {number}", 404)
    return person


def _talk(town: Town, person: Person, wish: Asked) -> Talk:
    return acts.talk_of(town, person, wish.text("bot"), wish.text("talk"))


def _start(town: Town, person: Person, bot: str) -> None:
    """Open the private talk without a word, with the bot of an id or token (made if new) or the usual one."""
    if ":" in bot:
        known = registry.telegram_bot if person.messenger == "telegram" else registry.zalo_bot
        known(town, bot)
    acts.talk_of(town, person, bot)


def _said(town: Town, talk: Talk, made: list[Message]) -> web.Response:
    return json_answer({"messages": [views.message(town, talk, one) for one in made]}, 201)


async def _wait(person: Person, seconds: float) -> None:
    waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    person.waiters.add(waiter)
    try:
        async with asyncio.timeout(seconds):
            await waiter
    except TimeoutError:
        return
    finally:
        person.waiters.discard(waiter)
