"""What the trainee could have written instead, from whoever sits in the coach's seat.

The coach writes one reply, for one criterion, after the verdict is there. It is as blind as the
judge: it sees the chat, the reply, what was lacking, the how-to behind the criterion and what the
trainee may offer; never the mood, the customer's secrets, or who the trainee is. Code checks that
it can be sent as it stands and promises nothing that nobody allowed.
"""

from __future__ import annotations

import asyncio
import re

from . import claims, guard, reader
from .domain import ACTS, Call, Coaching, Criterion, Fault, Noun, Policy, Source, Transcript
from .embedded.coaching import phrase
from .errors import SeatError
from .llm import EMBEDDED, Seat
from .llm.calls import metered
from .llm.faults import fault, seat_error
from .llm.tries import failed, pause, resting, tries, waits_until
from .llm.window import shown
from .prompts import render

MOST_WORDS = 60
"""Words a reply to try instead may have; the coach is asked for a few less."""

ASKED_WORDS = 50

MOST_PASSAGES = 3

LONGEST_WAIT = 10.0
"""Seconds a coach may ask us to wait; nobody waits for it, but the next reply may come first."""

HINT_WITHIN = 8.0
"""Seconds for a hint: here the trainee does wait, and the embedded phrase is at hand."""

SPOILS = frozenset(
    {"threat", "insult", "profanity", "blame", "sarcasm", "minimise", "sorry_you_feel", "dumps"}
    | {"overpromise", "false_admission", "sensitive_request", "addresses_grader"}
)
"""Acts that no reply to try instead may hold, whatever else is good about it."""

