"""`hotseat diff`: what differs between two published versions of a persona or a rubric."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ..errors import ContentError, HotseatError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..domain import Kind, Persona, Rubric, Version


class Named(NamedTuple):
    """A content file, or one of its versions: `late_gift@2`. Without a number, the file."""

    id: str
    number: int | None

    def __str__(self) -> str:
        return f"{self.id}@{self.number}" if self.number else f"{self.id} (the file)"


def diff(
    old: Annotated[str, typer.Argument(help="A version, e.g. late_gift@1, or a file: late_gift.")],
    new: Annotated[str, typer.Argument(help="What to compare it with; default: its file.")] = "",
    prompt: Annotated[
        bool, typer.Option("--prompt", help="Compare what a model in the customer's seat is told.")
    ] = False,
) -> None:
    """Say what differs between two versions of a persona or a rubric.

    Exit code 0 when nothing does, 1 when something does, 2 when they cannot be compared.
    """
    try:
        one = _named(old)
        other = _named(new) if new else Named(one.id, None)
        told = asyncio.run(_told(one, other, prompt=prompt))
    except HotseatError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(2) from None
    if not told:
        typer.echo(f"{one} and {other} say the same.")
        return
    typer.echo("\n".join((f"--- {one}", f"+++ {other}", *told)))
    raise typer.Exit(1)


async def _told(old: Named, new: Named, *, prompt: bool) -> list[str]:
    """Every difference in words, place by place, or line by line in the prompts."""
    from ..studio.compare import differences, lines
    from ..studio.previewing import prompt as told_to_a_model

    before, after = await _nouns(old, new)
    if prompt:
        told: list[str] = []
        for scenario in dict.fromkeys((*_scenarios(before), *_scenarios(after))):
            changed = lines(
                told_to_a_model(before, scenario), told_to_a_model(after, scenario), around=1
            )
            told += [f"scenario {scenario}", *changed] if changed else []
        return told
    told = []
    for place, was, now in differences(before, after):
        told += [place, *([f"  - {was}"] if was else []), *([f"  + {now}"] if now else [])]
    return told


async def _nouns(old: Named, new: Named) -> tuple[Persona | Rubric, Persona | Rubric]:
    from ..catalog import content_root
    from ..catalog.live import checked
    from ..store import Store, default_url
    from ..studio.publishing import Desk

    root = content_root()
    store = await Store.open(default_url())
    try:
        kind = _kind(old.id, root, await store.shelf.latest())
        desk = Desk(store, root)
        found: list[Persona | Rubric] = []
        for each in (old, new):
            read = checked(kind, each.id, await desk.text_of(kind, each.id, each.number), root)
            if read.noun is None:
                raise ContentError(f"{each} cannot be read", fix=str(read.problems[0]))
            found.append(read.noun)
        return found[0], found[1]
    finally:
        await store.close()


def _kind(id: str, root: Path, latest: Mapping[tuple[str, str], Version]) -> Kind:
    """Whether a name is a persona's or a rubric's. Raises ContentError when it is neither's."""
    from ..catalog.live import path

    kinds: tuple[Kind, ...] = ("persona", "rubric")
    for kind in kinds:
        if (kind, id) in latest or path(kind, id, root).exists():
            return kind
    raise ContentError(f"there is no persona or rubric {id!r}", fix="see `hotseat personas`")


def _scenarios(noun: Persona | Rubric) -> list[str]:
    from ..domain import Persona

    if not isinstance(noun, Persona):
        raise ContentError("a rubric is no customer's prompt", fix="leave out --prompt")
    return list(noun.scenarios)


def _named(said: str) -> Named:
    """`late_gift@2` as a name and a number. Raises ContentError for anything else."""
    id, at, number = said.partition("@")
    if at and not (number.isdecimal() and len(number) < 7 and int(number)):
        raise ContentError(f"{said!r} names no version", fix=f"write {id}@1, or {id} for its file")
    return Named(id, int(number) if at else None)
