"""The town's office over HTTP (JSON): groups, the ledger, faults, limits, latency, clock.

POST /groups {title, founder, people?, bots?, supergroup?, topics?, admin?} · GET /groups
POST /groups/{chat}/people {person} · /leave {person} · /bot {bot?, standing} · /migrate
POST /groups/{chat}/say {person, text, thread?, reply_to?}
GET /ledger?after=N&limit=N · DELETE /ledger · POST /faults {kind, …} · GET /faults · DELETE /faults[/{id}]
POST /limits {telegram: {overall, per_chat, group_per_min}, zalo: {quota, people}} · POST /latency {ms}
POST /settings {history?, ledger_text?, webhook_retry?} · POST /clock {offset_seconds}
"""

from __future__ import annotations

from dataclasses import asdict

from aiohttp import web

from sandbox import acts, groups, views
from sandbox.asking import Asked, asked, guarded, json_answer
from sandbox.errors import Misuse
from sandbox.keys import TOWN
from sandbox.town import Bot, Person, Talk, Town


def add_routes(app: web.Application) -> None:
    add = app.router.add_route
    for method, path, handler in (
        ("POST", "/groups", new_group),
        ("GET", "/groups", all_groups),
        ("POST", "/groups/{chat}/people", enter),
        ("POST", "/groups/{chat}/leave", leave),
        ("POST", "/groups/{chat}/bot", bot_standing),
        ("POST", "/groups/{chat}/migrate", migrate),
        ("POST", "/groups/{chat}/say", say),
        ("GET", "/ledger", ledger),
        ("DELETE", "/ledger", clear_ledger),
        ("POST", "/faults", add_fault),
        ("GET", "/faults", all_faults),
        ("DELETE", "/faults", remove_faults),
        ("DELETE", "/faults/{id}", remove_faults),
        ("POST", "/limits", set_limits),
        ("GET", "/limits", all_limits),
        ("POST", "/latency", latency),
        ("POST", "/settings", settings),
        ("POST", "/clock", clock),
    ):
        add(method, path, guarded(handler))


async def new_group(request: web.Request) -> web.StreamResponse:
    """The founder's bots come in unless `bots` names others ([]: none); `admin`: they see all messages."""
    town, wish = request.app[TOWN], await asked(request)
    founder = _resident(town, wish, "founder")
    topics = [str(topic) for topic in wish.fields.get("topics", [])]
    talk = groups.new_group(town, wish.text("title", required=True), founder, wish.truth("supergroup"), topics)
    for number in wish.fields.get("people", []):
        groups.add_person(town, talk, _by_number(town, int(number)))
    named = wish.fields.get("bots")
    bots = _usual_bots(town, founder) if named is None else [_bot(town, str(one), talk) for one in named]
    for bot in bots:
        groups.set_bot(town, talk, founder, bot, "administrator" if wish.truth("admin") else "member")
    return json_answer(views.talk(town, talk), 201)


async def all_groups(request: web.Request) -> web.StreamResponse:
    town = request.app[TOWN]
    return json_answer({"groups": [views.talk(town, talk) for talk in town.groups.values()]})


async def enter(request: web.Request) -> web.StreamResponse:
    town, talk, wish = await _group(request)
    groups.add_person(town, talk, _resident(town, wish, "person"))
    return json_answer(views.talk(town, talk))


async def leave(request: web.Request) -> web.StreamResponse:
    town, talk, wish = await _group(request)
    groups.remove_person(town, talk, _resident(town, wish, "person"))
    return json_answer(views.talk(town, talk))


async def bot_standing(request: web.Request) -> web.StreamResponse:
    town, talk, wish = await _group(request)
    standing = wish.text("standing") or "member"
    if standing not in ("member", "administrator", "left", "kicked"):
        raise Misuse("standing must be member, administrator, left or kicked")
    groups.set_bot(town, talk, _first(town, talk), _bot(town, wish.text("bot"), talk), standing)
    return json_answer(views.talk(town, talk))


async def migrate(request: web.Request) -> web.StreamResponse:
    town, talk, _ = await _group(request)
    return json_answer(views.talk(town, groups.migrate(town, talk, _first(town, talk))), 201)


