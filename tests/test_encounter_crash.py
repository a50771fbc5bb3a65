"""`kill -9` in the middle of a turn: the trainee's words are there and the encounter goes on."""

import asyncio
import os
import signal
import subprocess
import sys

from hotseat import debrief, encounter, llm
from hotseat.domain import Verdict
from hotseat.store import Store

WORDS = "I am sorry about the two days. When do you need it in your hands?"

HANGING = f"""
import asyncio, sys
from hotseat import catalog, encounter, llm
from hotseat.store import Store

class Hanging(llm.Seat):
    def model(self, brief, attempt=0):
        import time
        print("heard", flush=True)
        time.sleep(60)

async def main():
    store = await Store.open(sys.argv[1])
    seats = llm.Seats(Hanging("embedded"), llm.Seat())
    record = encounter.begin(
        catalog.persona("late_gift"), "birthday", "standard",
        catalog.rubric("service_recovery"), trainee="t", seats=seats, seed=1,
    )
    await store.begin(record)
    async for _ in encounter.turn(record, {WORDS!r}, seats=seats, keep=store):
        pass

asyncio.run(main())
"""


COACHING = HANGING.replace(
    'Hanging("embedded"), llm.Seat()', 'llm.Seat(), llm.Seat(), Hanging("a/coach", "coach")'
)
"""The same, hanging in the coach: after the verdict."""


async def go_on(url):
    store = await Store.open(url)
    left = await store.current("t")
    events = [e async for e in encounter.resume(left, seats=llm.seats({}), keep=store)]
    again = await store.load(left.id, "t")
    await store.close()
    return left, events, again


def kill_in_the_middle(program, url):
    child = subprocess.Popen(
        [sys.executable, "-c", program, url], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout.readline() == "heard\n"
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()


def test_a_turn_cut_off_by_kill_nine_is_answered_after_the_restart(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'crash.sqlite'}"
    kill_in_the_middle(HANGING, url)
    left, events, again = asyncio.run(go_on(url))
    assert left.steps[-1].trainee.text == WORDS
    assert left.steps[-1].customer is None
    assert isinstance(events[-1], encounter.Graded)
    assert again == events[-1].record
    assert again.steps[-1].customer.text


def test_a_kill_between_verdict_and_coaching_loses_nothing(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'crash.sqlite'}"
    kill_in_the_middle(COACHING, url)
    left, events, again = asyncio.run(go_on(url))
    step = left.steps[-1]
    assert isinstance(step.verdict, Verdict)
    assert step.customer.text
    assert step.settled
    assert events == []
    assert again == left
    assert debrief.debrief(again, {}).priority.try_instead
