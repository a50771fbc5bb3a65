"""Makes evals/replays/judge.jsonl: `python tests/recording.py`, from the root of the checkout.

The judge of the recording is the stub server, and what it says is the embedded judge's answer to
the same turn: the whole path of a real model is recorded, and nothing of a model's quality.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stub import Stub

from hotseat import catalog
from hotseat.domain import Call
from hotseat.embedded.answers import answers
from hotseat.evaluation import judging, runs
from hotseat.evaluation.gold import Labelled
from hotseat.evaluation.grading import Graded, seat_for
from hotseat.evaluation.recordings import recording

ROOT = Path(__file__).parent.parent
MODEL = "openai/ok"


def record(path: Path, gold: Path, encounters: Sequence[str] | int = 3) -> runs.Run:
    """Record the judge on the first encounters of a gold file. The first turn is answered wrongly
    at first and mended, as models do."""
    rubric = catalog.rubric("service_recovery")
    with Stub() as stub:
        env = {"HOTSEAT_JUDGE_URL": stub.url(), "OPENAI_API_KEY": "none"}
        os.environ.setdefault("OPENAI_API_KEY", "none")
        seat = replace(seat_for("judge", MODEL, env), tape=recording(path))
        plan, turns = judging.suite(gold, rubric, seat)
        chosen = list(dict.fromkeys(turn.encounter for turn in turns))[:encounters]
        cases = {turn.id: turn for turn in turns if turn.encounter in chosen}

        async def task(turn: Labelled, number: int) -> tuple[Graded, Sequence[Call]]:
            said = answers(turn.brief).model_dump_json()
            stub.arguments, stub.mended = ("{}", said) if not stub.asked else (said, said)
            return await ask(turn, number)

        ask = plan.task
        plan = replace(plan, name="replay", cases=cases, task=task)
        return asyncio.run(runs.run(plan, max_concurrency=1))


if __name__ == "__main__":
    to = ROOT / "evals" / "replays" / "judge.jsonl"
    to.unlink(missing_ok=True)
    found = record(to, ROOT / "evals" / "gold" / "encounters.jsonl")
    print(f"{to}: {len(found.done)} turns, {len(found.failed)} failed")
