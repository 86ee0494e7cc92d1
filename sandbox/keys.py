"""Where the application keeps its things."""

from __future__ import annotations

import aiohttp
from aiohttp import web

from sandbox.town import Town
from sandbox.webhooks import Deliverer

TOWN: web.AppKey[Town] = web.AppKey("town", Town)
HTTP: web.AppKey[aiohttp.ClientSession] = web.AppKey("http", aiohttp.ClientSession)
DELIVERER: web.AppKey[Deliverer] = web.AppKey("deliverer", Deliverer)
LOCAL: web.AppKey[bool] = web.AppKey("local", bool)  # served to this machine only
CONTROL: web.AppKey[str] = web.AppKey("control", str)  # base URL of the product's own controls; "" = none
