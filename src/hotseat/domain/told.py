"""What the trainee is told afterwards: score, notes, scorecard and debrief."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .content import Source
from .play import Act
from .words import Aggregation, Level, Noun, Outcome


class Score(Noun):
    """What Python computes from verdicts. `points` is 0 to 100, or None under 40 weight due;
    `coverage` is the weight that was due and graded, 0 to 100. `failed` are the criteria of which
    one miss flags the encounter, and that were missed; like `autofails` they change no points."""

    points: float | None
    coverage: float
    values: dict[str, float]
    levels: dict[str, Level]
    autofails: tuple[Act, ...] = ()
    failed: tuple[str, ...] = ()


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
    counts the turns in which no grade could be had. An `advisory` one is in no score."""

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
    advisory: bool = False


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
