"""What differs between two versions of a persona or a rubric, in words a trainer uses. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from ..domain import Noun


class Difference(NamedTuple):
    """One place that differs. `old` is empty where something was added, `new` where removed."""

    place: str
    old: str
    new: str


def differences(old: Noun, new: Noun) -> list[Difference]:
    """Every place at which two nouns of one kind differ, in the order of their fields.

    Items of a list that carry an `id` (criteria, checks) are matched by it, so that moving one
    is no change; other items by what they hold.
    """
    return list(_compare("", old.model_dump(mode="json"), new.model_dump(mode="json")))


def lines(old: str, new: str, *, around: int = 2) -> list[str]:
    """A unified diff of two texts without its header: each line with ` `, `+` or `-` before it,
    `@@` between places far apart, `around` lines of context."""
    found = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=around)
    return [line if not line.startswith("@@") else "@@" for line in found][2:]


def _compare(place: str, old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _groups(place, cast("Mapping[str, Any]", old), cast("Mapping[str, Any]", new))
    elif isinstance(old, list) and isinstance(new, list):
        olds, news = cast("list[Any]", old), cast("list[Any]", new)
        if _named(olds) and _named(news):
            yield from _groups(place, _by_id(olds), _by_id(news))
        else:
            yield from _items(place, olds, news)
    else:
        yield Difference(place, _told(old), _told(new))


def _groups(place: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        inside = f"{place}.{key}" if place else key
        if key not in new:
            yield Difference(inside, _told(old[key]), "")
        elif key not in old:
            yield Difference(inside, "", _told(new[key]))
        else:
            yield from _compare(inside, old[key], new[key])


def _items(place: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    """Items by what they hold: what stayed is left out; what took another's place is compared
    with it."""
    matcher = difflib.SequenceMatcher(a=[_told(i) for i in old], b=[_told(i) for i in new])
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for step in range(max(b - a, d - c)):
            inside = f"{place}[{(c if a + step >= b else a) + step}]"
            if a + step >= b:
                yield Difference(inside, "", _told(new[c + step]))
            elif c + step >= d:
                yield Difference(inside, _told(old[a + step]), "")
            else:
                yield from _compare(inside, old[a + step], new[c + step])


def _named(items: Sequence[Any]) -> bool:
    return bool(items) and all(isinstance(item, Mapping) and "id" in item for item in items)


def _by_id(items: Sequence[Any]) -> dict[str, Any]:
    return {str(item["id"]): item for item in items}


def _told(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        group = cast("Mapping[str, Any]", value)
        return "; ".join(f"{key}: {_told(each)}" for key, each in group.items() if each != [])
    if isinstance(value, list):
        return " | ".join(_told(each) for each in cast("list[Any]", value))
    return "" if value is None else str(value)
