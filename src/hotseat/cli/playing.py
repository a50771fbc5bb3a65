"""Running a suite for `hotseat eval`: with its progress, here or together with other processes."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..evaluation.runs import Run, Suite
    from .evals import Options


async def play(plan: Suite[Any], options: Options) -> Run:
    """Run a suite as the options say, with its progress on stderr. Without `--resume` what is
    done is kept in a temporary file, which is named when the run is stopped, has failures or
    asked a model, and deleted otherwise. A sweep with `--distribute` is kept in its database."""
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeRemainingColumn

    from ..evaluation import runs, spread
    from ..evaluation.journal import Done

    _can_spread(options)
    console = Console(stderr=True)
    part = runs.shard(options.shard)
    journals = options.resume or ([] if options.distribute else [_temporary(plan.name)])
    goes_on = f"--resume {journals[0]}" if journals else "the same command"
    kept = f"What is done is kept; go on with {goes_on}\n"
    price = TextColumn("{task.fields[cost]}")
    columns = (*Progress.get_default_columns()[:3], TimeRemainingColumn(), price)
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            bar = progress.add_task(plan.name, total=None, cost="")

            def watch(_: Done, count: int, of: int, cost: float) -> None:
                progress.update(bar, completed=count, total=of, cost=f"${cost:.2f}" if cost else "")

            if options.distribute:
                found = await spread.spread(
                    plan,
                    database=options.database,
                    repeat=options.repeat,
                    max_concurrency=options.max_concurrency,
                    watch=watch,
                )
            else:
                found = await runs.run(
                    plan,
                    journals=journals,
                    repeat=options.repeat,
                    max_concurrency=options.max_concurrency,
                    part=part,
                    watch=watch,
                )
    except asyncio.CancelledError:
        sys.stderr.write(kept)
        raise
    paid = any(one.calls for one in found.done.values())
    if found.failed or (paid and not options.resume):
        sys.stderr.write(kept)
    elif not options.resume and journals:
        journals[0].unlink(missing_ok=True)
    return found


def _can_spread(options: Options) -> None:
    """Raises SettingError where the options ask for two ways to share the cases out."""
    from ..errors import SettingError

    if options.distribute not in ("", "dbos"):
        raise SettingError(
            f"there is no way {options.distribute!r} to share a sweep",
            place="--distribute",
            fix="write dbos, or leave it out",
        )
    if options.distribute and (options.resume or options.shard != "1/1"):
        raise SettingError(
            "the database of a sweep keeps what is done and shares it out",
            place="--distribute",
            fix="leave out --resume and --shard",
        )


def _temporary(name: str) -> Path:
    handle, path = tempfile.mkstemp(prefix=f"hotseat-eval-{name}-", suffix=".jsonl")
    os.close(handle)
    return Path(path)
