"""The models on either side of a recording: one that notes what a model answers, and one that
answers from the notes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models import (
    CompletedStreamedResponse,
    Model,
    ModelRequestParameters,
    StreamedResponse,
)
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from .tape import Tape, kept, question


class Recorded(WrapperModel):
    """A real model whose whole answers are noted; one that is broken off is not."""

    def __init__(self, tape: Tape, name: str, wrapped: Model) -> None:
        super().__init__(wrapped)
        self.tape, self.name = tape, name

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        asked = question(self.name, messages, model_settings, model_request_parameters)
        response = await super().request(messages, model_settings, model_request_parameters)
        self.tape.add(asked, kept(response))
        return response

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: Any = None,
    ) -> AsyncGenerator[StreamedResponse]:
        asked = question(self.name, messages, model_settings, model_request_parameters)
        async with super().request_stream(
            messages, model_settings, model_request_parameters, run_context
        ) as stream:
            yield stream
        response = stream.get()
        if response.finish_reason:
            self.tape.add(asked, kept(response))


class Replayed(Model):
    """Answers from a recording; nothing is asked of anybody. Raises SeatError for a question that
    was never answered."""

    def __init__(self, tape: Tape, name: str) -> None:
        super().__init__()
        self.tape, self.name = tape, name

    @property
    def model_name(self) -> str:
        return self.name

    @property
    def system(self) -> str:
        return "replay"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        asked = question(self.name, messages, model_settings, model_request_parameters)
        return _response(self.name, self.tape.find(asked))

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: Any = None,  # noqa: ARG002
    ) -> AsyncGenerator[StreamedResponse]:
        response = await self.request(messages, model_settings, model_request_parameters)
        yield CompletedStreamedResponse(
            response, model_request_parameters=model_request_parameters, replay_events=True
        )


def _response(name: str, answer: dict[str, Any]) -> ModelResponse:
    into, out, cached = answer["tokens"]
    return ModelResponse(
        parts=[
            TextPart(part["text"])
            if "text" in part
            else ToolCallPart(part["call"], part["arguments"], tool_call_id=f"call-{number}")
            for number, part in enumerate(answer["parts"], start=1)
        ],
        usage=RequestUsage(input_tokens=into, output_tokens=out, cache_read_tokens=cached),
        model_name=name,
        finish_reason=answer["finish"],
    )
