"""`hotseat eval all`: everything CI runs, in three tiers; and `hotseat eval compare`. With them
`app` is whole."""

# Typer reads the annotations below, so this module does without `from __future__ import`, which
# would turn them into text.
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .evals import (
    CANNOT_RUN,
    Options,
    Skip,
    Sweep,
    app,
    attacks,
    dataset,
    default_rubric,
    judge,
    play,
    suite,
)
from .evals_encounters import bias, content, customer

if TYPE_CHECKING:
    from ..evaluation.report import Report
    from ..evaluation.runs import Run

__all__ = ["all_", "app", "compare"]

Part = Callable[[Options], Awaitable["Report"]]

SEEDS = 3
"""Encounters of each pair in the full grid."""


@suite
async def all_(
    options: Options,
    tier: Annotated[
        int,
        typer.Option(
            min=0,
            max=2,
            help="0: every change, no network, under two minutes. 1: gold and attacks with the"
            " models that are set. 2: everything.",
        ),
    ] = 0,
    only: Annotated[
        list[str] | None, typer.Option(help="Only this suite; may be repeated.")
    ] = None,
) -> "Sweep":
    """Every suite of a tier, held against the gates. `hotseat eval --tier 0` is short for it."""
    from ..llm import EMBEDDED

    parts = _chosen(_parts(tier, options), only)
    reports = [await _one(name, part, options) for name, part in parts.items()]
    engine = EMBEDDED if tier == 0 else _engine("judge", options)
    return Sweep(
        name="all",
        reports=tuple(reports),
        rules=options.gates or dataset("gates.yaml"),
        baseline=dataset("gates.yaml").parent / "baselines" / engine.replace("/", "-"),
    )


def _parts(tier: int, options: Options) -> Mapping[str, Part]:
    """The suites of a tier, the quick ones first. Raises SettingError where a model is named for
    the tier that asks none."""
    from ..errors import SettingError
    from ..llm import EMBEDDED

    if tier == 0:
        if options.engine != EMBEDDED:
            raise SettingError(
                "tier 0 asks no model", place="--engine", fix="leave it out, or say --tier 1"
            )
        return {
            "scores": scores,
            "replay": replay,
            "judge": judge,
            "attacks": attacks,
            "content": content,
            "customer": customer,
        }
    live: dict[str, Part] = {
        "judge": partial(_live, "judge", judge),
        "attacks": partial(_live, "judge", attacks),
    }
    if tier == 1:
        return {"scores": scores, **live}
    grid = partial(customer, intensities="all", seeds=SEEDS)
    return {
        "scores": scores,
        **live,
        "bias": partial(_live, "judge", bias),
        "content": lambda given: content(replace(given, engine=EMBEDDED)),
        "customer": partial(_live, "customer", grid),
    }


async def _one(name: str, part: Part, options: Options) -> "Report":
    """One suite of several. `--resume` names folders here, with a journal for each suite."""
    from ..evaluation.report import Report

    sys.stderr.write(f"{name} ...\n")
    journals = [folder / f"{name}.jsonl" for folder in options.resume or ()]
    try:
        return await part(replace(options, resume=journals or None))
    except Skip as reason:
        return Report(suite=name, skipped=str(reason))


async def _live(role: str, part: Part, options: Options) -> "Report":
    """A suite with the model that is set. Raises Skip where none is."""
    from ..llm import EMBEDDED

    engine = _engine(role, options)
    if engine == EMBEDDED:
        variable = f"HOTSEAT_{role.upper()}_MODEL"
        raise Skip(f"no model is named: set {variable}, or say --engine")
    return await part(replace(options, engine=engine))


def _engine(role: str, options: Options) -> str:
    from ..llm import EMBEDDED

    named = os.environ.get(f"HOTSEAT_{role.upper()}_MODEL", "").strip()
    return options.engine if options.engine != EMBEDDED else named or EMBEDDED


def _chosen(parts: Mapping[str, Part], only: list[str] | None) -> Mapping[str, Part]:
    from ..errors import SettingError

    for name in only or ():
        if name not in parts:
            raise SettingError(
                f"there is no suite {name!r} in this tier",
                place="--only",
                fix=f"name some of {', '.join(parts)}",
            )
    return {name: part for name, part in parts.items() if not only or name in only}


# ------------------------------------------------------------------ suites of tier 0 alone


