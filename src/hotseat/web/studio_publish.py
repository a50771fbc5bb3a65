"""The bar that every editor of the studio has: where a text stands, publishing it, its versions,
and what happens when two trainers are at one file. Nothing typed is lost by any of it."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import AsyncIterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode

from ..catalog.live import checked
from ..domain import Kind, Version
from ..errors import ContentError, HotseatError
from ..studio.compare import Difference, differences, lines
from ..studio.edit import Change, edited
from ..studio.publishing import Conflict, Opened
from .follow import Slots
from .identity import Visitor
from .render import count
from .studio import Asked, Place, Studio, changes, name

LONGEST_TEXT = 190_000
"""Characters of a whole file typed into the page; the longest that ships has a quarter of it."""


class Compared(NamedTuple):
    """Two texts of one file. `rows` are the places that differ, where both can be read; else
    there are only `lines`, a diff of the texts."""

    rows: Sequence[Difference]
    lines: Sequence[str]

    @property
    def same(self) -> bool:
        return not self.rows and not self.lines


class Bar(NamedTuple):
    """What the bar shows. `here` is the address of the page it is on, `versions` newest first,
    `number` the version compared with the text, and `note` what was typed for publishing."""

    kind: Kind
    id: str
    here: str
    state: str
    drafted: bool
    fresh: bool
    unpublished: bool
    others: Sequence[str]
    versions: Sequence[Version]
    conflict: Compared | None
    number: int
    compared: Compared | None
    note: str


# ------------------------------------------------------------------ what is shown


async def bar(studio: Studio, opened: Opened, kind: Kind, id: str, asked: Asked, here: str) -> Bar:
    """The bar over an opened file, on the page with the address `here`. `asked` may name a
    version to `compare` with, and carry a `note` that was typed and not used."""
    number = asked.get("compare", "")
    older = next((v for v in opened.versions if str(v.number) == number), None)
    compared = compare(studio, kind, id, older.text, opened.text) if older else None
    clash = compare(studio, kind, id, opened.file, opened.text) if opened.stale else None
    return Bar(
        kind=kind,
        id=id,
        here=here,
        state=state(opened, kind, _in_use(studio, opened, kind, id)),
        drafted=opened.drafted,
        fresh=not opened.file,
        unpublished=opened.unpublished,
        others=opened.others,
        versions=tuple(reversed(opened.versions)),
        conflict=clash,
        number=older.number if older else 0,
        compared=compared,
        note=asked.get("note", ""),
    )


def _in_use(studio: Studio, opened: Opened, kind: Kind, id: str) -> bool:
    """Whether the file is what people practise with: one that was broken on disk is not."""
    if not opened.unpublished:
        return True
    return checked(kind, id, opened.file, studio.content.root).noun is not None


def state(opened: Opened, kind: Kind, in_use: bool = True) -> str:
    """Where the text stands, in words. `in_use` is whether the file can be used as it is."""
    newest = opened.versions[-1] if opened.versions else None
    if not opened.file:
        return f"Saved as your draft of a new {kind}. It can be used once it is published."
    if opened.stale:
        return "Saved as your draft. The file changed since you began."
    if opened.drafted and opened.text != opened.file:
        return "Saved as your draft. Nothing changes for anybody until you publish it."
    if not in_use:
        return "Changed on disk, and it cannot be used. What it said before stays in use."
    if opened.unpublished and newest:
        return f"Changed on disk since version {newest.number}. What is on disk is in use."
    if newest:
        by = f" by {newest.who}" if newest.who else ""
        return f"In use: version {newest.number}, published {newest.at:%-d %b %H:%M} UTC{by}."
    return "In use as it came. It has no versions yet."


def compare(studio: Studio, kind: Kind, id: str, old: str, new: str) -> Compared:
    """What differs between two texts, place by place where both can be read."""
    if old == new:
        return Compared((), ())
    root = studio.content.root
    nouns = [checked(kind, id, text, root).noun for text in (old, new)]
    rows = differences(nouns[0], nouns[1]) if nouns[0] and nouns[1] else []
    return Compared(rows, () if rows else lines(old, new))


# ------------------------------------------------------------------ what is done


async def keep(studio: Studio, who: Visitor, asked: Asked) -> Opened:
    """Keep what was typed in an editor (fields as `studio.changes` has them, or the whole file in
    `text`) as the trainer's draft, and open the outcome. Without anything typed it only opens."""
    kind, id = _file(asked)
    desk, me = studio.publishing, name(who)
    opened = await desk.open(kind, id, me)
    text = opened.text
    if "text" in asked:
        text = asked["text"].replace("\r\n", "\n").encode(errors="replace").decode()
        if len(text) > LONGEST_TEXT:
            problem = f"the text has {len(text):,} characters; {LONGEST_TEXT:,} is the most"
            raise ContentError(problem, fix="nothing was saved; shorten it")
        text = text if text.endswith("\n") else f"{text}\n"
    elif found := changes(asked):
        text = await asyncio.to_thread(edited, text, found)
    if text == opened.text:
        return opened
    if text == opened.file and not opened.stale:
        await desk.revert(kind, id, me)
    else:
        await desk.save(kind, id, me, text)
    return await desk.open(kind, id, me)


