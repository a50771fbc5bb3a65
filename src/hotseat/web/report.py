"""The debrief as a page, and the same encounter as one file to keep. A record in, HTML out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ..debrief import GUIDES, debrief
from ..domain import (
    ACTS,
    Call,
    Debrief,
    Lesson,
    Note,
    Persona,
    Pins,
    Record,
    Row,
    Rubric,
    Score,
    Source,
    Step,
    Verdict,
)
from ..llm import EMBEDDED
from ..llm.families import family
from ..mood import band
from ..studio.reviewing import FLAG, released
from . import plots, theme
from .chat import NOTHING, Again, gradable, why_ungraded
from .render import LEVELS, SELF_PREFERRING, count, engine, first_name, model, render
from .ruled import UNSAID, Said
from .took import took


def reflect(record: Record) -> str:
    """The trainee's own view, asked before any score is shown."""
    return render(
        "reflect",
        record=record,
        name=first_name(record.persona),
        thoughts=[""] * (len(record.steps) + 1),
    )


def page(
    record: Record,
    sources: Mapping[str, Source],
    *,
    original: Record | None = None,
    after: Persona | None = None,
    skill: str = "",
    again: Again = NOTHING,
    trainer: bool = False,
    calls: Sequence[tuple[int, Call]] = (),
    said: Said = UNSAID,
    lessons: Sequence[Lesson] = (),
) -> str:
    """The debrief, with what people `said` of its grades. `original` is the encounter this one
    retries, `after` whom to meet next and `skill` what for; `again` what is going on with the
    replies that have no grade. A `trainer` sees what the `calls` of models took, each with its
    step from 0. `lessons` are replies of it that were offered to the others."""
    context = _context(record, sources, said)
    d: Debrief = context["d"]
    last = len(record.steps)
    at = d.priority.step if d.priority else last
    return render(
        "debrief",
        **context,
        reset=record.persona.level == 3 or record.persona.temperament == "abusive",
        lacking=[_lacking(record, number, again) for number in without_grade(record)],
        trainer=trainer,
        took=took(calls),
        lessons=lessons,
        versions=_versions(record, original),
        retry_at=at,
        after=after,
        after_label=(f"Next skill: {skill}" if skill else f"Meet {first_name(after)} next")
        if after
        else "",
    )


def export(record: Record, sources: Mapping[str, Source], said: Said = UNSAID) -> str:
    """One self-contained file: its own CSS, no script, nothing fetched from anywhere."""
    return render("export", **_context(record, sources, said), css=Markup(theme.paper_css()))


def document(source: Source) -> str:
    """Where a passage comes from, short enough to stand under a quote."""
    label = GUIDES.get(source.document[:3])
    return f"Guide {int(source.document[:3]) + 1} of 5: {label}" if label else source.document


def _context(record: Record, sources: Mapping[str, Source], said: Said) -> dict[str, Any]:
    """What the page and the file share. A person's ruling stands where the judge's grade was."""
    told = released(record, said.rulings)
    d = debrief(told, sources)
    words = record.persona.mood.words
    ungraded = len(without_grade(record))
    thoughts = {moment.step: moment.thought for moment in d.moments}
    return {
        "record": record,
        "name": first_name(record.persona),
        "d": d,
        "plots": (
            plots.timeline(d.moments, words, width=1024, height=260, left=120),
            plots.timeline(d.moments, words, width=380, height=250, left=104),
        ),
        "moved": _moved([moment.word for moment in d.moments]),
        "turnings": [moment for moment in d.moments if moment.turning],
        "sources": {
            "strength": document(d.strength.source) if d.strength else "",
            "priority": document(d.priority.source) if d.priority else "",
        },
        "sections": sections(d.rows, record.rubric),
        "headline": _headline(d.score),
        "score_line": score_line(d.score),
        "ungraded": f"{count(ungraded, 'reply is', 'replies are')} not graded yet; "
        f"{'it counts' if ungraded == 1 else 'they count'} neither way."
        if ungraded
        else "",
        "contested": contested(told),
        "ruled": said.ruled,
        "disputed": said.disputed,
        "shortened": [n for n, verdict in _verdicts(record) if verdict.shortened],
        "coached_by": {
            "strength": "",
            "priority": _coached_by(record, d.priority) if d.priority else "",
        },
        "flags": flags(d.score, record.rubric, said),
        "thoughts": [thoughts.get(step, "") for step in range(len(record.steps) + 1)],
        "engines": _engines(record.pins),
    }


