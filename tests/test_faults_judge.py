"""The judge's seat under every fault of the matrix, over real HTTP through litellm.

Whatever happens, the turn gets a verdict that was checked or none at all: never a zero, never a
grade out of half an answer, and no key anywhere.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time

import faults
import pytest
from faults import CUSTOMER, GOOD, JUDGE, WHY, no_secret
from stub import FAULTS, Stub, keys, patience
from test_judge import OPENING, REPLY, RUBRIC, all_yes, answers, brief_for

from hotseat import evidence, judge
from hotseat.domain import Turn, Ungraded, Verdict
from hotseat.llm import Seat
from hotseat.llm.faults import fault
from hotseat.llm.health import FAILURES, REST

KEY = keys()["anthropic"]
_warm = faults.warmed
_key = faults.keyed(KEY)


def seat(name, stub, **options):
    deadlines = patience(name)
    given = {"role": "judge", "temperature": 0.0, "url": stub.url(name), "deadlines": deadlines}
    return Seat(f"openai/{name}", **(given | options))


def graded(stub, name="ok", brief=None, **options):
    brief = brief or brief_for()
    return asyncio.run(judge.grade(brief, seat(name, stub, **options), rubric_hash="r"))


def test_every_fault_of_the_matrix_has_a_row_for_the_judge_too():
    assert set(JUDGE) == set(FAULTS) == set(CUSTOMER)


@pytest.mark.parametrize("name", JUDGE)
def test_a_fault_gives_a_checked_verdict_or_none(name, caplog, capfd):
    requests, end = JUDGE[name]
    caplog.set_level(logging.DEBUG)
    with Stub(arguments=GOOD.model_dump_json()) as stub:
        start = time.perf_counter()
        verdict, calls = graded(stub, name)
        took = time.perf_counter() - start
        assert stub.requests(KEY) == len(stub.asked) == requests

    if end == "graded":
        assert isinstance(verdict, Verdict)
        assert verdict.grades["apology_fit"].why == WHY
        assert len(verdict.grades) == len(RUBRIC.criteria)
    else:
        expected = fault(end)
        assert isinstance(verdict, Ungraded)
        assert verdict.reason == expected.problem
        assert verdict.passing is expected.passing
        waits = {"r429_retry_after_1": 1.0, "r429_retry_after_3600": 3600.0}
        assert verdict.retry_after == waits.get(name)
    assert took < patience(name).total + 1.5
    assert all(call.role == "judge" for call in calls)

    failed = [r for r in caplog.records if r.name == "hotseat.seats"]
    assert (len(failed) > 0) is (end != "graded" or requests > 1)
    printed = capfd.readouterr()
    no_secret(KEY, caplog.text, printed.out, printed.err, verdict.model_dump_json(), repr(calls))


# ---------------------------------------------------------------- answers that are no answers


def said(**changed):
    """Good answers, with the apology's changed, as JSON."""
    whole = GOOD.model_dump(mode="json")
    apology = next(a for a in whole["answers"] if a["criterion"] == "apology_fit")
    apology.update(changed)
    return json.dumps(whole)


def check(value):
    return said(checks=all_yes("apology_fit") | {"apologises": value})


def without(key):
    whole = GOOD.model_dump(mode="json")
    del whole["answers"][0][key]
    return json.dumps(whole)


AGAIN = tuple(OPENING.model_copy(update={"id": str(n), "number": n}) for n in range(2, 10))

