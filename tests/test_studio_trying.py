"""Trying a changed rubric on past conversations: only what flips, and nothing is stored."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from hotseat import catalog, encounter, llm
from hotseat.domain import Import, Label, Record, Rubric
from hotseat.evaluation.simulate import play
from hotseat.evaluation.trainees import TRAINEES
from hotseat.studio.importing import imported
from hotseat.studio.trying import (
    Tried,
    agreement,
    estimate,
    flips,
    replies,
    shifts,
    try_out,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEATS = llm.seats({})


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return catalog.rubric("service_recovery")


@pytest.fixture(scope="module")
def record(rubric: Rubric) -> Record:
    persona = catalog.persona("late_gift")
    average = next(t for t in TRAINEES.values() if t.quality == "average")
    begun = encounter.begin(
        persona, "birthday", "standard", rubric, trainee="x", seats=SEATS, seed=1
    )
    return asyncio.run(play(begun, average, SEATS, 12))


@pytest.fixture
def past() -> Import:
    text = (
        "Customer: My parcel is two days late and my son's birthday is tomorrow.\n"
        "Agent: Calm down, that is our policy.\nCustomer: What?\n"
        "Agent: I am sorry that we broke our promise. I will send it by courier today at noon.\n"
    )
    return imported(text, "chat.txt", who="Mo", at=NOW).found[0]


def tried(record: Record, old: Rubric, new: Rubric) -> list[Tried]:
    async def collect() -> list[Tried]:
        return [t async for t in try_out(replies(record), old, new, SEATS.judge)]

    return asyncio.run(collect())


def without(rubric: Rubric, id: str) -> Rubric:
    left = tuple(c for c in rubric.criteria if c.id != id)
    return rubric.model_copy(update={"criteria": left})


def reweighted(rubric: Rubric, id: str, weight: float) -> Rubric:
    changed = tuple(
        c.model_copy(update={"weight": weight}) if c.id == id else c for c in rubric.criteria
    )
    return rubric.model_copy(update={"criteria": changed})


def test_the_same_rubric_flips_nothing(record: Record, rubric: Rubric) -> None:
    found = tried(record, rubric, rubric)
    assert len(found) == len(record.steps)
    assert flips(found) == []
    (shift,) = shifts(found, rubric, rubric)
    assert shift.before == shift.after
    assert shift.before.points is not None


def test_what_a_record_was_graded_is_what_trying_gives_again(
    record: Record, rubric: Rubric
) -> None:
    stored = [step.verdict for step in record.steps]
    found = sorted(tried(record, rubric, rubric), key=lambda t: t.reply.number)
    assert [t.before for t in found] == stored


def test_a_criterion_taken_out_flips_its_grades_alone(record: Record, rubric: Rubric) -> None:
    found = flips(tried(record, rubric, without(rubric, "paraphrase")))
    assert {flip.criterion for flip in found} == {"paraphrase"}
    assert all(flip.after is None and flip.before is not None for flip in found)


def test_a_weight_flips_no_grade_and_moves_the_score(record: Record, rubric: Rubric) -> None:
    found = tried(record, rubric, heavy := reweighted(rubric, "composure", 60))
    assert flips(found) == []
    (shift,) = shifts(found, rubric, heavy)
    assert shift.before.points != shift.after.points


def test_a_pass_mark_decides_what_passes(record: Record, rubric: Rubric) -> None:
    strict = rubric.model_copy(update={"passes_at": 100.0})
    lax = rubric.model_copy(update={"passes_at": 0.0})
    (shift,) = shifts(tried(record, lax, strict), lax, strict)
    assert shift.passed == (True, False)


def test_an_imported_conversation_is_tried_like_a_record(past: Import, rubric: Rubric) -> None:
    found = replies(past)
    assert [(r.number, r.after[-1].text) for r in found][1] == (2, "What?")
    assert found[1].brief(rubric).turn.text.startswith("I am sorry")


def test_labels_are_paired_with_what_each_rubric_gave(record: Record, rubric: Rubric) -> None:
    found = tried(record, rubric, without(rubric, "composure"))
    labels = [
        Label(item=f"{record.id}:1", criterion=id, rater="Mo", level="met", at=NOW)
        for id in ("composure", "paraphrase")
    ]
    before, after = agreement(found, labels)
    assert (len(before), len(after)) == (2, 1)
    assert all(level == "met" for level, _ in before)


def test_the_embedded_judge_costs_nothing_to_try() -> None:
    assert estimate(100, SEATS.judge) == 0.0
