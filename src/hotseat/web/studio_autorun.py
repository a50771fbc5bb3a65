"""What an auto-run found, as it stands beside the preview: whether a persona tells good work
from poor, and the lines in which it went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..llm import Seats
from ..llm.asking import price_of_encounter
from ..studio import previewing
from ..studio.previewing import QUALITIES, Run, Sum
from . import plots
from .jobs import Job
from .render import render

MOST_SEEDS = 10
"""The most seeds of one auto-run."""


class Row(NamedTuple):
    """One quality in the outcome of an auto-run, with its dots along 0 to 100 and 0 to 10."""

    sum: Sum
    scores: Sequence[plots.Dot]
    tensions: Sequence[plots.Dot]
    moods: str


def aside(job: Job | None, seats: Seats, about: Mapping[str, str]) -> str:
    """The auto-run so far, or the form that begins one; `about` are its hidden fields."""
    runs: list[Run] = list(job.found) if job else []
    sums = previewing.summed(runs)
    return render(
        "studio_preview_aside",
        about=about,
        job=job,
        rows=[_row(one, runs) for one in sums],
        gaps=previewing.separation(sums).gaps,
        verdict=_verdict(job, sums),
        holds=previewing.separation(sums).holds,
        enough=previewing.ENOUGH,
        wrong=[
            ("Secrets let out early", _lines(runs, "leaked")),
            ("Out of role, or giving in", _lines(runs, "out_of_part")),
            ("Said twice in one encounter", _lines(runs, "repeated")),
        ],
        most=MOST_SEEDS,
        trainees=len(previewing.TRAINEES),
        price=price(seats, len(previewing.TRAINEES)),
    )


def _row(one: Sum, runs: Sequence[Run]) -> Row:
    mine = [run for run in runs if run.quality == one.quality]
    words = dict.fromkeys(run.mood for run in sorted(mine, key=lambda run: run.tension))
    return Row(
        sum=one,
        scores=plots.strip(one.scores, most=100),
        tensions=plots.strip([run.tension for run in mine], most=10),
        moods=", ".join(words),
    )


def _verdict(job: Job | None, sums: Sequence[Sum]) -> str:
    """The outcome in one plain sentence; nothing before the end."""
    if job is None or job.running or len(sums) < len(QUALITIES):
        return ""
    apart = previewing.separation(sums)
    if apart.holds:
        return "This persona separates good, average and poor work."
    pairs = (("good", "average"), ("average", "poor"))
    close = [
        f"{better} from {worse}"
        for (better, worse), gap in zip(pairs, apart.gaps, strict=True)
        if gap is None or gap < previewing.ENOUGH
    ]
    return f"This persona does not separate {' or '.join(close)} well enough."


def _lines(runs: Sequence[Run], kind: str) -> list[str]:
    return list(dict.fromkeys(line for run in runs for line in getattr(run, kind)))


def price(seats: Seats, encounters: float) -> str:
    """What so many encounters cost at list price, in words; nothing where they are free."""
    if all(seat.embedded for seat in seats.all):
        return ""
    costs = [price_of_encounter(seat) for seat in seats.all]
    if None in costs:
        return "no list price for one of the models"
    return f"about ${sum(cost or 0.0 for cost in costs) * encounters:.2f} at list price"
