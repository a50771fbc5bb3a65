"""A circuit breaker: a model that keeps failing is left alone for a while, so that nobody waits
for it in vain and a provider in trouble is not knocked on by every room at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import FaultKind

FAILURES = 5
"""Failures in a row after which a model is left alone."""

REST, LONGEST_REST = 30.0, 300.0
"""Seconds it is left alone the first time, doubled each time it fails again, and the most."""

_COUNTED: tuple[FaultKind, ...] = ("away", "busy", "key")
"""What says that asking again is no use just now. Any other fault is an answer of a kind."""


@dataclass
class _Run:
    """The failures of one model in a row; `until` is when it may be asked again."""

    failures: int = 0
    rest: float = REST
    until: float = 0.0


class Health:
    """How the models of one seat are doing, as far as this process knows. `clock` gives seconds
    and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._runs: dict[str, _Run] = {}

    def resting(self, model: str) -> float:
        """Seconds for which this model is still left alone; 0 when it may be asked."""
        run = self._runs.get(model)
        return max(0.0, run.until - self._clock()) if run else 0.0

    def failed(self, model: str, kind: FaultKind) -> None:
        """Note a failure. One that comes in while the model rests began before, and says nothing
        new."""
        if kind not in _COUNTED:
            self.answered(model)
        elif not self.resting(model):
            run = self._runs.setdefault(model, _Run())
            run.failures += 1
            if run.failures >= FAILURES:
                run.until = self._clock() + run.rest
                run.rest = min(2 * run.rest, LONGEST_REST)

    def answered(self, model: str) -> None:
        """Note that the model answered: whatever went before is forgotten."""
        self._runs.pop(model, None)
