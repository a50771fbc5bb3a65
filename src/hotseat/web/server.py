"""The web app around the page: sign-in, downloads, the store's life, and the port."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import warnings
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

import gradio as gr
import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response

from .. import llm, settings
from ..catalog.loaded import Content
from ..errors import HotseatError, SettingError
from ..llm import spans
from ..store import Store, default_url
from ..studio import labelled, reviewing
from . import identity, report, ruled, theme
from .blocks import build
from .desk import Desk
from .grading import grade_what_is_due
from .guard import Guard
from .identity import BrowserCookie, SignIn
from .room import Rooms
from .uploads import LARGEST

PORT = 7860
EVENTS_AT_ONCE = 400
"""Page events running at once, followed turns included; the queue holds as many again."""


def create_app(
    store_url: str | None = None,
    env: Mapping[str, str] | None = None,
    *,
    sign_in: SignIn | None = None,
) -> FastAPI:
    """The whole web app. `store_url` and `env` default to this process's own.

    `sign_in` names whoever made a request, or returns None to send them away; without it every
    browser is somebody of its own. Raises ContentError or SettingError when it cannot start.
    """
    env = os.environ if env is None else env
    rooms = Rooms(llm.seats(env), store_url or default_url())
    content, named, served = Content(), identity.trainers(env), asyncio.Event()
    desk = Desk(
        rooms=rooms,
        content=content,
        env=env,
        pace=env.get("HOTSEAT_PACE", "on").strip().lower() not in ("off", "0", "no"),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with rooms.open(), _beside(rooms, served):
            yield

    def who(request: Request) -> str | None:
        return identity.trainee(request, sign_in)

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/record/{name}")
    async def keep(name: str, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """An encounter to keep, as JSON or as one readable page, for its trainee alone."""
        record_id, _, kind = name.rpartition(".")
        trainee = who(request)
        if not trainee or kind not in ("json", "html"):
            raise HTTPException(404)
        try:
            record = await rooms.store.load(record_id, trainee)
            said = await ruled.said(rooms.store, record)
        except HotseatError as error:
            raise HTTPException(404, error.problem) from None
        if kind == "json":
            # whose it is, is nobody else's business once the file is passed on
            told = reviewing.released(record, said.rulings)
            kept = told.model_copy(update={"trainee": "you"}).model_dump(mode="json")
            if said.rulings:  # with what the judge had said
                kept["rulings"] = [ruling.model_dump(mode="json") for ruling in said.rulings]
            body = json.dumps(kept, indent=2, ensure_ascii=False)
            media = "application/json"
        else:
            body, media = report.export(record, content.sources, said), "text/html; charset=utf-8"
        file = f"hotseat-{record.persona.id}-{record.started:%Y-%m-%d}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        return Response(body, media_type=media, headers=headers)

    def is_trainer(trainee: str, request: Request) -> bool:
        return identity.is_trainer(trainee, request, named)

    @app.post("/studio/file")
    async def send(name: str, request: Request) -> dict[str, str]:  # pyright: ignore[reportUnusedFunction]
        """A trainer's file, kept for a few minutes for their page to act on; by what name."""
        trainee = who(request)
        elsewhere = request.headers.get("sec-fetch-site", "same-origin") != "same-origin"
        if not trainee or elsewhere or not is_trainer(trainee, request):
            raise HTTPException(404)
        data = bytearray()
        async for chunk in request.stream():
            data += chunk
            if len(data) > LARGEST:
                raise HTTPException(413, f"{name[:80]} has more than 2 MiB. Split it first.")
        return {"file": desk.uploads.keep(name, bytes(data), trainee)}

    @app.get("/gold.jsonl")
    async def gold(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """What people labelled, for trainers; nobody's name is in it."""
        trainee = who(request)
        if not trainee or not is_trainer(trainee, request):
            raise HTTPException(404)
        lines = await labelled.gold_of(rooms.store)
        headers = {"Content-Disposition": 'attachment; filename="gold.jsonl"'}
        body = "".join(f"{line}\n" for line in lines)
        return Response(body, media_type="application/jsonl", headers=headers)

    @app.get("/alive", status_code=204)
    async def alive() -> None:  # pyright: ignore[reportUnusedFunction]
        """Asked by the page's script a moment after it starts, and after everything it sends."""
        served.set()

    app.add_middleware(BrowserCookie)
    app.add_middleware(Guard)

    return _mount(app, build(desk, is_trainer), who)


@asynccontextmanager
async def _beside(rooms: Rooms, served: asyncio.Event) -> AsyncGenerator[None]:
    """What runs beside the page: grading again what a model could not grade, and, once the page
    is `served`, getting ready to call models. Neither where every seat is embedded."""
    tasks = [asyncio.create_task(_warm(rooms.seats, served))]
    if not rooms.seats.judge.embedded:
        tasks.append(asyncio.create_task(grade_what_is_due(rooms)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _warm(seats: llm.Seats, served: asyncio.Event) -> None:
    await served.wait()
    await llm.warm(seats)


def _mount(app: FastAPI, demo: gr.Blocks, who: SignIn) -> FastAPI:
    """Gradio at the root, closed to everything it is not asked to do."""
    demo.queue(default_concurrency_limit=EVENTS_AT_ONCE, max_size=EVENTS_AT_ONCE, api_open=False)
    demo.max_threads = EVENTS_AT_ONCE
    return gr.mount_gradio_app(  # pyright: ignore[reportUnknownMemberType]
        app,
        demo,
        path="/",
        auth_dependency=who,
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        max_file_size="1kb",
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        favicon_path=str(theme.STATIC / "favicon.svg"),
        theme=theme.theme(),
        head=theme.head(),
    )


def serve(host: str = "127.0.0.1", port: int | None = None) -> None:
    """Serve until told to stop. `port` defaults to HOTSEAT_PORT, then 7860.

    What keeps it from starting (a port that is taken, records that cannot be opened, a mistake
    in a persona) is told on stderr with its fix, and ends with exit code 1.
    """
    settings.load()
    try:
        spans.start(os.environ)
        port = _port(os.environ) if port is None else port
        listening = _listen(host, port)
        asyncio.run(_try_store(default_url()))
        app = create_app()
    except HotseatError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None
    shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host
    print(
        f"hotseat is at http://{shown}:{listening.getsockname()[1]}/  (Ctrl-C stops it)", flush=True
    )
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=30))
    # Ctrl-C may come before uvicorn's loop has begun: then there is nothing to be awaited
    warnings.filterwarnings("ignore", message="coroutine 'Server.serve' was never awaited")
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        print("\nStopped. Everything is kept.", flush=True)
        return
    if not server.started:
        raise SystemExit(1)


async def _try_store(url: str) -> None:
    """Raises StoreError, in words for a person, when the records cannot be opened."""
    await (await Store.open(url)).close()


def _port(env: Mapping[str, str]) -> int:
    named = env.get("HOTSEAT_PORT", "").strip() or str(PORT)
    if not named.isdecimal() or not 0 <= int(named) <= 65535:
        raise SettingError(
            f"{named!r} is not a port", place="HOTSEAT_PORT", fix="use a number from 1 to 65535"
        )
    return int(named)


def _listen(host: str, port: int) -> socket.socket:
    """A socket on this port. Raises SettingError when somebody else has it."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(socket.SOMAXCONN)
    except OSError as error:
        listening.close()
        raise SettingError(
            f"port {port} on {host or 'this machine'} cannot be used: {error.strerror}",
            place="port",
            fix=f"stop what is using it, or choose another: HOTSEAT_PORT={min(port + 1, 65535)}",
        ) from None
    return listening
