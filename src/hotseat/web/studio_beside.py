"""What stands beside a rubric's form: whether it is kept, what is wrong, where a criterion comes
from, the weights, and what the judge is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from .. import judge
from ..catalog import strict
from ..catalog.live import checked
from ..catalog.problems import Problem
from ..domain import Rubric, Source
from ..studio.compare import lines
from ..studio.documents import documents
from ..studio.publishing import Opened
from . import studio_cards, studio_sources
from .render import render
from .report import document as label
from .studio import Studio
from .studio_form import Values
from .studio_publish import state

WHOLE, TEXT = ".whole", ".text"
"""What is opened that is no criterion: no criterion's id begins with a dot."""


class Here(NamedTuple):
    """Where in the editor a trainer is: `open` is a criterion's id, WHOLE, TEXT or empty, and
    `document` the trainer's own one that is shown beside it."""

    id: str
    open: str
    document: str = ""

    @property
    def address(self) -> str:
        query = {"rubric": self.id, "open": self.open, "document": self.document}
        return f"?{urlencode({key: value for key, value in query.items() if value})}"


class Told(NamedTuple):
    """A problem with a link to where it is mended; `address` is empty for this very page."""

    place: str
    problem: str
    fix: str
    field: str
    address: str


class Quote(NamedTuple):
    """One passage a criterion rests on. `own` ones come from a trainer's document; `known` is
    whether there is such a passage at all."""

    ref: str
    document: str
    quote: str
    avoid: bool
    own: str
    known: bool


def aside(studio: Studio, opened: Opened, here: Here) -> str:
    """Beside the form: whether it is kept, what is wrong, where it comes from, and the prompt."""
    root, values = studio.content.root, values_of(opened.text)
    draft = checked("rubric", here.id, opened.text, root)
    in_use = checked("rubric", here.id, opened.file, root) if opened.file else None
    card = studio_cards.card(values, here.open)
    now = judge.role_prompt(draft.noun) if isinstance(draft.noun, Rubric) else ""
    published = in_use.noun if in_use else None
    before = judge.role_prompt(published) if isinstance(published, Rubric) else ""
    told = _every(draft.problems, here, values, card)
    own = studio_sources.passages(values)
    texts = documents(root) if card else {}
    quotes = [one.quote for one in own if one.document == here.document]
    personas = studio.content.personas.values()
    return render(
        "studio_rubric_aside",
        state=state(opened, "rubric", not in_use or in_use.noun is not None),
        drafted=opened.drafted,
        at=here,
        mine=[problem for problem in told if not problem.address],
        others=[problem for problem in told if problem.address],
        sums=studio_cards.sums(values, draft.problems),
        card=card,
        quotes=_quotes(card.sources, {s.ref: s for s in own}, studio) if card else [],
        back=_back(card, studio) if card else [],
        documents=[(name, here._replace(document=name).address) for name in texts],
        document=studio_sources.pieces(texts[here.document], quotes)
        if here.document in texts
        else [],
        closed=here._replace(document="").address,
        practised=studio_sources.practised_with(personas, here.open) if card else [],
        signs=studio_sources.signs_of(personas, here.open) if card else [],
        prompt=now,
        changed=lines(before, now, around=0) if now and before and now != before else (),
        fresh=not opened.file,
        embedded=studio.seats.judge.embedded,
    )


def _quotes(refs: Sequence[str], own: Mapping[str, Source], studio: Studio) -> list[Quote]:
    known = {**studio.content.sources, **own}
    return [
        Quote(
            ref,
            label(known[ref]) if ref in known else "",
            known[ref].quote if ref in known else "",
            known[ref].avoid if ref in known else False,
            own[ref].document if ref in own else "",
            ref in known,
        )
        for ref in refs
    ]


def _back(card: studio_cards.Card, studio: Studio) -> list[Source]:
    """Passages of the built-in documents that belong to the criterion and were taken out."""
    known = studio.content.sources.values()
    return [s for s in known if s.criterion == card.id and s.ref not in card.sources]


def _every(
    problems: Sequence[Problem], here: Here, values: Values, card: studio_cards.Card | None
) -> list[Told]:
    """Every problem, but for what is said of a group in which something is missing anyway."""
    told = [_told(p.place, p.problem, p.fix, here, values, card) for p in problems]
    inside = [one.place for one in told]
    return [one for one in told if not any(at.startswith(f"{one.place}.") for at in inside)]


def _told(
    place: str,
    problem: str,
    fix: str,
    here: Here,
    values: Values,
    card: studio_cards.Card | None,
) -> Told:
    """A problem, with the place as a form has it and the way there."""
    place = studio_cards.by_id(place, values)
    criterion = studio_cards.belongs(place, values)
    if criterion and card and criterion == card.id:
        return Told(place, problem, fix, _nearest(place, card), "")
    to = criterion or (WHOLE if place.startswith(("sections", "title", "passes")) else TEXT)
    return Told(place, problem, fix, place, "" if here.open == to else Here(here.id, to).address)


def _nearest(place: str, card: studio_cards.Card) -> str:
    for id, field in card.checks:
        if place.startswith(f"criteria.{card.id}.checks.{id}"):
            return field.place
    return card.form.nearest(place)


def values_of(text: str) -> Values:
    """The plain values of a text; none where it is no YAML."""
    values, problems = strict.read_bytes(text.encode(), "")
    return {} if problems else values
