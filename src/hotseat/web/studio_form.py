"""What a form of the studio is made of, and reading its fields from the plain values of a file.
Works on drafts that cannot be used yet: that is when a form is needed most. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, cast

Values = Mapping[str, Any]


CUES = (
    "How the embedded engine notices it. One way a line: words divided by |, parts that must come "
    "together joined by “ + ”, * for any ending; or the id of a skill, such as timeline."
)


class Field(NamedTuple):
    """One thing to fill in. `place` is where it is in the file; a `list` has one item a line, and
    so have `cues`, which are shown when asked for."""

    place: str
    label: str
    value: str
    kind: Literal["line", "number", "text", "list", "cues", "choice"] = "line"
    help: str = ""
    options: Sequence[tuple[str, str]] = ()

    @property
    def name(self) -> str:
        return f"{'list' if self.kind in ('list', 'cues') else 'at'}:{self.place}"


class Group(NamedTuple):
    """Fields that belong together. One with a `place` can be removed."""

    title: str
    fields: Sequence[Field]
    place: str = ""
    folded: bool = False


class Form(NamedTuple):
    """One tab: groups of fields, and what can be added, as (what, label)."""

    lead: str
    groups: Sequence[Group]
    adds: Sequence[tuple[str, str]] = ()
    empty: str = ""

    def nearest(self, place: str) -> str:
        """The place of the field that a problem at `place` is about: the field itself, the one it
        lies in, or the first one inside it. Empty where this form has none."""
        places = [field.place for group in self.groups for field in group.fields]
        places += [group.place for group in self.groups if group.place]
        around = [at for at in places if place == at or place.startswith((f"{at}.", f"{at}["))]
        inside = [at for at in places if at.startswith((f"{place}.", f"{place}["))]
        return max(around, key=len, default=inside[0] if inside else "")


class Reader:
    """Fields read from the values, under a common prefix."""

    def __init__(self, values: Values, prefix: str = "") -> None:
        self._values, self.prefix = values, prefix

    def line(self, place: str, label: str, help: str = "") -> Field:
        return Field(self.prefix + place, label, self._told(place), help=help)

    def number(self, place: str, label: str, help: str = "") -> Field:
        return Field(self.prefix + place, label, self._told(place), "number", help)

    def text(self, place: str, label: str, help: str = "") -> Field:
        return Field(self.prefix + place, label, self._told(place), "text", help)

    def list(self, place: str, label: str, help: str = "") -> Field:
        return Field(self.prefix + place, label, self._told(place), "list", help)

    def cues(self, place: str) -> Field:
        return Field(self.prefix + place, "How it is noticed", self._told(place), "cues", CUES)

    def choice(self, place: str, label: str, options: Sequence[tuple[str, str]]) -> Field:
        value = self._told(place)
        if value not in [option for option, _ in options]:
            options = [(value, value or "choose"), *options]
        return Field(self.prefix + place, label, value, "choice", options=options)

    def keys(self, place: str) -> list[str]:
        found = self._at(place)
        return list(cast("Values", found)) if isinstance(found, Mapping) else []

    def length(self, place: str) -> int:
        found = self._at(place)
        return len(cast("list[Any]", found)) if isinstance(found, list) else 0

    def first(self, place: str, otherwise: str) -> str:
        return self._told(place).partition("\n")[0] or otherwise

    def _told(self, place: str) -> str:
        found = self._at(place)
        if isinstance(found, list):
            return "\n".join(str(each) for each in cast("list[Any]", found))
        return found if isinstance(found, str) else ""

    def _at(self, place: str) -> Any:
        found: Any = self._values
        for step in _steps(self.prefix + place):
            if isinstance(step, int):
                items = cast("list[Any]", found) if isinstance(found, list) else []
                found = items[step] if step < len(items) else None
            else:
                found = cast("Values", found).get(step) if isinstance(found, Mapping) else None
        return found


def _steps(place: str) -> Iterator[str | int]:
    for part in place.split("."):
        name, _, number = part.partition("[")
        yield name
        if number:
            yield int(number.rstrip("]"))
