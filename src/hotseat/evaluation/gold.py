"""Gold: encounters whose every trainee turn was labelled by raters, read from JSON lines.

A label is what a rater said of one criterion on one turn. Where raters agree there is a level;
where they do not the criterion is contested there, and nothing is measured against one of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from pydantic import ConfigDict, Field, ValidationError, model_validator

from .. import reader
from ..catalog.problems import did_you_mean
from ..domain import Fault, Level, Noun, Policy, Rubric, Speaker, Text, Turn
from ..errors import ContentError
from ..judge import JudgeBrief

LEVELS: tuple[Level, ...] = ("missed", "partly", "met")
"""What a grade can be where the criterion is due, worst to best."""


class Rating(Noun):
    """What one rater said: a level, the trainee's words for it, or why there are none."""

    level: Level
    quote: str = ""
    why: str = ""


class Label(Noun):
    """One criterion on one turn. `level` is what counts as right, None where it is contested;
    a file that gives no level has it where its raters agree."""

    raters: tuple[Rating, ...] = ()
    level: Level | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_file(cls, given: Any) -> Any:
        """`rater_1`, `rater_2` … become `raters`, in order; `contested` leaves no level."""
        if not isinstance(given, dict):
            return given
        values = dict(cast("dict[str, Any]", given))
        names = sorted(name for name in values if name.startswith("rater_"))
        if names:
            values["raters"] = [values.pop(name) for name in names]
        contested = values.pop("contested", False)
        if contested and values.get("level"):
            raise ValueError("has a level and is contested: give one of the two")
        if not contested and "level" not in values:
            values["level"] = _agreed(values.get("raters", []))
        return values

    @property
    def due(self) -> bool | None:
        """Whether the criterion was due; None where that itself is contested."""
        if self.level:
            return self.level != "na"
        said = {rating.level != "na" for rating in self.raters}
        return said.pop() if len(said) == 1 else None

    @property
    def quotes(self) -> tuple[str, ...]:
        return tuple(rating.quote for rating in self.raters if rating.quote)


def _agreed(raters: Sequence[Any]) -> Any:
    """The level that every rater of a label gave; None where they differ."""
    said = [cast("dict[str, Any]", r).get("level") for r in raters if isinstance(r, dict)]
    if not said:
        raise ValueError("has neither a level nor a rater's")
    return said[0] if len(set(map(str, said))) == 1 else None


class Said(Noun):
    """One message of a labelled encounter; `labels` by criterion on the trainee's."""

    speaker: Speaker
    text: Text
    labels: dict[str, Label] = {}


class Encounter(Noun):
    """A labelled encounter, the customer's opening first. What else a file says about one as a
    whole (a note, a date) is nobody's business here and left aside."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    fault: Fault
    policy: str
    turns: tuple[Said, ...] = Field(min_length=2)
    temperament: str = ""
    domain: str = ""
    situation: str = ""
    quality: str = ""

    @model_validator(mode="after")
    def _customer_opens(self) -> Encounter:
        if self.turns[0].speaker != "customer":
            raise ValueError("the customer speaks first")
        for number, said in enumerate(self.turns, start=1):
            if said.labels and said.speaker != "trainee":
                raise ValueError(f"turn {number} is the customer's and has labels")
        return self


class Labelled(Noun):
    """One labelled trainee turn, ready to be graded: `id` is the encounter's id and the turn's
    number from 1."""

    id: str
    encounter: str
    brief: JudgeBrief
    labels: dict[str, Label]


def load(path: Path, criteria: Collection[str]) -> tuple[Encounter, ...]:
    """Every encounter of a gold file, in its order.

    `criteria` are the ids a label may be of. Raises ContentError that lists every problem with
    its line and how to mend it.
    """
    problems: list[str] = []
    found: dict[str, Encounter] = {}
    for place, values in lines(path):
        try:
            one = Encounter.model_validate(values)
        except ValidationError as error:
            problems += [f"{place}: {_where(e['loc'])}{e['msg']}" for e in error.errors()[:3]]
            continue
        problems += [f"{place}: {problem}" for problem in _unknown(one, criteria)]
        if one.id in found:
            problems.append(f"{place}: the id {one.id!r} is taken by an encounter above")
        found[one.id] = one
    if problems:
        raise ContentError(
            "\n".join(problems),
            fix="mend these lines; evals/README.md shows what an encounter looks like",
        )
    if not found:
        raise ContentError("no encounter in it", place=str(path), fix="one JSON object a line")
    if not any(said.labels for one in found.values() for said in one.turns):
        raise ContentError(
            "no reply in it is labelled",
            place=str(path),
            fix="give trainee turns `labels`; evals/gold/README.md shows some",
        )
    return tuple(found.values())


def lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON objects of a file with their place, `file:line`. Raises ContentError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ContentError(
            f"cannot be read: {why}", place=str(path), fix="name a file of JSON lines"
        ) from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ContentError(
                f"not JSON: {error}", place=place, fix="write one whole JSON object on each line"
            ) from None
        if not isinstance(values, dict):
            raise ContentError("not a JSON object", place=place, fix="begin the line with {")
        yield place, values


def fingerprint(path: Path) -> str:
    """The hash of a dataset's bytes: other labels are another run."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def labelled(encounters: Iterable[Encounter], rubric: Rubric) -> Iterator[Labelled]:
    """Every labelled trainee turn as a judge gets it: with what came before and nothing after."""
    for encounter in encounters:
        after: tuple[Turn, ...] = ()
        for number, said in enumerate(encounter.turns, start=1):
            id = f"{encounter.id}/{number}"
            turn = Turn(id=id, number=number, speaker=said.speaker, text=said.text)
            if said.labels:
                yield Labelled(
                    id=id,
                    encounter=encounter.id,
                    brief=brief(turn, after, rubric, encounter.fault, encounter.policy),
                    labels=said.labels,
                )
            after = (*after, turn)


def brief(
    turn: Turn, after: tuple[Turn, ...], rubric: Rubric, fault: Fault, policy: str
) -> JudgeBrief:
    """A judge's brief for a turn that no encounter of ours holds. `policy` is plain text: its
    bounds are unknown to the reader unless it finds them there; empty means nobody said."""
    return JudgeBrief(
        turn=turn,
        after=after,
        rubric=rubric,
        fault=fault,
        policy=policy,
        reading=reader.read(
            turn.text,
            after=after,
            fault=fault,
            policy=Policy(text=policy) if policy else None,
            signs={},
        ),
    )


def _unknown(encounter: Encounter, criteria: Collection[str]) -> Iterator[str]:
    for number, said in enumerate(encounter.turns, start=1):
        for name in said.labels:
            if name not in criteria:
                meant = did_you_mean(name, criteria)
                yield f"turn {number}: the rubric has no criterion '{name}'{meant}"


def _where(loc: tuple[int | str, ...]) -> str:
    """A place in the object, such as "turns[3].labels.recap: ", counted from 1."""
    words = ""
    for part in loc:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return f"{words}: " if words else ""
