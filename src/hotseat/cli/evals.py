"""`hotseat eval`: how good the judge, the customers and the content are, with figures.

Every suite is a command with the same options beside its own: `suite` adds them, runs what the
command returns, prints the report and says with the exit code how it went.
"""

# Typer reads the annotations below, so this module does without `from __future__ import`, which
# would turn them into text.
import asyncio
import inspect
import os
import sys
import traceback
from collections.abc import Callable, Coroutine
from contextlib import redirect_stdout
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from ..errors import HotseatError
from .playing import play

if TYPE_CHECKING:
    from ..domain import Role, Rubric
    from ..evaluation.report import Report
    from ..llm import Seat

GREEN, RED, CANNOT_RUN, SKIPPED, STOPPED = 0, 1, 2, 3, 130
"""Exit codes; evals/README.md says what each means."""


class _OrAll(TyperGroup):
    """Options without a command are those of `all`: `hotseat eval --tier 0`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0].startswith("-") and args[0] not in ctx.help_option_names:
            args = ["all", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_OrAll,
    help="Measure the judge, the customers and the content; exit codes for CI.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@dataclass(frozen=True)
class Options:
    """What every suite takes. A new option for all of them is a field here."""

    engine: Annotated[
        str, typer.Option("--engine", "--model", help="embedded, or any litellm model id.")
    ] = "embedded"
    repeat: Annotated[int, typer.Option(min=1, max=100, help="Runs of each case.")] = 1
    max_concurrency: Annotated[int, typer.Option(min=1, help="Cases at the same time.")] = 4
    shard: Annotated[str, typer.Option(help="Run part i of n, written i/n.")] = "1/1"
    resume: Annotated[
        list[Path] | None,
        typer.Option(
            help="Keep finished cases in this file and go on from it. Give it again for the"
            " files of other shards."
        ),
    ] = None
    distribute: Annotated[
        str, typer.Option(help="dbos: share the cases with every process that says the same.")
    ] = ""
    database: Annotated[
        str, typer.Option(help="Where they meet: a file of SQLite, or a PostgreSQL URL.")
    ] = "hotseat-evals.sqlite"
    require_key: Annotated[
        bool, typer.Option("--require-key", help="A missing key fails instead of skipping.")
    ] = False
    record: Annotated[
        Path | None, typer.Option(help="Keep what the model answers in this file.")
    ] = None
    replay: Annotated[
        Path | None, typer.Option(help="Answer from such a file; no model is asked.")
    ] = None
    gates: Annotated[
        Path | None, typer.Option(help="Hold the figures against these gates, a YAML file.")
    ] = None
    baseline: Annotated[
        Path | None, typer.Option(help="Compare with this report, or with those of a folder.")
    ] = None
    save_baseline: Annotated[
        Path | None, typer.Option(help="Keep what came out as the baseline of later runs.")
    ] = None
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML.")] = None
    html: Annotated[Path | None, typer.Option(help="Write one page of HTML.")] = None
    markdown: Annotated[Path | None, typer.Option(help="Write the comment for a pull request.")] = (
        None
    )


@dataclass(frozen=True)
class Sweep:
    """What comes of several suites at once: `rules` are the gates they go by and `baseline` what
    they are compared with, where the options name none."""

    name: str
    reports: tuple["Report", ...]
    rules: Path
    baseline: Path


Command = Callable[..., Coroutine[Any, Any, "Report | Sweep"]]


C = TypeVar("C", bound=Command)


def _name(command: Command) -> str:
    """A function that would hide a builtin has a line under the end of its name."""
    return command.__name__.removesuffix("_")


def suite(command: C) -> C:
    """Make a command of `app` that takes `Options` beside its own: its first parameter. In Python
    it stays what it was."""

    def run(**given: Any) -> None:
        shared = Options(**{field.name: given.pop(field.name) for field in fields(Options)})
        raise typer.Exit(_finish(command, shared, given))

    signature = inspect.signature(command)
    common = inspect.signature(Options).parameters.values()
    own = list(signature.parameters.values())[1:]
    keyword = inspect.Parameter.KEYWORD_ONLY
    run.__signature__ = signature.replace(  # pyright: ignore[reportFunctionMemberAccess]
        parameters=[p.replace(kind=keyword) for p in (*own, *common)], return_annotation=None
    )
    run.__annotations__ = {}
    run.__doc__ = command.__doc__
    app.command(_name(command))(run)
    return command


@suite
async def judge(
    options: Options,
    gold: Annotated[Path | None, typer.Option(help="Labelled encounters, JSON lines.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Instead of gold: conversations labelled by others.")
    ] = None,
    sample: Annotated[int, typer.Option(min=1, help="Lines of --data to grade.")] = 300,
) -> "Report":
    """How far the judge agrees with raters: due or not, then the level, criterion by criterion."""
    from ..evaluation import corpora, judging

    rubric, seat = default_rubric(), seated("judge", options)
    if data:
        lines = corpora.load(data, sample)
        plan = corpora.suite(data, lines, rubric, seat)
        return corpora.report(await play(plan, options), lines, data)
    plan, turns = judging.suite(gold or dataset("gold/encounters.jsonl"), rubric, seat)
    return judging.report(await play(plan, options), turns, rubric)


@suite
async def attacks(
    options: Options,
    cases: Annotated[
        Path | None, typer.Option(help="A file of cases, JSON lines, or a folder of them.")
    ] = None,
) -> "Report":
    """Whether a reply can talk its grades up, and whether honest look-alikes are left alone."""
    from ..evaluation.attacks import report
    from ..evaluation.attacks import suite as attacking
    from ..evaluation.cases import load

    found, left_out = load(cases or dataset("attacks"))
    plan = attacking(found, default_rubric(), seated("judge", options))
    return report(await play(plan, options), found, left_out)


# ------------------------------------------------------------------ for every suite


class Skip(Exception):
    """Nothing can be run, for a reason that is nobody's mistake, such as a missing key."""


