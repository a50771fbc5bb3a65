"""Somebody's support bot in the trainee's place, over real HTTP and as a function."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playing import GOOD
from stub import FAULTS, HANGING, Stub, keys
from typer.testing import CliRunner

from hotseat import catalog, cli, llm
from hotseat.domain import Persona
from hotseat.errors import SettingError
from hotseat.evaluation import bots, facing, runs
from hotseat.evaluation.report import Report

DANA = catalog.persona("late_gift")
RUBRIC = catalog.rubric("service_recovery")
RUDE = "You are an idiot. Calm down and read the terms."


@contextmanager
def serving(*replies: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An OpenAI-compatible server that gives these replies turn by turn; its address, and what
    it was asked, headers included."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({**body, "path": self.path, "auth": self.headers["Authorization"]})
            turn = sum(message["role"] == "assistant" for message in body["messages"])
            message = {"role": "assistant", "content": replies[min(turn, len(replies) - 1)]}
            data = json.dumps({"choices": [{"index": 0, "message": message}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def faced(
    bot: bots.Bot, *, repeat: int = 1, seconds: float = 20, personas: tuple[Persona, ...] = (DANA,)
) -> Report:
    plan = facing.suite(
        bot,
        {"engine": "bot"},
        {one.id: one for one in personas},
        RUBRIC,
        llm.seats({}),
        intensities=["standard"],
        seconds=seconds,
    )
    run = asyncio.run(runs.run(plan, repeat=repeat))
    assert not run.failed
    return facing.report(run)


def test_a_good_bot_over_http_wins_the_customer_over() -> None:
    with serving(*GOOD) as (url, asked):
        report = faced(bots.at_url(url, "my-bot", "sk-abcdefghijkl"))
    assert report.figures["pass^1"].value == 1
    assert report.figures["answered"].value == 1
    assert (report.figures["score/late_gift"].value or 0) > 60
    assert report.details["outcomes"] == {"resolved": 1}
    assert {(a["path"], a["model"], a["auth"]) for a in asked} == {
        ("/v1/chat/completions", "my-bot", "Bearer sk-abcdefghijkl")
    }


def test_a_bot_is_told_what_a_trainee_is_told_and_nothing_more() -> None:
    with serving(*GOOD) as (url, asked):
        faced(bots.at_url(url, "m"))
    scenario, first = DANA.scenarios["birthday"], asked[0]["messages"]
    assert [message["role"] for message in first] == ["system", "user"]
    assert [message["role"] for message in asked[1]["messages"]][1:] == [
        "user",
        "assistant",
        "user",
    ]
    told = first[0]["content"]
    assert all(line in told for line in (*scenario.brief.record, *scenario.brief.may_offer))
    for secret in (scenario.happened, *(h.fact for h in scenario.hides.values())):
        assert secret not in told
    assert asked[0]["auth"] is None


def test_a_rude_bot_does_not_pass_and_its_words_are_kept() -> None:
    with serving(RUDE) as (url, _):
        report = faced(bots.at_url(url, "m"))
    assert report.figures["pass^1"].value == 0
    assert report.figures["unflagged"].value == 0
    (miss,) = report.misses
    assert "flagged for insult" in miss.said
    (run,) = report.details["transcripts"]["late_gift/birthday/standard"]
    assert f"trainee: {RUDE}" in run["transcript"]
    assert Report.from_json(report.as_json()) == report


PLAIN = sorted(set(FAULTS) - HANGING - {"huge"})


async def _words(bot: bots.Bot) -> str:
    """What it said, or why it said nothing; an answer without words is one of those too."""
    try:
        return f"said: {await bots.ask(bot, [], 20)}"
    except bots.BotFailed as failed:
        return str(failed)


@pytest.mark.parametrize("name", PLAIN)
def test_whatever_a_server_does_ends_in_words_or_in_a_reason(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bots, "PAUSE", 0.01)
    key = keys()["openai"]
    with Stub() as stub:
        bot = bots.at_url(stub.url(name), name, key)
        said = asyncio.run(_words(bot))
        assert said
        assert key not in said
        assert not stub.stolen()
        assert stub.requests(key) <= 2


@pytest.mark.parametrize("name", ["never", "stall", "slow_headers", "trickle", "drip"])
def test_a_bot_that_hangs_has_failed_when_its_time_is_over(name: str) -> None:
    with Stub() as stub:
        report = faced(bots.at_url(stub.url(name), name), seconds=0.4)
    (miss,) = report.misses
    assert miss.said == "failed: no reply within 0.4 seconds"
    assert report.figures["answered"].value == 0
    assert report.figures["score"].value == 0
    assert report.details["failures"] == {"no reply within 0.4 seconds": 1}


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    with Stub() as stub:
        bot = bots.at_url(stub.url("huge"), "huge")
        with pytest.raises(bots.BotFailed, match="longer than 1,000,000 bytes"):
            asyncio.run(bots.ask(bot, [], 20))


def test_a_server_that_recovers_is_asked_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bots, "PAUSE", 0.01)
    with Stub() as stub:
        bot = bots.at_url(stub.url(), "e500_then_ok", "k")
        assert asyncio.run(bots.ask(bot, [], 20)) == stub.line
        assert stub.requests("k") == 2


@pytest.mark.parametrize("text", ["", "   ", "x" * 4_001])
def test_a_reply_that_cannot_be_taken_is_the_bots_failure(text: str) -> None:
    with serving(text) as (url, _):
        report = faced(bots.at_url(url, "m"))
    assert "failed: its reply cannot be taken" in report.misses[0].said


def test_markup_and_control_characters_of_a_bot_are_text() -> None:
    with serving("\x1b[31m[red]No.[/red] {{ 7*7 }} <script>alert(1)</script>\x00") as (url, _):
        report = faced(bots.at_url(url, "m"))
    assert "\x1b" not in report.units[0].text
    assert "[red]No.[/red] {{ 7*7 }} <script>" in report.units[0].text


# ------------------------------------------------------------------ functions

BOTS = """
import asyncio, threading, time

