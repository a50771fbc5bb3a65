"""The parts of the room: bar, conversation, box to write in, coach. A record in, HTML out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from .. import mood
from ..debrief import ending, hint, points
from ..domain import Outcome, Record, Turn, Ungraded, Verdict
from ..encounter import mood_now
from .render import first_name, model, render

Rung = Literal[1, 2, 3]
RUNGS: tuple[Rung, ...] = get_args(Rung)
LADDER = ("The skill that is due", "What they need", "For example")

GOODBYE: dict[Outcome, str] = {
    "resolved": "You found something that works for them.",
    "walked_out": "It happens to everybody who does this for a living.",
    "escalated": "Somebody else has it now. That is sometimes the right end.",
    "stopped": "Stopping is not failing.",
    "out_of_turns": "Twelve replies is the most one encounter has.",
}


class Point(NamedTuple):
    """One thing the coach says about a reply. `by` is the model that wrote `instead`, if one
    did."""

    kind: Literal["strong", "try"]
    title: str
    quote: str
    why: str
    instead: str = ""
    by: str = ""


class Review(NamedTuple):
    """What the coach shows for one reply. One that is not graded says why, and `again` that it
    can be graded again."""

    number: int
    state: Literal["waiting", "regrading", "ungraded", "graded"]
    points: tuple[Point, ...] = ()
    line: str = ""
    why: str = ""
    again: bool = False


class Again(NamedTuple):
    """What is going on with the replies that have no grade: those being graded again, and why
    those that were have none yet. By number, from 1."""

    regrading: Collection[int] = ()
    kept_back: Mapping[int, str] = MappingProxyType({})


NOTHING = Again()


class Box(NamedTuple):
    """The state of the box to write in, beside the record. `heard` is the turn that was just
    taken, `busy` while the customer answers, `stuck` when their line did not come, `hinting` while
    the coach writes a hint."""

    pace: bool = True
    heard: str = ""
    busy: bool = False
    notice: str = ""
    stuck: bool = False
    hinting: bool = False
    at: int = 0


def case(record: Record) -> str:
    return render("case", scenario=record.scenario)


def bar(record: Record) -> str:
    """Who this is, and the mood as a word: after the reply, so it is consequence, not target."""
    now = mood_now(record)
    before = mood_now(record.model_copy(update={"steps": record.steps[:-1]}))
    words = record.persona.mood.words
    return render(
        "bar",
        record=record,
        band=mood.band(now),
        word=words[mood.band(now)],
        was=words[mood.band(before)] if record.steps else "",
    )


def log(record: Record, turns: tuple[Turn, ...]) -> str:
    """The conversation as far as it is settled."""
    return render("log", record=record, turns=turns)


def live(record: Record, *, trainee: Turn | None = None, text: str | None = None) -> str:
    """What is going on right now: the reply just sent and the customer's line as it comes
    (empty while they think, None when nobody is typing), and the ending once there is one."""
    ended = record.outcome if text is None else None
    return render(
        "live",
        record=record,
        name=first_name(record.persona),
        trainee=trainee,
        answering=text is not None,
        text=text or "",
        ended=ending(record, ended) if ended else "",
        ended_line=GOODBYE[ended] if ended else "",
        look_back=bool(record.steps) and record.self_view is None,
    )


def composer(record: Record, box: Box) -> str:
    given = rungs_given(record)
    return render(
        "composer",
        record=record,
        name=first_name(record.persona),
        open=record.outcome is None,
        turn_id=turn_id(record),
        hints=[(LADDER[rung - 1], hint(record, rung)) for rung in RUNGS[:given]],
        rungs_left=len(RUNGS) - given,
        pace=box.pace,
        heard=box.heard,
        busy=box.busy,
        notice=box.notice,
        again=box.stuck,
        hinting=box.hinting,
        at=box.at,
    )


def turn_id(record: Record) -> str:
    """The id of the reply that comes next. Made by the server from its place, so that a double
    click, a second tab or a resend after a lost connection cannot store a reply twice."""
    return f"{record.id}:{len(record.steps) + 1}"


def rungs_given(record: Record) -> int:
    """How many hints the trainee has had for the reply that comes next."""
    return sum(hint.startswith(f"{len(record.steps) + 1}:") for hint in record.hints)


def coach(record: Record, *, busy: bool = False, again: Again = NOTHING) -> str:
    """One strength and one thing to try for every reply, newest first. `busy` while a verdict
    may still be on its way."""
    numbers = range(len(record.steps), 0, -1)
    reviews = [review(record, number, busy=busy, again=again) for number in numbers]
    return render("coach", record=record, reviews=reviews)


def latest(record: Record, *, busy: bool = False, again: Again = NOTHING) -> str:
    """The coach's newest line, shown above the box where there is no room for a rail."""
    number = len(record.steps)
    newest = review(record, number, busy=busy, again=again) if number else None
    return render("latest", review=newest)


def review(record: Record, number: int, *, busy: bool = False, again: Again = NOTHING) -> Review:
    """What the coach says about reply `number` (1-based)."""
    verdict = record.steps[number - 1].verdict
    if number in again.regrading:
        return Review(number, "regrading")
    if verdict is None and busy and number >= len(record.steps) - 1:
        return Review(number, "waiting")
    if not isinstance(verdict, Verdict) or not verdict.grades:
        return Review(
            number,
            "ungraded",
            why=why_ungraded(record, number, again),
            again=gradable(record, number),
        )
    shown = _points(record, number)
    strong = sum(point.kind == "strong" for point in shown)
    said = [f"{strong} strength"] if strong else []
    said += [f"{len(shown) - strong} to try"] if len(shown) > strong else []
    return Review(number, "graded", shown, ", ".join(said) or "nothing was due")


def gradable(record: Record, number: int) -> bool:
    """Whether reply `number` (1-based) has no grade and could get one now. One that is still to
    be answered is graded along with the answer."""
    graded = isinstance(record.steps[number - 1].verdict, Verdict)
    return not graded and not _unanswered(record, number)


def why_ungraded(record: Record, number: int, again: Again) -> str:
    """Why reply `number` (1-based) has no grade, as a clause."""
    step = record.steps[number - 1]
    if number in again.kept_back:
        return again.kept_back[number]
    if isinstance(step.verdict, Ungraded):
        return step.verdict.reason
    if isinstance(step.verdict, Verdict):
        return "the judge could not judge it"
    if _unanswered(record, number):
        return f"it will be once {first_name(record.persona)} has answered"
    return "its grading was cut short" if step.reading else "it was sent as the encounter ended"


def _unanswered(record: Record, number: int) -> bool:
    """Whether the customer still owes an answer to reply `number` (1-based)."""
    return record.outcome is None and record.steps[number - 1].customer is None


def _points(record: Record, number: int) -> tuple[Point, ...]:
    """What stood out in reply `number`, chosen as the debrief would choose it."""
    step = record.steps[number - 1]
    strength, priority = points((step,), record.rubric, record.persona)
    found: list[Point] = []
    if strength:
        title, quote = strength.criterion.title, strength.at.quote
        found.append(Point("strong", title, quote, strength.why))
    if priority:
        title, quote = priority.criterion.title, priority.at.quote
        coached = step.coaching
        if coached is None or coached.criterion != priority.criterion.id:
            found.append(Point("try", title, quote, priority.why))
        else:
            by = model(coached.engine)
            found.append(Point("try", title, quote, priority.why, coached.try_instead, by))
    return tuple(found)
