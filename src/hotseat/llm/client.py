"""litellm behind pydantic-ai's own OpenAI adapter.

pydantic-ai's `OpenAIChatModel` asks its client for two things, `chat.completions.create` and
`with_options`; this client answers both with `litellm.acompletion`, so that messages, tools,
streaming and usage are pydantic-ai's, and the hundred providers are litellm's. It adds what
neither does: a stream counts as finished only when the provider said so, a reply has a size
limit, retries are ours, and every error leaves as a `SeatError` with no secret in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from openai import NotGiven, Omit
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from .faults import fault, seat_error
from .loading import litellm

LONGEST_REPLY = 8 * 1024
"""Bytes a customer may say; ten megabytes from a broken server never reach memory or page."""

LONGEST_ANSWER = 64 * 1024
"""Bytes a judge may answer: twenty criteria with quotes take about ten kilobytes."""


TAIL = 2.0
"""Seconds that the token count may take to follow once the provider has said it is finished."""


class Client:
    """Shaped like `AsyncOpenAI` as far as pydantic-ai looks; `options` go to litellm as they are
    (`api_base`, `api_key`, ...)."""

    def __init__(self, **options: Any) -> None:
        self.base_url = str(options.get("api_base") or "litellm")
        self.chat = _Chat(options)
        self.responses = None

    def with_options(self, **_: Any) -> Client:
        return self


class _Chat:
    def __init__(self, options: Mapping[str, Any]) -> None:
        self.completions = _Completions(options)


class _Completions:
    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options

    async def create(self, **asked: Any) -> ChatCompletion | Stream:
        """One call to the provider. Raises SeatError whatever goes wrong."""
        given = {key: value for key, value in asked.items() if not _absent(value)}
        given.pop("extra_headers", None)
        try:
            provider = await asyncio.to_thread(litellm)
            answer = await provider.acompletion(
                **given,
                **_extra(str(given.get("model"))),
                **self._options,
                drop_params=True,
                max_retries=0,
                num_retries=0,
            )
            if asked.get("stream") is True:
                return Stream(answer)
            whole = ChatCompletion.model_validate(answer.model_dump())
        except Exception as error:
            raise seat_error(error) from None
        if len(whole.choices[0].message.model_dump_json()) > LONGEST_ANSWER:
            raise fault("broken")
        return whole


class Stream:
    """A reply as it comes. Ends only when the provider gave a finish reason on the wire:
    litellm itself says "stop" for a stream that was cut off."""

    def __init__(self, chunks: Any) -> None:
        self._chunks = chunks
        self._size = 0

    def __aiter__(self) -> AsyncIterator[ChatCompletionChunk]:
        return self

    async def __anext__(self) -> ChatCompletionChunk:
        try:
            async with asyncio.timeout(TAIL if self._finished else None):
                chunk = await anext(self._chunks)
            valid = ChatCompletionChunk.model_validate(chunk.model_dump())
        except StopAsyncIteration:
            if not self._finished:
                raise fault("cut") from None
            raise
        except TimeoutError as error:
            if self._finished:  # all was said; only the connection was left open
                raise StopAsyncIteration from None
            raise seat_error(error) from None
        except Exception as error:
            wrong = seat_error(error)
            if wrong.kind == "setting" and self._size:  # it was speaking, so it is there
                wrong = fault("away")
            raise wrong from None
        self._size += sum(len((choice.delta.content or "").encode()) for choice in valid.choices)
        if self._size > LONGEST_REPLY:
            await self.close()
            raise fault("broken")
        return valid

    @property
    def _finished(self) -> bool:
        """Whether the provider itself said that it has finished."""
        chunks = self._chunks
        return bool(chunks.received_finish_reason or chunks.intermittent_finish_reason)

    async def close(self) -> None:
        close = getattr(self._chunks, "aclose", None)
        if close is not None:
            await close()

    async def __aenter__(self) -> Stream:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _extra(model: str) -> Mapping[str, Any]:
    """What a provider needs to be told besides. Anthropic keeps a prompt's beginning only where
    it is marked; the system message is the part that is the same for a whole encounter."""
    if model.startswith("anthropic/"):
        return {"cache_control_injection_points": [{"location": "message", "role": "system"}]}
    return {}


def _absent(value: object) -> bool:
    return value is None or isinstance(value, Omit | NotGiven)
