"""What the customer's next line must do, decided from how the mood moved. Pure.

The engine in the customer's seat gets this and finds the words; it cannot concede, accept,
reveal or leave unless the direction says so.
"""

from __future__ import annotations

from .domain import Act, Direction, Mood, Move, Outcome, Scenario
from .laws import LAWS, NO_LAW
from .mood import Seen, band

_COLD = frozenset({"bare_apology", "stock_empathy", "jargon", "too_long"})
"""Acts that move no numbers and still grate."""

_SMALL = frozenset({"thanks", "greeting", "farewell", "checks_fit", "recaps"})
"""Acts answered only when there is nothing else to answer."""


def direct(
    scenario: Scenario, before: Mood, after: Mood, saw: Seen, ending: Outcome | None
) -> Direction:
    """What the customer's next line must do."""
    pushes = next(iter(_new(after.offered, before.offered)), None)
    move = _move(scenario, before, after, ending, pushes)
    final = ending is not None
    missing = [n for n in scenario.needs if n not in after.offered and n not in after.met]
    doubted = [n for n in after.offered if n not in after.met]
    quiet = final or move in ("accept", "unheard")
    return Direction(
        move=move,
        band=band(after),
        reacts=_reacts(saw, before),
        answers=() if final else _new(after.told, before.told),
        reveals=() if final else _new(after.revealed, before.revealed),
        presses=None if quiet else next(iter(missing + doubted), None),
        pushes=pushes if move == "push_back" else None,
        ending=ending,
    )


def _move(
    scenario: Scenario, before: Mood, after: Mood, ending: Outcome | None, pushes: str | None
) -> Move:
    if ending in ("walked_out", "out_of_turns") or (ending == "escalated" and not after.patience):
        return "leave"
    if ending == "resolved":
        return "goodbye"
    if after.accepted:
        return "accept"
    if before.accepted:
        return "withdraw"
    if after.patience == 1 and before.patience > 1:
        return "warn"
    if pushes:
        return "push_back"
    if not after.heard and len(after.met) == len(scenario.needs):
        return "unheard"
    return "press"


def _reacts(saw: Seen, before: Mood) -> tuple[Act, ...]:
    """The acts worth a reaction: the worst blow alone, or the best two of what helped."""
    for act in saw.acts:
        if act.id in _COLD or LAWS.get(act.id, NO_LAW).hurts:
            return (act,)
    stale = {"owned"} if before.apologies else set[str]()
    return tuple(a for a in saw.acts if a.id not in _SMALL | stale)[:2] or saw.acts[:1]


def _new(after: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(k for k in after if k not in before)
