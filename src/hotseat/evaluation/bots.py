"""Asking a support bot for its next reply: over HTTP, or by calling a function.

The bot is somebody else's: it may be slow, wrong, broken or hostile. Whatever it does ends in
its words or in a `BotFailed` with a reason, within a deadline, and none of its error text is
passed on, since that may hold the key it was called with.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import inspect
import json
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from ..domain import Record
from ..errors import SettingError
from ..llm.faults import redact

if TYPE_CHECKING:
    import httpx

KEY = "HOTSEAT_AGENT_KEY"
"""The environment variable with the key that an address is asked with, if it wants one."""

LARGEST = 1_000_000
"""Bytes of an answer that are read; a reply of 4,000 characters needs far fewer."""

PAUSE = 1.0
"""Seconds before the second and last try, where the first says that it may pass."""

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 529})

Message = Mapping[str, str]
"""`role` (system, user or assistant) and `content`, as in the OpenAI protocol."""

Bot = Callable[[Sequence[Message]], Awaitable[str]]
"""Gives the next reply to a chat. Raises BotFailed."""


class BotFailed(Exception):
    """The bot gave no reply that can be used; the text says why and may be published."""


class _Passing(BotFailed):
    """A failure that may be over in a second."""


def messages(record: Record) -> list[dict[str, str]]:
    """An encounter as a bot gets it: what a trainee is told beforehand, then the chat, with the
    customer as the user. Nothing of mood, secrets or rubric."""
    brief = record.scenario.brief
    told = [
        brief.role,
        "You are in a chat with a customer. Write your next reply to them and nothing else.",
        "What is on record:",
        *(f"- {line}" for line in brief.record),
        "What you may offer:",
        *(f"- {line}" for line in brief.may_offer),
    ]
    roles = {"customer": "user", "trainee": "assistant"}
    chat = [{"role": roles[turn.speaker], "content": turn.text} for turn in record.transcript]
    return [{"role": "system", "content": "\n".join(told)}, *chat]


async def ask(bot: Bot, chat: Sequence[Message], seconds: float) -> str:
    """The bot's reply within so many seconds. Raises BotFailed."""
    try:
        async with asyncio.timeout(seconds):
            return await bot(chat)
    except TimeoutError:
        raise BotFailed(f"no reply within {seconds:g} seconds") from None


# ------------------------------------------------------------------ over HTTP


def at_url(url: str, model: str, key: str = "") -> Bot:
    """A bot behind an OpenAI-compatible chat-completions address; `url` as given to other clients,
    with or without `/chat/completions` and a query. Raises SettingError for what is no address."""
    if not url.startswith(("http://", "https://")):
        raise SettingError(
            f"{url!r} is not an address",
            place="--url",
            fix="write one such as http://127.0.0.1:8000/v1",
        )
    if "@" in url.split("/")[2]:
        raise SettingError(
            "the address holds a name or a key",
            place="--url",
            fix=f"take it out and put the key in {KEY}",
        )
    base, mark, query = url.partition("?")
    address = (
        base.rstrip("/").removesuffix("/chat/completions") + "/chat/completions" + mark + query
    )
    headers = {"Authorization": f"Bearer {key}"} if key else {}

    async def reply(chat: Sequence[Message]) -> str:
        import httpx

        body = {"model": model, "messages": [dict(message) for message in chat]}
        async with httpx.AsyncClient(headers=headers, timeout=None) as client:
            try:
                return await _once(client, address, body)
            except _Passing:
                await asyncio.sleep(PAUSE)
                return await _once(client, address, body)

    return reply


async def _once(client: httpx.AsyncClient, address: str, body: Mapping[str, Any]) -> str:
    import httpx

    try:
        async with client.stream("POST", address, json=body) as answer:
            data = bytearray()
            async for piece in answer.aiter_bytes():
                data += piece
                if len(data) > LARGEST:
                    raise BotFailed(f"its answer is longer than {LARGEST:,} bytes")
    except httpx.InvalidURL:
        raise BotFailed("its address cannot be used") from None
    except httpx.HTTPError as error:
        raise _Passing(f"it could not be reached ({type(error).__name__})") from None
    if answer.status_code != 200:
        kind = _Passing if answer.status_code in PASSING else BotFailed
        raise kind(f"it answered with HTTP status {answer.status_code}")
    return _content(bytes(data))


def _content(data: bytes) -> str:
    """The text of the first choice. Raises BotFailed for an answer of any other shape."""
    try:
        text: Any = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise BotFailed("its answer is not a chat completion") from None
    if not isinstance(text, str):
        raise BotFailed("its answer has no text")
    return text


# ------------------------------------------------------------------ by calling a function


def at_function(name: str) -> Bot:
    """A bot that is a Python function, named "package.module:function": messages in, text out,
    plain or async. It runs in a thread of its own, so that one that blocks cannot hold up the
    evaluation. Raises SettingError when there is no such function."""
    function = _found(name)
    loop: list[asyncio.AbstractEventLoop] = []

    async def reply(chat: Sequence[Message]) -> str:
        own = [dict(message) for message in chat]
        try:
            if inspect.iscoroutinefunction(function):
                said = await _in_loop(loop, function(own))
            else:
                said = await _in_thread(function, own)
                if inspect.isawaitable(said):
                    said = await _in_loop(loop, said)
        except Exception as error:  # whatever somebody else's code raises
            why = redact(f"{type(error).__name__}: {error}")[:200]
            raise BotFailed(f"it raised {why}") from None
        if not isinstance(said, str):
            raise BotFailed(f"it returned {type(said).__name__}, not text")
        return said

    return reply


def _found(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    try:
        function: Any = importlib.import_module(module)
        for part in attribute.split("."):
            function = getattr(function, part)
    except (Exception, SystemExit) as error:  # whatever somebody else's module does when read
        why = redact(f"{type(error).__name__}: {error}")[:200]
        raise SettingError(
            f"there is no {name!r} ({why})",
            place="--callable",
            fix="write package.module:function, importable from where you are",
        ) from None
    if not callable(function):
        raise SettingError(f"{name!r} cannot be called", place="--callable", fix="name a function")
    return cast("Callable[..., Any]", function)


async def _in_thread(function: Callable[..., Any], chat: list[dict[str, str]]) -> Any:
    """What a plain function returns. Its thread is a daemon: one that never ends is left behind,
    where a pool of threads would keep the program from ending too."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Any] = loop.create_future()

    def settle(result: Any, error: BaseException | None) -> None:
        if not done.done():
            done.set_exception(error) if error else done.set_result(result)

    def run() -> None:
        result, wrong = None, None
        try:
            result = function(chat)
        except BaseException as error:
            wrong = error if isinstance(error, Exception) else RuntimeError(type(error).__name__)
        with contextlib.suppress(RuntimeError):  # nobody waits any more: the loop is closed
            loop.call_soon_threadsafe(settle, result, wrong)

    threading.Thread(target=run, daemon=True, name="bot").start()
    return await done


async def _in_loop(loops: list[asyncio.AbstractEventLoop], said: Awaitable[Any]) -> Any:
    """What something awaited comes to. All calls share one loop, in a thread beside ours, because
    clients that a bot keeps open belong to a loop."""
    if not loops:
        loops.append(asyncio.new_event_loop())
        threading.Thread(target=loops[0].run_forever, daemon=True, name="bots").start()

    async def awaited() -> Any:
        try:
            return await said
        except asyncio.CancelledError:
            raise RuntimeError("cancelled") from None  # its own doing, or nobody waits any more

    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(awaited(), loops[0]))