def sections(rows: Sequence[Row], rubric: Rubric) -> list[dict[str, Any]]:
    """The rows of a scorecard under the rubric's sections."""
    return [
        {
            "title": section.title,
            "weight": f"{section.weight:g}",
            "rows": [row for row in rows if row.section == section.title],
        }
        for section in rubric.sections
    ]


def flags(score: Score, rubric: Rubric, said: Said) -> list[tuple[str, str]]:
    """What flags an encounter, in words, each with who confirmed it."""
    acts = [
        (f"{ACTS[act.id]}: “{act.quote}”", said.confirmed.get(FLAG + act.id, ""))
        for act in score.autofails
    ]
    missed = [
        (
            f"missed “{rubric.criterion(id).title}”, which no reply may miss",
            said.confirmed.get(id, ""),
        )
        for id in score.failed
    ]
    return [*acts, *missed]


def without_grade(record: Record) -> list[int]:
    """The replies, by number from 1, that have no verdict."""
    return [n for n, step in enumerate(record.steps, 1) if not isinstance(step.verdict, Verdict)]


def contested(record: Record) -> dict[str, str]:
    """What a second judge said where it differed, by criterion: "reply 2: missed"."""
    said: dict[str, list[str]] = {}
    for number, verdict in _verdicts(record):
        for criterion, grade in verdict.contested.items():
            said.setdefault(criterion, []).append(
                f"reply {number}: {LEVELS[grade.level][1].lower()}"
            )
    return {criterion: ", ".join(each) for criterion, each in said.items()}


def _verdicts(record: Record) -> Iterator[tuple[int, Verdict]]:
    for number, step in enumerate(record.steps, 1):
        if isinstance(step.verdict, Verdict):
            yield number, step.verdict


def _lacking(record: Record, number: int, again: Again) -> dict[str, Any]:
    return {
        "number": number,
        "why": why_ungraded(record, number, again),
        "failed": number in again.kept_back,
        "busy": number in again.regrading,
        "again": gradable(record, number),
    }


def _coached_by(record: Record, note: Note) -> str:
    """The model that wrote what to try instead; nothing where code did."""
    coached = record.steps[note.step - 1].coaching
    return model(coached.engine) if coached and coached.try_instead == note.try_instead else ""


def _engines(pins: Pins) -> str:
    said = f"Customer: {engine(pins.customer)}. Judge: {engine(pins.judge)}."
    if pins.judge != EMBEDDED and family(pins.judge) == family(pins.customer):
        said += f" {SELF_PREFERRING}"
    return said


def _moved(words: Sequence[str]) -> str:
    """The way of the mood in words, for a plot whose line says too little."""
    if len(words) < 2:
        return ""
    if len(set(words)) == 1:
        return f"The mood stayed at {words[0]} throughout."
    return f"It began at {words[0]} and ended at {words[-1]}."


def _headline(score: Score) -> str:
    return "not enough to score" if score.points is None else f"{score.points:.0f} of 100"


def score_line(score: Score) -> str:
    """The score with what it rests on. Points of weight that never came up are left out."""
    came_up = f"{score.coverage:.0f} of 100 points of the rubric came up and were graded"
    if score.points is None:
        return f"Not enough to score: {came_up}, and 40 is the least."
    return f"{score.points:.0f} of 100. {came_up.capitalize()}; the rest counts neither way."


def _versions(record: Record, original: Record | None) -> list[dict[str, Any]]:
    """The reply as first given and as retried, side by side."""
    at = (record.retry_from or 0) - 1
    if original is None or not 0 <= at < min(len(original.steps), len(record.steps)):
        return []
    return [
        _version("First version", original, original.steps[at]),
        _version("This time", record, record.steps[at]),
    ]


def _version(label: str, record: Record, step: Step) -> dict[str, Any]:
    now = step.mood_now
    return {
        "label": label,
        "step": step,
        "mood": record.persona.mood.words[band(now)] if now else "not read",
    }
