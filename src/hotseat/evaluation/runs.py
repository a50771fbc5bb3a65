"""Running a suite: every case once a repeat, at most so many at a time, each kept as it ends.

A suite is a set of stable case ids and what to do with one. pydantic-evals runs them; what it
does not have is here: a journal to go on from, shards, and a hash that says two runs agree.
Each repeat of a case is one pydantic-evals `Case`, so that a run can go on in the middle of one.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from ..domain import Call, Noun
from ..errors import SettingError
from ..llm import tape
from ..llm.faults import redact
from .journal import Done, Journal, Key, gather
from .report import Ran, results_hash

T = TypeVar("T")

Watch = Callable[[Done, int, int, float], None]
"""Told of every finished case: the case, how many are in, how many there are, cost so far in US
dollars at list price."""


@dataclass(frozen=True)
class Suite(Generic[T]):
    """Something to evaluate. `cases` maps stable ids to inputs; `task` takes an input and the
    number of the repeat (from 1: a seed, if it needs one) and returns a frozen result and the
    model calls it took. `config` is all that decides results, as words and fingerprints: two
    runs with the same configuration may be joined. Raise `version` when the meaning of results
    changes."""

    name: str
    version: int
    cases: Mapping[str, T]
    task: Callable[[T, int], Awaitable[tuple[Noun, Sequence[Call]]]]
    config: Mapping[str, str]


class Shard(NamedTuple):
    """Part `number` of `of`, both from 1. A case belongs to one part, by its id alone."""

    number: int
    of: int

    def holds(self, case: str) -> bool:
        return int(hashlib.sha256(case.encode()).hexdigest()[:12], 16) % self.of == self.number - 1


WHOLE = Shard(1, 1)


@dataclass(frozen=True)
class Run:
    """What came of a suite: `done` by case and repeat in the suite's order, `missing` what is not
    in (in another shard, or failed), `failed` why by case."""

    config: Mapping[str, str]
    done: Mapping[Key, Done]
    missing: Sequence[Key]
    failed: Mapping[str, str]
    seconds: float

    @property
    def told(self) -> Ran:
        """What was run, for a report."""
        return Ran(
            config=dict(self.config),
            cases=len({case for case, _ in (*self.done, *self.missing)}),
            missing=len(self.missing),
            failed=dict(self.failed),
            repeat=int(self.config["repeat"]),
            cost=spent(self.done.values()),
            seconds=round(self.seconds, 2),
            hash=results_hash(self.config, {key: one.result for key, one in self.done.items()}),
        )


def shard(text: str) -> Shard:
    """A shard from words such as "2/4". Raises SettingError."""
    if found := re.fullmatch(r"(\d{1,4})/(\d{1,4})", text.strip()):
        number, of = int(found[1]), int(found[2])
        if 1 <= number <= of:
            return Shard(number, of)
    raise SettingError(
        f"{text!r} is not a shard", place="--shard", fix="write i/n, such as 1/4 for the first"
    )


def config_of(suite: Suite[Any], repeat: int) -> dict[str, str]:
    """Everything that decides a run's results, the ids of its cases included."""
    ids = hashlib.sha256("\n".join(sorted(suite.cases)).encode()).hexdigest()
    own = {"suite": suite.name, "version": str(suite.version), "repeat": str(repeat), "cases": ids}
    return {**suite.config, **own}


async def run(
    suite: Suite[T],
    *,
    journals: Sequence[Path] = (),
    repeat: int = 1,
    max_concurrency: int = 4,
    part: Shard = WHOLE,
    watch: Watch | None = None,
) -> Run:
    """Run what is not in the journals yet; what ends is appended to the first of them.

    Several journals are those of shards, read together. Cancelling keeps what is done. A task
    that raises fails its case alone, which the journal then lacks and a later run makes up for.
    Raises SettingError for a journal of another configuration.
    """
    started, config = time.perf_counter(), config_of(suite, repeat)
    done = gather(journals, config)
    keys = [(case, number) for case in suite.cases for number in range(1, repeat + 1)]
    mine = [key for key in keys if part.holds(key[0])]
    pending = [key for key in mine if key not in done]
    journal = Journal(journals[0], config) if journals else None
    count, cost = len(mine) - len(pending), spent(done.values()) or 0.0

    async def one(key: Key) -> None:
        nonlocal count, cost
        case, number = key
        began = time.perf_counter()
        with tape.case(f"{case} #{number}"):
            result, calls = await suite.task(suite.cases[case], number)
        finished = Done(
            case=case,
            repeat=number,
            result=result.model_dump(mode="json"),
            calls=tuple(calls),
            seconds=round(time.perf_counter() - began, 3),
        )
        if journal:
            journal.add(finished)
        done[key] = finished
        count, cost = count + 1, cost + (spent([finished]) or 0.0)
        if watch:
            watch(finished, count, len(mine), cost)

    try:
        failed = await _evaluate(suite.name, pending, one, max_concurrency) if pending else {}
    finally:
        if journal:
            journal.close()
    return Run(
        config=config,
        done={key: done[key] for key in keys if key in done},
        missing=[key for key in keys if key not in done],
        failed=failed,
        seconds=time.perf_counter() - started,
    )


async def _evaluate(
    name: str, pending: Sequence[Key], one: Callable[[Key], Awaitable[None]], at_once: int
) -> dict[str, str]:
    """Hand the keys to pydantic-evals; what raised, by case, with nothing like a key in it."""
    from pydantic_evals import Case, Dataset

    cases = [Case[Key, None, None](name=f"{case} #{n}", inputs=(case, n)) for case, n in pending]
    dataset = Dataset[Key, None, None](name=name, cases=cases)
    report = await dataset.evaluate(one, max_concurrency=at_once, progress=False)
    return {failure.inputs[0]: redact(failure.error_message) for failure in report.failures}


def spent(done: Iterable[Done]) -> float | None:
    """US dollars at list price over finished cases; None where no call had a price."""
    costs = [call.cost for one in done for call in one.calls if call.cost is not None]
    return sum(costs) if costs else None
