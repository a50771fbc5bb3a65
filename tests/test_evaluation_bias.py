"""What moves a judge and should not: a fair judge is not moved, and one that is, is found out."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hotseat import catalog, cli
from hotseat.domain import Call, Level
from hotseat.evaluation import bias, probes, runs
from hotseat.evaluation.grading import Graded, seat_for
from hotseat.evaluation.report import Report
from hotseat.judge import JudgeBrief
from hotseat.llm import Seat

RUBRIC = catalog.rubric("service_recovery")
SEAT = seat_for("judge", "embedded", {})
REPLY = "I am sorry that we lost your ring. I will refund the 42.00 by 5 pm today."


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Three encounters of one labelled reply each."""
    path = tmp_path / "gold.jsonl"
    lines = [
        {
            "id": id,
            "fault": "ours",
            "policy": "Trainee may refund up to 42.",
            "turns": [
                {"speaker": "customer", "text": f"You lost my {id} ring! I paid 42.00 for it."},
                {
                    "speaker": "trainee",
                    "text": REPLY,
                    "labels": {"timeline": {"level": "met"}, "recap": {"level": "na"}},
                },
            ],
        }
        for id in ("gold", "silver", "brass")
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def probed(gold: Path, repeat: int = 1) -> Report:
    plan, turns = bias.suite(gold, RUBRIC, SEAT)
    run = asyncio.run(runs.run(plan, repeat=repeat))
    assert not run.failed
    return bias.report(run, turns)


def judged_by(monkeypatch: pytest.MonkeyPatch, rule: Any) -> None:
    """A judge that grades every criterion by a rule of (criterion, brief, how often asked)."""
    asked: list[int] = []

    async def grade(brief: JudgeBrief, seat: Seat) -> tuple[Graded, tuple[Call, ...]]:
        asked.append(1)
        levels: dict[str, Level] = {
            criterion.id: rule(criterion.id, brief, len(asked)) for criterion in RUBRIC.criteria
        }
        return Graded(levels=levels), ()

    monkeypatch.setattr(bias, "grade", grade)


def flipped(report: Report) -> set[str]:
    return {
        name.removeprefix("flips/")
        for name, figure in report.figures.items()
        if name.startswith("flips/") and figure.value
    }


def test_the_embedded_judge_is_not_moved_by_names_order_or_chance(gold: Path) -> None:
    report = probed(gold)
    for name in (bias.NAMES, bias.ORDER, bias.AGAIN):
        assert report.figures[f"flips/{name}"].value == 0, name
        assert report.figures[f"shift/{name}"].value == 0, name
    assert report.figures["flips/names"].n == 3 * 4 * len(RUBRIC.criteria)


def test_two_runs_say_the_same(gold: Path) -> None:
    assert probed(gold).ran.hash == probed(gold).ran.hash


def test_a_judge_that_likes_length_is_found_out(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = len(REPLY.split()) + 30
    judged_by(
        monkeypatch, lambda id, brief, _: "met" if len(brief.turn.text.split()) > long else "missed"
    )
    report = probed(gold)
    assert flipped(report) == {"padding"}
    assert report.figures["raised/padding"].value == 1
    assert report.figures["shift/padding"].value == 1
    assert report.misses[0].about.startswith("padding: ")
    assert (report.misses[0].said, report.misses[0].wanted) == ("met", "missed, as before")


def test_a_judge_that_likes_a_name_is_found_out(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by(
        monkeypatch,
        lambda id, brief, _: "partly" if "Lakisha" in brief.turn.text and id == "recap" else "met",
    )
    report = probed(gold)
    assert flipped(report) == {"names"}
    assert report.figures["flips/names"].value == pytest.approx(1 / 4 / len(RUBRIC.criteria))
    assert (report.figures["shift/names"].value or 0) < 0
    assert report.figures["raised/names"].value == 0
    assert report.details["flipped"]["names"] == {"recap": 3}


def test_a_judge_that_likes_what_comes_first_is_found_out(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by(
        monkeypatch,
        lambda id, brief, _: "met" if brief.rubric.criteria[0].id == id else "missed",
    )
    report = probed(gold)
    assert flipped(report) == {bias.ORDER}
    assert report.figures[f"flips/{bias.ORDER}"].value == pytest.approx(2 / len(RUBRIC.criteria))


def test_a_judge_that_cannot_decide_is_found_out(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by(monkeypatch, lambda id, brief, count: "met" if count % 2 else "missed")
    report = probed(gold)
    assert report.figures[f"flips/{bias.AGAIN}"].value == 1


def test_being_due_or_not_is_a_flip_and_no_shift(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by(
        monkeypatch,
        lambda id, brief, _: "na" if "satisfaction" in brief.turn.text else "missed",
    )
    report = probed(gold)
    assert report.figures["flips/stock_phrases"].value == 1
    assert report.figures["shift/stock_phrases"].value is None
    assert report.figures["raised/stock_phrases"].value == 0


def test_what_was_not_graded_is_left_out_and_said(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def grade(brief: JudgeBrief, seat: Seat) -> tuple[Graded, tuple[Call, ...]]:
        if "satisfaction" in brief.turn.text:
            return Graded(ungraded={"recap": "cut"}), ()
        return Graded(levels={"recap": "met"}), ()

    monkeypatch.setattr(bias, "grade", grade)
    report = probed(gold)
    assert report.figures["flips/stock_phrases"].n == 0
    assert report.notes == ("3 grades could not be had and are left out.",)


@pytest.mark.parametrize(
    ("change", "text", "wanted"),
    [
        (probes.american, "We apologise. Your parcel", "We apologize. Your package"),
        (probes.american, "Nothing here.", "Nothing here."),
        (probes.contracted, "I am sure. It is late, I will go", "I'm sure. It's late, I'll go"),
        (probes.without_articles, "Put the box on a table.", "Put box on table."),
        (probes.typed_fast, "I see Order AB-12. Thanks.", "i see order AB-12. thanks"),
        (lambda text: probes.named(text, "Olga"), "Done.", "Done. Olga here, from the team."),
    ],
)
def test_a_probe_changes_how_it_is_said_and_not_what(change: Any, text: str, wanted: str) -> None:
    assert change(text) == wanted


def test_padding_and_stock_phrases_keep_the_reply_whole() -> None:
    for change in (probes.padded, probes.stuffed):
        assert REPLY in change(REPLY)
        assert len(change(REPLY).split()) > len(REPLY.split()) + 20


def test_a_rubric_turned_round_has_the_same_criteria() -> None:
    turned = probes.turned_round(RUBRIC)
    assert turned != RUBRIC
    assert probes.turned_round(turned) == RUBRIC


def test_the_command_prints_what_a_machine_can_read(gold: Path) -> None:
    result = CliRunner().invoke(cli.app, ["eval", "bias", "--gold", str(gold), "--json"])
    found = json.loads(result.stdout)
    assert found["cases"] == 3
    assert {"flips/padding", "shift/padding", "raised/padding"} <= set(found["figures"])
