"""The scripted trainees: pure, varied, and answering what the customer's last line asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from hotseat import catalog
from hotseat.domain import Direction, Persona, Pins, Record, Rubric, Step, Turn
from hotseat.evaluation.scripts import Script
from hotseat.evaluation.trainees import ORDER, TRAINEES, Trainee

GOOD = [trainee for trainee in TRAINEES.values() if trainee.quality == "good"]


@pytest.fixture(scope="module")
def persona() -> Persona:
    return catalog.persona("late_gift")


@pytest.fixture
def opened(persona: Persona) -> Record:
    return Record(
        id="r",
        trainee="t",
        persona=persona,
        scenario_id="birthday",
        intensity="standard",
        rubric=Rubric(id="none", title="None", sections=(), criteria=()),
        pins=Pins(persona="p", rubric="r", prompts="p", customer="embedded", judge="embedded"),
        seed=0,
        opening=Turn(id="o", number=1, speaker="customer", text="Where is my parcel?"),
        started=datetime(2026, 1, 1, tzinfo=UTC),
    )


def answered(record: Record, reply: str, customer: str, move: str = "press") -> Record:
    number = len(record.transcript)
    step = Step(
        trainee=Turn(id=f"t{number}", number=number + 1, speaker="trainee", text=reply),
        customer=Turn(id=f"c{number}", number=number + 2, speaker="customer", text=customer),
        direction=Direction.model_validate({"move": move, "band": 1}),
    )
    return record.model_copy(update={"steps": (*record.steps, step)})


def played(trainee: Trainee, record: Record, *lines: str, seed: int = 0) -> list[str]:
    replies: list[str] = []
    for line in lines:
        replies.append(trainee.reply(record, seed))
        record = answered(record, replies[-1], line)
    return replies


def test_there_are_two_of_each_quality_and_nobody_can_add_one() -> None:
    qualities = [trainee.quality for trainee in TRAINEES.values()]
    assert all(qualities.count(quality) >= 2 for quality in ("good", "average", "poor"))
    assert isinstance(TRAINEES, MappingProxyType)
    assert all(id == trainee.id for id, trainee in TRAINEES.items())


@pytest.mark.parametrize("trainee", TRAINEES.values(), ids=TRAINEES)
def test_a_reply_is_the_same_for_the_same_record_and_seed(trainee: Trainee, opened: Record) -> None:
    lines = ("Hm.", "And?", "So?", "Well?", "Yes?")
    assert played(trainee, opened, *lines) == played(trainee, opened, *lines)


@pytest.mark.parametrize("trainee", TRAINEES.values(), ids=TRAINEES)
def test_no_reply_is_empty_however_long_it_goes_on(trainee: Trainee, opened: Record) -> None:
    assert all(played(trainee, opened, *["Go on."] * 14))


@pytest.mark.parametrize("trainee", GOOD, ids=lambda t: t.id)
def test_a_good_trainee_never_repeats_a_reply(trainee: Trainee, opened: Record) -> None:
    replies = played(trainee, opened, *["And when exactly? Why?"] * 7)
    assert len(set(replies)) == len(replies)


@pytest.mark.parametrize("trainee", TRAINEES.values(), ids=TRAINEES)
def test_seeds_vary_the_words(trainee: Trainee, opened: Record) -> None:
    lines = ["Go on."] * 7
    assert len({tuple(played(trainee, opened, *lines, seed=seed)) for seed in range(3)}) > 1


@pytest.mark.parametrize(
    ("line", "move", "criterion"),
    [
        ("You useless idiots.", "press", "assertive_boundary"),
        ("Get me your manager.", "press", "escalation"),
        ("When will it be here?", "press", "timeline"),
        ("Why did nobody look?", "press", "transparent_explanation"),
        ("Hm.", "push_back", "adapt_flexibly"),
    ],
)
def test_steady_answers_what_was_asked(
    opened: Record, line: str, move: str, criterion: str
) -> None:
    asked = answered(opened, "Hello.", line, move)
    assert opened.scenario.phrases[criterion] in TRAINEES["steady"].reply(asked)


@pytest.mark.parametrize("trainee", GOOD, ids=lambda t: t.id)
def test_a_good_trainee_closes_once_the_customer_agrees(trainee: Trainee, opened: Record) -> None:
    agreed = answered(opened, "Hello.", "Okay, do that.", "accept")
    phrases = opened.scenario.phrases
    assert trainee.reply(agreed) == " ".join(
        (phrases["recap"], phrases["follow_up_plan"], phrases["warm_close"])
    )


@pytest.mark.parametrize("id", ["wall", "pleaser"])
def test_a_poor_trainee_never_makes_the_offer(id: str, opened: Record) -> None:
    said = " ".join(played(TRAINEES[id], opened, *["When? I want your manager."] * 8))
    assert not any(phrase in said for phrase in opened.scenario.phrases.values())


def test_every_script_names_only_criteria_that_have_a_place_or_a_close() -> None:
    known = {*ORDER, "recap", "warm_close"}
    for trainee in TRAINEES.values():
        assert isinstance(trainee.script, Script)
        pieces = [
            piece
            for chunk in (
                *trainee.script.agenda,
                *trainee.script.answers.values(),
                trainee.script.close,
                trainee.script.spare,
            )
            for piece in chunk
        ]
        assert {piece for piece in pieces if " " not in piece} <= known
