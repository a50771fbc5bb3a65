"""`hotseat gold`: labelled conversations, taken out of the studio and learned from."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Labelled conversations: take yours out, or let the reader learn from some.")


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


@app.command()
def learn(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Gold files; default: all of evals/gold but held.jsonl."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Keep the weights.")] = False,
) -> None:
    """Learn the embedded reader's weights, and say how far it agrees on encounters left out."""
    from ..evaluation import gold, learning
    from .evals import dataset, default_rubric

    folder = dataset("gold")
    paths = files or sorted(path for path in folder.glob("*.jsonl") if path.stem != "held")
    rubric = default_rubric()
    ids = [criterion.id for criterion in rubric.criteria]
    turns = {path: [*gold.labelled(gold.load(path, ids), rubric)] for path in paths}
    every = [turn for some in turns.values() for turn in some]
    print(f"{len(every)} replies; each encounter is read with weights learned from the others.")
    print("Due F1 and level kappa (quadratic weights):\n", flush=True)
    seen = learning.examine(every)
    homes = {turn.id: path.stem for path, some in turns.items() for turn in some}
    parts = {p.stem: [one for one in seen if homes[one.turn.id] == p.stem] for p in turns}
    print("\n".join(learning.told(parts)))
    for path, some in turns.items():
        print(f"{path.stem}, rules alone: {learning.summed(learning.unweighed(some))}")
    weights = learning.learn(lesson for turn in every for lesson in learning.lessons(turn))
    if not write:
        print("Nothing kept; --write keeps the weights.")
        return
    place = learning.keep(weights, paths)
    print(f"{sum(len(h) for kind in weights.values() for h in kind.values())} weights in {place}")
