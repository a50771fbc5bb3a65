"""What a change of a persona does: the same replies twice, and the scripted trainees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import playing
import pytest

from hotseat.domain import Import, Persona, Record, Turn
from hotseat.studio import previewing
from hotseat.studio.previewing import Run, Side

pytestmark = pytest.mark.anyio

SCENARIO = "birthday"


async def answered(persona: Persona, replies: tuple[str, ...] = playing.GOOD) -> Side:
    return await previewing.answered(
        persona,
        SCENARIO,
        replies,
        playing.RUBRIC,
        playing.SEATS,
        intensity="standard",
        seed=7,
    )


def changed(**values: object) -> Persona:
    return Persona.model_validate({**playing.DANA.model_dump(), **values})


def run(quality: str, score: float | None, **more: object) -> Run:
    about = {"trainee": "x", "seed": 0, "outcome": "resolved", "tension": 3, "mood": "Calm"}
    none = {"leaked": [], "out_of_part": [], "repeated": []}
    return Run(**{**about, **none, "quality": quality, "score": score, **more})  # type: ignore[arg-type]


async def test_the_same_replies_and_seed_are_answered_the_same_twice() -> None:
    assert await answered(playing.DANA) == await answered(playing.DANA)


async def test_a_version_that_is_calmer_answers_the_same_replies_calmer() -> None:
    mood = {**playing.DANA.mood.model_dump(), "tension": 5}
    replies = playing.GOOD[:2]
    old, new = await answered(playing.DANA, replies), await answered(changed(mood=mood), replies)
    assert old.opening == new.opening
    assert [said.reply for said in old.said] == [said.reply for said in new.said] == list(replies)
    assert new.said[0].band > old.said[0].band


async def test_a_hidden_fact_is_told_once_where_it_came_out() -> None:
    side = await answered(playing.DANA, (playing.PHRASES["clarifying_questions"], *playing.GOOD))
    out = [fact for said in side.said for fact in said.revealed]
    assert side.said[0].revealed == [playing.DANA.scenarios[SCENARIO].hides["party"].fact]
    assert len(out) == len(set(out))


async def test_replies_after_the_end_are_left_out() -> None:
    side = await answered(playing.DANA, ("No. Calm down.",) * 12)
    assert len(side.said) < 12
    assert side.said[-1].ending == "walked_out"


async def test_a_good_persona_separates_the_three_and_the_runs_say_so() -> None:
    runs = [one async for one in auto_run(seeds=1)]
    assert len(runs) == 6
    sums = previewing.summed(runs)
    assert [one.quality for one in sums] == ["good", "average", "poor"]
    assert previewing.separation(sums).holds
    assert (sums[0].left, sums[0].resolved) == (0, 1)
    assert sums[2].left == 1
    assert sums[0].tension < sums[2].tension
    assert not any(one.leaked or one.out_of_part for one in runs)


def auto_run(seeds: int) -> AsyncIterator[Run]:
    return previewing.auto_run(
        playing.DANA,
        SCENARIO,
        playing.RUBRIC,
        playing.SEATS,
        intensity="standard",
        seeds=range(seeds),
    )


async def test_an_auto_run_that_is_left_lets_go_of_the_rest() -> None:
    before = asyncio.all_tasks()

    def left() -> list[str]:
        """Tasks that go on. Where pydantic-ai is called off just as a run begins, its own
        `wrap_run` is never woken again; everything else must end."""
        tasks = (str(task.get_coro()) for task in asyncio.all_tasks() - before)
        return [task for task in tasks if "CombinedCapability.wrap_run" not in task]

    runs = auto_run(seeds=20)
    await anext(runs)
    assert len(left()) > 100
    await runs.aclose()  # type: ignore[attr-defined]
    async with asyncio.timeout(30):
        while left():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("scores", "holds"),
    [((90, 60, 30), True), ((90, 80, 30), False), ((90, 60, 50), False), ((60, 90, 30), False)],
)
def test_good_average_and_poor_are_apart_by_fifteen_points_or_they_are_not(
    scores: tuple[float, float, float], holds: bool
) -> None:
    runs = [run(q, s) for q, s in zip(("good", "average", "poor"), scores, strict=True)]
    assert previewing.separation(previewing.summed(runs)).holds is holds


def test_a_quality_that_could_not_be_scored_is_no_separation() -> None:
    sums = previewing.summed([run("good", 90), run("average", None), run("poor", 10)])
    assert previewing.separation(sums) == (False, (None, None))
    assert sums[1].score is None


async def played() -> Record:
    from hotseat.evaluation.simulate import play
    from hotseat.evaluation.trainees import TRAINEES

    return await play(playing.begun("steady"), TRAINEES["steady"], playing.SEATS, 3)


def spoken(record: Record, step: int, text: str) -> Record:
    """The record with another line of the customer's."""
    one = record.steps[step]
    assert one.customer
    line = one.customer.model_copy(update={"text": text})
    steps = [*record.steps]
    steps[step] = one.model_copy(update={"customer": line})
    return record.model_copy(update={"steps": tuple(steps)})


async def test_lines_that_leak_step_out_or_repeat_are_found() -> None:
    record = await played()
    secret = record.scenario.hides["promised"].says[0]
    assert previewing.seen(spoken(record, 0, secret)).leaked == [secret]
    helper = "How can I help you today?"
    assert previewing.seen(spoken(record, 0, helper)).out_of_part == [helper]
    again = record.opening.text
    assert previewing.seen(spoken(record, 1, again)).repeated == [again]
    fine = previewing.seen(record)
    assert [fine.leaked, fine.out_of_part, fine.repeated] == [[], [], []]


async def test_lines_to_preview_come_from_a_past_conversation_or_a_script() -> None:
    turns = tuple(
        Turn(id=str(n), number=n, speaker="trainee" if n % 2 else "customer", text=f"line {n}")
        for n in range(1, 20)
    )
    record = await played()
    past = Import(id="i", title="t", transcript=turns, masked=0, who="Mo", at=record.started)
    assert previewing.lines_of(past) == [f"line {n}" for n in (1, 3, 5, 7, 9, 11)]
    lines = await previewing.lines_by("poor", playing.DANA, SCENARIO, playing.RUBRIC, playing.SEATS)
    assert 2 <= len(lines) <= previewing.MOST
    assert "terms and conditions" in lines[0]


def test_the_prompt_is_there_for_a_scenario_of_a_persona_and_nothing_else() -> None:
    assert "You are Dana Whitlock" in previewing.prompt(playing.DANA, SCENARIO)
    assert previewing.prompt(playing.DANA, "nowhere") == ""
    assert previewing.prompt(playing.RUBRIC, SCENARIO) == ""


def test_a_changed_text_is_told_word_by_word() -> None:
    old = "You are Dana.\nFast and blunt.\nHabits:\n- counts days"
    new = "You are Dana.\nSlow and blunt.\nHabits:\n- counts days\n- sighs"
    assert previewing.reworded(old, new) == [
        [("old", "Fast"), ("new", "Slow"), ("same", "and blunt.")],
        [("new", "- sighs")],
    ]
    assert previewing.reworded(old, old) == []
