"""The engine used when no model is named: in code, on this machine, and called embedded.

It stands behind pydantic-ai's `FunctionModel`, built per call with the structured brief in its
closure, so a key changes who answers and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from .answers import answers
from .coaching import phrase
from .lines import line

if TYPE_CHECKING:
    from pydantic_ai.models.function import FunctionModel

    from ..coach import CoachBrief
    from ..customer import CustomerBrief
    from ..judge import JudgeBrief

__all__ = ["answers", "line", "model", "phrase"]


def model(brief: CustomerBrief | JudgeBrief | CoachBrief) -> FunctionModel:
    """The model that answers for one brief: a line for the customer's, a sample phrase for a
    coach's, `Answers` for a judge's."""
    from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
    from pydantic_ai.models.function import AgentInfo, FunctionModel

    from ..coach import CoachBrief
    from ..customer import CustomerBrief

    if isinstance(brief, CustomerBrief):
        said = line(brief)

        async def speak(_: list[ModelMessage], __: AgentInfo) -> AsyncIterator[str]:
            for word in re.findall(r"\S+\s*", said):
                yield word

        return FunctionModel(stream_function=speak, model_name="embedded")

    if isinstance(brief, CoachBrief):
        written = phrase(brief.criterion, brief.phrases)

        def suggest(_: list[ModelMessage], __: AgentInfo) -> ModelResponse:
            return ModelResponse(parts=[TextPart(written)])

        return FunctionModel(suggest, model_name="embedded")

    answered = answers(brief)

    def grade(_: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        return ModelResponse(
            parts=[ToolCallPart(info.output_tools[0].name, answered.model_dump(mode="json"))]
        )

    return FunctionModel(grade, model_name="embedded")
