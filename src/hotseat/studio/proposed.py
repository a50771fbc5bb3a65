"""A proposed criterion, and what it becomes in a rubric's text once a trainer accepts it."""

from __future__ import annotations

from ..domain import Noun
from .edit import Value


class Proposed(Noun):
    """One criterion as it is proposed. The examples may be empty, for the trainer to write."""

    title: str
    section: str
    due_when: str
    checks: tuple[str, ...]
    quote: str
    praise: str
    lack: str
    advice: str
    met: str = ""
    partly: str = ""
    missed: str = ""
    avoid: bool = False


class Proposals(Noun):
    """What a coach returns for a document."""

    proposals: tuple[Proposed, ...]


def as_criterion(proposed: Proposed, id: str, ref: str) -> dict[str, Value]:
    """A proposal as the values of a criterion, at no weight: what it counts for is taken from
    others, and that is the trainer's to say."""
    names = ("does_it", "in_detail") if not proposed.avoid else ("avoids_it", "free_of_it")
    return {
        "id": id,
        "title": proposed.title,
        "section": proposed.section,
        "weight": "0",
        "aggregation": "worst" if proposed.avoid else "mean",
        "due_when": proposed.due_when,
        "checks": [
            {"id": name, "ask": ask} for name, ask in zip(names, proposed.checks, strict=False)
        ],
        "examples": {"met": proposed.met, "partly": proposed.partly, "missed": proposed.missed},
        "sources": [ref],
        "praise": proposed.praise,
        "lack": proposed.lack,
        "advice": proposed.advice,
    }


def as_passage(proposed: Proposed, criterion: str, document: str, ref: str) -> dict[str, Value]:
    """The passage a proposal rests on, as the values of a source."""
    passage: dict[str, Value] = {
        "ref": ref,
        "document": document,
        "quote": proposed.quote,
        "criterion": criterion,
    }
    return passage | ({"avoid": "true"} if proposed.avoid else {})
