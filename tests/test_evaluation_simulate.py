"""Whole encounters between scripted trainees and every customer, on the embedded engine.

A customer whom everybody calms, or nobody, teaches nothing: all but one must tell them apart.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from statistics import mean

import pytest

from hotseat import catalog, llm
from hotseat.domain import Persona, Rubric
from hotseat.evaluation.simulate import Result, simulate
from hotseat.evaluation.trainees import TRAINEES

pytestmark = pytest.mark.xdist_group("simulate")
"""One worker plays them all: the encounters are played once and asked about several times."""


@pytest.fixture(scope="module")
def personas() -> dict[str, Persona]:
    return catalog.personas()


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return catalog.rubric("service_recovery")


def simulated(
    personas: Iterable[Persona], rubric: Rubric, *trainees: str, max_turns: int = 12
) -> list[Result]:
    return asyncio.run(
        simulate(
            personas,
            [TRAINEES[id] for id in trainees or TRAINEES],
            intensity="standard",
            seeds=(0,),
            rubric=rubric,
            seats=llm.seats({}),
            max_turns=max_turns,
        )
    )


@pytest.fixture(scope="module")
def results(personas: dict[str, Persona], rubric: Rubric) -> list[Result]:
    return simulated(personas.values(), rubric)


def points(results: list[Result], quality: str) -> float:
    return mean(r.score for r in results if r.quality == quality and r.score is not None)


def test_everybody_plays_everybody(personas: dict[str, Persona], results: list[Result]) -> None:
    assert len({(r.persona, r.trainee) for r in results}) == len(personas) * len(TRAINEES)


def test_good_average_and_poor_lie_fifteen_points_apart(results: list[Result]) -> None:
    assert points(results, "good") - points(results, "average") >= 15
    assert points(results, "average") - points(results, "poor") >= 15


def test_all_but_one_customer_tell_the_three_apart(
    personas: dict[str, Persona], results: list[Result]
) -> None:
    close: list[str] = []
    for id in personas:
        of_this = [r for r in results if r.persona == id]
        good, average, poor = (points(of_this, q) for q in ("good", "average", "poor"))
        if good - average < 15 or average - poor < 15:
            close.append(f"{id}: {good:.0f}, {average:.0f}, {poor:.0f}")
    assert len(close) <= 1, "\n".join(close)


@pytest.mark.parametrize(
    ("quality", "ends"), [("good", {"resolved"}), ("poor", {"walked_out", "escalated"})]
)
def test_all_but_one_customer_end_it_as_earned(
    results: list[Result], quality: str, ends: set[str]
) -> None:
    others = {
        f"{r.persona}: {r.trainee} {r.outcome}"
        for r in results
        if r.quality == quality and r.outcome not in ends
    }
    assert len({line.split(":")[0] for line in others}) <= 1, "\n".join(sorted(others))


def test_the_same_seed_plays_the_same_encounter(
    personas: dict[str, Persona], rubric: Rubric
) -> None:
    people = [personas["late_gift"]]
    assert simulated(people, rubric, "steady") == simulated(people, rubric, "steady")


def test_an_encounter_without_an_end_is_stopped(
    personas: dict[str, Persona], rubric: Rubric
) -> None:
    stopped = simulated([personas["late_gift"]], rubric, "scripted", max_turns=2)
    assert {(r.outcome, r.turns) for r in stopped} == {("stopped", 2)}
    assert len(stopped[0].transcript) == 5