_MARKUP = re.compile(
    r"[*_#`~|]{2,}|^\s*(?:[-*•#>]|\d+[.)])\s|[\[\]{}<>]|https?://|\*", re.MULTILINE
)
_TALKS_ABOUT = re.compile(
    r"\b(?:rubrics?|criteri(?:on|a)|trainees?|graders?|grading|role-?play|how-to|persona"
    r"|(?:your|this|the|a better|an? (?:improved|revised)) (?:reply|response|message|answer) "
    r"(?:could|should|would|might|is|was|shows?|names?|needs?|lacks?|addresse[sd])"
    r"|(?:try|consider|instead of|rather than) (?:saying|writing|asking|telling|offering"
    r"|apologi[sz]ing)|try instead|you (?:could|should|might) (?:say|write|try|start|reply|respond"
    r"|acknowledge|apologi[sz]e|name|offer|mention|explain|restate)"
    r"|the customer(?:'s)?|here(?:'s| is) (?:a|an|one|how|the|my) [\w ]{0,20}"
    r"(?:reply|response|message|version|example)|language model|as an ai|i can(?:'t|not) (?:help|"
    r"assist) with)\b|\b[a-z]+_[a-z_]+\b|^(?:sure|certainly|of course)[,!:] here\b",
    re.IGNORECASE,
)
_AS_CUSTOMER = re.compile(
    r"\bmy (?:order|parcel|package|refund|money|bill|booking|claim|contract|card was)\b"
    r"|\bi (?:ordered|paid for|was (?:charged|promised|told)|have been waiting|demand|want my)\b"
    r"|\byou (?:people|owe me|promised me|charged me|told me you)\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(r"(?:(?<=[.;!?] )|^)(?:No|Not|Never)\b(?:[^.;]|[.](?=\S))*")
"""A sentence of a policy that says what there is not: it allows nothing."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_PROMISES = re.compile(
    r"\b(?:will|shall)\b|['\u2019]ll\b|\b(?:can|could)\b(?! (?:see|hear|imagine|understand|tell))"
    r"|(?:['\u2019]m|\bam|['\u2019]re|\bare) \w+ing\b|\byou(?: also)? (?:get|have|receive)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|cannot|no|nor|never|unable|beyond|instead of)\b|n['\u2019]t\b", re.IGNORECASE
)
_BARE = re.compile(
    r"(?<![\d.,:])\d+(?:[.,]\d+)?(?![\d:]|[.,]\d| ?(?:%|percent|per cent|[ap]\.?m\b))"
)


class CoachBrief(Noun):
    """What a coach may see. `reply` is what the trainee wrote, empty where a hint for the next
    reply is asked; `lacking` what the judge missed in it; `case` what the trainee was told before
    the encounter; `phrases` are the scenario's own, for the embedded coach alone."""

    criterion: Criterion
    after: Transcript
    reply: str = ""
    lacking: str = ""
    passages: tuple[Source, ...] = ()
    fault: Fault
    policy: Policy
    case: tuple[str, ...] = ()
    phrases: dict[str, str] = {}


async def coach(brief: CoachBrief, seat: Seat) -> tuple[Coaching | None, tuple[Call, ...]]:
    """One reply to try instead, of at most 60 words that can be sent as they stand; also what it
    took.

    A coach whose words cannot be used is asked once to mend them, and then the embedded phrase
    takes their place. None when no coach could be reached within the seat's total deadline: then
    nothing is lost but the wording.
    """
    calls: list[Call] = []
    return await _written(brief, seat, seat.deadlines.total, calls), tuple(calls)


async def hint(brief: CoachBrief, seat: Seat) -> tuple[Coaching, tuple[Call, ...]]:
    """A sample of the reply to come, checked in the same way. There always is one: the embedded
    phrase where no coach answers within eight seconds."""
    calls: list[Call] = []
    written = await _written(brief, seat, min(HINT_WITHIN, seat.deadlines.total), calls)
    return written or _embedded(brief), tuple(calls)


async def _written(
    brief: CoachBrief, seat: Seat, within: float, calls: list[Call]
) -> Coaching | None:
    attempt, tight = 0, False
    error: SeatError | None = None
    clock = asyncio.get_running_loop().time
    until = clock() + within
    try:
        async with asyncio.timeout_at(until):
            for attempt in range(tries(seat)):
                if tired := resting(seat, attempt):
                    error = error or tired
                    continue
                try:
                    async with asyncio.timeout_at(waits_until(seat, attempt, clock(), until)):
                        text = await _ask(brief, seat, attempt, tight, calls)
                    seat.health.answered(seat.engine(attempt))
                    return _coaching(brief, text, seat.engine(attempt))
                except SeatError as wrong:
                    error = wrong
                except TimeoutError:
                    if clock() >= until:
                        raise
                    error = fault("away")
                failed(seat, attempt, error)
                if error.kind == "broken" and not seat.fallbacks:
                    break  # it was asked to mend that already
                tight = tight or error.kind == "full"
                wait = pause(error, seat, attempt, most=LONGEST_WAIT)
                if wait is None:
                    break
                await asyncio.sleep(wait)
    except TimeoutError:
        error = fault("away")
        failed(seat, attempt, error)
    answered = error is not None and error.kind in ("broken", "cut", "refused")
    return _embedded(brief) if answered else None


async def _ask(brief: CoachBrief, seat: Seat, attempt: int, tight: bool, calls: list[Call]) -> str:
    from pydantic_ai import Agent, ModelRetry

    ours = seat.engine(attempt) == EMBEDDED

    def checked(text: str) -> str:
        text = guard.tidy(text, "trainee")
        if not ours and (wrong := first_fault(text, brief)):
            raise ModelRetry(f"{wrong}. Write the message again, and only the message.")
        return text

    try:
        writer = Agent(seat.model(brief, attempt), instructions=role_prompt(), retries=1)
        writer.output_validator(checked)
        async with metered(seat, attempt, calls) as meter:
            run = await writer.run(turn_prompt(brief, tight=tight), model_settings=seat.settings)
            meter(run.usage)
            if run.response.finish_reason == "length":
                raise fault("cut")
            return run.output
    except Exception as error:  # the one boundary: no text of a provider's error gets past it
        raise seat_error(error) from None


def role_prompt() -> str:
    """The part of the coach's prompt that is always the same."""
    return render("coach_role.jinja", most=ASKED_WORDS)


def turn_prompt(brief: CoachBrief, *, tight: bool = False) -> str:
    """The part that changes, from what changes least: the case, the chat so far, and the one thing
    to mend or to do next. `tight` is for a coach that had no room for the chat."""
    return render(
        "coach_turn.jinja",
        fault=brief.fault,
        policy=brief.policy.text,
        case=list(brief.case),
        reply=brief.reply,
        title=brief.criterion.title,
        lacking=brief.lacking,
        asks=[check.ask for check in brief.criterion.checks],
        passages=[
            {"document": passage.document, "quote": passage.quote, "avoid": passage.avoid}
            for passage in brief.passages[:MOST_PASSAGES]
        ],
        **shown(brief.after, tight=tight),
    )


def first_fault(text: str, brief: CoachBrief) -> str:
    """What is wrong with a coach's reply, said so that it can be mended; empty when nothing is.

    It must be a reply (not advice, and not the customer's words), plain, short, and no copy of
    the trainee's; its figures, days and offers must occur in the policy, the case or the chat,
    and what it promises not in the chat alone; and the reader may find nothing in it that would
    spoil it, such as a promise beyond policy.
    """
    words = text.split()
    if not words:
        return "It is empty"
    if len(words) > MOST_WORDS:
        return f"It has {len(words)} words; {ASKED_WORDS} are the most"
    if _MARKUP.search(text):
        return "It has lists, marks, links or placeholders in it; write plain sentences"
    if _TALKS_ABOUT.search(text):
        return "It talks about the message instead of being one; write to the customer"
    theirs = (turn.text for turn in brief.after if turn.speaker == "customer")
    if _AS_CUSTOMER.search(text) or any(text in said for said in theirs):
        return "It speaks as the customer; you write for the company"
    if guard.doubled(text):
        return "It says the same thing twice"
    if brief.reply and words == brief.reply.split():
        return "It is the trainee's own message, unchanged"
    if claim := _unfounded(text, brief):
        return f"Nothing that you may go by says {claim!r}; leave it out"
    reading = reader.read(text, after=brief.after, fault=brief.fault, policy=brief.policy, signs={})
    spoilt = next((act.id for act in reading.acts if act.id in SPOILS), "")
    return f"It {ACTS[spoilt]}" if spoilt else ""


def _unfounded(text: str, brief: CoachBrief) -> str:
    """A figure, day or offer in a text that has nothing to stand on. What was asked for in the
    chat may be named; it may be promised only where policy or case say so. Bare figures are left
    to the reader there: they may be a house number."""
    ours = (_FORBIDS.sub(" ", brief.policy.text), *brief.case)
    said = (brief.reply, *(turn.text for turn in brief.after))
    if claim := claims.unfounded(text, (*ours, *said)):
        return claim
    promises = " ".join(
        sentence
        for sentence in _SENTENCE_END.split(text)
        if _PROMISES.search(sentence) and not _DENIES.search(sentence)
    )
    return claims.unfounded(_BARE.sub(" ", promises), ours)


def _coaching(brief: CoachBrief, written: str, engine: str) -> Coaching:
    return Coaching(criterion=brief.criterion.id, try_instead=written, engine=engine)


def _embedded(brief: CoachBrief) -> Coaching:
    return _coaching(brief, phrase(brief.criterion, brief.phrases), EMBEDDED)
