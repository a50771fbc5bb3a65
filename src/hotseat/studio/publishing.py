"""From a draft to a published version, without overwriting anybody unseen.

The file on disk is what is practised with. A draft lives beside it until it is published; then
the file is replaced as a whole and the text is kept as a version that never changes. Whoever
edited the file by hand finds it in the studio as it is, and what they changed is told as not
published yet.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from .. import catalog
from ..catalog.live import checked, path
from ..catalog.problems import Problem
from ..domain import Draft, Kind, Noun, Version
from ..errors import ContentError, HotseatError
from ..store import Store
from .edit import Change, edited

LONGEST_NOTE = 500


class Conflict(HotseatError):
    """The file changed since the draft was begun; `theirs` is what it says now."""

    def __init__(self, file: str, theirs: str) -> None:
        super().__init__(
            "somebody changed this file since you began",
            place=file,
            fix="compare the two, then keep yours over theirs or begin again from theirs",
        )
        self.theirs = theirs


class Opened(NamedTuple):
    """A content file as one trainer sees it. `text` is their draft, or the file; `file` is what
    the file says (empty when there is none yet), `base` its SHA-256 when the draft was begun,
    `stale` whether it changed since, `unpublished` whether the file itself differs from the newest
    version, and `others` are the trainers with a draft of their own."""

    text: str
    file: str
    base: str
    drafted: bool
    stale: bool
    unpublished: bool
    versions: Sequence[Version]
    others: Sequence[str]


class Desk:
    """The files of one content folder, with the store that holds drafts and versions."""

    def __init__(self, store: Store, root: Path | str | None = None) -> None:
        self._shelf, self._root = store.shelf, root

    async def open(self, kind: Kind, name: str, who: str) -> Opened:
        """A content file for a trainer. Raises ContentError where there is none and no draft.
        A draft that says what the file says is done with: a server that was ended while it
        published leaves one behind, and it would be told as a conflict later."""
        file = await asyncio.to_thread(self._read, kind, name)
        draft = await self._shelf.draft(kind, name, who)
        if draft and draft.text == file:
            await self._shelf.drop_draft(kind, name, who)
            draft = None
        if file is None and draft is None:
            raise ContentError("there is no such file", place=f"{kind}s/{name}.yaml")
        versions = await self._shelf.versions(kind, name)
        others = [d.who for d in await self._shelf.drafts(kind) if d.name == name and d.who != who]
        here = digest(file)
        return Opened(
            text=draft.text if draft else file or "",
            file=file or "",
            base=draft.base if draft else here,
            drafted=draft is not None,
            stale=draft is not None and draft.base != here,
            unpublished=bool(versions) and versions[-1].text != file,
            versions=versions,
            others=others,
        )

    async def save(self, kind: Kind, name: str, who: str, text: str) -> Draft:
        """Keep a trainer's text as their draft; what is wrong with it is no reason not to."""
        opened = await self._existing(kind, name, who)
        base = opened.base if opened else ""
        draft = Draft(kind=kind, name=name, who=who, base=base, text=text, at=datetime.now(UTC))
        await self._shelf.save_draft(draft)
        return draft

    async def change(self, kind: Kind, name: str, who: str, changes: Sequence[Change]) -> Draft:
        """Apply edits to what the trainer sees, and keep the outcome as their draft."""
        opened = await self.open(kind, name, who)
        return await self.save(kind, name, who, edited(opened.text, changes))

    async def revert(self, kind: Kind, name: str, who: str) -> None:
        """Forget the trainer's draft: back to the file."""
        await self._shelf.drop_draft(kind, name, who)

    async def keep_mine(self, kind: Kind, name: str, who: str) -> Draft:
        """Base the draft on the file as it is now: the trainer has seen theirs and wants their
        own text all the same."""
        opened = await self.open(kind, name, who)
        draft = Draft(
            kind=kind,
            name=name,
            who=who,
            base=digest(opened.file or None),
            text=opened.text,
            at=datetime.now(UTC),
        )
        await self._shelf.save_draft(draft)
        return draft

    def problems(self, kind: Kind, name: str, text: str) -> list[Problem]:
        """Everything wrong with a text, as `hotseat check` would tell it of the file."""
        return checked(kind, name, text, self._root).problems

    async def publish(self, kind: Kind, name: str, who: str, note: str) -> Version:
        """Make the trainer's text the file and its newest version.

        Raises ContentError when it has problems or no note says what changed, Conflict when
        the file changed since the draft was begun, StoreError when somebody published at the
        same moment. Stored scores keep the version they were made under.
        """
        if not (note := note.strip()[:LONGEST_NOTE]):
            raise ContentError("no note", place="note", fix="say in a few words what changed")
        opened = await self.open(kind, name, who)
        found = checked(kind, name, opened.text, self._root)
        if found.problems or found.noun is None:
            told = "\n".join(map(str, found.problems))
            raise ContentError(f"it cannot be published yet:\n{told}")
        if opened.stale:
            raise Conflict(f"{kind}s/{name}.yaml", opened.file)
        file = path(kind, name, self._root)
        scratch = await asyncio.to_thread(_scratch, file, opened.text)
        try:
            version = await self._versioned(kind, name, who, note, opened, found.noun)
            await asyncio.to_thread(_replace, file, scratch)
        finally:
            scratch.unlink(missing_ok=True)
        await self._shelf.drop_draft(kind, name, who)
        return version

    async def roll_back(self, kind: Kind, name: str, who: str, number: int) -> Version:
        """Publish an old version's text again, as the newest. Raises ContentError when there is
        no such version, and what `publish` raises."""
        versions = await self._shelf.versions(kind, name)
        old = next((v for v in versions if v.number == number), None)
        if old is None:
            raise ContentError(f"there is no version {number}", place=f"{kind} {name}")
        await self.revert(kind, name, who)
        await self.save(kind, name, who, old.text)
        return await self.publish(kind, name, who, f"Back to version {number}: {old.note}")

    async def text_of(self, kind: Kind, name: str, number: int | None) -> str:
        """The text of a version, or of the file with None. Raises ContentError."""
        if number is None:
            text = await asyncio.to_thread(self._read, kind, name)
        else:
            found = await self._shelf.versions(kind, name)
            text = next((v.text for v in found if v.number == number), None)
        if text is None:
            what = f"{name}@{number}" if number else name
            raise ContentError(f"there is no {kind} {what}", fix="see its versions in the studio")
        return text

    async def _versioned(
        self, kind: Kind, name: str, who: str, note: str, opened: Opened, noun: Noun
    ) -> Version:
        """Keep the text as the newest version, after what the file said before as the first."""
        number = len(opened.versions) + 1
        if number == 1 and opened.file and opened.file != opened.text:
            before = checked(kind, name, opened.file, self._root).noun
            if before is not None:
                first = _version(kind, name, 1, before, opened.file, "as it was found", "")
                await self._shelf.publish(first)
                number = 2
        version = _version(kind, name, number, noun, opened.text, note, who)
        await self._shelf.publish(version)
        return version

    async def _existing(self, kind: Kind, name: str, who: str) -> Opened | None:
        path(kind, name, self._root)
        try:
            return await self.open(kind, name, who)
        except ContentError:
            return None

    def _read(self, kind: Kind, name: str) -> str | None:
        try:
            return path(kind, name, self._root).read_bytes().decode()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ContentError(
                "cannot be read", place=f"{kind}s/{name}.yaml", fix="save it as UTF-8 text"
            ) from error


