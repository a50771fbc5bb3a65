"""The numbers of the mood: what an intensity changes, and how much each act moves a customer.

Steps are clamped to a few points a turn with inertia after a rise (the shape that emotion
simulators with coded state use, so that nobody is "instantly cured"). The sizes were set by
playing the scripted trainees against every persona (`hotseat simulate`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from .domain import Intensity

MAX_TURNS = 12
"""Trainee turns after which an encounter ends by itself."""

FLOOR = 4
"""Tension does not fall below this while a need is open: kind words alone soothe only so far."""


class Terms(NamedTuple):
    """What an intensity changes: concession rules, not loudness.

    `tension` and `patience` are added to the persona's; `down` and `up` bound a turn's step;
    `pushbacks` is how many offers are tested before one counts; the customer accepts at
    `accepts_at` or below, from turn `min_turns` on, and only once heard where `hearing` is set.
    """

    tension: int
    patience: int
    down: int
    up: int
    pushbacks: int
    accepts_at: int
    min_turns: int
    hearing: bool


TERMS: Mapping[Intensity, Terms] = MappingProxyType(
    {
        "mild": Terms(-2, +2, down=3, up=2, pushbacks=0, accepts_at=6, min_turns=2, hearing=False),
        "standard": Terms(0, 0, down=2, up=3, pushbacks=1, accepts_at=5, min_turns=3, hearing=True),
        "strong": Terms(+1, -1, down=2, up=3, pushbacks=2, accepts_at=4, min_turns=4, hearing=True),
    }
)


class Law(NamedTuple):
    """How much an act moves any customer: points of tension and of trust."""

    tension: int
    trust: int = 0

    @property
    def hurts(self) -> bool:
        return self.tension > 0 or self.trust < 0


NO_LAW = Law(0)

LAWS: Mapping[str, Law] = MappingProxyType(
    {
        "threat": Law(3, -3),
        "insult": Law(3, -3),
        "profanity": Law(2, -2),
        "blame": Law(2, -2),
        "sarcasm": Law(2, -1),
        "minimise": Law(2, -1),
        "sorry_you_feel": Law(1, -1),
        "but_empathy": Law(1),
        "dumps": Law(2, -2),
        "bare_refusal": Law(1, -1),
        "policy_recital": Law(1, -1),
        "overpromise": Law(0, -2),
        "false_admission": Law(0, -1),
        "sensitive_request": Law(1, -2),
        "addresses_grader": Law(1),
        "off_task": Law(1),
        "asks_if_ai": Law(0),
        "repeats_itself": Law(1, -1),
        "asks_known": Law(1, -1),
        "upsell": Law(2, -1),
        "cheerful": Law(1),
        "repeat_apology": Law(1),
        "vague_time": Law(0, -1),
        "vague_action": Law(0, -1),
        "nothing_said": Law(1),
        "concrete_offer": Law(-1, 1),
        "adapted": Law(-1, 1),
        "honest_cause": Law(0, 1),
        "says_unknown": Law(0, 1),
        "dated": Law(0, 1),
        "choices": Law(0, 1),
        "heard": Law(-1, 1),
        "felt": Law(-1, 1),
        "owned": Law(-1, 1),
    }
)

HOSTILE = frozenset({"threat", "insult", "profanity", "blame", "sarcasm"})
HEARS = frozenset({"heard", "felt", "owned"})
COLD = frozenset(
    {"bare_apology", "stock_empathy", "jargon", "too_long", "vague_time", "vague_action"}
)
"""Acts that grate without being a blow; nothing is settled by a turn that holds one."""

SMALL = frozenset({"thanks", "greeting", "farewell", "checks_fit", "recaps", "asks_new"})
"""Acts that say nothing of the matter themselves."""

SHOWN_BY: Mapping[str, str] = MappingProxyType(
    {
        "acknowledge_feelings": "felt",
        "paraphrase": "heard",
        "apology_fit": "owned",
        "specific_solution": "concrete_offer",
        "timeline": "dated",
        "offer_choices": "choices",
        "adapt_flexibly": "adapted",
        "transparent_explanation": "honest_cause",
    }
)
"""The act that a criterion amounts to when it is met, whether a reader or a judge says so."""
