"""What every line of a customer should be: kept under a key that is looked up, short, said once,
without a slot that nobody fills; and a general bank that has words for everything in every mood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from ..domain import ACTS, BANDS, MOVES, Persona
from . import strict
from .problems import Found, Problem, did_you_mean, write

LINE_CHARACTERS = 320
GROUPS = ("hot", "warm", "cool", "any", *BANDS)
LEAST = 2
"""Lines of the general bank for one key in one band, so that nothing is said twice."""

PROFANITY = (
    r"\b(?:fuck\w*|shit\w*|bullshit|bastards?|bitch\w*|arseholes?|assholes?|cunts?|wank\w*)\b"
)
SLOT = r"\{\{\s*(\w+)\s*\}\}"
_MORE: Mapping[str, tuple[str, ...]] = {
    "dated": ("echo", "when"),
    "concrete_offer": ("echo", "when"),
    "handover": ("echo",),
    "adapted": ("echo",),
    "can_do": ("echo",),
    "vague_action": ("echo",),
    "cannot_say": ("topic",),
    "half_answered": ("topic",),
    "asks_who": ("name",),
    "wrong_name": ("name",),
}
"""Slots that are filled under a key, besides `said`."""

ALWAYS_FILLED = frozenset({"asks_who", "wrong_name", "half_answered"})


def slots(key: str) -> tuple[str, ...]:
    """The slots that a line under this key may have."""
    return ("said", *_MORE.get(key, ()))


def keys(someone: Persona) -> Iterator[Found]:
    """The keys and groups under which lines are kept."""
    known = [*ACTS, *MOVES]
    for key, kept in someone.lines.items():
        if key not in known:
            problem = f"unknown key '{key}'{did_you_mean(key, known)}"
            yield f"lines.{key}", problem, write(key, known, "use the id of an act or a move")
        groups = kept if isinstance(kept, dict) else {"any": kept}
        if not any(groups.values()):
            yield f"lines.{key}", "no line", "write at least one line, or remove the key"
        for group in groups:
            if group not in GROUPS:
                problem = f"unknown group '{group}'{did_you_mean(group, GROUPS)}"
                yield f"lines.{key}.{group}", problem, f"use {', '.join(GROUPS)}"


def words(someone: Persona) -> Iterator[Found]:
    """What is wrong with the words of a line: too long, said twice, out of part, a bad slot."""
    seen: dict[str, str] = {}
    for place, key, line in _said(someone):
        same = " ".join(line.casefold().split())
        if same in seen:
            yield place, f"the same line as {seen[same]}", "write it differently, or remove it"
        seen.setdefault(same, place)
        if len(line) > LINE_CHARACTERS:
            problem = f"{len(line)} characters; at most {LINE_CHARACTERS}"
            yield place, problem, "shorten it: people in a chat write short"
        for phrase in someone.never_says:
            if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", line, re.IGNORECASE):
                problem = f"says '{phrase}', which is under never_says"
                yield place, problem, "say it another way, or take it out of never_says"
        if swearing := re.search(PROFANITY, line, re.IGNORECASE):
            yield place, f"profanity: '{swearing[0]}'", "let the anger show without swearing"
        if fault := _slot_fault(line, slots(key)):
            yield place, *fault
        elif not key and re.search(SLOT, line):
            yield place, "{{ said }} is for the lines only", "write the words out"


def _slot_fault(line: str, filled: tuple[str, ...]) -> tuple[str, str] | None:
    """Why a slot would show or never be filled, and the fix; None when all is well."""
    known = rf"\{{\{{\s*(?:{'|'.join(filled)})\s*\}}\}}"
    if not re.search(r"\{\{|\}\}|\{%|%\}|\{#|#\}", re.sub(known, "", line)):
        return None
    named = " or ".join(f"{{{{ {slot} }}}}" for slot in filled)
    return f"a slot other than {named}", f"use {named}, or no braces"


def _said(someone: Persona) -> Iterator[tuple[str, str, str]]:
    """Every line the customer can say, with its place, and its key where it is one of `lines`."""
    for key, kept in someone.lines.items():
        groups = kept if isinstance(kept, dict) else {"": kept}
        for group, lines in groups.items():
            place = f"lines.{key}.{group}" if group else f"lines.{key}"
            yield from ((f"{place}[{number}]", key, line) for number, line in enumerate(lines))
    for trigger, rises in enumerate(someone.rises_at):
        for number, line in enumerate(rises.says):
            yield f"rises_at[{trigger}].says[{number}]", "", line
    for id, scenario in someone.scenarios.items():
        kept_lines = [("opening", scenario.opening)]
        kept_lines += [(f"knows.{name}.says", known.says) for name, known in scenario.knows.items()]
        kept_lines += [(f"hides.{name}.says", fact.says) for name, fact in scenario.hides.items()]
        for name, need in scenario.needs.items():
            kept_lines += [(f"needs.{name}.asks", need.asks), (f"needs.{name}.pushes", need.pushes)]
        for where, lines in kept_lines:
            for number, line in enumerate(lines):
                yield f"scenarios.{id}.{where}[{number}]", "", line


# ------------------------------------------------------------------ the general bank


def bank(path: Path) -> list[Problem]:
    """What is wrong with the general bank of lines, which every persona falls back on: every act
    and every move needs words in every band, none of them twice, none with a fact in it."""
    file = f"{path.parent.name}/{path.name}"
    kept, problems = strict.read(path, file)
    if problems:
        return problems
    return [Problem(file, *found) for found in _bank(kept)]


def _bank(kept: Mapping[str, object]) -> Iterator[Found]:
    known, seen = [*ACTS, *MOVES], dict[str, str]()
    for key in known:
        if key not in kept:
            yield key, "no lines at all", f"write {LEAST} for each of {', '.join(BANDS)}"
    for key, groups in kept.items():
        if key not in known:
            yield key, f"unknown key{did_you_mean(key, known)}", "use the id of an act or a move"
            continue
        for band in BANDS:
            lines = _listed(groups, band)
            plain = lines if key in ALWAYS_FILLED else [x for x in lines if "{{" not in x]
            if len(lines) < LEAST or not plain:
                problem = f"{len(lines)} lines, {len(plain)} without a slot"
                yield f"{key}.{band}", problem, f"write {LEAST}, one of them without a slot"
            for number, line in enumerate(lines):
                yield from _one(f"{key}.{band}[{number}]", key, line, seen)


def _listed(groups: object, band: str) -> list[str]:
    kept = cast("dict[str, object]", groups).get(band) if isinstance(groups, dict) else None
    several = cast("list[object]", kept) if isinstance(kept, list) else []
    return [line for line in several if isinstance(line, str)]


def _one(place: str, key: str, line: str, seen: dict[str, str]) -> Iterator[Found]:
    same = " ".join(line.casefold().split())
    if same in seen:
        yield place, f"the same line as {seen[same]}", "each mood needs words of its own"
    seen.setdefault(same, place)
    if re.search(r"\d", line):
        yield place, "a number", "keep facts out of lines that every customer says"
    if swearing := re.search(PROFANITY, line, re.IGNORECASE):
        yield place, f"profanity: '{swearing[0]}'", "let the anger show without swearing"
    if fault := _slot_fault(line, slots(key)):
        yield place, *fault
