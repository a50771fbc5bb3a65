"""The seam to models: who sits in the customer's seat and who in the judge's.

A seat is named by one string: "embedded", an engine in code, or any litellm model id. Either
way what answers is a pydantic-ai `Model`, so prompts, validators and retries are one path.
Nothing of litellm is imported until a real model is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..domain import Role
from ..errors import SettingError

if TYPE_CHECKING:
    from pydantic_ai.models import Model
    from pydantic_ai.settings import ModelSettings

    from ..customer import CustomerBrief
    from ..judge import JudgeBrief

EMBEDDED = "embedded"

BUDGETS = ("ENCOUNTER", "DAY")
ROLES: tuple[Role, ...] = ("customer", "judge")


@dataclass(frozen=True)
class Deadlines:
    """Seconds: to the first word, between words, and for one answer with all its retries."""

    first: float
    gap: float
    total: float


DEADLINES: Mapping[Role, Deadlines] = {
    "customer": Deadlines(first=9, gap=10, total=28),
    "judge": Deadlines(first=60, gap=60, total=60),
}


@dataclass(frozen=True)
class Seat:
    """One role's engine. `name` is what the page shows and the record pins; `fallbacks` are
    tried in order when it fails; `url` is an OpenAI-compatible address of one's own."""

    name: str = EMBEDDED
    role: Role = "customer"
    fallbacks: tuple[str, ...] = ()
    url: str = ""
    temperature: float | None = None
    deadlines: Deadlines = field(default=DEADLINES["customer"])

    @property
    def embedded(self) -> bool:
        return self.name == EMBEDDED

    @property
    def settings(self) -> ModelSettings:
        """What the model is asked with; a judge is asked at temperature 0."""
        return {} if self.temperature is None else {"temperature": self.temperature}

    @property
    def models(self) -> tuple[str, ...]:
        """Every model that may answer, in the order they are tried."""
        return (self.name, *self.fallbacks)

    def model(self, brief: CustomerBrief | JudgeBrief, attempt: int = 0) -> Model:
        """The pydantic-ai model that answers for this brief on this attempt (0 first)."""
        name = self.models[min(attempt, len(self.fallbacks))]
        if name == EMBEDDED:
            from .. import embedded

            return embedded.model(brief)
        return self.real_model(name)

    def real_model(self, name: str = "") -> Model:
        """The language model behind this seat, or behind one of its fallbacks by name."""
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.litellm import LiteLLMProvider

        from .client import Client

        client = Client(**({"api_base": self.url} if self.url else {}))
        provider = LiteLLMProvider(openai_client=client)  # pyright: ignore[reportArgumentType, reportCallIssue]
        return OpenAIChatModel(name or self.name, provider=provider)


@dataclass(frozen=True)
class Budget:
    """US dollars at list price; 0 means no limit. Models without a list price count nothing."""

    encounter: float = 0.0
    day: float = 0.0


@dataclass(frozen=True)
class Seats:
    customer: Seat
    judge: Seat
    budget: Budget = Budget()

    @property
    def self_preferring(self) -> bool:
        """Whether one model both plays and judges: it may favour what it would say itself."""
        return not self.judge.embedded and self.judge.name == self.customer.name


def seats(env: Mapping[str, str]) -> Seats:
    """Both seats from the environment: HOTSEAT_CUSTOMER_MODEL and HOTSEAT_JUDGE_MODEL (default
    "embedded"), and for each HOTSEAT_<ROLE>_FALLBACKS (model ids
    separated by commas), HOTSEAT_<ROLE>_URL and HOTSEAT_<ROLE>_TEMPERATURE; the budget from
    HOTSEAT_BUDGET_ENCOUNTER and HOTSEAT_BUDGET_DAY.

    Raises SettingError for a value that cannot work; whether a model answers is for
    `hotseat models` to say.
    """
    budget = Budget(
        *(_number(env, f"HOTSEAT_BUDGET_{part}", 0.0, 10_000.0) or 0.0 for part in BUDGETS)
    )
    return Seats(*(_seat(env, role) for role in ROLES), budget=budget)


def _seat(env: Mapping[str, str], role: Role) -> Seat:
    prefix = f"HOTSEAT_{role.upper()}"
    name = env.get(f"{prefix}_MODEL", "").strip() or EMBEDDED
    fallbacks = env.get(f"{prefix}_FALLBACKS", "").split(",")
    degrees = _number(env, f"{prefix}_TEMPERATURE", 0.0, 2.0)
    return Seat(
        name=_model_id(name, f"{prefix}_MODEL"),
        role=role,
        fallbacks=tuple(
            _model_id(f.strip(), f"{prefix}_FALLBACKS") for f in fallbacks if f.strip()
        ),
        url=env.get(f"{prefix}_URL", "").strip(),
        temperature=0.0 if degrees is None and role == "judge" else degrees,
        deadlines=DEADLINES[role],
    )


def _model_id(name: str, variable: str) -> str:
    if name != EMBEDDED and ("/" not in name or any(c.isspace() for c in name)):
        raise SettingError(
            f"{name!r} is not a model id",
            place=variable,
            fix='write provider/model, such as openai/gpt-5-mini, or "embedded"',
        )
    return name


def _number(env: Mapping[str, str], variable: str, low: float, high: float) -> float | None:
    value = env.get(variable, "").strip()
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise SettingError(
            f"{value!r} does not work",
            place=variable,
            fix=f"write a number from {low:g} to {high:g}, or leave it out",
        )
    return number
