"""The customer's mood as a state machine: pure, bounded, the same every time.

A model never decides that a customer is satisfied. What the code saw in a trainee turn (a
reading, later a verdict) becomes a `Seen`; `shift` moves the mood by it and `outcome` says
whether the encounter is over. What the next line must do is `direction.direct`.
The numbers it works with are in `laws`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .domain import (
    ACTS,
    Act,
    Grade,
    Intensity,
    Mood,
    Noun,
    Outcome,
    Persona,
    Read,
    Reading,
    Scenario,
    Sign,
    Verdict,
)
from .laws import (
    COLD,
    FLOOR,
    HEARS,
    HOSTILE,
    LAWS,
    MAX_TURNS,
    NO_LAW,
    SHOWN_BY,
    SMALL,
    TERMS,
    Terms,
)


class Seen(Noun):
    """What counts for the mood in one trainee turn, whoever saw it."""

    acts: tuple[Act, ...] = ()
    signs: tuple[str, ...] = ()

    def did(self, *acts: str) -> bool:
        return any(act.id in acts for act in self.acts)

    @property
    def hostile(self) -> bool:
        return any(act.id in HOSTILE for act in self.acts)


def seen(reading: Reading) -> Seen:
    """The provisional view: straight from the embedded reading."""
    return _seen(reading, reading.criteria, tuple(reading.signs))


def seen_by_judge(reading: Reading, verdict: Verdict) -> Seen:
    """The settled view: the verdict's grades and signs in place of the reading's; acts that no
    criterion covers (an insult, a farewell) stay as read."""
    return _seen(reading, verdict.grades, verdict.signs)


def _seen(reading: Reading, graded: Mapping[str, Read | Grade], signs: tuple[str, ...]) -> Seen:
    shown = {SHOWN_BY[id]: grade for id, grade in graded.items() if id in SHOWN_BY}
    acts = {act.id: act for act in reading.acts if act.id not in shown}
    acts |= {id: Act(id=id, quote=g.quote) for id, g in shown.items() if g.level == "met"}
    return Seen(acts=tuple(acts[id] for id in ACTS if id in acts), signs=signs)


def signs(persona: Persona, scenario: Scenario) -> dict[str, Sign]:
    """Everything of this customer's worth noticing in a trainee turn, by key."""
    found: dict[str, Sign] = {}
    found |= {f"softens/{i}": t for i, t in enumerate(persona.softens_at)}
    found |= {f"rises/{i}": t for i, t in enumerate(persona.rises_at)}
    found |= {f"needs/{id}": need for id, need in scenario.needs.items()}
    found |= {f"hides/{id}": hidden for id, hidden in scenario.hides.items()}
    found |= {f"knows/{id}": known for id, known in scenario.knows.items()}
    return found


def start(persona: Persona, intensity: Intensity) -> Mood:
    """The mood before the first reply."""
    terms, temper = TERMS[intensity], persona.mood
    return Mood(
        tension=_within(temper.tension + terms.tension, 3, 9),
        trust=temper.trust,
        patience=max(3, temper.patience + terms.patience),
    )


def band(mood: Mood) -> int:
    """The mood's band, 0 (hottest) to 4 (calmest)."""
    return next(i for i, least in enumerate((9, 7, 5, 3, 0)) if mood.tension >= least)


