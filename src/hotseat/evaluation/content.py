"""Personas and rubrics by themselves: well written, reachable, winnable, losable, traced.

Everything is code and words: no model is asked, and every problem says where it is, what is wrong
and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from .. import catalog, reader
from ..domain import INTENSITIES, Call, Level, Persona, Rubric
from ..errors import ContentError
from . import content_checks as checks
from .content_checks import Checked, Ground, Shelf, Told
from .report import Figure, Miss, Report, Unit, digest, share
from .runs import Run, Suite

VERSION = 1


def read(root: Path | None = None) -> Shelf:
    """What is in a content folder. A file that cannot be read is a problem and stops nothing.
    Raises ContentError without a folder."""
    folder = catalog.content_root(root)
    personas: dict[str, Persona] = {}
    rubrics: dict[str, Rubric] = {}
    for path in sorted(folder.glob("personas/*.yaml")):
        try:
            personas[path.stem] = catalog.persona(path.stem, folder)
        except ContentError:
            continue  # `check` tells it
    for path in sorted(folder.glob("rubrics/*.yaml")):
        try:
            if path.name != "sources.yaml":
                rubrics[path.stem] = catalog.rubric(path.stem, folder)
        except ContentError:
            continue
    try:
        sources = catalog.sources(folder)
    except ContentError:
        sources = {}
    return Shelf(
        personas=personas,
        rubrics=rubrics,
        sources=sources,
        problems=tuple(catalog.check(folder)),
    )


def suite(shelf: Shelf, rubric: Rubric) -> Suite[Ground]:
    """The suite over a content folder; plays are graded by `rubric`."""

    async def task(ground: Ground, _: int) -> tuple[Checked, Sequence[Call]]:
        match ground.check:
            case "lint":
                return checks.lint(ground, shelf), ()
            case "signs":
                return checks.signs(ground, shelf.personas[ground.of], rubric), ()
            case "criterion":
                one = shelf.rubrics[ground.of].criterion(ground.part)
                return checks.criterion(ground, one, shelf), ()
            case "traced":
                return checks.traced(ground, shelf), ()
            case "play":
                return await checks.played(ground, shelf.personas[ground.of], rubric), ()

    return Suite(
        name="content",
        version=VERSION,
        cases={ground.id: ground for ground in grounds(shelf)},
        task=task,
        config={
            "engine": "embedded",
            "rubric": catalog.fingerprint(rubric),
            "content": digest(shelf.model_dump(mode="json")),
        },
    )


def grounds(shelf: Shelf) -> Iterable[Ground]:
    """Every case, the quick ones first."""
    files = [f"personas/{id}.yaml" for id in shelf.personas]
    files += [f"rubrics/{id}.yaml" for id in shelf.rubrics]
    for file in sorted({*files, "rubrics/sources.yaml", *(p.file for p in shelf.problems)}):
        yield Ground(check="lint", file=file)
    if shelf.sources and shelf.rubrics:
        yield Ground(check="traced", file="rubrics/sources.yaml")
    for id, rubric in shelf.rubrics.items():
        for one in rubric.criteria:
            yield Ground(check="criterion", file=f"rubrics/{id}.yaml", of=id, part=one.id)
    for id, persona in shelf.personas.items():
        for scenario in persona.scenarios:
            where = Ground(check="signs", file=f"personas/{id}.yaml", of=id, part=scenario)
            yield where
            for hard in INTENSITIES:
                yield where.model_copy(update={"check": "play", "intensity": hard})


# ------------------------------------------------------------------ the report


def report(run: Run, shelf: Shelf) -> Report:
    """The figures of a run over content. A criterion counts as reached when a reply that was
    written or played met it; which ones were not is told when everything is in. Repeats of a
    case find the same, so the first is told."""
    checked = [
        Checked.model_validate(one.result) for (_, number), one in run.done.items() if number == 1
    ]
    counts: dict[str, list[tuple[int, int]]] = {}
    for one in checked:
        for name, count in one.counts.items():
            counts.setdefault(name, []).append(count)
    figures = {
        name: share(sum(yes for yes, _ in pairs), sum(of for _, of in pairs))
        for name, pairs in counts.items()
    }
    told = [problem for one in checked for problem in one.told]
    figures["criteria_reached"], unmet = _reached(checked, shelf)
    unmet = [] if run.missing else unmet
    unread = [
        one.ground.part
        for one in checked
        if one.ground.check == "criterion" and one.ground.part not in reader.CRITERIA
    ]
    return Report(
        suite="content",
        ran=run.told,
        figures=figures,
        units=tuple(_unit(one) for one in checked),
        misses=tuple(
            Miss(case=one.file, about=one.place, said=one.problem, wanted=one.fix)
            for one in (*told, *unmet)
        ),
        notes=(f"Only a model can grade {', '.join(unread)}.",) if unread else (),
        details={
            "problems": len(told) + len(unmet),
            "told": [one.model_dump() for one in (*told, *unmet)],
        },
    )


def _reached(checked: Sequence[Checked], shelf: Shelf) -> tuple[Figure, list[Told]]:
    seen: dict[str, set[Level]] = {}
    for one in checked:
        for id, levels in one.levels.items():
            seen.setdefault(id, set()).update(levels)
    known = [
        (file, criterion)
        for file, rubric in shelf.rubrics.items()
        for criterion in rubric.criteria
        if criterion.id in reader.CRITERIA and criterion.id in seen
    ]
    told = [
        Told(
            file=f"rubrics/{file}.yaml",
            place=f"criteria.{criterion.id}",
            problem="no reply met it, neither its own example nor any that was played",
            fix="look at due_when and examples.met: one must be met where it is due",
        )
        for file, criterion in known
        if "met" not in seen[criterion.id]
    ]
    return share(len(known) - len(told), len(known)), told


def _unit(one: Checked) -> Unit:
    return Unit(
        case=one.ground.id,
        group=one.ground.file,
        score=float(not one.told) if one.counts else None,
        said={name: f"{good} of {whole}" for name, (good, whole) in one.counts.items()},
        text="\n".join(f"{t.place}: {t.problem}" for t in one.told),
    )
