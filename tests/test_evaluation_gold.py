"""Labelled encounters, read strictly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hotseat import catalog, judge
from hotseat.domain import Rubric
from hotseat.errors import ContentError
from hotseat.evaluation import gold

GOLD = Path(__file__).parent.parent / "evals" / "gold" / "encounters.jsonl"


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return catalog.rubric("service_recovery")


def ids(rubric: Rubric) -> list[str]:
    return [criterion.id for criterion in rubric.criteria]


def encounter(**labels: Any) -> dict[str, Any]:
    return {
        "id": "lost-ring",
        "fault": "ours",
        "policy": "Trainee may refund the ring.",
        "turns": [
            {"speaker": "customer", "text": "You lost my ring!"},
            {"speaker": "trainee", "text": "I am sorry that we lost it.", "labels": labels},
            {"speaker": "customer", "text": "And now?"},
            {"speaker": "trainee", "text": "I refund it today."},
        ],
    }


def both(one: str, other: str, **more: Any) -> dict[str, Any]:
    return {"rater_1": {"level": one}, "rater_2": {"level": other}, **more}


def written(tmp_path: Path, *lines: Any) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(f"{x if isinstance(x, str) else json.dumps(x)}\n" for x in lines))
    return path


def test_what_ships_loads_and_every_rater_quotes_words_that_are_there(rubric: Rubric) -> None:
    encounters = gold.load(GOLD, ids(rubric))
    turns = list(gold.labelled(encounters, rubric))
    assert len(encounters) >= 15
    assert len(turns) >= 75
    assert all(set(turn.labels) == set(ids(rubric)) for turn in turns)
    for turn in turns:
        for label in turn.labels.values():
            for quote in label.quotes:
                assert quote in turn.brief.turn.text


def test_a_turn_is_graded_with_what_came_before_and_nothing_after(
    tmp_path: Path, rubric: Rubric
) -> None:
    path = written(tmp_path, encounter(apology_fit=both("met", "met")))
    (turn,) = gold.labelled(gold.load(path, ids(rubric)), rubric)
    assert turn.id == "lost-ring/2"
    assert [said.text for said in turn.brief.after] == ["You lost my ring!"]
    assert turn.brief.fault == "ours"
    assert "refund today" not in judge.turn_prompt(turn.brief)
    assert turn.brief.reading.level("apology_fit") == "met"


def test_agreement_gives_a_level_and_disagreement_none(tmp_path: Path, rubric: Rubric) -> None:
    path = written(
        tmp_path,
        encounter(
            apology_fit=both("met", "met"),
            recap=both("met", "partly", contested=True),
            timeline=both("na", "missed"),
            paraphrase=both("met", "partly", level="partly"),
            escalation={"level": "na"},
        ),
    )
    (turn,) = gold.labelled(gold.load(path, ids(rubric)), rubric)
    said = {id: (label.level, label.due) for id, label in turn.labels.items()}
    assert said == {
        "apology_fit": ("met", True),
        "recap": (None, True),
        "timeline": (None, None),
        "paraphrase": ("partly", True),
        "escalation": ("na", False),
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fault": "mine"}, r"gold\.jsonl:1: fault: "),
        ({"turns": []}, r"gold\.jsonl:1: turns: "),
        ({"id": ""}, r"gold\.jsonl:1: id: "),
    ],
)
def test_a_wrong_key_is_told_with_its_line(
    tmp_path: Path, rubric: Rubric, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(ContentError, match=message) as told:
        gold.load(written(tmp_path, {**encounter(), **change}), ids(rubric))
    assert "fix:" in str(told.value)


def test_what_else_is_said_of_an_encounter_as_a_whole_is_left_aside(
    tmp_path: Path, rubric: Rubric
) -> None:
    given = {**encounter(recap=both("na", "na")), "written": "in May"}
    (found,) = gold.load(written(tmp_path, given), ids(rubric))
    assert found.fault == "ours"


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ({"recap": both("good", "met")}, r"turns\[2\]\.labels\.recap\.raters\[1\]\.level"),
        ({"recapp": both("met", "met")}, "no criterion 'recapp'; did you mean 'recap'"),
        ({"recap": {}}, "neither a level nor a rater's"),
        ({"recap": both("met", "na", level="met", contested=True)}, "give one of the two"),
    ],
)
def test_a_wrong_label_is_told_with_its_place(
    tmp_path: Path, rubric: Rubric, labels: dict[str, Any], message: str
) -> None:
    with pytest.raises(ContentError, match=message):
        gold.load(written(tmp_path, encounter(**labels)), ids(rubric))


def test_every_wrong_line_is_told_at_once(tmp_path: Path, rubric: Rubric) -> None:
    path = written(tmp_path, {"id": "a"}, "", encounter(), encounter(nope=both("met", "met")))
    with pytest.raises(ContentError) as told:
        gold.load(path, ids(rubric))
    assert "gold.jsonl:1" in str(told.value)
    assert "gold.jsonl:4: turn 2: the rubric has no criterion 'nope'" in str(told.value)
    assert "taken by an encounter above" in str(told.value)


def test_the_customer_opens_and_carries_no_labels(tmp_path: Path, rubric: Rubric) -> None:
    backwards = encounter()
    backwards["turns"] = backwards["turns"][1:]
    with pytest.raises(ContentError, match="the customer speaks first"):
        gold.load(written(tmp_path, backwards), ids(rubric))
    labelled = encounter()
    labelled["turns"][0]["labels"] = {"recap": {"level": "na"}}
    with pytest.raises(ContentError, match="turn 1 is the customer's"):
        gold.load(written(tmp_path, labelled), ids(rubric))


@pytest.mark.parametrize(
    ("line", "message"), [("{not json", "not JSON"), ("[1]", "not a JSON object")]
)
def test_what_is_no_object_is_told(tmp_path: Path, rubric: Rubric, line: str, message: str) -> None:
    with pytest.raises(ContentError, match=message):
        gold.load(written(tmp_path, line), ids(rubric))


def test_an_empty_or_missing_file_is_told(tmp_path: Path, rubric: Rubric) -> None:
    with pytest.raises(ContentError, match="no encounter"):
        gold.load(written(tmp_path), ids(rubric))
    with pytest.raises(ContentError, match="cannot be read"):
        gold.load(tmp_path / "nowhere.jsonl", ids(rubric))


def test_a_file_saved_on_windows_is_read_the_same(tmp_path: Path, rubric: Rubric) -> None:
    plain = written(tmp_path, encounter(recap=both("met", "met")), "")
    before = gold.load(plain, ids(rubric))
    plain.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes().replace(b"\n", b"\r\n"))
    assert gold.load(plain, ids(rubric)) == before


def test_a_file_without_a_label_measures_nothing_and_is_refused(
    tmp_path: Path, rubric: Rubric
) -> None:
    with pytest.raises(ContentError, match="no reply in it is labelled"):
        gold.load(written(tmp_path, encounter()), ids(rubric))
