"""Baselines: what a suite came to when it was last found good, kept small beside the gates.

A baseline is a report without its texts: figures, and one line a case with its score and what was
said of it. Names come from a suite; a folder holds one file a suite.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from ..errors import ContentError, SettingError
from .report import Report

DIGITS = 6
"""Of every number that is kept: enough to compare, and the same on every machine."""


def save(path: Path, reports: Iterable[Report]) -> list[Path]:
    """Write the baselines of reports; the files written. `path` is a folder, or, for one report,
    a file ending in `.json`. Raises SettingError where something is missing from a report, since
    what was never measured would be the measure of what follows."""
    whole = list(reports)
    for report in whole:
        if report.skipped or report.ran.missing:
            raise SettingError(
                f"{report.suite} was not run as a whole, so it can be no baseline",
                place="--save-baseline",
                fix="run it without --shard, and mend what failed",
            )
    if path.suffix == ".json":
        if len(whole) != 1:
            raise SettingError(
                f"{len(whole)} suites do not fit into one file",
                place="--save-baseline",
                fix="name a folder",
            )
        files = {path: whole[0]}
    else:
        files = {path / f"{report.suite}.json": report for report in whole}
    for file, report in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_text(report), encoding="utf-8")
    return list(files)


def load(path: Path, suite: str) -> Report | None:
    """The baseline of a suite: that file, or the suite's in a folder; None where the folder has
    none. Raises ContentError for a file that is none."""
    file = path / f"{suite}.json" if path.is_dir() else path
    if not file.exists():
        if file == path:
            raise ContentError("there is no such file", place=str(path), fix="check --baseline")
        return None
    return saved(file)


def saved(path: Path) -> Report:
    """The report in a file: a baseline, or what `--json` printed. Raises ContentError."""
    one, *more = several(path)
    if more:
        raise ContentError(
            "this holds the reports of several suites", place=str(path), fix="name one of them"
        )
    return one


def several(path: Path) -> list[Report]:
    """Every report in a file; that of a whole tier holds several. Raises ContentError."""
    fix = "name a baseline, or a file that `hotseat eval … --json` printed"
    try:
        values: Any = json.loads(path.read_text(encoding="utf-8"))
        return [Report.from_json(one) for one in values.get("reports") or [values]]
    except OSError as error:
        raise ContentError(f"cannot be read: {error.strerror}", place=str(path), fix=fix) from None
    except (AttributeError, ValueError, TypeError, ValidationError):
        raise ContentError("this is no report", place=str(path), fix=fix) from None


def _text(report: Report) -> str:
    """One line a case, so that a changed baseline reads well as a difference of two files."""
    ran = report.ran.model_copy(update={"seconds": 0.0, "cost": None})
    head = {
        "suite": report.suite,
        **ran.model_dump(mode="json"),
        "figures": {
            name: figure.model_dump(mode="json") for name, figure in report.figures.items()
        },
    }
    units = [
        json.dumps(
            _rounded(unit.model_dump(mode="json", exclude={"text", "scores"})), ensure_ascii=False
        )
        for unit in report.units
    ]
    outer = json.dumps(_rounded(head), indent=1, ensure_ascii=False).removesuffix("\n}")
    return f'{outer},\n "units": [\n  ' + ",\n  ".join(units) + "\n ]\n}\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_rounded(one) for one in cast("list[Any]", value)]
    return value
