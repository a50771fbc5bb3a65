"""The customer's seat under every fault of the matrix, over real HTTP through litellm.

What each row owes: two tries at most, one line or none, nothing half said kept as a line, the
deadline, one event in the log a failed try, and no key anywhere.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
import traceback

import pytest
from stub import FAULTS, LINE, ODD, Stub, keys, patience, warm
from test_customer import brief

from hotseat import customer, guard
from hotseat.domain import Turn
from hotseat.errors import SeatError
from hotseat.llm import DEADLINES, Deadlines, Seat, client, tries

KEY = keys()["openai_project"]

# For each fault: requests made, and how it ends: "said" (the model's own line), "written" (the
# embedded engine's), or the kind of the error. The first 44 are the rows that have a name in
# the matrix; the last eleven fill it up to its 55.
ROWS = {
    # two tries, then "not just now"; nothing partial is kept
    "never": (2, "away"),
    "refused": (0, "away"),
    "reset": (2, "away"),
    "sever": (2, "away"),
    "sever_fin": (2, "away"),
    "cut_cl": (2, "away"),
    # a limit between words, whatever bytes come
    "stall": (2, "away"),
    "stall_ping": (2, "away"),
    "drip": (2, "away"),
    "first_token_never_ping": (2, "away"),
    # busy
    "r429": (2, "busy"),
    "r429_retry_after_1": (2, "busy"),
    "r429_retry_after_3600": (1, "busy"),
    "r429_then_ok": (2, "said"),
    "e500_then_ok": (2, "said"),
    "e500": (2, "away"),
    "e503_html": (2, "away"),
    "e529": (2, "away"),
    # not let in, too long, filtered
    "e401_key": (1, "key"),
    "e400_ctx": (2, "full"),
    "e400_filter": (2, "written"),
    "filter200": (2, "written"),
    "refusal": (2, "written"),
    # ended before its end
    "filter200_partial": (2, "written"),
    "length": (2, "cut"),
    "eof_clean": (2, "cut"),
    "eof_done_nofinish": (2, "cut"),
    # nothing said
    "empty": (2, "broken"),
    "whitespace": (2, "written"),
    "null": (2, "broken"),
    "only_done": (2, "cut"),
    "no_events": (2, "cut"),
    "no_choices": (2, "cut"),
    # doubled, or no answer at all
    "dup": (2, "written"),
    "bad_sse": (2, "away"),
    "badjson200": (2, "cut"),
    "html200": (2, "cut"),
    "empty_body": (2, "cut"),
    "err_event": (2, "away"),
    "error200": (2, "cut"),
    "huge": (2, "broken"),
    # odd and right
    "utf8split": (1, "said"),
    "after_done": (1, "said"),
    "usage_chunk": (1, "said"),
    # ours
    "closed": (2, "away"),
    "slow_headers": (2, "away"),
    "trickle": (1, "away"),
    "sever_then_ok": (2, "said"),
    "hang_after_finish": (1, "said"),
    "redirect": (2, "away"),
    "e404_model": (1, "setting"),
    "refusal_field": (2, "written"),
    "reasoning_only": (2, "broken"),
    "bad_gzip": (2, "away"),
    "bad_utf8": (2, "away"),
}


@pytest.fixture(scope="module", autouse=True)
def _warm():
    warm()


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(client, "TAIL", 0.1)


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
    assert set(ROWS) == set(FAULTS)
    assert len(ROWS) == 55


@pytest.mark.parametrize("name", ROWS)
def test_a_fault_ends_as_the_matrix_says(name, caplog, capfd):
    requests, end = ROWS[name]
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
    for sink in sinks:
        assert KEY not in sink
        assert "<script>" not in sink


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
        Turn(id=str(n), number=n, speaker=("customer", "trainee")[n % 2], text=f"Turn {n} of many.")
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
    assert "Turn 10 of many." in first[1]
    assert "Turn 10 of many." not in second[1]
    assert given.transcript[0].text[:40] in second[1]
    assert "Turn 20 of many." in second[1]


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
