"""Personas and rubrics by themselves: what is broken on purpose is named, with its place."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hotseat import cli
from hotseat.domain import Persona
from hotseat.evaluation import content, content_checks, reaching, runs
from hotseat.evaluation.report import Report

REPO = Path(__file__).parent.parent
SHELF = content.read(REPO)
RUBRIC = SHELF.rubrics["service_recovery"]
DANA = SHELF.personas["late_gift"]


def checked(shelf: content.Shelf, *only: str) -> Report:
    """The report of the cases whose id holds one of `only`."""
    plan = content.suite(shelf, RUBRIC)
    cases = {id: case for id, case in plan.cases.items() if any(part in id for part in only)}
    run = asyncio.run(runs.run(dataclasses.replace(plan, cases=cases)))
    assert not run.failed
    return content.report(run, shelf)


def shelf_of(persona: Persona = DANA, **fields: Any) -> content.Shelf:
    return SHELF.model_copy(update={"personas": {persona.id: persona}, "problems": (), **fields})


def scenario(**fields: Any) -> Persona:
    kept = DANA.scenarios["birthday"].model_copy(update=fields)
    return DANA.model_copy(update={"scenarios": {"birthday": kept}})


def said(report: Report) -> str:
    return "\n".join(f"{m.case}: {m.about}: {m.said}; {m.wanted}" for m in report.misses)


def figure(report: Report, name: str) -> float:
    value = report.figures[name].value
    assert value is not None
    return value


@pytest.fixture(scope="module")
def shipped() -> Report:
    """Everything but the encounters of all but one customer."""
    return checked(SHELF, "lint/", "traced/", "criterion/", "signs/", "play/late_gift/")


def test_what_is_shipped_has_no_problem(shipped: Report) -> None:
    assert said(shipped) == ""
    for name in ("well_written", "behaviours_traced", "signs_reachable", "needs_in_phrases"):
        assert figure(shipped, name) == 1, name
    assert figure(shipped, "winnable") == figure(shipped, "losable") == 1
    assert figure(shipped, "criteria_reached") == 1


def test_in_a_part_of_the_cases_nothing_is_called_unreached() -> None:
    plan = content.suite(SHELF, RUBRIC)
    cases = {id: case for id, case in plan.cases.items() if "criterion/" in id}
    part = runs.Shard(1, 2)
    run = asyncio.run(runs.run(dataclasses.replace(plan, cases=cases), part=part, repeat=2))
    report = content.report(run, SHELF)
    assert run.missing
    assert said(report) == ""
    assert len(report.units) == sum(map(part.holds, cases))


def test_two_runs_say_the_same(shipped: Report) -> None:
    one, other = (checked(SHELF, "signs/late_gift", "traced/") for _ in range(2))
    assert one.ran.hash == other.ran.hash


@pytest.mark.parametrize(
    ("persona", "place"),
    [
        (
            DANA.model_copy(
                update={
                    "softens_at": (
                        DANA.softens_at[0].model_copy(update={"sign": ("<question> of the day",)}),
                    )
                }
            ),
            "softens_at[0]",
        ),
        (
            scenario(
                hides={
                    "party": DANA.scenarios["birthday"]
                    .hides["party"]
                    .model_copy(update={"sign": ("\u2026",)})
                }
            ),
            "scenarios.birthday.hides.party",
        ),
    ],
)
def test_a_sign_that_no_reply_can_fire_is_named(persona: Persona, place: str) -> None:
    report = checked(shelf_of(persona), "signs/")
    assert f"personas/late_gift.yaml: {place}: no reply fires it" in said(report)
    assert figure(report, "signs_reachable") < 1


def test_a_need_without_a_phrase_that_meets_it_is_named() -> None:
    needs = DANA.scenarios["birthday"].needs
    odd = {id: need.model_copy(update={"sign": ("zeppelin",)}) for id, need in needs.items()}
    report = checked(shelf_of(scenario(needs=odd)), "signs/")
    assert "scenarios.birthday.needs.arrival: none of the scenario's sample phrases" in said(report)
    assert figure(report, "signs_reachable") == 1
    assert figure(report, "needs_in_phrases") == 0


def test_a_customer_nobody_can_win_over_is_named_with_what_stayed_open() -> None:
    needs = DANA.scenarios["birthday"].needs
    odd = {id: need.model_copy(update={"sign": ("zeppelin",)}) for id, need in needs.items()}
    report = checked(shelf_of(scenario(needs=odd)), "play/late_gift/birthday")
    assert figure(report, "winnable") == 0
    assert figure(report, "losable") == 1
    assert "no good trainee wins it at mild intensity" in said(report)
    assert "arrival and certainty still open" in said(report)


def test_a_customer_whom_nobody_can_lose_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_checks, "LOSER", "steady")
    report = checked(shelf_of(), "play/late_gift/birthday/mild")
    assert figure(report, "winnable") == 1
    assert figure(report, "losable") == 0
    assert "a trainee who only refuses wins it at mild intensity" in said(report)


def test_a_behaviour_that_no_criterion_rests_on_is_named() -> None:
    ref = RUBRIC.criteria[0].sources[0]
    lighter = RUBRIC.criteria[0].model_copy(update={"sources": RUBRIC.criteria[0].sources[1:]})
    rubric = RUBRIC.model_copy(update={"criteria": (lighter, *RUBRIC.criteria[1:])})
    report = checked(shelf_of(rubrics={"service_recovery": rubric}), "traced/")
    assert f"rubrics/sources.yaml: {ref}: '{SHELF.sources[ref].quote}' can be seen" in said(report)
    assert figure(report, "behaviours_traced") < 1


def test_a_criterion_that_nothing_meets_is_named() -> None:
    first = next(c for c in RUBRIC.criteria if c.id == "timeline")
    never = first.model_copy(
        update={"examples": first.examples.model_copy(update={"met": "Soon, some day."})}
    )
    rubric = RUBRIC.model_copy(update={"criteria": (never,)})
    mute = scenario(phrases={"listen_fully": "I hear you."})
    shelf = shelf_of(mute, rubrics={"service_recovery": rubric})
    report = checked(shelf, "criterion/")
    assert figure(report, "criteria_reached") == 0
    assert "criteria.timeline: no reply met it" in said(report)


def test_a_criterion_that_only_a_model_can_grade_is_said_and_not_counted() -> None:
    own = RUBRIC.criteria[0].model_copy(update={"id": "own_words"})
    rubric = RUBRIC.model_copy(update={"criteria": (own,)})
    report = checked(shelf_of(rubrics={"service_recovery": rubric}), "criterion/")
    assert report.notes == ("Only a model can grade own_words.",)
    assert report.figures["criteria_reached"].n == 0


def test_a_cue_is_tried_as_the_words_it_stands_for() -> None:
    found = reaching.reached(DANA, "birthday", RUBRIC)
    assert set(found.values()) <= {"phrase", "example", "cue"}
    assert all(found[key] == "phrase" for key in found if key.startswith("needs/"))


# ------------------------------------------------------------------ the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one persona and the rubric."""
    for name in ("personas/late_gift.yaml", "rubrics/service_recovery.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(REPO / name, tmp_path / name)
    shutil.copy(REPO / "rubrics/sources.yaml", tmp_path / "rubrics/sources.yaml")
    return tmp_path


def hotseat(*arguments: str) -> Any:
    return CliRunner().invoke(cli.app, ["eval", "content", *arguments])


def test_a_file_that_cannot_be_read_is_a_problem_and_stops_nothing(folder: Path) -> None:
    (folder / "personas" / "late_gift.yaml").write_text("id: late_gift\nname: [\n")
    shutil.copy(REPO / "personas" / "hotel_vent.yaml", folder / "personas" / "hotel_vent.yaml")
    result = hotseat("--folder", str(folder), "--json", "--max-concurrency", "1")
    found = json.loads(result.stdout)
    files = {problem["file"] for problem in found["told"]}
    assert found["problems"] == len(found["told"])
    assert files == {"personas/late_gift.yaml"}
    assert found["figures"]["well_written"]["value"] == pytest.approx(3 / 4)
    assert found["figures"]["winnable"] == {"value": 1, "n": 3} | {
        bound: found["figures"]["winnable"][bound] for bound in ("low", "high")
    }


def test_a_weight_that_does_not_add_up_is_told_in_words(folder: Path) -> None:
    path = folder / "rubrics" / "service_recovery.yaml"
    path.write_text(path.read_text().replace("weight: 7\n", "weight: 9\n", 1))
    shelf = content.read(folder)
    report = checked(shelf, "lint/")
    assert "rubrics/service_recovery.yaml: sections.Listen: its criteria add up to 22" in said(
        report
    )
    assert figure(report, "well_written") < 1


def test_content_is_checked_by_code_and_takes_no_engine() -> None:
    result = hotseat("--engine", "openai/gpt-5-mini")
    assert result.exit_code == 2
    assert "content is checked by code" in result.output


def test_the_configuration_knows_what_the_content_was(folder: Path) -> None:
    before = content.suite(content.read(folder), RUBRIC).config
    path = folder / "personas" / "late_gift.yaml"
    path.write_text(path.read_text().replace("patience: 5", "patience: 6"))
    after = content.suite(content.read(folder), RUBRIC).config
    assert before["content"] != after["content"]
