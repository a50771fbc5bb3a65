"""The `hotseat` command. Everything heavy is imported inside the command that needs it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import settings
from ..errors import HotseatError
from ..llm import spans
from . import evals_tiers, gold, studio

if TYPE_CHECKING:
    from ..domain import Cost, Intensity, Rubric

app = typer.Typer(
    help="Practise with a difficult customer; every reply is graded against how-to documents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(evals_tiers.app, name="eval")
app.add_typer(gold.app, name="gold")
app.command()(studio.diff)

IntensityOption = Annotated[
    str, typer.Option(help="mild, standard or strong: how much it takes to win the customer over.")
]


def main() -> None:
    """Run the command; an error of ours is printed as text, with exit code 1."""
    settings.load()
    try:
        spans.start(os.environ)
        app()
    except HotseatError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Port; default HOTSEAT_PORT or 7860.")] = None,
) -> None:
    """Serve the practice room in the browser."""
    from .. import web

    web.serve(host, port)


@app.command()
def play(
    persona: Annotated[str, typer.Argument(help="Whom to face, e.g. late_gift.")],
    scenario: Annotated[str | None, typer.Option(help="Default: the persona's first.")] = None,
    intensity: IntensityOption = "standard",
    new: Annotated[bool, typer.Option("--new", help="Do not continue an unfinished one.")] = False,
    pace: Annotated[bool, typer.Option(help="Type at a person's pace.")] = True,
) -> None:
    """Play one encounter in the terminal; stored and graded as in the browser."""
    from .. import terminal

    try:
        asyncio.run(
            terminal.play(
                persona, scenario, _intensity(intensity), fresh=new, pace=pace, env=os.environ
            )
        )
    except KeyboardInterrupt:
        typer.echo("\nPaused; all you sent is kept. The same command goes on from there.")


@app.command()
def personas() -> None:
    """List the customers and their scenarios."""
    from .. import catalog

    for persona in catalog.personas().values():
        typer.echo(f"{persona.id:18} {persona.name}, {persona.temperament}: {persona.summary}")


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with personas/ and rubrics/; default: in use.")
    ] = None,
) -> None:
    """Check every persona and rubric file; list all problems at once. Exit code 1 if any."""
    from .. import catalog

    problems = catalog.check(folder)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        typer.echo(f"\n{len(problems)} problem{'s' if len(problems) > 1 else ''} found.")
        raise typer.Exit(1)
    root = folder or catalog.content_root()
    count = f"{len(catalog.personas(root))} personas, {len(catalog.rubrics(root))} rubric(s)"
    typer.echo(f"{root}: {count}, no problems.")


@app.command()
def schemas() -> None:
    """Write the JSON schemas that editors use for personas/*.yaml and rubrics/*.yaml."""
    from .. import catalog

    for path in catalog.write_schemas(catalog.content_root()):
        typer.echo(str(path))


@app.command()
def simulate(
    persona: Annotated[str, typer.Option(help="Persona id, or all.")] = "all",
    trainee: Annotated[str, typer.Option(help="Scripted trainee id, or all.")] = "all",
    intensity: IntensityOption = "standard",
    seeds: Annotated[int, typer.Option(min=1, max=1000, help="Encounters of each pair.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    transcript: Annotated[bool, typer.Option(help="Print what was said.")] = False,
    write: Annotated[
        Path | None, typer.Option(help="Instead: write ten encounters to read to this folder.")
    ] = None,
) -> None:
    """Let scripted trainees face the customers, and print how each encounter went."""
    from .. import catalog, llm
    from ..evaluation import customers
    from ..evaluation import simulate as simulation
    from ..evaluation.trainees import TRAINEES

    if write:
        for path in customers.write(write):
            typer.echo(str(path))
        return
    people = catalog.personas()
    results = asyncio.run(
        simulation.simulate(
            [people[id] for id in _chosen(persona, list(people), "persona")],
            [TRAINEES[id] for id in _chosen(trainee, list(TRAINEES), "trainee")],
            intensity=_intensity(intensity),
            seeds=range(seeds),
            rubric=_rubric(),
            seats=llm.seats(os.environ),
        )
    )
    if as_json:
        rows = [r.model_dump(mode="json", exclude={"transcript"}) for r in results]
        typer.echo(json.dumps(rows, indent=1))
        return
    for r in results:
        score = "  --" if r.score is None else f"{r.score:4.0f}"
        typer.echo(
            f"{r.persona:18} {r.trainee:10} {r.quality:8} {score}  {r.outcome:12} {r.turns:2} turns"
        )
        if transcript:
            typer.echo("\n".join(f"    {said}" for said in (*r.transcript, "")))


@app.command()
def models(
    check: Annotated[bool, typer.Option("--check", help="Ask each one for one word.")] = False,
) -> None:
    """Say who sits in which seat, what an encounter would cost, and whether it answers: with
    --check, exit code 1 when one does not."""
    from .. import llm
    from ..llm import asking

    seats, silent = llm.seats(os.environ), False
    for seat in seats.all:
        cost = asking.price_of_encounter(seat)
        price = "no list price" if cost is None else f"about ${cost:.3f} an encounter"
        line = f"{seat.role:12} {', then '.join(seat.models)}  ({price})"
        if check:
            answers, said = asyncio.run(asking.answers(seat))
            line, silent = f"{line}: {said}", silent or not answers
        typer.echo(line)
    if seats.second_judge is None:
        typer.echo(f"{'second_judge':12} nobody; HOTSEAT_SECOND_JUDGE_MODEL names one")
    for warning in seats.warnings():
        typer.echo(f"warning: {warning}")
    if silent:
        raise typer.Exit(1)


@app.command()
def regrade(record_id: Annotated[str, typer.Argument(help="The id of an encounter.")]) -> None:
    """Grade the replies of an encounter that could not be graded; moods stay as they were."""
    from .. import encounter, llm
    from ..domain import Verdict
    from ..store import Store, default_url

    async def again() -> tuple[int, int]:
        seats = llm.seats(os.environ)
        store = await Store.open(default_url())
        try:
            record = await store.load(record_id, None)
            lacking = [
                number
                for number, step in enumerate(record.steps, start=1)
                if not isinstance(step.verdict, Verdict)
            ]
            for number in lacking:
                if await store.waiting.lease(record_id, number - 1):
                    async with store.waiting.holding(record_id, number - 1):
                        record = await encounter.regrade(record, number, seats=seats, keep=store)
            graded = sum(isinstance(record.steps[n - 1].verdict, Verdict) for n in lacking)
            return graded, len(lacking)
        finally:
            await store.close()

    typer.echo("Graded {} of {} replies that lacked a grade.".format(*asyncio.run(again())))


@app.command()
def costs(
    days: Annotated[int, typer.Option(min=1, help="How many days back.")] = 30,
) -> None:
    """Sum up what models took, by role and model, at list price."""
    from datetime import UTC, datetime, timedelta

    from ..store import Store, default_url

    async def read() -> list[Cost]:
        store = await Store.open(default_url())
        try:
            return await store.costs(since=datetime.now(UTC) - timedelta(days=days))
        finally:
            await store.close()

    found = asyncio.run(read())
    for c in found:
        price = "no list price" if c.cost is None else f"${c.cost:.4f}"
        tokens = f"{c.input_tokens:,} in ({c.cached_tokens:,} cached), {c.output_tokens:,} out"
        typer.echo(f"{c.role:12} {c.model}: {price}, {c.calls} calls, {tokens}")
    if not found:
        typer.echo(f"No model was called in the last {days} days.")


def _intensity(name: str) -> Intensity:
    from ..domain import INTENSITIES

    _chosen(name, INTENSITIES, "intensity")
    return next(i for i in INTENSITIES if i == name)


def _chosen(name: str, known: Sequence[str], what: str) -> list[str]:
    from difflib import get_close_matches

    from ..errors import SettingError

    if name == "all":
        return list(known)
    if name not in known:
        near = get_close_matches(name, known, 1)
        raise SettingError(
            f"there is no {what} {name!r}",
            fix=f"did you mean {near[0]!r}?" if near else f"one of: {', '.join(known)}",
        )
    return [name]


def _rubric() -> Rubric:
    from .. import catalog

    return catalog.rubric("service_recovery")
