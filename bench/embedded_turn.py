"""What a newcomer waits for: `hotseat --help`, and one embedded turn, stored.

Run: make bench. Prints medians, and ratios against a baseline measured in the same run
(`python -c pass`; one committed row), since absolute times say more about the machine.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hotseat import catalog, encounter, llm
from hotseat.domain import Turn
from hotseat.reader import read
from hotseat.store import Store

RUNS = 9
REPLIES = 8
HEAVY = ("gradio", "litellm", "pandas", "pydantic_ai", "sqlalchemy")


def seconds(command: list[str]) -> float:
    """Median wall time of a process, in seconds."""
    took: list[float] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def help_time() -> None:
    bare = seconds([sys.executable, "-c", "pass"])
    shown = seconds([sys.executable, "-m", "hotseat", "--help"])
    trace = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "hotseat", "--help"],
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    loaded = {line.rsplit("|", 1)[-1].strip() for line in trace.splitlines()}
    heavy = [name for name in HEAVY if name in loaded]
    print(f"hotseat --help   {shown * 1000:6.0f} ms   {shown / bare:5.1f} x `python -c pass`")
    print(f"  heavy libraries imported by it: {', '.join(heavy) or 'none'}")


async def turn_time() -> None:
    persona = catalog.persona("late_gift")
    scenario = persona.scenarios["birthday"]
    rubric = catalog.rubric("service_recovery")
    seats = llm.seats({})
    phrases = list(scenario.phrases.values())
    whole: list[float] = []
    first: list[float] = []
    commit: list[float] = []
    reading: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite'}")
        for seed in range(RUNS):
            record = encounter.begin(
                persona, "birthday", "strong", rubric, trainee="bench", seats=seats, seed=seed
            )
            await store.begin(record)
            for number in range(REPLIES):
                if record.outcome:
                    break
                text = " ".join(phrases[(number * 2 + k) % len(phrases)] for k in range(2))
                start = time.perf_counter()
                read(text, after=record.transcript, fault="ours", policy=scenario.policy, signs={})
                reading.append(time.perf_counter() - start)
                start, spoke = time.perf_counter(), 0.0
                async for event in encounter.turn(record, text, seats=seats, keep=store):
                    record = event.record
                    if isinstance(event, encounter.Delta) and not spoke:
                        spoke = time.perf_counter() - start
                whole.append(time.perf_counter() - start)
                first.append(spoke)
        record = encounter.begin(
            persona, "birthday", "strong", rubric, trainee="bench", seats=seats, seed=0
        )
        await store.begin(record)
        for number in range(RUNS * 4):
            turn = Turn(id=f"b{number}", number=2, speaker="trainee", text="one row")
            start = time.perf_counter()
            await store.hear(record.id, turn)
            commit.append(time.perf_counter() - start)
        await store.close()
    base = statistics.median(commit)
    for label, took in (
        ("read a turn", reading),
        ("first word", first),
        ("whole turn", whole),
        ("one committed row", commit),
    ):
        middle = statistics.median(took)
        print(f"{label:18} {middle * 1000:6.1f} ms   {middle / base:5.1f} x one committed row")


if __name__ == "__main__":
    help_time()
    asyncio.run(turn_time())
