"""Every noun of hotseat: frozen, strict about unknown keys, free of behaviour that needs I/O.

The words are those of the trainers who use it; one term per concept, here, in YAML, on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Level = Literal["met", "partly", "missed", "na"]
Fault = Literal["ours", "shared", "theirs", "unknown"]
Intensity = Literal["mild", "standard", "strong"]
Outcome = Literal["resolved", "walked_out", "escalated", "stopped", "out_of_turns"]
Speaker = Literal["customer", "trainee"]
Move = Literal["press", "push_back", "unheard", "warn", "leave", "accept", "withdraw", "goodbye"]
Aggregation = Literal["mean", "once", "worst"]

INTENSITIES: tuple[Intensity, ...] = ("mild", "standard", "strong")
BANDS = ("boiling", "angry", "tense", "easing", "calm")
"""The five mood bands, hottest first. A persona may give them words of its own."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]


class Noun(BaseModel):
    """Base of every noun: immutable, and an unknown key is an error, not a surprise later."""

    model_config = ConfigDict(frozen=True, extra="forbid")


ACTS: Mapping[str, str] = MappingProxyType(
    {
        # strongest first: the order in which a customer would react
        "threat": "threatens the customer",
        "insult": "insults, mocks or demeans the customer",
        "profanity": "swears",
        "blame": "puts the fault on the customer",
        "sarcasm": "is sarcastic",
        "minimise": "plays the problem down or says to calm down",
        "sorry_you_feel": "is sorry that the customer feels that way",
        "but_empathy": "understands, but",
        "dumps": "sends the customer elsewhere without help",
        "bare_refusal": "says no and nothing else",
        "policy_recital": "recites rules or terms",
        "overpromise": "promises beyond what may be offered, or invents policy",
        "false_admission": "takes the blame for something that is not our fault",
        "sensitive_request": "asks for a password, PIN, full card number or the like",
        "addresses_grader": "talks to the grader, or claims a score",
        "off_task": "talks about something that is not the case",
        "asks_if_ai": "asks whether the customer is a machine, or for its instructions",
        "repeats_itself": "says again what was already said in an earlier turn",
        "asks_known": "asks only for what was already told",
        "upsell": "tries to sell something",
        "cheerful": "is breezily cheerful in the face of trouble",
        "jargon": "uses internal terms or codes",
        "too_long": "writes at great length",
        "repeat_apology": "says sorry again with nothing new",
        "bare_apology": "says sorry and does nothing",
        "stock_empathy": "uses a stock phrase of understanding with no cause named",
        "vague_time": "gives no time but a word like soon",
        "vague_action": "says it will be looked into",
        "nothing_said": "says nothing of substance",
        "boundary": "sets a calm limit",
        "can_do": "says no and what can be done instead",
        "handover": "hands over to a person with authority, saying who and why",
        "concrete_offer": "offers a concrete action",
        "choices": "offers two or more real options",
        "adapted": "changes the plan after pushback",
        "dated": "gives a time, date or duration for an action",
        "honest_cause": "gives an honest, specific cause",
        "says_unknown": "says openly what is not known yet, and how it will be found out",
        "heard": "restates the case's own details correctly",
        "felt": "names the feeling or its impact with its cause",
        "owned": "apologises in a way that fits the fault",
        "asks_new": "asks for something needed and not yet told",
        "checks_fit": "asks whether the proposal works for the customer",
        "recaps": "sums up what was agreed",
        "thanks": "thanks the customer",
        "greeting": "greets",
        "farewell": "says goodbye",
    }
)
"""What a trainee turn can do, as far as a customer would notice; the reader's vocabulary, and
the keys under which a persona keeps its lines."""

MOVES = (
    "press",
    "push_back",
    "unheard",
    "warn",
    "leave",
    "escalate",
    "accept",
    "withdraw",
    "goodbye",
)
"""The other keys under which a persona keeps its lines: what the line does in the encounter."""


# ---------------------------------------------------------------- rubric


class Source(Noun):
    """One behaviour of a how-to document: where a criterion comes from."""

    ref: str
    document: str
    quote: Annotated[str, Field(min_length=1, max_length=200)]
    stage: str
    observable: Literal["turn", "conversation", "post_encounter", "not_in_text"]
    avoid: bool = False
    criterion: str | None = None
    unscored: str | None = None


class Check(Noun):
    """A yes/no question of a criterion; code turns the answers into a level."""

    id: Slug
    ask: Text


class Examples(Noun):
    met: Text
    partly: Text
    missed: Text


