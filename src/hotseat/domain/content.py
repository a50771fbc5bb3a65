"""What trainers write: rubrics with their sources, and personas with their scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from .words import Aggregation, Fault, Noun, Slug, Text


class Source(Noun):
    """One behaviour of a how-to document: where a criterion comes from."""

    ref: str
    document: str
    quote: Annotated[str, Field(min_length=1, max_length=200)]
    stage: str = "any"
    observable: Literal["turn", "conversation", "post_encounter", "not_in_text"] = "turn"
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
    `worst` any lapse counts. `praise` tells the trainee what a message did that met it, `lack`
    what was missing from one that did not, in a sentence each; `advice` says what to do.
    `auto_fail`: one reply that missed it flags the whole encounter, for a person to confirm.
    `advisory`: graded and shown, and left out of every score, because people and the judge do
    not agree on it well enough."""

    id: Slug
    title: Text
    section: Text
    weight: Annotated[float, Field(ge=0, le=100)]
    aggregation: Aggregation
    due_when: Text
    checks: Annotated[tuple[Check, ...], Field(min_length=2, max_length=4)]
    examples: Examples
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    praise: Text
    lack: Text
    advice: Text
    auto_fail: bool = False
    advisory: bool = False


class Section(Noun):
    title: Text
    weight: Annotated[float, Field(ge=0, le=100)]


class Rubric(Noun):
    """What replies are graded by. `passes_at` is the score, 0 to 100, from which an encounter
    counts as passed; trainers use it, trainees in practice never see it. `passages` are the
    rubric's own sources, from documents of a trainer's: kept here, so that they are published,
    versioned and rolled back with the criteria that rest on them."""

    id: Slug
    title: Text
    sections: tuple[Section, ...]
    criteria: tuple[Criterion, ...]
    passes_at: Annotated[float, Field(ge=0, le=100)] = 60
    passages: tuple[Source, ...] = ()

    def criterion(self, id: str) -> Criterion:
        """The criterion with this id. Raises KeyError when the rubric has none."""
        for criterion in self.criteria:
            if criterion.id == id:
                return criterion
        raise KeyError(id)

    def with_passages(self, known: Mapping[str, Source]) -> dict[str, Source]:
        """Everything its criteria may rest on, by ref: the `known` sources and its own."""
        return {**known, **{passage.ref: passage for passage in self.passages}}


class Sign(Noun):
    """Something to notice in a trainee turn: `when` asks it as a yes/no question for a judge,
    `sign` names it for the embedded reader: a criterion id, an act id, or a list of cues
    (see `reader.cues` for the small grammar)."""

    when: Text
    sign: str | tuple[str, ...]


class Trigger(Sign):
    """A sign that moves tension by 1 to 3 points; `says` is what the customer answers to it."""

    by: Annotated[int, Field(ge=1, le=3)] = 1
    says: tuple[Text, ...] = ()


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
