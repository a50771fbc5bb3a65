"""Changing a content file as a person would: the line that changes changes, and nothing else.

Comments, quotes, order and spacing stay (ruamel.yaml's round trip); every file that ships comes
back byte for byte, and a test says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, cast

from ..catalog import strict
from ..errors import ContentError

Value = str | Sequence["Value"] | Mapping[str, "Value"]

_WHOLE = re.compile(r"0|[1-9]\d{0,8}")
_FRACTION = re.compile(r"\d{1,6}\.\d{1,4}")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d{1,6}|\+)\]")


class Change(NamedTuple):
    """One edit. `place` is a dotted path as problems tell it (`softens_at[0].when`,
    `scenarios.birthday.hides.son.fact`); an item of a list that has an `id` is named by it, as by
    its number (`criteria.recap.title`); `[+]` appends to a list, `value` None removes."""

    place: str
    value: Value | None


def edited(text: str, changes: Sequence[Change]) -> str:
    """The text with these changes, in order. A group that a place leads through and that is not
    there yet is made. A change to what is there already changes nothing.

    Raises ContentError when the text is no YAML mapping, or a place leads through plain text.
    """
    yaml, document = _read(text)
    before = yaml
    for change in changes:
        _apply(document, change)
    out = io.StringIO()
    before.dump(document, out)
    return out.getvalue()


def renamed(text: str, name: str, *, title: str = "") -> str:
    """The text under another id, for a duplicate; a persona's `name` too where `title` is given."""
    changes = [Change("id", name)]
    if title:
        changes.append(Change("name", title))
    return edited(text, changes)


def _read(text: str) -> tuple[Any, dict[str, Any]]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if problems := strict.read_bytes(text.encode(), "")[1]:  # aliases, and nesting without end
        first = problems[0]
        problem = f"cannot be read: {first.problem}"
        raise ContentError(problem, place=first.place, fix="mend it in the text view first")
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000  # pyright: ignore[reportAttributeAccessIssue]
    yaml.indent(mapping=2, sequence=4, offset=2)  # pyright: ignore[reportUnknownMemberType]
    try:
        document: object = yaml.load(text)  # pyright: ignore[reportUnknownMemberType]
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else ""
        raise ContentError(
            "cannot be read as YAML", place=line, fix="mend it in the text view first"
        ) from None
    if not isinstance(document, dict):
        raise ContentError("has no keys such as `id:`", fix="write `key: value`, one a line")
    return yaml, cast("dict[str, Any]", document)


def _apply(document: dict[str, Any], change: Change) -> None:
    steps = [name or (at if at == "+" else int(at)) for name, at in _STEP.findall(change.place)]
    if not steps:
        raise ContentError(f"{change.place!r} names no place", fix="write a dotted path")
    holder: Any = document
    for step, following in pairwise(steps):
        holder = _enter(holder, step, following, change.place)
    last = steps[-1]
    if isinstance(holder, list):
        _apply_to_list(cast("list[Any]", holder), last, change)
    elif isinstance(holder, dict) and isinstance(last, str):
        _apply_to_group(cast("dict[str, Any]", holder), last, change)
    else:
        raise _blocked(change.place)


def _apply_to_group(group: dict[str, Any], key: str, change: Change) -> None:
    if change.value is None:
        group.pop(key, None)
    elif _plain(group.get(key)) != _plain(change.value):
        value = _kept_style(group.get(key), change.value)
        last = next(reversed(group), None)
        if key not in group and last in getattr(getattr(group, "ca", None), "items", ()):
            # what follows the last key, such as the heading of the next group, is its comment
            group.insert(len(group) - 1, key, value)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        else:
            group[key] = value


def _apply_to_list(items: list[Any], at: str | int, change: Change) -> None:
    at = at if at == "+" else _numbered(items, at)
    if at == "+":
        if change.value is not None:
            items.append(change.value)
    elif not isinstance(at, int) or at >= len(items):
        raise _blocked(change.place)
    elif change.value is None:
        del items[at]
    elif _plain(items[at]) != _plain(change.value):
        items[at] = _kept_style(items[at], change.value)


def _numbered(items: list[Any], step: str | int) -> str | int:
    """The number of the item with this id; the step itself where there is none."""
    for number, item in enumerate(items):
        if isinstance(item, dict) and cast("dict[str, Any]", item).get("id") == step:
            return number
    return step


def _enter(holder: Any, step: str | int, following: str | int, place: str) -> Any:
    if isinstance(holder, list):
        step = _numbered(cast("list[Any]", holder), step)
    if isinstance(holder, list) and isinstance(step, int) and step < len(cast("list[Any]", holder)):
        return cast("Any", holder[step])
    if isinstance(holder, dict) and isinstance(step, str):
        inside = cast("dict[str, Any]", holder)
        if not isinstance(inside.get(step), (dict, list)):
            if inside.get(step) not in (None, ""):
                raise _blocked(place)
            inside[step] = [] if following == "+" or isinstance(following, int) else {}
        return inside[step]
    raise _blocked(place)


def _plain(value: Any) -> Any:
    """A value as the strict reader sees it: text, lists and groups of text."""
    if isinstance(value, Mapping):
        group = cast("Mapping[Any, Any]", value)
        return {str(key): _plain(each) for key, each in group.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in cast("Sequence[Any]", value)]
    return value if value is None else str(value)


def _kept_style(old: Any, new: Value) -> Any:
    """The new value in the style of the old: the same quotes, the same items untouched. A whole
    number is written as one, without quotes; so are `true` and `false`, and a fraction where a
    number was."""
    if isinstance(new, str):
        if _WHOLE.fullmatch(new) and not isinstance(old, str):
            return int(new)
        if new in ("true", "false") and not isinstance(old, str):
            return new == "true"
        if _FRACTION.fullmatch(new) and isinstance(old, (int, float)):
            return float(new)
        style = type(old) if isinstance(old, str) else str
        return style(new)
    if isinstance(new, Sequence) and isinstance(old, list):
        olds = cast("list[Any]", old)
        have = {str(each): each for each in olds if isinstance(each, str)}
        fresh = [have.get(each, each) if isinstance(each, str) else each for each in new]
        olds[:] = fresh
        return olds
    return new


def _blocked(place: str) -> ContentError:
    return ContentError("there is nothing there to change", place=place, fix="reload the page")
