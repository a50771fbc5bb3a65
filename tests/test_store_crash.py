"""Real processes, really killed: a turn that was accepted is there afterwards, whole."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from test_store import a_record, a_turn, a_whole_step, address

import hotseat
from hotseat.domain import Record, Step
from hotseat.store import Store

pytestmark = pytest.mark.anyio

ROUNDS = 5
TALKER = """
import asyncio, sys
from hotseat.domain import Record, Turn
from hotseat.store import Store

async def talk(url, turns):
    record = Record.model_validate_json(sys.stdin.read())
    reply = record.steps[0]
    store = await Store.open(url, wait=20)
    await store.begin(record)
    for index in range(turns):
        turn = Turn(id=f"t{index}", number=index + 1, speaker="trainee", text=f"{index} " * 400)
        await store.hear(record.id, turn)
        print(turn.id, flush=True)
        await store.save_step(record.id, index + 1, reply.model_copy(update={"trainee": turn}))
    await store.close()

asyncio.run(talk(sys.argv[1], int(sys.argv[2])))
"""
"""Begins the record on its standard input, then talks on, answered each time as in the record's
first step; prints each turn id once it is committed."""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def talker(folder: Path, record: Record, turns: int) -> subprocess.Popen[str]:
    """Start a process that talks."""
    process = subprocess.Popen(
        [sys.executable, "-c", TALKER, address(folder), str(turns)],
        env={**os.environ, "PYTHONPATH": str(Path(hotseat.__file__).parent.parent)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    process.stdin.write(record.model_dump_json())
    process.stdin.close()
    return process


def with_a_first_step(record_id: str) -> Record:
    return a_record(record_id, steps=(a_whole_step(a_turn("first")),))


async def test_every_turn_that_was_accepted_survives_kill_9(tmp_path: Path) -> None:
    for number in range(ROUNDS):
        process = talker(tmp_path, with_a_first_step(f"r{number}"), turns=10_000)
        assert process.stdout
        with process.stdout as stdout:
            printed = [stdout.readline().strip()]
            time.sleep(random.uniform(0.02, 0.25))
            process.kill()
            printed += stdout.read().split()
        process.wait()
        assert len(printed) > 1

        with closing(sqlite3.connect(tmp_path / "records.sqlite")) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        store = await Store.open(address(tmp_path))
        record = await store.load(f"r{number}", "sam")
        heard = {step.trainee.id: step.trainee.text for step in record.steps[1:]}
        assert set(printed) <= set(heard)
        assert len(heard) <= len(printed) + 1, "at most the turn under way was not yet announced"
        assert all(text == f"{id[1:]} " * 400 for id, text in heard.items())
        assert await store.hear(record.id, a_turn("after the crash"))
        await store.close()


async def test_two_processes_lose_nothing_to_each_other(tmp_path: Path) -> None:
    processes = [talker(tmp_path, with_a_first_step(f"r{number}"), turns=20) for number in range(2)]
    for process in processes:
        assert process.stdout
        with process.stdout as stdout:
            assert len(stdout.read().split()) == 20
        assert process.wait() == 0
    store = await Store.open(address(tmp_path))
    records = await store.history("sam")
    assert sorted(len(record.steps) for record in records) == [21, 21]
    await store.close()


async def test_thirty_two_writers_on_four_stores_lose_nothing(tmp_path: Path) -> None:
    stores = [await Store.open(address(tmp_path), wait=20) for _ in range(4)]

    async def practise(number: int) -> None:
        store, record = stores[number % 4], a_record(f"r{number}")
        await store.begin(record)
        for index in range(5):
            turn = a_turn(f"t{index}", f"writer {number}, turn {index}")
            assert await store.hear(record.id, turn)
            await store.save_step(record.id, index, a_whole_step(turn))

    await asyncio.gather(*(practise(number) for number in range(32)))
    for record in await stores[0].history("sam"):
        number = record.id[1:]
        assert record.steps == tuple(
            a_whole_step(a_turn(f"t{index}", f"writer {number}, turn {index}"))
            for index in range(5)
        )
    assert len(await stores[0].history("sam")) == 32
    for store in stores:
        await store.close()


async def test_one_turn_sent_through_four_stores_at_once_is_stored_once(tmp_path: Path) -> None:
    stores = [await Store.open(address(tmp_path), wait=20) for _ in range(4)]
    await stores[0].begin(a_record())
    heard = await asyncio.gather(*(store.hear("r1", a_turn()) for store in stores))
    assert sorted(heard) == [False, False, False, True]
    assert (await stores[0].load("r1", "sam")).steps == (Step(trainee=a_turn()),)
    for store in stores:
        await store.close()
