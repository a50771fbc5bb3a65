"""The checks of `content`: one file, scenario or criterion each, told in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from .. import encounter, llm, reader
from ..catalog.problems import Problem
from ..domain import (
    Criterion,
    Intensity,
    Level,
    Noun,
    Persona,
    Record,
    Rubric,
    Source,
    Verdict,
)
from ..laws import MAX_TURNS
from . import reaching
from .simulate import play
from .trainees import TRAINEES

Check = Literal["lint", "signs", "play", "criterion", "traced"]

WINNERS = (("steady", 0), ("brisk", 0), ("steady", 1), ("brisk", 1))
"""Good trainees and seeds, one after the other until one wins."""

LOSER = "wall"


class Told(Noun):
    """One thing that is wrong: in which file and place, and what to do about it."""

    file: str
    place: str
    problem: str
    fix: str


class Ground(Noun):
    """One case: a check of one file, or of one `part` of what it holds, a scenario or a
    criterion."""

    check: Check
    file: str
    of: str = ""
    part: str = ""
    intensity: Intensity = "standard"

    @property
    def id(self) -> str:
        hard = self.intensity if self.check == "play" else ""
        return "/".join(filter(None, (self.check, self.of or self.file, self.part, hard)))


class Checked(Noun):
    """What a check found. `counts` has (good, of how many) by the figure it adds to; `levels` the
    levels at which criteria were graded in play."""

    ground: Ground
    told: tuple[Told, ...] = ()
    counts: dict[str, tuple[int, int]] = {}
    levels: dict[str, tuple[Level, ...]] = {}


class Shelf(Noun):
    """The content that could be read, and every problem that `hotseat check` tells."""

    personas: dict[str, Persona]
    rubrics: dict[str, Rubric]
    sources: dict[str, Source]
    problems: tuple[Problem, ...]


def lint(ground: Ground, shelf: Shelf) -> Checked:
    found = [p for p in shelf.problems if p.file == ground.file]
    told = tuple(Told(file=p.file, place=p.place, problem=p.problem, fix=p.fix) for p in found)
    return Checked(ground=ground, told=told, counts={"well_written": (int(not told), 1)})


def signs(ground: Ground, persona: Persona, rubric: Rubric) -> Checked:
    found = reaching.reached(persona, ground.part, rubric)
    dead = reaching.unreached(found)
    told = [
        Told(
            file=ground.file,
            place=_place(key, ground.part),
            problem="no reply fires it, not even one made of its own cue",
            fix="write a cue in words that a trainee would use, or name a criterion or an act",
        )
        for key in dead
    ]
    needs = [key for key in found if key.startswith("needs/")]
    told += [
        Told(
            file=ground.file,
            place=_place(key, ground.part),
            problem="none of the scenario's sample phrases meets it, so no hint leads there",
            fix="write a sample phrase that gives it, or a cue that hears the one there is",
        )
        for key in needs
        if key not in dead and found[key] != "phrase"
    ]
    written = sum(source in ("phrase", "example") for source in found.values())
    return Checked(
        ground=ground,
        told=tuple(told),
        counts={
            "signs_reachable": (len(found) - len(dead), len(found)),
            "signs_exemplified": (written, len(found)),
            "needs_in_phrases": (sum(found[key] == "phrase" for key in needs), len(needs)),
        },
    )


def criterion(ground: Ground, criterion: Criterion, shelf: Shelf) -> Checked:
    """Whether a reply meets it, as far as the embedded engine reads it."""
    if criterion.id not in reader.CRITERIA:
        return Checked(ground=ground, levels={criterion.id: ()})
    found = reaching.levels(criterion, shelf.personas.values())
    return Checked(ground=ground, levels={criterion.id: tuple(sorted(found))})


def traced(ground: Ground, shelf: Shelf) -> Checked:
    """Every behaviour of the documents that a text can show reaches a criterion that names it, or
    says why it is not scored."""
    cited = {ref for one in shelf.rubrics.values() for c in one.criteria for ref in c.sources}
    visible = {
        ref: source
        for ref, source in shelf.sources.items()
        if source.observable in ("turn", "conversation")
    }
    lost = {ref: s for ref, s in visible.items() if ref not in cited and not s.unscored}
    told = tuple(
        Told(
            file=ground.file,
            place=ref,
            problem=f"'{source.quote}' can be seen in a reply, and no criterion rests on it",
            fix=f"add {ref} to the sources of {source.criterion or 'a criterion'}, or say under"
            " unscored why not",
        )
        for ref, source in lost.items()
    )
    kept = len(visible) - len(lost)
    return Checked(ground=ground, told=told, counts={"behaviours_traced": (kept, len(visible))})


async def played(ground: Ground, persona: Persona, rubric: Rubric) -> Checked:
    """Won by somebody good, lost by somebody poor."""
    good: list[Record] = []
    for trainee, seed in WINNERS:
        good.append(await _one(ground, persona, rubric, trainee, seed))
        if good[-1].outcome == "resolved":
            break
    poor = await _one(ground, persona, rubric, LOSER, 0)
    won, lost = good[-1].outcome == "resolved", poor.outcome != "resolved"
    place, told = f"scenarios.{ground.part}", list[Told]()
    if not won:
        told.append(
            Told(
                file=ground.file,
                place=place,
                problem=f"no good trainee wins it at {ground.intensity} intensity: {_why(good[0])}",
                fix="write sample phrases that meet its needs, or make it less hard to satisfy",
            )
        )
    if not lost:
        told.append(
            Told(
                file=ground.file,
                place=place,
                problem=f"a trainee who only refuses wins it at {ground.intensity} intensity",
                fix="make its needs and what softens the customer harder to meet by chance",
            )
        )
    return Checked(
        ground=ground,
        told=tuple(told),
        counts={"winnable": (int(won), 1), "losable": (int(lost), 1)},
        levels=_levels([*good, poor], rubric),
    )


async def _one(ground: Ground, persona: Persona, rubric: Rubric, trainee: str, seed: int) -> Record:
    seats = llm.seats({})
    record = encounter.begin(
        persona, ground.part, ground.intensity, rubric, trainee=trainee, seats=seats, seed=seed
    )
    return await play(record, TRAINEES[trainee], seats, MAX_TURNS)


def _why(record: Record) -> str:
    """Why an encounter was not won, as far as the mood says."""
    at = encounter.mood_now(record)
    open_needs = [need for need in record.scenario.needs if need not in at.met]
    ended = (record.outcome or "stopped").replace("_", " ")
    if open_needs:
        return f"it ended {ended}, {' and '.join(open_needs)} still open"
    return f"it ended {ended}, every need met, tension {at.tension} of 10"


def _levels(records: Iterable[Record], rubric: Rubric) -> dict[str, tuple[Level, ...]]:
    found: dict[str, set[Level]] = {criterion.id: set() for criterion in rubric.criteria}
    for record in records:
        for step in record.steps:
            if isinstance(step.verdict, Verdict):
                for id, grade in step.verdict.grades.items():
                    found[id].add(grade.level)
    return {id: tuple(sorted(levels)) for id, levels in found.items()}


def _place(key: str, scenario: str) -> str:
    """Where in the file the sign with this key is."""
    kind, _, name = key.partition("/")
    if kind in ("softens", "rises"):
        return f"{kind}_at[{name}]"
    return f"scenarios.{scenario}.{kind}.{name}"
