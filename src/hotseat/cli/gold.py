"""`hotseat gold`: what people labelled in the studio, for the evaluations."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="What people labelled, as a file to measure a judge against.")


@app.callback()
def gold() -> None:
    """Keeps `export` a command of its own, being the only one."""


@app.command()
def export(path: Annotated[Path, typer.Argument(help="The file to write, JSON lines.")]) -> None:
    """Write the rulings and blind labels of the studio as a gold file."""
    from ..errors import HotseatError
    from ..store import Store, default_url
    from ..studio.labelled import gold_of

    async def lines() -> list[str]:
        store = await Store.open(default_url())
        try:
            return await gold_of(store)
        finally:
            await store.close()

    found = asyncio.run(lines())
    if not found:
        raise HotseatError("nothing was labelled yet", fix="rule or label in the studio first")
    try:
        path.write_text("\n".join(found) + "\n", encoding="utf-8")
    except OSError as error:
        why = error.strerror or os.strerror(error.errno or 0)
        raise HotseatError(f"cannot be written: {why}", place=str(path)) from None
    print(f"{len(found)} conversations in {path}")
