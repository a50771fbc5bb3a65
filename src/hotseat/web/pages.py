"""The pages around an encounter: home, brief, progress. Nouns in, HTML out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ..domain import Intensity, Lesson, Persona, Record, Rubric
from ..errors import HotseatError, StoreError
from ..llm import Seats
from . import picks, plots
from .render import SELF_PREFERRING, capfirst, count, engine, first_name, render

INTENSITIES: tuple[tuple[Intensity, str, str], ...] = (
    ("mild", "Mild", "Says yes once the need is met, and has patience to spare."),
    ("standard", "Standard", "Tests your first offer once before it counts, and calms in steps."),
    ("strong", "Strong", "Tests offers twice, must be calmer to agree, and leaves sooner."),
)
"""What each intensity changes: what it takes to be won over, not how loud anybody gets."""

EXAMPLE = (
    "listen_fully",
    "acknowledge_feelings",
    "apology_fit",
    "specific_solution",
    "timeline",
    "confirm_fit",
)
"""The skills a worked example shows, in the order they would come up."""


NO_NUMBERS: Mapping[str, tuple[str, int]] = MappingProxyType({})


def masthead(seats: Seats, trainer: bool = False) -> str:
    """The header; it always says which engine plays and which one judges, and warns where they
    are too close. A `trainer` gets a link to the settings."""
    return render(
        "masthead",
        customer=engine(seats.customer.name),
        judge=engine(seats.judge.name),
        trainer=trainer,
        warning=SELF_PREFERRING if seats.self_preferring else "",
    )


def home(
    personas: Mapping[str, Persona],
    rubric: Rubric,
    history: Sequence[Record],
    current: Record | None,
    lessons: Sequence[Lesson] = (),
) -> str:
    """The start page; `lessons` are replies that others passed on."""
    return render(
        "home",
        lessons=lessons,
        current=current,
        current_name=first_name(current.persona) if current else "",
        cards=picks.recommended(personas, history, rubric),
        everyone=[
            picks.card(persona, rubric)
            for persona in sorted(personas.values(), key=lambda persona: persona.level)
        ],
        recent=[picks.past(record) for record in history[:8]],
    )


def meet(
    persona: Persona,
    rubric: Rubric,
    history: Sequence[Record],
    scenario_id: str = "",
) -> str:
    """The brief before an encounter. Somebody's very first one offers a worked example."""
    scenario_id = scenario_id if scenario_id in persona.scenarios else next(iter(persona.scenarios))
    scenario = persona.scenarios[scenario_id]
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    first = not picks.finished(history)
    return render(
        "meet",
        persona=persona,
        name=first_name(persona),
        scenario=scenario,
        scenario_id=scenario_id,
        skills=[criteria[id] for id in persona.skills if id in criteria],
        intensities=INTENSITIES,
        chosen="mild" if first else "standard",
        minutes="5 minutes and 6 replies",
        example=[
            {
                "title": criteria[id].title,
                "phrase": scenario.phrases[id],
                "why": criteria[id].advice,
            }
            for id in EXAMPLE
            if first and id in scenario.phrases and id in criteria
        ],
    )


def progress(
    rubric: Rubric, history: Sequence[Record], numbers: Mapping[str, tuple[str, int]] = NO_NUMBERS
) -> str:
    """Small multiples of every criterion. No leaderboard: nobody else is on this page. `numbers`
    names published rubrics by fingerprint: where one took another's place, the plot has a mark."""
    found, under = picks.values(history), picks.rubrics(history)
    have = len(picks.finished(history))
    sections = [
        {
            "title": section.title,
            "trends": [
                _trend(
                    criterion.title,
                    found.get(criterion.id, []),
                    under.get(criterion.id, []),
                    numbers,
                )
                for criterion in rubric.criteria
                if criterion.section == section.title
            ],
        }
        for section in rubric.sections
    ]
    few = f"You have {count(have, 'finished encounter')}." if have < picks.TREND else ""
    return render(
        "progress", sections=sections, few=few, history=[picks.past(record) for record in history]
    )


def dialogs() -> str:
    """Pause, and the question before stopping."""
    return render("dialogs")


def trouble(told: str, *, heading: str = "That did not work") -> str:
    """What went wrong, with the ways on: the start page and the history."""
    return render("trouble", heading=heading, told=told)


def told(error: HotseatError) -> str:
    """An error as one or two sentences; trouble with the records names the database."""
    stored = isinstance(error, StoreError) and error.place
    said = (f"{error.place}: {error.problem}" if stored else error.problem, error.fix)
    return " ".join(f"{capfirst(sentence.rstrip('.'))}." for sentence in said if sentence)


def kept(mark: str) -> str:
    """Word to the page's script that the draft it marked so is stored."""
    return render("kept", mark=mark)


def _trend(
    title: str,
    values: Sequence[float],
    under: Sequence[str],
    numbers: Mapping[str, tuple[str, int]],
) -> dict[str, object]:
    dots = plots.dots(values)
    marks = plots.changes(values, under)
    told = [f"version {numbers[to][1]}" if to in numbers else "another version" for _, to in marks]
    drawn = len(values) >= picks.TREND
    times = count(len(values), "encounter")
    words = f"{times}, last time: {_word(values[-1])}" if values else "Not come up yet"
    return {
        "title": title,
        "dots": dots,
        "path": " ".join(f"{dot.x},{dot.y}" for dot in dots) if drawn else "",
        "words": words,
        "marks": [x for x, _ in marks],
        "changed": f"Dashed: {', then '.join(told)} of the rubric" if told else "",
        "label": f"{title}: {words}",
    }


def _word(value: float) -> str:
    return "met" if value >= 0.75 else "partly" if value >= 0.25 else "missed"
