"""A judge on public conversations that other people labelled for other reasons.

Their labels are not ours: each is mapped to the criterion nearest to it, and a figure says how far
the judge finds what they marked. Nothing is gated on it. Files are JSON lines, and which one it
is shows in every line: labelled turns (`text`, `ctx`, `labels`), chats with an outcome, or chats
rated as a whole by experts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, cast

from pydantic import ConfigDict, ValidationError

from ..domain import Call, Level, Noun, Rubric, Speaker, Turn
from ..errors import ContentError
from ..llm import Seat
from . import agreement, gold
from .grading import Graded, config, grade
from .journal import Key
from .report import Figure, Report, share
from .runs import Run, Suite

VERSION = 1
SEED = 20_260_102

SAMPLE = 300
"""Lines of a file that are graded unless more are asked for: thousands would say the same."""

ACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "clarifying_questions": ("*-Request", "REQUEST", "elicit-pref"),
        "offer_choices": ("*-Select",),
        "specific_solution": ("*-Recommend", "*-OfferBook", "*-Book"),
        "confirm_fit": ("general-reqmore", "REQ_MORE"),
        "warm_close": ("general-bye", "general-welcome", "GOODBYE"),
        "recap": ("CONFIRM",),
        "apology_fit": ("apologetic",),
        "acknowledge_feelings": ("showing-empathy",),
    }
)
"""The labels of others that say a turn did what a criterion is about; `*` is any beginning."""

RATINGS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "validating_emotions": ("acknowledge_feelings", 1),
        "demonstrating_understanding": ("paraphrase", 1),
        "encouraging_elaboration": ("clarifying_questions", 1),
        "dismissing_emotions": ("composure", -1),
        "advice_giving": ("specific_solution", 1),
    }
)
"""What experts rated a whole chat on, the criterion nearest to it, and which way it points."""

CUSTOMERS = ("customer", "seeker", "user")
"""What the other side is called in these files."""

VALUES: Mapping[Level, float] = MappingProxyType({"met": 1.0, "partly": 0.5, "missed": 0, "na": 0})


class Message(Noun):
    model_config = ConfigDict(frozen=True, extra="ignore")

    role: str
    text: str = ""


class Line(Noun):
    """One line of a corpus: a labelled turn, or a whole chat. What it does not need is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    ds: str
    did: str
    tid: int = 0
    trial: int = 0
    text: str = ""
    ctx: str = ""
    labels: dict[str, Any] = {}
    turns: tuple[Message, ...] = ()
    ratings: dict[str, dict[str, float]] = {}

    @property
    def id(self) -> str:
        return f"{self.ds}/{self.did}/{self.trial or self.tid}"

    @property
    def kind(self) -> Literal["acts", "ratings", "outcome"]:
        if self.ratings:
            return "ratings"
        return "outcome" if self.turns else "acts"

    @property
    def said(self) -> frozenset[str]:
        """Every label of the turn."""
        found: list[str] = [*self.labels.get("acts", ()), *self.labels.get("strategies", ())]
        return frozenset([*found, str(self.labels.get("conduct", ""))])


class Chat(Noun):
    """The graded replies of one line, oldest first."""

    replies: tuple[Graded, ...]


class Found(NamedTuple):
    """A line beside what the judge made of it."""

    line: Line
    replies: tuple[Graded, ...]


def load(path: Path, sample: int = SAMPLE) -> tuple[Line, ...]:
    """Lines of a corpus, at most `sample` of them: always the same, spread over the file by the
    hash of their ids. Raises ContentError for lines of another shape."""
    found: dict[str, Line] = {}
    for place, values in gold.lines(path):
        try:
            line = Line.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            raise ContentError(
                f"{'.'.join(map(str, first['loc']))}: {first['msg']}",
                place=place,
                fix="a line has ds and did, and text with labels, or turns; see evals/README.md",
            ) from None
        if line.text or line.turns:
            found[line.id] = line
    if not found:
        raise ContentError("no line in it", place=str(path), fix="one JSON object a line")
    chosen = sorted(found, key=lambda id: hashlib.sha256(id.encode()).digest())[:sample]
    return tuple(found[id] for id in chosen)


def suite(path: Path, lines: Sequence[Line], rubric: Rubric, seat: Seat) -> Suite[Line]:
    """The suite over these lines of a file: every reply of theirs is graded."""

    async def task(line: Line, _: int) -> tuple[Chat, Sequence[Call]]:
        graded: list[Graded] = []
        spent: list[Call] = []
        after: tuple[Turn, ...] = ()
        for turn in _turns(line):
            if turn.speaker == "trainee" and after and (line.turns or turn.id == "reply"):
                one, calls = await grade(gold.brief(turn, after, rubric, "unknown", ""), seat)
                graded.append(one)
                spent += calls
            after = (*after, turn)
        return Chat(replies=tuple(graded)), spent

    return Suite(
        name="data",
        version=VERSION,
        cases={line.id: line for line in lines},
        task=task,
        config={**config(seat, rubric), "data": gold.fingerprint(path)},
    )


