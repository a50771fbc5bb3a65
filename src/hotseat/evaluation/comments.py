"""A comment for a pull request, in Markdown: the verdict first, then what changed and why.

Whatever a model or a trainee wrote stands in code spans, where no link, mention, image or markup
is anything but letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from .changes import Flip
from .gated import WORST, Gated, verdict
from .gates import Colour
from .summaries import differs, headlines

LONGEST = 200
"""Characters of somebody's text that are quoted."""

SIGNS: Mapping[Colour, str] = MappingProxyType(
    {"green": "✅", "red": "❌", "waived": "⚠️", "unsure": "⚠️"}
)


def comment(suites: Sequence[Gated], command: str) -> str:
    """The comment; `command` is what measures the same again."""
    colour, says = verdict(suites)
    parts = [
        f"## {SIGNS[colour]} Evaluation: {colour}",
        code(says),
        *_gates(suites),
        _table(suites),
        *_flips(suites),
        f"### Run it again\n\n{code(command)}",
        _pinned(suites),
    ]
    return "\n\n".join(parts) + "\n"


def code(text: str, most: int = 2_000) -> str:
    """Text as a code span of one line, fenced with more backticks than it has in a row."""
    line = re.sub(
        r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+", " ", text
    ).strip()
    line = f"{line[:most]}…" if len(line) > most else line
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"{fence}{line or ' '}{fence}"


def _cell(text: str) -> str:
    """A code span that no bar inside it breaks out of its cell."""
    return code(text).replace("|", "\\|")


def _gates(suites: Iterable[Gated]) -> Iterable[str]:
    lines = [
        f"- {SIGNS[found.colour]} {code(found.gate)}: {code(found.says)}"
        for one in suites
        for found in one.found
        if found.colour != "green"
    ]
    if lines:
        yield "\n".join(lines)


def _table(suites: Iterable[Gated]) -> str:
    rows = ["| suite | | figures, with 95% intervals | since the baseline |", "|---|---|---|---|"]
    for one in suites:
        figures = "<br>".join(map(_cell, headlines(one))) or _cell(one.report.skipped)
        since = _cell(differs(one.change)) if one.change else "no baseline"
        rows.append(f"| {_cell(one.report.suite)} | {SIGNS[one.colour]} | {figures} | {since} |")
    return "\n".join(rows)


def worst(suites: Iterable[Gated]) -> list[tuple[str, Flip]]:
    """The gravest flips over all suites, those of cases that got worse first."""
    flips = [(one.report.suite, f) for one in suites if one.change for f in one.change.flips]
    return sorted(flips, key=lambda pair: (pair[1].change, not pair[1].quote))[:WORST]


def _flips(suites: Sequence[Gated]) -> Iterable[str]:
    count = sum(len(one.change.flips) for one in suites if one.change)
    if not count:
        return
    lines = [f"### Worst of {count} flips"]
    for suite, flip in worst(suites):
        where = f"{code(flip.about)} in {code(f'{suite}/{flip.case}')}"
        lines.append(f"- {where}: was {code(flip.was)}, now {code(flip.now)}")
        if said := flip.quote or flip.text:
            lines.append(f"  > {code(said, LONGEST)}")
    yield "\n".join(lines)


def _pinned(suites: Iterable[Gated]) -> str:
    lines = ["<details><summary>Models, fingerprints and cost</summary>", ""]
    for one in suites:
        ran = one.report.ran
        if one.report.skipped:
            continue
        cost = "nothing" if ran.cost is None else f"${ran.cost:.4f} at list price"
        config = ", ".join(f"{name} {value[:12]}" for name, value in pins(one).items())
        lines.append(
            f"- {code(one.report.suite)}: {code(config)}, report {code(ran.hash[:12])},"
            f" {ran.cases} cases, {ran.seconds:.0f} s, cost {cost}"
        )
    return "\n".join([*lines, "", "</details>"])


def pins(one: Gated) -> dict[str, str]:
    """What decided a report's results and is worth a line: the model, and fingerprints."""
    config = one.report.ran.config
    return {
        name: value
        for name, value in config.items()
        if value and name not in ("suite", "version", "repeat") and not name.startswith("weight of")
    }
