"""Reports as a person reads them in a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .report import Figure, Report

WIDTH = 80


def show(report: Report, console: Console) -> None:
    """Print a report: its table, its figures, its worst misses and what to know about them."""
    if report.skipped:
        console.print(Text(f"{report.suite}: skipped, {report.skipped}"))
        return
    if report.suite == "judge":
        console.print(_criteria(report))
    for name, figure in report.figures.items():
        if report.suite != "judge" or "/" not in name:  # the judge's table has those
            console.print(Text(f"{name.replace('_', ' '):34} {bounded(figure)}  (n {figure.n})"))
    if report.misses:
        console.print(Text("\nWorst misses", style="bold"))
    for miss in report.misses:
        console.print(
            Text.assemble(
                (f"{miss.about}", "bold"), f" {miss.case}: said {miss.said}, wanted {miss.wanted}"
            )
        )
        if miss.quote:
            console.print(Text(f'    its quote: "{miss.quote}"', style="dim"))
        console.print(Text(f"    {miss.text}", style="dim"))
    console.print()
    for note in (*report.notes, *_failures(report)):
        console.print(Text(note))
    console.print(Text(closing(report)))


def _failures(report: Report) -> Iterator[str]:
    """Cases that failed, gathered by the reason."""
    cases: dict[str, list[str]] = {}
    for case, why in report.ran.failed.items():
        cases.setdefault(why, []).append(case)
    for why, some in cases.items():
        more = f" and {len(some) - 3} more" if len(some) > 3 else ""
        yield f"Failed: {', '.join(some[:3])}{more}: {why}"


def closing(report: Report) -> str:
    """What was run, what it took, and the hash that says two runs agree."""
    ran = report.ran
    took = "no cost" if ran.cost is None else f"${ran.cost:.4f}"
    missing = f", {ran.missing} not in" if ran.missing else ""
    return (
        f"{report.suite}, {ran.config.get('engine', '')}: {ran.cases} cases{missing},"
        f" {ran.seconds:.1f} s, {took}, report {ran.hash[:12]}"
    )


def bounded(figure: Figure) -> str:
    """A figure with its interval, such as ".87 (.80 to .92)"."""
    if figure.low is None or figure.high is None:
        return number(figure.value)
    return f"{number(figure.value)} ({number(figure.low)} to {number(figure.high)})"


def number(value: float | None) -> str:
    """Two decimals and no leading zero; "-" where there is no figure."""
    if value is None:
        return "-"
    return f"{value:.2f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.2f}"


def _criteria(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), width=WIDTH)
    table.add_column("\ncriterion", no_wrap=True)
    heads = ("due\nn", "\nP", "\nR", "due\nF1", "level\nn", "\nsame", "\nκ", "\n95%")
    for head in (*heads, "quote\nfits", "rater\nκ"):
        table.add_column(head, justify="right", no_wrap=True)
    for id, values in report.details["criteria"].items():
        table.add_row(id, *_row(values))
    return table


def _row(values: dict[str, Any]) -> list[str]:
    low, high = number(values["level_kappa_low"]), number(values["level_kappa_high"])
    return [
        str(values["due_n"]),
        number(values["due_precision"]),
        number(values["due_recall"]),
        number(values["due_f1"]),
        str(values["level_n"]),
        number(values["level_percent"]),
        number(values["level_kappa"]),
        "-" if low == "-" else f"{low}-{high}",
        number(values["quote_precision"]),
        number(values["ceiling"]["level_kappa"]),
    ]