def report(run: Run, lines: Sequence[Line], path: Path) -> Report:
    """The figures of a run: F1 a criterion for labelled turns and outcomes, Spearman's rank
    correlation with the experts for rated chats."""
    by_id = {line.id: line for line in lines}
    found = [Found(by_id[key[0]], _replies(run, key)) for key in run.done]
    figures = {"coverage": _coverage(found)}
    for kind, measure in (("acts", _acts), ("outcome", _outcome), ("ratings", _ratings)):
        figures |= measure([one for one in found if one.line.kind == kind])
    return Report(
        suite="data",
        ran=run.told,
        figures=figures,
        notes=("Labelled by others for other reasons: figures to look at, not to gate on.",),
        details={"file": path.name},
    )


def _turns(line: Line) -> tuple[Turn, ...]:
    """The line as a transcript: the other side is the customer, tools are left out."""
    if not line.turns:
        said = [("customer", "context", line.ctx or "Hello."), ("trainee", "reply", line.text)]
    else:
        said = [
            ("customer" if one.role in CUSTOMERS else "trainee", str(number), one.text)
            for number, one in enumerate(line.turns, start=1)
            if one.role != "tool" and one.text.strip()
        ]
    return tuple(
        Turn(id=id, number=number, speaker=cast(Speaker, speaker), text=text)
        for number, (speaker, id, text) in enumerate(said, start=1)
    )


def _acts(found: Sequence[Found]) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for criterion, names in ACTS.items():
        pairs = [
            (
                any(_matches(name, one.line.said) for name in names),
                _earns(one.replies[0], criterion),
            )
            for one in found
            if one.replies and criterion in one.replies[0].levels
        ]
        figures |= _f1(criterion, pairs)
    return figures


def _outcome(found: Sequence[Found]) -> dict[str, Figure]:
    """Chats in which a hand-over took place, or did not."""
    pairs = [
        (
            bool(one.line.labels["transferred"]),
            any(_earns(reply, "escalation") for reply in one.replies),
        )
        for one in found
        if "transferred" in one.line.labels
    ]
    return _f1("escalation", pairs)


def _ratings(found: Sequence[Found]) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for name, (criterion, way) in RATINGS.items():
        pairs = [
            (one.line.ratings["experts"][name], way * value)
            for one in found
            if name in one.line.ratings.get("experts", {})
            and (value := _mean_value(one.replies, criterion)) is not None
        ]
        if not pairs:
            continue
        value = agreement.spearman(pairs)
        bounds = agreement.interval(agreement.spearman, pairs, SEED)
        figures[f"spearman/{criterion}/{name}"] = Figure(
            value=value, n=len(pairs), low=bounds and bounds.low, high=bounds and bounds.high
        )
    return figures


def _f1(criterion: str, pairs: Sequence[tuple[bool, bool]]) -> dict[str, Figure]:
    """Nothing where nobody marked what the criterion is about."""
    counted = agreement.hits(pairs)
    if not counted.tp + counted.fn:
        return {}
    statistic: Callable[[Sequence[tuple[bool, bool]]], float | None] = _f1_of
    bounds = agreement.interval(statistic, pairs, SEED, rounds=400)
    return {
        f"f1/{criterion}": Figure(
            value=counted.f1, n=len(pairs), low=bounds and bounds.low, high=bounds and bounds.high
        )
    }


def _f1_of(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    return agreement.hits(pairs).f1


def _matches(name: str, said: frozenset[str]) -> bool:
    if name.startswith("*"):
        return any(one.endswith(name[1:]) for one in said)
    return name in said


def _earns(graded: Graded, criterion: str) -> bool:
    return graded.levels.get(criterion) in ("met", "partly")


def _mean_value(replies: Sequence[Graded], criterion: str) -> float | None:
    values = [VALUES[one.levels[criterion]] for one in replies if criterion in one.levels]
    return sum(values) / len(values) if values else None


def _replies(run: Run, key: Key) -> tuple[Graded, ...]:
    return Chat.model_validate(run.done[key].result).replies


def _coverage(found: Sequence[Found]) -> Figure:
    replies = [reply for one in found for reply in one.replies]
    graded = sum(len(reply.levels) for reply in replies)
    return share(graded, graded + sum(len(reply.ungraded) for reply in replies))