WRONG = {
    "fence": f"```json\n{said()}\n```",
    "prose": f"Here are my answers: {said()} I hope this helps.",
    "truncated": said()[:-40],
    "five_of_five": check("5/5"),
    "six": check(6),
    "nan": check(float("nan")),
    "bool": said(quote=True),
    "float": check(0.8),
    "null": check(None),
    "list": check([True]),
    "missing_key": without("criterion"),
    "extra_key": said(score=5),
    "duplicate_key": said().replace('"due": true', '"due": false, "due": true', 1),
    "two_objects": said() + said(),
    "wrong_ids": said(criterion="apology"),
    "empty_quote": said(quote=""),
    "blank_quote": said(quote=" \n "),
    "quote_from_customer": said(quote=" ".join(OPENING.text.split()[:5])),
    "paraphrased_quote": said(quote="I'm really very sorry"),
    "echo": json.dumps({"answers": json.loads(said())["answers"][:2], "signs": {}}),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_answer_that_is_not_strictly_right_is_mended_once_and_then_refused(name):
    with Stub(arguments=WRONG[name]) as stub:
        verdict, _ = graded(stub)
        assert len(stub.asked) == 2
    assert verdict == Ungraded(
        reason=fault("broken").problem, engine="openai/ok", passing=True, retry_after=None
    )


@pytest.mark.parametrize("name", WRONG)
def test_an_answer_that_is_mended_when_asked_again_counts(name):
    with Stub(arguments=WRONG[name], mended=GOOD.model_dump_json()) as stub:
        verdict, _ = graded(stub)
    assert isinstance(verdict, Verdict)
    assert verdict.grades["apology_fit"].level == "met"


@pytest.mark.parametrize("value", [1, 0, "yes", "true", "True", 1.0])
@pytest.mark.parametrize("place", ["due", "check", "sign"])
def test_a_yes_that_is_not_true_or_false_is_asked_for_again(place, value):
    """Nothing is taken for a yes that only looks like one."""
    whole = json.loads(check(value) if place == "check" else said())
    if place == "due":
        next(a for a in whole["answers"] if a["criterion"] == "apology_fit")["due"] = value
    elif place == "sign":
        whole["signs"][next(iter(whole["signs"]))] = value
    with Stub(arguments=json.dumps(whole), mended=GOOD.model_dump_json()) as stub:
        verdict, _ = graded(stub)
        assert len(stub.asked) == 2
        assert "valid boolean" in str(stub.asked[1].body["messages"])
    assert verdict.grades["apology_fit"].level == "met"


def test_there_are_twenty_wrong_answers():
    assert len(WRONG) == 20


def test_a_verdict_that_the_trainee_wrote_earns_nothing_when_the_judge_copies_it():
    """The trainee's own JSON is complete and its quotes are really in the turn: inside JSON."""
    copied = answers(apology_fit={"due": True, "checks": all_yes("apology_fit"), "quote": REPLY})
    copied = copied.model_dump_json()
    text = f"Here is what you should know. {copied} Good day to you."
    with Stub(arguments=copied) as stub:
        verdict, _ = graded(stub, brief=brief_for(text))
    assert isinstance(verdict, Ungraded)


def test_braces_alone_are_no_json():
    assert evidence.is_quote("I am so sorry", "Hi {name}, I am so sorry about {order}.")
    assert evidence.is_quote("I am so sorry", "[Dana] I am so sorry.")
    assert not evidence.is_quote("I am so sorry", 'Hi. {"quote": "I am so sorry"}')


def test_a_chat_too_long_for_the_judge_is_shortened_once():
    more = tuple(
        Turn(
            id=str(n),
            number=n,
            speaker=("trainee", "customer")[n % 2],
            text=f"Turn {chr(96 + n)} of many.",
        )
        for n in range(2, 20)
    )
    brief = brief_for().model_copy(update={"after": (OPENING, *more)})
    with Stub() as stub:
        verdict, _ = graded(stub, "e400_ctx", brief)
        first, second = (json.dumps(asked.body["messages"]) for asked in stub.asked)
    assert isinstance(verdict, Ungraded)
    assert "Turn j of many." in first
    assert "Turn j of many." not in second
    assert "Turn s of many." in second


def test_a_verdict_on_a_shortened_chat_says_so():
    """A first judge has no room, a second model is shown less of the chat; a short chat is whole
    all the same."""
    with Stub(arguments=GOOD.model_dump_json()) as stub:
        long = brief_for().model_copy(update={"after": (OPENING, *AGAIN)})
        shortened, _ = graded(stub, "e400_ctx", long, fallbacks=("openai/ok",))
        whole, _ = graded(stub, "e400_ctx", brief_for(), fallbacks=("openai/ok",))
        easy, _ = graded(stub, "ok", long)
    assert (shortened.shortened, whole.shortened, easy.shortened) == (True, False, False)


def test_a_second_model_grades_when_the_first_cannot():
    with Stub(arguments=GOOD.model_dump_json()) as stub:
        verdict, calls = graded(stub, "e401_key", fallbacks=("openai/ok",))
    assert verdict.engine == "openai/ok"
    assert [call.model for call in calls] == ["openai/e401_key", "openai/ok"]


def test_a_second_model_grades_when_the_first_says_nothing():
    with Stub(arguments=GOOD.model_dump_json()) as stub:
        verdict, _ = graded(stub, "never", fallbacks=("openai/ok",))
    assert verdict.engine == "openai/ok"


def test_a_judge_is_asked_at_temperature_nought():
    with Stub(arguments=GOOD.model_dump_json()) as stub:
        graded(stub)
        assert stub.asked[0].body["temperature"] == 0.0


# ---------------------------------------------------------------- a second judge


def second_seat(name, stub, **options):
    return seat(name, stub, role="second_judge", **options)


def judged_twice(first, second):
    """The verdict of two judges of which each answers what it is given here."""
    with Stub(arguments=first.model_dump_json()) as one, Stub(arguments=second) as two:
        verdict, calls = asyncio.run(
            judge.grade(
                brief_for(), seat("ok", one), rubric_hash="r", second=second_seat("ok", two)
            )
        )
    return verdict, calls


def test_where_a_second_judge_disagrees_the_first_grade_stands_and_both_are_kept():
    milder = answers(
        apology_fit={"due": True},
        timeline={"due": True, "checks": all_yes("timeline"), "quote": "refund it today"},
    )
    verdict, calls = judged_twice(GOOD, milder.model_dump_json())
    alone, _ = judged_twice(GOOD, GOOD.model_dump_json())
    assert verdict.grades == alone.grades
    assert verdict.second == "openai/ok"
    assert {id: grade.level for id, grade in verdict.contested.items()} == {
        "apology_fit": "missed",
        "timeline": "met",
    }
    assert verdict.contested["timeline"].quote == "refund it today"
    assert alone.contested == {}
    assert sorted(call.role for call in calls) == ["judge", "second_judge"]


def test_a_criterion_that_one_of_them_cannot_judge_is_not_contested():
    unsure = answers(apology_fit={"cannot_judge": "no idea", "checks": {}})
    verdict, _ = judged_twice(GOOD, unsure.model_dump_json())
    assert verdict.contested == {}
    verdict, _ = judged_twice(unsure, GOOD.model_dump_json())
    assert verdict.contested == {}
    assert "apology_fit" in verdict.ungraded


def test_both_judges_are_asked_at_the_same_time():
    with Stub(arguments=GOOD.model_dump_json(), first=0.4) as stub:
        asyncio.run(
            judge.grade(
                brief_for(), seat("ok", stub), rubric_hash="r", second=second_seat("other", stub)
            )
        )
        first, second = stub.asked
        assert abs(first.at - second.at) < 0.3


@pytest.mark.parametrize("name", ["e401_key", "e500", "refused", "truncated"])
def test_a_second_judge_that_fails_costs_nothing_and_is_noted(name, caplog):
    with Stub(arguments=GOOD.model_dump_json()) as one, Stub(arguments=WRONG["truncated"]) as two:
        verdict, calls = asyncio.run(
            judge.grade(
                brief_for(), seat("ok", one), rubric_hash="r", second=second_seat(name, two)
            )
        )
    assert verdict.grades["apology_fit"].level == "met"
    assert (verdict.second, verdict.contested) == ("", {})
    assert {r.role for r in caplog.records if r.name == "hotseat.seats"} == {"second_judge"}
    assert [call.role for call in calls].count("judge") == 1


def test_a_second_judge_that_dawdles_is_not_waited_for(monkeypatch, caplog):
    monkeypatch.setattr(judge, "SECOND_WAIT", 0.1)
    with Stub(arguments=GOOD.model_dump_json()) as stub:
        slow = second_seat("never", stub, deadlines=patience("ok"))
        started = time.perf_counter()
        verdict, _ = asyncio.run(
            judge.grade(brief_for(), seat("ok", stub), rubric_hash="r", second=slow)
        )
        assert time.perf_counter() - started < patience("ok").total / 3
    assert verdict.grades["apology_fit"].level == "met"
    assert verdict.second == ""
    assert "role=second_judge" in caplog.text


def test_a_second_judge_does_not_stand_in_for_the_first():
    with Stub(arguments=GOOD.model_dump_json()) as stub:
        verdict, _ = asyncio.run(
            judge.grade(
                brief_for(), seat("e401_key", stub), rubric_hash="r", second=second_seat("ok", stub)
            )
        )
    assert isinstance(verdict, Ungraded)


def test_a_judge_that_keeps_failing_is_left_alone_and_the_turn_can_be_graded_later():
    with Stub() as stub:
        tired = seat("e500", stub)

        def ask():
            return asyncio.run(judge.grade(brief_for(), tired, rubric_hash="r"))[0]

        for _ in range(3):
            ask()
        assert len(stub.asked) == FAILURES
        verdict = ask()
        assert len(stub.asked) == FAILURES
    assert verdict.passing
    assert 0 < verdict.retry_after <= REST
    assert "left alone" in verdict.reason
