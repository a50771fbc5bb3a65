"""What every answer carries, and which parts of Gradio are closed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CLOSED = ("upload", "file", "proxy", "stream", "info", "openapi.json", "call", "api", "run")
"""Parts of `/gradio_api/` this page has no use for."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        # Gradio starts from inline scripts and compiles its templates: hence the two "unsafe".
        "Content-Security-Policy": (
            "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
            "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
            "frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
)


class Guard:
    """Adds the security headers to every answer and closes what is not used."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()]
                message["headers"] = [*message["headers"], *ours]
            await send(message)

        if _closed(scope["path"]):
            gone = PlainTextResponse("Not found", status_code=404)
            await gone(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)


def _closed(path: str) -> bool:
    _, inside, rest = path.partition("/gradio_api/")
    if not inside:
        return path.rstrip("/").endswith(("/monitoring", "/docs", "/redoc"))
    part = rest.partition("/")[0].partition("=")[0]
    return part in CLOSED
