"""The customer's seat under every fault of the matrix, over real HTTP through litellm.

What each row owes: two tries at most, one line or none, nothing half said kept as a line, the
deadline, one event in the log a failed try, and no key anywhere.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import logging
import time
import traceback

import faults
import pytest
from faults import CUSTOMER, no_secret
from stub import FAULTS, LINE, ODD, Stub, keys, patience
from test_customer import brief

from hotseat import customer, guard
from hotseat.domain import Turn
from hotseat.errors import SeatError
from hotseat.llm import DEADLINES, Deadlines, Seat, tries
from hotseat.llm.health import FAILURES, REST

KEY = keys()["openai_project"]
_warm = faults.warmed
_key = faults.keyed(KEY)


async def spoken(seat, given=None):
    """What came out, and the error if it ended in one."""
    out = []
    try:
        async for piece in customer.speak(given or brief(), seat):
            out.append(piece)
    except SeatError as error:
        return out, error
    return out, None


def shown(out):
    """What stands on the page in the end: the pieces since the last `Again`."""
    last = max((i for i, piece in enumerate(out) if isinstance(piece, customer.Again)), default=-1)
    return "".join(piece for piece in out[last + 1 :] if isinstance(piece, str))


def test_all_55_faults_of_the_matrix_have_a_row():
    assert set(CUSTOMER) == set(FAULTS)
    assert len(CUSTOMER) == 55


@pytest.mark.parametrize("name", CUSTOMER)
def test_a_fault_ends_as_the_matrix_says(name, caplog, capfd):
    requests, end = CUSTOMER[name]
    caplog.set_level(logging.DEBUG)
    with Stub() as stub:
        seat = Seat(f"openai/{name}", url=stub.url(name), deadlines=patience(name))
        start = time.perf_counter()
        out, error = asyncio.run(spoken(seat))
        took = time.perf_counter() - start
        stolen = stub.stolen() if name == "redirect" else b""
        assert stub.requests(KEY) == len(stub.asked) == requests

    lines = [piece for piece in out if isinstance(piece, customer.Line)]
    if error:
        assert (error.kind, lines, shown(out)) == (end, [], "")
    else:
        assert len(lines) == 1
        assert lines[0] is out[-1]
        assert lines[0].text == guard.tidy(shown(out), "Dana Whitlock")
        assert end == ("written" if lines[0].engine == "embedded" else "said")
        if end == "said":
            assert lines[0].text == (ODD if name == "utf8split" else LINE)
        assert len(lines[0].calls) == requests

    assert took < patience(name).total + 1.5
    failed = [r for r in caplog.records if r.name == "hotseat.seats"]
    tried = requests or tries.TRIES
    assert len(failed) == tried - (end == "said")
    assert {r.role for r in failed} <= {"customer"}
    assert not [r for r in caplog.records if r.name.startswith("LiteLLM")]

    printed = capfd.readouterr()
    sinks = [caplog.text, printed.out, printed.err, repr(out), repr(stolen)]
    if error:
        sinks += [str(error), repr(error), "".join(traceback.format_exception(error))]
    no_secret(KEY, *sinks)


def test_ten_megabytes_are_not_read():
    with Stub() as stub:
        asyncio.run(spoken(Seat("openai/huge", url=stub.url(), deadlines=patience("ok"))))
        deadline = time.monotonic() + 2
        while not all(a.left for a in stub.asked) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert all(a.left for a in stub.asked)
        assert max(a.sent for a in stub.asked) < 2_000_000


def test_a_chat_that_is_too_long_is_shortened_once_and_the_persona_kept():
    given = brief()
    more = tuple(
        Turn(
            id=str(n),
            number=n,
            speaker=("customer", "trainee")[n % 2],
            text="A courier brings it at 10:15." if n == 5 else f"Turn {chr(96 + n)} of many.",
        )
        for n in range(3, 21)
    )
    given = given.model_copy(update={"transcript": (*given.transcript, *more)})
    with Stub() as stub:
        _, error = asyncio.run(
            spoken(Seat("openai/e400_ctx", url=stub.url(), deadlines=patience("ok")), given)
        )
        first, second = ([m["content"] for m in a.body["messages"]] for a in stub.asked)
    assert error.kind == "full"
    assert first[0] == second[0]
    assert "Turn j of many." in first[1]
    assert "Turn j of many." not in second[1]
    assert given.transcript[0].text[:40] in second[1]
    assert "A courier brings it at 10:15." in second[1]
    assert "Turn t of many." in second[1]


def test_a_softer_line_is_asked_for_after_a_filter_and_the_trainee_is_not_blamed():
    with Stub() as stub:
        out, error = asyncio.run(
            spoken(Seat("openai/e400_filter", url=stub.url(), deadlines=patience("ok")))
        )
        assert "milder words" in stub.asked[1].body["messages"][1]["content"]
        assert "milder words" not in stub.asked[0].body["messages"][1]["content"]
    assert error is None
    assert len(shown(out).split()) > 2


def test_a_fallback_model_answers_when_the_first_is_away_and_is_named():
    with Stub() as stub:
        seat = Seat(
            "openai/r429_retry_after_3600",
            fallbacks=("openai/e401_key", "openai/ok"),
            url=stub.url(),
            deadlines=patience("ok"),
        )
        out, _ = asyncio.run(spoken(seat))
    assert out[-1].engine == "openai/ok"
    assert [call.model for call in out[-1].calls] == list(seat.models)


def test_the_default_deadlines_bound_a_turn_to_30_seconds_and_a_judge_to_60():
    turn, judge = DEADLINES["customer"], DEADLINES["judge"]
    assert turn.total + customer.HANG_UP <= 30
    assert tries.TRIES * turn.first <= 20
    assert turn.gap <= 10
    assert judge.total <= 60
    assert customer.LONGEST_WAIT <= 5


def test_blank_pieces_buy_no_time():
    """A stream of white space is no word, however steadily it comes."""

    class Blank(Seat):
        def model(self, brief, attempt=0):
            from pydantic_ai.models.function import FunctionModel

            async def speak(_, __):
                while True:
                    await asyncio.sleep(0.05)
                    yield " "

            return FunctionModel(stream_function=speak)

    start = time.perf_counter()
    _, error = asyncio.run(spoken(Blank("blank", deadlines=Deadlines(0.2, 0.2, 5))))
    assert error.kind == "away"
    assert time.perf_counter() - start < 1


def test_a_reader_who_walks_away_in_the_middle_harms_nobody():
    """A closed tab drops the generator where it stands; the next line is not cancelled by it."""

    async def walk_away(stub):
        for _ in range(3):
            async for piece in customer.speak(brief(), Seat("openai/stall", url=stub.url())):
                if isinstance(piece, str):
                    break
            gc.collect()
            await asyncio.sleep(0.05)
        return await spoken(Seat("openai/ok", url=stub.url()))

    with Stub() as stub:
        out, error = asyncio.run(walk_away(stub))
        assert error is None
        assert out[-1].text == LINE
        assert all(asked.left for asked in stub.asked if asked.model == "stall")


def test_the_client_asks_only_for_what_the_adapter_is_known_to_use():
    """The seam relies on pydantic-ai calling create() and with_options() and nothing else."""
    with Stub() as stub:
        out, error = asyncio.run(spoken(Seat("openai/ok", url=stub.url(), temperature=0.0)))
        asked = stub.asked[0].body
    assert error is None
    assert out[-1].text == LINE
    assert asked["temperature"] == 0.0
    assert asked["stream_options"] == {"include_usage": True}
    assert out[-1].calls[0].input_tokens == 900


PATHS = {
    "openai": ("openai/redirect", {"OPENAI_API_KEY": KEY}),
    "anthropic": ("anthropic/redirect", {"ANTHROPIC_API_KEY": KEY}),
    "gemini": ("gemini/redirect", {"GEMINI_API_KEY": KEY}),
    "ollama_chat": ("ollama_chat/redirect", {}),
    "azure": ("azure/redirect", {"AZURE_API_KEY": KEY, "AZURE_API_VERSION": "2024-10-21"}),
    "mistral": ("mistral/redirect", {"MISTRAL_API_KEY": KEY}),
    "openrouter": ("openrouter/redirect", {"OPENROUTER_API_KEY": KEY}),
}


@pytest.mark.parametrize("provider", PATHS)
def test_a_redirect_takes_neither_the_chat_nor_the_key_elsewhere(provider, monkeypatch):
    """Each of litellm's ways to make an HTTP client: what is sent goes where it was meant to."""
    model, env = PATHS[provider]
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with Stub() as stub:
        out, error = asyncio.run(spoken(Seat(model, url=stub.url(), deadlines=patience("ok"))))
        assert len(stub.asked) == 2
        assert stub.stolen() == b""
    assert error.kind == "away"
    assert not out


