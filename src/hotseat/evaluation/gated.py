"""Reports beside their baselines and gates: what an engineer is told, and what CI goes by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ..domain import Noun
from . import gates
from .changes import Change, change
from .gates import Colour, Found, Gates
from .report import Report

WORST = 3
"""Flips that are told with their text."""


class Gated(Noun):
    """A report, what its gates say, and what changed since its baseline, if there is one."""

    report: Report
    found: tuple[Found, ...] = ()
    before: Report | None = None
    change: Change | None = None

    @property
    def colour(self) -> Colour:
        """The gravest of what was found; a suite that was skipped or is not whole is unsure."""
        colours = {one.colour for one in self.found}
        if "red" in colours:
            return "red"
        if self.report.skipped or self.report.ran.missing or "unsure" in colours:
            return "unsure"
        return "waived" if "waived" in colours else "green"


def gated(
    reports: Iterable[Report],
    rules: Gates,
    baselines: Mapping[str, Report],
    today: date,
) -> tuple[Gated, ...]:
    """Every report with what its gates say. A part of a run (a shard, or one with failures) is
    only asked whether its recording fits: its figures are not those of the whole."""
    found: list[Gated] = []
    for report in reports:
        before = baselines.get(report.suite)
        whole = not report.skipped and not report.ran.missing
        since = change(before, report) if before and whole else None
        says = gates.read(report, rules, today, since) if whole else gates.stale(report)
        found.append(Gated(report=report, found=tuple(says), before=before, change=since))
    return tuple(found)


def verdict(suites: Iterable[Gated]) -> tuple[Colour, str]:
    """All of it in one colour and one line, for whoever reads no further."""
    everything = list(suites)
    reds = [one for suite in everything for one in suite.found if one.colour == "red"]
    if reds:
        rest = f" and {len(reds) - 1} more" if len(reds) > 1 else ""
        return "red", f"{reds[0].gate}: {reds[0].says}{rest}"
    unsure = [one for one in everything if one.colour == "unsure"]
    if unsure:
        return "unsure", "; ".join(_why(one) for one in unsure)
    if any(one.colour == "waived" for one in everything):
        return "waived", "what is red is waived"
    gates_read = sum(len(one.found) for one in everything)
    return "green", f"{gates_read} gates hold over {len(everything)} suites"


def _why(one: Gated) -> str:
    report = one.report
    if report.skipped:
        return f"{report.suite} was skipped: {report.skipped}"
    if report.ran.failed:
        return f"{report.suite}: {len(report.ran.failed)} cases failed"
    if report.ran.missing:
        return f"{report.suite} is a part of the whole: {report.ran.missing} cases are not in"
    return "; ".join(f.says for f in one.found if f.colour == "unsure")
