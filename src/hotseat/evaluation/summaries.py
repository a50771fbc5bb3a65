"""Several reports at a glance, in a terminal: a line a suite, then what is not green."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .changes import Change, Flip
from .gated import Gated, verdict
from .gates import Colour
from .report import Report
from .tables import WIDTH, bounded

HEADLINES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "judge": ("due_macro_f1", "level_macro_kappa"),
        "replay": ("due_macro_f1", "coverage"),
        "attacks": ("no_better",),
        "customer": ("nothing_critical", "gap_good_average"),
        "content": ("well_written", "winnable"),
        "scores": ("points",),
    }
)
"""The figures that stand for a suite in one line; the first ones for a suite that is not here."""

FLIPS = 10
"""Flips that are printed, the worst first."""

CASES = 3
"""Cases that are printed of a red suite."""

STYLES: Mapping[Colour, str] = MappingProxyType(
    {"green": "green", "red": "bold red", "waived": "yellow", "unsure": "yellow"}
)


def show(suites: Sequence[Gated], console: Console) -> None:
    """Print a line a suite, every gate that is not green, the worst cases of what is red, and the
    verdict."""
    if len(suites) > 1:
        console.print(_table(suites))
    console.print()
    for one in suites:
        for found in one.found:
            if found.colour != "green":
                console.print(_line(found.colour, f"{found.gate}: {found.says}"))
        if one.change:
            says = f"{one.report.suite} since the baseline: {differs(one.change)}"
            console.print(Text(says, style="dim"))
        if one.colour == "red":
            _cases(one, console)
    costs = [one.report.ran.cost for one in suites if one.report.ran.cost is not None]
    if costs:
        console.print(Text(f"cost ${sum(costs):.4f} at list price"))
    colour, says = verdict(suites)
    if colour == "red":
        reds = sum(found.colour == "red" for one in suites for found in one.found)
        says = f"{reds} gate{'s are' if reds > 1 else ' is'} red, told above"
    console.print(_line(colour, says))


def headlines(one: Gated) -> Iterable[str]:
    """The main figures of a report, each with its name and interval."""
    figures = one.report.figures
    named = [name for name in HEADLINES.get(one.report.suite, ()) if name in figures]
    for name in named or list(figures)[:2]:
        yield f"{name.replace('_', ' ')} {bounded(figures[name])}"


def _table(suites: Iterable[Gated]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), width=WIDTH)
    for head in ("suite", "", "figures"):
        table.add_column(head)
    for head in ("cases", "s"):
        table.add_column(head, justify="right")
    for one in suites:
        ran, skipped = one.report.ran, one.report.skipped
        table.add_row(
            one.report.suite,
            Text("skipped" if skipped else one.colour, style=STYLES[one.colour]),
            Text(skipped or "\n".join(headlines(one))),
            "" if skipped else str(ran.cases),
            "" if skipped else f"{ran.seconds:.1f}",
        )
    return table


def _line(colour: Colour, says: str) -> Text:
    return Text.assemble((colour.upper(), STYLES[colour]), f"  {says}")


def _cases(one: Gated, console: Console) -> None:
    """Where to look: what got worse since the baseline, and without that the worst misses."""
    worse = [flip for flip in one.change.flips if flip.change < 0] if one.change else []
    for flip in worse[:CASES]:
        _flip(flip, console)
    for miss in () if worse else one.report.misses[:CASES]:
        says = f" {miss.case}: said {miss.said}, wanted {miss.wanted}"
        console.print(Text.assemble((miss.about, "bold"), says))
        if miss.quote or miss.text:
            console.print(Text(f"    {miss.quote or miss.text}", style="dim"))


def _flip(flip: Flip, console: Console) -> None:
    console.print(Text.assemble((flip.about, "bold"), f" {flip.case}: {flip.was} -> {flip.now}"))
    if flip.quote or flip.text:
        console.print(Text(f"    {flip.quote or flip.text}", style="dim"))


def compared(before: Report, after: Report, since: Change, console: Console) -> None:
    """Print what changed between two reports: the cases, every figure, and the worst flips."""
    console.print(Text(f"{after.suite}: {differs(since)}", style="bold"))
    for line in since.config:
        console.print(Text(f"  {line}", style="dim"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), width=WIDTH)
    for head in ("figure", "before", "after", "change"):
        table.add_column(head, justify="left" if head == "figure" else "right")
    for name, figure in after.figures.items():
        was = before.figures.get(name)
        if was and was.value is not None and figure.value is not None:
            moved = round(figure.value - was.value, 3)
            if moved:
                table.add_row(name, bounded(was), bounded(figure), f"{moved:+.3f}")
    if table.row_count:
        console.print(table)
    worse = [flip for flip in since.flips if flip.change < 0]
    console.print(Text(f"\n{len(since.flips)} flips, {len(worse)} in cases that got worse"))
    for flip in since.flips[:FLIPS]:
        _flip(flip, console)


def differs(since: Change) -> str:
    """A change in one sentence, with its interval and what would have been noticed."""
    if since.value is None:
        return "no case in common that has a score in both"
    interval = "" if since.low is None else f" ({since.low:+.3f} to {since.high:+.3f})"
    notice = (
        f"; a change of {since.detectable:.3f} would be noticed four times in five"
        if since.detectable is not None
        else ""
    )
    alone = since.only_before + since.only_after
    left = f"; {alone} cases are in one of the two only" if alone else ""
    return f"mean change {since.value:+.3f}{interval} over {since.n} cases{notice}{left}"
