"""Between nouns and rows. Pure; reading back gives an equal noun."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import RowMapping

from ..domain import Persona, Pins, Record, Rubric, SelfView, Step, Turn
from ..errors import StoreError

MADE_FOR_THE_LINE = ("reading", "mood", "direction", "customer")
PARTS = (*MADE_FOR_THE_LINE, "verdict", "settled", "coaching")
"""What fills in after the trainee's turn, in the order in which it happens."""


def encounter_row(record: Record) -> dict[str, Any]:
    """The row of `encounters` for a record, without its steps."""
    return {
        "id": record.id,
        "trainee": record.trainee,
        "persona": record.pins.persona,
        "scenario_id": record.scenario_id,
        "intensity": record.intensity,
        "rubric": record.pins.rubric,
        "pins": record.pins.model_dump_json(),
        "seed": str(record.seed),
        "opening": record.opening.model_dump_json(),
        "outcome": record.outcome,
        "started": record.started,
        "ended": record.ended,
        "retry_of": record.retry_of,
        "retry_from": record.retry_from,
        "self_view": record.self_view and record.self_view.model_dump_json(),
        "hints": json.dumps(record.hints),
        "draft": record.draft,
    }


def step_row(record_id: str, position: int, step: Step) -> dict[str, Any]:
    """The row of `steps` for a step; `position` counts from 0."""
    return {
        "encounter_id": record_id,
        "position": position,
        "turn_id": step.trainee.id,
        "trainee": step.trainee.model_dump_json(),
        **dict.fromkeys(PARTS),
        **parts(step),
        "created": datetime.now(UTC),
    }


def parts(step: Step) -> dict[str, str]:
    """The parts of a step that are there, as JSON."""
    found = ((name, getattr(step, name)) for name in PARTS)
    return {name: part.model_dump_json() for name, part in found if part is not None}


def news(stored: RowMapping, step: Step) -> dict[str, str]:
    """What a step adds to its stored row.

    Once the customer's line is stored it has been seen: that line, and what it was made from,
    stays, and only gaps are filled. The first verdict stays, with the mood it settled: not even
    another verdict replaces it, should two have been made.
    """
    fresh = parts(step)
    if stored["customer"] is not None:
        for name in MADE_FOR_THE_LINE:
            if stored[name] is not None:
                fresh.pop(name, None)
    if "grades" in json.loads(stored["verdict"] or "{}"):
        fresh.pop("verdict", None)
        if stored["settled"] is not None:
            fresh.pop("settled", None)
    return fresh


def records(
    encounters: Sequence[RowMapping], contents: Sequence[RowMapping], steps: Sequence[RowMapping]
) -> list[Record]:
    """The records of rows of `encounters`, in their order; `steps` are in order of position.

    Raises StoreError naming the record when one was written by a hotseat whose nouns differ.
    """
    taken: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in steps:
        taken[row["encounter_id"]].append(row)
    bodies: dict[str, str] = {row["hash"]: row["body"] for row in contents}
    personas: dict[str, Persona] = {}
    rubrics: dict[str, Rubric] = {}
    read: list[Record] = []
    for row in encounters:
        persona, rubric = row["persona"], row["rubric"]
        try:
            if persona not in personas:
                personas[persona] = Persona.model_validate_json(bodies[persona])
            if rubric not in rubrics:
                rubrics[rubric] = Rubric.model_validate_json(bodies[rubric])
            read.append(_record(row, taken[row["id"]], personas[persona], rubrics[rubric]))
        except ValidationError as error:
            where = ".".join((error.title, *map(str, error.errors()[0]["loc"])))
            # from None: pydantic's text quotes what the trainee typed
            raise StoreError(
                f"{where} cannot be read by this version of hotseat",
                place=f"record {row['id']}",
                fix="open it with the version that saved it",
            ) from None
    return read


def _step(row: RowMapping) -> Step:
    there = (name for name in ("trainee", *PARTS) if row[name] is not None)
    body = ",".join(f'"{name}":{row[name]}' for name in there)
    return Step.model_validate_json("{" + body + "}")


def _record(
    row: RowMapping, steps: Sequence[RowMapping], persona: Persona, rubric: Rubric
) -> Record:
    return Record(
        id=row["id"],
        trainee=row["trainee"],
        persona=persona,
        scenario_id=row["scenario_id"],
        intensity=row["intensity"],
        rubric=rubric,
        pins=Pins.model_validate_json(row["pins"]),
        seed=int(row["seed"]),
        opening=Turn.model_validate_json(row["opening"]),
        steps=tuple(_step(each) for each in steps),
        outcome=row["outcome"],
        started=row["started"],
        ended=row["ended"],
        retry_of=row["retry_of"],
        retry_from=row["retry_from"],
        self_view=row["self_view"] and SelfView.model_validate_json(row["self_view"]),
        hints=tuple(json.loads(row["hints"])),
        draft=row["draft"],
    )
