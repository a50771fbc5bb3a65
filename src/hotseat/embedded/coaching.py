"""The embedded coach: a sample phrase that somebody wrote for the case, or for the criterion."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..domain import Criterion

NEAREST: Mapping[str, str] = MappingProxyType(
    {
        "policy_truth": "positive_framing",
        "composure": "acknowledge_feelings",
        "professional_language": "listen_fully",
    }
)
"""Where a scenario has no sample phrase for a criterion, the one to try instead."""


def phrase(criterion: Criterion, phrases: Mapping[str, str]) -> str:
    """What one could write to meet a criterion: the scenario's own phrase for it or for the
    nearest one, else the rubric's example."""
    ours = phrases.get(criterion.id) or phrases.get(NEAREST.get(criterion.id, ""))
    return ours or criterion.examples.met