def digest(text: str | None) -> str:
    """SHA-256 of a file's text, in hex; empty for a file that does not exist."""
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()


def write(file: Path, text: str) -> None:
    """Replace a file as a whole: whoever reads it finds the old text or the new one. Raises
    ContentError when it cannot be written."""
    _replace(file, _scratch(file, text))


def _scratch(file: Path, text: str) -> Path:
    """The text, safe on disk beside the file that it is to become. In a folder that cannot be
    written this fails before anything is kept as a version."""
    try:
        handle, scratch = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem}-")
        with os.fdopen(handle, "wb") as out:
            out.write(text.encode())
            out.flush()
            os.fsync(out.fileno())
        Path(scratch).chmod(file.stat().st_mode if file.exists() else 0o644)
    except OSError as error:
        raise _unwritten(file, error) from None
    return Path(scratch)


def _replace(file: Path, scratch: Path) -> None:
    try:
        scratch.replace(file)
    except OSError as error:
        raise _unwritten(file, error) from None


def _unwritten(file: Path, error: OSError) -> ContentError:
    return ContentError(
        f"cannot be written: {error.strerror}",
        place=f"{file.parent.name}/{file.name}",
        fix="give the server the right to write there",
    )


def _version(
    kind: Kind, name: str, number: int, noun: Noun, text: str, note: str, who: str
) -> Version:
    return Version(
        kind=kind,
        name=name,
        number=number,
        hash=catalog.fingerprint(noun),
        text=text,
        note=note,
        who=who,
        at=datetime.now(UTC),
    )
