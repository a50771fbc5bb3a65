"""A real model in each seat, for whoever has a key.

    HOTSEAT_LIVE_CUSTOMER_MODEL=openai/... HOTSEAT_LIVE_JUDGE_MODEL=anthropic/... \\
        pytest -m live -s tests/test_live.py

Any litellm id will do, its key in the environment; HOTSEAT_LIVE_CUSTOMER_URL and
HOTSEAT_LIVE_JUDGE_URL name an OpenAI-compatible address of one's own. What a model says is never
the same twice, so these tests hold it to what must be true whatever it says. The same code runs
against a stub in the ordinary suite, so that it works on the day somebody has a key.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from stub import Stub, keys, warm
from test_judge import answers

from hotseat import catalog, encounter, guard, llm
from hotseat.domain import Call, Record, Role, Ungraded, Verdict
from hotseat.evaluation import agreement, gold, grading, judging
from hotseat.evaluation.trainees import TRAINEES
from hotseat.llm import Seat, Seats
from hotseat.store import Store

RUBRIC = catalog.rubric("service_recovery")
GOLD = Path(__file__).parent.parent / "evals" / "gold" / "encounters.jsonl"
REPLIES = 10
TURNS = 40
AT_ONCE = 4
ROLES: tuple[Role, ...] = ("customer", "judge")


@pytest.fixture(scope="module", autouse=True)
def _warm():
    warm()


def seats_with(role: Role, model: str, url: str = "") -> Seats:
    """The model in one seat, the embedded engine in the other."""
    name = f"HOTSEAT_{role.upper()}"
    return llm.seats({f"{name}_MODEL": model, f"{name}_URL": url})


def live(role: Role) -> Seats:
    """The seats somebody asked for in the environment; skips, and says why, where nobody did."""
    name = f"HOTSEAT_LIVE_{role.upper()}"
    model = os.environ.get(f"{name}_MODEL", "")
    if not model:
        pytest.skip(f"{name}_MODEL is not set: name a model, with its key in the environment")
    seats = seats_with(role, model, os.environ.get(f"{name}_URL", ""))
    if why := grading.lacking(getattr(seats, role)):
        pytest.skip(why)
    return seats


# ---------------------------------------------------------------- an encounter of ten replies


async def played(seats: Seats, folder: Path) -> tuple[Record, list[tuple[int, Call]]]:
    """What a good trainee makes of the model in ten replies, as stored, and what it took."""
    store = await Store.open(f"sqlite+aiosqlite:///{folder / 'live.sqlite'}")
    try:
        record = encounter.begin(
            catalog.persona("late_gift"),
            "birthday",
            "standard",
            RUBRIC,
            trainee="live",
            seats=seats,
            seed=3,
        )
        await store.begin(record)
        while record.outcome is None and len(record.steps) < REPLIES:
            reply = TRAINEES["steady"].reply(record, record.seed)
            async for event in encounter.turn(record, reply, seats=seats, keep=store):
                record = event.record
        return await store.load(record.id, "live"), await store.calls(record.id)
    finally:
        await store.close()


def assert_sound(record: Record, calls: list[tuple[int, Call]], seat: Seat) -> None:
    """What must be true of an encounter whoever plays and judges it."""
    assert record.outcome or len(record.steps) == REPLIES
    for step in record.steps:
        assert step.customer
        assert step.direction
        assert guard.first_fault(step.customer.text, step.direction, "", ()) == ""
        match step.verdict:
            case Verdict() as verdict:
                assert {*verdict.grades, *verdict.ungraded} == {c.id for c in RUBRIC.criteria}
            case Ungraded() as ungraded:
                assert ungraded.reason
            case None:
                pytest.fail("a reply has neither a verdict nor a reason")
    assert {step for step, _ in calls} == set(range(len(record.steps)))
    assert {call.role for _, call in calls} == {seat.role}
    assert {call.model for _, call in calls} == {seat.name}
    for _, call in calls:
        assert call.input_tokens > 0
        assert call.output_tokens > 0
        assert call.seconds > 0


def own_work(record: Record, seat: Seat) -> int:
    """Steps in which the model's own line stands, or its own verdict."""
    if seat.role == "customer":
        return sum(step.customer.engine == seat.name for step in record.steps if step.customer)
    return sum(isinstance(step.verdict, Verdict) for step in record.steps)


@pytest.mark.live
@pytest.mark.parametrize("role", ROLES)
def test_a_model_keeps_its_seat_for_ten_replies(role, tmp_path):
    seats = live(role)
    seat = getattr(seats, role)
    record, calls = asyncio.run(played(seats, tmp_path))
    for turn in record.transcript:
        print(f"{turn.speaker}: {turn.text}")
    share = own_work(record, seat) / len(record.steps)
    print(
        f"{record.outcome}; {share:.0%} of the work its own; {sum(c.cost or 0 for _, c in calls)}"
    )
    assert_sound(record, calls, seat)
    assert share >= 0.8