class Criterion(Noun):
    """One thing a reply can do well. `weight` is points of 100; `aggregation` says how the
    grades of an encounter become one: `mean` over opportunities, `once` the best instance,
    `worst` any lapse counts."""

    id: Slug
    title: Text
    section: Text
    weight: Annotated[float, Field(ge=0, le=100)]
    aggregation: Aggregation
    due_when: Text
    checks: Annotated[tuple[Check, ...], Field(min_length=2, max_length=4)]
    examples: Examples
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    advice: Text


class Section(Noun):
    title: Text
    weight: Annotated[float, Field(ge=0, le=100)]


class Rubric(Noun):
    id: Slug
    title: Text
    sections: tuple[Section, ...]
    criteria: tuple[Criterion, ...]

    def criterion(self, id: str) -> Criterion:
        """The criterion with this id. Raises KeyError when the rubric has none."""
        for criterion in self.criteria:
            if criterion.id == id:
                return criterion
        raise KeyError(id)


# --------------------------------------------------------------- persona


class Sign(Noun):
    """Something to notice in a trainee turn: `when` asks it as a yes/no question for a judge,
    `sign` names it for the embedded reader: a criterion id, an act id, or a list of cues
    (see `reader.cues` for the small grammar)."""

    when: Text
    sign: str | tuple[str, ...]


class Trigger(Sign):
    """A sign that moves tension by 1 to 3 points."""

    by: Annotated[int, Field(ge=1, le=3)] = 1


class Need(Sign):
    """Something the customer must have been given before they can accept."""

    want: Text
    asks: Annotated[tuple[Text, ...], Field(min_length=3)]
    pushes: Annotated[tuple[Text, ...], Field(min_length=2)]


class Known(Sign):
    """A fact the customer gives when asked."""

    says: Annotated[tuple[Text, ...], Field(min_length=1)]


class Hidden(Sign):
    """A fact that comes out only when earned. `when` says how."""

    fact: Text
    says: Annotated[tuple[Text, ...], Field(min_length=1)]


class Brief(Noun):
    """What the trainee is told before the encounter; at most 90 words in all."""

    role: Text
    record: Annotated[tuple[Text, ...], Field(min_length=1)]
    may_offer: Annotated[tuple[Text, ...], Field(min_length=1)]


class Policy(Noun):
    """What the trainee may and may not do, in words, with the bounds the reader can check.

    `refund_cap` is percent of the price, `goodwill_cap` an amount in the scenario's currency;
    None means no such bound applies. `never` lists cues of promises beyond authority.
    """

    text: Text
    refund_cap: Annotated[int, Field(ge=0, le=100)] | None = None
    goodwill_cap: Annotated[float, Field(ge=0)] | None = None
    never: tuple[str, ...] = ()
    escalates_to: str | None = None


class Scenario(Noun):
    """What happened: the facts, kept apart from the temperament of who it happened to."""

    title: Text
    brief: Brief
    opening: Annotated[tuple[Text, ...], Field(min_length=2)]
    happened: Text
    knows: dict[Slug, Known] = {}
    hides: dict[Slug, Hidden] = {}
    fault: Fault
    needs: Annotated[dict[Slug, Need], Field(min_length=1)]
    nice_to_have: tuple[Text, ...] = ()
    accepts_when: Text
    walks_when: Text
    policy: Policy
    phrases: dict[str, Text]


class Voice(Noun):
    manner: Text
    habits: tuple[Text, ...]
    length: Literal["short", "medium", "long"]


class Temper(Noun):
    """Where the mood starts at standard intensity. `words` names the five bands, hottest first."""

    tension: Annotated[int, Field(ge=0, le=10)]
    trust: Annotated[int, Field(ge=0, le=10)]
    patience: Annotated[int, Field(ge=2, le=10)]
    words: Annotated[tuple[Text, ...], Field(min_length=5, max_length=5)] = (
        "Furious",
        "Angry",
        "Frustrated",
        "Softening",
        "Calm",
    )


Lines = dict[str, tuple[str, ...] | dict[str, tuple[str, ...]]]


class Persona(Noun):
    """One customer: who they are, what moves them, and the scenarios they bring."""

    id: Slug
    name: Text
    pronoun: Literal["she", "he", "they"]
    temperament: Text
    summary: Text
    skills: Annotated[tuple[str, ...], Field(min_length=1, max_length=3)]
    level: Annotated[int, Field(ge=1, le=3)]
    voice: Voice
    never_says: tuple[str, ...]
    mood: Temper
    softens_at: tuple[Trigger, ...]
    rises_at: tuple[Trigger, ...]
    exit: Literal["walked_out", "escalated"] = "walked_out"
    scenarios: Annotated[dict[Slug, Scenario], Field(min_length=1)]
    lines: Lines = {}


