"""What to label blind, and what the labels say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import playing
import pytest

from hotseat.domain import Criterion, Grade, Label, Level, Record, Step, Turn, Verdict
from hotseat.studio import calibrating
from hotseat.studio.calibrating import Task, blind

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LEVELS: tuple[Level, ...] = ("met", "partly", "missed", "na")


def record(number: int) -> Record:
    """An encounter of four replies; over the encounters a judge gives every level, na mostly."""
    steps: list[Step] = []
    for at in range(4):
        grades = {
            c.id: Grade(level="na" if (number + at + k) % 3 else LEVELS[(number + at + k) // 3 % 4])
            for k, c in enumerate(playing.RUBRIC.criteria)
        }
        turn = Turn(id=f"{number}-{at}", number=2 + at, speaker="trainee", text="A reply of mine.")
        verdict = Verdict(grades=grades, engine="m", rubric="r")
        steps.append(Step(trainee=turn, verdict=verdict))
    return playing.begun().model_copy(update={"id": f"r{number}", "steps": tuple(steps)})


RECORDS = [record(number) for number in range(12)]
TASKS = calibrating.tasks(RECORDS, playing.RUBRIC)


def label(task: Task, rater: str, level: Level, about: str = "") -> Label:
    item, criterion = task.key
    return Label(item=item, criterion=criterion, rater=blind(rater, about), level=level, at=NOW)


def test_a_queue_has_as_many_of_every_criterion_and_spreads_over_levels() -> None:
    chosen = calibrating.queue(TASKS, size=80)
    assert len(chosen) == len({task.key for task in chosen}) == 80
    assert set(Counter(task.criterion.id for task in chosen).values()) == {4}
    levels = Counter(task.judged for task in chosen)
    assert min(levels.values()) >= 8, levels


def test_a_queue_is_the_same_for_everybody_and_another_seed_gives_another() -> None:
    one = calibrating.queue(TASKS, size=40)
    assert calibrating.queue(list(reversed(TASKS)), size=40) != []
    assert {t.key for t in calibrating.queue(list(reversed(TASKS)), size=40)} == {
        t.key for t in one
    }
    other = calibrating.queue(TASKS, size=40, seed="another")
    assert {t.key for t in other} != {t.key for t in one}


def test_what_somebody_began_with_stays_when_new_encounters_come() -> None:
    before = calibrating.queue(TASKS, size=40)
    begun = {task.key for task in before}
    more = [*TASKS, *calibrating.tasks([record(n) for n in range(12, 40)], playing.RUBRIC)]
    assert {task.key for task in calibrating.queue(more, begun=begun, size=40)} == begun
    assert {task.key for task in calibrating.queue(more, size=40)} != begun


def test_a_queue_about_one_criterion_has_no_other_and_ends_when_there_is_no_more() -> None:
    chosen = calibrating.queue(TASKS, about="recap", size=1_000)
    assert {task.criterion.id for task in chosen} == {"recap"}
    assert len(chosen) == 48
    assert calibrating.queue([], size=10) == []


def test_grades_given_under_another_wording_are_not_labelled() -> None:
    reworded = tuple(
        c.model_copy(update={"due_when": "Never."}) if c.id == "recap" else c
        for c in playing.RUBRIC.criteria
    )
    now = playing.RUBRIC.model_copy(update={"criteria": reworded})
    assert "recap" not in {task.criterion.id for task in calibrating.tasks(RECORDS, now)}


def test_only_labels_given_blind_in_this_queue_count() -> None:
    task = TASKS[0]
    ruling = label(task, "Ann", "met").model_copy(update={"rater": "ruling: Ann"})
    labels = [label(task, "Mo", "met"), label(task, "Zoe", "met", "recap"), ruling]
    assert list(calibrating.labelled(labels)) == ["Mo"]
    assert list(calibrating.labelled(labels, "recap")) == ["Zoe"]


def about(levels: list[tuple[Level, Level, Level]]) -> calibrating.Finding:
    """The finding over replies of which (Ann, Mo, the judge) said these levels."""
    criterion: Criterion = playing.RUBRIC.criterion("recap")
    tasks = [
        Task(record(n).model_copy(update={"id": f"x{n}"}), 1, criterion, judged)
        for n, (_, _, judged) in enumerate(levels)
    ]
    labels: list[Label] = []
    for task, (ann, mo, _) in zip(tasks, levels, strict=True):
        labels += [label(task, "Ann", ann), label(task, "Mo", mo)]
    (found,) = calibrating.findings(tasks, calibrating.labelled(labels))
    return found


def test_agreement_is_first_on_due_or_not_and_then_on_the_level() -> None:
    levels: list[tuple[Level, Level, Level]] = [
        ("met", "met", "met"),
        ("met", "partly", "met"),
        ("missed", "missed", "partly"),
        ("na", "na", "na"),
        ("na", "missed", "na"),
        ("na", "na", "missed"),
    ]
    found = about(levels)
    # by hand: due or not among people, 3 both due, 2 neither, 1 apart
    assert found.people_due.n == 6
    assert found.people_due.percent == pytest.approx(5 / 6, abs=1e-9)
    assert found.people_due.kappa == pytest.approx((5 / 6 - 0.5) / 0.5, abs=1e-9)
    # the level, where both say due: met/met, met/partly, missed/missed
    assert found.people.n == 3
    assert found.people.percent == pytest.approx(2 / 3, abs=1e-9)
    # squared steps: observed 1/3; expected over margins (2 met, 1 missed) x (met, partly, missed)
    assert found.people.weighted == pytest.approx(
        1 - 3 * 1 / (2 * (0 + 1 + 4) + 1 * (4 + 1)), abs=1e-9
    )
    assert found.judge.n == 6
    assert found.confusion["missed", "partly"] == 2
    assert found.confusion["na", "missed"] == 2


def test_the_worst_disagreement_comes_first_with_what_everybody_said() -> None:
    found = about([("met", "met", "met"), ("met", "partly", "met"), ("missed", "met", "met")])
    assert [[level for _, level, _ in doubt.said] for doubt in found.doubts] == [
        ["met", "missed", "met"],
        ["met", "met", "partly"],
    ]
    assert [who for who, _, _ in found.doubts[0].said] == ["the judge", "Ann", "Mo"]


def test_a_criterion_wants_rewriting_only_below_the_mark_and_with_enough_replies() -> None:
    apart: list[tuple[Level, Level, Level]] = [
        ("met", "met", "missed"),
        ("missed", "missed", "met"),
        ("met", "met", "met"),
    ]
    agree: list[tuple[Level, Level, Level]] = [
        ("met", "met", "met"),
        ("missed", "missed", "missed"),
    ]
    assert about(apart * 4).wants_rewriting
    assert not about(apart).wants_rewriting
    assert not about(agree * 10).wants_rewriting


def test_where_everybody_says_the_same_there_is_no_kappa_and_nothing_to_rewrite() -> None:
    found = about([("met", "met", "met")] * 30)
    assert found.judge.weighted is found.judge.kappa is found.judge.sure is None
    assert found.judge.percent == 1.0
    assert not found.wants_rewriting
    assert list(found.doubts) == []
