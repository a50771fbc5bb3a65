"""Levels from checks, values from levels, a score from values."""

import pytest

from hotseat import catalog, scoring
from hotseat.domain import Act, Grade, Step, Turn, Ungraded, Verdict

RUBRIC = catalog.rubric("service_recovery")


def step(levels=None, *, ungraded=None, flags=(), number=1):
    verdict = Verdict(
        grades={id: Grade(level=level) for id, level in (levels or {}).items()},
        ungraded={c.id: "cannot read it" for c in RUBRIC.criteria if c.id not in (levels or {})},
        flags=tuple(Act(id=f) for f in flags),
        engine="test",
        rubric="r",
    )
    turn = Turn(id=f"t{number}", number=number, speaker="trainee", text="x")
    return Step(trainee=turn, verdict=ungraded or verdict)


def every(level):
    return {c.id: level for c in RUBRIC.criteria}


@pytest.mark.parametrize(
    ("due", "checks", "level"),
    [
        (True, [True, True], "met"),
        (True, [True, False], "partly"),
        (True, [False, False], "missed"),
        (False, [False, False], "na"),
        (False, [True, False], "na"),
        (False, [True, True], "met"),
    ],
)
def test_a_level_follows_from_the_checks(due, checks, level):
    assert scoring.level_from_checks(due, checks) == level


@pytest.mark.parametrize(
    ("levels", "how", "value"),
    [
        (["met", "missed"], "mean", 0.5),
        (["missed", "met", "na"], "once", 1.0),
        (["na", "na"], "once", None),
        (["met", "met", "missed"], "worst", 0.5),
        (["met", "partly", "met"], "worst", 0.5),
        (["met", "missed", "missed"], "worst", 0.0),
        (["missed"], "worst", 0.0),
        (["met", "met"], "worst", 1.0),
    ],
)
def test_a_value_follows_from_the_levels(levels, how, value):
    assert scoring.aggregate(levels, how) == value


def test_all_met_is_a_hundred_and_all_missed_is_nought():
    assert scoring.score([step(every("met"))], RUBRIC).points == 100
    assert scoring.score([step(every("missed"))], RUBRIC).points == 0
    assert scoring.score([step(every("partly"))], RUBRIC).points == 50


def test_the_score_is_weighted_by_hand():
    levels = every("na") | {
        "acknowledge_feelings": "met",
        "specific_solution": "partly",
        "composure": "missed",
        "paraphrase": "met",
        "listen_fully": "met",
    }
    score = scoring.score([step(levels)], RUBRIC)
    assert score.points == round(100 * (10 + 4.5 + 0 + 8 + 7) / (10 + 9 + 8 + 8 + 7), 1)
    assert score.coverage == 42


def test_under_forty_points_of_weight_there_is_no_score():
    score = scoring.score([step(every("na") | {"composure": "met"})], RUBRIC)
    assert score.points is None
    assert score.coverage == 8


def test_an_ungraded_turn_changes_no_score():
    good = step(every("met"))
    lost = step(ungraded=Ungraded(reason="the judge was away", engine="test"), number=3)
    assert scoring.score([good, lost], RUBRIC).points == 100
    assert scoring.rows([good, lost], RUBRIC)[0].ungraded == 1


def test_an_ungraded_criterion_is_left_out_with_its_reason():
    levels = every("met")
    del levels["recap"]
    row = next(r for r in scoring.rows([step(levels)], RUBRIC) if r.criterion == "recap")
    assert (row.value, row.ungraded, row.reason) == (None, 1, "cannot read it")


def test_an_autofail_is_a_flag_beside_the_score():
    score = scoring.score([step(every("met"), flags=("insult",))], RUBRIC)
    assert score.points == 100
    assert [act.id for act in score.autofails] == ["insult"]


def test_nothing_graded_yet_is_an_empty_score():
    score = scoring.score([], RUBRIC)
    assert (score.points, score.coverage, score.values) == (None, 0.0, {})


def strict(id):
    """The rubric with one criterion of which one miss is too many."""
    changed = tuple(
        c.model_copy(update={"auto_fail": True}) if c.id == id else c for c in RUBRIC.criteria
    )
    return RUBRIC.model_copy(update={"criteria": changed})


def test_one_miss_of_a_criterion_marked_so_flags_the_encounter_and_changes_no_points():
    steps = [step(every("met")), step({**every("met"), "policy_truth": "missed"}, number=2)]
    marked, plain = (scoring.score(steps, r) for r in (strict("policy_truth"), RUBRIC))
    assert (marked.failed, plain.failed) == (("policy_truth",), ())
    assert marked.points == plain.points
    assert (scoring.passed(marked, RUBRIC), scoring.passed(plain, RUBRIC)) == (False, True)


@pytest.mark.parametrize("level", ["met", "partly", "na"])
def test_what_was_not_missed_outright_flags_nothing(level):
    steps = [step({**every("met"), "policy_truth": level})]
    assert scoring.score(steps, strict("policy_truth")).failed == ()


def test_what_could_not_be_graded_flags_nothing():
    left = {id: level for id, level in every("met").items() if id != "policy_truth"}
    assert scoring.score([step(left)], strict("policy_truth")).failed == ()
