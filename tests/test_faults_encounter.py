"""A whole turn with both models failing in the same way, on a real database.

The trainee's turn is stored before any model is asked; the customer answers once or not at all;
the grade is there, or ungraded; and when the models come back, what is missing is made up for.
"""

from __future__ import annotations

import asyncio
import logging
import time
import traceback

import faults
import pytest
from faults import CUSTOMER, GOOD, JUDGE, no_secret
from stub import FAULTS, LINE, ODD, Stub, keys, patience
from test_customer import brief

from hotseat import catalog, customer, encounter, guard, mood, scoring
from hotseat.domain import Ungraded, Verdict
from hotseat.errors import SeatError
from hotseat.llm import Seat, Seats, tries
from hotseat.llm.faults import redact
from hotseat.store import Store

RUBRIC = catalog.rubric("service_recovery")
PERSONA = catalog.persona("late_gift")
REPLY = "I am so sorry, Dana. We promised Tuesday and it is Thursday. I can refund it today."
KEYS = keys()
KEY = KEYS["google"]
_warm = faults.warmed
_key = faults.keyed(KEY)


class Watched(Store):
    """A store that notes how many requests had been made when the trainee's turn was kept."""

    stub: Stub
    asked_when_heard: int | None = None

    async def hear(self, record_id, turn):
        kept = await super().hear(record_id, turn)
        self.asked_when_heard = len(self.stub.asked)
        return kept


def seats(stub, name, judge=None):
    judge = judge or name
    return Seats(
        Seat(f"openai/{name}", "customer", url=stub.url(name), deadlines=patience(name)),
        Seat(f"openai/{judge}", "judge", url=stub.url(judge), deadlines=patience(judge)),
    )


async def played(events):
    """The events of a turn, and the error if it ended in one."""
    seen = []
    try:
        async for event in events:
            seen.append(event)
    except SeatError as error:
        return seen, error
    return seen, None


def shown(events):
    """What the page shows of the customer's line: the pieces since the last `Again`."""
    text = ""
    for event in events:
        if isinstance(event, encounter.Again):
            text = ""
        elif isinstance(event, encounter.Delta):
            text += event.text
    return text


