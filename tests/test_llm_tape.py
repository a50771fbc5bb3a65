"""Recordings: the same question gets the same answer and asks nobody; another gets none."""

from __future__ import annotations

import asyncio
import json
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from recording import MODEL, record
from stub import Stub, keys
from typer.testing import CliRunner

from hotseat import catalog, cli, encounter, prompts
from hotseat.domain import Record
from hotseat.errors import SeatError, SettingError
from hotseat.evaluation import judging, runs
from hotseat.evaluation.grading import seat_for
from hotseat.evaluation.recordings import recorded, recording
from hotseat.evaluation.simulate import Unkept
from hotseat.llm import Seat, Seats
from hotseat.llm.tape import MISSED, Tape, case

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "evals" / "gold" / "encounters.jsonl"

pytestmark = pytest.mark.xdist_group("tape")


@pytest.fixture(scope="module")
def tape(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, runs.Run]:
    """The judge on one gold encounter, recorded, and what came of it."""
    path = tmp_path_factory.mktemp("tape") / "judge.jsonl"
    return path, record(path, GOLD, 1)


def replayed(path: Path, seat: Seat | None = None) -> runs.Run:
    rubric = catalog.rubric("service_recovery")
    seat = replace(seat or seat_for("judge", MODEL, {}), tape=recorded(path))
    plan, _ = judging.suite(GOLD, rubric, seat)
    asked = {name.removesuffix(" #1") for name in recorded(path).cases}
    cases = {id: turn for id, turn in plan.cases.items() if id in asked}
    return asyncio.run(runs.run(replace(plan, name="replay", cases=cases)))


