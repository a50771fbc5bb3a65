"""What the customer's next line must do, decided from how the mood moved. Pure.

The engine in the customer's seat gets this and finds the words; it cannot concede, accept,
reveal or leave unless the direction says so.
"""

from __future__ import annotations

from .domain import Act, Direction, Mood, Move, Outcome, Scenario
from .laws import COLD, HEARS, LAWS, NO_LAW, SMALL
from .mood import Seen, band


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
    wanted = None if quiet else next(iter(missing + doubted), None)
    tested = pushes or (wanted if wanted in doubted else None)
    return Direction(
        move=move,
        band=band(after),
        reacts=_reacts(saw, before, kindly=move in ("accept", "goodbye", "unheard")),
        answers=() if final else _new(after.told, before.told),
        reveals=() if final else _new(after.revealed, before.revealed),
        stung=next((key for key in saw.signs if key.startswith("rises/")), None),
        presses=wanted if wanted != tested else None,
        pushes=None if quiet else tested,
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


def _reacts(saw: Seen, before: Mood, *, kindly: bool) -> tuple[Act, ...]:
    """The acts worth a reaction: the worst blow alone, or the best two of what helped; nothing
    that grates where the line itself is kind."""
    blows = [act for act in saw.acts if LAWS.get(act.id, NO_LAW).hurts and act.id not in COLD]
    plans = saw.did("dated", "says_unknown", "concrete_offer")
    cold = [a for a in saw.acts if a.id in COLD and not (plans and a.id == "vague_action")]
    stale = {"owned"} if before.apologies else set[str]()
    helped: list[Act] = []
    for act in saw.acts:
        if act in blows or act.id in COLD | (SMALL - {"asks_new"}) | stale:
            continue
        if not any(_same_words(act, other) for other in helped):
            helped.append(act)
    if not before.heard:
        helped.sort(key=lambda act: act.id not in HEARS)
    if kindly:
        return tuple(helped[:1])
    if blows:
        return tuple(blows[:1])
    if cold and len(helped) < 2:
        return tuple(cold[:1])
    return tuple(helped[:2]) or saw.acts[:1]


def _same_words(act: Act, other: Act) -> bool:
    """Whether two acts were seen in the same words: one reaction is enough for both."""
    return bool(act.quote) and (act.quote in other.quote or other.quote in act.quote)


def _new(after: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(k for k in after if k not in before)
