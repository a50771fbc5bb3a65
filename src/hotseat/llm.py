"""The seam to models: who sits in the customer's seat and who in the judge's.

A seat is named by one string. Only "embedded" exists so far: an engine in code behind the same
pydantic-ai `Model` that a language model will stand behind, built per call with the brief in
its closure, so that prompts, validators and retries are one path.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import SettingError

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from .customer import CustomerBrief
    from .judge import JudgeBrief

EMBEDDED = "embedded"


@dataclass(frozen=True)
class Seat:
    """One role's engine. `name` is what the page shows and the record pins."""

    name: str = EMBEDDED

    def model(self, brief: CustomerBrief | JudgeBrief) -> Model:
        """The pydantic-ai model that answers for this brief."""
        from . import embedded

        return embedded.model(brief)


@dataclass(frozen=True)
class Seats:
    customer: Seat
    judge: Seat


def seats(env: Mapping[str, str]) -> Seats:
    """Both seats from HOTSEAT_CUSTOMER_MODEL and HOTSEAT_JUDGE_MODEL (default "embedded").

    Raises SettingError for a name no engine answers to.
    """
    return Seats(_seat(env, "HOTSEAT_CUSTOMER_MODEL"), _seat(env, "HOTSEAT_JUDGE_MODEL"))


def _seat(env: Mapping[str, str], variable: str) -> Seat:
    name = env.get(variable, "").strip() or EMBEDDED
    if name != EMBEDDED:
        raise SettingError(
            f"no engine is called {name!r}",
            place=variable,
            fix=f"unset {variable} or set it to {EMBEDDED!r}, the only engine of this version",
        )
    return Seat(name)