# ---------------------------------------------------------------- the judge on gold


def sample() -> list[gold.Labelled]:
    """Forty gold turns, the same ones every time: two for each quality of trainee and each place
    in an encounter, from as many encounters as there are."""
    encounters = gold.load(GOLD, [criterion.id for criterion in RUBRIC.criteria])
    turns: dict[str, list[gold.Labelled]] = {one.id: [] for one in encounters}
    for turn in gold.labelled(encounters, RUBRIC):
        turns[turn.encounter].append(turn)
    by_quality: dict[str, list[list[gold.Labelled]]] = {}
    for one in encounters:
        by_quality.setdefault(one.quality, []).append(turns[one.id])
    return [
        group[(place + nth) % len(group)][place]
        for _, group in sorted(by_quality.items())
        for place in range(5)
        for nth in range(2)
    ]


async def graded(seat: Seat, turns: Sequence[gold.Labelled]) -> list[grading.Graded]:
    at_once = asyncio.Semaphore(AT_ONCE)

    async def one(turn: gold.Labelled) -> grading.Graded:
        async with at_once:
            return (await grading.grade(turn.brief, seat))[0]

    return await asyncio.gather(*map(one, turns))


def agreed(turns: Sequence[gold.Labelled], results: Sequence[grading.Graded]) -> Iterator[str]:
    """How far the judge and the labels agree, a line a figure."""
    pairs = zip(turns, results, strict=True)
    seen = [one for turn, result in pairs for one in judging.compare(turn, result)]
    due, levels = judging.due_pairs(seen), judging.level_pairs(seen)
    share, kappa = agreement.percent(due), agreement.weighted_kappa(levels, gold.LEVELS)
    ungraded = sum(not result.levels for result in results)
    yield f"due: {say(share)} the same over {len(due)} labels, kappa {say(agreement.kappa(due))}"
    yield f"level: quadratic-weighted kappa {say(kappa)} over {len(levels)} grades"
    yield f"ungraded: {ungraded} of {len(results)} turns"


def say(figure: float | None) -> str:
    return "none" if figure is None else f"{figure:.2f}"


@pytest.mark.live
def test_a_judge_grades_forty_gold_turns_and_says_how_far_it_agrees():
    seat = live("judge").judge
    turns = sample()
    results = asyncio.run(graded(seat, turns))
    print("\n".join([f"{seat.name}:", *agreed(turns, results)]))
    assert sum(bool(result.levels) for result in results) >= 0.9 * TURNS


# ---------------------------------------------------------------- the same without a key


def test_the_sample_is_forty_turns_of_every_quality_and_place():
    turns = sample()
    assert len({turn.id for turn in turns}) == len(turns) == TURNS
    assert {turn.brief.turn.number for turn in turns} == {2, 4, 6, 8, 10}


@pytest.mark.parametrize("role", ROLES)
def test_the_encounter_of_the_live_tests_works_with_a_stub(role, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", keys()["openai"])
    with Stub(arguments=answers().model_dump_json()) as stub:
        seats = seats_with(role, "openai/ok", stub.url())
        record, calls = asyncio.run(played(seats, tmp_path))
        seat = getattr(seats, role)
        assert len(stub.asked) == len(calls)
    assert_sound(record, calls, seat)
    assert own_work(record, seat) == len(record.steps)


def test_the_gold_of_the_live_tests_works_with_a_stub_that_says_nothing_is_due(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", keys()["openai"])
    turns = sample()
    with Stub(arguments=answers().model_dump_json()) as stub:
        seat = seats_with("judge", "openai/ok", stub.url()).judge
        results = asyncio.run(graded(seat, turns))
    wanted = [label.due for turn in turns for label in turn.labels.values()]
    no, sure = wanted.count(False), len(wanted) - wanted.count(None)
    due, level, ungraded = agreed(turns, results)
    assert due == f"due: {no / sure:.2f} the same over {sure} labels, kappa 0.00"
    assert level == "level: quadratic-weighted kappa none over 0 grades"
    assert ungraded == "ungraded: 0 of 40 turns"


@pytest.mark.parametrize("role", ROLES)
def test_a_live_test_without_a_model_says_what_to_set(role, monkeypatch):
    monkeypatch.delenv(f"HOTSEAT_LIVE_{role.upper()}_MODEL", raising=False)
    with pytest.raises(pytest.skip.Exception, match=f"HOTSEAT_LIVE_{role.upper()}_MODEL"):
        live(role)


def test_a_live_test_without_the_key_names_the_key(monkeypatch):
    monkeypatch.setenv("HOTSEAT_LIVE_JUDGE_MODEL", "openai/gpt-4.1-mini")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(pytest.skip.Exception, match="OPENAI_API_KEY"):
        live("judge")
