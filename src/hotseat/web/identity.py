"""Who somebody is: the signed-in name, or else this browser, by a random cookie.

Whoever sits at the machine it runs on is a trainer too, unless people sign in; then it is those
whom HOTSEAT_TRAINERS names.

The cookie is a key, and the trainee's name is in every record: so the name is made from the
cookie and never the other way round.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlsplit

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "hotseat_browser"
YEAR = 365 * 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")

SIGNED_IN = "name:"
LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""Headers of a request that came through a proxy: from this machine only by the look of it."""

SignIn = Callable[[Request], str | None]


class Visitor(NamedTuple):
    """Who is asking. `trainer` is whether they may see what the engines are and what they cost."""

    trainee: str
    trainer: bool = False


def trainee(request: Request, sign_in: SignIn | None = None) -> str | None:
    """The trainee's id: `name:` and the signed-in name where `sign_in` is given (None when
    nobody is), otherwise the name of this browser."""
    if sign_in:
        name = sign_in(request)
        return f"{SIGNED_IN}{name}" if name else None
    token = request.cookies.get(COOKIE, "")
    return browser_name(token) if _TOKEN.fullmatch(token) else None


def trainers(env: Mapping[str, str]) -> frozenset[str]:
    """The signed-in names in HOTSEAT_TRAINERS, which commas separate."""
    names = (name.strip() for name in env.get("HOTSEAT_TRAINERS", "").split(","))
    return frozenset(name for name in names if name)


def is_trainer(trainee: str, request: Request, named: frozenset[str]) -> bool:
    """Whether this trainee is a trainer: somebody signed in by name, anybody else by sitting at
    this machine, with no proxy between."""
    if trainee.startswith(SIGNED_IN):
        return trainee.removeprefix(SIGNED_IN) in named
    caller = request.client.host if request.client else ""
    asked_for = urlsplit(f"//{request.headers.get('host', '')}").hostname
    passed_on = any(name in request.headers for name in PASSED_ON)
    return caller in LOCAL and asked_for in LOCAL and not passed_on


def browser_name(token: str) -> str:
    """What a browser with this cookie is called in records: a hash, which opens nothing."""
    return f"browser:{hashlib.sha256(token.encode()).hexdigest()[:32]}"


class BrowserCookie:
    """Gives every browser a random token, HttpOnly and SameSite=Lax; the request that brings
    none is already served as if it had brought the one it gets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _has_token(scope):
            await self.app(scope, receive, send)
            return
        token = secrets.token_hex(16)
        fresh = (b"cookie", f"{COOKIE}={token}".encode())
        others = [(k, v) for k, v in scope["headers"] if k != b"cookie"]
        brought = [v for k, v in scope["headers"] if k == b"cookie"]
        kept = b"; ".join([*(v for v in brought if COOKIE.encode() not in v), fresh[1]])
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        cookie = f"{COOKIE}={token}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode())]
            await send(message)

        await self.app(
            {**scope, "headers": [*others, (b"cookie", kept)]}, receive, send_with_cookie
        )


def _has_token(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"cookie":
            jar = SimpleCookie(value.decode("latin-1"))
            if COOKIE in jar and _TOKEN.fullmatch(jar[COOKIE].value):
                return True
    return False
