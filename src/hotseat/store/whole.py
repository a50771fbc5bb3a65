"""Writes that are finished once begun."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from types import CoroutineType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def whole(
    write: Callable[P, CoroutineType[Any, Any, T]],
) -> Callable[P, CoroutineType[Any, Any, T]]:
    """A write that is called off is still finished first: SQLite's thread would go on with it
    anyway, and an abandoned connection would keep the database locked."""

    @functools.wraps(write)
    async def finished(*args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.ensure_future(write(*args, **kwargs))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            raise

    return finished