def shift(
    persona: Persona, scenario: Scenario, intensity: Intensity, mood: Mood, saw: Seen
) -> Mood:
    """The mood after one trainee turn.

    Tension falls by at most 3, 2, 2 points and rises by at most 2, 3, 3 (mild, standard,
    strong); after a rise the next fall is halved. A first offer is tested before it counts.
    At most one hidden fact comes out a turn.
    """
    terms = TERMS[intensity]
    offered, met, pushbacks = _needs(scenario, terms, mood, saw)
    hidden = [k for k in _keys(saw, "hides") if k in scenario.hides and not saw.hostile]
    revealed = _and_new(mood.revealed, hidden, 1)
    all_met = len(met) == len(scenario.needs)

    change, trust = _pull(persona, mood, saw)
    change -= len(met) - len(mood.met)
    if all_met and change > -1 and not _harm(saw):
        change = -1
    if saw.hostile:
        change = max(change, 1)
    change = _within(change, -terms.down, terms.up)
    if change < 0 < mood.momentum:
        change = -(-change // 2)
    floor = 0 if all_met else min(FLOOR, mood.tension)
    tension = _within(mood.tension + change, floor, 10)

    progress = (
        tension < mood.tension
        or len(offered) + len(met) > len(mood.offered) + len(mood.met)
        or len(revealed) > len(mood.revealed)
    ) and not saw.hostile
    patience = mood.patience - (0 if progress else 1) - (1 if saw.hostile else 0)
    turns = mood.turns + 1
    fixed = len(mood.met) == len(scenario.needs)
    kind = saw.did(*HEARS) or (fixed and saw.did("stock_empathy", "bare_apology"))
    heard = mood.heard or (kind and not saw.hostile)
    asked = [k for k in _keys(saw, "knows") if k in scenario.knows]
    told = _and_new(mood.told, asked, 1 if len(revealed) > len(mood.revealed) else 2)
    return Mood(
        tension=tension,
        trust=_within(mood.trust + _within(trust, -2, 2), 0, 10),
        patience=max(0, patience),
        momentum=_within(change, -3, 3),
        apologies=mood.apologies + saw.did("owned", "bare_apology", "repeat_apology"),
        pushbacks=pushbacks,
        offered=offered,
        met=met,
        revealed=revealed,
        told=told,
        heard=heard,
        accepted=all_met
        and (heard or not terms.hearing)
        and tension <= terms.accepts_at
        and turns >= terms.min_turns
        and not saw.hostile,
        turns=turns,
    )


def outcome(
    persona: Persona, scenario: Scenario, before: Mood, after: Mood, saw: Seen
) -> Outcome | None:
    """Whether the encounter is over after this turn, and how.

    An accepted solution leaves the trainee one more turn to close, so `resolved` comes with
    the turn after the acceptance; a question in it is answered first.
    """
    if before.accepted and after.accepted and before.told == after.told:
        return "resolved"
    if after.patience == 0:
        return persona.exit
    handed_over = saw.did("handover") and after.turns > 2 and scenario.policy.escalates_to
    if handed_over and not after.accepted and before.offered == after.offered == after.met == ():
        return "escalated"
    if after.turns >= MAX_TURNS:
        return "out_of_turns"
    return None


def _pull(persona: Persona, mood: Mood, saw: Seen) -> tuple[int, int]:
    """Tension and trust as the laws and this persona's triggers would move them, unclamped."""
    tension = trust = 0
    for act in saw.acts:
        law = LAWS.get(act.id, NO_LAW)
        stale = act.id == "owned" and mood.apologies > 0
        tension += 0 if stale else law.tension
        trust += 0 if stale else law.trust
    for key in saw.signs:
        kind, _, name = key.partition("/")
        if kind == "softens":
            tension -= persona.softens_at[int(name)].by
        elif kind == "rises":
            tension += persona.rises_at[int(name)].by
    return tension, trust


def _needs(
    scenario: Scenario, terms: Terms, mood: Mood, saw: Seen
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Needs offered and met after this turn, and how many offers have been tested so far."""
    offered, met, pushbacks = list(mood.offered), list(mood.met), mood.pushbacks
    if saw.hostile:
        return mood.offered, mood.met, pushbacks
    fired = _keys(saw, "needs")
    doubted = next((n for n in reversed(mood.offered) if n not in mood.met), None)
    for need in scenario.needs:
        if need in met:
            continue
        if need in offered:
            if need in fired or (need == doubted and _speaks_to_it(saw)):
                met.append(need)
        elif need in fired:
            if pushbacks < terms.pushbacks:
                offered.append(need)
                pushbacks += 1
            else:
                met.append(need)
    return tuple(offered), tuple(met), pushbacks


def _speaks_to_it(saw: Seen) -> bool:
    """Whether a turn answers the doubt about the last offer: any plain statement does, a blow,
    a stock phrase or a mere question does not."""
    said = {act.id for act in saw.acts}
    return not (_harm(saw) or said & COLD) and (not said or bool(said - SMALL))


def _harm(saw: Seen) -> bool:
    return any(LAWS.get(act.id, NO_LAW).tension > 0 for act in saw.acts)


def _keys(saw: Seen, kind: str) -> tuple[str, ...]:
    return tuple(key.split("/", 1)[1] for key in saw.signs if key.startswith(f"{kind}/"))


def _and_new(old: tuple[str, ...], keys: Iterable[str], most: int) -> tuple[str, ...]:
    """The old keys and at most so many new ones: a person says one or two things at a time."""
    return old + tuple(key for key in keys if key not in old)[:most]


def _within(value: int, low: int, high: int) -> int:
    return max(low, min(high, value))
