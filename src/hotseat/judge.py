"""The verdict on one trainee turn, from whoever sits in the judge's seat.

The judge is blind: it sees the chat so far, the reply, whose fault it was and what policy
allows; never the mood, the customer's secrets, earlier verdicts, or who the trainee is. It
answers checks and quotes; levels are computed here, and every quote is looked up.
"""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

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
from .llm import Seat
from .llm.calls import metered
from .llm.faults import fault, seat_error
from .llm.tries import note, pause, shortened, tries
from .prompts import render
from .scoring import level_from_checks

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage

FLAGS = frozenset(
    {"threat", "insult", "profanity", "sensitive_request", "overpromise", "dumps"}
    | {"addresses_grader"}
)
"""Acts that route a turn to a person. A flag never changes a grade."""

LEAST_QUOTE_WORDS = 3

LONGEST_WAIT = 20.0
"""Seconds a judge may ask us to wait within a turn; longer and the turn is graded later."""

HEAD_START = 0.05
"""Seconds a model judge waits for the customer's request to be on its way: preparing its own
takes milliseconds of the same processor, and the trainee is waiting for the customer."""


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
    brief: JudgeBrief, seat: Seat, *, rubric_hash: str
) -> tuple[Verdict | Ungraded, tuple[Call, ...]]:
    """Grade one trainee turn; also what it took.

    A judge that fails, skips a criterion or quotes words nobody said is asked once more and
    then gives Ungraded, not a zero: our mistake must never cost the trainee points. One that
    has no room for the chat is shown less of it. Answers within the seat's total deadline,
    whatever the judge does.
    """
    calls: list[Call] = []
    failed: SeatError | None = None
    until = asyncio.get_running_loop().time() + seat.deadlines.total
    shown, attempt = brief, 0
    try:
        async with asyncio.timeout_at(until):
            if not seat.embedded:
                await asyncio.sleep(HEAD_START)
            for attempt in range(tries(seat)):
                try:
                    answers = await _ask(shown, seat, attempt, calls)
                    engine = seat.models[min(attempt, len(seat.fallbacks))]
                    graded = verdict(answers, brief, engine=engine, rubric_hash=rubric_hash)
                    return graded, tuple(calls)
                except SeatError as error:
                    failed = error
                note(seat, attempt, failed.kind)
                if failed.kind in ("cut", "broken") and not seat.fallbacks:
                    break  # it was asked to mend that already
                if failed.kind == "full":
                    shown = brief.model_copy(update={"after": shortened(brief.after)})
                wait = pause(failed, seat, attempt, most=LONGEST_WAIT)
                if wait is None or asyncio.get_running_loop().time() + wait >= until:
                    break
                await asyncio.sleep(wait)
    except TimeoutError:
        failed = fault("away")
        note(seat, attempt, failed.kind)
    assert failed is not None
    ungraded = Ungraded(
        reason=failed.problem,
        engine=seat.name,
        passing=failed.passing,
        retry_after=failed.retry_after,
    )
    return ungraded, tuple(calls)


async def _ask(brief: JudgeBrief, seat: Seat, attempt: int, calls: list[Call]) -> Answers:
    from pydantic_ai import Agent, ModelRetry, RunContext

    def checked(context: RunContext[object], answers: Answers) -> Answers:
        if wrong := said_twice(context.messages) or first_fault(answers, brief):
            raise ModelRetry(wrong)
        return answers

    try:
        judge = Agent(
            seat.model(brief, attempt),
            instructions=role_prompt(brief.rubric),
            output_type=Answers,
            retries=1,
        )
        judge.output_validator(checked)
        async with metered(seat, attempt, calls) as meter:
            run = await judge.run(turn_prompt(brief), model_settings=seat.settings)
            meter(run.usage)
            return run.output
    except Exception as error:  # the one boundary: no text of a provider's error gets past it
        raise seat_error(error) from None


def role_prompt(rubric: Rubric) -> str:
    """The part of the judge's prompt that is the same for every turn under one rubric."""
    return render("judge_role.jinja", criteria=[c.model_dump(mode="json") for c in rubric.criteria])


def turn_prompt(brief: JudgeBrief) -> str:
    """The part that changes: the chat so far and the reply to grade."""
    return render(
        "judge_turn.jinja",
        fault=brief.fault,
        policy=brief.policy,
        transcript=[{"speaker": t.speaker, "text": t.text} for t in brief.after],
        reply=brief.turn.text,
        questions=dict(brief.questions),
    )


def verdict(answers: Answers, brief: JudgeBrief, *, engine: str, rubric_hash: str) -> Verdict:
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
    )


def first_fault(answers: Answers, brief: JudgeBrief) -> str:
    """What is wrong with a judge's answers, in words it can act on; empty when nothing is."""
    by_id: dict[str, Answer] = {}
    known: Mapping[str, object] = {c.id: c for c in brief.rubric.criteria}
    for answer in answers.answers:
        if answer.criterion not in known:
            return f"there is no criterion {answer.criterion!r}"
        if answer.criterion in by_id:
            return f"{answer.criterion} is answered twice"
        by_id[answer.criterion] = answer
    for criterion in brief.rubric.criteria:
        answer = by_id.get(criterion.id)
        if answer is None:
            return f"{criterion.id} is not answered"
        if answer.cannot_judge:
            continue
        if set(answer.checks) != {check.id for check in criterion.checks}:
            wanted = ", ".join(check.id for check in criterion.checks)
            return f"{criterion.id}: answer exactly these checks: {wanted}"
        earned = level_from_checks(answer.due, answer.checks.values()) in ("met", "partly")
        if earned and not is_quote(answer.quote, brief.turn.text):
            return f"{criterion.id}: the quote is not in the reply, or is under three words"
    if missing := [key for key in brief.questions if key not in answers.signs]:
        return f"signs not answered: {', '.join(missing)}"
    return ""


def said_twice(messages: list[ModelMessage]) -> str:
    """What is wrong with a last answer in which an object has a key twice: JSON would silently
    take the second. Empty when nothing is."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(pairs) != len({key for key, _ in pairs}):
            raise ValueError
        return dict(pairs)

    for part in messages[-1].parts:
        if part.part_kind == "tool-call" and isinstance(part.args, str):
            try:
                json.loads(part.args, object_pairs_hook=once)
            except ValueError:
                return "a key is given twice in one object"
    return ""


_JSON = re.compile(r'[\[{]\s*[\[{"].*[\]}]', re.DOTALL)
"""JSON written into a reply, such as answers for the judge to copy: no evidence of anything."""


def is_quote(quote: str, text: str) -> bool:
    """Whether `quote` is really in `text`: compared after NFKC, white space and curly quotes,
    whole words, at least three of them or the whole turn, and none of it inside JSON."""
    said, whole = _plain(quote), _plain(_JSON.sub(" | ", text))
    if not said:
        return False
    if said == whole:
        return True
    found = re.search(rf"(?<!\w){re.escape(said)}(?!\w)", whole) is not None
    return found and len(said.split()) >= LEAST_QUOTE_WORDS


_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_CURLY).split()).casefold()
