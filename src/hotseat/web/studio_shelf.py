"""The studio's first page: every persona and rubric, what is published, and who is at what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..domain import Draft, Kind, Version
from ..studio.publishing import digest
from .follow import Slots
from .identity import Visitor
from .studio import Asked, Place, Studio, name, page


class Item(NamedTuple):
    """One content file on the shelf. `state` says in words where its text stands."""

    kind: Kind
    id: str
    title: str
    about: str
    version: int
    state: str
    others: tuple[str, ...]


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:  # noqa: ARG001
    """Everything there is to tune."""
    latest, drafts = await studio.store.shelf.latest(), await studio.store.shelf.drafts()
    me, content = name(who), studio.content
    personas = [
        _item(studio, "persona", p.id, p.name, p.temperament, latest, drafts, me)
        for p in content.personas.values()
    ]
    rubrics = [
        _item(studio, "rubric", r.id, r.title, f"{len(r.criteria)} criteria", latest, drafts, me)
        for r in content.rubrics.values()
    ]
    fresh = [d for d in drafts if d.who == me and d.name not in _known(studio, d.kind)]
    html = page(
        "shelf", "studio", personas=personas, rubrics=rubrics, fresh=fresh, trouble=content.trouble
    )
    yield studio.screen("?studio=1", "Content", page=html)


def _known(studio: Studio, kind: Kind) -> Mapping[str, object]:
    return studio.content.personas if kind == "persona" else studio.content.rubrics


def _item(
    studio: Studio,
    kind: Kind,
    id: str,
    title: str,
    about: str,
    latest: Mapping[tuple[str, str], Version],
    drafts: list[Draft],
    me: str,
) -> Item:
    version = latest.get((kind, id))
    text = _text(studio.content.root / f"{kind}s" / f"{id}.yaml")
    begun = [d for d in drafts if (d.kind, d.name) == (kind, id) and d.text != text]
    mine = next((d for d in begun if d.who == me), None)
    others = tuple(d.who for d in begun if d.who != me)
    if text is None:
        state = "The file changed and cannot be read; what it said before is in use"
    elif mine:
        state = "Your draft" if mine.base == digest(text) else "Your draft; the file changed since"
    elif version and version.text != text:
        state = "Changed on disk since it was published"
    else:
        state = f"Published {version.at:%d %b %Y} by {version.who}" if version else "As it came"
    return Item(kind, id, title, about, version.number if version else 0, state, others)


def _text(file: Path) -> str | None:
    """What a file says; None while it cannot be read, which the page tells above all else."""
    try:
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


PLACES: Mapping[str, Place] = MappingProxyType({"studio": show})
ACTS: Mapping[str, Place] = MappingProxyType({})