async def _publish(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Publish, unless the text has problems, the note is missing or somebody was there first."""
    kind, id = _file(asked)
    opened = await keep(studio, who, asked)
    if opened.versions and opened.text == opened.file and not opened.unpublished:
        problem = f"nothing changed since version {opened.versions[-1].number}"
        raise HotseatError(problem, fix="change something first")
    if found := studio.publishing.problems(kind, id, opened.text):
        raise HotseatError(
            f"{count(len(found), 'problem')} to mend before it can be published",
            fix=f"begin with {found[0].place or 'the file'}: {found[0].problem}",
        )
    try:
        await studio.publishing.publish(kind, id, name(who), asked.get("note", ""))
    except Conflict:  # somebody was faster: the page shows both, and keeps the note
        async for slots in _show(studio, who, asked, note=asked.get("note", "")):
            yield slots
        return
    async for slots in _show(studio, who, asked):
        yield slots


async def _revert(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Forget the draft. A file that was never published leaves nothing to show but the shelf."""
    kind, id = _file(asked)
    fresh = not (await studio.publishing.open(kind, id, name(who))).file
    await studio.publishing.revert(kind, id, name(who))
    async for slots in _show(studio, who, {"here": "?studio=1"} if fresh else asked):
        yield slots


async def _roll_back(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Publish an older version again. What keeps it from that is found before the draft goes."""
    kind, id = _file(asked)
    opened = await studio.publishing.open(kind, id, name(who))
    older = next((v for v in opened.versions if str(v.number) == asked.get("number")), None)
    if older is None:
        raise ContentError("there is no such version", fix="load the page again")
    number, text = older.number, older.text
    if found := studio.publishing.problems(kind, id, text):
        first = f"{found[0].place}: {found[0].problem}"
        raise HotseatError(
            f"version {number} has {count(len(found), 'problem')} by today's rules ({first})",
            fix="compare with it, and take over what you need",
        )
    await studio.publishing.roll_back(kind, id, name(who), number)
    async for slots in _show(studio, who, asked):
        yield slots


async def _keep(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Settle a conflict: `how` is `mine`, over theirs, or `theirs`, to begin again from it."""
    kind, id = _file(asked)
    if asked.get("how") == "mine":
        await keep(studio, who, asked)
        await studio.publishing.keep_mine(kind, id, name(who))
    elif asked.get("how") == "theirs":
        await studio.publishing.revert(kind, id, name(who))
    async for slots in _show(studio, who, asked, note=asked.get("note", "")):
        yield slots


async def _duplicate(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """A copy under a name of its own: the trainer's draft until it is published."""
    kind, _ = _file(asked)
    title = " ".join(asked.get("title", "").split())[:80]
    if not (wanted := slug(title)):
        raise HotseatError("the copy has no name yet", fix="write one, with letters in it")
    opened = await keep(studio, who, asked)
    files = (studio.content.root / f"{kind}s").glob("*.yaml")
    drafts = await studio.store.shelf.drafts(kind)
    taken = {*(file.stem for file in files), *(draft.name for draft in drafts)}
    fresh = next(id for id in _numbered(wanted) if id not in taken)
    called = Change("name" if kind == "persona" else "title", title)
    text = await asyncio.to_thread(edited, opened.text, [Change("id", fresh), called])
    await studio.publishing.save(kind, fresh, name(who), text)
    async for slots in _show(studio, who, {"here": f"?{urlencode({kind: fresh})}"}):
        yield slots


async def _show(studio: Studio, who: Visitor, asked: Asked, **more: str) -> AsyncIterator[Slots]:
    """The page that an act was asked for on, as it is now."""
    from .studio_places import PLACES  # the registry names every page, this one's users included

    query = {key: found[0] for key, found in parse_qs(asked.get("here", "").lstrip("?")).items()}
    place = next((PLACES[key] for key in query if key in PLACES), PLACES["studio"])
    async for slots in place(studio, who, {**query, **more}):
        yield slots


# ------------------------------------------------------------------ names


def slug(title: str) -> str:
    """A file's name made from a title: `Dana, calmer` gives `dana_calmer`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:56]


def _numbered(wanted: str) -> list[str]:
    return [wanted, *(f"{wanted}_{number}" for number in range(2, 1_000))]


def _file(asked: Asked) -> tuple[Kind, str]:
    """Which file an act is about. Raises ContentError for none of ours."""
    kinds: Mapping[str, Kind] = {"persona": "persona", "rubric": "rubric"}
    if (kind := kinds.get(asked.get("kind", ""))) is None:
        raise ContentError("the page does not say what it is about", fix="load it again")
    return kind, asked.get("id", "")


PLACES: Mapping[str, Place] = MappingProxyType({})
ACTS: Mapping[str, Place] = MappingProxyType(
    {
        "studio-publish": _publish,
        "studio-revert": _revert,
        "studio-rollback": _roll_back,
        "studio-keep": _keep,
        "studio-duplicate": _duplicate,
    }
)