def test_a_replay_gives_every_answer_again_and_asks_nobody(
    tape: tuple[Path, runs.Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*given: object, **_: object) -> Any:
        raise AssertionError(f"asked somebody: {given}")

    path, live = tape
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    found = replayed(path)
    assert not found.failed
    assert {key: one.result for key, one in found.done.items()} == {
        key: one.result for key, one in live.done.items()
    }
    assert not any(one.calls for one in found.done.values())
    assert any(one.calls for one in live.done.values())


def test_an_answer_that_had_to_be_mended_is_mended_again(tape: tuple[Path, runs.Run]) -> None:
    path, _ = tape
    lines = [json.loads(line) for line in path.read_text().splitlines()[1:]]
    first = [line for line in lines if line["case"] == lines[0]["case"]]
    assert len(first) == 2
    assert first[0]["answer"]["parts"][0]["arguments"] == "{}"
    assert not replayed(path).failed


def test_the_command_records_and_replays_to_the_same_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold, tape = tmp_path / "gold.jsonl", tmp_path / "tape.jsonl"
    gold.write_text(GOLD.read_text().split("\n")[0] + "\n")
    given = ["eval", "judge", "--gold", str(gold), "--engine", MODEL, "--json"]
    with Stub() as stub:
        monkeypatch.setenv("HOTSEAT_JUDGE_URL", stub.url())
        monkeypatch.setenv("OPENAI_API_KEY", keys()["openai"])
        live = CliRunner().invoke(cli.app, [*given, "--record", str(tape)])
        asked = len(stub.asked)
    monkeypatch.delenv("OPENAI_API_KEY")
    again = CliRunner().invoke(cli.app, [*given, "--replay", str(tape)])
    assert again.exit_code == live.exit_code == 0, again.output
    one, other = json.loads(live.stdout), json.loads(again.stdout)
    assert one["hash"] == other["hash"]
    assert (one["cases"], asked) == (5, len(tape.read_text().splitlines()) - 1)
    assert other["cost"] is None


def test_another_judge_prompt_is_not_answered_and_the_file_is_named(
    tape: tuple[Path, runs.Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = tape
    render = prompts.render
    monkeypatch.setattr(
        "hotseat.judge.render",
        lambda name, **data: render(name, **data) + " Be kind." * (name == "judge_role.jinja"),
    )
    context = recorded(path).context
    monkeypatch.setattr(
        "hotseat.evaluation.recordings.context",
        lambda: {**context, "prompts/judge_role.jinja": "other"},
    )
    found = replayed(path)
    assert not found.done
    assert all(why.startswith(f"SeatError: {MISSED}") for why in found.failed.values())
    why = next(iter(found.failed.values()))
    assert "the part of the prompt that stays the same" in why
    assert "changed: prompts/judge_role.jinja" in why
    assert "--record" in why


def test_another_temperature_or_model_is_another_question(tape: tuple[Path, runs.Run]) -> None:
    path, _ = tape
    warm = replace(seat_for("judge", MODEL, {}), temperature=0.7)
    assert "the settings, such as the temperature changed" in str(replayed(path, warm).failed)
    other = seat_for("judge", "openai/other", {})
    assert "the model changed" in str(replayed(path, other).failed)


def test_a_case_that_was_never_recorded_is_named(tape: tuple[Path, runs.Run]) -> None:
    path, _ = tape
    with case("new/2 #1"), pytest.raises(SeatError, match="'new/2 #1' was never recorded"):
        recorded(path).find({"model": "m"})


def test_the_same_question_gets_its_answers_in_order(tmp_path: Path) -> None:
    tape = Tape(tmp_path / "t.jsonl", {}, replays=False)
    with case("a #1"):
        for said in ("one", "two"):
            tape.add({"model": "m"}, {"said": said})
    again = Tape(tmp_path / "t.jsonl", {}, replays=True)
    with case("a #1"):
        assert [again.find({"model": "m"})["said"] for _ in range(3)] == ["one", "two", "two"]


def test_a_customers_lines_are_streamed_again_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "customer.jsonl"
    persona, rubric = catalog.persona("late_gift"), catalog.rubric("service_recovery")

    async def play(seat: Seat) -> Record:
        seats = Seats(customer=seat, judge=Seat(role="judge"))
        begun = encounter.begin(
            persona, "birthday", "standard", rubric, trainee="t", seats=seats, seed=1
        )
        with case("late_gift #1"):
            async for event in encounter.turn(
                begun, "Where was it sent to, please?", seats=seats, keep=Unkept()
            ):
                begun = event.record
        return begun

    def line(found: Record) -> str:
        customer = found.steps[0].customer
        assert customer
        assert customer.engine == MODEL
        return customer.text

    said = "Two days late, and it is “naïve” me who waits 😀. Where is it?"
    with Stub(line=said) as stub:
        seat = Seat(MODEL, url=stub.url())
        live = asyncio.run(play(replace(seat, tape=recording(path))))
    again = asyncio.run(play(Seat(MODEL, tape=recorded(path))))
    assert line(again) == line(live) == said


def test_an_answer_that_was_cut_off_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"

    async def ask() -> None:
        from pydantic_ai import Agent

        with Stub() as stub:
            seat = Seat("openai/sever", url=stub.url(), tape=recording(path))
            async with Agent(seat.real_model()).run_stream("hello") as run:
                await run.get_output()

    with pytest.raises(Exception):  # noqa: B017, PT011
        asyncio.run(ask())
    assert len(path.read_text().splitlines()) == 1


@pytest.mark.parametrize("kind", keys())
def test_no_key_gets_into_a_recording(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys()[kind]
    monkeypatch.setenv("SOME_API_KEY", key)
    tape = Tape(tmp_path / "t.jsonl", {}, replays=False)
    tape.add({"model": "m"}, {"parts": [{"text": f"Your key is {key}, keep it."}]})
    assert key not in (tmp_path / "t.jsonl").read_text()


def test_a_whole_answer_of_the_judge_is_kept_as_it_is(tape: tuple[Path, runs.Run]) -> None:
    path, _ = tape
    assert "[hidden]" not in path.read_text()


def test_a_recording_goes_on_unless_the_prompts_are_others(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    Tape(path, {"prompts/a": "1"}, replays=False).add({"model": "m"}, {"said": "x"})
    Tape(path, {"prompts/a": "1"}, replays=False).add({"model": "m"}, {"said": "y"})
    assert len(path.read_text().splitlines()) == 3
    with pytest.raises(SettingError, match="prompts/a"):
        Tape(path, {"prompts/a": "2"}, replays=False)


def test_a_line_cut_by_a_crash_is_as_good_as_not_there(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    tape = Tape(path, {}, replays=False)
    tape.add({"model": "m"}, {"said": "x"})
    tape.add({"model": "n"}, {"said": "y"})
    path.write_text(path.read_text()[:-20])
    again = Tape(path, {}, replays=True)
    assert again.find({"model": "m"}) == {"said": "x"}
    with pytest.raises(SeatError):
        again.find({"model": "n"})
    Tape(path, {}, replays=False).add({"model": "o"}, {"said": "z"})
    whole = Tape(path, {}, replays=True)
    assert [whole.find({"model": name})["said"] for name in "mo"] == ["x", "z"]


def test_an_answer_with_odd_line_ends_is_one_line(tmp_path: Path) -> None:
    path, said = tmp_path / "t.jsonl", {"said": "one\u2028two\u0085three\x0cfour\r\nfive"}
    Tape(path, {}, replays=False).add({"model": "m"}, said)
    assert Tape(path, {}, replays=True).find({"model": "m"}) == said


@pytest.mark.parametrize("text", ["", "notes", "{}", '{"hotseat_eval": {}}'])
def test_a_file_that_is_no_recording_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(text)
    with pytest.raises(SettingError, match="no recording"):
        Tape(path, {}, replays=True)
    assert path.read_text() == text
