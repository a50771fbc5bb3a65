"""The suites of `hotseat eval` that play encounters or look at content: customer, content, agent
and bias. With them `app` is whole."""

# Typer reads the annotations below, so this module does without `from __future__ import`, which
# would turn them into text.
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain import INTENSITIES, Intensity, Persona
from .evals import Options, app, dataset, default_rubric, play, seated, suite

if TYPE_CHECKING:
    from ..evaluation.bots import Bot
    from ..evaluation.report import Report
    from ..llm import Seats

__all__ = ["agent", "app", "bias", "content", "customer"]

Personas = Annotated[str, typer.Option(help="Ids of customers, separated by commas, or all.")]
Intensities = Annotated[
    str, typer.Option(help="mild, standard, strong, several of them by commas, or all.")
]
Judge = Annotated[str, typer.Option(help="Who grades: embedded, or any litellm model id.")]


@suite
async def customer(
    options: Options,
    personas: Personas = "all",
    intensities: Intensities = "standard",
    seeds: Annotated[int, typer.Option(min=1, max=1000, help="Encounters of each pair.")] = 1,
    judge: Judge = "embedded",
    attacks: Annotated[
        Path | None, typer.Option(help="Attacks on the simulation, JSON lines.")
    ] = None,
) -> "Report":
    """Whether customers stay firm, in role and discreet, and tell good work from poor."""
    from ..evaluation import behaviour, behaviour_report

    people = _people(personas)
    plan = behaviour.suite(
        people,
        default_rubric(),
        _seats(options, judge),
        intensities=_intensities(intensities),
        seeds=seeds,
        attacks=behaviour.attacks_of(attacks or dataset("attacks/customer.jsonl")),
    )
    return behaviour_report.report(await play(plan, options), people)


@suite
async def content(
    options: Options,
    folder: Annotated[
        Path | None, typer.Option(help="Folder with personas/ and rubrics/; default: in use.")
    ] = None,
) -> "Report":
    """Whether personas and rubrics are well written, and can be won, lost and reached at all."""
    from .. import catalog
    from ..errors import SettingError
    from ..evaluation import content as checking
    from ..llm import EMBEDDED

    if options.engine != EMBEDDED:
        raise SettingError(
            "content is checked by code", place="--engine", fix="leave it out: nothing is asked"
        )
    shelf = checking.read(folder)
    plan = checking.suite(shelf, catalog.rubric("service_recovery", folder))
    return checking.report(await play(plan, options), shelf)


@suite
async def agent(
    options: Options,
    url: Annotated[
        str, typer.Option(help="An OpenAI-compatible address; the key is in HOTSEAT_AGENT_KEY.")
    ] = "",
    function: Annotated[
        str,
        typer.Option("--callable", help="package.module:function, messages in, text out."),
    ] = "",
    personas: Personas = "all",
    intensities: Intensities = "standard",
    who: Annotated[
        str, typer.Option("--customer", help="Who plays the customers: embedded, or a model id.")
    ] = "embedded",
    judge: Judge = "embedded",
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for each reply.")] = 60.0,
) -> "Report":
    """A support bot of your own (--url with --model, or --callable) faces the customers."""
    from ..evaluation import facing

    bot, about = _bot(url, function, options.engine)
    plan = facing.suite(
        bot,
        about,
        _people(personas),
        default_rubric(),
        _seats(replace(options, engine=who), judge),
        intensities=_intensities(intensities),
        seconds=timeout,
    )
    return facing.report(await play(plan, options))


@suite
async def bias(
    options: Options,
    gold: Annotated[Path | None, typer.Option(help="Labelled encounters, JSON lines.")] = None,
) -> "Report":
    """What moves the judge and should not: length, stock phrases, names, dialect, order."""
    from ..evaluation import bias as probing

    seat = seated("judge", options)
    plan, turns = probing.suite(gold or dataset("gold/encounters.jsonl"), default_rubric(), seat)
    return probing.report(await play(plan, options), turns)


def _seats(options: Options, judge: str) -> "Seats":
    """The customer by `--engine`, the judge by name. Raises Skip where one has no key."""
    from ..llm import Seats

    return Seats(
        customer=seated("customer", options),
        judge=seated("judge", replace(options, engine=judge)),
    )


def _bot(url: str, function: str, model: str) -> "tuple[Bot, dict[str, str]]":
    """The bot that was named, and what to call it in a report. Raises SettingError."""
    from ..errors import SettingError
    from ..evaluation import bots
    from ..llm import EMBEDDED

    if bool(url) == bool(function):
        raise SettingError(
            "one bot is needed",
            place="hotseat eval agent",
            fix="give --url with --model, or --callable",
        )
    if function:
        sys.path.insert(0, str(Path.cwd()))
        return bots.at_function(function), {"engine": function}
    if model.strip() in ("", EMBEDDED):
        raise SettingError(
            "which model answers there?", place="--url", fix="say it with --model NAME"
        )
    key = os.environ.get(bots.KEY, "")
    return bots.at_url(url, model, key), {"engine": model, "bot_url": url.partition("?")[0]}


def _people(names: str) -> dict[str, Persona]:
    from .. import catalog

    everyone = catalog.personas()
    return {id: everyone[id] for id in _several(names, tuple(everyone), "persona")}


def _intensities(names: str) -> tuple[Intensity, ...]:
    chosen = _several(names, INTENSITIES, "intensity")
    return tuple(one for one in INTENSITIES if one in chosen)


def _several(names: str, known: Sequence[str], what: str) -> list[str]:
    """The names in a list with commas, or all. Raises SettingError for one that is not known."""
    from ..catalog.problems import did_you_mean
    from ..errors import SettingError

    if names == "all":
        return list(known)
    chosen = [name.strip() for name in names.split(",") if name.strip()]
    for name in chosen:
        if name not in known:
            raise SettingError(
                f"there is no {what} {name!r}{did_you_mean(name, known)}",
                fix=f"name some of {', '.join(known)}, or all",
            )
    if not chosen:
        raise SettingError(f"no {what} is named", fix=f"name some of {', '.join(known)}, or all")
    return chosen
