"""One reply graded for an evaluation: by `judge.grade`, exactly as in an encounter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from .. import catalog, judge, llm, prompts
from ..domain import Call, Level, Noun, Role, Rubric, Verdict
from ..errors import SeatError
from ..llm import Seat
from ..llm.faults import fault
from ..llm.tape import MISSED

_NOT_THERE = frozenset(fault(kind).problem for kind in ("away", "busy", "key", "setting"))


class Graded(Noun):
    """What a judge made of one reply: a level for each criterion it judged, its quotes, and why
    the others have none. `flags` are the acts that route the reply to a person."""

    levels: dict[str, Level] = {}
    quotes: dict[str, str] = {}
    ungraded: dict[str, str] = {}
    flags: tuple[str, ...] = ()


async def grade(brief: judge.JudgeBrief, seat: Seat) -> tuple[Graded, Sequence[Call]]:
    """Grade one reply. One whose answer could not be used has every criterion ungraded.

    A judge that was not there (no answer, over its limit, no key, not recorded) says nothing
    about how it judges: that raises SeatError, so that the case fails and a later run asks again.
    """
    verdict, calls = await judge.grade(brief, seat, rubric_hash=catalog.fingerprint(brief.rubric))
    if not isinstance(verdict, Verdict):
        if verdict.reason in _NOT_THERE or verdict.reason.startswith(MISSED):
            raise SeatError(verdict.reason)
        why = {criterion.id: verdict.reason for criterion in brief.rubric.criteria}
        return Graded(ungraded=why), calls
    graded = Graded(
        levels={id: grade.level for id, grade in verdict.grades.items()},
        quotes={id: grade.quote for id, grade in verdict.grades.items() if grade.quote},
        ungraded=verdict.ungraded,
        flags=tuple(flag.id for flag in verdict.flags),
    )
    return graded, calls


def seat_for(role: Role, engine: str, env: Mapping[str, str]) -> Seat:
    """The seat of a named engine: "embedded" or a litellm model id, with the address and the
    temperature of the environment and nobody to fall back on, since another model's answers are
    another measurement. Raises SettingError for what is no model id."""
    name = f"HOTSEAT_{role.upper()}"
    seats = llm.seats({**env, f"{name}_MODEL": engine, f"{name}_FALLBACKS": ""})
    found: Seat = getattr(seats, role)
    return found


def lacking(seat: Seat) -> str:
    """Why a seat cannot be asked at all: the key it would need is not set. Empty when it can be,
    or when the address is one of our own, which may want none."""
    if seat.embedded or seat.url:
        return ""
    from ..llm.client import litellm

    missing = litellm().validate_environment(model=seat.name)["missing_keys"]
    return f"{' and '.join(missing)} not set, so {seat.name} cannot be asked" if missing else ""


def config(seat: Seat, rubric: Rubric) -> dict[str, str]:
    """What decides a judge's grades, for a suite's configuration. The embedded judge has no
    prompt to be changed by, but the prompts are its too: one path with and without a key. What
    changes it is its code."""
    found = {
        "engine": seat.name,
        "temperature": "" if seat.temperature is None else f"{seat.temperature:g}",
        "url": seat.url,
        "prompts": prompts.fingerprint(),
        "rubric": catalog.fingerprint(rubric),
    }
    return found | {"code": code()} if seat.embedded else found


@cache
def code() -> str:
    """The hash of all code that plays and judges without a model: the reader, the embedded engine
    and the rules of an encounter."""
    root = Path(catalog.__file__).parents[1]
    found = hashlib.sha256()
    for folder in ("", "reader", "embedded", "encounter"):
        for path in sorted((root / folder).glob("*.py")) + sorted((root / folder).glob("*.yaml")):
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def overlap(quote: str, others: Iterable[str], text: str) -> bool:
    """Whether a quote lies where one of the others does: they share at least half of the words
    of the shorter one. Compared by their places in `text`, punctuation and case aside."""
    place = _place(quote, text)
    return any(_share(place, _place(other, text)) >= 0.5 for other in others)


def _place(quote: str, text: str) -> range:
    words, whole = _words(quote), _words(text)
    for start in range(len(whole) - len(words) + 1):
        if words and whole[start : start + len(words)] == words:
            return range(start, start + len(words))
    return range(0)


def _share(one: range, other: range) -> float:
    shorter = min(len(one), len(other))
    shared = min(one.stop, other.stop) - max(one.start, other.start)
    return max(0, shared) / shorter if shorter else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
