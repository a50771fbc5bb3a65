"""The verdict on one trainee turn, from whoever sits in the judge's seat.

The judge is blind: it sees the chat so far, the reply, whose fault it was and what policy
allows; never the mood, the customer's secrets, earlier verdicts, or who the trainee is. It
answers checks and quotes; levels are computed here, and every quote is looked up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import GenericAlias
from typing import Any

from .domain import (
    Answer,
    Answers,
    Call,
    Fault,
    Grade,
    Noun,
    Reading,
    Rubric,
    Transcript,
    Turn,
    Ungraded,
    Verdict,
)
from .errors import SeatError
from .evidence import first_fault, said_twice
from .llm import Seat
from .llm.calls import metered
from .llm.faults import fault, seat_error
from .llm.tries import failed, pause, resting, tries, waits_until
from .llm.window import shown
from .prompts import render
from .scoring import level_from_checks

FLAGS = frozenset(
    {"threat", "insult", "profanity", "sensitive_request", "overpromise", "dumps"}
    | {"addresses_grader"}
)
"""Acts that route a turn to a person. A flag never changes a grade."""

LONGEST_WAIT = 20.0
"""Seconds a judge may ask us to wait within a turn; longer and the turn is graded later."""

SECOND_WAIT = 15.0
"""Seconds a verdict waits for the second judge's; the trainee is waiting too."""

HANG_UP = 0.5
"""Seconds that a judge called off may take to let go."""


class JudgeBrief(Noun):
    """What a judge may see of one trainee turn. `questions` are the persona's own, by sign key;
    `reading` is the code's own view, used by the embedded judge and for flags only."""

    turn: Turn
    after: Transcript
    rubric: Rubric
    fault: Fault
    policy: str
    questions: dict[str, str] = {}
    reading: Reading


async def grade(
    brief: JudgeBrief, seat: Seat, *, rubric_hash: str, second: Seat | None = None
) -> tuple[Verdict | Ungraded, tuple[Call, ...]]:
    """Grade one trainee turn; also what it took.

    A judge that fails, skips a criterion or quotes words nobody said is asked once more and
    then gives Ungraded, not a zero: our mistake must never cost the trainee points. One that
    has no room for the chat is shown less of it. Answers within the seat's total deadline,
    whatever the judge does.

    A `second` judge is asked at the same time under the same deadline. Where it disagrees, the
    first judge's grade stands and the second's is kept beside it for a person to look at; when
    it fails or dawdles, the first verdict goes out without it.
    """
    until = asyncio.get_running_loop().time() + seat.deadlines.total
    calls: list[Call] = []
    if second is None:
        return await _graded(brief, seat, rubric_hash, until, calls), tuple(calls)
    also: list[Call] = []
    other = asyncio.create_task(_graded(brief, second, rubric_hash, until, also))
    try:
        graded = await _graded(brief, seat, rubric_hash, until, calls)
        if isinstance(graded, Verdict):
            await asyncio.wait({other}, timeout=SECOND_WAIT)
            if other.done():
                graded = compared(graded, other.result())
            else:
                failed(second, 0, fault("away"))
    finally:
        other.cancel()
        await asyncio.wait({other}, timeout=HANG_UP)
    return graded, (*calls, *also)


def compared(first: Verdict, second: Verdict | Ungraded) -> Verdict:
    """The first verdict with what a second judge said where it disagreed, due or not included.
    No grade changes. Pure."""
    if isinstance(second, Ungraded):
        return first
    contested = {
        criterion: other
        for criterion, other in second.grades.items()
        if criterion in first.grades and first.grades[criterion].level != other.level
    }
    return first.model_copy(update={"second": second.engine, "contested": contested})


async def _graded(
    brief: JudgeBrief, seat: Seat, rubric_hash: str, until: float, calls: list[Call]
) -> Verdict | Ungraded:
    """What one judge says by `until` on the loop's clock, with all its tries."""
    faults: list[SeatError] = []
    attempt, tight = 0, False
    clock = asyncio.get_running_loop().time
    try:
        async with asyncio.timeout_at(until):
            for attempt in range(tries(seat)):
                if tired := resting(seat, attempt):
                    faults.append(tired)
                    continue
                try:
                    async with asyncio.timeout_at(waits_until(seat, attempt, clock(), until)):
                        answers = await _ask(brief, seat, attempt, tight, calls)
                    seat.health.answered(seat.engine(attempt))
                    return verdict(
                        answers,
                        brief,
                        engine=seat.engine(attempt),
                        rubric_hash=rubric_hash,
                        shortened=tight and shown(brief.after, tight=True)["left_out"] > 0,
                    )
                except SeatError as wrong:
                    error = wrong
                except TimeoutError:
                    if clock() >= until:
                        raise
                    error = fault("away")
                faults.append(error)
                failed(seat, attempt, error)
                if error.kind in ("cut", "broken") and not seat.fallbacks:
                    break  # it was asked to mend that already
                tight = tight or error.kind == "full"
                wait = pause(error, seat, attempt, most=LONGEST_WAIT)
                if wait is None or clock() + wait >= until:
                    break
                await asyncio.sleep(wait)
    except TimeoutError:
        faults.append(fault("away"))
        failed(seat, attempt, faults[-1])
    # a fallback that has no key does not make the first one's trouble a lasting one
    told = next((error for error in faults if error.passing), faults[-1])
    return Ungraded(
        reason=told.problem,
        engine=seat.name,
        passing=told.passing,
        retry_after=told.retry_after,
    )


