"""What people say about grades: disputes, rulings and blind labels; with what they
bring in and pass on, and who has read what."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ..domain import Dispute, Import, Label, Lesson, Look, Ruling
from .engine import Database
from .tables import encounters
from .trainer_tables import audit, disputes, imports, labels, lessons, rulings
from .whole import whole


class Reviews:
    """Every method raises StoreError when the database cannot be reached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ------------------------------------------------------------------ disputes and rulings

    @whole
    async def dispute(self, dispute: Dispute) -> None:
        """Keep a trainee's word that a grade looks wrong; a second one replaces the first."""
        key = {
            "record": dispute.record,
            "step": dispute.step,
            "criterion": dispute.criterion,
        }
        async with self._database.writing() as connection:
            await connection.execute(
                delete(disputes).where(*(disputes.c[name] == value for name, value in key.items()))
            )
            await connection.execute(insert(disputes), {**key, "body": dispute.model_dump_json()})

    async def disputes(self, record_id: str | None = None) -> list[Dispute]:
        """Every dispute, answered or not, of one record or of all."""
        query = select(disputes.c.body).order_by(disputes.c.record, disputes.c.step)
        if record_id is not None:
            query = query.where(disputes.c.record == record_id)
        async with self._database.reading() as connection:
            return [Dispute.model_validate_json(body) for body in await connection.scalars(query)]

    @whole
    async def rule(
        self, ruling: Ruling, label: Label | None = None, *, seen: int | None = None
    ) -> bool:
        """Keep a ruling, and the gold `label` it leaves. Earlier rulings on the same grade stay:
        together they are the audit. Keeps nothing and is False where there are not just as many
        of them as were `seen` by whoever rules; None rules whatever was said."""
        key = {"record": ruling.record, "step": ruling.step, "criterion": ruling.criterion}
        row = {**key, "body": ruling.model_dump_json(), "at": ruling.at}
        earlier = select(func.count()).where(*(rulings.c[k] == v for k, v in key.items()))
        one = select(encounters.c.id).where(encounters.c.id == ruling.record).with_for_update()
        async with self._database.writing() as connection:
            await connection.execute(one)  # one ruling at a time on one record
            if seen is not None and await connection.scalar(earlier) != seen:
                return False
            await connection.execute(insert(rulings), row)
            if label:
                await _put_label(connection, label)
        return True

    async def rulings(self, record_id: str | None = None) -> list[Ruling]:
        """Every ruling in the order in which they were made, of one record or of all."""
        query = select(rulings.c.body).order_by(rulings.c.number)
        if record_id is not None:
            query = query.where(rulings.c.record == record_id)
        async with self._database.reading() as connection:
            return [Ruling.model_validate_json(body) for body in await connection.scalars(query)]

    # ------------------------------------------------------------------- who has read what

    @whole
    async def look(self, *looks: Look) -> None:
        """Note that somebody was shown what another wrote."""
        if not looks:
            return
        async with self._database.writing() as connection:
            await connection.execute(insert(audit), [look._asdict() for look in looks])

    async def looks(self, record_id: str) -> list[Look]:
        """Who opened a record, and when, in that order."""
        query = select(audit.c.who, audit.c.record, audit.c.at).where(audit.c.record == record_id)
        async with self._database.reading() as connection:
            found = await connection.execute(query.order_by(audit.c.number))
            return [Look(*row) for row in found]

    # ----------------------------------------------------------------------- blind labels

    @whole
    async def label(self, label: Label) -> None:
        """Keep a rater's label; a second one for the same item and criterion replaces it."""
        async with self._database.writing() as connection:
            await _put_label(connection, label)

    @whole
    async def unlabel(self, item: str, criterion: str, rater: str) -> None:
        """Take a label back; nothing happens if there is none."""
        async with self._database.writing() as connection:
            await connection.execute(
                delete(labels).where(
                    labels.c.item == item, labels.c.criterion == criterion, labels.c.rater == rater
                )
            )

    async def labels(self, rater: str | None = None) -> list[Label]:
        """Every label, or one rater's."""
        query = select(labels.c.body).order_by(labels.c.item, labels.c.criterion, labels.c.rater)
        if rater is not None:
            query = query.where(labels.c.rater == rater)
        async with self._database.reading() as connection:
            return [Label.model_validate_json(body) for body in await connection.scalars(query)]

    # ----------------------------------------------------------------------------- imports

    @whole
    async def bring_in(self, found: Iterable[Import]) -> int:
        """Keep imported conversations; one that is there already is left. How many were new."""
        rows = [{"id": one.id, "body": one.model_dump_json(), "at": one.at} for one in found]
        async with self._database.writing() as connection:
            query = select(imports.c.id).where(imports.c.id.in_([row["id"] for row in rows]))
            have = set(await connection.scalars(query))
            fresh = {row["id"]: row for row in rows if row["id"] not in have}
            if fresh:
                await connection.execute(insert(imports), list(fresh.values()))
        return len(fresh)

    async def imports(self) -> list[Import]:
        """Every imported conversation, newest first."""
        query = select(imports.c.body).order_by(imports.c.at.desc(), imports.c.id)
        async with self._database.reading() as connection:
            return [Import.model_validate_json(body) for body in await connection.scalars(query)]

    @whole
    async def drop_import(self, id: str) -> None:
        """Delete an imported conversation for good."""
        async with self._database.writing() as connection:
            await connection.execute(delete(imports).where(imports.c.id == id))
        await self._database.forget()

    # ----------------------------------------------------------------------------- lessons

    @whole
    async def teach(self, lesson: Lesson, *, new: bool = True) -> bool:
        """Keep a lesson as it stands now. One that is not `new` and was taken back meanwhile
        stays away; then it is False."""
        async with self._database.writing() as connection:
            there = await connection.execute(delete(lessons).where(lessons.c.id == lesson.id))
            if not (new or there.rowcount):
                return False
            row = {"id": lesson.id, "body": lesson.model_dump_json(), "at": lesson.at}
            await connection.execute(insert(lessons), row)
        return True

    @whole
    async def drop_lesson(self, id: str) -> None:
        """Take a lesson back for good; nothing happens if there is none."""
        async with self._database.writing() as connection:
            await connection.execute(delete(lessons).where(lessons.c.id == id))
        await self._database.forget()

    async def lessons(self) -> list[Lesson]:
        """Every lesson, whatever its state, newest first."""
        query = select(lessons.c.body).order_by(lessons.c.at.desc(), lessons.c.id)
        async with self._database.reading() as connection:
            return [Lesson.model_validate_json(body) for body in await connection.scalars(query)]


async def _put_label(connection: AsyncConnection, label: Label) -> None:
    key = {"item": label.item, "criterion": label.criterion, "rater": label.rater}
    await connection.execute(
        delete(labels).where(*(labels.c[name] == value for name, value in key.items()))
    )
    await connection.execute(insert(labels), {**key, "body": label.model_dump_json()})
