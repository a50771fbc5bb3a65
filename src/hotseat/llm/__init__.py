"""The seam to models: who plays the customer, who judges, who gives a second opinion, who coaches.

A seat is named by one string: "embedded", an engine in code, or any litellm model id. Either
way what answers is a pydantic-ai `Model`, so prompts, validators and retries are one path.
Nothing of litellm is imported until a real model is asked.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..domain import Role
from ..errors import SettingError
from .families import family
from .health import Health

if TYPE_CHECKING:
    from pydantic_ai.models import Model
    from pydantic_ai.settings import ModelSettings

    from ..coach import CoachBrief
    from ..customer import CustomerBrief
    from ..judge import JudgeBrief
    from .tape import Tape

    Brief = CustomerBrief | JudgeBrief | CoachBrief

EMBEDDED = "embedded"

BUDGETS = ("ENCOUNTER", "DAY")
JUDGES: tuple[Role, ...] = ("judge", "second_judge")


@dataclass(frozen=True)
class Deadlines:
    """Seconds: to the first word, between words, and for one answer with all its retries."""

    first: float
    gap: float
    total: float


DEADLINES: Mapping[Role, Deadlines] = {
    "customer": Deadlines(first=9, gap=10, total=28),
    "judge": Deadlines(first=60, gap=60, total=60),
    "second_judge": Deadlines(first=60, gap=60, total=60),
    "coach": Deadlines(first=60, gap=60, total=60),
}


@dataclass(frozen=True)
class Seat:
    """One role's engine. `name` is what the page shows and the record pins; `fallbacks` are
    tried in order when it fails; `url` is an address of one's own, for the models of the
    first one's provider; `health` remembers which of them keep failing, and `tape` records what
    they answer or answers for them: both are no part of what makes two seats equal."""

    name: str = EMBEDDED
    role: Role = "customer"
    fallbacks: tuple[str, ...] = ()
    url: str = ""
    temperature: float | None = None
    deadlines: Deadlines = field(default=DEADLINES["customer"])
    health: Health = field(default_factory=Health, compare=False, repr=False)
    tape: Tape | None = field(default=None, compare=False, repr=False)

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

    def engine(self, attempt: int = 0) -> str:
        """The name of the model that answers on this attempt (0 first)."""
        return self.models[min(attempt, len(self.fallbacks))]

    def model(self, brief: Brief, attempt: int = 0) -> Model:
        """The pydantic-ai model that answers for this brief on this attempt (0 first)."""
        name = self.engine(attempt)
        if name == EMBEDDED:
            from .. import embedded

            return embedded.model(brief)
        return self.real_model(name)

    def real_model(self, name: str = "") -> Model:
        """The language model behind this seat, or behind one of its fallbacks by name."""
        name = name or self.name
        return self.tape.model(name, lambda: self._asked(name)) if self.tape else self._asked(name)

    def _asked(self, name: str) -> Model:
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.litellm import LiteLLMProvider

        from .client import Client

        at_home = name.partition("/")[0] == self.name.partition("/")[0]
        client = Client(**_address(self.url if at_home else ""))
        provider = LiteLLMProvider(openai_client=client)  # pyright: ignore[reportArgumentType, reportCallIssue]
        return OpenAIChatModel(name, provider=provider)


@dataclass(frozen=True)
class Budget:
    """US dollars at list price; 0 means no limit. Models without a list price count nothing."""

    encounter: float = 0.0
    day: float = 0.0


@dataclass(frozen=True)
class Seats:
    """Everybody who plays a part. `second_judge` is None where one opinion is enough."""

    customer: Seat
    judge: Seat
    coach: Seat = field(default_factory=lambda: _vacant("coach"))
    second_judge: Seat | None = None
    budget: Budget = Budget()

    @property
    def all(self) -> tuple[Seat, ...]:
        """The seats in use, in the order they matter to a trainee."""
        second = (self.second_judge,) if self.second_judge else ()
        return (self.customer, self.judge, *second, self.coach)

    @property
    def self_preferring(self) -> bool:
        """Whether one family of models both plays and judges, by whatever provider: it may
        favour what it would say itself."""
        return not self.judge.embedded and family(self.judge.name) == family(self.customer.name)

    def warnings(self) -> tuple[str, ...]:
        """What is worth knowing about who sits where, a sentence each."""
        said: list[str] = []
        if self.self_preferring:
            said.append(
                f"The judge ({self.judge.name}) is of the same family as the customer "
                f"({self.customer.name}): a model favours what it would say itself. "
                "Choose a judge of another family."
            )
        second = self.second_judge
        if second and family(second.name) == family(self.judge.name):
            said.append(
                f"The second judge ({second.name}) is of the same family as the first "
                f"({self.judge.name}): both will be wrong about the same things. "
                "Choose a second judge of another family."
            )
        return tuple(said)


def seats(env: Mapping[str, str]) -> Seats:
    """Every seat from the environment: HOTSEAT_CUSTOMER_MODEL, HOTSEAT_JUDGE_MODEL and
    HOTSEAT_COACH_MODEL (default "embedded"), HOTSEAT_SECOND_JUDGE_MODEL (default nobody), and for
    each HOTSEAT_<ROLE>_FALLBACKS (model ids separated by commas), HOTSEAT_<ROLE>_URL and
    HOTSEAT_<ROLE>_TEMPERATURE; the budget from HOTSEAT_BUDGET_ENCOUNTER and HOTSEAT_BUDGET_DAY.

    Raises SettingError for a value that cannot work; whether a model answers is for
    `hotseat models` to say.
    """
    budget = Budget(
        *(_number(env, f"HOTSEAT_BUDGET_{part}", 0.0, 10_000.0) or 0.0 for part in BUDGETS)
    )
    second = env.get("HOTSEAT_SECOND_JUDGE_MODEL", "").strip()
    return Seats(
        customer=_seat(env, "customer"),
        judge=_seat(env, "judge"),
        coach=_seat(env, "coach"),
        second_judge=_seat(env, "second_judge") if second else None,
        budget=budget,
    )


async def warm(seats: Seats) -> None:
    """Load what real models need, in a thread, so that the first trainee does not wait for it.
    Does nothing where every seat is embedded. To be called once the page is served."""
    if any(model != EMBEDDED for seat in seats.all for model in seat.models):
        from .loading import litellm

        await asyncio.to_thread(litellm)


def _vacant(role: Role) -> Seat:
    """A seat that nobody was named for: the embedded engine takes it."""
    return Seat(role=role, deadlines=DEADLINES[role])


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
        temperature=0.0 if degrees is None and role in JUDGES else degrees,
        deadlines=DEADLINES[role],
    )


def _address(url: str) -> dict[str, str]:
    """An address of one's own, for litellm. It may want no key, and litellm insists on one."""
    if not url:
        return {}
    return {"api_base": url} | ({} if os.environ.get("OPENAI_API_KEY") else {"api_key": "none"})


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
