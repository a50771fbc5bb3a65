"""Gates: what turns a change red, what only looks like it, and what is let pass for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from hotseat.errors import ContentError, SettingError
from hotseat.evaluation import baselines, gates
from hotseat.evaluation.changes import change
from hotseat.evaluation.gated import gated, verdict
from hotseat.evaluation.gates import Found, Gates
from hotseat.evaluation.report import Figure, Ran, Report, Unit
from hotseat.llm.tape import MISSED

TODAY = date(2027, 1, 15)
ROOT = Path(__file__).parent.parent


def report(
    scores: Sequence[float],
    *,
    suite: str = "judge",
    engine: str = "embedded",
    repeats: Sequence[Sequence[float]] = (),
    **figures: float,
) -> Report:
    """A report over cases in groups of four; `repeats` has the scores of each repeat."""
    return Report(
        suite=suite,
        ran=Ran(config={"engine": engine, "rubric": "r"}, repeat=max(1, len(repeats))),
        figures={name: Figure(value=value, n=10) for name, value in figures.items()},
        units=tuple(
            Unit(
                case=f"case-{number}",
                group=f"group-{number // 4}",
                score=score,
                scores=tuple(one[number] for one in repeats),
                said={"level": "met" if score > 0.5 else "missed"},
            )
            for number, score in enumerate(scores)
        ),
    )


def read(now: Report, rules: Gates, before: Report | None = None) -> dict[str, Found]:
    since = change(before, now) if before else None
    return {one.gate: one for one in gates.read(now, rules, TODAY, since)}


def rules(**values: object) -> Gates:
    return Gates.model_validate(values)


GOOD = [0.9, 1.0, 0.8, 0.9] * 10
WORSE = [score - 0.1 for score in GOOD]
DROPS = rules(drops={"judge": {"least": 0.02, "repeats": 2}})

# ------------------------------------------------------------------ floors


def test_a_figure_under_its_floor_is_red_with_the_reason() -> None:
    given = rules(floors={"judge": {"f1": {"at_least": 0.8, "why": "it sees less"}}})
    assert read(report([], f1=0.8), given)["judge/f1"].colour == "green"
    low = read(report([], f1=0.79), given)["judge/f1"]
    assert low.colour == "red"
    assert "0.79, should be at least 0.8 (it sees less)" in low.says


def test_a_count_over_its_ceiling_is_red() -> None:
    given = rules(floors={"attacks": {"raised": {"at_most": 2}}})
    now = Report(suite="attacks", details={"raised": 3})
    assert read(now, given)["attacks/raised"].colour == "red"


def test_the_length_of_a_list_can_be_gated() -> None:
    given = rules(floors={"content": {"problems": {"at_most": 0}}})
    assert read(Report(suite="content", details={"problems": []}), given)
    wrong = Report(suite="content", details={"problems": [{"file": "a"}]})
    assert read(wrong, given)["content/problems"].colour == "red"


def test_a_star_gates_every_figure_of_that_name() -> None:
    given = rules(floors={"judge": {"kappa/*": {"at_least": 0.5}}})
    now = report([]).model_copy(
        update={"figures": {f"kappa/{id}": Figure(value=v, n=9) for id, v in (("a", 1), ("b", 0))}}
    )
    assert {name: one.colour for name, one in read(now, given).items()} == {
        "judge/kappa/a": "green",
        "judge/kappa/b": "red",
    }


def test_a_gate_that_cannot_be_read_is_red_unless_it_may_be_absent() -> None:
    given = rules(floors={"judge": {"coverege": {"at_least": 0.5}}})
    missing = read(report([], coverage=1.0), given)["judge/coverege"]
    assert missing.colour == "red"
    assert "did you mean 'coverage'" in missing.says
    may = rules(floors={"judge": {"retest": {"at_least": 0.5, "if_there": "true"}}})
    assert not read(report([]), may)


# ------------------------------------------------------------------ drops


def test_a_drop_that_is_real_is_red() -> None:
    found = read(report(WORSE), DROPS, report(GOOD))["judge/drop"]
    assert found.colour == "red"
    assert "mean change -0.100 (-0.100 to -0.100) over 40 cases" in found.says


def test_the_same_again_is_green_and_says_what_would_be_noticed() -> None:
    found = read(report(GOOD), DROPS, report([0.9, 1.0, 0.8, 0.4, *GOOD[4:]]))["judge/drop"]
    assert found.colour == "green"
    assert "would be noticed" in found.says


def test_one_case_of_many_is_no_real_drop() -> None:
    once = [0.0, *GOOD[1:]]
    assert read(report(once), DROPS, report(GOOD))["judge/drop"].colour == "green"


def test_a_real_drop_too_small_to_matter_is_green() -> None:
    little = [score - 0.01 for score in GOOD]
    assert read(report(little), DROPS, report(GOOD))["judge/drop"].colour == "green"


def test_cases_of_one_group_are_drawn_together() -> None:
    """Eight bad cases in two groups of ten are two accidents and not eight."""
    spread = [score - (0.5 if number % 5 == 0 else 0) for number, score in enumerate(GOOD)]
    lumped = [score - (0.5 if number < 8 else 0) for number, score in enumerate(GOOD)]
    assert read(report(spread), DROPS, report(GOOD))["judge/drop"].colour == "red"
    assert read(report(lumped), DROPS, report(GOOD))["judge/drop"].colour == "green"


def test_a_model_must_show_a_drop_in_every_repeat() -> None:
    before = report(GOOD, engine="openai/x")

    def colour(*repeats: Sequence[float]) -> str:
        mean = [sum(scores) / len(scores) for scores in zip(*repeats, strict=True)]
        now = report(mean, engine="openai/x", repeats=repeats)
        return read(now, DROPS, before)["judge/drop"].colour

    assert colour(WORSE) == "unsure"
    assert colour(WORSE, WORSE) == "red"
    assert colour([score - 0.3 for score in GOOD], GOOD) == "unsure"


def test_nothing_in_common_with_the_baseline_is_red() -> None:
    other = report(GOOD).model_copy(update={"units": (Unit(case="x", group="x", score=1.0),)})
    assert read(report(GOOD), DROPS, other)["judge/drop"].colour == "red"


# ------------------------------------------------------------------ pins


def test_a_pin_may_not_change_at_all_and_says_what_did() -> None:
    given = rules(pins=["judge"])
    assert read(report(GOOD), given, report(GOOD))["judge/pinned"].colour == "green"
    moved = report([0.4, *GOOD[1:]])
    moved = moved.model_copy(
        update={"ran": moved.ran.model_copy(update={"config": {"weight of recap": "6"}})}
    )
    found = read(moved, given, report(GOOD))["judge/pinned"]
    assert found.colour == "red"
    assert "case-0: level is missed, was met" in found.says
    assert "weight of recap: now 6, was not set" in found.says
    assert read(report(GOOD[1:]), given, report(GOOD))["judge/pinned"].colour == "red"


def test_a_pin_without_a_baseline_is_red() -> None:
    assert "--save-baseline" in read(report(GOOD), rules(pins=["judge"]))["judge/pinned"].says


# ------------------------------------------------------------------ waivers


@pytest.mark.parametrize(("until", "colour"), [("2027-01-15", "waived"), ("2027-01-14", "red")])
def test_a_waiver_lets_one_gate_pass_until_its_day_is_over(until: str, colour: str) -> None:
    waiver = {"gate": "judge/f1", "reason": "the new set is being labelled", "until": until}
    floors = {"judge": {"f1": {"at_least": 1}, "f2": {"at_least": 1}}}
    found = read(report([], f1=0.5, f2=0.5), rules(floors=floors, waivers=[waiver]))
    assert found["judge/f1"].colour == colour
    assert until in found["judge/f1"].says
    assert found["judge/f2"].colour == "red"


# ------------------------------------------------------------------ the file


def test_the_gates_of_the_project_can_be_read() -> None:
    found = gates.load(ROOT / "evals" / "gates.yaml")
    assert {"judge", "attacks", "customer", "content"} <= found.floors.keys()
    assert all(floor.why for floor in found.floors["judge"].values())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("flors: {}", "flors: unknown key 'flors'; did you mean 'floors'?"),
        ("floors: {judge: {f1: {at_lest: 1}}}", "floors.judge.f1.at_lest: unknown key"),
        ("floors: {judge: {f1: {why: because}}}", "needs at_least or at_most"),
        ("drops: {judge: {least: 2}}", "write a share of 1"),
        ("waivers: [{gate: a/b, reason: it may pass}]", "waivers[0].until: missing"),
        ("waivers: [{gate: a/b, reason: it may pass, until: soon}]", "write a date"),
        ("pins: &all [judge]", "an anchor"),
        ("pins: [judge]\npins: [judge]", "is here twice"),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_fix(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "gates.yaml"
    path.write_text(text)
    with pytest.raises(ContentError) as error:
        gates.load(path)
    assert says in str(error.value)
    assert "fix:" in str(error.value)


# ------------------------------------------------------------------ baselines and verdicts


def test_a_baseline_is_small_and_says_the_same(tmp_path: Path) -> None:
    now = report(GOOD, f1=1 / 3)
    (file,) = baselines.save(tmp_path, [now])
    back = baselines.load(tmp_path, "judge")
    assert back
    assert [unit.score for unit in back.units] == GOOD
    assert change(back, now).value == 0
    assert len(file.read_text()) < 200 * len(GOOD)
    assert baselines.load(tmp_path, "attacks") is None


def test_a_part_of_a_run_is_no_baseline(tmp_path: Path) -> None:
    part = Report(suite="judge", ran=Ran(cases=4, missing=2))
    with pytest.raises(SettingError, match="not run as a whole"):
        baselines.save(tmp_path, [part])
    with pytest.raises(SettingError, match="not run as a whole"):
        baselines.save(tmp_path, [Report(suite="judge", skipped="no key")])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"suite": "judge", "units": 3}'])
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(ContentError, match=r"x\.json: this is no report"):
        baselines.load(path, "judge")


def test_the_verdict_is_the_gravest_and_skipped_is_never_green() -> None:
    floors = rules(floors={"judge": {"f1": {"at_least": 0.8}}})

    def colour(*reports: Report) -> str:
        return verdict(gated(reports, floors, {}, TODAY))[0]

    good, bad = report([], f1=0.9), report([], f1=0.1)
    skipped = Report(suite="attacks", skipped="no key")
    assert colour(good) == "green"
    assert colour(good, skipped) == "unsure"
    assert colour(good, skipped, bad) == "red"
    part = good.model_copy(update={"ran": Ran(cases=4, missing=2)})
    assert colour(part) == "unsure"


def test_a_recording_that_no_longer_fits_is_red_even_in_a_part() -> None:
    now = Report(
        suite="replay",
        ran=Ran(cases=2, missing=1, failed={"a": f"{MISSED}: the prompt changed"}),
    )
    colour, says = verdict(gated([now], Gates(), {}, TODAY))
    assert colour == "red"
    assert "the prompt changed" in says
