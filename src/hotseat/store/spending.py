"""What models took: their calls, as rows and as sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import distinct, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ..domain import Call, Cost
from .tables import calls

SUMMED = ("input_tokens", "output_tokens", "cached_tokens", "cost", "seconds")


async def add(
    connection: AsyncConnection, record_id: str, index: int, spent: Sequence[Call], at: datetime
) -> None:
    made = [
        {"encounter_id": record_id, "position": index, "at": at, **call.model_dump()}
        for call in spent
    ]
    await connection.execute(insert(calls), made)


async def total(
    connection: AsyncConnection, record_id: str | None, since: datetime | None
) -> float:
    query = select(func.coalesce(func.sum(calls.c.cost), 0.0))
    if record_id is not None:
        query = query.where(calls.c.encounter_id == record_id)
    if since is not None:
        query = query.where(calls.c.at >= since)
    return float(await connection.scalar(query) or 0.0)


async def by_model(connection: AsyncConnection, since: datetime | None) -> list[Cost]:
    sums = [
        func.count(distinct(calls.c.encounter_id)).label("encounters"),
        func.count().label("calls"),
        *(func.sum(calls.c[name]).label(name) for name in SUMMED),
    ]
    query = select(calls.c.role, calls.c.model, *sums).group_by(calls.c.role, calls.c.model)
    if since is not None:
        query = query.where(calls.c.at >= since)
    found = (await connection.execute(query)).mappings().all()
    costs = [Cost.model_validate(dict(row)) for row in found]
    return sorted(costs, key=lambda cost: -(cost.cost or 0.0))


async def of_record(connection: AsyncConnection, record_id: str) -> list[tuple[int, Call]]:
    columns = (calls.c[name] for name in ("position", *Call.model_fields))
    query = select(*columns).where(calls.c.encounter_id == record_id).order_by(calls.c.number)
    rows = (dict(row) for row in (await connection.execute(query)).mappings())
    return [(row.pop("position"), Call.model_validate(row)) for row in rows]