async def turn_and_recovery(name, stub, folder, judge=None):
    """One turn with failing models, what was stored, then the same turn with good ones."""
    store = await Watched.open(f"sqlite+aiosqlite:///{folder / 'faults.sqlite'}")
    store.stub = stub
    failing, good = seats(stub, name, judge), seats(stub, "ok")
    record = encounter.begin(
        PERSONA, "birthday", "standard", RUBRIC, trainee="t", seats=failing, seed=3
    )
    await store.begin(record)
    start = time.perf_counter()
    events, error = await played(encounter.turn(record, REPLY, seats=failing, keep=store))
    took = time.perf_counter() - start
    first = await store.load(record.id, None)
    asked = len(stub.asked)
    mending = encounter.resume(first, seats=good, keep=store)
    assert (await played(mending))[1] is None
    after = await store.load(record.id, None)
    heard = store.asked_when_heard
    await store.close()
    stored = b"".join(path.read_bytes() for path in folder.glob("faults.sqlite*"))
    return events, error, took, first, asked, after, heard, stored


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_turn_survives_both_models_failing_alike(name, tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    with Stub(arguments=good_answers()) as stub:
        events, error, took, first, asked, after, heard, stored = asyncio.run(
            turn_and_recovery(name, stub, tmp_path)
        )

    # the turn was stored before any call, and within the time a person waits
    assert heard == 0
    assert first.steps[0].trainee.text == REPLY
    assert took < 2 * patience(name).total + 2
    assert asked <= 2 * tries.TRIES

    # the customer said one whole line or nothing
    step, end = first.steps[0], CUSTOMER[name][1]
    if end in ("said", "written"):
        assert error is None
        assert step.customer.text == guard.tidy(shown(events), PERSONA.name)
        if end == "said":
            assert step.customer.text in (LINE, ODD)
        else:
            assert step.customer.text not in LINE
        assert sum(isinstance(e, encounter.Spoke) for e in events) == 1
    else:
        assert (error.kind, step.customer, shown(events)) == (end, None, "")

    # a grade is checked, or there is none: never a zero
    if error is None and JUDGE[name][1] == "graded":
        assert isinstance(step.verdict, Verdict)
    else:
        assert step.verdict is None or isinstance(step.verdict, Ungraded)
        assert scoring.score_record(first).points is None
        assert scoring.score_record(first).values == {}

    # when the models are back, what is missing is made, and what is there stays
    assert len(after.steps) == 1
    healed = after.steps[0]
    assert healed.customer.text == (step.customer.text if step.customer else LINE)
    assert isinstance(healed.verdict, Verdict)
    assert healed.verdict.grades["apology_fit"].level == "met"

    printed = capfd.readouterr()
    told = [str(error), "".join(traceback.format_exception(error))] if error else []
    page = "".join(repr(event) for event in events)
    no_secret(KEY, stored, caplog.text, printed.out, printed.err, page, *told)


@pytest.mark.parametrize("provider", KEYS)
def test_no_key_of_any_shape_reaches_a_sink(provider, tmp_path, monkeypatch, caplog, capfd):
    """The provider puts the key into its errors: one that the customer recovers from, one that
    leaves the turn ungraded, and one that ends in a message to the trainee."""
    key = KEYS[provider]
    monkeypatch.setenv("OPENAI_API_KEY", key)
    caplog.set_level(logging.DEBUG)
    with Stub(arguments=good_answers()) as stub:
        events, error, _, record, *_, stored = asyncio.run(
            turn_and_recovery("e500_then_ok", stub, tmp_path, judge="e401_key")
        )
        _, failed = asyncio.run(played(customer.speak(brief(), seats(stub, "e401_key").customer)))
        assert stub.requests(key) == len(stub.asked)
    assert error is None
    assert isinstance(record.steps[0].verdict, Ungraded)
    assert failed.kind == "key"
    printed = capfd.readouterr()
    told = "".join(traceback.format_exception(failed)) + str(failed) + repr(failed) + repr(events)
    no_secret(key, stored, record.model_dump_json(), told, caplog.text, printed.out, printed.err)


@pytest.mark.parametrize("provider", KEYS)
def test_text_with_a_key_in_it_can_be_redacted(provider):
    key = KEYS[provider]
    for text in (f"Incorrect API key provided: {key}.", f"Bearer {key}", f"?key={key}&x", key):
        clean = redact(text)
        assert not any(key[i : i + 8] in clean for i in range(4, len(key) - 7))


def test_redacting_leaves_ordinary_words_alone():
    said = "Two days late. Order LK-20418, 64.00, promised for Tuesday."
    assert "Order LK-20418, 64.00, promised for Tuesday." in redact(said)


@pytest.mark.parametrize("name", ["never", "e500", "e401_key", "r429_retry_after_3600", "huge"])
def test_a_judge_that_fails_does_not_stop_the_chat(name, tmp_path):
    """The customer speaks and the next turn is taken, graded or not."""

    async def two_turns():
        store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'two.sqlite'}")
        with Stub(arguments=good_answers()) as stub:
            both = seats(stub, "ok", name)
            record = encounter.begin(
                PERSONA, "birthday", "standard", RUBRIC, trainee="t", seats=both, seed=3
            )
            await store.begin(record)
            spoke_after = []
            for text in (REPLY, "A courier brings it by noon tomorrow."):
                start = time.perf_counter()
                async for event in encounter.turn(record, text, seats=both, keep=store):
                    record = event.record
                    if isinstance(event, encounter.Spoke):
                        spoke_after.append(time.perf_counter() - start)
        await store.close()
        return record, spoke_after

    record, spoke_after = asyncio.run(two_turns())
    assert [step.customer.text for step in record.steps] == [LINE, LINE]
    assert all(isinstance(step.verdict, Ungraded) for step in record.steps)
    assert max(spoke_after) < 10


def good_answers():
    """Good answers to this encounter's judge, whose persona has the same questions."""
    assert set(GOOD.signs) == set(mood.signs(PERSONA, PERSONA.scenarios["birthday"]))
    return GOOD.model_dump_json()