async def _ask(
    brief: JudgeBrief, seat: Seat, attempt: int, tight: bool, calls: list[Call]
) -> Answers:
    from pydantic_ai import Agent, ModelRetry, RunContext

    def checked(context: RunContext[object], answers: Answers) -> Answers:
        given = [part.args for part in context.messages[-1].parts if part.part_kind == "tool-call"]
        wrong = [said_twice(arguments) for arguments in given if isinstance(arguments, str)]
        wrong.append(first_fault(answers, brief.rubric, brief.questions, brief.turn.text))
        if any(wrong):
            raise ModelRetry(next(filter(None, wrong)))
        return answers

    try:
        judge = Agent(
            seat.model(brief, attempt),
            instructions=role_prompt(brief.rubric),
            output_type=Answers if seat.embedded else answers_to(brief),
            retries=1,
        )
        judge.output_validator(checked)
        async with metered(seat, attempt, calls) as meter:
            run = await judge.run(turn_prompt(brief, tight=tight), model_settings=seat.settings)
            meter(run.usage)
            return run.output
    except Exception as error:  # the one boundary: no text of a provider's error gets past it
        raise seat_error(error) from None


def answers_to(brief: JudgeBrief) -> type[Answers]:
    """`Answers` whose schema names every check and every sign: Gemini's schemas know no keys but
    those they name. Which check belongs to which criterion is for `evidence` to see to."""
    from pydantic import Field, StrictBool, create_model

    def named(keys: Iterable[str]) -> tuple[Any, Any]:
        known: Any = {key: {"type": "boolean"} for key in keys}
        extra: Any = {"properties": known, "additionalProperties": False}
        return dict[str, StrictBool], Field(json_schema_extra=extra)

    checks = dict.fromkeys(check.id for c in brief.rubric.criteria for check in c.checks)
    answer: Any = create_model("Answer", __base__=Answer, checks=named(checks))
    fields: dict[str, Any] = {"answers": (GenericAlias(tuple, (answer, ...)), ...)}
    if brief.questions:
        fields["signs"] = named(brief.questions)
    return create_model("Answers", __base__=Answers, **fields)


def role_prompt(rubric: Rubric) -> str:
    """The part of the judge's prompt that is the same for every turn under one rubric."""
    return render("judge_role.jinja", criteria=[c.model_dump(mode="json") for c in rubric.criteria])


def turn_prompt(brief: JudgeBrief, *, tight: bool = False) -> str:
    """The part that changes, from what changes least: the case, the chat so far, and the reply to
    grade. `tight` is for a judge that had no room for the chat."""
    return render(
        "judge_turn.jinja",
        fault=brief.fault,
        policy=brief.policy,
        questions=dict(brief.questions),
        reply=brief.turn.text,
        **shown(brief.after, tight=tight),
    )


def verdict(
    answers: Answers,
    brief: JudgeBrief,
    *,
    engine: str,
    rubric_hash: str,
    shortened: bool = False,
) -> Verdict:
    """Turn checked answers into levels. Pure."""
    grades: dict[str, Grade] = {}
    ungraded: dict[str, str] = {}
    for answer in answers.answers:
        if answer.cannot_judge:
            ungraded[answer.criterion] = answer.cannot_judge
            continue
        grades[answer.criterion] = Grade(
            level=level_from_checks(answer.due, answer.checks.values()),
            quote=answer.quote,
            why=answer.why,
            checks=dict(answer.checks),
        )
    return Verdict(
        grades=grades,
        ungraded=ungraded,
        signs=tuple(key for key in brief.questions if answers.signs.get(key)),
        flags=tuple(act for act in brief.reading.acts if act.id in FLAGS),
        engine=engine,
        rubric=rubric_hash,
        shortened=shortened,
    )
