"""What there is to try a changed rubric on: stored encounters, imported conversations, gold."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from .. import encounter, scoring
from ..domain import Import, Label, Persona, Record, Rubric, Turn
from ..errors import ContentError
from ..evaluation import gold
from ..evaluation.simulate import play
from ..evaluation.trainees import TRAINEES
from ..laws import MAX_TURNS
from ..llm import Seats
from .trying import Reply, replies

Where = Literal["encounter", "import", "gold", "sample"]
Pick = Literal["few", "all", "none"]

_QUALITY = {"good": 90.0, "average": 50.0, "poor": 10.0}
_GOLD = datetime(2026, 1, 1, tzinfo=UTC)
"""When gold labels count as given: before anybody's clicks, which are newer."""

SEED = 6


class Past(NamedTuple):
    """One past conversation. `points` is its score when it was graded, None where it has none;
    `rank` sorts the great from the poor, None where nothing tells; `labels` are people's."""

    id: str
    where: Where
    title: str
    about: str
    replies: tuple[Reply, ...]
    points: float | None = None
    rank: float | None = None
    labels: tuple[Label, ...] = ()


def of_record(record: Record, where: Where = "encounter") -> Past:
    """A stored encounter, or one that scripted trainees played. Whose it is, is not told."""
    points = scoring.score_record(record).points
    outcome = (record.outcome or "stopped").replace("_", " ")
    about = f"{record.scenario.title}, {record.intensity}, {outcome}"
    title = f"{record.persona.name}, {record.started:%-d %b %H:%M}"
    if where == "sample":
        title = f"{record.persona.name} and the {record.trainee} trainee"
    found = tuple(reply._replace(title=title) for reply in replies(record))
    return Past(record.id, where, title, about, found, points, points)


def of_import(one: Import) -> Past:
    """A conversation that was brought in."""
    about = f"imported {one.at:%-d %b %Y}"
    return Past(one.id, "import", one.title, about, tuple(replies(one)))


def of_gold(path: Path) -> list[Past]:
    """Labelled encounters, with the labels their raters agree on; empty where there is no such
    file. Labels of a criterion that a rubric no longer has are kept: they are compared with
    nothing."""
    try:
        found = gold.load(path, _labelled(path))
    except ContentError:
        return []
    return [_of_gold(one) for one in found]


def _labelled(path: Path) -> set[str]:
    """The criteria that a gold file has labels of, as far as it is one."""
    found: set[str] = set()
    for _, values in gold.lines(path):
        turns = values.get("turns")
        for turn in cast("list[Any]", turns) if isinstance(turns, list) else []:
            labels = cast("dict[str, Any]", turn).get("labels") if isinstance(turn, dict) else None
            found |= set(cast("dict[str, Any]", labels)) if isinstance(labels, dict) else set()
    return found


def _of_gold(one: gold.Encounter) -> Past:
    after: tuple[Turn, ...] = ()
    found: list[Reply] = []
    labels: list[Label] = []
    for number, said in enumerate(one.turns, start=1):
        turn = Turn(id=str(number), number=number, speaker=said.speaker, text=said.text)
        if said.speaker == "trainee":
            reply = Reply(one.id, one.id, len(found) + 1, turn, after, one.fault, one.policy)
            found.append(reply)
            labels += [
                Label(item=reply.item, criterion=id, rater="gold", level=label.level, at=_GOLD)
                for id, label in said.labels.items()
                if label.level
            ]
        after = (*after, turn)
    rank = _QUALITY.get(one.quality)
    about = ", ".join(word for word in ("gold", one.quality, one.domain) if word)
    return Past(one.id, "gold", one.id, about, tuple(found), None, rank, tuple(labels))


async def samples(
    personas: Sequence[Persona], rubric: Rubric, seats: Seats
) -> AsyncGenerator[Past]:
    """Six encounters, one by each scripted trainee, against different customers; kept nowhere.
    The same every time with the embedded engine. Raises SeatError when a model cannot play."""
    for number, trainee in enumerate(TRAINEES.values()):
        persona = personas[number % len(personas)]
        scenario = next(iter(persona.scenarios))
        begun = encounter.begin(
            persona, scenario, "standard", rubric, trainee=trainee.id, seats=seats, seed=SEED
        )
        record = await play(begun, trainee, seats, MAX_TURNS)
        yield of_record(record, "sample")


def picked(pasts: Sequence[Past], pick: Pick) -> frozenset[str]:
    """Which conversations a quick pick means: all, none, or a few: one great, two average and one
    poor by their score, as far as there are so many."""
    if pick != "few":
        return frozenset(past.id for past in pasts) if pick == "all" else frozenset()
    ranked = sorted((p for p in pasts if p.rank is not None), key=lambda p: p.rank or 0.0)
    if len(ranked) < 4:
        return frozenset(past.id for past in (ranked or pasts)[:4])
    middle = len(ranked) // 2
    return frozenset(ranked[at].id for at in (0, middle - 1, middle, len(ranked) - 1))
