"""The geometry of the small plots: numbers in, coordinates out. Templates draw them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..domain import Moment

BAND_MIDDLES = (9.5, 7.5, 5.5, 3.5, 1.0)
"""The tension in the middle of each mood band, hottest first (bands as in `mood.band`)."""

TOP, BOTTOM = 18, 46


class Band(NamedTuple):
    word: str
    y: float


class Point(NamedTuple):
    step: int
    x: float
    y: float
    turning: str
    tick: str
    label: str


class Timeline(NamedTuple):
    """Mood over the encounter, in a box of `width` by `height`; hot is up."""

    width: int
    height: int
    left: int
    bands: tuple[Band, ...]
    points: tuple[Point, ...]
    path: str


class Dot(NamedTuple):
    x: float
    y: float


def timeline(
    moments: Sequence[Moment], words: Sequence[str], *, width: int, height: int, left: int
) -> Timeline:
    """The mood timeline. `words` names the five bands, hottest first."""
    last = max(1, len(moments) - 1)
    ticks = _ticks(len(moments), width - left)

    def y(tension: float) -> float:
        return round(TOP + (10 - tension) / 10 * (height - TOP - BOTTOM), 1)

    points = tuple(
        Point(
            step=moment.step,
            x=round(left + 14 + i / last * (width - left - 30), 1),
            y=y(moment.tension),
            turning=moment.turning,
            tick=("Opening" if moment.step == 0 else str(moment.step)) if i in ticks else "",
            label=_label(moment),
        )
        for i, moment in enumerate(moments)
    )
    return Timeline(
        width=width,
        height=height,
        left=left,
        bands=tuple(Band(w, y(t)) for w, t in zip(words, BAND_MIDDLES, strict=True)),
        points=points,
        path=" ".join(f"{p.x},{p.y}" for p in points),
    )


def dots(values: Sequence[float], *, width: int = 200, top: int = 5, floor: int = 34) -> list[Dot]:
    """A sparkline's dots for values of 0 to 1, oldest first; the newest twenty are drawn."""
    shown = values[-20:]
    gap = (width - 10) / max(1, len(shown) - 1)
    return [
        Dot(round(5 + i * gap, 1), round(floor - value * (floor - top), 1))
        for i, value in enumerate(shown)
    ]


def changes(values: Sequence[float], under: Sequence[str]) -> list[tuple[float, str]]:
    """Where what the dots of a sparkline were graded under changed: halfway before the first dot
    under the new, and what that is. `under` goes with `values`, one each."""
    drawn, kept = dots(values), under[-20:]
    return [
        (round((left.x + right.x) / 2, 1), new)
        for left, right, old, new in zip(drawn, drawn[1:], kept, kept[1:], strict=False)
        if old != new
    ]


def strip(values: Sequence[float], *, most: float, width: int = 120, left: int = 5) -> list[Dot]:
    """Dots along a line for values of 0 to `most`. Values that fall on one another are stacked,
    three high, so that many alike look like many."""
    seen: dict[int, int] = {}
    found: list[Dot] = []
    for value in sorted(values):
        x = round(left + min(most, max(0.0, value)) / most * (width - 2 * left))
        level = min(2, seen.get(x // 5, 0))
        seen[x // 5] = level + 1
        found.append(Dot(x, 20 - 6 * level))
    return found


def _ticks(count: int, room: int) -> set[int]:
    """Which points get a number under them: all, or every other where they would touch."""
    return set(range(0, count, 1 if room / max(1, count) > 26 else 2)) | {count - 1}


def _label(moment: Moment) -> str:
    where = "Opening" if moment.step == 0 else f"Reply {moment.step}"
    turned = {"better": ", turned calmer", "worse": ", turned hotter", "": ""}[moment.turning]
    because = f". {moment.because}" if moment.because else ""
    return f"{where}: {moment.word}{turned}{because}"
