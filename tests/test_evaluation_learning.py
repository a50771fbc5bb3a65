"""Learning the reader's weights, and saying how good they are on what they did not see."""

import json
from pathlib import Path

import playing
import pytest
from typer.testing import CliRunner

from hotseat.cli import app
from hotseat.evaluation import gold, learning
from hotseat.evaluation.gold import Labelled
from hotseat.evaluation.learning import Lesson, Penalty, examine, fit, learn, lessons
from hotseat.reader import weights
from hotseat.reader.weights import ALWAYS, HEADS, chance

REPO = Path(__file__).parents[1]
GOLD = REPO / "evals" / "gold"
LIGHT = Penalty(lasso=0.1, ridge=0.1, lift=0.0)


def taught(*said: tuple[str, bool]) -> list[Lesson]:
    return [Lesson("due", "recap", frozenset(words.split()), yes) for words, yes in said]


def turns(path: Path, count: int) -> list[Labelled]:
    ids = [criterion.id for criterion in playing.RUBRIC.criteria]
    return [*gold.labelled(gold.load(path, ids)[:count], playing.RUBRIC)]


def test_a_head_learns_what_goes_with_a_yes() -> None:
    head = fit(taught(*[("closes late", True), ("asks early", False)] * 20), LIGHT)
    assert chance(head, {"closes", "late"}) > 0.8
    assert chance(head, {"asks", "early"}) < 0.2


def test_the_same_lessons_give_the_same_head_in_any_order() -> None:
    ones = taught(*[("a b", True), ("b c", False), ("a", True), ("c", True)] * 9)
    assert fit(ones, LIGHT) == fit(ones[::-1], LIGHT)


def test_what_is_seen_too_seldom_is_not_learned() -> None:
    head = fit(taught(*[("common", True), ("", False)] * 20, ("rare", False)), LIGHT)
    assert "common" in head
    assert "rare" not in head


def test_a_lasso_leaves_out_what_says_nothing() -> None:
    ones = taught(*[("sign noise", True), ("sign", True), ("noise", False), ("", False)] * 20)
    assert set(fit(ones, Penalty(lasso=4.0, ridge=0.0, lift=0.0))) == {ALWAYS, "sign"}


def test_a_lift_makes_the_rarer_answer_count() -> None:
    ones = taught(*[("plain", False)] * 90, *[("plain", True)] * 10)
    plain = [fit(ones, Penalty(0.0, 1.0, lift)) for lift in (0.0, 1.0)]
    assert chance(plain[0], {"plain"}) == pytest.approx(0.1, abs=0.03)
    assert chance(plain[1], {"plain"}) == pytest.approx(0.5, abs=0.05)


def test_one_answer_throughout_is_that_answer() -> None:
    assert fit(taught(*[("a", True)] * 10), LIGHT) == {ALWAYS: 3.0}


def test_a_turn_teaches_its_levels_its_quotes_and_one_sentence_as_the_rules_read_it() -> None:
    (turn, *_) = turns(GOLD / "encounters.jsonl", 1)
    found = lessons(turn)
    assert {lesson.head for lesson in found} == set(HEADS)
    paraphrase = [one.yes for one in found if (one.head, one.criterion) == ("done", "paraphrase")]
    assert paraphrase[0] is (turn.labels["paraphrase"].level != "missed")
    assert not any(one.head == "due" and one.criterion == "composure" for one in found)


def test_no_encounter_is_read_with_weights_that_it_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    some = turns(GOLD / "encounters.jsonl", 2)
    met: list[set[str]] = []

    def told(known: object) -> dict[str, dict[str, dict[str, float]]]:
        met.append({str(one) for one in known})  # pyright: ignore
        return {}

    monkeypatch.setattr(learning, "learn", told)
    monkeypatch.setattr(learning, "lessons", lambda turn: [turn.encounter])
    seen = examine(some, folds=2)
    assert [len(home) for home in met] == [1, 1]
    assert met[0] != met[1]
    assert {one.turn.id for one in seen} == {turn.id for turn in some}


def test_learned_weights_fit_what_they_were_learned_from() -> None:
    some = turns(GOLD / "encounters.jsonl", 15)
    head = learn(one for turn in some for one in lessons(turn))["due"]["recap"]
    right = [
        (chance(head, one.seen) > 0.5) == one.yes
        for turn in some
        for one in lessons(turn)
        if (one.head, one.criterion) == ("due", "recap")
    ]
    assert sum(right) / len(right) > 0.9


def test_the_command_tells_how_far_it_agrees_and_keeps_weights_only_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = tmp_path / "few.jsonl"
    lines = (GOLD / "encounters.jsonl").read_text(encoding="utf-8").splitlines()[:4]
    few.write_text("\n".join(lines) + "\n", encoding="utf-8")
    place = tmp_path / "weights.json"
    monkeypatch.setattr(learning, "WEIGHTS", place)
    told = CliRunner().invoke(app, ["gold", "learn", str(few)])
    assert told.exit_code == 0, told.output
    assert "few: due F1" in told.stdout
    assert "level kappa" in told.stdout
    assert not place.exists()
    kept = CliRunner().invoke(app, ["gold", "learn", str(few), "--write"])
    assert kept.exit_code == 0, kept.output
    assert json.loads(place.read_text(encoding="utf-8"))["learned_from"] == {
        "few.jsonl": gold.fingerprint(few)
    }


def test_the_weights_that_come_along_were_learned_from_the_gold_that_is_there() -> None:
    known = json.loads(weights.WEIGHTS.read_text(encoding="utf-8"))["learned_from"]
    there = {path.name: gold.fingerprint(path) for path in GOLD.glob("*.jsonl")}
    there.pop("held.jsonl")
    assert known == there, "run `hotseat gold learn --write`"
