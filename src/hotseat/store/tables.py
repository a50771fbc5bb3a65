"""The tables. Nouns are kept as JSON text; what is looked up or decided on has a column.

`contents` holds each pinned persona and rubric once, under its fingerprint. Order is always by
`number` and `position`, never by a clock: clocks go back.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

VERSION = 4
"""The shape of these tables; 2 added `calls`, 3 `steps.coaching` and `waiting`, 4 `audit` and
`lessons`. A database with a higher number was made by a newer hotseat, one with a lower number
gets the tables and columns it lacks."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; SQLite would drop the zone. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

contents = Table(
    "contents",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
)

encounters = Table(
    "encounters",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("trainee", Text, nullable=False),
    Column("persona", Text, ForeignKey(contents.c.hash), nullable=False),
    Column("scenario_id", Text, nullable=False),
    Column("intensity", Text, nullable=False),
    Column("rubric", Text, ForeignKey(contents.c.hash), nullable=False),
    Column("pins", Text, nullable=False),
    Column("seed", Text, nullable=False),  # as text: a seed may be wider than 64 bits
    Column("opening", Text, nullable=False),
    Column("outcome", Text),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("retry_of", Text),  # no foreign key: a retry outlives the record it came from
    Column("retry_from", Integer),
    Column("self_view", Text),
    Column("hints", Text, nullable=False),
    Column("draft", Text, nullable=False),
    Index("encounters_of_trainee", "trainee", "number"),
    sqlite_autoincrement=True,
)

steps = Table(
    "steps",
    metadata,
    Column("encounter_id", Text, ForeignKey(encounters.c.id), primary_key=True),
    Column("position", Integer, primary_key=True),
    # unique within its encounter only: a retry copies the turns before it, ids and all
    Column("turn_id", Text, nullable=False),
    Column("trainee", Text, nullable=False),
    Column("reading", Text),
    Column("mood", Text),
    Column("direction", Text),
    Column("customer", Text),
    Column("verdict", Text),
    Column("settled", Text),
    Column("coaching", Text),
    Column("created", Instant, nullable=False),
    UniqueConstraint("encounter_id", "turn_id"),
)

calls = Table(
    "calls",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("encounter_id", Text, ForeignKey(encounters.c.id), nullable=False),
    Column("position", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cached_tokens", Integer, nullable=False),
    Column("cost", Double),
    Column("seconds", Double, nullable=False),
    Column("at", Instant, nullable=False),
    Index("calls_of_encounter", "encounter_id"),
    Index("calls_by_time", "at"),
)

waiting = Table(
    "waiting",
    metadata,
    Column("encounter_id", Text, ForeignKey(encounters.c.id), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("due", Instant),  # empty: not by itself any more, but a person may ask
    Column("leased_until", Instant),
    Index("waiting_by_time", "due"),
)