async def scores(options: Options) -> "Report":
    """What the labels of gold add up to under the rubric."""
    from ..evaluation import adding

    plan = adding.suite(dataset("gold/encounters.jsonl"), default_rubric())
    return adding.report(await play(plan, replace(options, repeat=1)))


async def replay(options: Options) -> "Report":
    """The judge's whole path over recorded answers of a model: prompts, checks, levels."""
    from ..evaluation import judging
    from ..evaluation.grading import seat_for
    from ..evaluation.recordings import recorded

    path = dataset("gates.yaml").parent / "replays" / "judge.jsonl"
    if not path.exists():
        raise Skip(f"there is no recording {path}")
    tape, rubric = recorded(path), default_rubric()
    cases = {name.removesuffix(" #1"): model for name, model in tape.cases.items()}
    if not cases:
        raise Skip(f"nothing is recorded in {path}")
    seat = replace(seat_for("judge", next(iter(cases.values())), {}), tape=tape)
    plan, turns = judging.suite(dataset("gold/encounters.jsonl"), rubric, seat)
    ours = {id: turn for id, turn in plan.cases.items() if id in cases}
    plan = replace(plan, name="replay", cases=ours)
    run = await play(plan, replace(options, repeat=1))
    report = judging.report(run, [turn for turn in turns if turn.id in ours], rubric)
    return report.model_copy(update={"suite": "replay"})


# ------------------------------------------------------------------ two reports


@app.command("compare")
def compare(
    before: Annotated[Path, typer.Argument(help="A report, a baseline, or a journal.")],
    after: Annotated[Path, typer.Argument(help="The later one, of the same suite or tier.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """What changed between two reports: case by case, with intervals, and the flips."""
    from rich.console import Console

    from ..errors import HotseatError, SettingError
    from ..evaluation.changes import change
    from ..evaluation.summaries import compared

    try:
        was, now = _reported(before), _reported(after)
        if not was.keys() & now.keys():
            raise SettingError(
                f"{before} is of {', '.join(was)}, {after} of {', '.join(now)}",
                fix="compare two reports of one suite",
            )
    except HotseatError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(CANNOT_RUN) from None
    since = {name: change(was[name], report) for name, report in now.items() if name in was}
    if as_json:
        found = [one.model_dump(mode="json") for one in since.values()]
        typer.echo(json.dumps(found[0] if len(found) == 1 else found, indent=1))
        return
    for name, one in since.items():
        compared(was[name], now[name], one, Console())


def _reported(path: Path) -> "dict[str, Report]":
    """The reports in a file, by suite; that of a journal is made from it, with the data of this
    checkout. Raises HotseatError."""
    from ..errors import SettingError
    from ..evaluation import baselines, journal

    config = journal.configuration(path) if path.is_file() else None
    if config is None:
        return {report.suite: report for report in baselines.several(path)}
    from ..evaluation.runs import Run

    done = journal.read(path, config)
    run = Run(config=config, done=done, missing=[], failed={}, seconds=0.0)
    if (report := _of_journal(run)) is None:
        raise SettingError(
            f"the journal is of {config['suite']}, and its cases are not those of this checkout",
            place=str(path),
            fix="run it with --json and compare what that prints",
        )
    return {report.suite: report}


def _of_journal(run: "Run") -> "Report | None":
    """What a run came to, with the data of this checkout; None where that is other data, or a
    suite whose results say too little without it."""
    from .. import catalog
    from ..evaluation import adding, behaviour_report, cases, gold, judging
    from ..evaluation import attacks as attacking
    from ..evaluation import content as checking
    from ..llm import Seat

    match run.config["suite"]:
        case "judge" | "scores" as name:
            path = dataset("gold/encounters.jsonl")
            if gold.fingerprint(path) != run.config["gold"]:
                return None
            if name == "scores":
                return adding.report(run)
            rubric = default_rubric()
            return judging.report(run, judging.suite(path, rubric, Seat())[1], rubric)
        case "attacks":
            found, left_out = cases.load(dataset("attacks"))
            plan = attacking.suite(found, default_rubric(), Seat())
            same = plan.config["data"] == run.config["data"]
            return attacking.report(run, found, left_out) if same else None
        case "customer":
            return behaviour_report.report(run, catalog.personas())
        case "content":
            return checking.report(run, checking.read())
        case _:
            return None
