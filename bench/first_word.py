"""What the layers add to the customer's first word, with a judge grading at the same time.

Run: make bench. A stub on this machine answers after 300 ms and then every 10 ms a token. The
time to the first word of a whole turn (stored, read, spoken, graded) stands beside the stub's
own and that of a bare httpx client, taken in turns in the same run; litellm is warm. The aim: at
most 1.05 times the stub's own time plus 20 ms, and the same without a judge or with two.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from stub import Asked, Stub, warm

from hotseat import catalog, encounter, llm, mood
from hotseat.domain import Answer, Answers, Persona, Rubric
from hotseat.store import Store

RUNS = 11
FIRST, TOKEN = 0.3, 0.01
REPLY = "I am so sorry, Dana. We promised Tuesday and it is Thursday. I can refund it today."


def all_no(persona: Persona, rubric: Rubric) -> str:
    """A judge's answer that is complete: nothing was due."""
    answers = [
        Answer(criterion=c.id, due=False, checks={check.id: False for check in c.checks})
        for c in rubric.criteria
    ]
    signs = dict.fromkeys(mood.signs(persona, persona.scenarios["birthday"]), False)
    return Answers(answers=tuple(answers), signs=signs).model_dump_json()


async def bare(url: str, client: httpx.AsyncClient, body: dict[str, object]) -> float:
    """Seconds to the first word for the same request without any layer of ours."""
    start = time.perf_counter()
    async with client.stream("POST", f"{url}/chat/completions", json=body) as response:
        took = 0.0
        async for line in response.aiter_lines():
            if line.startswith("data: {"):
                choices = json.loads(line[6:])["choices"]
                if not took and choices and choices[0]["delta"].get("content"):
                    took = time.perf_counter() - start
    return took


async def turn(seats: llm.Seats, store: Store, persona: Persona, rubric: Rubric) -> float:
    """Seconds to the first word of one whole turn of an encounter."""
    record = encounter.begin(
        persona, "birthday", "standard", rubric, trainee="bench", seats=seats, seed=1
    )
    await store.begin(record)
    start, took = time.perf_counter(), 0.0
    async for event in encounter.turn(record, REPLY, seats=seats, keep=store):
        if isinstance(event, encounter.Delta) and not took:
            took = time.perf_counter() - start
    return took


def last_customer(stub: Stub) -> Asked:
    return next(asked for asked in reversed(stub.asked) if asked.body.get("stream"))


async def main() -> None:
    persona, rubric = catalog.persona("late_gift"), catalog.rubric("service_recovery")
    took: dict[str, list[float]] = {"stub": [], "httpx": [], "alone": [], "graded": [], "twice": []}
    with Stub(first=FIRST, token=TOKEN, arguments=all_no(persona, rubric)) as stub:
        url = stub.url()
        seat = llm.Seat("openai/ok", "customer", url=url)
        judge = llm.Seat("openai/ok", "judge", url=url, deadlines=llm.DEADLINES["judge"])
        second = dataclasses.replace(judge, role="second_judge")
        alone, graded = llm.Seats(seat, llm.Seat(role="judge")), llm.Seats(seat, judge)
        twice = llm.Seats(seat, judge, second_judge=second)
        async with httpx.AsyncClient(timeout=30) as client:
            with tempfile.TemporaryDirectory() as folder:
                store = await Store.open(f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite'}")
                for run in range(RUNS + 1):
                    one = await turn(graded, store, persona, rubric)
                    asked = last_customer(stub)
                    two = await turn(alone, store, persona, rubric)
                    three = await bare(url, client, asked.body)
                    four = await turn(twice, store, persona, rubric)
                    if run:  # the first opens the connections
                        took["stub"].append(asked.first_after)
                        took["graded"].append(one)
                        took["alone"].append(two)
                        took["httpx"].append(three)
                        took["twice"].append(four)
                await store.close()
    middle = {name: statistics.median(times) for name, times in took.items()}
    for name, label in (
        ("stub", "the stub itself"),
        ("httpx", "bare httpx client"),
        ("alone", "a turn, embedded judge"),
        ("graded", "a turn, model judge"),
        ("twice", "a turn, two judges"),
    ):
        seconds = middle[name]
        print(
            f"{label:23} {seconds * 1000:6.1f} ms   {seconds / middle['stub']:5.3f} x the stub"
            f"   {seconds / middle['httpx']:5.3f} x bare httpx"
        )
    limit = 1.05 * middle["stub"] + 0.02
    verdict = "within" if middle["graded"] <= limit else "OVER"
    print(f"{'aim':23} {limit * 1000:6.1f} ms   {verdict} (1.05 x the stub + 20 ms)")


if __name__ == "__main__":
    os.environ.setdefault("OPENAI_API_KEY", "bench")
    warm()
    asyncio.run(main())