GOOD = {good!r}

def good(messages):
    return GOOD[min(sum(m["role"] == "assistant" for m in messages), len(GOOD) - 1)]

async def good_later(messages):
    await asyncio.sleep(0.001)
    return good(messages)

class Bot:
    async def __call__(self, messages):
        return good(messages)

instance = Bot()

def sometimes(messages):
    return good(messages) if messages[1]["content"].startswith("Two days") else {rude!r}

def broken(messages):
    raise RuntimeError("no quota for sk-abcdefghijklmnop")

def leaves(messages):
    raise SystemExit(3)

async def cancelled(messages):
    raise asyncio.CancelledError

def number(messages):
    return 42

def sleeper(messages):
    time.sleep(30)

async def blocker(messages):
    time.sleep(30)

text = "not a function"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "mybots.py").write_text(BOTS.format(good=GOOD, rude=RUDE))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    sys.modules.pop("mybots", None)


@pytest.mark.parametrize("name", ["good", "good_later", "instance"])
def test_a_function_may_be_plain_or_async(folder: Path, name: str) -> None:
    report = faced(bots.at_function(f"mybots:{name}"))
    assert report.figures["pass^1"].value == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("broken", "it raised RuntimeError: no quota for "),
        ("leaves", "it raised RuntimeError: SystemExit"),
        ("cancelled", "it raised RuntimeError: cancelled"),
        ("number", "it returned int, not text"),
        ("sleeper", "no reply within 0.3 seconds"),
        ("blocker", "no reply within 0.3 seconds"),
    ],
)
def test_whatever_a_function_does_ends_in_a_reason(folder: Path, name: str, why: str) -> None:
    report = faced(bots.at_function(f"mybots:{name}"), seconds=0.3)
    (failure,) = report.details["failures"]
    assert failure.startswith(why)
    assert "abcdefghijklmnop" not in json.dumps(report.as_json())


def test_pass_hat_k_asks_that_all_runs_pass(folder: Path) -> None:
    report = faced(bots.at_function("mybots:sometimes"), repeat=4)
    assert report.figures["pass^1"].value == pytest.approx(0.5)
    assert report.figures["pass^2"].value == pytest.approx(1 / 6)
    assert report.figures["pass^4"].value == 0
    assert report.units[0].score == pytest.approx(0.5)
    assert len(report.units[0].scores) == 4


@pytest.mark.parametrize(
    ("passed", "k", "chance"),
    [
        ([True, True], 2, 1.0),
        ([True, False], 1, 0.5),
        ([True, False], 2, 0.0),
        ([True, True, True, False], 2, 0.5),
        ([True], 2, None),
    ],
)
def test_pass_hat_k_is_counted_without_putting_back(
    passed: list[bool], k: int, chance: float | None
) -> None:
    assert facing.pass_hat(passed, k) == chance


