"""A sweep spread over several processes or machines, through a database that all of them reach.

Every worker is the same command with the same `--database`: each puts every case in the queue
under an id made of the configuration, the case and the repeat, so that a case is in it once however
many ask for it; each takes cases out until none is left; and each ends with the whole report. A
worker that dies gives its cases back. DBOS keeps all of it, in SQLite on one host or in
PostgreSQL.
"""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, cast

from ..errors import SettingError
from ..llm import tape
from ..llm.faults import redact
from .journal import Done, Key
from .report import digest
from .runs import Run, Suite, Watch, config_of, spent

T = TypeVar("T")

POLL = 0.2
"""Seconds between two looks at the database, at least."""

TAKEN_AFTER = 900.0
"""Seconds after which a case of a worker that cannot be seen from here is taken over. Longer than
any case should take: taken too early it would be asked, and paid, twice, though counted once."""

DEAD = ("MAX_RECOVERY_ATTEMPTS_EXCEEDED", "ERROR", "CANCELLED")


async def spread(
    suite: Suite[T],
    *,
    database: str,
    repeat: int = 1,
    max_concurrency: int = 4,
    watch: Watch | None = None,
    taken_after: float = TAKEN_AFTER,
) -> Run:
    """Take part in a sweep until every case of it is in, whoever ran it. `database` is an
    SQLAlchemy URL; a path alone is one of SQLite.

    A task that raises fails its case alone; the next sweep over the same database tries it again.
    Raises SettingError where DBOS is not installed or the database cannot be reached.
    """
    dbos = _library()
    started, config = time.perf_counter(), config_of(suite, repeat)
    sweep = digest(config)[:24]
    keys = [(case, number) for case in suite.cases for number in range(1, repeat + 1)]

    async def one(case: str, number: int) -> dict[str, Any]:
        began = time.perf_counter()
        try:
            with tape.case(f"{case} #{number}"):
                result, calls = await suite.task(suite.cases[case], number)
        except Exception as error:  # told in the report, as in a run of one process
            return {"failed": redact(f"{type(error).__name__}: {error}")}
        return Done(
            case=case,
            repeat=number,
            result=result.model_dump(mode="json"),
            calls=tuple(calls),
            seconds=round(time.perf_counter() - began, 3),
        ).model_dump(mode="json")

    await _begin(dbos, database, sweep, max_concurrency)
    try:
        work = dbos.DBOS.workflow(name=f"case of {sweep}")(one)
        await dbos.DBOS.register_queue_async(
            sweep,
            worker_concurrency=max_concurrency,
            polling_interval_sec=POLL / 2,
            on_conflict="always_update",
        )
        ids = await _put(dbos, work, sweep, keys)
        done, failed = await _all_in(dbos, sweep, ids, watch, taken_after)
    finally:
        await asyncio.to_thread(dbos.DBOS.destroy, destroy_registry=True)
    return Run(
        config=config,
        done={key: done[key] for key in keys if key in done},
        missing=[key for key in keys if key not in done],
        failed={case: failed[case, number] for case, number in keys if (case, number) in failed},
        seconds=time.perf_counter() - started,
    )


def _library() -> ModuleType:
    try:
        import dbos
    except ImportError:
        raise SettingError(
            "a sweep over several processes needs DBOS",
            place="--distribute",
            fix="pip install 'hotseat[dbos]'",
        ) from None
    return dbos


async def _begin(dbos: ModuleType, database: str, sweep: str, at_once: int) -> None:
    url = database if "://" in database else f"sqlite:///{Path(database).resolve()}"
    dbos.DBOS(
        config={
            "name": "hotseat-eval",
            "system_database_url": url,
            "executor_id": f"{socket.gethostname()}:{os.getpid()}",
            "application_version": sweep,
            "log_level": "CRITICAL",
            "console_log_level": "CRITICAL",
            "max_executor_threads": max(8, 2 * at_once),
            "enable_otlp": False,
        }
    )
    try:
        dbos.DBOS.listen_queues([sweep])
        dbos.DBOS.launch()
    except Exception as error:
        dbos.DBOS.destroy(destroy_registry=True)
        raise SettingError(
            f"the database cannot be used: {type(error).__name__}",
            place="--database",
            fix="write sqlite:///FILE, or postgresql://USER@HOST/NAME of a server that runs",
        ) from None


