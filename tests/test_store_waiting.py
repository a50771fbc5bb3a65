"""Replies that wait to be graded again: queued with what they lack, graded by one at a time."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import playing
import pytest

from hotseat.domain import Record, Step, Turn, Ungraded, Verdict
from hotseat.errors import NotFound
from hotseat.store import Store
from hotseat.store.waiting import FIRST, JITTER, LEASE, LONGEST, TRIES, pause

pytestmark = pytest.mark.anyio

BUSY = Ungraded(reason="the model is over its rate limit", engine="m", passing=True)
VERDICT = Verdict(grades={}, engine="m", rubric="r")
LATER = timedelta(hours=3)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(playing.url(tmp_path))
    yield store
    await store.close()


async def ungraded(store: Store, why: Ungraded = BUSY) -> Record:
    """A stored encounter whose only reply has no grade."""
    record = playing.begun()
    heard = Turn(id=f"{record.id}:1", number=2, speaker="trainee", text="Hello Dana.")
    await store.begin(record)
    await store.hear(record.id, heard)
    await store.save_step(record.id, 0, Step(trainee=heard, verdict=why))
    return await store.load(record.id, None)


def now() -> datetime:
    return datetime.now(UTC)


def rows(folder: Path, columns: str = "position, tries, due") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "records.sqlite")) as file:
        return file.execute(f"select {columns} from waiting").fetchall()


def test_waits_double_from_half_a_minute_to_an_hour() -> None:
    waits = [pause(tries, None, 0.0) for tries in range(TRIES)]
    assert waits == [30, 60, 120, 240, 480, 960, 1920, LONGEST]
    assert pause(0, None, 1.0) == FIRST * (1 + JITTER)


def test_a_reply_is_never_due_before_the_judge_may_be_asked() -> None:
    assert pause(0, 3600.0, 0.0) == 3600
    assert pause(0, 1.0, 0.0) == FIRST


async def test_what_may_pass_is_queued_and_due_after_a_while(store: Store) -> None:
    record = await ungraded(store)
    assert await store.waiting.claim(now(), 4) == []
    soon = now() + timedelta(seconds=FIRST * (1 + JITTER) + 1)
    assert await store.waiting.claim(soon, 4) == [(record.id, 0)]


async def test_a_time_the_judge_named_is_kept_to(store: Store) -> None:
    await ungraded(store, BUSY.model_copy(update={"retry_after": 3600.0}))
    assert await store.waiting.claim(now() + timedelta(minutes=59), 4) == []
    assert len(await store.waiting.claim(now() + timedelta(minutes=61), 4)) == 1


async def test_what_will_not_pass_is_not_queued(store: Store, tmp_path: Path) -> None:
    await ungraded(store, Ungraded(reason="the provider did not accept the key", engine="m"))
    assert rows(tmp_path) == []


async def test_a_verdict_leaves_the_queue(store: Store, tmp_path: Path) -> None:
    record = await ungraded(store)
    assert len(rows(tmp_path)) == 1
    step = record.steps[0].model_copy(update={"verdict": VERDICT})
    await store.save_step(record.id, 0, step)
    assert rows(tmp_path) == []


async def test_a_reply_refused_by_the_database_is_not_half_queued(
    store: Store, tmp_path: Path
) -> None:
    record = await ungraded(store)
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as file, file:
        file.execute("delete from waiting")
        file.execute(
            "create trigger no before insert on waiting begin select raise(abort, 'x');end"
        )
        file.execute("update steps set verdict = null")
    with pytest.raises(Exception, match="refused"):
        await store.save_step(record.id, 0, record.steps[0])
    assert (await store.load(record.id, None)).steps[0].verdict is None


async def test_two_processes_never_hold_the_same_reply(store: Store, tmp_path: Path) -> None:
    await ungraded(store)
    await ungraded(store)
    other = await Store.open(playing.url(tmp_path))
    claims = [at.waiting.claim(now() + LATER, 1) for at in (store, other) * 4]
    found = [place for places in await asyncio.gather(*claims) for place in places]
    await other.close()
    assert len(found) == len(set(found)) == 2


async def test_a_lease_runs_out_and_the_queue_survives_a_restart(
    store: Store, tmp_path: Path
) -> None:
    record = await ungraded(store)
    at = now() + LATER
    assert len(await store.waiting.claim(at, 4)) == 1
    other = await Store.open(playing.url(tmp_path))
    assert await other.waiting.claim(at + LEASE / 2, 4) == []
    assert await other.waiting.claim(at + 2 * LEASE, 4) == [(record.id, 0)]
    await other.close()


async def test_a_lease_is_renewed_while_somebody_is_at_it_and_given_back_after(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotseat.store.waiting.LEASE", timedelta(seconds=0.3))
    record = await ungraded(store)
    assert await store.waiting.lease(record.id, 0)
    (first,) = rows(tmp_path, "leased_until")
    async with store.waiting.holding(record.id, 0):
        while rows(tmp_path, "leased_until") == [first]:
            await asyncio.sleep(0.02)
    assert rows(tmp_path, "leased_until") == [(None,)]


async def test_a_reply_in_no_queue_can_be_leased_by_hand(store: Store) -> None:
    record = await ungraded(store, Ungraded(reason="no key", engine="m"))
    assert await store.waiting.lease(record.id, 0)
    assert not await store.waiting.lease(record.id, 0)
    assert await store.waiting.claim(now() + LATER, 4) == []


async def test_after_the_last_try_a_reply_is_left_to_a_person(store: Store) -> None:
    record = await ungraded(store)
    at, tries = now(), 0
    for _ in range(20):
        at += LATER
        for place in await store.waiting.claim(at, 4):
            tries += 1
            await store.save_step(*place, record.steps[0])
    assert tries == TRIES
    assert await store.waiting.lease(record.id, 0)


async def test_a_reply_that_takes_its_grader_down_is_not_taken_up_again_at_once(
    store: Store,
) -> None:
    await ungraded(store)
    at, tries = now() + LATER, 0
    for _ in range(200):
        at += 2 * LEASE
        tries += len(await store.waiting.claim(at, 4))
    assert tries == TRIES


async def test_the_first_verdict_stays_with_the_mood_it_settled(store: Store) -> None:
    record = await ungraded(store)
    first = record.steps[0].model_copy(update={"verdict": VERDICT})
    await store.save_step(record.id, 0, first)
    second = first.model_copy(update={"verdict": VERDICT.model_copy(update={"engine": "other"})})
    await store.save_step(record.id, 0, second)
    assert (await store.load(record.id, None)).steps[0] == first


async def test_a_deleted_encounter_leaves_the_queue(store: Store, tmp_path: Path) -> None:
    record = await ungraded(store)
    await store.delete(record.id)
    assert rows(tmp_path) == []
    with pytest.raises(NotFound):
        await store.load(record.id, None)
