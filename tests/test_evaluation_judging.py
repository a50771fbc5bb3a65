"""How far a judge agrees with raters, on judges whose agreement is known beforehand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import stub

from hotseat import catalog, llm
from hotseat.domain import Level, Rubric
from hotseat.evaluation import corpora, gold, grading, judging, runs
from hotseat.evaluation.gold import Labelled
from hotseat.evaluation.grading import Graded
from hotseat.evaluation.journal import Done
from hotseat.evaluation.report import Report

GOLD = Path(__file__).parent.parent / "evals" / "gold" / "encounters.jsonl"
SEAT = llm.seats({}).judge

Turned = Callable[[str, Level], Level | None]


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return catalog.rubric("service_recovery")


@pytest.fixture(scope="module")
def turns(rubric: Rubric) -> tuple[Labelled, ...]:
    return judging.suite(GOLD, rubric, SEAT)[1]


def judged(turns: tuple[Labelled, ...], rubric: Rubric, turned: Turned, repeats: int = 1) -> Report:
    """The report on a judge that says what the first rater says, as `turned` turns it."""
    plan, _ = judging.suite(GOLD, rubric, SEAT)
    done: dict[tuple[str, int], Done] = {}
    for turn in turns:
        levels: dict[str, Level] = {}
        quotes: dict[str, str] = {}
        for id, label in turn.labels.items():
            level = turned(id, label.level or label.raters[0].level)
            if level is not None:
                levels[id] = level
                quotes[id] = label.raters[0].quote
        ungraded = {id: "cannot say" for id in turn.labels if id not in levels}
        graded = Graded(levels=levels, quotes=quotes, ungraded=ungraded)
        for repeat in range(1, repeats + 1):
            done[turn.id, repeat] = Done(
                case=turn.id, repeat=repeat, result=graded.model_dump(mode="json")
            )
    config = runs.config_of(plan, repeats)
    return judging.report(runs.Run(config, done, (), {}, 1.0), turns, rubric)


def test_a_judge_that_says_what_raters_say_agrees_wholly(
    turns: tuple[Labelled, ...], rubric: Rubric
) -> None:
    report = judged(turns, rubric, lambda _, level: level)
    assert report.details["due_macro_f1"] == pytest.approx(1.0)
    assert report.details["level_macro_kappa"] == pytest.approx(1.0)
    assert report.details["quote_precision"] == 1.0
    assert report.details["coverage"] == 1.0
    assert report.misses == ()
    assert {unit.score for unit in report.units} == {1.0}
    assert list(report.details["criteria"]) == [criterion.id for criterion in rubric.criteria]


def test_a_judge_who_calls_nothing_due_finds_nothing(
    turns: tuple[Labelled, ...], rubric: Rubric
) -> None:
    report = judged(turns, rubric, lambda _, __: "na")
    assert report.details["due_macro_f1"] == 0.0
    assert report.details["level_macro_kappa"] is None
    recap = report.details["criteria"]["recap"]
    assert recap["due_recall"] == 0.0
    assert recap["due_precision"] is None
    assert recap["level_n"] == 0


def test_a_judge_who_praises_everything_agrees_by_chance_only(
    turns: tuple[Labelled, ...], rubric: Rubric
) -> None:
    report = judged(turns, rubric, lambda _, level: "na" if level == "na" else "met")
    assert report.details["due_macro_f1"] == pytest.approx(1.0)
    assert report.details["level_macro_kappa"] == pytest.approx(0.0)


def test_ungraded_is_out_of_agreement_and_in_the_coverage(
    turns: tuple[Labelled, ...], rubric: Rubric
) -> None:
    report = judged(turns, rubric, lambda id, level: None if id == "recap" else level)
    recap = report.details["criteria"]["recap"]
    assert recap["ungraded"] == len(turns)
    assert recap["due_f1"] is recap["level_kappa"] is None
    assert report.details["due_macro_f1"] == pytest.approx(1.0)
    assert report.details["coverage"] == pytest.approx(19 / 20)
    assert report.misses == ()
    assert any("cannot say" in note for note in report.notes)


def test_a_wrong_level_lowers_kappa_and_is_shown_with_its_text(
    turns: tuple[Labelled, ...], rubric: Rubric
) -> None:
    turned: dict[Level, Level] = {"missed": "met", "met": "missed"}
    report = judged(
        turns, rubric, lambda id, level: turned.get(level, level) if id == "timeline" else level
    )
    assert report.details["criteria"]["timeline"]["level_kappa"] < 0
    assert report.details["criteria"]["recap"]["level_kappa"] == pytest.approx(1.0)
    assert len(report.misses) == 10
    assert {miss.about for miss in report.misses} == {"timeline"}
    assert all(miss.text for miss in report.misses)


def test_contested_levels_are_left_out_and_said(
    turns: tuple[Labelled, ...], rubric: Rubric
) -> None:
    contested = sum(label.level is None for turn in turns for label in turn.labels.values())
    report = judged(turns, rubric, lambda _, level: level)
    assert contested
    assert sum(c["contested"] for c in report.details["criteria"].values()) == contested
    counted = sum(
        sum(row.values())
        for c in report.details["criteria"].values()
        for row in c["confusion"].values()
    )
    assert counted == 20 * len(turns) - contested
    assert any(str(contested) in note for note in report.notes)


def test_repeats_that_agree_are_told_as_such(turns: tuple[Labelled, ...], rubric: Rubric) -> None:
    once = judged(turns[:15], rubric, lambda _, level: level)
    thrice = judged(turns[:15], rubric, lambda _, level: level, repeats=3)
    assert "retest" not in once.figures
    assert thrice.figures["retest"].value == 1.0
    assert thrice.figures["retest"].n == 3 * 20 * 15


def test_repeats_that_differ_lower_the_retest() -> None:
    found = judging.retest(
        {
            ("a", 1): Graded(levels={"recap": "met", "timeline": "met"}),
            ("a", 2): Graded(levels={"recap": "met", "timeline": "na"}),
        }
    )
    assert found is not None
    assert found.value == 0.5


@pytest.mark.parametrize(
    ("quote", "others", "fits"),
    [
        ("we lost it", ["sorry that we lost it"], True),
        ("I am sorry", ["we lost it"], False),
        ("that we lost", ["lost it, and I refund it"], False),
        ("SORRY that we", ["sorry, that we lost it"], True),
        ("not said at all", ["we lost it"], False),
        ("we lost it", [], False),
    ],
)
def test_a_quote_fits_where_it_shares_half_of_the_words(
    quote: str, others: list[str], fits: bool
) -> None:
    text = "I am sorry, that we lost it, and I refund it."
    assert grading.overlap(quote, others, text) is fits


def small_gold(tmp_path: Path) -> Path:
    label = {"rater_1": {"level": "met", "quote": "I am sorry"}, "level": "met"}
    turns: list[dict[str, Any]] = [
        {"speaker": "customer", "text": "You lost my ring, my grandmother's ring!"},
        {
            "speaker": "trainee",
            "text": "I am sorry that we lost your grandmother's ring.",
            "labels": {"apology_fit": label, "recap": {"level": "na"}},
        },
    ]
    one = {"id": "ring", "fault": "ours", "policy": "Trainee may refund it.", "turns": turns}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(one) + "\n")
    return path


def test_the_embedded_judge_is_measured_through_the_path_of_an_encounter(
    tmp_path: Path, rubric: Rubric
) -> None:
    plan, turns = judging.suite(small_gold(tmp_path), rubric, SEAT)
    found = asyncio.run(runs.run(plan))
    graded = Graded.model_validate(found.done["ring/2", 1].result)
    assert set(graded.levels) == {criterion.id for criterion in rubric.criteria}
    assert all(
        graded.quotes[id] for id, level in graded.levels.items() if level in ("met", "partly")
    )
    assert judging.report(found, turns, rubric).details["criteria"]["apology_fit"]["level_n"] == 1


def test_the_configuration_knows_engine_prompts_rubric_and_labels(
    tmp_path: Path, rubric: Rubric
) -> None:
    path = small_gold(tmp_path)
    config = judging.suite(path, rubric, SEAT)[0].config
    other = rubric.model_copy(update={"title": "Another"})
    assert judging.suite(path, other, SEAT)[0].config["rubric"] != config["rubric"]
    path.write_text(path.read_text() + "\n")
    assert judging.suite(path, rubric, SEAT)[0].config["gold"] != config["gold"]
    assert config["engine"] == "embedded"
    assert len(config["prompts"]) == 64


def test_an_engine_of_its_own_has_nobody_to_fall_back_on() -> None:
    env = {"HOTSEAT_JUDGE_FALLBACKS": "openai/b", "HOTSEAT_JUDGE_URL": "http://127.0.0.1:1"}
    seat = grading.seat_for("judge", "openai/a", env)
    assert (seat.models, seat.url) == (("openai/a",), "http://127.0.0.1:1")
    assert grading.lacking(seat) == ""
    assert grading.lacking(SEAT) == ""


def test_a_judge_that_is_not_there_fails_the_case_so_that_it_is_asked_again(
    tmp_path: Path, rubric: Rubric
) -> None:
    journal = tmp_path / "run.jsonl"
    nobody = llm.Seat(
        name="openai/nobody",
        role="judge",
        url="http://127.0.0.1:9/v1",
        deadlines=llm.Deadlines(first=1, gap=1, total=1),
    )
    plan, _ = judging.suite(small_gold(tmp_path), rubric, nobody)
    found = asyncio.run(runs.run(plan, journals=[journal]))
    assert found.missing == [("ring/2", 1)]
    assert "did not answer" in found.failed["ring/2"]
    assert len(journal.read_text().splitlines()) == 1


def test_a_language_model_is_measured_and_what_it_took_is_kept(
    tmp_path: Path, rubric: Rubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "made-up")
    answers = [
        {"criterion": c.id, "due": False, "checks": {check.id: False for check in c.checks}}
        for c in rubric.criteria
    ]
    journal = tmp_path / "run.jsonl"
    with stub.Stub(arguments=json.dumps({"answers": answers})) as server:
        env = {"HOTSEAT_JUDGE_URL": server.url("ok")}
        seat = grading.seat_for("judge", "openai/ok", env)
        plan, turns = judging.suite(small_gold(tmp_path), rubric, seat)
        first = asyncio.run(runs.run(plan, journals=[journal]))
        again = asyncio.run(runs.run(plan, journals=[journal]))
        assert len(server.asked) == 1
    report = judging.report(again, turns, rubric)
    assert report.ran.hash == first.told.hash
    assert report.ran.config["engine"] == "openai/ok"
    assert report.ran.cost == first.told.cost
    assert again.done["ring/2", 1].calls[0].input_tokens == stub.USAGE["prompt_tokens"]
    assert report.details["criteria"]["apology_fit"]["due_recall"] == 0.0


def test_an_answer_that_cannot_be_used_is_ungraded_and_a_result(
    tmp_path: Path, rubric: Rubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "made-up")
    with stub.Stub(arguments="{}") as server:
        env = {"HOTSEAT_JUDGE_URL": server.url("ok")}
        seat = grading.seat_for("judge", "openai/ok", env)
        plan, turns = judging.suite(small_gold(tmp_path), rubric, seat)
        found = asyncio.run(runs.run(plan))
    report = judging.report(found, turns, rubric)
    assert not found.failed
    assert report.details["coverage"] == 0.0
    assert report.details["due_macro_f1"] is None


def test_turns_that_others_labelled_are_found_by_the_nearest_criterion(
    tmp_path: Path, rubric: Rubric
) -> None:
    said = [
        ("Which address was it sent to?", ["Hotel-Request"]),
        ("What is your booking number, please?", ["Train-Request"]),
        ("The museum is in the north of town.", ["Attraction-Inform"]),
        ("Thank you and goodbye, have a lovely trip!", ["general-bye"]),
    ]
    path = tmp_path / "acts.jsonl"
    path.write_text(
        "".join(
            json.dumps(
                {
                    "ds": "a",
                    "did": "d",
                    "tid": n,
                    "text": text,
                    "ctx": "I need help with a trip.",
                    "labels": {"acts": acts},
                }
            )
            + "\n"
            for n, (text, acts) in enumerate(said, start=1)
        )
    )
    lines = corpora.load(path)
    report = corpora.report(
        asyncio.run(runs.run(corpora.suite(path, lines, rubric, SEAT))), lines, path
    )
    assert {line.kind for line in lines} == {"acts"}
    assert report.figures["f1/clarifying_questions"].value == 1.0
    assert "f1/recap" not in report.figures


def test_chats_rated_by_experts_are_ranked(tmp_path: Path, rubric: Rubric) -> None:
    replies = [
        "What happened then? And how do you feel about it now?",
        "What would help you most right now?",
        "Cheer up. It will pass.",
        "Just work harder.",
    ]
    path = tmp_path / "rated.jsonl"
    path.write_text(
        "".join(
            json.dumps(
                {
                    "ds": "r",
                    "did": str(n),
                    "turns": [
                        {"role": "seeker", "text": "I was passed over at work again."},
                        {"role": "supporter", "text": text},
                    ],
                    "ratings": {"experts": {"encouraging_elaboration": 5.0 - n}},
                }
            )
            + "\n"
            for n, text in enumerate(replies)
        )
    )
    lines = corpora.load(path)
    report = corpora.report(
        asyncio.run(runs.run(corpora.suite(path, lines, rubric, SEAT))), lines, path
    )
    figure = report.figures["spearman/clarifying_questions/encouraging_elaboration"]
    assert figure.value is not None
    assert figure.value > 0.5


def test_a_sample_is_the_same_every_time(tmp_path: Path) -> None:
    path = tmp_path / "acts.jsonl"
    lines = [json.dumps({"ds": "a", "did": str(n), "text": "hello"}) for n in range(50)]
    path.write_text("\n".join(lines))
    first = corpora.load(path, 10)
    path.write_text("\n".join(reversed(lines)))
    assert corpora.load(path, 10) == first
    assert len(first) == 10


def test_gold_names_the_levels_from_worst_to_best() -> None:
    assert gold.LEVELS == ("missed", "partly", "met")
