"""Bands with their doubt, silence where too little is known, and lessons without names."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import playing
import pytest

from hotseat.domain import Dispute, Grade, Level, Record, Step, Turn, Verdict
from hotseat.errors import HotseatError
from hotseat.evaluation.agreement import wilson
from hotseat.store import Store
from hotseat.studio import team

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def record(
    trainee: str, level: Level = "met", criterion: str = "timeline", **more: object
) -> Record:
    """An ended encounter of one reply, graded on one criterion."""
    quote = "by Friday 12:00" if level != "missed" else ""
    verdict = Verdict(grades={criterion: Grade(level=level, quote=quote)}, engine="m", rubric="r")
    turn = Turn(
        id="t", number=2, speaker="trainee", text="It is there by Friday 12:00. I am ada@x.org"
    )
    update = {"outcome": "stopped", "steps": (Step(trainee=turn, verdict=verdict),), **more}
    return playing.begun(trainee).model_copy(update=update)


def test_below_three_encounters_nothing_is_said() -> None:
    assert team.cell([]).band == team.cell([1.0, 1.0]).band == "not enough"
    assert team.cell([1.0, 1.0]).sure is None


def test_a_band_is_said_only_where_the_whole_interval_lies_on_one_side() -> None:
    assert team.cell([1.0] * 3).band == "solid"
    assert team.cell([0.0] * 3).band == "needs practice"
    assert team.cell([0.5] * 4).band == "getting there"
    assert team.cell([1.0, 0.5, 1.0]).band == "getting there"
    assert team.cell([0.5] * 100).band == "needs practice"
    assert team.cell([0.6] * 100).band == "getting there"


def test_more_of_the_same_narrows_the_doubt() -> None:
    few, many = team.cell([0.5] * 4).sure, team.cell([0.5] * 40).sure
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low
    assert few == wilson(2, 4, team.SURE)


def test_people_are_in_the_order_of_their_names_whatever_they_did() -> None:
    records = [record("zoe"), record("ada", "missed"), record("moe", "partly")] * 3
    rows = team.people(records, playing.RUBRIC)
    assert [row.trainee for row in rows] == ["ada", "moe", "zoe"]
    better = team.people([record("ada"), record("zoe", "missed"), record("moe")], playing.RUBRIC)
    assert [row.trainee for row in better] == ["ada", "moe", "zoe"]


def test_retries_and_what_has_not_ended_do_not_count() -> None:
    records = [record("ada"), record("ada", retry_of="r"), record("ada", outcome=None)]
    (row,) = team.people(records, playing.RUBRIC)
    assert row.encounters == 1


def test_a_section_is_one_value_an_encounter_by_its_weights() -> None:
    half = record("ada").model_copy(
        update={
            "steps": (
                *record("ada").steps,
                *record("ada", "missed", "specific_solution").steps,
            )
        }
    )
    rows = team.people([half] * 3, playing.RUBRIC)
    solve = [title for title, _ in team.skills(playing.RUBRIC)].index("Solve")
    cell = rows[0].cells[solve]
    assert cell.n == 3
    assert cell.sure == wilson(3 * 6 / 15, 3, team.SURE)
    (by_criterion,) = team.people([half] * 3, playing.RUBRIC, "Solve")
    assert len(by_criterion.cells) == len(team.skills(playing.RUBRIC, "Solve")) == 6


def test_the_team_is_summed_up_from_five_people_of_whom_enough_is_known() -> None:
    four = [record(f"p{n}") for n in range(4) for _ in range(3)]
    at = [title for title, _ in team.skills(playing.RUBRIC)].index("Solve")
    rows = team.people([*four, record("p5"), record("p6")], playing.RUBRIC)
    assert team.together(rows)[at] == (4, None)
    rows = team.people([*four, *[record("p5", "missed")] * 3], playing.RUBRIC)
    assert team.together(rows)[at].bands == {"solid": 4, "getting there": 0, "needs practice": 1}
    assert team.together([]) == []


def test_a_lesson_carries_no_name_and_no_address() -> None:
    found = team.lesson(record("name:Ada"), 1, "Write to bob@y.org", NOW)
    assert found.skill == "Say by when"
    told = found.model_dump_json()
    assert "Ada" not in told
    assert "ada@x.org" not in told
    assert "bob@y.org" not in told
    assert "[e-mail]" in found.reply


@pytest.mark.parametrize(("level", "step"), [("missed", 1), ("met", 2), ("met", 0)])
def test_only_a_reply_that_met_something_can_be_passed_on(level: Level, step: int) -> None:
    with pytest.raises(HotseatError):
        team.lesson(record("ada", level), step, "", NOW)


def test_deleting_an_encounter_takes_its_lessons_and_disputes_along(tmp_path: Path) -> None:
    async def run() -> None:
        store = await Store.open(playing.url(tmp_path))
        mine, other = record("ada"), record("ada", id="other")
        for one in (mine, other):
            await store.begin(one)
            await store.reviews.teach(team.lesson(one, 1, "", NOW))
            await store.reviews.dispute(
                Dispute(record=one.id, step=1, criterion="timeline", reason="why", at=NOW)
            )
        await store.delete(mine.id)
        assert [lesson.record for lesson in await store.reviews.lessons()] == ["other"]
        assert [dispute.record for dispute in await store.reviews.disputes()] == ["other"]
        await store.close()

    asyncio.run(run())