# ------------------------------------------------------------------ the command


def hotseat(*arguments: str) -> Any:
    return CliRunner().invoke(cli.app, ["eval", "agent", *arguments])


def test_the_command_faces_a_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(bots.KEY, "sk-0123456789abcdef")
    with serving(*GOOD) as (url, asked):
        given = ("--url", url, "--model", "mine", "--personas", "late_gift", "--json")
        found = json.loads(hotseat(*given, "--repeat", "2").stdout)
    assert found["figures"]["pass^2"]["value"] == 1
    assert found["config"]["engine"] == "mine"
    assert asked[0]["auth"] == "Bearer sk-0123456789abcdef"
    assert "0123456789abcdef" not in json.dumps(found)


def test_a_run_of_a_bot_goes_on_and_asks_nothing_twice(tmp_path: Path) -> None:
    journal = str(tmp_path / "run.jsonl")
    given = ("--model", "m", "--personas", "late_gift", "--json", "--resume", journal)
    with serving(*GOOD) as (url, asked):
        one = json.loads(hotseat("--url", url, *given).stdout)
        count = len(asked)
        other = json.loads(hotseat("--url", url, *given).stdout)
        assert len(asked) == count
    assert one["hash"] == other["hash"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((), "one bot is needed"),
        (("--url", "http://x/v1", "--callable", "a:b", "--model", "m"), "one bot is needed"),
        (("--url", "http://x/v1"), "which model answers there?"),
        (("--url", "http://x/v1", "--model", ""), "which model answers there?"),
        (("--url", "x/v1", "--model", "m"), "is not an address"),
        (("--url", "http://me:secret@x/v1", "--model", "m"), "holds a name or a key"),
        (("--callable", "nowhere_at_all:bot"), "there is no 'nowhere_at_all:bot'"),
        (("--callable", "json"), "there is no 'json'"),
        (("--callable", "json:decoder"), "cannot be called"),
        (("--callable", "json:dumps", "--personas", "late_gif"), "did you mean 'late_gift'"),
        (("--callable", "json:dumps", "--intensities", "loud"), "there is no intensity 'loud'"),
    ],
)
def test_what_cannot_run_says_why(given: tuple[str, ...], why: str) -> None:
    result = hotseat(*given)
    assert result.exit_code == 2
    assert why in result.output


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("def reply(", "SyntaxError"),
        ("{}['shop']", "KeyError: 'shop'"),
        ("raise RuntimeError('no sk-abcdefghijklmnop')", "RuntimeError: no [hidden]"),
        ("import sys; sys.exit(0)", "SystemExit: 0"),
    ],
)
def test_a_module_that_cannot_be_imported_is_never_green(folder: Path, code: str, why: str) -> None:
    (folder / "wrongbot.py").write_text(code)
    sys.modules.pop("wrongbot", None)
    result = hotseat("--callable", "wrongbot:reply", "--personas", "late_gift")
    assert result.exit_code == 2
    assert why in result.output
    assert "Traceback" not in result.output


def test_what_a_bot_prints_stays_out_of_the_json(folder: Path) -> None:
    (folder / "chattybot.py").write_text(
        "def reply(messages):\n    print('hm')\n    return 'Hm.'\n"
    )
    result = hotseat("--callable", "chattybot:reply", "--personas", "late_gift", "--json")
    assert json.loads(result.stdout)["suite"] == "agent"
    assert "hm" in result.stderr


def test_a_function_that_never_returns_does_not_keep_the_program(folder: Path) -> None:
    given = ["--callable", "mybots:sleeper", "--personas", "late_gift", "--timeout", "0.2"]
    done = subprocess.run(
        [sys.executable, "-m", "hotseat", "eval", "agent", *given, "--json"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=25,
        check=True,
    )
    assert json.loads(done.stdout)["figures"]["answered"]["value"] == 0


def test_addresses_are_taken_as_other_clients_take_them() -> None:
    with serving(*GOOD) as (url, asked):
        for address in (url, f"{url}/", f"{url}/chat/completions"):
            asyncio.run(bots.ask(bots.at_url(address, "m"), [], 20))
        assert {one["path"] for one in asked} == {"/v1/chat/completions"}
        asyncio.run(bots.ask(bots.at_url(f"{url}?api-version=1", "m"), [], 20))
    assert asked[-1]["path"] == "/v1/chat/completions?api-version=1"
    with pytest.raises(SettingError):
        bots.at_url("ftp://x", "m")
