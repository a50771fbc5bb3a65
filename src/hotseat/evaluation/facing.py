"""A support bot in the trainee's place: every customer faces it, and it is graded as a person is.

A run is passed when the customer was won over or the score reached the rubric's mark, and nothing
flags it (an insult, an invented policy, …). Either is enough: a customer may leave a good reply
unrewarded, and one who is content was helped. A bot that fails (no reply in time, an error, an
empty or endless text) has failed the run: it counts as not passed and as 0 points, since a
customer got no answer. `pass^k` is the chance that k runs of a case all pass (tau-bench): a bot
that helps every other time does not help.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import comb
from typing import Any

from .. import catalog, encounter, scoring
from ..domain import Call, Intensity, Noun, Outcome, Persona, Record, Rubric
from ..errors import TurnRefused
from ..laws import MAX_TURNS
from ..llm import Seats
from . import agreement
from .bots import Bot, BotFailed, ask, messages
from .comparing import SEED, mean
from .grading import config
from .report import Figure, Miss, Report, Unit, digest, share
from .runs import Run, Suite
from .simulate import Unkept

VERSION = 1

WORST = 10


class Match(Noun):
    """One case: a customer to face."""

    persona: str
    scenario: str
    intensity: Intensity

    @property
    def id(self) -> str:
        return f"{self.persona}/{self.scenario}/{self.intensity}"


class Faced(Noun):
    """How one run went. `failed` says why the bot gave no reply, empty where it always did;
    `points` are 0 to 100, None where too little was due; `flags` what a person should look at."""

    match: Match
    outcome: Outcome
    points: float | None
    passed: bool
    failed: str = ""
    flags: tuple[str, ...] = ()
    ungraded: int = 0
    transcript: tuple[str, ...] = ()


def suite(
    bot: Bot,
    about: Mapping[str, str],
    personas: Mapping[str, Persona],
    rubric: Rubric,
    seats: Seats,
    *,
    intensities: Sequence[Intensity],
    seconds: float,
) -> Suite[Match]:
    """The suite that puts a bot before these customers; `about` says which bot it is, for the
    configuration. Each repeat opens with other words. A reply has `seconds`."""

    async def task(match: Match, repeat: int) -> tuple[Faced, Sequence[Call]]:
        keep = Unkept()
        record = encounter.begin(
            personas[match.persona],
            match.scenario,
            match.intensity,
            rubric,
            trainee="bot",
            seats=seats,
            seed=repeat - 1,
        )
        record, failed = await _played(record, bot, seats, keep, seconds)
        return _faced(match, record, failed), keep.calls

    cases = [
        Match(persona=id, scenario=scenario, intensity=hard)
        for id, one in personas.items()
        for scenario in one.scenarios
        for hard in intensities
    ]
    return Suite(
        name="agent",
        version=VERSION,
        cases={case.id: case for case in cases},
        task=task,
        config={
            **config(seats.customer, rubric),
            "customer": seats.customer.name,
            "judge": seats.judge.name,
            "personas": digest({id: catalog.fingerprint(one) for id, one in personas.items()}),
            "seconds": f"{seconds:g}",
            **about,
        },
    )


async def _played(
    record: Record, bot: Bot, seats: Seats, keep: Unkept, seconds: float
) -> tuple[Record, str]:
    """The encounter to its end, and why the bot failed, if it did."""
    failed = ""
    while record.outcome is None and len(record.steps) < MAX_TURNS and not failed:
        try:
            text = await ask(bot, messages(record), seconds)
            async for event in encounter.turn(record, text, seats=seats, keep=keep):
                record = event.record
        except BotFailed as error:
            failed = str(error)
        except TurnRefused as refused:
            failed = f"its reply cannot be taken: {refused.problem}"
    return await encounter.stop(record, keep=keep), failed


def _faced(match: Match, record: Record, failed: str) -> Faced:
    score = scoring.score_record(record)
    flags = tuple(dict.fromkeys([*(act.id for act in score.autofails), *score.failed]))
    won = record.outcome == "resolved" or bool(
        score.points is not None and score.points >= record.rubric.passes_at
    )
    return Faced(
        match=match,
        outcome=record.outcome or "stopped",
        points=0.0 if failed else score.points,
        passed=won and not flags and not failed,
        failed=failed,
        flags=flags,
        ungraded=sum(row.ungraded for row in scoring.rows(record.steps, record.rubric)),
        transcript=tuple(f"{turn.speaker}: {turn.text}" for turn in record.transcript),
    )


# ------------------------------------------------------------------ the report


def report(run: Run) -> Report:
    """The figures of a run. Intervals draw whole customers."""
    by_case: dict[str, list[Faced]] = defaultdict(list)
    for (case, _), one in run.done.items():
        by_case[case].append(Faced.model_validate(one.result))
    everyone = [one for runs in by_case.values() for one in runs]
    return Report(
        suite="agent",
        ran=run.told,
        figures={
            **_pass_hat(by_case),
            "score": _drawn(by_case, lambda cases: mean(_points(runs) for runs in cases)),
            "answered": share(sum(not one.failed for one in everyone), len(everyone)),
            "unflagged": share(sum(not one.flags for one in everyone), len(everyone)),
            **_by_persona(everyone),
        },
        units=tuple(_unit(case, runs) for case, runs in by_case.items()),
        misses=tuple(_worst(by_case))[:WORST],
        notes=tuple(_notes(everyone)),
        details={
            "outcomes": dict(Counter("failed" if o.failed else o.outcome for o in everyone)),
            "failures": dict(Counter(one.failed for one in everyone if one.failed)),
            "transcripts": {
                case: [one.model_dump(mode="json", exclude={"match"}) for one in runs]
                for case, runs in by_case.items()
            },
        },
    )


def _notes(everyone: Sequence[Faced]) -> Iterable[str]:
    yield (
        "Passed: resolved, or a score from the rubric's mark on, with nothing that flags it."
        " A bot that failed did not pass and has 0 points."
    )
    if ungraded := sum(one.ungraded for one in everyone):
        yield f"{ungraded} grades could not be had and are in no score."


def pass_hat(passed: Sequence[bool], k: int) -> float | None:
    """The chance that k runs, drawn from these without putting back, all pass; None with fewer
    than k."""
    return comb(sum(passed), k) / comb(len(passed), k) if len(passed) >= k else None


def _pass_hat(by_case: Mapping[str, Sequence[Faced]]) -> dict[str, Figure]:
    most = max((len(runs) for runs in by_case.values()), default=1)

    def at(k: int) -> Callable[[Sequence[Sequence[Faced]]], float | None]:
        return lambda cases: mean(pass_hat([one.passed for one in runs], k) for runs in cases)

    return {f"pass^{k}": _drawn(by_case, at(k)) for k in range(1, most + 1)}


def _drawn(
    by_case: Mapping[str, Sequence[Faced]],
    statistic: Callable[[Sequence[Sequence[Faced]]], float | None],
) -> Figure:
    """A statistic over cases, with bounds from drawing customers, whose cases hang together."""
    groups: dict[str, list[Sequence[Faced]]] = defaultdict(list)
    for runs in by_case.values():
        groups[runs[0].match.persona].append(runs)

    def over(drawn: Sequence[Sequence[Sequence[Faced]]]) -> float | None:
        return statistic([runs for group in drawn for runs in group])

    value = statistic(list(by_case.values()))
    bounds = None if value is None else agreement.interval(over, list(groups.values()), SEED)
    return Figure(
        value=value, n=len(by_case), low=bounds and bounds.low, high=bounds and bounds.high
    )


def _points(runs: Iterable[Faced]) -> float | None:
    return mean(one.points for one in runs)


def _by_persona(everyone: Sequence[Faced]) -> dict[str, Figure]:
    groups: dict[str, list[float]] = defaultdict(list)
    for one in everyone:
        if one.points is not None:
            groups[one.match.persona].append(one.points)
    figures: dict[str, Figure] = {}
    for id, points in groups.items():
        bounds = agreement.interval(mean, points, SEED)
        figures[f"score/{id}"] = Figure(
            value=mean(points),
            n=len(points),
            low=bounds and bounds.low,
            high=bounds and bounds.high,
        )
    return figures


def _unit(case: str, runs: Sequence[Faced]) -> Unit:
    said: dict[str, Any] = {f"run {n}": _said(one) for n, one in enumerate(runs, start=1)}
    return Unit(
        case=case,
        group=runs[0].match.persona,
        score=mean(float(one.passed) for one in runs),
        scores=tuple(float(one.passed) for one in runs),
        said=said,
        text="\n".join(runs[0].transcript),
    )


def _said(one: Faced) -> str:
    if one.failed:
        return f"failed: {one.failed}"
    points = "no score" if one.points is None else f"{one.points:.0f} points"
    flags = f", flagged for {', '.join(one.flags)}" if one.flags else ""
    return f"{one.outcome.replace('_', ' ')}, {points}{flags}"


def _worst(by_case: Mapping[str, Sequence[Faced]]) -> Iterable[Miss]:
    """The runs that did not pass: failures first, then what was flagged, then by points."""
    lost = [one for runs in by_case.values() for one in runs if not one.passed]
    order = sorted(lost, key=lambda o: (not o.failed, not o.flags, o.points or 0.0, o.match.id))
    for one in order:
        yield Miss(
            case=one.match.id,
            about="failed" if one.failed else "not passed",
            said=_said(one),
            wanted="resolved, or a score that passes, and nothing flagged",
            text=" | ".join(one.transcript[-3:]),
        )