def seated(role: "Role", options: Options) -> "Seat":
    """The seat of the engine that was asked for, recorded or replayed if that was asked for too.
    Raises Skip where it has no key, and SettingError for a file that is no recording or an engine
    without a name: in CI that is a variable that is not set, and never means embedded."""
    from ..errors import SettingError
    from ..evaluation.grading import lacking, seat_for
    from ..evaluation.recordings import recorded, recording

    if not options.engine.strip():
        raise SettingError(
            f"no engine is named for the {role}",
            place="--engine",
            fix="name a litellm model id, or say embedded",
        )
    seat = seat_for(role, options.engine, os.environ)
    if seat.embedded:
        return seat
    if options.replay:
        return replace(seat, tape=recorded(options.replay))
    if why := lacking(seat):
        raise Skip(why)
    return replace(seat, tape=recording(options.record)) if options.record else seat


def _finish(command: Command, options: Options, own: dict[str, Any]) -> int:
    """Run a command and tell what came out. Returns the exit code."""
    from ..evaluation.report import Report
    from .telling import reproduce, tell

    name = _name(command)
    try:
        try:
            # What a bot or a client library prints must not get into the JSON.
            with redirect_stdout(sys.stderr):
                found = asyncio.run(command(options, **own))
        except Skip as reason:
            found = Report(suite=name, skipped=str(reason))
        return tell(found, options, reproduce(name, options, own))
    except HotseatError as error:
        sys.stderr.write(f"{error}\n")
        return CANNOT_RUN
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        raise
    except OSError as error:
        why = error.strerror or type(error).__name__
        sys.stderr.write(
            f"{error.filename or 'a file'}: {why}\n  fix: name one that can be written\n"
        )
        return CANNOT_RUN
    except Exception:  # a fault of ours is no gate: Python's own exit code would say red
        traceback.print_exc()
        return CANNOT_RUN


def default_rubric() -> "Rubric":
    from .. import catalog

    return catalog.rubric("service_recovery")


def dataset(name: str) -> Path:
    """A data set of this checkout's `evals/`. Raises SettingError where there is none."""
    from .. import catalog
    from ..errors import SettingError

    path = catalog.content_root() / "evals" / name
    if not path.exists():
        raise SettingError(
            f"there is no {path}",
            fix="run this in a checkout of hotseat, copy its evals/ to HOTSEAT_CONTENT, or name a"
            " file",
        )
    return path