async def say(request: web.Request) -> web.StreamResponse:
    town, talk, wish = await _group(request)
    person = _resident(town, wish, "person")
    talk = acts.talk_of(town, person, talk_key=talk.key)
    made = acts.say(
        town, person, talk, wish.text("text", required=True), wish.number("reply_to"), wish.number("thread")
    )
    return json_answer({"messages": [views.message(town, talk, one) for one in made]}, 201)


async def ledger(request: web.Request) -> web.StreamResponse:
    limit = request.query.get("limit")
    entries = request.app[TOWN].ledger.view(int(request.query.get("after", 0)), int(limit) if limit else None)
    return json_answer({"entries": entries, "last": entries[-1]["seq"] if entries else 0})


async def clear_ledger(request: web.Request) -> web.StreamResponse:
    request.app[TOWN].ledger.clear()
    return json_answer({"ok": True})


async def add_fault(request: web.Request) -> web.StreamResponse:
    town, wish = request.app[TOWN], await asked(request)
    fault = town.faults.add(wish.fields)
    town.publish({"type": "faults"})
    return json_answer(asdict(fault), 201)


async def all_faults(request: web.Request) -> web.StreamResponse:
    return json_answer({"faults": request.app[TOWN].faults.view()})


async def remove_faults(request: web.Request) -> web.StreamResponse:
    town, number = request.app[TOWN], request.match_info.get("id")
    town.faults.remove(int(number) if number else None)
    town.publish({"type": "faults"})
    return json_answer({"faults": town.faults.view()})


async def set_limits(request: web.Request) -> web.StreamResponse:
    town, wish = request.app[TOWN], await asked(request)
    town.limits.set(wish.fields)
    return json_answer(town.limits.view())


async def all_limits(request: web.Request) -> web.StreamResponse:
    return json_answer(request.app[TOWN].limits.view())


async def latency(request: web.Request) -> web.StreamResponse:
    town, wish = request.app[TOWN], await asked(request)
    town.latency = max(0, wish.number("ms")) / 1000
    return json_answer({"ms": town.latency * 1000})


async def settings(request: web.Request) -> web.StreamResponse:
    town, wish = request.app[TOWN], await asked(request)
    if "history" in wish.fields:
        town.history = max(10, wish.number("history"))
    if "ledger_text" in wish.fields:
        town.ledger.text_chars = wish.number("ledger_text")
    if "webhook_retry" in wish.fields:
        town.webhook_retry = float(wish.text("webhook_retry"))
    return json_answer({"ok": True})


async def clock(request: web.Request) -> web.StreamResponse:
    """Move what the town's messages show as their time."""
    town, wish = request.app[TOWN], await asked(request)
    town.clock_offset = float(wish.text("offset_seconds") or 0)
    town.publish({"type": "clock", "offset_seconds": town.clock_offset})
    return json_answer({"offset_seconds": town.clock_offset})


async def _group(request: web.Request) -> tuple[Town, Talk, Asked]:
    town = request.app[TOWN]
    talk = town.groups.get(request.match_info["chat"])
    if talk is None:
        raise Misuse("there is no such group", 404)
    return town, talk, await asked(request)


def _resident(town: Town, wish: Asked, field: str) -> Person:
    return _by_number(town, wish.number(field))


def _by_number(town: Town, number: int) -> Person:
    if number not in town.people:
        raise Misuse(f"nobody has the number {number}", 404)
    return town.people[number]


def _first(town: Town, talk: Talk) -> Person:
    if not talk.people:
        raise Misuse("the group is empty", 409)
    return town.people[next(iter(talk.people))]


def _bot(town: Town, wanted: str, talk: Talk) -> Bot:
    for bot in town.bots.values():
        if bot.messenger == talk.messenger and wanted in ("", bot.id, bot.token, bot.username):
            return bot
    raise Misuse(f"there is no such bot of {talk.messenger}", 404)


def _usual_bots(town: Town, founder: Person) -> list[Bot]:
    own = [town.bots[talk.bot_id] for talk in founder.talks if talk.kind == "private"]
    return own or [bot for bot in town.bots.values() if bot.messenger == founder.messenger][:1]
