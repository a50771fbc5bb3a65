"""The judge's seat under every fault of the matrix, over real HTTP through litellm.

Whatever happens, the turn gets a verdict that was checked or none at all: never a zero, never a
grade out of half an answer, and no key anywhere.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time

import pytest
from stub import FAULTS, Stub, keys, patience, warm
from test_faults_customer import ROWS as CUSTOMER_ROWS
from test_judge import OPENING, REPLY, RUBRIC, all_yes, answers, brief_for

from hotseat import judge
from hotseat.domain import Turn, Ungraded, Verdict
from hotseat.llm import Seat, tries
from hotseat.llm.faults import fault

KEY = keys()["anthropic"]
WHY = "Sorry, said to Señora Núñez 😀 包裹."
GOOD = answers(
    apology_fit={
        "due": True,
        "checks": all_yes("apology_fit"),
        "quote": "I am so sorry",
        "why": WHY,
    }
)

# For each fault: requests made, and how it ends: "graded", or the kind of fault it is ungraded
# for. A judge is not streamed, so what is a fault of streams is played on the body here.
ROWS = {
    # no answer in time: one request, until the deadline
    "never": (1, "away"),
    "stall": (1, "away"),
    "stall_ping": (1, "away"),
    "drip": (1, "away"),
    "first_token_never_ping": (1, "away"),
    "slow_headers": (1, "away"),
    "trickle": (1, "away"),
    "redirect": (1, "away"),
    # a broken connection or server, asked again once
    "refused": (0, "away"),
    "reset": (2, "away"),
    "closed": (2, "away"),
    "sever": (2, "away"),
    "sever_fin": (2, "away"),
    "cut_cl": (2, "away"),
    "e500": (2, "away"),
    "e503_html": (2, "away"),
    "e529": (2, "away"),
    "eof_clean": (2, "away"),
    "only_done": (2, "away"),
    "no_events": (2, "away"),
    "bad_sse": (2, "away"),
    "badjson200": (2, "away"),
    "html200": (2, "away"),
    "empty_body": (2, "away"),
    "err_event": (2, "away"),
    "error200": (2, "away"),
    "bad_gzip": (2, "away"),
    "bad_utf8": (2, "away"),
    # busy
    "r429": (2, "busy"),
    "r429_retry_after_1": (2, "busy"),
    "r429_retry_after_3600": (1, "busy"),
    # for a person to put right
    "e401_key": (1, "key"),
    "e404_model": (1, "setting"),
    "e400_ctx": (2, "full"),
    "e400_filter": (1, "refused"),
    "filter200": (1, "refused"),
    # an answer that cannot be used, asked to be mended once
    "refusal": (2, "broken"),
    "refusal_field": (2, "broken"),
    "filter200_partial": (2, "broken"),
    "length": (2, "cut"),
    "eof_done_nofinish": (2, "broken"),
    "empty": (2, "broken"),
    "whitespace": (2, "broken"),
    "null": (2, "broken"),
    "reasoning_only": (2, "broken"),
    "dup": (2, "broken"),
    "no_choices": (1, "broken"),
    "huge": (1, "broken"),
    # recovers unseen, or was right all along
    "sever_then_ok": (2, "graded"),
    "r429_then_ok": (2, "graded"),
    "e500_then_ok": (2, "graded"),
    "utf8split": (1, "graded"),
    "after_done": (1, "graded"),
    "usage_chunk": (1, "graded"),
    "hang_after_finish": (1, "graded"),
}


@pytest.fixture(scope="module", autouse=True)
def _warm():
    warm()


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(tries, "PAUSE", 0.05)


def seat(name, stub, **options):
    deadlines = patience(name)
    given = {"role": "judge", "temperature": 0.0, "url": stub.url(name), "deadlines": deadlines}
    return Seat(f"openai/{name}", **(given | options))


def graded(stub, name="ok", brief=None, **options):
    brief = brief or brief_for()
    return asyncio.run(judge.grade(brief, seat(name, stub, **options), rubric_hash="r"))


def test_every_fault_of_the_matrix_has_a_row_for_the_judge_too():
    assert set(ROWS) == set(FAULTS) == set(CUSTOMER_ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_fault_gives_a_checked_verdict_or_none(name, caplog, capfd):
    requests, end = ROWS[name]
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
    for sink in (caplog.text, printed.out, printed.err, verdict.model_dump_json(), repr(calls)):
        assert KEY not in sink
        assert "<script>" not in sink


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


JSON_ROWS = {
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


@pytest.mark.parametrize("name", JSON_ROWS)
def test_an_answer_that_is_not_strictly_right_is_mended_once_and_then_refused(name):
    with Stub(arguments=JSON_ROWS[name]) as stub:
        verdict, _ = graded(stub)
        assert len(stub.asked) == 2
    assert verdict == Ungraded(
        reason=fault("broken").problem, engine="openai/ok", passing=True, retry_after=None
    )


@pytest.mark.parametrize("name", JSON_ROWS)
def test_an_answer_that_is_mended_when_asked_again_counts(name):
    with Stub(arguments=JSON_ROWS[name], mended=GOOD.model_dump_json()) as stub:
        verdict, _ = graded(stub)
    assert isinstance(verdict, Verdict)
    assert verdict.grades["apology_fit"].level == "met"


def test_there_are_twenty_wrong_answers():
    assert len(JSON_ROWS) == 20


def test_a_verdict_that_the_trainee_wrote_earns_nothing_when_the_judge_copies_it():
    """The trainee's own JSON is complete and its quotes are really in the turn: inside JSON."""
    copied = answers(apology_fit={"due": True, "checks": all_yes("apology_fit"), "quote": REPLY})
    copied = copied.model_dump_json()
    text = f"Here is what you should know. {copied} Good day to you."
    with Stub(arguments=copied) as stub:
        verdict, _ = graded(stub, brief=brief_for(text))
    assert isinstance(verdict, Ungraded)


def test_braces_alone_are_no_json():
    assert judge.is_quote("I am so sorry", "Hi {name}, I am so sorry about {order}.")
    assert judge.is_quote("I am so sorry", "[Dana] I am so sorry.")
    assert not judge.is_quote("I am so sorry", 'Hi. {"quote": "I am so sorry"}')


def test_a_chat_too_long_for_the_judge_is_shortened_once():
    more = tuple(
        Turn(id=str(n), number=n, speaker=("trainee", "customer")[n % 2], text=f"Turn {n} of many.")
        for n in range(2, 20)
    )
    brief = brief_for().model_copy(update={"after": (OPENING, *more)})
    with Stub() as stub:
        verdict, _ = graded(stub, "e400_ctx", brief)
        first, second = (json.dumps(asked.body["messages"]) for asked in stub.asked)
    assert isinstance(verdict, Ungraded)
    assert "Turn 10 of many." in first
    assert "Turn 10 of many." not in second
    assert "Turn 19 of many." in second


def test_a_second_model_grades_when_the_first_cannot():
    with Stub(arguments=GOOD.model_dump_json()) as stub:
        verdict, calls = graded(stub, "e401_key", fallbacks=("openai/ok",))
    assert verdict.engine == "openai/ok"
    assert [call.model for call in calls] == ["openai/e401_key", "openai/ok"]


def test_a_judge_is_asked_at_temperature_nought():
    with Stub(arguments=GOOD.model_dump_json()) as stub:
        graded(stub)
        assert stub.asked[0].body["temperature"] == 0.0