def test_a_prompt_for_anthropic_marks_what_its_cache_may_keep(monkeypatch):
    """The system message, the same for a whole encounter, carries the mark; others carry none."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with Stub() as stub:
        for model in ("anthropic/e500", "openai/e500"):
            asyncio.run(spoken(Seat(model, url=stub.url(), deadlines=patience("ok"))))
        first, other = stub.asked[0].body, stub.asked[-1].body
    assert [part["cache_control"] for part in first["system"]] == [{"type": "ephemeral"}]
    assert "cache_control" not in str(first["messages"])
    assert "cache_control" not in str(other)


def test_what_was_spent_before_it_failed_is_not_lost():
    with Stub() as stub:
        _, error = asyncio.run(
            spoken(Seat("openai/length", url=stub.url(), deadlines=patience("ok")))
        )
    assert [call.model for call in error.calls] == ["openai/length"] * 2
    assert all(call.role == "customer" for call in error.calls)


def test_a_model_that_keeps_failing_is_left_alone_and_the_fallback_answers_at_once():
    seat = Seat("openai/e500", fallbacks=("openai/ok",), deadlines=patience("ok"))

    async def lines(stub, count):
        given = dataclasses.replace(seat, url=stub.url())
        return [await spoken(given) for _ in range(count)]

    with Stub() as stub:
        spoke = asyncio.run(lines(stub, 7))
        assert [a.model for a in stub.asked] == ["e500", "ok"] * 5 + ["ok"] * 2
    assert all(out[-1].engine == "openai/ok" for out, _ in spoke)


def test_a_customer_left_alone_fails_at_once_and_says_when_to_come_back():
    with Stub() as stub:
        seat = Seat("openai/e500", url=stub.url(), deadlines=patience("ok"))
        for _ in range(3):
            _, error = asyncio.run(spoken(seat))
        assert len(stub.asked) == FAILURES
        _, error = asyncio.run(spoken(seat))
        assert len(stub.asked) == FAILURES
    assert (error.kind, error.calls) == ("away", ())
    assert 0 < error.retry_after <= REST


@pytest.mark.parametrize(
    ("models", "engine"),
    [
        (("openai/ok",), "openai/ok"),
        (("openai/e401_key", "openai/ok"), "openai/ok"),
        (("openai/e401_key", "embedded"), "embedded"),
        (("openai/refusal",), "embedded"),
        (("embedded",), "embedded"),
    ],
)
def test_a_line_says_who_wrote_it(models, engine):
    with Stub() as stub:
        seat = Seat(models[0], fallbacks=models[1:], url=stub.url(), deadlines=patience("ok"))
        out, _ = asyncio.run(spoken(seat))
    assert out[-1].engine == engine
    assert {call.model for call in out[-1].calls} <= set(models) - {"embedded"}