async def _put(dbos: ModuleType, work: Any, sweep: str, keys: Sequence[Key]) -> dict[str, Key]:
    """Put every case in the queue that is not in it; the id of each, by which all workers know
    it. One that failed in an earlier sweep is put in again under the next number."""
    known = {one.workflow_id: one for one in await _rows(dbos, sweep, load_output=True)}
    ids: dict[str, Key] = {}
    for case, number in keys:
        tried, name = 1, f"{sweep}/{case}/{number}"
        while _has_failed(known.get(f"{name}/{tried}")):
            tried += 1
        ids[f"{name}/{tried}"] = (case, number)
    for id, (case, number) in ids.items():
        if id not in known:
            with dbos.SetWorkflowID(id):
                await dbos.DBOS.enqueue_workflow_async(sweep, work, case, number)
    return ids


def _has_failed(row: Any) -> bool:
    return row is not None and (
        row.status in DEAD or (row.status == "SUCCESS" and "failed" in row.output)
    )


async def _all_in(
    dbos: ModuleType,
    sweep: str,
    ids: Mapping[str, Key],
    watch: Watch | None,
    taken_after: float,
) -> tuple[dict[Key, Done], dict[Key, str]]:
    """Wait until every case is in; what came of each, and why those failed that did."""
    done: dict[Key, Done] = {}
    failed: dict[Key, str] = {}
    cost = 0.0
    while len(done) + len(failed) < len(ids):
        began = time.perf_counter()
        open_ids = {id for id, key in ids.items() if key not in done and key not in failed}
        rows = [row for row in await _rows(dbos, sweep) if row.workflow_id in open_ids]
        ended = [row.workflow_id for row in rows if row.status in ("SUCCESS", *DEAD)]
        for row in await _outputs(dbos, ended):
            key = ids[row.workflow_id]
            if _has_failed(row):
                failed[key] = row.output["failed"] if row.output else row.status.lower()
                continue
            done[key] = Done.model_validate(row.output)
            cost += spent([done[key]]) or 0.0
            if watch:
                watch(done[key], len(done), len(ids), cost)
        lost = [row.workflow_id for row in rows if _is_lost(row, taken_after)]
        if lost:
            await dbos.DBOS.resume_workflows_async(lost, queue_name=sweep)
        # However large the sweep, looking at it takes a tenth of the time at most.
        await asyncio.sleep(max(POLL, 9 * (time.perf_counter() - began)))
    return done, failed


def _is_lost(row: Any, taken_after: float) -> bool:
    """Whether whoever has this case will never end it: a process of this host that is gone, or
    one of another host that has had it for too long."""
    if row.status != "PENDING" or not row.executor_id:
        return False
    host, _, pid = str(row.executor_id).rpartition(":")
    if host == socket.gethostname() and pid.isdigit():
        return not _runs(int(pid))
    since = (row.dequeued_at or row.updated_at or row.created_at or 0) / 1000
    return time.time() - since > taken_after


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


async def _rows(dbos: ModuleType, sweep: str, *, load_output: bool = False) -> list[Any]:
    return await dbos.DBOS.list_workflows_async(
        workflow_id_prefix=f"{sweep}/", load_input=False, load_output=load_output
    )


async def _outputs(dbos: ModuleType, ids: Sequence[str]) -> list[Any]:
    if not ids:
        return []
    rows = await dbos.DBOS.list_workflows_async(workflow_ids=list(ids), load_input=False)
    return cast("list[Any]", rows)
