"""What a person should look at, and what their word does."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import playing
import pytest

from hotseat import scoring
from hotseat.domain import (
    Act,
    Dispute,
    Grade,
    Import,
    Label,
    Look,
    Record,
    Ruling,
    Step,
    Turn,
    Ungraded,
    Verdict,
)
from hotseat.errors import HotseatError
from hotseat.evaluation import gold
from hotseat.store import Store
from hotseat.studio import labelled, reviewing
from hotseat.studio.reviewing import FLAG

NOW = datetime(2026, 1, 1, tzinfo=UTC)
REPLY = "I am sorry, that should not have happened. You will have it soon."
CHECKS = {"any_time": True, "specific_time": True, "owner": False}


def record(verdict: Verdict | Ungraded | None, id: str = "") -> Record:
    """An encounter with one reply and this verdict on it."""
    begun = playing.begun()
    turn = Turn(id="t1", number=2, speaker="trainee", text=REPLY)
    update = {"steps": (Step(trainee=turn, verdict=verdict),), "outcome": "stopped"}
    return begun.model_copy(update=update | ({"id": id} if id else {}))


def verdict(
    level: str = "partly", criterion: str = "acknowledge_feelings", **more: object
) -> Verdict:
    grade = {"level": level, "checks": {"acknowledges": True, "tied_to_cause": level == "met"}}
    return Verdict.model_validate(
        {"grades": {criterion: grade}, "engine": "m", "rubric": "r", **more}
    )


def ruling(of: Record, level: str = "met", criterion: str = "acknowledge_feelings") -> Ruling:
    return reviewing.ruling(
        of,
        1,
        criterion,
        level=level,
        quote="I am sorry" if level in ("met", "partly") else "",
        reason="It names the harm.",
        who="Mo",
        at=NOW,
    )


def dispute(of: Record, minutes: int = 0) -> Dispute:
    at = NOW + timedelta(minutes=minutes)
    return Dispute(record=of.id, step=1, criterion="acknowledge_feelings", at=at)


def test_a_heavy_criterion_one_check_short_is_borderline_and_a_light_one_is_not() -> None:
    heavy = playing.RUBRIC.criterion("acknowledge_feelings")
    light = playing.RUBRIC.criterion("positive_framing")
    grade = Grade(level="partly", quote="x y z", checks={"a": True, "b": False})
    assert reviewing.borderline(heavy, grade)
    assert not reviewing.borderline(light, grade)
    assert not reviewing.borderline(heavy, Grade(level="partly", checks={"a": False, "b": False}))
    assert not reviewing.borderline(heavy, Grade(level="missed", checks={"a": False}))
    lapse = playing.RUBRIC.criterion("professional_language")
    assert lapse.weight < reviewing.HEAVY
    assert reviewing.borderline(lapse, grade)


def test_the_queue_tells_why_each_grade_waits_and_puts_disputes_first() -> None:
    flagged = record(
        verdict(
            flags=[Act(id="insult", quote="you fool")],
            contested={"recap": {"level": "missed"}},
            ungraded={"timeline": "the quote is not there"},
        )
    )
    found = reviewing.queue([flagged], [dispute(flagged)], [])
    assert [(item.criterion, item.whys) for item in found] == [
        ("acknowledge_feelings", ("disputed", "borderline")),
        (f"{FLAG}insult", ("flagged",)),
        ("timeline", ("ungraded",)),
        ("recap", ("contested",)),
    ]


def test_a_reply_without_a_verdict_waits_for_a_person_only_when_nobody_else_tries_again() -> None:
    refused = record(Ungraded(reason="a content filter", engine="m"))
    away = record(Ungraded(reason="away", engine="m", passing=True), "away")
    assert [i.record.id for i in reviewing.queue([refused, away], [], [])] == [refused.id]
    found = reviewing.queue([refused, away], [], [], given_up={("away", 0)})
    assert [i.record.id for i in found] == [refused.id, "away"]
    assert reviewing.queue([refused], [], [ruling(refused)]) == []


def test_what_was_ruled_on_is_done_until_it_is_disputed_again() -> None:
    one = record(verdict())
    assert reviewing.queue([one], [dispute(one)], [ruling(one)]) == []
    (again,) = reviewing.queue([one], [dispute(one, minutes=5)], [ruling(one)])
    assert "disputed" in again.whys


def test_a_ruling_changes_the_released_score_and_the_judges_grade_stays_in_the_record() -> None:
    one = record(verdict("missed"))
    told = reviewing.released(one, [ruling(one, "missed"), ruling(one, "met")])
    assert scoring.rows(told.steps, told.rubric)[3].value == 1.0
    assert scoring.rows(one.steps, one.rubric)[3].value == 0.0
    judged = one.steps[0].verdict
    assert isinstance(judged, Verdict)
    assert judged.grades["acknowledge_feelings"].level == "missed"
    assert ruling(one).judged == "missed"


def test_a_ruling_about_another_record_changes_nothing() -> None:
    one, other = record(verdict()), record(verdict(), "other")
    assert reviewing.released(one, [ruling(other)]) is one


def test_a_ruling_settles_what_was_contested_or_ungraded() -> None:
    one = record(verdict(contested={"recap": {"level": "met"}}, ungraded={"timeline": "no quote"}))
    told = reviewing.released(one, [ruling(one, "missed", "recap"), ruling(one, "na", "timeline")])
    verdict_now = told.steps[0].verdict
    assert isinstance(verdict_now, Verdict)
    assert verdict_now.contested == verdict_now.ungraded == {}
    assert verdict_now.grades["recap"].level == "missed"


def test_a_person_can_grade_a_reply_that_no_judge_could() -> None:
    one = record(Ungraded(reason="refused", engine="m"))
    told = reviewing.released(one, [ruling(one)]).steps[0].verdict
    assert isinstance(told, Verdict)
    assert told.grades["acknowledge_feelings"].level == "met"
    assert told.ungraded["recap"] == "refused"
    assert ruling(one).judged is None


def test_a_flag_is_confirmed_or_lifted_by_a_person() -> None:
    one = record(verdict(flags=[Act(id="insult", quote="you fool")]))
    flag = f"{FLAG}insult"
    assert scoring.score_record(reviewing.released(one, [ruling(one, "missed", flag)])).autofails
    lifted = reviewing.released(one, [ruling(one, "met", flag)])
    assert not scoring.score_record(lifted).autofails
    assert reviewing.label(ruling(one, "met", flag)) is None


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"reason": "  "}, "no reason"),
        ({"level": "perfect"}, "no level"),
        ({"quote": ""}, "no quote"),
        ({"quote": "words nobody said"}, "not in this reply"),
        ({"criterion": "kindness"}, "no such grade"),
        ({"step": 2}, "no such grade"),
        ({"criterion": f"{FLAG}insult", "level": "partly"}, "no level"),
    ],
)
def test_a_ruling_wants_a_level_a_reason_and_the_replys_own_words(
    given: dict[str, object], problem: str
) -> None:
    asked = {"level": "met", "quote": "I am sorry", "reason": "It fits.", "step": 1}
    asked |= {"criterion": "acknowledge_feelings"} | given
    step, criterion = asked.pop("step"), asked.pop("criterion")
    with pytest.raises(HotseatError, match=problem):
        reviewing.ruling(record(verdict()), step, criterion, who="Mo", at=NOW, **asked)  # type: ignore[arg-type]


def test_overturn_rates_count_the_last_word_on_each_grade_that_a_judge_gave() -> None:
    one, other = record(verdict("missed")), record(verdict("met"), "other")
    none = record(Ungraded(reason="refused", engine="m"), "none")
    rulings = [ruling(one, "missed"), ruling(one, "met"), ruling(other, "met"), ruling(none)]
    assert reviewing.overturned(rulings) == {"acknowledge_feelings": (1, 2)}


def test_rulings_and_labels_come_out_as_gold_that_loads_and_names_nobody(tmp_path: Path) -> None:
    async def run() -> list[str]:
        store = await Store.open(playing.url(tmp_path))
        one = record(verdict())
        await store.begin(one)
        label = reviewing.label(ruling(one))
        assert label is not None
        await store.reviews.label(label)
        for rater in ("blind all: Ann", "blind recap: Ann", "blind all: Bo", "Mo (not blind)"):
            blind = label.model_copy(update={"rater": rater, "level": "partly"})
            await store.reviews.label(blind)
        lines = await labelled.gold_of(store)
        await store.close()
        return lines

    lines = asyncio.run(run())
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(lines))
    (found,) = gold.load(file, [c.id for c in playing.RUBRIC.criteria])
    label = found.turns[1].labels["acknowledge_feelings"]
    assert (label.level, len(label.raters)) == ("met", 2)
    assert {rating.level for rating in label.raters} == {"partly"}
    assert "ruling: " not in lines[0]
    assert "browser:" not in json.dumps(json.loads(lines[0]))


def test_what_was_labelled_on_a_message_too_long_for_gold_is_left_out() -> None:
    said = [("customer", "Late."), ("trainee", "Sorry. " * 400), ("trainee", "Sorry.")]
    turns = [
        Turn(id=str(n), number=n, speaker=who, text=text)  # type: ignore[arg-type]
        for n, (who, text) in enumerate(said, start=1)
    ]
    one = Import(id="i", title="t", transcript=tuple(turns), masked=0, who="Mo", at=NOW)
    given = {"criterion": "recap", "rater": "Mo (not blind)", "level": "missed", "at": NOW}
    labels = [Label.model_validate({"item": f"i:{n}", **given}) for n in (1, 2)]
    (line,) = labelled.gold([one], labels)
    found = gold.Encounter.model_validate_json(line)
    assert [bool(turn.labels) for turn in found.turns] == [False, False, True]


def test_who_opened_a_record_is_kept_in_order(tmp_path: Path) -> None:
    async def run() -> list[Look]:
        store = await Store.open(playing.url(tmp_path))
        for who in ("Mo", "Ann", "Mo"):
            await store.reviews.look(Look(who, "r1", NOW))
        await store.reviews.look(Look("Mo", "r2", NOW))
        found = await store.reviews.looks("r1")
        await store.close()
        return found

    assert [look.who for look in asyncio.run(run())] == ["Mo", "Ann", "Mo"]


def test_an_advisory_criterion_is_shown_and_left_out_of_the_score() -> None:
    full = verdict("met", grades={c.id: {"level": "met"} for c in playing.RUBRIC.criteria})
    grades = {**full.grades, "recap": Grade(level="missed")}
    steps = record(full.model_copy(update={"grades": grades})).steps
    criteria = tuple(
        c.model_copy(update={"advisory": c.id == "recap"}) for c in playing.RUBRIC.criteria
    )
    rubric = playing.RUBRIC.model_copy(update={"criteria": criteria})
    assert (scoring.score(steps, playing.RUBRIC).points or 0) < 100
    assert scoring.score(steps, rubric).points == 100
    assert scoring.score(steps, rubric).coverage == 100
    row = next(row for row in scoring.rows(steps, rubric) if row.criterion == "recap")
    assert row.advisory
    assert row.level == "missed"
