"""What happens in an encounter: turns, readings, moods, directions, verdicts and the record."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from .content import Persona, Rubric, Scenario
from .words import Intensity, Level, Move, Noun, Outcome, Speaker


class Turn(Noun):
    """One message. `id` is made by whoever sent it, so that sending twice stores once. `engine`
    is who wrote a customer's line; empty for a person's, and for lines older than this field."""

    id: str
    number: Annotated[int, Field(ge=1)]
    speaker: Speaker
    text: str
    at: datetime | None = None
    engine: str = ""


Transcript = tuple[Turn, ...]


class Read(Noun):
    """The reader's view of one criterion in one turn. `confidence` is 0 to 1."""

    level: Level
    quote: str = ""
    why: str = ""
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.5


class Act(Noun):
    """Something the trainee did in a turn, of the fixed vocabulary `ACTS`."""

    id: str
    quote: str = ""


class Reading(Noun):
    """What the code saw in a trainee turn, before any model. `signs` maps the persona's own
    signs that fired (`softens/0`, `rises/1`, `needs/refund`, `hides/birthday`, `knows/order`)
    to the words that fired them; `acts` are in the order a customer would react to them."""

    criteria: dict[str, Read]
    acts: tuple[Act, ...] = ()
    signs: dict[str, str] = {}

    def did(self, *acts: str) -> bool:
        """Whether any of these acts was seen."""
        return any(act.id in acts for act in self.acts)

    def level(self, criterion: str) -> Level:
        """The level read for a criterion; `na` when it was not read."""
        read = self.criteria.get(criterion)
        return read.level if read else "na"


class Mood(Noun):
    """Where the customer stands. `tension` and `trust` run 0 to 10, `patience` counts the
    turns left that get nowhere; the rest is what has been settled so far: needs offered and met,
    facts revealed and told, and whether the customer has felt heard at all."""

    tension: Annotated[int, Field(ge=0, le=10)]
    trust: Annotated[int, Field(ge=0, le=10)]
    patience: Annotated[int, Field(ge=0)]
    momentum: Annotated[int, Field(ge=-3, le=3)] = 0
    apologies: int = 0
    pushbacks: int = 0
    offered: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    revealed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    heard: bool = False
    accepted: bool = False
    turns: int = 0


class Direction(Noun):
    """What the customer's next line must do: decided by code, spoken by an engine.

    `reacts` are acts of the trainee worth answering, strongest first; `answers` and `reveals`
    name facts that may come out now; `stung` is the trigger of the persona's own that rose;
    `presses` is the need to insist on, `pushes` the offered need to test; `ending` is set only
    when this is the customer's last line."""

    move: Move
    band: Annotated[int, Field(ge=0, le=4)]
    reacts: tuple[Act, ...] = ()
    answers: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()
    stung: str | None = None
    presses: str | None = None
    pushes: str | None = None
    ending: Outcome | None = None


Role = Literal["customer", "judge", "second_judge", "coach"]
"""The seats a model can take."""


class Call(Noun):
    """One call of a model and what it took. `cost` is in US dollars at list price, None where
    the model has none (a local one)."""

    role: Role
    model: str
    input_tokens: Annotated[int, Field(ge=0)] = 0
    output_tokens: Annotated[int, Field(ge=0)] = 0
    cached_tokens: Annotated[int, Field(ge=0)] = 0
    cost: float | None = None
    seconds: Annotated[float, Field(ge=0)] = 0


class Cost(Noun):
    """What one model in one role took, summed over calls. `cost` in US dollars, None where no
    call had a list price."""

    role: str
    model: str
    encounters: int
    calls: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    cost: float | None
    seconds: float


class Grade(Noun):
    """One criterion on one trainee turn. `met` and `partly` carry the trainee's own words."""

    level: Level
    quote: str = ""
    why: str = ""
    checks: dict[str, bool] = {}


class Verdict(Noun):
    """All grades of one trainee turn. `ungraded` gives a reason for each criterion this judge
    could not judge: left out of every score, never a zero. `signs` are the persona's questions
    answered yes. `flags` route a turn to a person and never change a grade; so does `contested`:
    what a second judge said, by criterion, where it disagreed. `shortened` says that the chat was
    too long for the judge and its middle was left out."""

    grades: dict[str, Grade]
    ungraded: dict[str, str] = {}
    signs: tuple[str, ...] = ()
    flags: tuple[Act, ...] = ()
    engine: str
    rubric: str
    second: str = ""
    contested: dict[str, Grade] = {}
    shortened: bool = False


class Ungraded(Noun):
    """No verdict could be had. Never a zero: our mistake must not cost the trainee points.
    `passing` says that grading again may well work, after `retry_after` seconds if given."""

    reason: str
    engine: str
    passing: bool = False
    retry_after: float | None = None


class Coaching(Noun):
    """What to try instead, written for one criterion of one reply after it was graded.
    `engine` says who wrote it."""

    criterion: str
    try_instead: str
    engine: str


class Answer(Noun):
    """A judge's answer on one criterion: was it due, each check yes or no, and the evidence."""

    criterion: str
    due: StrictBool
    checks: dict[str, StrictBool]
    quote: str = ""
    why: str = ""
    cannot_judge: str = ""


class Answers(Noun):
    """What a judge returns for one trainee turn. No numbers: code computes those."""

    answers: tuple[Answer, ...]
    signs: dict[str, StrictBool] = {}


class Step(Noun):
    """One trainee turn and everything that followed from it. Fields fill in as they happen;
    whatever is still None after a crash is made again, from what is here."""

    trainee: Turn
    reading: Reading | None = None
    mood: Mood | None = None
    direction: Direction | None = None
    customer: Turn | None = None
    verdict: Verdict | Ungraded | None = None
    settled: Mood | None = None
    coaching: Coaching | None = None

    @property
    def mood_now(self) -> Mood | None:
        """The mood after this step: settled by the verdict where there is one."""
        return self.settled or self.mood


class Pins(Noun):
    """Content hashes frozen at the start, and the engines in both seats."""

    persona: str
    rubric: str
    prompts: str
    customer: str
    judge: str


class SelfView(Noun):
    """The trainee's own view, asked before any score is shown; both parts may be empty."""

    worked: Annotated[str, Field(max_length=1_000)] = ""
    change: Annotated[str, Field(max_length=1_000)] = ""
    skipped: bool = False


class Record(Noun):
    """A saved encounter with its versions and fingerprints; everything shown is a view of it."""

    id: str
    trainee: str
    persona: Persona
    scenario_id: str
    intensity: Intensity
    rubric: Rubric
    pins: Pins
    seed: int
    opening: Turn
    steps: tuple[Step, ...] = ()
    outcome: Outcome | None = None
    started: datetime
    ended: datetime | None = None
    retry_of: str | None = None
    retry_from: int | None = None
    self_view: SelfView | None = None
    hints: tuple[str, ...] = ()
    draft: str = ""

    @property
    def scenario(self) -> Scenario:
        return self.persona.scenarios[self.scenario_id]

    @property
    def transcript(self) -> Transcript:
        """Every turn so far, oldest first, the customer's opening included."""
        turns = [self.opening]
        for step in self.steps:
            turns.append(step.trainee)
            if step.customer:
                turns.append(step.customer)
        return tuple(turns)