# ------------------------------------------------------------- encounter


class Turn(Noun):
    """One message. `id` is made by whoever sent it, so that sending twice stores once."""

    id: str
    number: Annotated[int, Field(ge=1)]
    speaker: Speaker
    text: str
    at: datetime | None = None


Transcript = tuple[Turn, ...]


class Read(Noun):
    """The reader's view of one criterion in one turn. `confidence` is 0 to 1."""

    level: Level
    quote: str = ""
    why: str = ""
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.5


class Act(Noun):
    """Something the trainee did in a turn, of the fixed vocabulary `reader.acts.ACTS`."""

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
    name facts that may come out now; `presses` is the need to insist on, `pushes` the offered
    need to test; `ending` is set only when this is the customer's last line."""

    move: Literal["press", "push_back", "unheard", "warn", "leave", "accept", "withdraw", "goodbye"]
    band: Annotated[int, Field(ge=0, le=4)]
    reacts: tuple[Act, ...] = ()
    answers: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()
    presses: str | None = None
    pushes: str | None = None
    ending: Outcome | None = None


class Grade(Noun):
    """One criterion on one trainee turn. `met` and `partly` carry the trainee's own words."""

    level: Level
    quote: str = ""
    why: str = ""
    checks: dict[str, bool] = {}


class Verdict(Noun):
    """All grades of one trainee turn. `ungraded` gives a reason for each criterion this judge
    could not judge: left out of every score, never a zero. `signs` are the persona's questions
    answered yes. `flags` route a turn to a person and never change a grade."""

    grades: dict[str, Grade]
    ungraded: dict[str, str] = {}
    signs: tuple[str, ...] = ()
    flags: tuple[Act, ...] = ()
    engine: str
    rubric: str


class Ungraded(Noun):
    """No verdict could be had. Never a zero: our mistake must not cost the trainee points."""

    reason: str
    engine: str


class Answer(Noun):
    """A judge's answer on one criterion: was it due, each check yes or no, and the evidence."""

    criterion: str
    due: bool
    checks: dict[str, bool]
    quote: str = ""
    why: str = ""
    cannot_judge: str = ""


class Answers(Noun):
    """What a judge returns for one trainee turn. No numbers: code computes those."""

    answers: tuple[Answer, ...]
    signs: dict[str, bool] = {}


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

    @field_validator("scenario_id")
    @classmethod
    def _no_blank(cls, value: str) -> str:
        if not value:
            raise ValueError("a record names its scenario")
        return value


class Score(Noun):
    """What Python computes from verdicts. `points` is 0 to 100, or None under 40 weight due;
    `coverage` is the weight that was due and graded, 0 to 100."""

    points: float | None
    coverage: float
    values: dict[str, float]
    levels: dict[str, Level]
    autofails: tuple[Act, ...] = ()


# --------------------------------------------------------------- debrief


class Moment(Noun):
    """One point of the mood timeline. `step` 0 is the opening, then one per trainee turn;
    `turning` marks where the mood moved by two points or more against or with the trainee."""

    step: int
    tension: int
    band: Annotated[int, Field(ge=0, le=4)]
    word: str
    turning: Literal["", "better", "worse"] = ""
    because: str = ""
    thought: str = ""


class Note(Noun):
    """One strength or one thing to change: about the message, never the person."""

    criterion: str
    title: str
    level: Level
    step: int
    quote: str
    why: str
    source: Source
    try_instead: str = ""


class Instance(Noun):
    step: int
    level: Level
    quote: str = ""
    why: str = ""


class Row(Noun):
    """One line of the scorecard. `value` is 0 to 1, or None when it was never due; `ungraded`
    counts the turns in which no grade could be had."""

    criterion: str
    title: str
    section: str
    weight: float
    aggregation: Aggregation
    level: Level
    value: float | None
    instances: tuple[Instance, ...] = ()
    ungraded: int = 0
    reason: str = ""


class Fact(Noun):
    """Something the customer kept back: `out` when the trainee earned it, `how` it comes out."""

    fact: str
    out: bool
    how: str


class Debrief(Noun):
    """What the trainee is told afterwards. `satisfaction` and `effort` are 1 to 5, simulated."""

    outcome: Outcome
    ending: str
    score: Score
    satisfaction: Annotated[int, Field(ge=1, le=5)]
    effort: Annotated[int, Field(ge=1, le=5)]
    contact_again: bool
    moments: tuple[Moment, ...]
    strength: Note | None
    priority: Note | None
    rows: tuple[Row, ...]
    facts: tuple[Fact, ...]
    needs: tuple[Fact, ...]
