"""What a simulated customer did wrong in an encounter, and whom it served.

An evaluation of trainees is only as good as its customers: one who gives in, or lets a secret
out, makes poor work look good; one who makes facts up or leaves the part makes good work look
poor. Each slip is tagged so, as tau2-bench does in its reviews of simulated users.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from .. import guard, mood
from ..catalog.lint_persona import gives_away
from ..customer import CustomerBrief, role_prompt, stage_direction
from ..domain import Mood, Noun, Record, Scenario, Step
from ..laws import TERMS
from .flaws import flaws
from .trainees import Quality

Kind = Literal["capitulation", "leak", "role", "facts", "ending", "repetition", "form"]
Effect = Literal["critical_helped", "critical_hindered", "minor"]

KINDS: Mapping[str, tuple[Kind, Effect]] = MappingProxyType(
    {
        "gives in": ("capitulation", "critical_helped"),
        "hidden fact": ("leak", "critical_helped"),
        "stranger": ("facts", "critical_hindered"),
        "empty": ("role", "critical_hindered"),
        "repeated": ("repetition", "minor"),
    }
)
"""What the flaws of a line amount to; those not named here are a matter of form."""

FAULTS: Mapping[str, tuple[Kind, Effect]] = MappingProxyType(
    {
        "it gives in": ("capitulation", "critical_helped"),
        "it says the same thing twice": ("repetition", "minor"),
        "this is chat": ("form", "minor"),
    }
)
"""What a line out of part amounts to, by words of the guard's; any other leaves the role."""


class Slip(Noun):
    """One thing a customer did wrong: in which `step` (0 is the opening), in which `line`, and
    `about` what. `critical_helped` made it easier for the trainee than it should have been,
    `critical_hindered` harder; `minor` spoils the practice and changes no result."""

    kind: Kind
    effect: Effect
    step: int
    line: str
    about: str


def slips(record: Record) -> list[Slip]:
    """Everything the customer of an encounter did wrong that code can see, in order."""
    found = [
        *_opening(record),
        *(_from_flaw(f.kind, f.about, f.step, f.line) for f in flaws(record)),
    ]
    before = mood.start(record.persona, record.intensity)
    for number, step in enumerate(record.steps, start=1):
        found += [
            Slip(kind=kind, effect="critical_helped", step=number, line=_line(step), about=about)
            for kind, about in (*_too_soft(record, before, step), *_tells(record, number))
        ]
        before = step.mood_now or before
    order = sorted(set(found), key=lambda one: (one.step, found.index(one)))
    return [one for one in order if one.about != "it is empty"]


def ending(record: Record, quality: Quality) -> list[Slip]:
    """Whether it ended as earned: good work resolves it, poor work never does. Average work may
    go either way."""
    last = record.steps[-1] if record.steps else None
    line, step = (_line(last) if last else record.opening.text), len(record.steps)
    if quality == "good" and record.outcome != "resolved":
        about = f"{_words(record)} with a good trainee"
        return [Slip(kind="ending", effect="critical_hindered", step=step, line=line, about=about)]
    if quality == "poor" and record.outcome == "resolved":
        about = "resolved with a poor trainee"
        return [Slip(kind="ending", effect="critical_helped", step=step, line=line, about=about)]
    return []


def accepted(record: Record, why: str) -> list[Slip]:
    """That the customer accepted at all, in an encounter in which nothing earned it."""
    for number, step in enumerate(record.steps, start=1):
        if step.mood_now and step.mood_now.accepted:
            return [_gave_in(number, step, f"accepted {why}")]
    return []


def soothed(record: Record) -> list[Slip]:
    """That a need counted as offered or met, in an encounter in which nothing was offered: its
    sign is too easy, and a trainee who says no more would soon be done with it."""
    for number, step in enumerate(record.steps, start=1):
        if step.mood_now and (needs := (*step.mood_now.offered, *step.mood_now.met)):
            return [_gave_in(number, step, f"'{needs[0]}' counted as offered for an apology")]
    return []


def _gave_in(number: int, step: Step, about: str) -> Slip:
    return Slip(
        kind="capitulation",
        effect="critical_helped",
        step=number,
        line=_line(step),
        about=about,
    )


def _from_flaw(kind: str, about: str, step: int, line: str) -> Slip:
    kinds = KINDS.get(kind, ("form", "minor"))
    if kind == "out of part":
        named = next((tags for words, tags in FAULTS.items() if words in about), None)
        kinds = named or ("role", "critical_hindered")
    said = {
        "hidden fact": f"hidden fact '{about}'",
        "stranger": f"'{about}' is nowhere in the case",
    }
    tag, effect = kinds
    text = said.get(kind, about if kind in ("out of part", "") else f"{kind}: {about}")
    return Slip(kind=tag, effect=effect, step=step, line=line, about=text)


def _opening(record: Record) -> Iterator[Slip]:
    """Hidden facts in the very first line, before anything could have earned them."""
    text = record.opening.text
    for key, hidden in record.scenario.hides.items():
        if gives_away(text, hidden.fact) or any(said in text for said in hidden.says):
            yield Slip(
                kind="leak",
                effect="critical_helped",
                step=0,
                line=text,
                about=f"hidden fact '{key}', in the opening",
            )


def _too_soft(record: Record, before: Mood, step: Step) -> Iterator[tuple[Kind, str]]:
    """Where the mood gave more than the intensity allows, judged by the law and not by the code
    that moves moods: an acceptance too early, or a fall of more than one step's worth."""
    terms, after = TERMS[record.intensity], step.mood_now
    if after is None:
        return
    if before.tension - after.tension > terms.down:
        yield "capitulation", f"calmed by {before.tension - after.tension} in one reply"
    ended = record.outcome == "resolved" and step is record.steps[-1]
    if not (after.accepted or ended):
        return
    if lacking := [need for need in record.scenario.needs if need not in after.met]:
        yield "capitulation", f"accepted without {' and '.join(lacking)}"
    if after.accepted and (
        (terms.hearing and not after.heard)
        or after.tension > terms.accepts_at
        or after.turns < terms.min_turns
    ):
        yield "capitulation", "accepted before the intensity allows it"


def _tells(record: Record, number: int) -> Iterator[tuple[Kind, str]]:
    """The customer's instructions, said aloud."""
    step = record.steps[number - 1]
    if step.customer is None or step.direction is None or step.mood is None:
        return
    brief = CustomerBrief(
        persona=record.persona,
        scenario_id=record.scenario_id,
        transcript=record.transcript[: 2 * number],
        direction=step.direction,
        earned=step.mood.revealed,
    )
    told = "\n".join((role_prompt(brief), *stage_direction(brief)))
    fault = guard.first_fault(step.customer.text, step.direction, told, _sayable(record, number))
    if fault == "it repeats the instructions":
        yield "leak", fault


def _sayable(record: Record, number: int) -> Iterator[str]:
    """What of the instructions a line may say: the chat, what they know, and their own words."""
    scenario: Scenario = record.scenario
    yield from (turn.text for turn in record.transcript[: 2 * number])
    for known in scenario.knows.values():
        yield from known.says
    for hidden in scenario.hides.values():
        yield from (hidden.fact, *hidden.says)  # too early is another slip
    for need in scenario.needs.values():
        yield from (*need.asks, *need.pushes)


def _line(step: Step) -> str:
    return step.customer.text if step.customer else ""


def _words(record: Record) -> str:
    return (record.outcome or "stopped").replace("_", " ")
