"""What trainers keep: drafts and versions of content, rulings over grades, labels, imports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from .play import Transcript
from .words import Level, Noun, Slug, Text

Kind = Literal["persona", "rubric"]


class Draft(Noun):
    """A trainer's unpublished text of one content file. `base` is the SHA-256, in hex, of the
    file's text when the draft was begun, empty for a file that does not exist yet: publishing
    compares it with the file, so that nobody overwrites somebody else's work unseen."""

    kind: Kind
    name: Slug
    who: str
    base: str
    text: str
    at: datetime


class Version(Noun):
    """A published text of one content file; never changed afterwards. `number` counts from 1,
    `hash` is the fingerprint that encounters pin."""

    kind: Kind
    name: Slug
    number: Annotated[int, Field(ge=1)]
    hash: str
    text: str
    note: str
    who: str
    at: datetime


class Ruling(Noun):
    """A person's word on one grade. It beats the judge's in what is released and stands beside
    it: `judged` is what the judge had said, None where it could not say. `step` counts the
    trainee's turns from 1. `criterion` is one of the rubric's, or `flag:` and an act of `ACTS`
    for a flag: missed confirms it, met lifts it."""

    record: str
    step: Annotated[int, Field(ge=1)]
    criterion: str
    level: Level
    quote: str = ""
    reason: Annotated[str, Field(min_length=1, max_length=1_000)]
    judged: Level | None
    who: str
    at: datetime


class Dispute(Noun):
    """A trainee's word that a grade looks wrong; it waits for a ruling."""

    record: str
    step: Annotated[int, Field(ge=1)]
    criterion: str
    reason: Annotated[str, Field(max_length=1_000)] = ""
    at: datetime


class Label(Noun):
    """One rater's level for one criterion of one turn, given blind. `item` names the turn:
    the id of the encounter (a record's, an import's or a gold one's), a colon, and the number
    of the trainee's turn, from 1."""

    item: str
    criterion: str
    rater: str
    level: Level
    quote: str = ""
    at: datetime


class Import(Noun):
    """A real conversation brought in, masked before it was kept."""

    id: str
    title: str
    transcript: Transcript
    masked: int
    who: str
    at: datetime


class Look(NamedTuple):
    """Somebody was shown what another wrote; kept for whoever asks who has read it."""

    who: str
    record: str
    at: datetime


class Lesson(Noun):
    """A reply its trainee offers to the others. It shows once a trainer let it: `state` says,
    and `who` is the trainer. The trainee's name is not in it."""

    id: str
    record: str
    step: Annotated[int, Field(ge=1)]
    skill: str
    customer: Text
    reply: Annotated[str, Field(min_length=1, max_length=20_000)]
    state: Literal["offered", "shown", "declined"] = "offered"
    who: str = ""
    note: Annotated[str, Field(max_length=500)] = ""
    at: datetime
