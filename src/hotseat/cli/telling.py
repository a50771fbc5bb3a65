"""What `hotseat eval` tells of what came out: in the terminal, in files, and by its exit code."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typer

from .evals import CANNOT_RUN, GREEN, RED, SKIPPED, Options, Sweep, dataset

if TYPE_CHECKING:
    from ..evaluation.gated import Gated
    from ..evaluation.report import Report

OUTPUTS = frozenset({"as_json", "junit", "html", "markdown", "save_baseline", "resume"})
"""Options that do not change what is measured."""


def tell(found: Report | Sweep, options: Options, command: str) -> int:
    """Print and write what was asked for; the exit code. Raises HotseatError for gates or a
    baseline that cannot be read."""
    from ..evaluation import baselines

    suites = _gated(found, options)
    reports = [one.report for one in suites]
    if options.as_json:
        whole = reports[0].as_json() if not isinstance(found, Sweep) else {"suite": found.name}
        typer.echo(json.dumps(whole | _judged(found, suites), indent=1, ensure_ascii=False))
    else:
        _show(found, suites)
    _write(suites, options, command)
    if options.save_baseline:
        for path in baselines.save(options.save_baseline, [r for r in reports if not r.skipped]):
            typer.echo(f"baseline: {path}", err=True)
    return _code(suites, options)


def reproduce(name: str, options: Options, own: Mapping[str, Any]) -> str:
    """The command that measures the same again."""
    given = {
        field.name: value
        for field in fields(Options)
        if field.name not in OUTPUTS and (value := getattr(options, field.name)) != field.default
    }
    words = ["hotseat", "eval", name]
    for key, value in {**own, **given}.items():
        flag = f"--{key.replace('_', '-')}"
        several = cast("list[Any]", value if isinstance(value, list) else [value])
        for one in several:
            if one is True:
                words.append(flag)
            elif one is not None and one is not False:
                words += [flag, str(one)]
    return shlex.join(words)


def _gated(found: Report | Sweep, options: Options) -> tuple[Gated, ...]:
    """The reports with what the gates say of them: all gates for a sweep, those that were asked
    for otherwise. A baseline without gates is held against the drops and pins of the project."""
    from ..evaluation import baselines
    from ..evaluation.gated import Gated, gated
    from ..evaluation.gates import load

    sweep = isinstance(found, Sweep)
    reports = found.reports if sweep else (found,)
    if not sweep and not options.gates and not options.baseline:
        return tuple(Gated(report=report) for report in reports)
    rules = load(options.gates or (found.rules if sweep else dataset("gates.yaml")))
    if not sweep and not options.gates:
        rules = rules.model_copy(update={"floors": {}})
    path = options.baseline or (found.baseline if sweep else None)
    before = {
        report.suite: base
        for report in reports
        if path and (options.baseline or path.exists())
        if (base := baselines.load(path, report.suite))
    }
    return gated(reports, rules, before, datetime.now(UTC).date())


def _judged(found: Report | Sweep, suites: Sequence[Gated]) -> dict[str, Any]:
    """What the gates say, as JSON; nothing where none were asked for."""
    from ..evaluation.gated import verdict

    told: dict[str, Any] = {}
    if isinstance(found, Sweep):
        told["reports"] = [one.report.as_json() for one in suites]
    if any(one.found or one.change for one in suites) or told:
        colour, says = verdict(suites)
        told |= {
            "verdict": colour,
            "says": says,
            "gates": [gate.model_dump(mode="json") for one in suites for gate in one.found],
            "changes": [one.change.model_dump(mode="json") for one in suites if one.change],
        }
    return told


def _show(found: Report | Sweep, suites: Sequence[Gated]) -> None:
    from rich.console import Console

    from ..evaluation import tables
    from ..evaluation.summaries import show

    console = Console()
    if not isinstance(found, Sweep):
        tables.show(found, console)
    if isinstance(found, Sweep) or any(one.found for one in suites):
        show(suites, console)


def _write(suites: Sequence[Gated], options: Options, command: str) -> None:
    if options.junit:
        from ..evaluation.junit import junit

        _file(options.junit, junit(suites))
    if options.markdown:
        from ..evaluation.comments import comment

        _file(options.markdown, comment(suites, command))
    if options.html:
        from ..evaluation.pages import page

        _file(options.html, page(suites, command))


def _file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _code(suites: Sequence[Gated], options: Options) -> int:
    """Red before anything else; then what could not be run; then what was skipped."""
    if any(one.colour == "red" for one in suites):
        return RED
    if any(one.report.ran.failed for one in suites):
        return CANNOT_RUN
    if options.require_key and any(one.report.skipped for one in suites):
        return SKIPPED
    return GREEN
